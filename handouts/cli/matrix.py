"""What ``handouts check --matrix`` shows: cause × locale × format, each copy made and read back from its bytes."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from pathlib import Path
from typing import Final

import msgspec

from handouts.check.carried import carried, word_count
from handouts.cli.pool import fresh_processes, worker_library
from handouts.compose.localise import localise
from handouts.console import Console
from handouts.errors import HandoutsError
from handouts.findings import Finding, Severity
from handouts.library import Library
from handouts.make import load, make
from handouts.model.request import Request

POOL_FROM: Final = 60
"""From this many copies on, more processes pay."""

LISTED: Final = 40
"""Up to so many copies have a row each; more are drawn together, a row for each locale."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What one copy contains. ``cause`` empty: all causes. ``failed``: why it was not made, empty if it was.

    ``facts`` of ``due`` facts are carried by the finished bytes; ``lacking`` names the others.
    """

    topic: str
    cause: str
    locale: str
    format: str
    pages: int = 0
    words: int = 0
    facts: int = 0
    due: int = 0
    lacking: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: str = ""

    @property
    def place(self) -> str:
        """Return the copy's name in one phrase."""
        return f"{self.locale} · {self.topic} · {self.cause or 'all causes'} · {self.format}"


def copies(requests: Sequence[Request], library: Library, step: Callable[[str], None]) -> tuple[Copy, ...]:
    """Return what each copy contains, in the given order; made on all cores if there are many."""
    if len(requests) < POOL_FROM:
        return tuple(_heard(_copy(request, library), step) for request in requests)
    found: dict[int, Copy] = {}
    for place, copy in _pooled(requests, library.roots[:-1]):
        found[place] = _heard(copy, step)
    return tuple(found[place] for place in range(len(requests)))


def show(found: Sequence[Copy], console: Console) -> None:
    """Show the table on one screen, then what is lacking or was not made."""
    heads: tuple[str, ...]
    if len(found) <= LISTED:
        heads = ("locale", "cause", "format", "pages", "words", "facts", "findings")
        console.table("Copies", heads, [_row(one) for one in found])
    else:
        formats = tuple(dict.fromkeys(one.format for one in found))
        topics = len({one.topic for one in found}) > 1
        heads = ("locale", *(f"pages {form}" for form in formats), "words", "facts", "findings")
        groups = dict.fromkeys((one.topic, one.locale) for one in found)
        rows = [
            (locale + (f" · {topic}" if topics else ""), *_summary(_of(found, topic, locale), formats))
            for topic, locale in groups
        ]
        console.table("Copies: all causes · each cause", heads, rows)
    for one in found:
        if one.lacking:
            console.data(f"{one.place}: lacks {', '.join(one.lacking)}")
        if one.failed:
            console.data(f"{one.place}: {one.failed}")


def _heard(copy: Copy, step: Callable[[str], None]) -> Copy:
    step(copy.place)
    return copy


def _pooled(requests: Sequence[Request], roots: tuple[Path, ...]) -> Iterator[tuple[int, Copy]]:
    with fresh_processes(os.cpu_count() or 1) as pool:
        futures = {pool.submit(_copy_there, request, roots): place for place, request in enumerate(requests)}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _copy_there(request: Request, roots: tuple[Path, ...]) -> Copy:
    """Make a copy in another process."""
    return _copy(request, worker_library(roots))


def _copy(request: Request, library: Library) -> Copy:
    asked = Copy(topic=request.topic, cause=request.cause, locale=request.locale, format=request.format)
    try:
        made = make(request, library)
        sources = load(request, library)
    except HandoutsError as error:
        return msgspec.structs.replace(asked, failed=error.message, findings=error.findings)
    proof = carried(made.data, made.leaflet, localise(sources.topic, sources.catalogue), request.cause)
    return msgspec.structs.replace(
        asked,
        pages=len(made.pages),
        words=word_count(made.leaflet),
        facts=proof.present,
        due=proof.due,
        lacking=proof.lacking,
        findings=made.findings,
    )


def _row(one: Copy) -> tuple[str, ...]:
    pages = "–" if one.failed else str(one.pages)
    facts = "not made" if one.failed else f"{one.facts} of {one.due}"
    return (one.locale, one.cause or "all", one.format, pages, str(one.words), facts, _counts(one.findings))


def _of(found: Sequence[Copy], topic: str, locale: str) -> list[Copy]:
    return [one for one in found if (one.topic, one.locale) == (topic, locale)]


def _summary(group: Sequence[Copy], formats: Sequence[str]) -> tuple[str, ...]:
    """Return what the row of one locale's copies of a topic says."""
    pages = [_pages([one for one in group if one.format == form]) for form in formats]
    made = [one for one in group if not one.failed]
    facts = f"{sum(one.facts for one in made)} of {sum(one.due for one in made)}"
    words = _range([one.words for one in made if not one.cause], [one.words for one in made if one.cause])
    lost = len(group) - len(made)
    findings = _counts(dict.fromkeys(finding for one in group for finding in one.findings))
    return (*pages, words, facts if not lost else f"{facts}, {lost} not made", findings)


def _pages(group: Sequence[Copy]) -> str:
    return _range(
        [one.pages for one in group if not one.cause and not one.failed],
        [one.pages for one in group if one.cause and not one.failed],
    )


def _range(whole: Sequence[int], tailored: Sequence[int]) -> str:
    """Return the number of the whole leaflet and the least and most of the tailored ones."""
    parts = []
    for numbers in (whole, tailored):
        least, most = min(numbers, default=0), max(numbers, default=0)
        parts.append(f"{least}–{most}" if least != most else str(most) if numbers else "–")
    return " · ".join(parts)


def _counts(findings: Sequence[Finding] | dict[Finding, None]) -> str:
    """Return the numbers of errors, warnings and notes, nothing for none."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[kind]} {kind.value}{'s' * (counts[kind] > 1)}" for kind in Severity if counts[kind])
