"""One row of a manifest as it was read, and the checks that every cell passes before anything is made of it."""

import re
from typing import Final, NamedTuple

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.press.columns import COLUMNS, Cells

LIMITS: Final = {"note": 4_000, "name": 200, "date": 200, "clinician": 200, "appointment": 200, "reference": 200}
"""The longest cell of a column that is looked at, in characters; of other columns :data:`SHORT`."""

SHORT: Final = 100

MAX_LINE: Final = 32_000_000
"""The longest line of a file that is held in memory, in bytes."""

_WRONG: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

WORST: Final = 1_000
"""Characters of a row that is looked at cell by cell, as one of its cells may be too long."""


class Place(NamedTuple):
    """Where a row is in its file: its number and its line, both from 1, and how far in it begins (bytes, or a row)."""

    row: int
    line: int
    offset: int


class Record(NamedTuple):
    """A row as it was read: its place, its cells (None if it could not be read), and what is wrong with it."""

    place: Place
    cells: Cells | None
    findings: tuple[Finding, ...] = ()


def wrong(rule: str, message: str, place: Place, hint: str = "", column: str = "") -> Finding:
    """Return the error of a row; the message and the hint hold nothing of its cells."""
    where = Where(row=place.row, line=place.line, column=column)
    return Finding(f"manifest.{rule}", Severity.ERROR, message, where, hint)


def refusal(rule: str, message: str, file: str, hint: str = "", line: int = 0) -> ContentError:
    """Return the error that refuses a whole manifest."""
    finding = Finding(f"manifest.{rule}", Severity.ERROR, message, Where(file=file, line=line), hint)
    return ContentError(message, hint, (finding,))


def looked_at(place: Place, cells: Cells) -> Record:
    """Return the record of a row, its cells checked: length, control characters, line breaks."""
    text = "\n".join(cells)
    if len(text) <= WORST and text.count("\n") == len(cells) - 1 and "\r" not in text and not _WRONG.search(text):
        return Record(place, cells)
    found = []
    for column, value in zip(COLUMNS, cells, strict=True):
        limit = LIMITS.get(column, SHORT)
        if len(value) > limit:
            message = f"The cell has {len(value):,} characters; the limit is {limit:,}."
            found.append(wrong("too-long", message, place, "Shorten it.", column))
        elif _WRONG.search(value):
            hint = f"Delete {_named(value)}, which no paper can show; copied text often brings it along."
            found.append(wrong("control-character", "The cell has a control character.", place, hint, column))
        elif column == "note":
            cells = cells._replace(note=value.replace("\r\n", "\n").replace("\r", "\n"))
        elif "\n" in value or "\r" in value:
            hint = "Only a note may have several lines. A quotation mark that is not closed can be the cause."
            found.append(wrong("line-break", "The cell has a line break.", place, hint, column))
    return Record(place, cells, tuple(found))


def _named(value: str) -> str:
    codes = sorted({f"U+{ord(char):04X}" for char in _WRONG.findall(value)})
    return ", ".join(codes[:3])
