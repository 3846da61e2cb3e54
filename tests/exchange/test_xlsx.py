"""Spreadsheets: cells are text, sheets lie as they are read, and bad files are refused with their row."""

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError, UsageProblem
from handouts.exchange.rows import Base, Row
from handouts.exchange.xlsx import read_xlsx, write_xlsx

BASE = Base("es", "9e90b1ac", "dd800fea", "e3b0c442", "machine-draft")
ROW = Row(domain="x", key="title", source="Bumps", text="Bultos", state="machine-draft", base=BASE)
OTHER = Row(domain="x", key="lead", source="See a doctor.", text="Vea a un médico.", state="needs-work", base=BASE)


def book(*rows: Row, direction: str = "ltr") -> Any:
    return openpyxl.load_workbook(BytesIO(write_xlsx(rows or (ROW, OTHER), "es", direction)))


def changed(change: Callable[[Any], object]) -> bytes:
    """A workbook that somebody did something to."""
    found = book()
    change(found)
    out = BytesIO()
    found.save(out)
    return out.getvalue()


def refused(data: bytes) -> list[tuple[str, int]]:
    with pytest.raises(ContentError) as caught:
        read_xlsx(data, "back.xlsx")
    assert all(finding.where.file == "back.xlsx" for finding in caught.value.findings)
    return [(finding.rule.removeprefix("exchange."), finding.where.row) for finding in caught.value.findings]


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@SUM(A1)", '=HYPERLINK("https://x")', "'quoted", "007", "5"])
def test_cells_are_text_whatever_they_begin_with(text: str) -> None:
    row = Row(domain="x", key="title", source=text, text=text, state="translated", comment=text, base=BASE)
    sheet = book(row).worksheets[0]
    assert [cell.data_type for cell in sheet[2]].count("f") == 0
    assert (sheet["C2"].value, sheet["C2"].number_format) == (text, "@")
    (again,) = read_xlsx(write_xlsx([row], "es", "ltr"), "x.xlsx")
    assert (again.source, again.text, again.comment) == (text, text, text)


def test_only_what_reviewers_write_is_open() -> None:
    sheet = book().worksheets[0]
    assert sheet.protection.sheet
    opened = [sheet.cell(1, cell.column).value for cell in sheet[2] if not cell.protection.locked]
    assert opened == ["Translation", "State", "Comments"]
    assert all(cell.protection.locked for cell in sheet[1])


def test_the_sheet_is_laid_out_for_reading() -> None:
    sheet = book().worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["C2"].alignment.wrap_text
    assert sheet.column_dimensions["G"].hidden
    assert sheet.column_dimensions["C"].width > 40
    (choices,) = sheet.data_validations.dataValidation
    assert choices.formula1 == '"machine draft,translated,reviewed,needs work"'
    assert str(choices.sqref) == "D2:D3"


def test_a_right_to_left_language_gets_a_right_to_left_sheet() -> None:
    for direction, order in (("rtl", 2), ("ltr", 1)):
        sheet = book(direction=direction).worksheets[0]
        assert bool(sheet.sheet_view.rightToLeft) == (direction == "rtl")
        assert sheet["C2"].alignment.readingOrder == order
        assert sheet["B2"].alignment.readingOrder == 1


def test_sorted_rows_and_moved_columns_are_read_the_same() -> None:
    def move(found: Any) -> None:
        sheet = found.worksheets[0]
        lines = [[cell.value for cell in line][::-1] for line in sheet.iter_rows()]
        new = found.create_sheet("Kopie", 0)
        for line in (lines[0], lines[2], [None] * 7, lines[1]):
            new.append(line)

    rows = read_xlsx(changed(move), "x.xlsx")
    assert [(row.id, row.text, row.state, row.place) for row in rows] == [
        ("x/lead", "Vea a un médico.", "needs-work", 2),
        ("x/title", "Bultos", "machine-draft", 4),
    ]


def test_a_number_that_was_typed_is_text() -> None:
    data = changed(lambda found: found.worksheets[0].__setitem__("C2", 24))
    assert read_xlsx(data, "x.xlsx")[0].text == "24"


def _set(place: str, value: object) -> Callable[[Any], object]:
    return lambda found: found.worksheets[0].__setitem__(place, value)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_set("C3", "=1+1"), [("formula", 3)]),
        (_set("C3", "#N/A"), [("cell-error", 3)]),
        (_set("C3", True), [("cell-kind", 3)]),
        (_set("D2", "perfect"), [("state", 2)]),
        (_set("A2", "title"), [("key", 2)]),
        (_set("B1", "Englisch"), [("sheet", 1)]),
        (lambda found: found.worksheets[0].merge_cells("C2:C3"), [("merged", 2)]),
        (lambda found: found.remove(found.worksheets[0]), [("sheet", 1)]),
        (_set("A30000", "x/far"), [("size", 0)]),
    ],
)
def test_what_no_export_looks_like_is_refused_with_its_row(
    change: Callable[[Any], object], found: list[tuple[str, int]]
) -> None:
    assert refused(changed(change)) == found


def repacked(**parts: bytes) -> bytes:
    """A workbook with parts of its package replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(changed(lambda _: None))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, parts.pop(part.filename, None) or old.read(part), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    data = repacked(**{"xl/media/a.bin": bytes(40_000_000)})
    assert len(data) < 100_000
    assert refused(data) == [("size", 0)]


def test_entities_are_refused_unread() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    assert refused(repacked(**{"xl/sharedStrings.xml": bomb})) == [("doctype", 0)]
    assert refused(repacked(**{"xl/sharedStrings.xml": bomb.decode().encode("utf-16")})) == [("doctype", 0)]


def test_what_is_no_workbook_is_refused() -> None:
    assert refused(b"PK\x03\x04 not really") == [("kind", 0)]
    assert refused(repacked(**{"xl/workbook.xml": b"<x/>"})) in ([("kind", 0)], [("sheet", 1)])


SOUND = changed(lambda _: None)
with zipfile.ZipFile(BytesIO(SOUND)) as _packed:
    PARTS = {part.filename: _packed.read(part) for part in _packed.infolist() if part.filename.endswith(".xml")}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A workbook with bytes changed in the package, or in one of its parts."""
    name = draw(st.sampled_from(["", *sorted(PARTS)]))
    data = bytearray(PARTS[name] if name else SOUND)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, 2000)) % len(data)
        data[at : at + draw(st.integers(1, 20))] = draw(st.binary(max_size=20))
    return repacked(**{name: bytes(data) or b" "}) if name else bytes(data)


@settings(max_examples=100, deadline=None)
@given(damaged())
def test_a_damaged_workbook_is_read_or_refused(data: bytes) -> None:
    try:
        read_xlsx(data, "back.xlsx")
    except ContentError as error:
        assert error.findings


def test_without_openpyxl_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for ask in (lambda: write_xlsx([ROW], "es", "ltr"), lambda: read_xlsx(b"PK", "x.xlsx")):
        with pytest.raises(UsageProblem) as caught:
            ask()
        assert "handouts[xlsx]" in caught.value.hint
