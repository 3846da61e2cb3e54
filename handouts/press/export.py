"""A ledger's rows for other programs: everything but what a row says about a person, which it does not know."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from handouts.findings import Finding
from handouts.press.ledger import Ledger, unpacked

_COLUMNS: Final = (
    "r.row, r.line, r.state, r.file, r.copies, r.pages, r.sheets, r.sha256, r.reference, topic, cause, locale, brand,"
    " format, paper, version, catalogue, r.findings"
)
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row. ``reference`` is a hash; ``sha256`` that of the plain PDF of a row's own file."""

    row: int
    line: int
    state: str
    file: str = ""
    copies: int = 1
    pages: int = 0
    sheets: int = 0
    sha256: str = ""
    reference: str = ""
    topic: str = ""
    cause: str = ""
    locale: str = ""
    brand: str = ""
    format: str = ""
    paper: str = ""
    version: str = ""
    catalogue: str = ""
    findings: tuple[Finding, ...] = ()


def rows(ledger: Ledger) -> Iterator[Row]:
    """Give every row in its order."""
    last = 0
    query = (
        f"SELECT {_COLUMNS} FROM rows r LEFT JOIN leaflets l ON l.id = r.leaflet"  # noqa: S608
        " WHERE r.row > ? ORDER BY r.row LIMIT 1000"
    )
    names = Row.__struct_fields__[:-1]
    while found := ledger.all(query, last):
        for *values, findings in found:
            known = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            yield Row(**known, findings=unpacked(findings))
        last = found[-1][0]


def spreadsheet(found: Iterable[Row]) -> Iterator[str]:
    """Give the lines of a CSV file; a cell that a spreadsheet would calculate gets an apostrophe first."""
    yield _line(Row.__struct_fields__)
    for row in found:
        values = [getattr(row, name) for name in Row.__struct_fields__[:-1]]
        said = "; ".join(f"{finding.where.column}: {finding.message}".removeprefix(": ") for finding in row.findings)
        yield _line([*values, said])


def _line(values: Iterable[Any]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow([f"'{value}" if str(value).startswith(_RISKY) else value for value in values])
    return held.getvalue()
