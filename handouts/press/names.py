"""Names of a run's files: made by a pattern out of numbers and the library's own ids, never out of what a row says."""

import re
from string import Formatter
from typing import Final

from handouts.errors import UsageProblem
from handouts.model.locales import default_paper
from handouts.model.request import Request

EACH: Final = "{row:06}-{locale}"
GROUP: Final = "{group}"

_NUMBERS: Final = ("row", "part")
_ROW: Final = ("row", "topic", "cause", "locale", "brand", "format", "paper", "reference")
_MANY: Final = ("group", "part")
_SAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST: Final = 120


class Pattern:
    """A checked pattern such as ``{locale}/{row:06}``; a ``/`` makes a folder."""

    def __init__(self, text: str, *, many: bool) -> None:
        """Check a pattern. Raises UsageProblem for what it cannot have."""
        self._text = text or (GROUP if many else EACH)
        self._text = self._text.removesuffix(".pdf")
        fields = _MANY if many else _ROW
        try:
            parsed = [part[1:] for part in Formatter().parse(self._text) if part[1] is not None]
        except ValueError:
            raise UsageProblem("The pattern of --name has a brace that is not closed.", f"Usual: {EACH}") from None
        for field, form, conversion in parsed:
            if field not in fields or conversion:
                raise UsageProblem(f"--name has no “{{{field}}}”.", f"There are: {', '.join(fields)}.")
            if form and not (field in _NUMBERS and re.fullmatch("0?[1-9]", form)):
                raise UsageProblem(f"“{form}” in --name is no width of a number.", f"Usual: {EACH}")
        names = {field for field, _, _ in parsed}
        self._parted = "part" in names
        if not many and "row" not in names:
            raise UsageProblem("--name gives two rows the same name.", "Put {row} into it.")
        if many and "group" not in names and "{" in self._text:
            raise UsageProblem("--name gives two groups the same name.", "Put {group} into it.")
        self._named(self._text.format(**{field: 1 if field in _NUMBERS else "x" for field in fields}))

    def row(self, row: int, request: Request, reference: str) -> str:
        """Return the name of a row's file; ``reference`` is its hash."""
        return self._named(
            self._text.format(
                row=row,
                topic=_safe(request.topic),
                cause=_safe(request.cause or "all-causes"),
                locale=_safe(request.locale),
                brand=_safe(request.brand),
                format=_safe(request.format),
                paper=request.paper or default_paper(request.locale),
                reference=reference or "none",
            )
        )

    def group(self, group: str, part: int, parts: int) -> str:
        """Return the name of a file of many leaflets, the ``part``-th of ``parts`` of its group."""
        text = self._text.format(group=_safe(group), part=part)
        return self._named(text if self._parted or parts == 1 else f"{text}-{part:0{max(2, len(str(parts)))}}")

    def _named(self, text: str) -> str:
        """Return a relative path that stays in its folder on every system. Raises UsageProblem for none."""
        steps = [_SAFE.sub("_", step).strip(". ") for step in text.split("/")]
        if not all(steps) or any(_DEVICES.fullmatch(step) or len(step) > _LONGEST for step in steps):
            raise UsageProblem("--name gives a name that not every system can take.", f"Usual: {EACH}")
        return "/".join(steps) + ".pdf"


def _safe(name: str) -> str:
    """Return an id as a part of a name; library folders may be called anything."""
    return _SAFE.sub("_", name) or "_"
