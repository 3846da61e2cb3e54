"""The ledger of a print run: one SQLite file beside the run that says of every row what became of it.

Rows stand in it by number, and by a hash of their reference; nothing that a row says about a person does. Only the
process that runs the run writes, and each step is one transaction: killed at any moment, the ledger is whole.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from handouts.errors import CannotWrite, ContentError, NotFound
from handouts.findings import Finding
from handouts.press.records import Place

NAME: Final = "ledger.sqlite"
PLANNED: Final = "planned"
REFUSED: Final = "refused"
MADE: Final = "made"
FAILED: Final = "failed"

_PAGE: Final = 2_000

_SCHEMA: Final = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE leaflets (
    id INTEGER PRIMARY KEY, topic TEXT, cause TEXT, locale TEXT, brand TEXT, format TEXT, paper TEXT,
    version TEXT, catalogue TEXT, file_group TEXT, findings TEXT);
CREATE TABLE rows (
    row INTEGER PRIMARY KEY, line INTEGER, offset INTEGER, leaflet INTEGER, copies INTEGER, reference TEXT,
    unseen INTEGER, state TEXT NOT NULL, file TEXT, pages INTEGER, sheets INTEGER, sha256 TEXT, stored TEXT,
    findings TEXT);
CREATE TABLE extras (file TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (file, row)) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY, file_group TEXT, first INTEGER, last INTEGER, only TEXT, state TEXT NOT NULL,
    leaflets INTEGER, pages INTEGER, sheets INTEGER, separators INTEGER, sha256 TEXT, stored TEXT);
"""
_INDEX: Final = """
CREATE INDEX IF NOT EXISTS by_reference ON rows (reference) WHERE reference <> '';
CREATE INDEX IF NOT EXISTS by_leaflet ON rows (leaflet, row);
CREATE INDEX IF NOT EXISTS by_state ON rows (state) WHERE state <> 'made';
"""

RowEntry = tuple[int, int, int, int | None, int, str, bool, str, str]
"""Row, line, offset, leaflet, copies, hashed reference, whether its panel is unchecked, state, findings as JSON."""


class Made(NamedTuple):
    """What became of a row: its file, its pages and sheets (of one copy), the plain PDF's and the file's SHA-256."""

    row: int
    file: str
    pages: int
    sheets: int
    sha256: str = ""
    stored: str = ""
    findings: tuple[Finding, ...] = ()


class File(NamedTuple):
    """One file of a run that holds many leaflets: which rows it takes, and what is in it once it is made."""

    name: str
    file_group: str
    first: int
    last: int
    only: str = ""
    state: str = PLANNED
    leaflets: int = 0
    pages: int = 0
    sheets: int = 0
    separators: int = 0
    sha256: str = ""
    stored: str = ""


class Kind(NamedTuple):
    """How many rows of a file are of one leaflet, how many copies they ask for, and the first and last of them."""

    leaflet: int
    rows: int
    copies: int
    first: int
    last: int


