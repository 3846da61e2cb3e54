"""Many leaflets on all cores: each made and stored by itself, so that one that fails does not stop the others."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from handouts.console import Console
from handouts.errors import HandoutsError, SomeJobsFailed
from handouts.findings import Finding, Severity
from handouts.library import Library
from handouts.make import make
from handouts.model.locales import default_paper
from handouts.model.request import Rendering, Request
from handouts.store import save

WARNED: Final = 1
"""The exit code of warnings with ``--strict``."""


class Task(NamedTuple):
    """One leaflet to be made, and the file it goes to."""

    request: Request
    target: Path


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request: the file and what is in it. ``pages`` is their number, ``bytes`` the file's size."""

    file: str
    topic: str
    cause: str
    locale: str
    brand: str
    format: str
    paper: str
    pages: int
    bytes: int
    sha256: str
    findings: tuple[Finding, ...]


Outcome = Made | HandoutsError


def to_stdout(request: Request, library: Library, console: Console) -> Outcome:
    """Make one leaflet, write its bytes to stdout, and return what became of it."""
    rendering = make(request, library)
    console.bytes(rendering.data)
    return _made(rendering, "-")


def tell_files(outcomes: Sequence[Outcome], console: Console, *, as_json: bool) -> None:
    """Write the names of the finished files to stdout, or all that is known of them as JSON."""
    finished = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    if as_json:
        console.json(finished)
    else:
        for one in finished:
            console.data(one.file)


def tell(outcomes: Sequence[Outcome], console: Console, *, strict: bool) -> int:
    """Show the warnings (each once) and what failed on stderr, and return the exit code.

    All failed alike: the code of that failure. Some failed, or in different ways: 7. None: 0, or 1 for warnings if
    ``strict``.
    """
    finished = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    failed = [outcome for outcome in outcomes if isinstance(outcome, HandoutsError)]
    seen = Counter(finding for one in finished for finding in one.findings if finding.severity is Severity.WARNING)
    for warning, count in seen.items():
        times = f" (in {count} leaflets)" if count > 1 else ""
        console.findings([msgspec.structs.replace(warning, message=warning.message + times)])
    for error in failed:
        console.error(error)
    if not failed:
        return WARNED if strict and seen else 0
    if len(outcomes) > 1:
        console.say(f"{len(finished)} of {len(outcomes)} leaflets were made.")
    codes = {error.exit_code for error in failed}
    return SomeJobsFailed.exit_code if finished or len(codes) > 1 else codes.pop()


def _made(rendering: Rendering, file: str) -> Made:
    """Return what is told of a finished leaflet that went to the named file."""
    asked = rendering.request
    return Made(
        file=file,
        topic=asked.topic,
        cause=asked.cause,
        locale=asked.locale,
        brand=asked.brand,
        format=asked.format,
        paper=asked.paper or default_paper(asked.locale),
        pages=len(rendering.pages),
        bytes=len(rendering.data),
        sha256=rendering.sha256,
        findings=rendering.findings,
    )


def make_all(tasks: Sequence[Task], library: Library, jobs: int, step: Callable[[str], None]) -> list[Outcome]:
    """Make and store every leaflet, and return what became of each, in the given order.

    ``jobs`` is the number of processes; ``step`` hears of each leaflet when it is done.
    """
    found: dict[int, Outcome] = {}
    for place, outcome in _side_by_side(tasks, library, jobs) if jobs > 1 else _in_turn(tasks, library):
        found[place] = outcome
        step(tasks[place].request.stem)
    return [found[place] for place in range(len(tasks))]


def _in_turn(tasks: Sequence[Task], library: Library) -> Iterator[tuple[int, Outcome]]:
    for place, task in enumerate(tasks):
        yield place, _make_one(task, library)


def _side_by_side(tasks: Sequence[Task], library: Library, jobs: int) -> Iterator[tuple[int, Outcome]]:
    from handouts.cli.pool import each  # multiprocessing takes a while to import

    for place, outcome in each(_make_there, [(task, library.roots[:-1]) for task in tasks], jobs):
        message = f"The process that was making {tasks[place].request.stem} died."
        died = HandoutsError(message, "Perhaps memory ran out: try it alone, or with a smaller --jobs.")
        yield place, outcome or died


def _make_there(task: Task, roots: tuple[Path, ...]) -> Outcome:
    """Make a leaflet in another process."""
    from handouts.cli.pool import worker_library

    return _make_one(task, worker_library(roots))


def _make_one(task: Task, library: Library) -> Outcome:
    try:
        rendering = make(task.request, library)
        save(task.target, rendering.data)
        return _made(rendering, str(task.target))
    except HandoutsError as error:
        return error
