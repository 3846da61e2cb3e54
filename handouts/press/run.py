"""A print run, all the way: ``read → check → plan → make → add up``. Read this first.

Everything is checked before anything is drawn. The ledger says after each step how far the run is, so that the same
call goes on where the last one ended, whatever ended it.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from handouts.errors import UsageProblem
from handouts.library import Library
from handouts.press.crew import Alone, Crew, Lost
from handouts.press.garbage import seldom_collecting
from handouts.press.ledger import FAILED, MADE, NAME, PLANNED, File, Ledger
from handouts.press.lock import locked
from handouts.press.manifest import Manifest
from handouts.press.matching import Matcher, need
from handouts.press.names import Pattern
from handouts.press.plan import Shares, Stopped, most_leaflets, plan_files, prove, read
from handouts.press.report import Report, problems, reported
from handouts.press.seal import opens
from handouts.press.selection import Selection, select
from handouts.press.settings import Settings, identity, run_key
from handouts.press.tasks import Rows, Setup
from handouts.press.tools import TOOLS
from handouts.press.watch import Watch
from handouts.press.work import Tools
from handouts.store import cannot_write, sweep

CREW_FROM: Final = 50_000
"""From a manifest of this many bytes on, more processes can pay."""

_CHUNK: Final = 100
_SELECTED: Final = "EXISTS (SELECT 1 FROM extras e WHERE e.file = '' AND e.row = r.row)"


def run(
    path: Path,
    folder: Path | None,
    library: Library,
    settings: Settings,
    issued: date,
    *,
    tools: Tools = TOOLS,
    exact: bool = False,
    jobs: int = 0,
    only: str = "",
    password: str = "",
    watch: Watch | None = None,
) -> Report:
    """Make the leaflets of a manifest into a folder, or go on with that, and return what it came to.

    Without a folder everything is checked and nothing is written. A run that goes on keeps the date of issue it was
    begun with, unless ``exact``. ``jobs`` 0: as many processes as pay. When ``watch`` says stop, the report tells what
    is left. Raises ContentError when the manifest cannot be read, UsageProblem for a folder that holds another run or
    in which one is at work, CannotWrite when the disk refuses.
    """
    manifest = Manifest(path)
    Pattern(settings.name, many=settings.many)
    need(Matcher(library, settings.choice, issued, draft=settings.draft), manifest.columns, manifest.label)
    if settings.encrypt and not password and folder is not None:
        raise UsageProblem("A password is needed to lock the files.", "Set it in HANDOUTS_PASSWORD.")
    setup = Setup(
        manifest=path,
        mark=manifest.mark,
        roots=library.roots[:-1],
        settings=settings,
        issued=issued,
        folder=folder or Path(),
        password=password,
    )
    one = _Run(setup, tools, manifest, library, watch or Watch(), jobs)
    with seldom_collecting():
        return one.dry() if folder is None else one.whole(exact=exact, only=only)


class _Run:
    """One run with all that it works with."""

    def __init__(
        self, setup: Setup, tools: Tools, manifest: Manifest, library: Library, watch: Watch, jobs: int
    ) -> None:
        self.setup, self.tools, self.manifest, self.library, self.watch = setup, tools, manifest, library, watch
        self.jobs = jobs
        self.crashed = False

    def dry(self) -> Report:
        """Check every row, write nothing, and return what a run would have to do."""
        with closing(Ledger(None)) as ledger, suppress(Stopped):
            crew = Alone(self.setup, self.tools, ledger)
            with ledger.together():
                self._read(ledger, crew)
            prove(ledger, self._shares(ledger, 1), crew, self.watch)
            return self._reported(ledger)
        return reported(Ledger(None), many=False, notes=self.manifest.notes)

    def whole(self, *, exact: bool, only: str) -> Report:
        """Make what is still to be made, and return the run in numbers."""
        folder, settings = self.setup.folder, self.setup.settings
        known = identity(self.manifest.sha256(), self.library, settings)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(folder, error) from error
        with locked(folder), closing(Ledger(folder / NAME, new=True)) as ledger:
            before = ledger.settings
            if before:
                sweep(folder)
            self._agree(before, known, exact=exact)
            try:
                self.crashed = before.get("open") == "1"
                with self._crew(ledger) as (crew, hands):
                    self._begin(ledger, crew, before, known)
                    self._go_on(ledger, crew, hands, only)
            except Stopped:
                pass
            finally:
                sweep(folder)
            return self._reported(ledger)

    def _agree(self, before: dict[str, str], known: dict[str, str], *, exact: bool) -> None:
        """See that the folder is this run's, and take its key and date. Raises UsageProblem for another run's."""
        issued = self.setup.issued.isoformat()
        if before:
            wanted = known | ({"issued": issued} if exact else {})
            other = [name for name, value in wanted.items() if before.get(name) != value]
            if other:
                message = f"{self.setup.folder} holds a run that was begun with another {' and '.join(other)}."
                raise UsageProblem(message, "Choose another folder, or give the command as it was first given.")
            issued = before["issued"]
        elif any(self.setup.folder.rglob("*.pdf")):
            message = f"{self.setup.folder} holds PDF files that are not of this run."
            raise UsageProblem(message, "Choose a folder that is new or empty.")
        key = before.get("key") or run_key(known | {"issued": issued})
        self.setup = msgspec.structs.replace(self.setup, issued=date.fromisoformat(issued), key=key)

    def _begin(self, ledger: Ledger, crew: Alone | Crew, before: dict[str, str], known: dict[str, str]) -> None:
        """Read the manifest into the ledger, once."""
        with ledger.together():
            if not before:
                ledger.set(known | {"issued": self.setup.issued.isoformat(), "key": self.setup.key, "checked": "0"})
                self._read(ledger, crew)
            ledger.set({"open": "1"})

    def _go_on(self, ledger: Ledger, crew: Alone | Crew, hands: int, only: str) -> None:
        """Check what was read, plan the files, and make them, so far as that was not done before."""
        settings = self.setup.settings
        shares = self._shares(ledger, hands)
        if ledger.settings["checked"] != "1":
            prove(ledger, shares, crew, self.watch)
            with ledger.together():
                if settings.many:
                    plan_files(ledger, settings)
                ledger.set({"checked": "1"})
        with ledger.together():
            self._restore(ledger)
            self._same_password(ledger)
            files = self._select(ledger, only)
        self._make(ledger, shares, crew, files, chosen=bool(only))
        if not self.watch.stop():
            with ledger.together():
                ledger.set({"open": "0"})

    def _make(
        self, ledger: Ledger, shares: Shares, crew: Alone | Crew, files: list[File] | None, *, chosen: bool
    ) -> None:
        """Make the files of many that are given, or else a file of each row."""
        condition = f"r.state = 'planned'{f' AND {_SELECTED}' if chosen else ''}"
        if files is None:
            total = ledger.one(f"SELECT count(*) FROM rows r WHERE {condition}")  # noqa: S608
            lanes = [shares.rows(lane, _CHUNK, condition) for lane in shares.lanes]
        else:
            total = sum(kind.rows for file in files for kind in ledger.kinds(file))
            lanes = [shares.files(lane, files) for lane in shares.lanes]
        self.watch.phase("make", total)
        done = failed = 0
        for event in crew.run(lanes, self.watch.stop):
            with ledger.together():
                if isinstance(event, Rows):
                    (ledger.made if files is None else ledger.set_in)(event.made)
                    ledger.note(event.failed, FAILED)
                    done, failed = done + len(event.made) + len(event.failed), failed + len(event.failed)
                elif isinstance(event, File) and event.state == MADE:
                    ledger.write_file(event)
                    ledger.do("UPDATE rows SET state = 'made' WHERE file = ? AND state = 'planned'", event.name)
                elif isinstance(event, File):
                    ledger.do("DELETE FROM files WHERE name = ?", event.name)
                elif isinstance(event, Lost):
                    ledger.note([(event.row, event.findings)], FAILED)
                    done, failed = done + 1, failed + 1
            self.watch.at(done, failed)

    def _restore(self, ledger: Ledger) -> None:
        """Plan again what the ledger says was made and is not there any more."""
        folder = self.setup.folder
        gone = [
            name
            for (name,) in ledger.all("SELECT name FROM files WHERE state = 'made'")
            if not (folder / name).exists()
        ]
        for name in gone:
            ledger.do("UPDATE files SET state = 'planned' WHERE name = ?", name)
            ledger.do("UPDATE rows SET state = 'planned' WHERE file = ? AND state = 'made'", name)
        row = 0
        query = "SELECT row, file FROM rows WHERE row > ? AND state = 'made' ORDER BY row LIMIT 5000"
        while not self.setup.settings.many and (found := ledger.all(query, row)):
            for row, name in found:
                if not (folder / name).exists():
                    ledger.do("UPDATE rows SET state = 'planned' WHERE row = ?", row)

    def _same_password(self, ledger: Ledger) -> None:
        """See that a file made before opens with the password. Raises UsageProblem for another one."""
        name = ledger.one("SELECT file FROM rows WHERE state = 'made' LIMIT 1")
        if name and self.setup.settings.encrypt:
            with (self.setup.folder / name).open("rb") as file:
                if not opens(file, self.setup.password):
                    raise UsageProblem(
                        "The password is not the one that the run was begun with.", "Give the first one."
                    )

    def _select(self, ledger: Ledger, only: str) -> list[File] | None:
        """Note which rows are meant; return the files of many to make, None where each row has its own."""
        many = self.setup.settings.many
        ledger.do("DELETE FROM extras WHERE file = ''")
        if not only:
            return ledger.files(PLANNED) if many else None
        chosen = select(only, ledger)
        can = f"SELECT {{}}, r.row FROM rows r WHERE {chosen.condition} AND r.state <> 'refused'"  # noqa: S608
        if not many:
            ledger.do(f"INSERT INTO extras {can.format(repr(''))}", *chosen.values)
            ledger.do(f"UPDATE rows AS r SET state = 'planned' WHERE {_SELECTED}")  # noqa: S608
            return None
        return self._supplement(ledger, chosen, can)

    def _supplement(self, ledger: Ledger, chosen: Selection, can: str) -> list[File]:
        """Return the file that the chosen rows are to be printed in once more: the first ones stay as they are."""
        name = f"only-{chosen.name}.pdf"
        number = 1
        while chosen.name == "failed" and ledger.one("SELECT 1 FROM files WHERE name = ? AND state = 'made'", name):
            number += 1
            name = f"only-{chosen.name}-{number}.pdf"
        file = File(name, "", 0, 0, only=chosen.name)
        ledger.do("DELETE FROM extras WHERE file = ?", name)
        ledger.do(f"INSERT INTO extras {can.format('?')}", name, *chosen.values)
        if not ledger.one("SELECT 1 FROM extras WHERE file = ?", name):
            return []
        ledger.do(
            "UPDATE rows AS r SET state = 'planned' WHERE state = 'failed' AND row IN"
            " (SELECT row FROM extras WHERE file = ?)",
            name,
        )
        if ledger.one("SELECT state FROM files WHERE name = ?", name) == MADE:
            return []
        ledger.write_file(file)
        return [file]

    def _read(self, ledger: Ledger, crew: Alone | Crew) -> None:
        settings, issued = self.setup.settings, self.setup.issued
        self.watch.phase("read", 0)
        matcher = Matcher(self.library, settings.choice, issued, draft=settings.draft)
        read(self.manifest, matcher, settings, ledger, crew, self.watch)

    def _shares(self, ledger: Ledger, hands: int) -> Shares:
        settings = self.setup.settings
        forward = self.manifest.forward or settings.merge
        return Shares(ledger, self.setup.issued, draft=settings.draft, hands=hands, forward=forward)

    @contextmanager
    def _crew(self, ledger: Ledger) -> Iterator[tuple[Alone | Crew, int]]:
        """Give the hands for the run and their number. After a crash even one row is made in a process of its own."""
        hands = self.jobs or (os.cpu_count() or 1 if self._long() else 1)
        apart = hands > 1 or self.crashed
        crew = Crew(self.setup, self.tools, ledger.path, hands) if apart else Alone(self.setup, self.tools, ledger)
        try:
            yield crew, hands
        finally:
            crew.close()

    def _long(self) -> bool:
        """Return whether more processes than one pay: not for a few rows, nor for one file, which one process makes."""
        manifest, settings = self.manifest, self.setup.settings
        sure = manifest.columns and "copies" not in manifest.columns and not manifest.forward
        alone = settings.merge and sure and manifest.lines() <= most_leaflets(settings)
        return manifest.mark[0] >= CREW_FROM and not alone

    def _reported(self, ledger: Ledger) -> Report:
        for finding in problems(ledger):
            self.watch.problem(finding)
        many = self.setup.settings.many
        return reported(ledger, many=many, folder=str(self.setup.folder), notes=self.manifest.notes)
