"""Rules over a locale's catalogue: it says, in the reader's language, all that the English says now."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from handouts.check import lint
from handouts.check.rules import Breach, Rule, apply
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, Message, MessageId
from handouts.model.kept import kept
from handouts.model.locales import PSEUDO_LOCALES

MessageState = Literal["translated", "missing", "stale", "fuzzy"]

_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}|[{}]")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_UPDATE: Final = "then run: handouts catalogue update"


class Translation(NamedTuple):
    """What the rules look at: a catalogue and the English texts it is to carry. ``placed`` finds messages by key."""

    catalogue: Catalogue
    texts: tuple[Text, ...]
    placed: Mapping[tuple[str, str], tuple[MessageId, Message]]


def findings(catalogue: Catalogue, texts: Iterable[Text]) -> tuple[Finding, ...]:
    """Return what is wrong with a catalogue for these English texts (each knows its domain and key).

    First what reading its files met, then the breaches of ``RULES`` and of the lint. The source locale has no findings
    of its own; a pseudo-locale is no language, so it is not linted. What was found is kept for the same catalogue.
    """
    if catalogue.status == "source":
        return catalogue.findings
    return _findings(catalogue, *texts)


@kept(256)
def _findings(catalogue: Catalogue, *english: Text) -> tuple[Finding, ...]:
    found = apply(RULES, subject := translation(catalogue, english))
    if catalogue.locale not in PSEUDO_LOCALES:
        lines = ((text, message.text, _where(subject, text, message)) for text, message in _words(subject))
        found += apply(lint.RULES, lint.subject(catalogue, lines))
    return catalogue.findings + found


def translation(catalogue: Catalogue, texts: Iterable[Text]) -> Translation:
    """Return the catalogue with the texts it is to carry, ready for the rules."""
    placed = {(key.domain, key.context): (key, message) for key, message in catalogue.messages.items()}
    return Translation(catalogue, tuple(texts), placed)


def state(subject: Translation, text: Text) -> MessageState:
    """Return how far a text is translated; the worst that holds, and only that.

    Missing: no words at all. Stale: words, but they were made from other English. Fuzzy: somebody has doubts.
    """
    source, message = subject.placed.get((text.domain, text.key), (None, Message(text="")))
    if not message.text.strip():
        return "missing"
    if message.stale or source is None or source.source != text:
        return "stale"
    return "fuzzy" if message.fuzzy else "translated"


def _where(subject: Translation, text: Text, message: Message | None = None) -> Where:
    """Return the place of a text's translation, or of the file it should stand in."""
    file = subject.catalogue.files.get(text.domain, "")
    line = message.line if message else 0
    return Where(file=file, line=line, key=text.key, domain=text.domain, locale=subject.catalogue.locale)


def _in_state(subject: Translation, wanted: MessageState) -> Iterator[tuple[Text, Where]]:
    for text in subject.texts:
        if state(subject, text) == wanted:
            placed = subject.placed.get((text.domain, text.key))
            yield text, _where(subject, text, placed[1] if placed else None)


def no_file(subject: Translation) -> Iterator[Breach]:
    """Give the domains that have no file at all: one breach each, not one per message."""
    catalogue = subject.catalogue
    for domain in dict.fromkeys(text.domain for text in subject.texts):
        if domain not in catalogue.files:
            hint = f"Run: handouts catalogue update --locale {catalogue.locale}, and have it translated."
            where = Where(domain=domain, locale=catalogue.locale)
            yield Breach(f"“{domain}” is not translated at all: there is no {domain}.po.", where, hint)


def missing(subject: Translation) -> Iterator[Breach]:
    """Give the texts that have no translation in a file that is there."""
    for text, where in _in_state(subject, "missing"):
        if text.domain in subject.catalogue.files:
            yield Breach(f"“{_short(text)}” is not translated.", where, f"Translate it, {_UPDATE}")


def stale(subject: Translation) -> Iterator[Breach]:
    """Give the texts whose translation was made from other English than there is now."""
    for text, where in _in_state(subject, "stale"):
        hint = f"Translate it anew, {_UPDATE}. If the words are still right: --accept {text.key}"
        yield Breach(f"The English has changed since this was translated; it is now “{_short(text)}”.", where, hint)


