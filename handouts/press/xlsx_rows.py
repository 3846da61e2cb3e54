"""Rows of a spreadsheet (.xlsx), read one by one with openpyxl, which is an extra: ``handouts[xlsx]``."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from handouts.errors import ContentError, UsageProblem
from handouts.findings import Finding, Severity, Where
from handouts.press.columns import Cells, resolve
from handouts.press.records import Place, Record, looked_at, refusal, wrong

_MOST: Final = 2_000_000_000
"""The most bytes that a spreadsheet may unpack to."""


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
                cells = [_text(value) or "" for value in values]
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
            if any(value not in (None, "") for value in values):
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
            text = _text(value)
            if text is None:
                message = "The cell shows an error of the spreadsheet."
                found.append(wrong("cell-error", message, place, "Mend its formula.", column))
            cells[column] = text or ""
        if any(value not in (None, "") for value in values[len(self.columns) :]):
            found.append(wrong("long-row", "The row has a cell without a head.", place, "Move it, or give it a head."))
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
        try:
            with zipfile.ZipFile(self.path) as packed:
                if sum(part.file_size for part in packed.infolist()) > _MOST:
                    raise refused
            book = load_workbook(self.path, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError) as error:
            raise refused from error
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            yield sheet.iter_rows(min_row=first, values_only=True), book.sheetnames
        finally:
            book.close()


def _text(value: Any) -> str | None:
    """Return a cell as its reader means it; None for a spreadsheet's error such as ``#N/A``."""
    match value:
        case None:
            return ""
        case str():
            broken = value.startswith("#") and value.rstrip("!?").isupper() and value.endswith(("!", "?", "#N/A"))
            return None if broken else value.strip()
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
