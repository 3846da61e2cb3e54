"""The hands that do a run's tasks: one in this process, or several in processes of their own, watched over.

The standard library's pools lose the queue when one process dies. Here a process that dies or hangs costs the task in
its hands, which is done again; the row it was at when it died is known, and after three deaths is left out and told.
"""

import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, NamedTuple

from handouts.errors import HandoutsError
from handouts.findings import Finding, Severity, Where
from handouts.press.garbage import seldom_collecting
from handouts.press.jobs import Job
from handouts.press.ledger import Ledger
from handouts.press.tasks import Message, Proved, Setup, Spoilt, Task
from handouts.press.work import Tools, Worker

TRIES: Final = 3
"""How often a row may be in hand when a process dies before it is left out."""

_MOST_DEATHS: Final = 300
_PATIENCE: Final = 300.0
_TICK: Final = 0.2
_READY: Final = "ready"


class Lost(NamedTuple):
    """A row that was left out, since it broke what was made with it."""

    row: int
    findings: tuple[Finding, ...]


_Start = tuple[Setup, Tools, Path | None]
Event = Message | Lost
Lanes = Sequence[Iterator[Task]]


class Alone:
    """One pair of hands, in this process."""

    def __init__(self, setup: Setup, tools: Tools, ledger: Ledger) -> None:
        self._worker = Worker(setup, tools, ledger, [0, 0])

    def look(self, job: Job) -> tuple[Finding, ...]:
        """Return what is to be said of a row's panel, at once."""
        return self._worker.look(job)

    def run(self, lanes: Lanes, stop: Callable[[], bool]) -> Iterator[Event]:
        """Do all tasks in turn, telling what was done; end early when ``stop`` says so."""
        for lane in lanes:
            for task in lane:
                done = False
                while not done:
                    if stop():
                        return
                    try:
                        for message in self._worker.do(task):
                            yield message
                            if stop():
                                return
                        done = True
                    except Spoilt as spoilt:
                        yield Lost(spoilt.row, spoilt.findings)

    def close(self) -> None:
        """Do nothing: there is nobody to send home."""


class _Hand:
    """One process with its pipe, and the task it has."""

    def __init__(self, start: _Start, lane: int) -> None:
        context = get_context("spawn")
        self.beat = context.RawArray("q", 2)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.beat, *start), daemon=True)
        self.process.start()
        theirs.close()
        self.lane = lane
        self.task: Task | None = None
        self.ready = False
        self.seen, self.since = -1, time.monotonic()


