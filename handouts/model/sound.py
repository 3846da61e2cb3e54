"""What an authored file must hold together beyond its types: rules over one value, each breach a finding.

Pure, and run once per file by ``library``. Rules of wording, contrast and coverage are not here but in ``check``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fnmatch import fnmatchcase
from typing import Final

from handouts.errors import NotFound
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Brand, Format, SharedWords, Topic
from handouts.model.locales import parse_tag
from handouts.model.walk import SHARED_DOMAIN, texts

MAX_SUMMARY: Final = 3
"""The key message is at most this many sentences, so that it is read."""

SIZES: Final = (6.0, 96.0)
"""The least and greatest font size, in points, that a format may ask for."""

_LINK: Final = re.compile(r"https://[^\s/]+\S*")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")

MAX_CORNER: Final = 24.0
"""The greatest radius, in points, of a brand's corners."""

# The most characters in a brand's words, which stand in places of fixed size: head, foot, a column, a code to scan.
_LONGEST: Final = {
    "name": 80,
    "logo_alt": 200,
    "footer": 160,
    "link": 300,
    "contacts.address": 200,
    "contacts.phone": 60,
    "contacts.email": 100,
    "contacts.web": 100,
}


def topic_findings(topic: Topic, folder: str, file: str) -> tuple[Finding, ...]:
    """Return what is wrong with a topic, whose texts have their keys, read from the named folder."""
    return tuple(
        Finding(f"topic.{rule}", Severity.ERROR, message, Where(file=file, key=key), hint)
        for rule, key, message, hint in [
            *_identity(topic.id, folder),
            *_repeats(topic),
            *_counts(topic),
            *_texts(topic),
            *_references(topic),
            *_dates(topic),
        ]
    )


def words_findings(words: SharedWords, file: str) -> tuple[Finding, ...]:
    """Return what is wrong with the shared words, whose texts have their keys."""
    keys = {text.key for text in texts(words)}
    breaches = [*_texts(words), *_unknown("notes", words.notes, keys)]
    return tuple(
        Finding(f"words.{rule}", Severity.ERROR, message, Where(file=file, key=key), hint)
        for rule, key, message, hint in breaches
    )


def brand_findings(brand: Brand, folder: str, file: str) -> tuple[Finding, ...]:
    """Return what is wrong with a brand read from the named folder."""
    breaches = list(_identity(brand.id, folder))
    if not brand.name.strip():
        breaches.append(("name", "name", "The brand has no name.", "Write the clinic's name."))
    if brand.logo and not brand.logo_alt.strip():
        hint = "Say what the logo shows, for people who hear the leaflet: logo_alt = “…”."
        breaches.append(("logo-alt", "logo_alt", "The logo has no alternative text.", hint))
    breaches += [*_lengths(brand), *_links(brand)]
    try:
        parse_tag(brand.lang)
    except NotFound as error:
        breaches.append(("lang", "lang", error.message, error.hint))
    if not 0 <= brand.look.corner <= MAX_CORNER:
        breaches.append(("corner", "look.corner", f"The radius is not between 0 and {MAX_CORNER:g} points.", ""))
    return tuple(
        Finding(f"brand.{rule}", Severity.ERROR, message, Where(file=file, key=key), hint)
        for rule, key, message, hint in breaches
    )


def format_findings(form: Format, stem: str, file: str) -> tuple[Finding, ...]:
    """Return what is wrong with a format read from the file of the named stem."""
    breaches = list(_identity(form.id, stem))
    low, high = SIZES
    for name in form.type.__struct_fields__:
        if not low <= getattr(form.type, name) <= high:
            breaches.append(("size", f"type.{name}", f"The size is not between {low:g} and {high:g} points.", ""))
    for name in form.margins.__struct_fields__:
        if not 3 <= getattr(form.margins, name) <= 60:
            hint = "Printers leave at least 3 mm blank."
            breaches.append(("margin", f"margins.{name}", "The margin is not between 3 and 60 mm.", hint))
    ranges = {"leading": (1.2, 3), "space": (0.2, 4), "icon": (0.5, 6), "measure": (20, 120)}
    ranges |= {"pages": (0, 1000), "pages_tailored": (0, 1000)}
    for name, (least, most) in ranges.items():
        if not least <= getattr(form, name) <= most:
            breaches.append(("range", name, f"The value is not between {least:g} and {most:g}.", ""))
    if not form.fit or not all(0.1 <= factor <= 2 for factor in form.fit):
        breaches.append(("fit", "fit", "Every factor must be between 0.1 and 2, and there must be one.", ""))
    return tuple(
        Finding(f"format.{rule}", Severity.ERROR, message, Where(file=file, key=key), hint)
        for rule, key, message, hint in breaches
    )


_Breach = tuple[str, str, str, str]  # rule, key, message, hint


def _identity(own: str, folder: str) -> Iterator[_Breach]:
    if own != folder:
        yield (
            "id",
            "id",
            f"The id “{own}” is not the name it lies under, “{folder}”.",
            "Make the two the same.",
        )
    if own == SHARED_DOMAIN:
        yield (
            "id",
            "id",
            f"The id “{own}” is taken: it is the catalogue of the shared words.",
            "Choose another.",
        )


