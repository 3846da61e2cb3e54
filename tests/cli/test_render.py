"""`handouts render`: which leaflets are asked for, where they go, and how it ends."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handouts.cli.asking import requested, targets
from handouts.errors import CannotWrite, ContentError, NotFound, UsageProblem
from handouts.findings import Finding, Severity
from handouts.library import Library
from handouts.model.request import Rendering, Request

TOPIC = "back-fat-granules"
FIRST = Request(topic="", issued=date(2026, 11, 28))
CAUSES = (
    "incomplete-cleansing",
    "oily-skincare",
    "follicular-keratosis",
    "blocked-sebaceous-ducts",
    "seborrheic-dermatitis",
)
WARNING = Finding("topic.unreviewed", Severity.WARNING, "Never reviewed.")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Leaflets are not set but stood in for; gives the requests that were made."""
    requests: list[Request] = []

    def make(request: Request, library: Library) -> Rendering:
        requests.append(request)
        if request.cause == "oily-skincare":
            raise ContentError(f"{request.stem} was not made.", "Mend it.")
        pdf = f"%PDF {request.stem}".encode()
        digest = hashlib.sha256(pdf).hexdigest()
        return Rendering(request=request, leaflet=None, pages=(None,), data=pdf, sha256=digest, findings=(WARNING,))

    monkeypatch.setattr("handouts.cli.making.make", make)
    return requests


def asked(*topics: str, cause: str = "", tags: tuple[str, ...] = ("en",), first: Request = FIRST) -> list[str]:
    return [request.stem for request in requested(first, topics, cause, tags, Library())]


# What is asked for


def test_one_topic_is_one_leaflet_of_all_causes() -> None:
    assert asked(TOPIC) == [f"{TOPIC}.en"]


def test_no_topic_is_every_topic() -> None:
    assert asked() == [f"{topic}.en" for topic in Library().topics()]


def test_each_cause_is_the_whole_and_one_for_every_cause() -> None:
    assert asked(TOPIC, cause="each") == [f"{TOPIC}.en", *(f"{TOPIC}.{cause}.en" for cause in CAUSES)]


def test_nothing_is_made_twice() -> None:
    assert asked(TOPIC, TOPIC, tags=("en", "en_GB,en")) == [f"{TOPIC}.en"]


def test_a_territory_decides_the_paper_where_the_locale_does_not() -> None:
    assert asked(TOPIC, tags=("es-US", "es-ES")) == [f"{TOPIC}.es.letter", f"{TOPIC}.es"]


def test_what_is_asked_is_looked_up_first() -> None:
    for wrong in ({"cause": "oil"}, {"tags": ("xx",)}):
        with pytest.raises(NotFound):
            asked(TOPIC, **wrong)
    with pytest.raises(NotFound):
        asked("back")
    with pytest.raises(NotFound) as caught:
        asked(cause="oily-skincar")
    assert caught.value.hint == "Did you mean “oily-skincare”?"
    with pytest.raises(UsageProblem):
        asked(TOPIC, tags=("en,",))


def test_a_cause_picks_the_topics_that_have_it(clinic: Path) -> None:
    found = requested(FIRST, (), "first-cause", ("en",), Library([clinic]))
    assert [request.topic for request in found] == ["dry-skin"]


# Where it goes


def test_leaflets_go_to_a_folder_or_one_to_a_file(tmp_path: Path) -> None:
    two = requested(FIRST, (TOPIC,), "each", ("en",), Library())[:2]
    assert targets(two, "out") == [Path("out") / f"{TOPIC}.en.pdf", Path("out") / f"{TOPIC}.{CAUSES[0]}.en.pdf"]
    assert targets(two[:1], "one.PDF") == [Path("one.PDF")]
    with pytest.raises(UsageProblem, match="2 leaflets were asked for"):
        targets(two, "one.pdf")
    (tmp_path / "odd.pdf").mkdir()
    assert targets(two[:1], str(tmp_path / "odd.pdf"))[0].parent == tmp_path / "odd.pdf"


def test_files_are_told_on_stdout(run, made, tmp_path: Path) -> None:
    result = run("render", TOPIC, "-o", tmp_path)
    file = tmp_path / f"{TOPIC}.en.pdf"
    assert (result.exit_code, result.stdout) == (0, f"{file}\n")
    assert file.read_bytes() == f"%PDF {TOPIC}.en".encode()
    assert result.stderr == "warning: Never reviewed. [topic.unreviewed]\n"