def fuzzy(subject: Translation) -> Iterator[Breach]:
    """Give the translations that are marked as doubtful."""
    for _, where in _in_state(subject, "fuzzy"):
        hint = f"Look at it, take the mark off, {_UPDATE}"
        yield Breach("The translation is marked fuzzy: somebody must look at it.", where, hint)


def orphaned(subject: Translation) -> Iterator[Breach]:
    """Give the translations of texts that there are no longer, in the domains of the texts."""
    domains = {text.domain for text in subject.texts}
    wanted = {(text.domain, text.key) for text in subject.texts}
    for place, (_, message) in subject.placed.items():
        if place not in wanted and place[0] in domains:
            where = _where(subject, Text("", place[1], place[0]), message)
            hint = "To put it among the obsolete ones, run: handouts catalogue update"
            yield Breach("There is no such English text any more.", where, hint)


def placeholders(subject: Translation) -> Iterator[Breach]:
    """Give the translations that fill in other values than the English."""
    for text, message in _words(subject):
        wanted, got = set(_PLACEHOLDER.findall(text)), set(_PLACEHOLDER.findall(message.text))
        if wanted != got:
            yield Breach(_difference("placeholders", wanted, got), _where(subject, text, message), _KEEP_BRACES)


def markup(subject: Translation) -> Iterator[Breach]:
    """Give the translations whose tags are not those of the English, in number or order of opening and closing."""
    for text, message in _words(subject):
        wanted, got = _TAG.findall(text), _TAG.findall(message.text)
        if wanted != got:
            hint = "Set the same words in bold as the English, each with <b> before and </b> after."
            what = f"The tags differ: the English has {_listed(wanted)}, the translation {_listed(got)}."
            yield Breach(what, _where(subject, text, message), hint)


def _words(subject: Translation) -> Iterator[tuple[Text, Message]]:
    """Give the texts with their messages where these are of the English as it is now."""
    for text in subject.texts:
        message = subject.catalogue.messages.get(MessageId(text.domain, text.key, str(text)))
        if message is not None and message.text.strip():
            yield text, message


def _difference(what: str, wanted: set[str], got: set[str]) -> str:
    lacking, extra = sorted(wanted - got), sorted(got - wanted)
    parts = [f"lacks {_listed(lacking)}" if lacking else "", f"has {_listed(extra)} besides" if extra else ""]
    return f"The {what} differ: the translation {' and '.join(part for part in parts if part)}."


def _listed(names: Iterable[str]) -> str:
    return " ".join(names) or "none"


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


_KEEP_BRACES: Final = "Keep what stands in braces letter for letter; it may be moved."

RULES: Final[tuple[Rule[Translation], ...]] = (
    Rule(
        "catalogue.no-file",
        Severity.ERROR,
        "A patient who was promised their own language must not meet English without warning.",
        no_file,
    ),
    Rule(
        "catalogue.missing",
        Severity.ERROR,
        "One English sentence among others may be the one that matters.",
        missing,
    ),
    Rule(
        "catalogue.stale",
        Severity.ERROR,
        "A translation of what the English once said can be wrong advice today.",
        stale,
    ),
    Rule(
        "catalogue.fuzzy",
        Severity.ERROR,
        "What a translator doubts is not to be handed to a patient.",
        fuzzy,
    ),
    Rule(
        "catalogue.orphaned",
        Severity.WARNING,
        "A message that lost its text is often one whose key was renamed, and its translation can be saved.",
        orphaned,
    ),
    Rule(
        "catalogue.placeholders",
        Severity.ERROR,
        "A lost placeholder is a lost date, page number or address; a wrong one is printed in braces.",
        placeholders,
    ),
    Rule(
        "catalogue.markup",
        Severity.ERROR,
        "Bold is meaning: it marks what must not be overlooked; a broken tag is printed as it is.",
        markup,
    ),
)
"""The rules in the order in which they look."""

INCOMPLETE: Final = (
    "catalogue.no-file",
    "catalogue.missing",
    "catalogue.stale",
    "catalogue.fuzzy",
)
"""The rules that a draft may break: its translation is not finished."""
