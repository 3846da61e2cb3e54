"""Who watches a run, hears how far it is, and may ask it to end."""

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
