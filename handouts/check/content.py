"""Rules over what a leaflet says, before it is set, and over everything that is authored in a library."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import msgspec

from handouts.check import catalogue as translations
from handouts.check.authored import LIBRARY_RULES, REVIEW_RULES, Shelf
from handouts.check.composed import Composed, contrasts, english
from handouts.check.rules import Breach, Rule, apply
from handouts.check.tailoring import foreign_key
from handouts.check.words import by_key, squeezed
from handouts.findings import Finding, Severity, Where
from handouts.model.leaflet import Leaflet
from handouts.model.request import Sources

__all__ = ["DRAFT_MAY", "RULES", "check", "check_library"]

_BRACES: Final = re.compile(r"\{[^{}]*\}")
_LINK: Final = re.compile(r"(?:https://|mailto:|tel:)\S+")
_STATUS: Final = ("machine-draft", "translated", "reviewed")
_JOINED: Final = "\u0530"  # scripts below it (Latin, Greek, Cyrillic) part words by blanks


def facts(subject: Composed) -> Iterator[Breach]:
    """Give the facts of the guidance that the leaflet does not carry whole."""
    for fact, keys in subject.due.items():
        if not keys:
            yield Breach(f"No text of this leaflet carries the fact {fact}.", subject.where(f"facts.{fact}"))
        for key in keys:
            if subject.meant.get(key, "\0") not in subject.said.get(key, ""):
                hint = "The page template must print it, whole."
                yield Breach(f"The fact {fact} is not in the leaflet.", subject.where(key), hint)


def safety(subject: Composed) -> Iterator[Breach]:
    """Give the locked messages that do not stand, word for word, in a safety callout."""
    callouts = [passage for passage in subject.passages if passage.callout == "safety"]
    said = {key: squeezed(text) for key, text in by_key(callouts).items()}
    for message in subject.topic.safety:
        if said.get(message.text.key) != squeezed(message.text):
            hint = 'The page template must print it in <aside class="safety">, as it is.'
            yield Breach(
                "The safety message is not in the leaflet as it stands.", subject.where(message.text.key), hint
            )


def foreign(subject: Composed) -> Iterator[Breach]:
    """Give what a tailored leaflet says of another cause: texts by their key, words and medicines by their letters."""
    if not subject.cause:
        return
    for key in subject.said:
        if foreign_key(key, subject.cause):
            yield Breach("A text of another cause is in the leaflet.", subject.where(key))
    rest = subject.everything.casefold()
    for name in subject.own_names:  # one medicine's name can be a part of another's
        rest = rest.replace(name, "\n")
    for key, words in subject.others:
        if key not in subject.said and _contains(rest, words):
            yield Breach("Words or a medicine of another cause are in the leaflet.", subject.where(key))


def placeholders(subject: Composed) -> Iterator[Breach]:
    """Give the braces that nothing filled in, and a page line without its numbers."""
    furniture = subject.leaflet.furniture
    spans = [span for line in (furniture.header, *furniture.footer) for span in line]
    for words in (subject.everything, *(span.text for span in spans)):
        for found in _BRACES.findall(words):
            yield Breach(f"{found} is not filled in.", subject.where())
    for name in ("{page}", "{pages}"):
        if name not in furniture.page.text:
            yield Breach(f"The page line lacks {name}.", Where(key=furniture.page.key, locale=subject.leaflet.lang))


def links(subject: Composed) -> Iterator[Breach]:
    """Give the links that are neither https:, mailto: nor tel:."""
    spans = (span for passage in subject.passages for span in passage.spans if span.href)
    for href in dict.fromkeys(span.href for span in spans):
        if not _LINK.fullmatch(href):
            yield Breach(f"The link “{href[:60]}” is neither https:, mailto: nor tel:.", subject.where())


def reading(subject: Composed) -> Iterator[Breach]:
    """Give an English leaflet that is harder to read than it may be, with the words and sentences that make it so."""
    if subject.leaflet.lang.partition("-")[0] == "en":
        yield from subject.hard


def min_review(subject: Composed) -> Iterator[Breach]:
    """Give a translation that is less reviewed than the brand asks for."""
    wanted, status = subject.leaflet.brand.min_review, subject.sources.catalogue.status
    if wanted and status in _STATUS and _STATUS.index(status) < _STATUS.index(wanted):
        brand, locale = subject.leaflet.brand.id, subject.sources.catalogue.locale
        what = f"The brand “{brand}” hands out {wanted} translations only (min_review); “{locale}” is {status}."
        hint = f"When a person has checked it, run: handouts catalogue review {locale} --by NAME. Or ask for a --draft."
        yield Breach(what, subject.where(), hint)


def unreviewed(subject: Composed) -> Iterator[Breach]:
    """Give a translation that no person has reviewed."""
    if subject.sources.catalogue.status == "machine-draft":
        yield Breach("The translation is a machine's draft; the leaflet says so.", subject.where())


def check(
    sources: Sources, leaflet: Leaflet, cause: str, *, draft: bool = False, issued: date | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with a composed leaflet and with what it was made from; errors forbid to hand it out.

    ``cause`` is the one the leaflet is tailored to, empty for all. A draft's missing or unreviewed translations are
    warnings. ``issued``: the day on which the review must not be past; not asked when None.
    """
    subject = Composed(sources, leaflet, cause, issued)
    found = [
        *apply(RULES, subject),
        *apply(REVIEW_RULES, (sources.topic, issued)),
        *subject.contrasts,
        *translations.findings(sources.catalogue, english(sources.words, sources.topic)),
    ]
    return tuple(_tolerated(finding) for finding in found) if draft else tuple(found)


