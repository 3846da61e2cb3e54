"""JSON Lines manifests: what readers of JSON do not agree on is a finding of its row."""

from datetime import date
from pathlib import Path

import pytest

from handouts.errors import ContentError
from handouts.library import Library
from handouts.press.columns import Cells
from handouts.press.manifest import Manifest
from handouts.press.matching import Choice, Matcher
from handouts.press.records import Record


def records(folder: Path, data: str | bytes) -> list[Record]:
    path = folder / "run.jsonl"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(Manifest(path).records())


def test_objects_are_rows_and_can_be_read_again(tmp_path: Path) -> None:
    found = records(tmp_path, '\ufeff{"Language": "es", "qty": 3}\n\n{"lang": "ar", "name": null, "ref": "7"}\n')
    assert [record.cells for record in found] == [Cells(locale="es", copies="3"), Cells(locale="ar", reference="7")]
    assert [record.place.line for record in found] == [1, 3]
    assert list(Manifest(tmp_path / "run.jsonl").at(record.place for record in found[::-1])) == found[::-1]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('{"name": "Ana", "name": "Bea"}', "json"),
        ('{"name": "Ana", "patient": "Bea"}', "head-twice"),
        ('{"copies": NaN}', "json"),
        ('{"copies": -Infinity}', "json"),
        ('{"note": ' + "[" * 200_000 + "]" * 200_000 + "}", "json"),
        ('{"note": ' + "[" * 200 + "]" * 200 + "}", "not-text"),
        ('{"copies": ' + "9" * 5_000 + "}", "too-long"),
        (r'{"name": "\ud800"}', "control-character"),
        (r'{"name": "a\u0000"}', "control-character"),
        ('{"name": true}', "not-text"),
        ('{"surname": "Ana Lopez"}', "head-unknown"),
        ('"Ana Lopez"', "json"),
        ('{"name": "Ana Lopez"', "json"),
        ('{"name": "\udcff"}', "control-character"),
        ("Ana Lopez", "json"),
    ],
)
def test_a_doubtful_line_costs_its_row_only(tmp_path: Path, line: str, rule: str) -> None:
    data = (line + '\n{"locale": "es"}\n').encode("utf-8", "surrogatepass")
    first, second = records(tmp_path, data)
    assert rule in {finding.rule.partition(".")[2] for finding in first.findings}
    assert "Lopez" not in str(first.findings)
    assert second.cells == Cells(locale="es")


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cut off in line 2"):
        records(tmp_path, '{"locale": "es"}\n{"locale": "a')


def test_other_kinds_are_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="array"):
        records(tmp_path, '[{"locale": "es"}]')
    with pytest.raises(ContentError, match="UTF-16"):
        records(tmp_path, '{"locale": "es"}'.encode("utf-16"))


def test_an_object_without_anything_is_a_row_without_a_locale(tmp_path: Path) -> None:
    (record,) = records(tmp_path, "{}\n")
    assert record.cells == Cells()
    found = Matcher(Library(), Choice(), date(2026, 11, 28)).job(record)
    assert isinstance(found, tuple)
    assert [finding.rule for finding in found] == ["manifest.locale-empty"]


@pytest.mark.parametrize(
    ("data", "rule", "told"),
    [
        ('{"name": "José"}\n'.encode("latin-1"), "manifest.encoding", "Windows-1252"),
        (b'{"locale": "es"}\r{"locale": "ar"}\r', "manifest.line-ends", "carriage returns"),
    ],
)
def test_what_the_file_itself_has_wrong_is_told(tmp_path: Path, data: bytes, rule: str, told: str) -> None:
    with pytest.raises(ContentError, match=told) as caught:
        records(tmp_path, data)
    assert caught.value.findings[0].rule == rule
