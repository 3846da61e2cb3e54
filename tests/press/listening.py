"""What tests of print runs share: who listens to a run, and what lies in its folder."""

from collections.abc import Callable
from pathlib import Path

from handouts.findings import Finding
from handouts.press.report import Report
from handouts.press.watch import Watch

HEAD = "locale,cause,format,copies,name,note,reference\n"


class Listener(Watch):
    """Keeps what it hears, and asks the run to end after some steps."""

    def __init__(self, steps: int = 10**9) -> None:
        self.steps = steps
        self.phases: list[tuple[str, int]] = []
        self.found: list[Finding] = []
        self.last = (0, 0)

    def phase(self, name: str, total: int) -> None:
        self.phases.append((name, total))

    def at(self, done: int, failed: int) -> None:
        self.last = (done, failed)
        if self.phases[-1][0] == "make":
            self.steps -= 1

    def problem(self, finding: Finding) -> None:
        self.found.append(finding)

    def stop(self) -> bool:
        return self.steps <= 0


Press = Callable[..., Report]


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a run but its ledger, which tells how the run went."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "ledger.sqlite")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