class Crew:
    """Several processes. Each has a lane of its own, and helps with the others' when that is empty.

    ``given`` are the leaflets whose proofs were given :meth:`ahead`.
    """

    def __init__(self, setup: Setup, tools: Tools, ledger: Path | None, jobs: int, patience: float = _PATIENCE) -> None:
        self._start = (setup, tools, ledger)
        self._patience = patience
        self._again: deque[Task] = deque()
        self._heard: list[Event] = []
        self.given: set[int] = set()
        self._deaths: Counter[int | str] = Counter()
        self._hands = [_Hand(self._start, lane) for lane in range(jobs)]

    @property
    def pids(self) -> tuple[int, ...]:
        """Return the processes that are at work."""
        return tuple(hand.process.pid or 0 for hand in self._hands)

    def ahead(self, task: Task) -> None:
        """Give a task that is to be done before those of :meth:`run`, which tells of it."""
        self._again.append(task)
        self.given.add(task.leaflet)

    def tend(self) -> None:
        """Keep the processes busy with what was given ahead; to be called now and then, for nobody waits here."""
        for hand in self._hands[:]:
            if hand.task is not None and hand.pipe.poll():
                self._heard += self._hear(hand, ())
            elif hand.task is None:
                self._give(hand, ())

    def run(self, lanes: Lanes, stop: Callable[[], bool]) -> Iterator[Event]:
        """Do all tasks, telling what was done; end early when ``stop`` says so.

        Raises what a worker raised that is not about one row, and HandoutsError when processes die again and again.
        """
        heard, self._heard = self._heard, []
        yield from heard
        while not stop():
            for hand in self._hands:
                if hand.task is None:
                    self._give(hand, lanes)
            busy = [hand for hand in self._hands if hand.task is not None]
            if not busy:
                return
            ready = wait([hand.pipe for hand in busy], _TICK)
            for hand in busy:
                if hand.pipe in ready:
                    yield from self._hear(hand, lanes)
                elif self._hangs(hand):
                    yield from self._mourn(hand, "took too long over")

    def close(self) -> None:
        """Send everybody home; whoever is at work stops at once."""
        for hand in self._hands:
            if hand.task is None:
                with suppress(OSError):
                    hand.pipe.send(None)
            else:
                hand.process.terminate()
        for hand in self._hands:
            hand.process.join(2)
            if hand.process.is_alive():
                hand.process.kill()
                hand.process.join()
            hand.pipe.close()

    def _give(self, hand: _Hand, lanes: Lanes) -> None:
        """Give a process its next task, if there is any."""
        task = self._again.popleft() if self._again else None
        for step in range(len(lanes)):
            task = task or next(lanes[(hand.lane + step) % len(lanes)], None)
        hand.task, hand.since = task, time.monotonic()
        if task is not None:
            with suppress(OSError):  # it has died: that is seen when it is listened to
                hand.pipe.send(task)

    def _hear(self, hand: _Hand, lanes: Lanes) -> Iterator[Event]:
        """Take what a process tells. The next task is given before anyone writes down what the last one brought."""
        try:
            told = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._mourn(hand, "died over")
            return
        if told == _READY:
            hand.ready = True
        elif told is None:
            hand.task = None
            self._give(hand, lanes)
        elif isinstance(told, Spoilt):
            yield Lost(told.row, told.findings)
            if hand.task is not None:
                self._again.append(hand.task)
            hand.task = None
        elif isinstance(told, BaseException):
            raise told
        else:
            yield told

    def _hangs(self, hand: _Hand) -> bool:
        if hand.beat[1] != hand.seen:
            hand.seen, hand.since = hand.beat[1], time.monotonic()
        closing = hand.task is not None and hand.task.file is not None and hand.beat[0] == 0
        return not closing and time.monotonic() - hand.since > self._patience

    def _mourn(self, hand: _Hand, how: str) -> Iterator[Event]:
        """Put another process in a dead one's place, and see what is to become of its task."""
        hand.process.kill()
        hand.process.join()
        hand.pipe.close()
        if not hand.ready and hand.process.exitcode == 1:
            hint = 'In a program of your own, the run must be begun under: if __name__ == "__main__":'
            raise HandoutsError("The processes of the run end before they begin.", hint)
        task, row = hand.task, int(hand.beat[0])
        self._hands[self._hands.index(hand)] = _Hand(self._start, hand.lane)
        if task is None:
            return
        name = row or f"{task.kind} {task.leaflet} {task.file.name if task.file else ''}"
        self._deaths[name] += 1
        if self._deaths.total() > _MOST_DEATHS:
            hint = "Perhaps memory runs out: try fewer --jobs. The same command goes on where this one ended."
            raise HandoutsError("The processes of the run die again and again.", hint)
        if self._deaths[name] >= TRIES:
            yield self._given_up(task, row, how)
            task = task._replace(places=tuple(place for place in task.places if place.row != row))
            if task.request is not None:
                return
        self._again.append(task)

    def _given_up(self, task: Task, row: int, how: str) -> Event:
        """Return what is told of a row, or of a leaflet, that killed a process three times."""
        hint = "Perhaps memory ran out: try it alone with --only, or report it."
        message = f"The process {how} it {TRIES} times."
        finding = Finding("press.died", Severity.ERROR, message, Where(row=row), hint)
        if row:
            return Lost(row, (finding,))
        if task.request is not None:
            return Proved(task.leaflet, "", "", (finding,))
        raise HandoutsError(f"The process {how} {task.file.name if task.file else 'its rows'} {TRIES} times.", hint)


def _work(pipe: Connection, beat: MutableSequence[int], setup: Setup, tools: Tools, ledger: Path | None) -> None:
    """Do tasks until told to go, or until nobody is there to tell. Nothing but our own words leaves the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    signal.signal(signal.SIGTERM, _leave)
    try:
        with seldom_collecting():
            pipe.send(_READY)
            _serve(pipe, Worker(setup, tools, ledger, beat))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except HandoutsError as error:
        with suppress(OSError):
            pipe.send(error)
    except Exception as error:
        with suppress(OSError):
            pipe.send(HandoutsError(f"A process of the run met a bug in handouts ({type(error).__name__})."))


def _leave(*_: object) -> None:
    raise SystemExit(143)


def _serve(pipe: Connection, worker: Worker) -> None:
    while (task := pipe.recv()) is not None:
        try:
            for message in worker.do(task):
                pipe.send(message)  # fails when nobody is there any more
        except Spoilt as spoilt:
            pipe.send(spoilt)
        else:
            pipe.send(None)
