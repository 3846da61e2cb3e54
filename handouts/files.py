"""Files of leaflet libraries: listed, labelled, read and kept until they change. Below ``library``, which uses it."""

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from handouts.errors import ContentError, NotFound
from handouts.model.decode import problem
from handouts.model.locales import parse_tag

MAX_BYTES: Final = 5_000_000
"""The largest authored file that is read; fonts may be larger."""

PACKAGE: Final = Path(__file__).parent

Value = TypeVar("Value")
Mark = tuple[int, int, int]


def built_in_root() -> Path:
    """Return the built-in library: inside an installed package, or beside the package in a checkout."""
    return PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent


def read_file(path: Path, *, label: str = "", limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises NotFound when there is none, ContentError when it is a folder, cannot be read, or is over ``limit`` bytes.
    """
    name = label or str(path)
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):  # a pipe or device would never end
            raise problem(name, f"{name} is a folder or device, not a file.", rule="file.kind")
        if facts.st_size > limit:
            message = f"{name} has {facts.st_size / 1e6:.1f} MB, more than the {limit / 1e6:g} MB that are read."
            raise problem(name, message, rule="file.size")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {name}.") from None
    except OSError as error:
        raise _unreadable(name, error) from None


def is_there(path: Path) -> bool:
    """Return whether a path is taken, be it by a link to nowhere: what a library has but cannot give must be told."""
    return os.path.lexists(path)


class Files:
    """What lies in the folders of some libraries, the first of ``roots`` to be asked first, the built-in one last.

    ``settled``: each file and folder is looked at once; what changes later is not seen.
    """

    def __init__(self, roots: Sequence[Path], built_in: Path, *, settled: bool = False) -> None:
        self._mark: Callable[[str | Path], Mark | None] = cache(_mark) if settled else _mark
        self.roots = (*roots, built_in)
        self.built_in = built_in
        self._kept: dict[tuple[Path, str], tuple[Mark, Any]] = {}
        self._lists: dict[tuple[str, str], tuple[tuple[Mark | None, ...], Any]] = {}
        self._labels: dict[Path, str] = {}

    def named(self, folder: str, ending: str) -> Mapping[str, Path]:
        """Return the files of one folder over all libraries by name; the first library that has a name gives it."""
        return self._seen(
            folder, lambda paths: {path.name: path for path in paths if path.name.endswith(ending)}, ending
        )

    def folders(self, folder: str, holding: str) -> Mapping[str, Path]:
        """Return, by the name of the sub-folder, the file that each sub-folder of this kind holds."""
        return self._seen(
            folder, lambda paths: {path.name: path / holding for path in paths if is_there(path / holding)}, holding
        )

    def locales(self) -> Sequence[tuple[str, Path]]:
        """Return the locale folders with their tags, the first library's first; other names are passed over."""

        def tagged(paths: Sequence[Path]) -> list[tuple[str, Path]]:
            found = []
            for path in reversed(paths):
                with suppress(NotFound):
                    if (path / "LC_MESSAGES").is_dir():
                        found.append((str(parse_tag(path.name)), path))
            return found

        return self._seen("locales", tagged, "")

    def _seen(self, folder: str, sort: Callable[[Sequence[Path]], Value], kind: str) -> Value:
        """Return what lies in a folder of any library, sorted out anew only when the folder's entries have changed.

        The later libraries' entries come first, so that the earlier ones win.
        """
        marks = tuple(self._mark(f"{root}/{folder}") for root in self.roots)
        kept = self._lists.get((folder, kind))
        if kept is None or kept[0] != marks:
            paths = [
                path
                for root, mark in zip(reversed(self.roots), reversed(marks), strict=True)
                if mark
                for path in self._entries(root / folder)
                if not path.name.startswith((".", "_"))
            ]
            kept = self._lists[folder, kind] = (marks, sort(paths))
        value: Value = kept[1]
        return value

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.iterdir())
        except OSError as error:
            raise _unreadable(self.label(folder), error) from None

    def label(self, path: Path) -> str:
        """Return how messages name a file: from the built-in library's root, else as the user named the library."""
        if path not in self._labels:
            inside = path.is_relative_to(self.built_in)
            self._labels[path] = path.relative_to(self.built_in).as_posix() if inside else str(path)
        return self._labels[path]

    def read(self, path: Path, kind: str, parse: Callable[[bytes, str], Value], limit: int = MAX_BYTES) -> Value:
        """Return what a file holds, parsed again only when the file has changed since."""
        label = self.label(path)
        mark = self._mark(path)
        kept = self._kept.get((path, kind))
        if kept is None or kept[0] != mark:
            parsed = parse(read_file(path, label=label, limit=limit), label)
            if mark is None:
                return parsed
            kept = self._kept[path, kind] = (mark, parsed)
        value: Value = kept[1]
        return value


def _unreadable(name: str, error: OSError) -> ContentError:
    hint = "It must be a folder." if isinstance(error, NotADirectoryError) else "Look at its permissions."
    return problem(name, f"{name} cannot be read: {error.strerror}.", hint, rule="file.read")


def _mark(path: str | Path) -> Mark | None:
    """Return what changes when a file or a folder's entries do, None if there is none."""
    try:
        facts = os.stat(path)  # noqa: PTH116 (on the way of every leaflet; a Path costs ten times as much)
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
