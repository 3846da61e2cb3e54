"""Rows become requests: every name is one that the library has, or a finding."""

from datetime import date
from pathlib import Path

import pytest

from handouts.errors import NotFound
from handouts.library import Library
from handouts.press.columns import Cells
from handouts.press.jobs import Job
from handouts.press.matching import Choice, Matcher
from handouts.press.records import Place, Record

ISSUED = date(2026, 11, 28)


def job(choice: Choice = Choice(), **cells: str):  # noqa: B008 (frozen)
    return Matcher(Library(), choice, ISSUED).job(Record(Place(5, 7, 0), Cells(**({"locale": "es"} | cells))))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"locale": "Spanish"}, {"locale": "es"}),
        ({"locale": "español"}, {"locale": "es"}),
        ({"locale": "es-MX"}, {"locale": "es", "paper": "letter"}),
        ({"locale": "zh-CN"}, {"locale": "zh-Hans"}),
        ({"cause": "Oily skincare"}, {"cause": "oily-skincare"}),
        ({"brand": "Harbour Clinic"}, {"brand": "harbour-clinic"}),
        ({"paper": "US Letter"}, {"paper": "letter"}),
        ({"topic": "Back_Fat Granules"}, {"topic": "back-fat-granules"}),
    ],
)
def test_names_are_matched_as_people_write_them(cells: dict[str, str], expected: dict[str, str]) -> None:
    found = job(**cells)
    assert isinstance(found, Job)
    assert {name: getattr(found.request, name) for name in expected} == expected


@pytest.mark.parametrize("column", ["topic", "cause", "locale", "brand", "format", "paper"])
def test_what_there_is_not_is_a_finding_of_its_cell_that_does_not_repeat_it(column: str) -> None:
    (finding,) = job(**{column: "Maria Lopez"})
    assert (finding.where.row, finding.where.line, finding.where.column) == (5, 7, column)
    assert finding.hint
    assert "Lopez" not in str(finding)


def test_near_names_are_suggested() -> None:
    (finding,) = job(format="larg")
    assert finding.hint == "Did you mean “large”?"


@pytest.mark.parametrize("copies", ["0", "-1", "1000000000", "three", "1.5", "٣٣٣٣٣٣٣٣٣", "²"])
def test_copies_are_a_number_that_can_be_made(copies: str) -> None:
    (finding,) = job(copies=copies)
    assert finding.where.column == "copies"
    assert "10,000" in finding.hint


def test_options_speak_for_rows_that_do_not() -> None:
    found = job(Choice(cause="oily-skincare", format="large"), format="giant", name="Ana")
    assert isinstance(found, Job)
    assert (found.request.cause, found.request.format, found.panel.name) == ("oily-skincare", "giant", "Ana")
    for wrong in ({"brand": "x"}, {"format": "x"}, {"topic": "x"}, {"cause": "x"}, {"locale": "xx"}, {"paper": "x"}):
        with pytest.raises(NotFound):
            job(Choice(**wrong))


def test_a_panel_is_not_shown_by_accident() -> None:
    found = job(name="Ana Lopez", reference="A-1")
    assert "Lopez" not in repr(found)
    assert "A-1" not in found.reference


def test_two_topics_must_be_told_apart(tmp_path: Path) -> None:
    (tmp_path / "templates/topics/other").mkdir(parents=True)
    (tmp_path / "templates/topics/other/topic.toml").write_text("broken")
    matcher = Matcher(Library([tmp_path]), Choice(), ISSUED)
    assert matcher.missing(("locale",)) == ("topic",)
    found = matcher.job(Record(Place(1, 2, 0), Cells(locale="es")))
    assert isinstance(found, tuple)
    assert found[0].rule == "manifest.topic-empty"
