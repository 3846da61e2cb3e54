"""The columns of a manifest: which there are, and the heads by which people call them."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from handouts.findings import Finding, Severity, Where


class Cells(NamedTuple):
    """A row's cells, trimmed; empty where the row or its manifest has none.

    First those that say which leaflet, then how many, then what stands in the personal panel, in its order.
    """

    topic: str = ""
    cause: str = ""
    locale: str = ""
    brand: str = ""
    format: str = ""
    paper: str = ""
    copies: str = ""
    name: str = ""
    date: str = ""
    clinician: str = ""
    appointment: str = ""
    note: str = ""
    reference: str = ""


COLUMNS: Final = Cells._fields
CHOICE: Final = COLUMNS[:6]
"""The columns that say which leaflet."""

_ALIASES: Final = {
    "topic": "leaflet, handout, subject, title, topic id",
    "cause": "reason, diagnosis, cause id",
    "locale": "language, lang, locale id, language code, locale code, tag",
    "brand": "clinic, practice, site, brand id",
    "format": "size, print size, text size, format id",
    "paper": "paper size, sheet",
    "copies": "qty, quantity, count, number, how many, amount, copy",
    "name": "patient, patient name, full name, person, for",
    "date": "day, given on, date given, issued to on",
    "clinician": "doctor, physician, nurse, provider, practitioner, clinician name",
    "appointment": "next appointment, next visit, visit, follow up, followup",
    "note": "notes, comment, comments, remark, remarks, message, instructions",
    "reference": "ref, id, number id, patient id, record, mrn, case, reference number, ref no",
}
_HEADS: Final = {alias.strip(): name for name, aliases in _ALIASES.items() for alias in (name, *aliases.split(","))}


def column_of(head: str) -> str:
    """Return the column that a head stands for, empty if for none: case, blanks, ``-`` and ``_`` do not matter."""
    return _HEADS.get(_plain(head), "")


def suggestion(head: str) -> str:
    """Return a hint for a head that stands for no column; it names our columns only, never the head itself."""
    near = get_close_matches(_plain(head)[:60], _HEADS, n=1, cutoff=0.7)
    return f"Did you mean “{_HEADS[near[0]]}”?" if near else f"There are: {', '.join(COLUMNS)}."


def resolve(heads: Sequence[str], file: str, line: int) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Return the column of each head, and what is wrong with them.

    A head that is not known is named by its place only: where the line of heads is missing, it is somebody's name.
    """
    columns = tuple(column_of(head) for head in heads)
    found = []
    for place, (head, column) in enumerate(zip(heads, columns, strict=True), 1):
        where = Where(file=file, line=line, column=column or f"{place} ({letters(place)})")
        if not head.strip():
            found.append(Finding("manifest.head-empty", Severity.ERROR, "A column has no head.", where, suggestion("")))
        elif not column:
            message = "The head of a column is not known."
            found.append(Finding("manifest.head-unknown", Severity.ERROR, message, where, suggestion(head)))
        elif columns.index(column) < place - 1:
            message = f"Two columns are “{column}”."
            hint = f"Keep one of them: columns {letters(columns.index(column) + 1)} and {letters(place)} of the file."
            found.append(Finding("manifest.head-twice", Severity.ERROR, message, where, hint))
    if heads and not any(columns):
        message = "No head of a column is known: is the line of heads missing?"
        hint = f"Begin with a line such as: {','.join(('topic', 'cause', 'locale', 'copies'))}"
        found = [Finding("manifest.no-heads", Severity.ERROR, message, Where(file=file, line=line), hint)]
    return columns, tuple(found)


def letters(place: int) -> str:
    """Return a column's letters as a spreadsheet has them; ``place`` counts from 1."""
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _plain(head: str) -> str:
    return re.sub(r"[\s_\-.]+", " ", head.casefold()).strip(" :*#")
