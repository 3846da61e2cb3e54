"""What ``handouts check --readability`` shows: how easy each leaflet is to read, and what makes it hard."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from handouts.check.authored import reading_names
from handouts.check.carried import word_count
from handouts.check.formulas import FORMULAS, HARD_WORDS, Score, counted, hard_words, scores, why_not
from handouts.check.readability import MAX_GRADE
from handouts.check.tally import LONG
from handouts.check.words import passages, spoken
from handouts.compose.leaflet import compose
from handouts.compose.localise import localise
from handouts.console import Console
from handouts.library import Library
from handouts.make import load
from handouts.model.authored import Topic
from handouts.model.locales import parse_tag
from handouts.model.request import Request

_SHOWN: Final = 10
"""So many hard words are listed; JSON has them all."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How one leaflet reads. ``cause`` empty: all causes. ``scores`` empty: not scored, ``unscored`` says why, and
    only the words are counted.

    ``hard`` are the words that the language's formulas count as hard, with their numbers, the most frequent first;
    ``long`` are sentences of more than 20 words, the longest first.
    """

    topic: str
    cause: str
    locale: str
    words: int
    sentences: int = 0
    scores: tuple[Score, ...] = ()
    unscored: str = ""
    hard: tuple[tuple[str, int], ...] = ()
    long: tuple[str, ...] = ()

    @property
    def too_hard(self) -> bool:
        """Return whether it is above the grade that English leaflets keep to."""
        return any(score.formula == "Flesch-Kincaid" and score.value > MAX_GRADE for score in self.scores)


def readings(requests: Iterable[Request], library: Library) -> tuple[Reading, ...]:
    """Return how each leaflet reads. Raises ContentError for one that cannot be composed."""
    return tuple(_reading(request, library) for request in requests)


def show(found: Sequence[Reading], console: Console) -> None:
    """Show a table of what is scored, what makes it hard, and what is not scored."""
    scored = [one for one in found if one.scores]
    if scored:
        heads = ("locale", "cause", "words", "sentences", "scores", "reads as", "hard words", "long sentences")
        console.table("Readability", heads, [_row(one) for one in scored])
    for one in scored:
        _tell(one, console)
    reasons: dict[str, list[str]] = {}
    for one in found:
        if not one.scores:
            reasons.setdefault(one.unscored, []).append(one.locale)
    for reason, locales in reasons.items():
        console.data(f"Not scored, {reason}: {', '.join(dict.fromkeys(locales))}.")


def _reading(request: Request, library: Library) -> Reading:
    sources = load(request, library)
    leaflet = compose(request, sources)
    language = parse_tag(request.locale).language
    topic = localise(sources.topic, sources.catalogue)
    names = reading_names(topic) if language == "en" else _medicines(topic)
    one = Reading(topic=request.topic, cause=request.cause, locale=request.locale, words=word_count(leaflet))
    if language not in FORMULAS:
        return msgspec.structs.replace(one, unscored=why_not(language))
    found = counted(spoken(passages(leaflet)), language, names)
    return msgspec.structs.replace(
        one,
        words=found.words,
        sentences=found.sentences,
        scores=scores(found, language),
        hard=hard_words(found, language),
        long=tuple(sentence.text for sentence in found.longest if len(sentence.words) > LONG),
    )


def _medicines(topic: Topic) -> tuple[str, ...]:
    """Return the names of medicines in the topic's language, which every reader must learn anyway, and in Latin."""
    medicines = [medicine for cause in topic.cause for medicine in cause.medicines]
    return tuple(name.strip() for one in medicines for name in (*one.inn.split(","), str(one.name)))


def _row(one: Reading) -> tuple[str, ...]:
    values = " · ".join(f"{score.formula} {score.value:g}" for score in one.scores)
    reads = " · ".join(dict.fromkeys(score.reads for score in one.scores))
    hard = sum(number for _, number in one.hard)
    share = f"{hard} ({100 * hard / one.words:.0f} %)" if parse_tag(one.locale).language in HARD_WORDS else "–"
    cause = one.cause or "all"
    return (one.locale, cause, str(one.words), str(one.sentences), values, reads, share, str(len(one.long)))


def _tell(one: Reading, console: Console) -> None:
    """List the words and sentences that make one leaflet hard."""
    place = f"{one.locale} · {one.cause or 'all causes'}"
    if one.hard:
        listed = ", ".join(f"{word} ×{number}" if number > 1 else word for word, number in one.hard[:_SHOWN])
        more = f" and {len(one.hard) - _SHOWN} more" if len(one.hard) > _SHOWN else ""
        console.data(f"{place} · hard words: {listed}{more}")
    for sentence in one.long:
        console.data(f"{place} · long: “{sentence}”")
