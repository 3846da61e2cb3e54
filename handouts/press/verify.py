"""Every file of a run read again, and compared with what the ledger says of it."""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from handouts.findings import Finding, Severity, Where
from handouts.press.ledger import Ledger
from handouts.store import PART


def verify(ledger: Ledger, folder: Path) -> tuple[int, tuple[Finding, ...]]:
    """Return how many files were read, and a finding for each that is missing, damaged, half-written or not known."""
    found: list[Finding] = []
    known: set[str] = set()
    for name, stored in _files(ledger):
        known.add(name)
        found += _compared(folder, name, stored)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == PART:
            message = "A half-written file is left."
            found.append(_finding("half-written", message, name, "Give the run's command again."))
        elif path.suffix == ".pdf" and name not in known:
            found.append(_finding("unknown", "The file is not of this run.", name, "Move it away; do not print it."))
    return len(known), tuple(found)


def _files(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Give the name and the SHA-256 of every file that was made."""
    for file in ledger.files("made"):
        yield file.name, file.stored
    row = 0
    query = (
        "SELECT row, file, stored FROM rows WHERE row > ? AND state = 'made' AND stored <> '' ORDER BY row LIMIT 5000"
    )
    while rows := ledger.all(query, row):
        yield from ((name, stored) for _, name, stored in rows)
        row = rows[-1][0]


def _compared(folder: Path, name: str, stored: str) -> Iterator[Finding]:
    hint = "Delete it, if it is there, and give the run's command again."
    try:
        with (folder / name).open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != stored:
                yield _finding("damaged", "The file is not what was made.", name, hint)
    except FileNotFoundError:
        yield _finding("missing", "The file is not there.", name, hint)
    except OSError as error:
        yield _finding("unreadable", f"The file cannot be read: {error.strerror}.", name, hint)


def _finding(rule: str, message: str, name: str, hint: str) -> Finding:
    return Finding(f"ledger.{rule}", Severity.ERROR, message, Where(file=name), hint)
