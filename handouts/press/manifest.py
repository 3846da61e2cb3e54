"""The manifest of a print run: a list of leaflets to make, one a row, in CSV, JSON Lines or a spreadsheet.

It is streamed: a row is in memory only while it is worked on, and can be read again by its place.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Final, Protocol

from handouts.errors import ContentError, NotFound, UsageProblem
from handouts.findings import Finding
from handouts.press.csv_rows import CsvRows
from handouts.press.jsonl_rows import JsonlRows
from handouts.press.records import Place, Record, refusal
from handouts.press.xlsx_rows import XlsxRows

Mark = tuple[int, int, int]
_BLOCK: Final = 1 << 20


class Rows(Protocol):
    """What every kind of manifest gives. ``columns`` is empty where each row names its own."""

    columns: tuple[str, ...]
    notes: tuple[Finding, ...]

    def __init__(self, path: Path, label: str) -> None: ...

    def records(self) -> Iterator[Record]:
        """Give every row in turn."""

    def at(self, places: Iterable[Place]) -> Iterator[Record]:
        """Give the rows at some places, in the given order."""


_KINDS: Final[Mapping[str, type[Rows]]] = {
    ".csv": CsvRows,
    ".tsv": CsvRows,
    ".txt": CsvRows,
    ".jsonl": JsonlRows,
    ".ndjson": JsonlRows,
    ".xlsx": XlsxRows,
}


class Manifest:
    """An open manifest. ``mark`` changes when the file does: rows are read again only from the very same file."""

    def __init__(self, path: Path, mark: Mark | None = None) -> None:
        kind = _KINDS.get(path.suffix.lower())
        if kind is None:
            hint = f"Its name ends in {', '.join(_KINDS)}."
            raise UsageProblem(f"{path} is of a kind that cannot be read as a manifest.", hint)
        self.path = path
        self.label = path.name
        self.mark = _mark(path)
        if mark is not None and self.mark != mark:
            message = f"{self.label} was changed while it was being worked on."
            raise refusal("changed", message, self.label, "Run it again, into another folder.")
        self.forward = kind is XlsxRows
        self._rows: Rows = kind(path, self.label)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns in the order of the file; none for JSON Lines, where each row names its own."""
        return self._rows.columns

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Return what was noticed about the file itself, such as its delimiter."""
        return self._rows.notes

    def records(self) -> Iterator[Record]:
        """Give every row in turn; empty rows are passed over and do not count.

        Raises ContentError with the line where the file cannot be read on.
        """
        return self._rows.records()

    def at(self, places: Iterable[Place]) -> Iterator[Record]:
        """Give the rows at places that :meth:`records` told."""
        return self._rows.at(places)

    def lines(self) -> int:
        """Return how many lines the file has: no fewer than it has rows, but of a spreadsheet."""
        with self.path.open("rb") as file:
            return 1 + sum(block.count(b"\n") for block in iter(partial(file.read, _BLOCK), b""))

    def sha256(self) -> str:
        """Return the SHA-256 of the whole file."""
        with self.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()


def _mark(path: Path) -> Mark:
    """Return size, time and number of a file. Raises NotFound for none, ContentError for what cannot be read twice."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            message = f"{path.name} is a folder or a pipe, not a file."
            raise refusal("kind", message, path.name, "Rows are read more than once: save them to a file.")
        os.close(os.open(path, os.O_RDONLY))
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {path}.") from None
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise ContentError(message, "Look at the file's permissions.") from None
    return facts.st_size, facts.st_mtime_ns, facts.st_ino
