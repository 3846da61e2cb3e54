"""One composed leaflet as the rules look at it. What depends on topic, language and brand alone is found once."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from handouts.check.authored import reading_breaches
from handouts.check.contrast import palette_findings
from handouts.check.rules import Breach
from handouts.check.tailoring import due_facts, foreign_words, own_names
from handouts.check.words import Passage, alternatives, by_key, passages, squeezed
from handouts.compose.localise import localise
from handouts.findings import Finding, Where
from handouts.model.authored import Palette, SharedWords, Text, Topic
from handouts.model.catalogue import Catalogue
from handouts.model.kept import kept
from handouts.model.leaflet import Leaflet
from handouts.model.request import Sources
from handouts.model.walk import texts


class Composed:
    """One composed leaflet under inspection; facts that several rules need are found once."""

    def __init__(self, sources: Sources, leaflet: Leaflet, cause: str, issued: date | None) -> None:
        self.sources = sources
        self.leaflet = leaflet
        self.cause = cause
        self.issued = issued

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the leaflet."""
        return passages(self.leaflet)

    @cached_property
    def said(self) -> dict[str, str]:
        """What the leaflet says of each key, squeezed."""
        return {key: squeezed(text) for key, text in by_key(self.passages).items()}

    @cached_property
    def topic(self) -> Topic:
        """The topic in the leaflet's language."""
        return _localised(self.sources.topic, self.sources.catalogue)

    @cached_property
    def meant(self) -> dict[str, str]:
        """What each text of the topic should say, by key, squeezed."""
        return _meant(self.topic)

    @cached_property
    def everything(self) -> str:
        """All words that the leaflet prints or tells, in one string."""
        parts = [passage.text for passage in self.passages]
        return "\n".join([self.leaflet.title, self.leaflet.subject, *parts, *alternatives(self.leaflet)])

    @property
    def due(self) -> Mapping[str, tuple[str, ...]]:
        """The facts that the leaflet must carry, each with the keys of the texts that carry it."""
        return _due(self.sources.topic, self.cause)

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names of the cause's medicines, the longest first."""
        return _own_names(self.topic, self.cause)

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """What only other causes say: key and words."""
        return _others(self.topic, self.cause)

    @property
    def contrasts(self) -> tuple[Finding, ...]:
        """The findings on the leaflet's palette."""
        return contrasts(self.leaflet.brand.palette, self.leaflet.brand.id)

    @property
    def hard(self) -> tuple[Breach, ...]:
        """What makes the leaflet's English hard to read."""
        spoken = [
            "".join(span.text for span in passage.spans if not span.lang and not span.keep)
            for passage in self.passages
            if passage.kind != "term"
        ]
        return _hard(self.topic, self.sources.catalogue.locale, *spoken)

    def where(self, key: str = "") -> Where:
        """Return the place of a text of the topic in this leaflet's language."""
        return Where(key=key, domain=self.sources.topic.id, locale=self.sources.catalogue.locale)


@kept(128)
def english(words: SharedWords, topic: Topic) -> tuple[Text, ...]:
    """Return all English texts of the shared words and a topic."""
    return (*texts(words), *texts(topic))


@kept(64)
def contrasts(palette: Palette, brand: str) -> tuple[Finding, ...]:
    """Return the findings on a brand's palette."""
    return palette_findings(palette, Where(key=f"brand.{brand}.palette"))


@kept(128)
def _meant(topic: Topic) -> dict[str, str]:
    return {text.key: squeezed(text) for text in texts(topic)}


@kept(512)
def _others(topic: Topic, cause: str) -> tuple[tuple[str, str], ...]:
    return tuple(foreign_words(topic, cause))


@kept(128)
def _hard(topic: Topic, locale: str, *spoken: str) -> tuple[Breach, ...]:
    return tuple(reading_breaches(spoken, topic, Where(domain=topic.id, locale=locale)))


_localised: Final[Callable[[Topic, Catalogue], Topic]] = kept(128)(localise)
_due: Final[Callable[[Topic, str], Mapping[str, tuple[str, ...]]]] = kept(64)(due_facts)
_own_names: Final[Callable[[Topic, str], tuple[str, ...]]] = kept(512)(own_names)
