"""What is to be made: every row read and checked before anything is drawn, then shared out among files and hands."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final, Literal

from handouts.errors import ContentError, UsageProblem
from handouts.findings import Finding, Severity, Where, errors
from handouts.model.locales import default_paper
from handouts.model.request import Request
from handouts.press.columns import CHOICE
from handouts.press.crew import Alone, Crew, Lost
from handouts.press.ledger import PLANNED, REFUSED, File, Ledger, RowEntry, packed
from handouts.press.manifest import Manifest
from handouts.press.matching import Matcher
from handouts.press.names import Pattern
from handouts.press.settings import Settings
from handouts.press.tasks import Checked, Proved, Task
from handouts.press.watch import Watch

_BATCH: Final = 1_000
_LIKE_ROWS: Final = 50
"""How many rows cost as much as setting a leaflet does; for sharing out only."""


MOST_LEAFLETS: Final = 10_000
"""The most leaflets in one file: readers refuse files of over four million objects, and a leaflet has some 200."""

_NEXT: Final = (
    "SELECT r.row, l.file_group, r.copies FROM rows r JOIN leaflets l ON l.id = r.leaflet"
    " WHERE r.row > ? AND r.state = 'planned' ORDER BY r.row LIMIT 5000"
)


class Stopped(Exception):
    """The run was asked to end."""


def read(
    manifest: Manifest, matcher: Matcher, settings: Settings, ledger: Ledger, crew: Alone | Crew, watch: Watch
) -> None:
    """Read every row into the ledger, inside one transaction of the caller's.

    One that works alone checks each panel at once. A crew has nothing to do yet: where all leaflets go into the same
    files, so that every process needs all of them anyway, it begins to set them.

    Raises ContentError for a manifest without rows or with a reference that is there twice, Stopped when told to stop.
    """
    look = crew.look if isinstance(crew, Alone) else None
    leaflets: dict[Request, int] = {}
    batch: list[RowEntry] = []
    count = refused = 0
    for record in manifest.records():
        row, line, offset = record.place
        job = matcher.job(record)
        if isinstance(job, tuple):
            refused += 1
            batch.append((row, line, offset, None, 1, "", False, REFUSED, packed(job)))
        else:
            number = leaflets.get(job.request)
            if number is None:
                number = leaflets[job.request] = len(leaflets) + 1
                asked = tuple(getattr(job.request, name) for name in CHOICE)
                ledger.add_leaflet(number, (*asked, "", "", group_of(job.request, settings), ""))
                if settings.merge and isinstance(crew, Crew):
                    crew.ahead(Task("prove", number, job.request))
            personal = bool(job.panel)
            found = look(job) if look and personal else ()
            state = REFUSED if found and errors(found) else PLANNED
            refused += state is REFUSED
            unseen = personal and look is None
            said = packed(found) if found else ""
            batch.append((row, line, offset, number, job.copies, job.reference, unseen, state, said))
        if len(batch) == _BATCH:
            ledger.add_rows(batch)
            count += len(batch)
            batch.clear()
            watch.at(count, refused)
            if isinstance(crew, Crew):
                crew.tend()
            if watch.stop():
                raise Stopped
    ledger.add_rows(batch)
    if not count + len(batch):
        raise ContentError(f"{manifest.label} has no rows: there is nothing to do.", "Add a row below its heads.")
    ledger.index()
    _refuse_twice(manifest.label, ledger)


def _refuse_twice(label: str, ledger: Ledger) -> None:
    found = []
    for rows in ledger.twice():
        others = ", ".join(f"{row:,}" for row in rows[1:6]) + (", …" if len(rows) > 6 else "")
        where = Where(row=rows[0], column="reference")
        message = f"The reference is there again in row {others}."
        found.append(Finding("manifest.reference-twice", Severity.ERROR, message, where, "Each row needs its own."))
    if found:
        raise ContentError(f"{label} has references that are there twice.", "Nothing was made.", found)


def prove(ledger: Ledger, shares: "Shares", crew: Alone | Crew, watch: Watch) -> None:
    """Set every leaflet that rows ask for, and check each row that has a panel against it.

    What cannot be printed is refused in the ledger. Raises Stopped when told to stop.
    """
    unseen = ledger.one("SELECT count(*) FROM rows WHERE unseen AND state = 'planned'")
    watch.phase("check", unseen)
    done, refused = 0, ledger.one("SELECT count(*) FROM rows WHERE state = 'refused'")
    known = crew.given if isinstance(crew, Crew) else frozenset()
    lanes = [shares.proofs(lane, rows=bool(unseen), known=known) for lane in shares.lanes]
    for event in crew.run(lanes, watch.stop):
        with ledger.together():
            if isinstance(event, Proved):
                refused += _write_proof(ledger, event)
            elif isinstance(event, Lost):
                ledger.note([(event.row, event.findings)], REFUSED)
                refused += 1
            elif isinstance(event, Checked):
                wrong = [(row, found) for row, found in event.rows if errors(found)]
                ledger.note(wrong, REFUSED)
                ledger.note((row, found) for row, found in event.rows if not errors(found))
                done, refused = done + event.looked_at, refused + len(wrong)
        watch.at(done, refused)
    if watch.stop():
        raise Stopped


def _write_proof(ledger: Ledger, proof: Proved) -> int:
    """Write what was seen of a leaflet; return how many rows are refused for it."""
    facts = (proof.version, proof.catalogue, packed(proof.findings), proof.leaflet)
    ledger.do("UPDATE leaflets SET version = ?, catalogue = ?, findings = ? WHERE id = ?", *facts)
    if not errors(proof.findings):
        return 0
    first = errors(proof.findings)[0]
    why = Finding("press.leaflet", Severity.ERROR, f"Its leaflet cannot be made: {first.message}", Where(), first.hint)
    count: int = ledger.one("SELECT count(*) FROM rows WHERE leaflet = ? AND state = 'planned'", proof.leaflet)
    update = "UPDATE rows SET state = 'refused', findings = ? WHERE leaflet = ? AND state = 'planned'"
    ledger.do(update, packed([why]), proof.leaflet)
    return count


class Shares:
    """Which leaflets are for which pair of hands: a leaflet is set as seldom as can be.

    The rows of a leaflet, and the leaflets of a file, go to the same hands, unless these have much more to do than the
    others. Where a manifest can only be read ``forward``, or where all hands need all leaflets, rows are given out in
    its order instead.
    """

    def __init__(self, ledger: Ledger, issued: date, *, draft: bool, hands: int, forward: bool) -> None:
        self._ledger, self._forward = ledger, forward
        self._requests: dict[int, Request] = {}
        groups: dict[str, list[tuple[int, int]]] = {}
        query = (
            "SELECT id, topic, cause, locale, brand, format, paper, file_group, count FROM leaflets JOIN"
            " (SELECT leaflet, count(*) AS count FROM rows GROUP BY leaflet) ON leaflet = id ORDER BY id"
        )
        for number, topic, cause, locale, brand, form, paper, group, rows in ledger.all(query):
            self._requests[number] = Request(
                topic=topic,
                cause=cause,
                locale=locale,
                brand=brand,
                format=form,
                paper=paper,
                issued=issued,
                draft=draft,
            )
            groups.setdefault(group, []).append((number, rows + _LIKE_ROWS))
        many = len(groups) >= hands and "" not in groups
        units = list(groups.values()) if many else [[one] for group in groups.values() for one in group]
        self.lanes = self._shared_out(units, hands)
        self._groups = {number: group for group, members in groups.items() for number, _ in members}
        self._given: set[str] = set()
        self._shared: dict[str, Iterator[Task]] = {}

    def _shared_out(self, units: list[list[tuple[int, int]]], hands: int) -> list[list[int]]:
        """Return lanes of about the same load; leaflets in one language, whose words and faces are the same, together.

        A lane may be a unit too long: whoever is done helps the others.
        """
        units = sorted(units, key=lambda unit: self._requests[unit[0][0]].locale)
        share = sum(cost for unit in units for _, cost in unit) / hands
        lanes: list[list[int]] = [[] for _ in range(hands)]
        lane = load = 0
        for unit in units:
            cost = sum(cost for _, cost in unit)
            if lanes[lane] and lane < hands - 1 and load + cost / 2 > share:
                lane, load = lane + 1, 0
            lanes[lane] += [number for number, _ in unit]
            load += cost
        return lanes

    def proofs(self, lane: Sequence[int], *, rows: bool, known: Collection[int] = ()) -> Iterator[Task]:
        """Give the tasks that prove a lane's leaflets and check their ``rows``, if any was not looked at yet.

        Leaflets that are ``known`` are being proved already.
        """
        checked = "r.unseen AND r.state = 'planned'"
        for leaflet in lane:
            if leaflet not in known:
                yield Task("prove", leaflet, self._requests[leaflet])
            if rows and not self._forward:
                for places in self._ledger.chunks(_BATCH, f"r.leaflet = ? AND {checked}", leaflet):
                    yield Task("check", leaflet, places=places)
        if rows and self._forward:
            yield from self._in_order("check", _BATCH, checked)

    def rows(self, lane: Sequence[int], size: int, condition: str) -> Iterator[Task]:
        """Give the tasks that make a lane's rows one by one, those that the condition holds for."""
        if self._forward:
            yield from self._in_order("rows", size, condition)
            return
        for leaflet in lane:
            for places in self._ledger.chunks(size, f"r.leaflet = ? AND {condition}", leaflet):
                yield Task("rows", leaflet, places=places)

    def files(self, lane: Sequence[int], files: Sequence[File]) -> Iterator[Task]:
        """Give the tasks that make a lane's files; those that are of no lane are anybody's."""
        mine = {self._groups[leaflet] for leaflet in lane}
        others = set(self._groups.values()) - mine
        for file in files:
            if file.name not in self._given and file.file_group not in others:
                self._given.add(file.name)
                yield Task("file", file=file)

    def _in_order(self, kind: Literal["check", "rows"], size: int, condition: str) -> Iterator[Task]:
        """Give the tasks of all lanes in the order of rows: whoever asks gets the next."""
        if kind not in self._shared:
            chunks = self._ledger.chunks(size, condition)
            self._shared[kind] = (Task(kind, places=places) for places in chunks)
        yield from self._shared[kind]


