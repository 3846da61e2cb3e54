"""`handouts check --matrix` and `--readability`: one table each, JSON with everything, and how they end."""

import json

import pytest

from handouts.check.carried import Carried
from handouts.cli import matrix
from handouts.cli.matrix import Copy, show
from handouts.console import Console
from handouts.errors import ContentError
from handouts.findings import Finding, Severity
from handouts.library import Library
from tests.conftest import CAUSES, TOPIC

WARNING = Finding("a.rule", Severity.WARNING, "It is odd.")


def test_each_copy_has_its_row(run) -> None:
    result = run("check", "--matrix", TOPIC, "--locale", "es", "--format", "standard")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["locale", "cause", "format", "pages", "words", "facts", "findings"]
    assert [line.split()[1] for line in lines[1:]] == ["all", *CAUSES[1:]]
    assert all(" of " in line for line in lines[1:])


def test_json_has_everything(run) -> None:
    data = json.loads(run("check", "--matrix", "--locale", "ar", "--format", "large", "--json").stdout)
    assert [one["cause"] for one in data] == [*CAUSES]
    assert all(one["facts"] == one["due"] > 10 and one["pages"] and one["words"] and not one["failed"] for one in data)
    assert {finding["rule"] for one in data for finding in one["findings"]} >= {"content.never-reviewed"}


def copy(cause: str, locale: str, form: str, **other: object) -> Copy:
    facts = {"pages": 1 if cause else 2, "words": 200, "facts": 9, "due": 9} | other
    return Copy(topic=TOPIC, cause=cause, locale=locale, format=form, **facts)


def test_many_copies_are_a_row_for_each_locale(capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        copy(cause, locale, form)
        for locale in ("am", "ar", "es")
        for cause in CAUSES
        for form in ("giant", "large", "standard")
    ]
    found[-1] = copy(CAUSES[-1], "es", "standard", facts=8, lacking=("F7",), pages=2, findings=(WARNING, WARNING))
    found[0] = copy("", "am", "giant", pages=0, facts=0, due=0, failed="It was not made.")
    show(found, Console())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 3 + 2
    assert lines[1].split("  ")[0] == "am"
    assert "153 of 153, 1 not made" in lines[1]
    assert "1–2" in lines[3]
    assert "161 of 162" in lines[3]
    assert lines[3].endswith("1 warning")
    assert lines[4:] == [
        f"am · {TOPIC} · all causes · giant: It was not made.",
        f"es · {TOPIC} · {CAUSES[-1]} · standard: lacks F7",
    ]


def test_a_fact_that_is_lost_ends_with_4(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "carried", lambda *_: Carried(9, ("F7",)))
    result = run("check", "--matrix", "--locale", "en", "--format", "standard")
    assert result.exit_code == 4
    assert "en · back-fat-granules · all causes · standard: lacks F7" in result.stdout


def test_a_copy_that_cannot_be_made_hides_no_other(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(request: object, library: Library) -> object:
        raise ContentError("It was not made.", "", (Finding("a.rule", Severity.ERROR, "It is wrong."),))

    monkeypatch.setattr(matrix, "make", make)
    result = run("check", "--matrix", "--locale", "en,ar", "--format", "standard")
    assert result.exit_code == 4
    assert result.stdout.count("It was not made.") == 12


def test_many_are_made_by_several_processes(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "POOL_FROM", 2)
    alone = json.loads(run("check", "--matrix", "--locale", "en", "--format", "standard", "--json").stdout)
    monkeypatch.setattr(matrix, "POOL_FROM", 99)
    assert alone == json.loads(run("check", "--matrix", "--locale", "en", "--format", "standard", "--json").stdout)


def test_readability_is_a_table_with_what_makes_it_hard(run) -> None:
    result = run("check", "--readability", "--locale", "en,es,fr,th")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split()[:4] == ["locale", "cause", "words", "sentences"]
    assert [line.split()[1] for line in lines if line.startswith("en ")][: len(CAUSES)] == ["all", *CAUSES[1:]]
    assert any("Flesch-Kincaid" in line and "SMOG" in line for line in lines)
    assert any("INFLESZ" in line for line in lines)
    assert any(line.startswith("en · all causes · hard words: ") for line in lines)
    assert [line for line in lines if line.startswith("Not scored")] == [
        "Not scored, Kandel and Moles count spoken syllables, which French spelling does not tell: fr.",
        "Not scored, no formula of record: th.",
    ]


def test_readability_as_json_has_every_word_and_sentence(run) -> None:
    data = json.loads(run("check", "--readability", "--locale", "en,th", "--json").stdout)
    english = next(one for one in data if one["locale"] == "en" and not one["cause"])
    assert {score["formula"]: score["value"] < 9 for score in english["scores"]} == {
        "Flesch-Kincaid": True,
        "SMOG": True,
    }
    assert all(len(sentence.split()) > 20 for one in data for sentence in one["long"])
    assert [one["unscored"] for one in data if one["locale"] == "th"] == ["no formula of record"] * len(CAUSES)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--matrix", "--readability"], 2),
        (["--format", "large"], 2),
        (["--matrix", "--format", "tiny"], 3),
        (["--matrix", "--locale", "tlh"], 3),
        (["--readability", "none"], 3),
    ],
)
def test_what_cannot_be_ends_with_its_code(run, words: list[str], code: int) -> None:
    assert run("check", *words).exit_code == code
