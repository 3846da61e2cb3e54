"""Print runs: 10,000 personalised rows by handouts, beside Typst (one document of many; one compile a row), WeasyPrint.

The peers set the same words for each row, with the row's values in a box, in the leaflet's own language; they are
given fewer rows, for they need longer. What formes cost handouts is known from a run with one row of each leaflet.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.table import Table

from handouts.library import Library
from handouts.make import composed, load
from handouts.model.leaflet import Leaflet
from handouts.model.request import Request
from handouts.press.run import run
from handouts.press.settings import Settings
from tests.bench import peers
from tests.bench.rows import FORMATS, LOCALES, rows, write
from tests.conftest import CAUSES, ISSUED, TOPIC

ROWS = 10_000
KINDS = len(LOCALES) * len(CAUSES) * len(FORMATS)
CHECKED = 100_000
PEER_ROWS = 168  # two of each leaflet
WEASYPRINT_ROWS = 14  # one of each language and format, on all causes


def table() -> Table:
    """Measure everything, and return it side by side."""
    found = Table("run", "rows", "ms a leaflet", "KB a leaflet", "× merged", title="Print runs, one process")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        merged, whole, size = beyond_formes(here, merge=True)
        found.add_row("handouts, merged", f"{ROWS:,}", f"{merged:.2f}", f"{size:.2f}", "1")
        alone, _, size = beyond_formes(here, merge=False)
        found.add_row("handouts, a file a row", f"{ROWS:,}", f"{alone:.2f}", f"{size:.1f}", f"{alone / merged:.1f}")
        found.add_row("handouts, merged, formes included", f"{ROWS:,}", f"{whole:.2f}", "", f"{whole / merged:.1f}")
        for name, measure, count in (
            ("Typst, one document of many", typst_together, PEER_ROWS),
            ("Typst, one compile a row", typst_alone, PEER_ROWS),
            ("WeasyPrint, one file a row", weasyprint_alone, WEASYPRINT_ROWS),
        ):
            spent, size = measure(count)
            found.add_row(name, str(count), f"{spent:.2f}", f"{size:.1f}", f"{spent / merged:.0f}")
        start = time.perf_counter()
        run(write(here / "dry.csv", CHECKED), None, Library(), Settings(), ISSUED, jobs=1)
        spent = time.perf_counter() - start
        found.add_row(f"handouts, dry run: {spent:.1f} s", f"{CHECKED:,}", f"{spent * 1000 / CHECKED:.3f}", "", "")
    return found


def beyond_formes(folder: Path, *, merge: bool) -> tuple[float, float, float]:
    """Return milliseconds of a leaflet in a run without what the first of each kind costs, and with it; and its KB."""
    few, many = write(folder / "few.csv", KINDS), write(folder / "many.csv", ROWS)
    first = timed(few, folder / f"few-{merge}", merge=merge)
    spent = timed(many, folder / f"many-{merge}", merge=merge)
    size = sum(file.stat().st_size for file in (folder / f"many-{merge}").glob("*.pdf"))
    return (spent - first) * 1000 / (ROWS - KINDS), spent * 1000 / ROWS, size / ROWS / 1024


def timed(manifest: Path, folder: Path, *, merge: bool) -> float:
    """Return the seconds of a run, in a process of its own, so that nothing is known from the last one."""
    code = "import sys; from tests.bench.press import one; one(*sys.argv[1:])"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(manifest), str(folder), str(int(merge))], check=True)
    return time.perf_counter() - start


def one(manifest: str, folder: str, merge: str) -> None:
    """Make one run."""
    run(Path(manifest), Path(folder), Library(), Settings(merge=merge == "1"), ISSUED, jobs=1)


def leaflets(count: int) -> list[tuple[Leaflet, tuple[str, ...]]]:
    """Return the leaflet of each of the first rows, with the row."""
    library, known, found = Library(), {}, []
    for row in rows(count):
        key = row[:3]
        if key not in known:
            request = Request(topic=TOPIC, locale=row[0], cause=row[1], format=row[2], issued=ISSUED)
            known[key] = composed(request, load(request, library))[0]
        found.append((known[key], row))
    return found


def typst_together(count: int) -> tuple[float, float]:
    """Return milliseconds and KB a leaflet of one Typst document that holds all."""
    parts = [
        peers.typst_source(leaflet, panel=row[3:], title=not at) for at, (leaflet, row) in enumerate(leaflets(count))
    ]
    return _typst(['\n#pagebreak(to: "odd")\n'.join(parts)], count)


def typst_alone(count: int) -> tuple[float, float]:
    """Return milliseconds and KB a leaflet of Typst, warm, one compile a row."""
    return _typst([peers.typst_source(leaflet, panel=row[3:]) for leaflet, row in leaflets(count)], count)


def _typst(sources: Sequence[str], count: int) -> tuple[float, float]:
    compile_ = peers.typst_compiler()
    compile_('#set document(title: "warm")\n= Warm')
    return _measured([lambda source=source: compile_(source) for source in sources], count)


def weasyprint_alone(count: int) -> tuple[float, float]:
    """Return milliseconds and KB a leaflet of WeasyPrint, warm, one file a row."""
    chosen = [(leaflet, row) for leaflet, row in leaflets(KINDS) if not row[1]][:count]
    runs = [peers.weasyprint(leaflet, panel=row[3:]) for leaflet, row in chosen]
    runs[0](0)
    return _measured([lambda make=make: make(1) for make in runs], len(runs))


def _measured(makers: Sequence[Callable[[], bytes]], count: int) -> tuple[float, float]:
    start, size = time.perf_counter(), 0
    for make in makers:
        size += len(make())
    return (time.perf_counter() - start) * 1000 / count, size / count / 1024
