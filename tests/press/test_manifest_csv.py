"""CSV manifests are read strictly: what is doubtful is said with its line, and no row is swallowed."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import ContentError, HandoutsError, NotFound, UsageProblem
from handouts.press.encodings import guess
from handouts.press.manifest import Manifest
from handouts.press.records import Record


def manifest(folder: Path, data: str | bytes, name: str = "run.csv") -> Manifest:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Manifest(path)


def cells(folder: Path, data: str | bytes) -> list[dict[str, str]]:
    return [filled(record) for record in manifest(folder, data).records()]


def filled(record: Record) -> dict[str, str]:
    assert record.cells is not None
    return {column: value for column, value in record.cells._asdict().items() if value}


def rules(records: Iterable[Record]) -> list[str]:
    return [finding.rule.partition(".")[2] for record in records for finding in record.findings]


def refused(folder: Path, data: str | bytes) -> ContentError:
    with pytest.raises(ContentError) as caught:
        list(manifest(folder, data).records())
    return caught.value


# Heads


def test_heads_are_known_by_their_other_names(tmp_path: Path) -> None:
    found = manifest(tmp_path, "Language,QTY,Size,Patient Name,ref\nes,2,large,Ana,7\n")
    assert found.columns == ("locale", "copies", "format", "name", "reference")


def test_an_unknown_head_is_refused_by_its_place_with_a_suggestion(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, "locale,refrence\nes,1\n").findings
    assert (finding.where.line, finding.where.column) == (1, "2 (B)")
    assert finding.hint == "Did you mean “reference”?"


def test_where_heads_are_missing_nobody_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path, "Maria Lopez,es,oily\nAna,es,x\n")
    assert error.findings[0].rule == "manifest.no-heads"
    assert "Lopez" not in str(error.findings) + error.message + error.hint


def test_a_head_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (finding,) = refused(tmp_path, "lang,topic,locale\nes,x,ar\n").findings
    assert (finding.rule, finding.where.column) == ("manifest.head-twice", "locale")
    assert "A and C" in finding.hint


def test_nothing_is_nothing_to_do(tmp_path: Path) -> None:
    assert "empty" in refused(tmp_path, "").message
    assert "empty" in refused(tmp_path, "# only a comment\n\n").message
    assert cells(tmp_path, "locale,cause\n") == []


# Rows


def test_rows_know_their_number_and_their_line(tmp_path: Path) -> None:
    text = '# a comment\nlocale,note\n\nes,"two\nlines"\n,\nar,x\n'
    found = list(manifest(tmp_path, text).records())
    assert [(record.place.row, record.place.line) for record in found] == [(1, 4), (2, 7)]
    assert filled(found[0]) == {"locale": "es", "note": "two\nlines"}


def test_rows_can_be_read_again_by_their_place(tmp_path: Path) -> None:
    text = 'locale,note\nes,"two\r\nlines, ""quoted"""\r\nar,ü\nhi,x'
    one = manifest(tmp_path, b"\xef\xbb\xbf" + text.encode())
    found = list(one.records())
    assert list(one.at(record.place for record in reversed(found))) == found[::-1]
    assert filled(found[0])["note"] == 'two\nlines, "quoted"'


@pytest.mark.parametrize(("mark", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "vertical")])
def test_the_delimiter_is_found_and_said(tmp_path: Path, mark: str, name: str) -> None:
    found = manifest(tmp_path, f"locale{mark}name\nes{mark}Ana\n")
    assert name in found.notes[0].message
    assert filled(next(iter(found.records())))["locale"] == "es"


def test_what_excel_writes_first_is_understood(tmp_path: Path) -> None:
    assert cells(tmp_path, "sep=;\r\nlocale;name\r\nes;Ana\r\n") == [{"locale": "es", "name": "Ana"}]


def test_ragged_rows_are_findings_and_harm_no_others(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, "locale,cause,name\nes,x\nes,x,Ana,more\nes,x,Ana,,\nes,x,Ana\n").records())
    assert rules(found) == ["short-row", "long-row"]
    assert found[0].findings[0].where.column == "name"
    assert [filled(record)["name"] for record in found[2:]] == ["Ana", "Ana"]


def test_an_open_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    error = refused(tmp_path, 'locale,note\nes,ok\nar,"open\nhi,x\nen,y\n')
    assert error.findings[0].where.line == 3
    error = refused(tmp_path, 'locale,note\nes,ok\nar,"open\nhi,"x"\nen,y\n')
    assert error.findings[0].where.line == 3


def test_an_open_quotation_mark_that_another_closes_is_seen_by_its_line_break(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, 'name,locale\n"Ana,es\nBea",ar\nCai,hi\n').records())
    assert rules(found[:1]) == ["line-break"]


def test_text_after_a_closing_quotation_mark_costs_its_row_only(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, 'locale,name\nes,"An"a"\nar,Bea\n').records())
    assert rules(found) == ["quote"]
    assert filled(found[1])["name"] == "Bea"


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x85", "\x9f", "\ufffe"])
def test_control_characters_are_findings_of_their_column(tmp_path: Path, char: str) -> None:
    (record,) = manifest(tmp_path, f"locale,name\nes,An{char}a\n").records()
    (finding,) = record.findings
    assert finding.where.column == "name"
    assert f"U+{ord(char):04X}" in finding.hint


