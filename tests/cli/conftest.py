"""A clinic's small library, and runs of the command line in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a line of the command line, away from the caller's environment."""
    for name in ("HANDOUTS_LIBRARY", "HANDOUTS_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def line(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return line


@pytest.fixture
def clinic(run: Run, tmp_path: Path) -> Path:
    """A library with a topic `dry-skin` and a brand `clinic`, as `handouts new` makes them."""
    root = tmp_path / "clinic"
    assert run("new", "topic", "dry-skin", "--library", root).exit_code == 0
    assert run("new", "brand", "clinic", "--library", root).exit_code == 0
    return root
