"""Who watches a run, hears how far it is, and may ask it to end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from handouts.findings import Finding


class Watch:
    """A watcher that says nothing and never asks the run to end; others override what they care for."""

    def phase(self, name: str, total: int) -> None:
        """Hear that something begins (``read``, ``check``, ``make``) and how many rows it is for; 0: not known."""

    def at(self, done: int, failed: int) -> None:
        """Hear how many rows of the phase are done, those that failed included."""

    def problem(self, finding: Finding) -> None:
        """Hear what is wrong with a row, when all is done."""

    def stop(self) -> bool:
        """Return whether the run is to end now: what is half made is dropped, all else is kept."""
        return False


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let Python look for cycles of garbage seldom: a run makes millions of short-lived objects and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
