"""Spreadsheets: cells as their reader means them."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from handouts.errors import ContentError
from handouts.press.columns import Cells
from handouts.press.manifest import Manifest


def sheet(folder: Path, *rows: tuple[object, ...], more: bool = False) -> Manifest:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        book.create_sheet("other")
    book.save(folder / "run.xlsx")
    return Manifest(folder / "run.xlsx")


def test_cells_are_text_as_a_reader_means_it(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        ("# a comment",),
        ("Locale", "Qty", "Date", "Appointment", "Note", "Ref", None),
        ("es", 3.0, date(2026, 3, 31), datetime(2026, 4, 14, 9, 30), time(9, 30), 12345678.0),
        (None, None, None),
        ("ar", 2, "x", 1.5, True, "0007"),
    )
    rows = list(found.records())
    columns = ("locale", "copies", "date", "appointment", "note", "reference")
    assert [tuple(getattr(record.cells, column) for column in columns) for record in rows] == [
        ("es", "3", "2026-03-31", "2026-04-14 09:30", "09:30", "12345678"),
        ("ar", "2", "x", "1.5", "True", "0007"),
    ]
    assert [(record.place.row, record.place.line) for record in rows] == [(1, 3), (2, 5)]
    assert list(found.at([rows[1].place, rows[0].place])) == rows[::-1]
    assert list(found.at([rows[0].place])) + list(found.at([rows[1].place])) == rows


def test_errors_and_stray_cells_are_findings(tmp_path: Path) -> None:
    (record,) = sheet(tmp_path, ("locale", "name"), ("es", "#N/A", "stray")).records()
    assert [finding.rule for finding in record.findings] == ["manifest.cell-error", "manifest.long-row"]


def test_more_sheets_are_said(tmp_path: Path) -> None:
    (note,) = sheet(tmp_path, ("locale",), ("es",), more=True).notes
    assert "first of the 2 sheets" in note.message


@pytest.mark.parametrize("data", [b"", b"locale\nes\n", b"PK\x03\x04 cut off"])
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "run.xlsx").write_bytes(data)
    with pytest.raises(ContentError, match=r"no \.xlsx file"):
        Manifest(tmp_path / "run.xlsx")


def test_an_empty_sheet_is_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="empty"):
        sheet(tmp_path)


def test_a_formula_that_was_never_calculated_is_a_finding_of_its_cell(tmp_path: Path) -> None:
    first, second = sheet(tmp_path, ("locale", "name", "date"), ("es", "=A1", None), ("ar", "Bea", "x")).records()
    assert [(one.rule, one.where.column) for one in first.findings] == [("manifest.cell-error", "name")]
    assert first.cells is None
    assert (second.cells, second.findings) == (Cells(locale="ar", name="Bea", date="x"), ())


@pytest.mark.parametrize("value", ["#GETTING_DATA", "#DIV/0!", "#N/A"])
def test_what_spreadsheets_show_for_errors_is_a_finding_and_other_words_are_not(tmp_path: Path, value: str) -> None:
    first, second = sheet(tmp_path, ("locale", "name"), ("es", value), ("es", "#ABC!")).records()
    assert [one.rule for one in first.findings] == ["manifest.cell-error"]
    assert (second.cells, second.findings) == (Cells(locale="es", name="#ABC!"), ())


def test_a_row_of_blanks_is_none(tmp_path: Path) -> None:
    (record,) = sheet(tmp_path, ("locale", "name"), (" ", None), ("es", "Ana")).records()
    assert record.place.row == 1


def test_a_book_whose_first_sheet_is_a_chart_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet(index=0)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "run.xlsx")
    with pytest.raises(ContentError, match=r"no \.xlsx file"):
        Manifest(tmp_path / "run.xlsx")


@pytest.mark.parametrize("part", [b"<row r=", b"</sheetData>"])
def test_a_sheet_that_is_damaged_is_refused(tmp_path: Path, part: bytes) -> None:
    sheet(tmp_path, ("locale", "name"), *[("es", f"Ana {number}") for number in range(50)])
    with zipfile.ZipFile(tmp_path / "run.xlsx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name][: parts[name].rindex(part)]
    with zipfile.ZipFile(tmp_path / "run.xlsx", "w") as packed:
        for one, data in parts.items():
            packed.writestr(one, data)
    with pytest.raises(ContentError, match=r"no \.xlsx file"):
        list(Manifest(tmp_path / "run.xlsx").records())
