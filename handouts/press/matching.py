"""From a row's words to a request: every name is matched to one that the library has, or is a finding with a hint."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import msgspec

from handouts.errors import ContentError, HandoutsError, NotFound, UsageProblem
from handouts.findings import Finding
from handouts.library import Library
from handouts.model.locales import default_paper, describe, match_locale
from handouts.model.request import Request
from handouts.press.columns import COLUMNS
from handouts.press.jobs import Job, Panel
from handouts.press.records import SHORT, Place, Record, wrong

MOST_COPIES: Final = 10_000
"""The most copies that a row may ask for."""

_PAPERS: Final = {"a4": "a4", "letter": "letter", "us letter": "letter", "": ""}
_NOWHERE: Final = Place(0, 0, 0)
_COPIES: Final = COLUMNS.index("copies")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What rows get whose cell of a column is empty or missing. An empty topic: the library's only one."""

    topic: str = ""
    cause: str = ""
    locale: str = ""
    brand: str = "house"
    format: str = "standard"
    paper: str = ""


class Matcher:
    """Reads rows of one run. The same words are matched once: a run of a million rows has few leaflets in it."""

    def __init__(self, library: Library, choice: Choice, issued: date, *, draft: bool = False) -> None:
        self._library, self._issued, self._draft = library, issued, draft
        self._choice = self._checked(choice)
        self._defaults = msgspec.structs.astuple(self._choice)
        self._kept = lru_cache(maxsize=20_000)(self._match)
        self._names: dict[str, tuple[str, ...]] = {}

    def job(self, record: Record) -> Job | tuple[Finding, ...]:
        """Return the job of a row, or all that is wrong with it."""
        cells = record.cells
        if cells is None or (record.findings and max(map(len, cells[:_COPIES])) > SHORT):
            return record.findings
        request, found = self._kept(cells[:_COPIES])
        copies, more = _copies(cells.copies, record.place) if cells.copies else (1, ())
        if found or more or record.findings:
            return (*record.findings, *(_at(record.place, finding) for finding in found), *more)
        return Job(record.place.row, request, copies, Panel(*cells[_COPIES + 1 :]))

    def missing(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Return the columns that a manifest must have and has not: those that nothing else answers for."""
        needed = [name for name in ("topic", "locale") if not getattr(self._choice, name)]
        return tuple(name for name in needed if name not in columns)

    def _checked(self, choice: Choice) -> Choice:
        """Return the choice with names that the library has. Raises NotFound for others."""
        topics = self._library.topics()
        topic = choice.topic or (topics[0] if len(topics) == 1 else "")
        for kind, name, known in (
            ("topic", topic, ("", *topics)),
            ("brand", choice.brand, self._library.brands()),
            ("format", choice.format, self._library.formats()),
            ("paper", choice.paper, _PAPERS),
        ):
            if name not in known:
                raise NotFound.among(kind, name, filter(None, known))
        if choice.cause and topic:
            causes = [cause.id for cause in self._library.topic(topic).cause]
            if choice.cause not in causes:
                raise NotFound.among("cause", choice.cause, causes)
        if choice.locale:
            match_locale(choice.locale, self._library.locales())
        return msgspec.structs.replace(choice, topic=topic)

    def _match(self, words: tuple[str, ...]) -> tuple[Request, tuple[Finding, ...]]:
        """Return the request of a row's words in the order of CHOICE, and what could not be matched."""
        topic, cause, tag, brand, form, paper = [
            word or default for word, default in zip(words, self._defaults, strict=True)
        ]
        found: list[Finding] = []
        topic = self._named("topic", topic, self._topics(), found)
        if topic:
            cause = self._named("cause", cause, self._causes(topic), found) if cause else ""
        tag, locale = self._locale(tag, found)
        brand = self._named("brand", brand, self._brands(), found)
        form = self._named("format", form, {name: (name,) for name in self._library.formats()}, found)
        paper = self._named("paper", paper, {"a4": ("a4",), "letter": ("letter", "us letter")}, found) if paper else ""
        if not found and not paper and default_paper(tag) != default_paper(locale):
            paper = default_paper(tag)
        request = Request(
            topic=topic,
            cause=cause,
            locale=locale,
            brand=brand,
            format=form,
            paper=paper,
            issued=self._issued,
            draft=self._draft,
        )
        return request, tuple(found)

    def _named(self, column: str, word: str, known: Mapping[str, Iterable[str]], found: list[Finding]) -> str:
        """Return which of the known ids a word is the id or a name of; a finding is added if of none."""
        if word in known:
            return word
        names = {_plain(name): one for one, names in known.items() for name in (one, *names)}
        if _plain(word) in names:
            return names[_plain(word)]
        if word:
            near = get_close_matches(_plain(word), names, n=1, cutoff=0.6)
            hint = f"Did you mean “{names[near[0]]}”?" if near else f"Known: {', '.join(known)}."
            found.append(wrong(f"{column}-unknown", f"There is no such {column}.", _NOWHERE, hint, column))
        else:
            hint = f"Fill it in: {', '.join(known)}."
            found.append(wrong(f"{column}-empty", f"The {column} is not said.", _NOWHERE, hint, column))
        return ""

    def _locale(self, word: str, found: list[Finding]) -> tuple[str, str]:
        """Return a tag and the library's locale that serves it; a language's name is as good as its tag."""
        locales = self._library.locales()
        try:
            if word:
                return word, match_locale(word, locales)
        except NotFound:
            pass
        if not self._names:
            self._names = {one: (describe(one).name, describe(one).own_name) for one in locales}
        locale = self._named("locale", word, self._names, found)
        return locale, locale

    def _topics(self) -> dict[str, tuple[str, ...]]:
        return {name: self._titles(name) for name in self._library.topics()}

    def _titles(self, name: str) -> tuple[str, ...]:
        try:
            return (str(self._library.topic(name).title),)
        except HandoutsError:
            return ()  # a broken topic is told of when a row asks for it

    def _causes(self, topic: str) -> dict[str, tuple[str, ...]]:
        try:
            return {cause.id: (str(cause.name),) for cause in self._library.topic(topic).cause}
        except ContentError:
            return {}

    def _brands(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self._library.brands():
            try:
                found[name] = (self._library.brand(name).name,)
            except HandoutsError:
                found[name] = ()
        return found


def need(matcher: Matcher, columns: tuple[str, ...], label: str) -> None:
    """Raise UsageProblem if rows could not say which leaflet: a column is missing that no option stands in for."""
    missing = matcher.missing(columns) if columns else ()
    if missing:
        hint = f"Add it, or say --{missing[0]} for all rows."
        raise UsageProblem(f"{label} has no column “{missing[0]}”.", hint)


def _copies(word: str, place: Place) -> tuple[int, tuple[Finding, ...]]:
    if word.isdecimal() and len(word) <= 8 and 1 <= int(word) <= MOST_COPIES:
        return int(word), ()
    hint = f"Write a whole number from 1 to {MOST_COPIES:,}, in figures and without a separator."
    return 1, (wrong("copies", "The number of copies is not one that can be made.", place, hint, "copies"),)


def _at(place: Place, finding: Finding) -> Finding:
    """Return a finding of some words as one of the row that has them."""
    where = msgspec.structs.replace(finding.where, row=place.row, line=place.line)
    return msgspec.structs.replace(finding, where=where)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