def check_library(
    library: Shelf, topics: Iterable[str], locales: Iterable[str], *, issued: date | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with everything authored: the topics, their translations, all brands and formats.

    Raises what the library raises for a name that it does not have or a file that cannot be read.
    """
    found: list[Finding] = []
    for name in topics:
        topic = library.topic(name)
        found += apply(REVIEW_RULES, (topic, issued))
        found += apply(LIBRARY_RULES.topics, topic)
        for locale in locales:
            found += translations.findings(library.catalogue(locale, name), english(library.words(), topic))
    for brand in map(library.brand, library.brands()):
        found += contrasts(brand.palette, brand.id)
    for form in map(library.format, library.formats()):
        found += apply(LIBRARY_RULES.formats, form)
    return tuple(dict.fromkeys(found))


def _contains(text: str, words: str) -> bool:
    """Return whether words stand in a text as such, not inside another word where the script parts words."""
    if words not in text:
        return False
    if max(words) >= _JOINED:
        return True
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _tolerated(finding: Finding) -> Finding:
    if finding.rule in DRAFT_MAY and finding.severity is Severity.ERROR:
        return msgspec.structs.replace(finding, severity=Severity.WARNING)
    return finding


DRAFT_MAY: Final = (*translations.INCOMPLETE, "lint.untranslated", "content.min-review")
"""The rules that a draft may break; it says DRAFT on every page."""

RULES: Final[tuple[Rule[Composed], ...]] = (
    Rule(
        "content.facts",
        Severity.ERROR,
        "A leaflet that leaves out a fact of the guidance misleads by what it does not say.",
        facts,
    ),
    Rule(
        "content.safety",
        Severity.ERROR,
        "The warning must reach every patient, in full and where it is seen.",
        safety,
        "leaflet rule W9",
    ),
    Rule(
        "content.foreign",
        Severity.ERROR,
        "A patient must not treat a cause that was not found.",
        foreign,
    ),
    Rule(
        "content.placeholders",
        Severity.ERROR,
        "Braces on paper stand where a date or an address should be.",
        placeholders,
    ),
    Rule(
        "content.links",
        Severity.ERROR,
        "A link must lead where a patient can safely go.",
        links,
    ),
    Rule(
        "content.min-review",
        Severity.ERROR,
        "A clinic answers for the translations that it hands out.",
        min_review,
        "leaflet rule L2",
    ),
    Rule(
        "content.reading-grade",
        Severity.WARNING,
        "Half of all adults read below the level at which health texts are often written.",
        reading,
        "leaflet rules W1, W2",
    ),
    Rule(
        "content.unreviewed",
        Severity.NOTE,
        "Machine translation of health advice has to be checked by a qualified person.",
        unreviewed,
        "leaflet rule L2",
    ),
)
"""The rules over one composed leaflet."""
