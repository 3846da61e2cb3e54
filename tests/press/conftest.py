"""Print runs with stand-ins for what sets leaflets, in a folder of the test's own."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes are told of the stand-ins by name

from listening import HEAD, Press
from standins import TOOLS

from handouts.library import Library
from handouts.press.report import Report
from handouts.press.run import run
from handouts.press.settings import Settings
from handouts.press.watch import Watch

ISSUED = date(2026, 11, 28)


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """Make a run of rows (CSV lines below HEAD) into ``folder`` of the test's own, None for a dry run."""

    def make(rows: str | Path, folder: str | None = "out", listener: Watch | None = None, **other: Any) -> Report:
        path = rows if isinstance(rows, Path) else tmp_path / "run.csv"
        if isinstance(rows, str):
            path.write_text(HEAD + rows, encoding="utf-8", newline="")
        told = {name: other.pop(name) for name in list(other) if name in Settings.__struct_fields__}
        return run(
            path,
            tmp_path / folder if folder else None,
            other.pop("library", None) or Library(),
            Settings(**told),
            other.pop("issued", ISSUED),
            tools=other.pop("tools", TOOLS),
            jobs=other.pop("jobs", 1),
            watch=listener,
            **other,
        )

    return make
