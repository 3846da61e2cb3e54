"""A print run in a process of its own, to be killed: ``victim.py LIST FOLDER JOBS MERGE``."""

import sys
from datetime import date
from pathlib import Path

from standins import TOOLS

from handouts.library import Library
from handouts.press.run import run
from handouts.press.settings import Settings


def main() -> None:
    rows, folder, jobs, merge = sys.argv[1:]
    settings = Settings(group_by=("locale",), max_leaflets=40) if merge == "1" else Settings()
    run(Path(rows), Path(folder), Library(), settings, date(2026, 11, 28), tools=TOOLS, jobs=int(jobs))


if __name__ == "__main__":
    main()
