"""Rows of a spreadsheet (.xlsx), read one by one with openpyxl, which is an extra: ``handouts[xlsx]``."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from handouts.errors import ContentError, UsageProblem
from handouts.findings import Finding, Severity, Where
from handouts.press.columns import Cells, resolve
from handouts.press.records import Place, Record, looked_at, refusal, wrong

_MOST: Final = 2_000_000_000
"""The most bytes that a spreadsheet may unpack to."""

_BLOCK: Final = 1 << 20
_FORMULA: Final = re.compile(rb"<(?:\w{1,20}:)?f[\s/>]")
_BROKEN: Final = frozenset(
    [
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!"),
    ]
)
"""What spreadsheets show where a formula fails."""

UNKNOWN: Final = object()
"""What stands for a cell whose formula was never calculated."""

# What openpyxl raises for damaged files.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, EOFError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError),
)


class XlsxRows:
    """The first sheet of a spreadsheet. A place's offset is the row of the sheet, from 1.

    A spreadsheet can only be read forward: places that come in order cost one reading in all.
    """

    def __init__(self, path: Path, label: str) -> None:
        self.path, self.label = path, label
        self._ahead: Iterator[tuple[int, tuple[Any, ...]]] = iter(())
        self._next = 0
        with self._sheet() as (sheet, names):
            head: list[str] = []
            self._begin = 0
            for number, values in enumerate(sheet, 1):
                cells = [_text(value) for value in values]
                if any(cells) and not cells[0].startswith("#"):
                    head, self._begin = cells, number
                    break
        while head and not head[-1].strip():
            head.pop()
        if not head:
            raise refusal("empty", f"{label} is empty: there is nothing to do.", label, "Look at an --example.")
        columns, findings = resolve(head, label, self._begin)
        if findings:
            raise ContentError(f"{label} cannot be read as a manifest.", "Mend its row of heads.", findings)
        self.columns: tuple[str, ...] = columns
        message = f"The first of the {len(names)} sheets of {label} is read."
        note = Finding("manifest.sheet", Severity.NOTE, message, Where(file=label))
        self.notes: tuple[Finding, ...] = (note,) if len(names) > 1 else ()

    def records(self) -> Iterator[Record]:
        """Give every row in turn."""
        row = 0
        for number, values in self._from(self._begin + 1):
            if any(map(_text, values)):
                row += 1
                yield self._record(Place(row, number, number), values)

    def at(self, places: Iterable[Place]) -> Iterator[Record]:
        """Give the rows at places that :meth:`records` told; going back means reading from the start again."""
        for place in places:
            if place.offset < self._next or not self._next:
                self._ahead = self._from(self._begin + 1)
            for number, values in self._ahead:
                self._next = number + 1
                if number == place.offset:
                    yield self._record(place, values)
                    break

    def _from(self, first: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        with self._sheet(first) as (sheet, _):
            yield from enumerate(sheet, first)

    def _record(self, place: Place, values: tuple[Any, ...]) -> Record:
        cells: dict[str, str] = {}
        found = []
        for column, value in zip(self.columns, values, strict=False):
            if value in _BROKEN:
                message = "The cell shows an error of the spreadsheet."
                found.append(wrong("cell-error", message, place, "Mend its formula.", column))
            elif value is UNKNOWN:
                message = "The cell has a formula, and the file does not say what it comes to."
                hint = "Open the file in a spreadsheet and save it there, or write the value itself."
                found.append(wrong("cell-error", message, place, hint, column))
            cells[column] = _text(value)
        broken = bool(found)
        if any(value not in (None, "") for value in values[len(self.columns) :]):
            found.append(wrong("long-row", "The row has a cell without a head.", place, "Move it, or give it a head."))
        if broken:
            return Record(place, None, tuple(found))
        record = looked_at(place, Cells(**cells))
        return record._replace(findings=(*found, *record.findings)) if found else record

    @contextmanager
    def _sheet(self, first: int = 1) -> Iterator[tuple[Iterator[tuple[Any, ...]], list[str]]]:
        """Give the rows of the first sheet, and the names of all. Raises ContentError for what is no spreadsheet."""
        try:
            from openpyxl import load_workbook
        except ImportError:
            hint = "Install it: pip install 'handouts[xlsx]'. Or save the sheet as CSV UTF-8."
            raise UsageProblem("Spreadsheets need openpyxl, which is not installed.", hint) from None
        refused = refusal("kind", f"{self.label} is no .xlsx file that can be read.", self.label, "Save it again.")
        books: list[Any] = []
        try:
            try:
                for calculated in (True, False) if self._has_formulas(refused) else (True,):
                    books.append(load_workbook(self.path, read_only=True, data_only=calculated))
                sheets = [book.worksheets[0] for book in books]
                for sheet in sheets:
                    sheet.reset_dimensions()
            except _DAMAGE as error:
                raise refused from error
            yield _read(sheets, first, refused), books[0].sheetnames
        finally:
            for book in books:
                book.close()

    def _has_formulas(self, refused: ContentError) -> bool:
        """Return whether there is a formula in any sheet. Raises ``refused`` for a file that is too large unpacked."""
        with zipfile.ZipFile(self.path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST:
                raise refused
            for name in packed.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with packed.open(name) as part:
                        last = b""
                        while block := part.read(_BLOCK):
                            if _FORMULA.search(last + block):
                                return True
                            last = block[-50:]
        return False


def _read(sheets: Sequence[Any], first: int, refused: ContentError) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a sheet: of its values, and with a second reading, of its formulas, what was not calculated."""
    readings = [sheet.iter_rows(min_row=first, values_only=True) for sheet in sheets]
    try:
        if len(readings) == 1:
            yield from readings[0]
            return
        for known, written in zip(*readings, strict=True):
            pairs = zip_longest(known, written)
            yield tuple(UNKNOWN if value is None and formula is not None else value for value, formula in pairs)
    except _DAMAGE as error:
        raise refused from error


def _text(value: Any) -> str:
    """Return a cell as its reader means it."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)
