"""Processes that set leaflets ahead, while the one that started them is busy with something else."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from standins import TOOLS, deadly_forme_of

from handouts.model.request import Request
from handouts.press.crew import Crew
from handouts.press.manifest import Manifest
from handouts.press.settings import Settings
from handouts.press.tasks import Proved, Setup, Task
from handouts.press.work import Tools
from tests.conftest import ISSUED, TOPIC

PATIENCE = 60.0


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    path = tmp_path / "run.csv"
    path.write_text("locale\nes\n")
    return Setup(
        manifest=path, mark=Manifest(path).mark, roots=(), settings=Settings(merge=True), issued=ISSUED, folder=tmp_path
    )


def proofs(setup: Setup, tools: Tools, tended: int) -> Iterator[Proved]:
    """What two processes tell of three leaflets that they are given ahead, ``tended`` until so many were told of."""
    crew = Crew(setup, tools, None, 2)
    try:
        for number, locale in enumerate(("es", "ar", "hi"), 1):
            crew.ahead(Task("prove", number, Request(topic=TOPIC, locale=locale, issued=ISSUED)))
        end = time.monotonic() + PATIENCE
        while len(crew._heard) < tended and time.monotonic() < end:
            crew.tend()
            time.sleep(0.01)
        assert crew.given == {1, 2, 3}
        assert len(crew._heard) >= tended
        yield from crew.run([iter(())], lambda: False)
    finally:
        crew.close()


@pytest.mark.parametrize("tended", [0, 1, 3])
def test_what_was_done_ahead_is_told_once(setup: Setup, tended: int) -> None:
    found = sorted(proofs(setup, TOOLS, tended))
    assert [proof.leaflet for proof in found] == [1, 2, 3]
    assert all(proof.version for proof in found)


def test_a_leaflet_that_kills_its_process_ahead_costs_itself_only(setup: Setup) -> None:
    found = sorted(proofs(setup, TOOLS._replace(forme_of=deadly_forme_of), 3))
    assert [bool(proof.version) for proof in found] == [True, False, True]
    assert [finding.rule for finding in found[1].findings] == ["press.died"]


UNGUARDED = """
from datetime import date
from pathlib import Path
from handouts.library import Library
from handouts.press.run import run
from handouts.press.settings import Settings

run(Path("run.csv"), Path("out"), Library(), Settings(), date(2026, 11, 28), jobs=2)
"""


def test_a_program_that_forgot_its_guard_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text("locale\nes\n")
    (tmp_path / "program.py").write_text(UNGUARDED)
    told = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert told.returncode == 1
    assert told.stderr.count("HandoutsError: The processes of the run end before they begin.") == 1
    assert not (tmp_path / "out" / "000001-es.pdf").exists()
