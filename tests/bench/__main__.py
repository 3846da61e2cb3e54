"""``make bench``: the all-causes leaflet by four engines, warm in one process and as whole processes, side by side."""

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from handouts.library import Library
from handouts.make import composed, load, make
from handouts.model.request import Request
from tests.bench import peers, press, tagging
from tests.conftest import ISSUED, TOPIC

ROUNDS = 15
WHOLE_ROUNDS = 5
out = Console(width=120)


def request(locale: str, turn: int = 0) -> Request:
    """Return the request of a turn: each has a date of its own, so that each leaflet is a new one."""
    return Request(topic=TOPIC, locale=locale, issued=ISSUED + timedelta(days=turn))


def median_ms(run: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """Return the median time of a call in milliseconds, the first two left out."""
    times = []
    gc.collect()
    for turn in range(rounds + 2):
        start = time.perf_counter()
        run(turn)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[2:])


def engines(locale: str, library: Library) -> dict[str, Callable[[int], object]]:
    leaflet, _ = composed(request(locale), load(request(locale), library))
    found: dict[str, Callable[[int], object]] = {"handouts": lambda turn: make(request(locale, turn), library)}
    for name in ("typst", "weasyprint", "platypus"):
        try:
            run = getattr(peers, name)(leaflet)
            run(0)
            found[name] = run
        except Exception as error:
            out.print(f"{name} ({locale}): not measured, {type(error).__name__}: {error}"[:200], style="yellow")
    return found


def warm(locales: tuple[str, ...], library: Library) -> None:
    table = Table("locale", "engine", "warm ms", "× handouts", title="One leaflet, warm, in one process (median)")
    for locale in locales:
        runs = engines(locale, library)
        own = median_ms(runs["handouts"])
        for name, run in runs.items():
            spent = own if name == "handouts" else median_ms(run, 5)
            table.add_row(locale, name, f"{spent:.1f}", f"{spent / own:.1f}")
    out.print(table)


def every_locale(library: Library) -> None:
    table = Table("locale", "warm ms", title="handouts, every locale, warm (median)")
    for locale in library.locales():
        table.add_row(locale, f"{median_ms(lambda turn, locale=locale: make(request(locale, turn), library)):.1f}")
    out.print(table)


WHOLE = {
    "handouts render": [sys.executable, "-m", "handouts", "render", TOPIC, "-o"],
    "handouts --help": [sys.executable, "-m", "handouts", "--help"],
}
PEER = "import sys; from tests.bench.whole import run; run(sys.argv[1])"


def whole() -> None:
    table = Table("process", "median s", title="Whole processes, start to PDF")
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            name: [*words, str(Path(folder) / "x.pdf")] if words[-1] == "-o" else words for name, words in WHOLE.items()
        }
        commands |= {name: [sys.executable, "-c", PEER, name] for name in ("typst", "weasyprint", "platypus")}
        for name, words in commands.items():
            times = []
            for _ in range(WHOLE_ROUNDS):
                start = time.perf_counter()
                ended = subprocess.run(words, capture_output=True, check=False)
                times.append(time.perf_counter() - start)
            shown = f"{statistics.median(times):.2f}" if ended.returncode == 0 else "failed"
            table.add_row(name, shown)
    out.print(table)


if __name__ == "__main__":
    shelf = Library()
    warm(("en", "ar", "hi", "th", "zh-Hans", "ru"), shelf)
    every_locale(shelf)
    out.print(tagging.table(shelf))
    whole()
    out.print(press.table())
