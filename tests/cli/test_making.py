"""Many leaflets in many processes, of which one may die."""

import os
from datetime import date
from pathlib import Path

import pytest

from handouts.cli import making
from handouts.cli.making import Made, Outcome, Task, make_all
from handouts.errors import HandoutsError, NotFound
from handouts.library import Library
from handouts.model.request import Request


def stand_in(task: Task, library: object) -> Outcome:
    """Make nothing; die at one topic and refuse another."""
    topic = task.request.topic
    if topic == "deadly":
        os._exit(9)
    if topic == "unknown":
        return NotFound("There is no topic.", "Did you mean another?")
    where = {"file": str(task.target), "topic": topic, "cause": "", "locale": "en", "brand": "house"}
    return Made(**where, format="standard", paper="a4", pages=1, bytes=1, sha256="", findings=())


def outcomes(monkeypatch: pytest.MonkeyPatch, *topics: str, jobs: int) -> tuple[list[Outcome], list[str]]:
    monkeypatch.setattr(making, "_make_one", stand_in)
    monkeypatch.setattr(making, "_make_there", stand_in)
    told: list[str] = []
    tasks = [Task(Request(topic=topic, issued=date(2026, 11, 28)), Path(topic)) for topic in topics]
    return make_all(tasks, Library(), jobs, told.append), told


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_became_of_each_is_told_in_the_order_asked(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    found, told = outcomes(monkeypatch, "c", "unknown", "a", jobs=jobs)
    assert isinstance(found[0], Made)
    assert found[0].topic == "c"
    assert isinstance(found[1], NotFound)
    assert (found[1].message, found[1].hint) == ("There is no topic.", "Did you mean another?")
    assert isinstance(found[2], Made)
    assert found[2].file == "a"
    assert sorted(told) == ["a.en", "c.en", "unknown.en"]


def test_a_process_that_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found, told = outcomes(monkeypatch, "a", "deadly", "b", "c", jobs=2)
    assert [one.topic for one in found if isinstance(one, Made)] == ["a", "b", "c"]
    assert type(found[1]) is HandoutsError
    assert "deadly.en died" in found[1].message
    assert len(told) == 4
