"""What is done for rows, in this process or in another: leaflets proved, rows checked, files made.

A task names rows by their place; the manifest is read again for them, so that nothing of a person travels or is kept.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, MutableSequence, Sequence
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import tee
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, Protocol

from handouts.errors import CannotWrite, UsageProblem
from handouts.findings import Finding
from handouts.library import Library
from handouts.model.request import Request
from handouts.press.jobs import Job, Panel
from handouts.press.ledger import MADE, File, Ledger, Made
from handouts.press.manifest import Manifest
from handouts.press.matching import Matcher
from handouts.press.names import Pattern
from handouts.press.records import Place
from handouts.press.seal import seal
from handouts.press.settings import Settings
from handouts.press.tasks import Checked, Message, Proved, Rows, Setup, Spoilt, Task
from handouts.press.told import of_row, separator_lines, why
from handouts.store import flushed, save, saving, scratch

PRIVATE: Final = 0o600
"""What a finished file may be: its owner's only."""

_BATCH: Final = 500
_FORMES: Final = 2_000  # at about 0.1 MB; where rows take turns among more, each would be set again and again


class Placed(Protocol):
    """Where a leaflet stands in a file of many: how many pages and sheets its copies take together."""

    @property
    def pages(self) -> int:
        """Return the number of pages."""

    @property
    def sheets(self) -> int:
        """Return the number of sheets."""


class Merged(Protocol):
    """A file of many leaflets that is being written."""

    @property
    def full(self) -> bool:
        """Return whether readers would refuse the file if it had more in it."""

    def add(self, forme: Any, panel: Panel, copies: int, code: str) -> Placed:
        """Add the copies of a leaflet."""

    def separator(self, lines: Sequence[str]) -> Placed:
        """Add a separator sheet."""

    def close(self) -> Any:
        """Write the rest of the file."""


class Tools(NamedTuple):
    """What sets leaflets. Module-level functions, so that they can be named to other processes."""

    forme_of: Callable[[Request, Library], Any]
    check_panel: Callable[[Panel, Any, bool], tuple[Finding, ...]]
    single: Callable[[Any, Panel, str, Settings], tuple[bytes, int]]
    merged: Callable[[BinaryIO, Settings, str, date], Merged]


