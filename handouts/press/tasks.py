"""What the hands of a run are told, and what they tell."""

from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from handouts.findings import Finding
from handouts.model.request import Request
from handouts.press.ledger import File, Made
from handouts.press.manifest import Mark
from handouts.press.records import Place
from handouts.press.settings import Settings


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """All that a process must know of a run to work for it."""

    manifest: Path
    mark: Mark
    roots: tuple[Path, ...]
    settings: Settings
    issued: date
    folder: Path
    key: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Return a form without the password."""
        return f"Setup({self.key})"


class Task(NamedTuple):
    """Something to do: ``prove`` a leaflet, ``check`` rows, make ``rows`` one by one, or make a ``file`` of many."""

    kind: Literal["prove", "check", "rows", "file"]
    leaflet: int = 0
    request: Request | None = None
    places: tuple[Place, ...] = ()
    file: File | None = None


class Proved(NamedTuple):
    """What was seen of a leaflet; its findings are about all its rows."""

    leaflet: int
    version: str
    catalogue: str
    findings: tuple[Finding, ...]


class Checked(NamedTuple):
    """The rows that something is to be said of, among the ``looked_at`` ones."""

    looked_at: int
    rows: tuple[tuple[int, tuple[Finding, ...]], ...]


class Rows(NamedTuple):
    """Rows that were made, or set into a file that is not finished."""

    made: tuple[Made, ...]
    failed: tuple[tuple[int, tuple[Finding, ...]], ...] = ()


class Spoilt(Exception):
    """A row broke a file of many, which is to be made again without it."""

    def __init__(self, row: int, findings: tuple[Finding, ...]) -> None:
        super().__init__(row, findings)
        self.row, self.findings = row, findings


Message = Proved | Checked | Rows | File