def most_leaflets(settings: Settings) -> int:
    """Return how many leaflets go into one file of many."""
    return min(settings.max_leaflets or MOST_LEAFLETS, MOST_LEAFLETS)


def plan_files(ledger: Ledger, settings: Settings) -> None:
    """Write which files of many leaflets there are to be: the rows of a group in order, so many leaflets to a file.

    Raises UsageProblem when two groups would have files of the same name.
    """
    pattern = Pattern(settings.name, many=True)
    most = most_leaflets(settings)
    parts: dict[str, list[list[int]]] = {}
    row = 0
    while found := ledger.all(_NEXT, row):
        for row, group, copies in found:
            mine = parts.setdefault(group, [])
            if not mine or mine[-1][2] + copies > most:
                mine.append([row, row, 0])
            mine[-1][1] = row
            mine[-1][2] += copies
    names: set[str] = set()
    for group, mine in parts.items():
        for part, (first, last, _) in enumerate(mine, 1):
            name = pattern.group(group, part, len(mine))
            if name.casefold() in names:
                raise UsageProblem(f"Two files would be called {name}.", "Change --name or --group-by.")
            names.add(name.casefold())
            ledger.write_file(File(name, group, first, last))


def group_of(request: Request, settings: Settings) -> str:
    """Return which file of many a request's leaflets go to; empty where each row has a file of its own."""
    if settings.merge:
        return "run"
    found = []
    for name in settings.group_by:
        value = str(getattr(request, name))
        found.append(value or ("all-causes" if name == "cause" else default_paper(request.locale)))
    return "-".join(found)