def test_a_lone_surrogate_is_its_rows_fault(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, b"locale,name\nes,A\xed\xa0\x80\nar,Bea\n").records())
    assert rules(found) == ["control-character"]
    assert filled(found[1])["name"] == "Bea"


def test_a_note_of_ten_megabytes_is_refused_by_its_length(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, f"locale,note\nes,{'x' * 10_000_000}\nar,y\n").records())
    assert rules(found) == ["too-long"]
    assert "4,000" in found[0].findings[0].message


# Encodings and kinds


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_named(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path, "locale,name\nes,Ana\n".encode(name))
    assert name[:6].upper() in error.message
    assert "UTF-8" in error.hint


@pytest.mark.parametrize(
    ("page", "words", "name"),
    [
        ("cp1252", "José Muñoz, Zoë – “hola”", "Windows-1252"),
        ("cp1250", "Łukasz Żółć, Dvořák Jiří, český", "Windows-1250"),
        ("cp1251", "Иванова Мария Петровна", "Windows-1251"),
        ("cp1253", "Γιώργος Παπαδόπουλος", "Windows-1253"),
        ("cp1256", "محمد أحمد", "Windows-1256"),
        ("cp874", "สวัสดีครับ คุณสมชาย ใจดี", "Windows-874"),
        ("cp932", "山田太郎さん、よろしく", "East Asian"),
        ("gb18030", "王小明,请按时用药,谢谢您", "East Asian"),
    ],
)
def test_code_pages_are_guessed(tmp_path: Path, page: str, words: str, name: str) -> None:
    data = f"locale,name,note\nes,Ana,x\nes,Bea,{words}\n".encode(page)
    assert name in guess(data)
    error = refused(tmp_path, data)
    assert "line 3" in error.message
    assert words not in error.message


def test_other_kinds_of_file_are_told(tmp_path: Path) -> None:
    assert "spreadsheet" in refused(tmp_path, b"PK\x03\x04rest").message
    with pytest.raises(UsageProblem):
        manifest(tmp_path, "x", "run.doc")
    with pytest.raises(NotFound):
        Manifest(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ContentError):
        Manifest(tmp_path / "folder.csv")


def test_a_file_that_was_changed_is_not_read_on(tmp_path: Path) -> None:
    mark = manifest(tmp_path, "locale\nes\n").mark
    manifest(tmp_path, "locale\nes\nar\n")
    with pytest.raises(ContentError, match="changed"):
        Manifest(tmp_path / "run.csv", mark)


# Anything at all

_ODD = st.sampled_from([b'"', b",", b"\n", b"\r", b";", b"\t", b"\0", b"locale", b"name", b"\xef\xbb\xbf", b"\xff\xfe"])
_BYTES = st.lists(st.one_of(_ODD, st.binary(max_size=6)), max_size=40).map(b"".join)


@given(_BYTES, st.booleans())
def test_any_bytes_are_rows_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        one = manifest(folder, (b"locale,name\n" if head else b"") + data, "any.csv")
        found = list(one.records())
    except HandoutsError as error:
        assert error.message
    else:
        assert [record.place.row for record in found] == list(range(1, len(found) + 1))
        assert list(one.at(record.place for record in found)) == found


# What spreadsheets make of a list when they save it again


@pytest.mark.parametrize("first", ["sep=,,,", '"sep=,"', "# a comment,,", '"# a, comment",,', ",,,", '"",""'])
def test_lines_above_the_heads_are_passed_over_as_spreadsheets_write_them(tmp_path: Path, first: str) -> None:
    assert cells(tmp_path, f"{first}\nlocale,name\nes,Ana\n") == [{"locale": "es", "name": "Ana"}]


def test_columns_that_were_emptied_are_passed_over(tmp_path: Path) -> None:
    assert cells(tmp_path, "locale,name,,\nes,Ana,,\n") == [{"locale": "es", "name": "Ana"}]
    (record,) = manifest(tmp_path, "locale,name,,\nes,Ana,,more\n").records()
    assert rules([record]) == ["long-row"]


def test_rows_of_blanks_are_none(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, "locale,name\n   \n , \nes,Ana\n").records())
    assert [(record.place.row, record.place.line) for record in found] == [(1, 4)]


def test_carriage_returns_are_told_as_such(tmp_path: Path) -> None:
    found = list(manifest(tmp_path, "locale,name\nes,An\ra\nar,Bea\n").records())
    assert rules(found) == ["line-ends"]
    assert refused(tmp_path, "locale,name\res,Ana\rar,Bea\r").findings[0].rule == "manifest.line-ends"


def test_a_line_of_heads_may_be_long(tmp_path: Path) -> None:
    assert refused(tmp_path, f"locale,{'x' * 200_000}\nes,Ana\n").findings[0].rule == "manifest.head-unknown"
