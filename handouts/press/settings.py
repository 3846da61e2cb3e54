"""What a print run is told: what goes into which file, and under which name."""

from hashlib import sha256
from importlib.metadata import version
from typing import Final, Literal

import msgspec

import handouts
from handouts.errors import UsageProblem
from handouts.library import Library
from handouts.press.columns import CHOICE
from handouts.press.matching import Choice

GROUPABLE: Final = CHOICE

_PARTS: Final = ("reportlab", "pikepdf", "uharfbuzz", "icu4py")
_LIBRARY: Final = ("templates", "locales")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is made. Neither ``merge`` nor ``group_by``: one file a row.

    ``max_leaflets`` (0: no limit) splits a file of many; ``sides`` 2 lets each leaflet begin on a fresh sheet;
    ``separators`` puts a sheet before each leaflet's kind that says what follows and how many; ``name`` is the pattern
    of the files' names, empty for the usual one.
    """

    choice: Choice = Choice()
    merge: bool = False
    group_by: tuple[str, ...] = ()
    max_leaflets: int = 0
    sides: Literal[1, 2] = 2
    separators: bool = False
    name: str = ""
    encrypt: bool = False
    allow_overflow: bool = False
    draft: bool = False

    def __post_init__(self) -> None:
        if self.merge and self.group_by:
            raise UsageProblem("A run is merged into one file or grouped, not both.", "Leave --merge or --group-by.")
        for name in self.group_by:
            if name not in GROUPABLE:
                raise UsageProblem(f"Rows cannot be grouped by “{name}”.", f"There are: {', '.join(GROUPABLE)}.")
        if self.max_leaflets and not self.many:
            raise UsageProblem("--max-leaflets is for files of many leaflets.", "Add --merge or --group-by.")
        if self.separators and not self.many:
            raise UsageProblem("Separator sheets are for files of many leaflets.", "Add --merge or --group-by.")

    @property
    def many(self) -> bool:
        """Return whether a file holds many leaflets."""
        return self.merge or bool(self.group_by)


def versions() -> str:
    """Return what makes the bytes: our version and those of the parts we build on."""
    parts = " ".join(f"{name} {version(name)}" for name in _PARTS)
    return f"handouts {handouts.__version__} ({parts})"


def library_print(library: Library) -> str:
    """Return a hash over every file of every library that leaflets are made from."""
    total = sha256()
    for number, root in enumerate(library.roots):
        files = [path for part in _LIBRARY for path in (root / part).rglob("*") if path.is_file()]
        for path in sorted(files):
            name = f"{number}/{path.relative_to(root).as_posix()}"
            total.update(f"{len(name)}:{name}".encode("utf-8", "surrogateescape"))
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def identity(manifest: str, library: Library, settings: Settings) -> dict[str, str]:
    """Return what a folder's run is known by; a run that differs in any of it is another run."""
    return {
        "manifest": manifest,
        "library": library_print(library),
        "version": versions(),
        "settings": msgspec.json.encode(settings, order="sorted").decode(),
    }


def run_key(known: dict[str, str]) -> str:
    """Return the short key of a run that stands on its sheets: six characters that are not mistaken for others."""
    digest = sha256("\n".join(known[name] for name in sorted(known)).encode()).digest()
    return "".join("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[byte % 32] for byte in digest[:6])