def test_json_tells_all_that_is_known(run, made, tmp_path: Path) -> None:
    result = run("render", TOPIC, "--cause", CAUSES[0], "-o", tmp_path / "x.pdf", "--json", "--locale", "es_US")
    (row,) = json.loads(result.stdout)
    data = (tmp_path / "x.pdf").read_bytes()
    assert row.pop("findings")[0]["rule"] == "topic.unreviewed"
    assert row == {
        "file": str(tmp_path / "x.pdf"),
        "topic": TOPIC,
        "cause": CAUSES[0],
        "locale": "es",
        "brand": "house",
        "format": "standard",
        "paper": "letter",
        "pages": 1,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def test_one_leaflet_may_go_to_stdout(run, made) -> None:
    result = run("render", TOPIC, "-o", "-")
    assert (result.exit_code, result.stdout_bytes) == (0, f"%PDF {TOPIC}.en".encode())
    assert run("render", TOPIC, "-o", "-", "--cause", "each").exit_code == 2
    assert run("render", TOPIC, "-o", "-", "--json").exit_code == 2


# How it ends


def test_one_that_fails_gives_its_own_code(run, made, tmp_path: Path) -> None:
    result = run("render", TOPIC, "--cause", "oily-skincare", "-o", tmp_path)
    assert result.exit_code == 4
    assert "was not made" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_some_that_fail_do_not_stop_the_others(run, made, tmp_path: Path) -> None:
    result = run("render", TOPIC, "--cause", "each", "-o", tmp_path)
    assert result.exit_code == 7
    assert len(list(tmp_path.iterdir())) == 5
    assert "[6/6]" in result.stderr
    assert "5 of 6 leaflets were made." in result.stderr
    assert result.stderr.count("Never reviewed. (in 5 leaflets)") == 1


def test_all_that_fail_alike_give_their_code(run, made, tmp_path: Path) -> None:
    line = ["render", TOPIC, "--cause", "oily-skincare", "--locale", "en,en-US", "-o", tmp_path]
    assert run(*line).exit_code == 4


def test_nothing_is_made_if_any_name_is_wrong(run, made, tmp_path: Path) -> None:
    for wrong in (["--brand", "hose"], ["--format", "larg"], ["--locale", "en,xx"], ["--cause", "x"], ["back"]):
        result = run("render", TOPIC, "-o", tmp_path, *wrong)
        assert result.exit_code == 3, wrong
    assert made == []


def test_warnings_count_only_if_strict(run, made, tmp_path: Path) -> None:
    assert run("render", TOPIC, "-o", tmp_path, "--strict").exit_code == 1


def test_a_disk_that_refuses_is_told(run, made, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run("render", TOPIC, "-o", tmp_path / "file" / "out").exit_code == CannotWrite.exit_code


def test_options_reach_the_request(run, made, tmp_path: Path) -> None:
    run("render", TOPIC, "-o", tmp_path, "--format", "giant", "--paper", "letter", "--issued", "2026-01-02", "--draft")
    assert made == [
        Request(topic=TOPIC, format="giant", paper="letter", issued=date(2026, 1, 2), draft=True),
    ]


def test_the_issue_date_may_come_from_the_environment(run, made, tmp_path: Path, monkeypatch) -> None:
    moment = datetime(2025, 5, 6, 23, 59, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    run("render", TOPIC, "-o", tmp_path)
    assert made[0].issued == date(2025, 5, 6)
    for wrong in ("soon", "1" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        assert run("render", TOPIC, "-o", tmp_path).exit_code == 2


@pytest.mark.parametrize("wrong", ["2026-02-30", "28.11.2026", "today"])
def test_an_issue_date_that_is_none_is_a_usage_error(run, made, wrong: str) -> None:
    assert run("render", TOPIC, "--issued", wrong).exit_code == 2


# For real


def test_the_beginnings_of_a_clinic_are_leaflets_at_once(run, clinic: Path, tmp_path: Path) -> None:
    line = ["--library", clinic, "render", "dry-skin", "--brand", "clinic", "--cause", "each", "--issued", "2026-11-28"]
    result = run(*line, "-o", tmp_path / "one")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2), result.stderr
    assert run(*line, "-o", tmp_path / "two", "--jobs", "2").exit_code == 0
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes().startswith(b"%PDF-")
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