class Ledger:
    """An open ledger."""

    def __init__(self, path: Path | None, *, new: bool = False) -> None:
        """Open a ledger; without a path it is nowhere, and is gone when it is closed.

        Raises NotFound when there is none and none is to be made, ContentError for a file that is no ledger.
        """
        self.path = path
        if path is not None:
            self._ready(path, new)
        self._db = sqlite3.connect(path or "", isolation_level=None, timeout=10)
        with self._guarded():
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA cache_size = -4000")
            if not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._db.executescript(f"BEGIN; {_SCHEMA} COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @property
    def settings(self) -> dict[str, str]:
        """Return what the run was begun with; empty if its plan was never finished."""
        with self._guarded():
            return dict(self._db.execute("SELECT name, value FROM settings"))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make everything that is written in the block one step: all of it is in the ledger, or none."""
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def set(self, settings: Mapping[str, str]) -> None:
        """Write what the run was begun with."""
        self._db.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items())

    def add_leaflet(self, number: int, values: tuple[str, ...]) -> None:
        """Write one leaflet that rows share: topic … paper, topic version, catalogue state, group, findings as JSON."""
        self._db.execute(f"INSERT INTO leaflets VALUES ({', '.join('?' * 11)})", (number, *values))  # noqa: S608

    def add_rows(self, rows: Iterable[RowEntry]) -> None:
        """Write planned and refused rows."""
        columns = "row, line, offset, leaflet, copies, reference, unseen, state, findings"
        self._db.executemany(f"INSERT INTO rows ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608

    def index(self) -> None:
        """Make what look-ups need, once all rows are in; a ledger that is nowhere is hardly asked anything."""
        if self.path is not None:
            for statement in filter(str.strip, _INDEX.split(";")):
                self._db.execute(statement)

    def twice(self, most: int = 20) -> list[tuple[int, ...]]:
        """Return the numbers of rows that have the same reference, for the first references that are there twice."""
        twice = "FROM rows WHERE reference <> '' GROUP BY reference HAVING count(*) > 1"
        if not self.all(f"SELECT 1 {twice} LIMIT 1"):  # quicker to ask, and nearly always so
            return []
        query = f"SELECT group_concat(row) {twice} ORDER BY min(row) LIMIT ?"
        return [tuple(sorted(map(int, text.split(",")))) for (text,) in self.all(query, most)]

    def note(self, rows: Iterable[tuple[int, tuple[Finding, ...]]], state: str = "") -> None:
        """Write what was seen of rows, and with ``state`` what they are now."""
        self._db.executemany(
            "UPDATE rows SET findings = ?, state = coalesce(nullif(?, ''), state) WHERE row = ?",
            ((packed(findings), state, row) for row, findings in rows),
        )

    def do(self, statement: str, *values: Any) -> None:
        """Carry out a statement that changes something, inside of :meth:`together`."""
        self._db.execute(statement, values)

    def made(self, rows: Iterable[Made]) -> None:
        """Write what became of rows that were made."""
        self._db.executemany(
            "UPDATE rows SET state = 'made', file = ?, pages = ?, sheets = ?, sha256 = ?, stored = ?,"
            " findings = coalesce(nullif(?, ''), findings) WHERE row = ?",
            ((one.file, one.pages, one.sheets, one.sha256, one.stored, packed(one.findings), one.row) for one in rows),
        )

    def set_in(self, rows: Iterable[Made]) -> None:
        """Write where rows stand in a file of many that is not finished: they are made when it is."""
        self._db.executemany(
            "UPDATE rows SET file = ?, pages = ?, sheets = ? WHERE row = ? AND state = 'planned'",
            ((one.file, one.pages, one.sheets, one.row) for one in rows),
        )

    def write_file(self, file: File) -> None:
        """Write one file of many leaflets, planned or made."""
        self._db.execute(f"INSERT OR REPLACE INTO files VALUES ({', '.join('?' * len(file))})", file)  # noqa: S608

    def files(self, state: str = "") -> list[File]:
        """Return the files of many leaflets, in their order; only those of a state if one is named."""
        query = "SELECT * FROM files WHERE ? IN ('', state) ORDER BY rowid"
        return [File(*row) for row in self.all(query.replace("rowid", "only, file_group, first"), state)]

    def chunks(self, size: int, condition: str, *values: Any) -> Iterator[tuple[Place, ...]]:
        """Give the places of the rows that a condition on ``rows r`` holds for, in order, some at a time."""
        row = 0
        query = f"SELECT r.row, r.line, r.offset FROM rows r WHERE r.row > ? AND {condition} ORDER BY r.row LIMIT ?"  # noqa: S608
        while found := self.all(query, row, *values, size):
            yield tuple(map(Place._make, found))
            row = found[-1][0]

    def file_rows(self, file: File, *, by_leaflet: bool = False) -> Iterator[tuple[Place, int]]:
        """Give the places of a file's rows with the leaflet of each, by row or by leaflet and row.

        They are read a few at a time, so that whoever writes the ledger need not wait for the last.
        """
        condition, values = self._of(file)
        leaflet, row = -1, 0
        beyond = "(r.leaflet, r.row) > (?, ?)" if by_leaflet else "? < r.row"
        query = (
            f"SELECT r.row, r.line, r.offset, r.leaflet FROM {condition} AND {beyond}"  # noqa: S608
            f" ORDER BY {'r.leaflet, r.row' if by_leaflet else 'r.row'} LIMIT {_PAGE}"
        )
        while found := self.all(query, *values, *((leaflet, row) if by_leaflet else (row,))):
            for one in found:
                yield Place(*one[:3]), one[3]
            row, leaflet = found[-1][0], found[-1][3]

    def kinds(self, file: File) -> list[Kind]:
        """Return what leaflets a file's rows are of."""
        condition, values = self._of(file)
        sums = "r.leaflet, count(*), sum(r.copies), min(r.row), max(r.row)"
        query = f"SELECT {sums} FROM {condition} GROUP BY r.leaflet ORDER BY r.leaflet"  # noqa: S608
        return [Kind(*row) for row in self.all(query, *values)]

    def _of(self, file: File) -> tuple[str, tuple[Any, ...]]:
        """Return the condition on the rows that go into a file."""
        if file.only:
            return "extras e JOIN rows r ON r.row = e.row WHERE e.file = ? AND r.state <> 'failed'", (file.name,)
        condition = "l.file_group = ? AND r.row BETWEEN ? AND ? AND r.state = 'planned'"
        joined = f"rows r JOIN leaflets l ON l.id = r.leaflet WHERE {condition}"
        return joined, (file.file_group, file.first, file.last)

    def all(self, query: str, *values: Any) -> list[Any]:
        """Return the rows of a query."""
        with self._guarded():
            return self._db.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        """Return the first value of a query's first row; None if it has none."""
        found = self.all(query, *values)
        return found[0][0] if found else None

    def _ready(self, path: Path, new: bool) -> None:
        """See that there is a file that nobody else may read. Raises NotFound if there is none."""
        try:
            if new:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            elif not path.is_file():
                hint = "Name the folder that a run was made in."
                raise NotFound(f"There is no ledger in {path.parent}.", hint)
        except OSError as error:
            raise CannotWrite(f"{path} cannot be written: {error.strerror}.", "Choose another folder.") from error

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                hint = "Move it away and run the run again, into another folder."
                raise ContentError(f"{self.path} is no ledger, or it is damaged.", hint) from error
            if isinstance(error, sqlite3.OperationalError):
                hint = "Free some space or mend the folder's permissions, and give the same command again."
                raise CannotWrite(f"The ledger {self.path or ''} cannot be written: {error}.", hint) from error
            raise


def packed(findings: Iterable[Finding]) -> str:
    """Return findings as JSON; empty for none."""
    listed = tuple(findings)
    return msgspec.json.encode(listed).decode() if listed else ""


def unpacked(text: str | None) -> tuple[Finding, ...]:
    """Return the findings that :func:`packed` wrote."""
    return msgspec.json.decode(text, type=tuple[Finding, ...]) if text else ()
