"""Rules over what people author, apart from any one leaflet: topics and formats."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple, Protocol, TypeAlias

from handouts.check.readability import MAX_GRADE, medical_parts, readability
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity, Where
from handouts.model.authored import Brand, Format, SharedWords, Text, Topic
from handouts.model.catalogue import Catalogue
from handouts.model.walk import texts

MIN_BODY: Final = 12.0
"""Points: RNIB's clear print, and the floor of every format's body text."""

MIN_SMALL: Final = 9.0
"""Points: the floor for any text (Danish medicines agency, 2025)."""

MIN_LEADING: Final = 1.25

Dated: TypeAlias = tuple[Topic, date | None]


class Shelf(Protocol):
    """What the rules need of a library."""

    def topic(self, name: str) -> Topic: ...  # noqa: D102
    def words(self) -> SharedWords: ...  # noqa: D102
    def brand(self, name: str) -> Brand: ...  # noqa: D102
    def brands(self) -> tuple[str, ...]: ...  # noqa: D102
    def format(self, name: str) -> Format: ...  # noqa: D102
    def formats(self) -> tuple[str, ...]: ...  # noqa: D102
    def catalogue(self, locale: str, topic: str) -> Catalogue: ...  # noqa: D102


def never_reviewed(subject: Dated) -> Iterator[Breach]:
    """Give a topic that no clinician has reviewed."""
    if not subject[0].review.on:
        hint = "Fill in [review]: by, on and next."
        yield Breach("The topic has never been reviewed; every leaflet says so.", _where(subject[0], "review"), hint)


def review_past(subject: Dated) -> Iterator[Breach]:
    """Give a topic whose next review was due before the day asked about."""
    topic, today = subject
    if today and topic.review.next and date.fromisoformat(topic.review.next) < today:
        yield Breach(f"The review was due on {topic.review.next}.", _where(topic, "review.next"), "Have it reviewed.")


def reading_breaches(passages: Iterable[str], topic: Topic, where: Where) -> Iterator[Breach]:
    """Give English passages that are too hard, medicines and medical names of causes aside."""
    found = readability(passages, reading_names(topic))
    if round(found.grade, 1) > MAX_GRADE:
        hint = f"Hard words: {', '.join(found.hard)}. Longest sentence: “{next(iter(found.longest), '')}”"
        message = f"The reading grade is {found.grade:.1f} (SMOG {found.smog:.1f}); {MAX_GRADE:g} is the most."
        yield Breach(message, where, hint)


def reading_names(topic: Topic) -> tuple[str, ...]:
    """Return the names that a reading grade leaves out: of medicines, and the medical ones of causes."""
    medicines = [medicine for cause in topic.cause for medicine in cause.medicines]
    names = [name.strip() for one in medicines for name in (*one.inn.split(","), str(one.name))]
    return (*names, *(part for cause in topic.cause for part in medical_parts(cause.name)))


def reading(topic: Topic) -> Iterator[Breach]:
    """Give a topic, or a cause of it, whose English words are too hard."""
    names = {medicine.name.key for cause in topic.cause for medicine in cause.medicines}
    parts: list[tuple[str, list[Text]]] = [(f"cause.{cause.id}", [*texts(cause)]) for cause in topic.cause]
    for key, found in [("", [*texts(topic)]), *parts]:
        yield from reading_breaches([text for text in found if text.key not in names], topic, _where(topic, key))


def no_facts(topic: Topic) -> Iterator[Breach]:
    """Give a topic that does not list the facts of its guidance."""
    if not topic.facts:
        hint = "List each fact in [facts] with the keys that carry it."
        yield Breach("The topic does not say which text carries which fact.", _where(topic, "facts"), hint)


def small_type(form: Format) -> Iterator[Breach]:
    """Give the sizes of a format that are below what patients can read."""
    for name in form.type.__struct_fields__:
        size = getattr(form.type, name)
        least = MIN_BODY if name in ("body", "lead", "title", "h2", "h3") else MIN_SMALL
        if size < least:
            yield Breach(f"{name} is {size:g} pt; {least:g} is the least.", Where(key=f"format.{form.id}.type.{name}"))
    if form.leading < MIN_LEADING:
        where = Where(key=f"format.{form.id}.leading")
        yield Breach(f"The leading is {form.leading:g}; {MIN_LEADING:g} is the least.", where)


def _where(topic: Topic, key: str) -> Where:
    return Where(domain=topic.id, key=key)


class LibraryRules(NamedTuple):
    """Rules by what they look at."""

    topics: tuple[Rule[Topic], ...]
    formats: tuple[Rule[Format], ...]


REVIEW_RULES: Final[tuple[Rule[Dated], ...]] = (
    Rule(
        "content.never-reviewed",
        Severity.NOTE,
        "Readers and clinics must be able to tell advice that a clinician has checked from advice that none has.",
        never_reviewed,
        "leaflet rule W7",
    ),
    Rule(
        "content.review-past",
        Severity.WARNING,
        "Advice grows old; a review date that is past says that nobody has looked.",
        review_past,
        "leaflet rule W7",
    ),
)

LIBRARY_RULES: Final = LibraryRules(
    topics=(
        Rule(
            "topic.reading-grade",
            Severity.WARNING,
            "Half of all adults read below the level at which health texts are often written.",
            reading,
            "leaflet rules W1, W2",
        ),
        Rule(
            "topic.no-facts",
            Severity.NOTE,
            "Only against a list of facts can it be proved that no leaflet leaves one out.",
            no_facts,
        ),
    ),
    formats=(
        Rule(
            "format.type-size",
            Severity.WARNING,
            "Small or tight print shuts out many of the people who get a leaflet.",
            small_type,
            "leaflet rules P1, P4, P6",
        ),
    ),
)