class Worker:
    """One pair of hands. ``beat`` tells whoever watches which row is in hand, and counts."""

    def __init__(self, setup: Setup, tools: Tools, ledger: Ledger | Path | None, beat: MutableSequence[int]) -> None:
        self._setup, self._tools, self._where, self._beat = setup, tools, ledger, beat
        self._library = Library(setup.roots, settled=True)
        self._matcher = Matcher(self._library, setup.settings.choice, setup.issued, draft=setup.settings.draft)
        self._manifest = Manifest(setup.manifest, setup.mark)
        self._pattern = Pattern(setup.settings.name, many=setup.settings.many)
        self._forme = lru_cache(maxsize=_FORMES)(lambda request: tools.forme_of(request, self._library))

    @cached_property
    def _ledger(self) -> Ledger:
        """Return the ledger, opened when it is first read: not while the run's own process fills it."""
        return self._where if isinstance(self._where, Ledger) else Ledger(self._where)

    def do(self, task: Task) -> Iterator[Message]:
        """Do a task, telling what was done as it is done.

        Raises Spoilt for a row that breaks a file of many, CannotWrite when no file can be written, and ContentError
        when the manifest has been changed.
        """
        if task.request is not None:
            yield self._prove(task.leaflet, task.request)
        elif task.file is not None:
            yield from self._file(task.file)
        elif task.kind == "check":
            yield self._check(task.places)
        else:
            yield self._rows(task.places)

    def _prove(self, leaflet: int, request: Request) -> Proved:
        self._at(0)
        try:
            forme = self._forme(request)
        except Exception as error:
            return Proved(leaflet, "", "", why(error, 0))
        return Proved(leaflet, forme.version, forme.translation, tuple(forme.findings))

    def _check(self, places: tuple[Place, ...]) -> Checked:
        rows = []
        for job in self._jobs(places):
            found = job if isinstance(job, tuple) else self.look(job)
            if found:
                rows.append((self._beat[0], found))
        return Checked(len(places), tuple(rows))

    def look(self, job: Job) -> tuple[Finding, ...]:
        """Return what is to be said of a row's panel; nothing if its leaflet cannot be set, which is told once."""
        try:
            forme = self._forme(job.request)
        except Exception:  # its proof tells
            return ()
        try:
            found = self._tools.check_panel(job.panel, forme, self._setup.settings.allow_overflow)
        except Exception as error:
            return why(error, job.row)
        return tuple(of_row(finding, job.row) for finding in found) if found else ()

    def _rows(self, places: tuple[Place, ...]) -> Rows:
        """Make a file of each row; one that cannot be made is told of and stops nothing."""
        made: list[Made] = []
        failed: list[tuple[int, tuple[Finding, ...]]] = []
        for job in self._jobs(places):
            row = self._beat[0]
            try:
                if isinstance(job, tuple):
                    failed.append((row, job))
                else:
                    made.append(self._one(job))
            except CannotWrite:
                raise
            except Exception as error:
                failed.append((row, why(error, row)))
        flushed([self._setup.folder / one.file for one in made])
        return Rows(tuple(made), tuple(failed))

    def _one(self, job: Job) -> Made:
        name = self._pattern.row(job.row, job.request, job.reference)
        forme, settings = self._forme(job.request), self._setup.settings
        pdf, pages = self._tools.single(forme, job.panel, self._code(job.row), settings)
        digest = stored = sha256(pdf).hexdigest()
        if settings.encrypt:
            locked = BytesIO()
            seal(BytesIO(pdf), locked, self._setup.password)
            pdf = locked.getvalue()
            stored = sha256(pdf).hexdigest()
        save(self._setup.folder / name, pdf, mode=PRIVATE, flush=False)
        return Made(job.row, name, pages, -(-pages // settings.sides), digest, stored)

    def _file(self, file: File) -> Iterator[Rows | File]:
        """Make a file of many leaflets, telling its rows in batches before the file itself."""
        target = self._setup.folder / file.name
        if next(self._ledger.file_rows(file), None) is None:  # each of its rows has failed
            yield file
            return
        with saving(target, mode=PRIVATE) as stream:
            if not self._setup.settings.encrypt:
                made = yield from self._fill(file, stream)
                digest = stored = _digest(stream)
            else:
                with scratch(target, mode=PRIVATE) as plain:
                    made = yield from self._fill(file, plain)
                    digest = _digest(plain)
                    plain.seek(0)
                    seal(plain, stream, self._setup.password)
                    stored = _digest(stream)
        yield made._replace(sha256=digest, stored=stored, state=MADE)

    def _fill(self, file: File, stream: BinaryIO) -> Generator[Rows, None, File]:
        """Set all rows of a file; return the file with what is in it."""
        settings = self._setup.settings
        merged = self._tools.merged(stream, settings, self._setup.key, self._setup.issued)
        kinds = {kind.leaflet: kind for kind in self._ledger.kinds(file)} if settings.separators else {}
        before, sums, made = 0, [0, 0, 0, 0], []
        rows, again = tee(self._ledger.file_rows(file, by_leaflet=settings.separators))
        for (place, leaflet), job in zip(rows, self._jobs(place for place, _ in again), strict=True):
            if isinstance(job, tuple):
                raise Spoilt(place.row, job)
            if leaflet != before and kinds:
                apart = merged.separator(separator_lines(job, kinds[leaflet]))
                sums[1], sums[2], sums[3] = sums[1] + apart.pages, sums[2] + apart.sheets, sums[3] + 1
            before = leaflet
            placed = self._add(merged, job, again=bool(file.only))
            sums[0], sums[1], sums[2] = sums[0] + job.copies, sums[1] + placed.pages, sums[2] + placed.sheets
            made.append(Made(place.row, file.name, placed.pages // job.copies, placed.sheets // job.copies))
            if len(made) == _BATCH:
                yield Rows(tuple(made))
                made.clear()
        self._at(0)
        merged.close()
        yield Rows(tuple(made))
        return file._replace(leaflets=sums[0], pages=sums[1], sheets=sums[2], separators=sums[3])

    def _add(self, merged: Merged, job: Job, *, again: bool) -> Placed:
        if merged.full:
            raise UsageProblem(
                "A file holds more than PDF readers can take.", "Say --max-leaflets, into another folder."
            )
        code = self._code(job.row) + ("R" if again else "")
        try:
            return merged.add(self._forme(job.request), job.panel, job.copies, code)
        except (CannotWrite, OSError):
            raise
        except Exception as error:
            raise Spoilt(job.row, why(error, job.row)) from None

    def _jobs(self, places: Iterable[Place]) -> Iterator[Job | tuple[Finding, ...]]:
        """Give the jobs of rows, or what is wrong with them, saying before each which is in hand."""
        ahead, places = tee(places)
        records = self._manifest.at(ahead)
        for place in places:
            self._at(place.row)
            yield self._matcher.job(next(records))

    def _at(self, row: int) -> None:
        self._beat[0] = row
        self._beat[1] += 1

    def _code(self, row: int) -> str:
        return f"{self._setup.key}-{row:06}"


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    total = sha256()
    while block := stream.read(1_000_000):
        total.update(block)
    return total.hexdigest()