def _lengths(brand: Brand) -> Iterator[_Breach]:
    for key, most in _LONGEST.items():
        group, _, name = key.rpartition(".")
        words = getattr(getattr(brand, group) if group else brand, name)
        if len(words) > most:
            yield "length", key, f"The words are {len(words)} characters long; {most} is the most.", "Shorten them."


def _links(brand: Brand) -> Iterator[_Breach]:
    """Links and contacts that are not what they are called: on paper they cannot be mended."""
    contacts = brand.contacts
    if brand.link and not _LINK.fullmatch(brand.link):
        yield "links", "link", "The link is no https address.", "For instance https://clinic.example/skin."
    if contacts.web.startswith(("http:", "https:")):
        yield "links", "contacts.web", "The web address names its protocol.", "Write it without https://."
    elif contacts.web and not _LINK.fullmatch(f"https://{contacts.web}"):
        yield "links", "contacts.web", "The web address cannot be opened.", "For instance clinic.example."
    if contacts.email and not _EMAIL.fullmatch(contacts.email):
        yield "links", "contacts.email", "The email address has no @, or blanks.", "For instance skin@clinic.example."


def _repeats(topic: Topic) -> Iterator[_Breach]:
    lists: dict[str, Iterable[str]] = {
        "cause": [cause.id for cause in topic.cause],
        "daily": [advice.id for advice in topic.daily],
        "safety": [message.id for message in topic.safety],
    }
    for cause in topic.cause:
        lists[f"cause.{cause.id}.do"] = [advice.id for advice in cause.do]
        lists[f"cause.{cause.id}.medicines"] = [medicine.id for medicine in cause.medicines]
    for key, ids in lists.items():
        for own, count in Counter(ids).items():
            if count > 1:
                yield (
                    "repeated-id",
                    f"{key}.{own}",
                    f"The id “{own}” stands {count} times in {key}.",
                    "Rename one.",
                )
    if "each" in lists["cause"]:
        yield (
            "id",
            "cause.each",
            "A cause cannot have the id “each”.",
            "--cause each means every cause; rename it.",
        )


def _counts(topic: Topic) -> Iterator[_Breach]:
    summaries = {"summary": topic.summary} | {f"cause.{cause.id}.summary": cause.summary for cause in topic.cause}
    for key, summary in summaries.items():
        if not 1 <= len(summary) <= MAX_SUMMARY:
            hint = f"One to {MAX_SUMMARY} short sentences, each a text of its own."
            yield "summary", key, f"The key message has {len(summary)} sentences.", hint
    if not topic.safety:
        yield (
            "safety",
            "safety",
            "The topic has no safety message.",
            "Add [[safety]] with id, text, locked = true.",
        )
    if not topic.cause:
        yield "cause", "cause", "The topic has no cause.", "Add [[cause]]."
    if not topic.doctor:
        yield "doctor", "doctor", "The topic does not say when to see a doctor.", "Add doctor = [“…”]."


def _texts(value: Topic | SharedWords) -> Iterator[_Breach]:
    for text in texts(value):
        if not text.strip():
            yield (
                "empty",
                text.key,
                "The text is empty.",
                "Write it, or delete the key if it may be left out.",
            )
        elif text != text.strip() or "\n" in text or "  " in text:
            hint = "No blanks around it, no line breaks and no double blanks within."
            yield "blanks", text.key, "The text has stray white space.", hint


def _references(topic: Topic) -> Iterator[_Breach]:
    keys = {text.key for text in texts(topic)}
    for fact, carriers in topic.facts.items():
        for key in carriers:
            if key not in keys:
                yield "facts", f"facts.{fact}", f"The fact {fact} names “{key}”, which is no text here.", ""
    yield from _unknown("notes", topic.notes, keys)


def _unknown(table: str, notes: Iterable[str], keys: set[str]) -> Iterator[_Breach]:
    """Notes to translators go by patterns such as ``cause.*.name``; each must fit at least one text."""
    for pattern in notes:
        if not any(fnmatchcase(key, pattern) for key in keys):
            yield (
                "notes",
                f"{table}.{pattern}",
                f"The note is for “{pattern}”, which fits no text here.",
                "Mend the key.",
            )


def _dates(topic: Topic) -> Iterator[_Breach]:
    review = topic.review
    for name, value in (("on", review.on), ("next", review.next)):
        try:
            date.fromisoformat(value or "2000-01-01")
        except ValueError:
            yield "date", f"review.{name}", f"“{value}” is not a date.", "Write it like 2026-03-31."
    if bool(review.by.strip()) != bool(review.on):
        yield (
            "review",
            "review",
            "A review needs both its reviewer and its date.",
            "Fill in by and on, or neither.",
        )
    if not topic.version.strip():
        yield "version", "version", "The topic has no version.", "For instance version = “1”."
