"""Wording as a whole: nothing left in English, nothing far longer or shorter than what it translates."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.lint.phrases import without_names
from handouts.check.lint.subject import Pair, Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_RUN: Final = 4
"""So many words of the English in a row are a piece of it left as it was."""

_SLACK: Final = 14
"""Characters by which a translation may be longer whatever its length: short labels vary the most."""

_SHORT_FROM: Final = 40
_ENGLISH: Final = re.compile(r"[A-Za-z]")


def untranslated(subject: Subject) -> Iterator[Breach]:
    """Give the translations that are the English, or hold a run of its words."""
    if subject.catalogue.language == "en":
        return
    latin = "LATIN" in subject.manners.scripts
    for pair in subject.pairs:
        words = pair.english.split()
        if not words:
            continue
        same = pair.said == pair.english and (len(words) > 1 or not latin) and not _borrowed(subject, pair)
        if same and _ENGLISH.search(pair.bare_source):
            yield Breach("The translation is the English, word for word.", pair.where, "Translate it.")
        elif found := _kept(words, pair.said):
            yield Breach(f"The translation holds the English “{found}”.", pair.where, "Translate it.")


def length(subject: Subject) -> Iterator[Breach]:
    """Give the translations that are so long that they may not fit, or so short that something may be missing."""
    manners = subject.manners
    for pair in subject.pairs:
        size, english = len(pair.bare), len(pair.bare_source)
        if size > manners.longest * english + _SLACK:
            what = f"The translation has {size} characters; the English has {english}."
            yield Breach(what, pair.where, "Look whether it fits where it stands, and say it more briefly.")
        elif english >= _SHORT_FROM and size < manners.shortest * english:
            what = f"The translation has only {size} characters; the English has {english}."
            yield Breach(what, pair.where, "Look whether a part of it is missing.")


def _borrowed(subject: Subject, pair: Pair) -> bool:
    """Return whether a translation is all medicines' accepted names, or a term that the language borrows."""
    terms = subject.catalogue.terms
    return terms is not None and (
        pair.said.strip() in terms.borrowed or not without_names(pair.said, terms.medicines).strip()
    )


def _kept(words: list[str], said: str) -> str:
    """Return a run of English words that a translation holds, nothing if there is none."""
    runs = (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return next((run for run in runs if f" {run} " in said), "")


RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.untranslated",
        Severity.ERROR,
        "Silent English in a translated leaflet is the sentence that the reader does not get.",
        untranslated,
    ),
    Rule(
        "lint.length",
        Severity.WARNING,
        "What is much longer may not fit its panel; what is much shorter may lack something.",
        length,
    ),
)
"""The rules on whole texts."""
