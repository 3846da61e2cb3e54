"""Medicines: each one that the English names is named in the translation, as the language accepts it, and no other."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.lint.phrases import named
from handouts.check.lint.subject import Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_NAME_KEY: Final = re.compile(r"(?:^|\.)medicines\.[^.]+\.name$")
_GLOSSARY: Final = "locales/glossary.toml"


def medicine(subject: Subject) -> Iterator[Breach]:
    """Give the translations that do not name a medicine of the English by an accepted name."""
    terms = subject.catalogue.terms
    if terms is None:
        return
    known = dict(terms.medicines)
    for pair in subject.pairs:
        wanted = named(pair.english, terms.english)
        if wanted and (lacking := {inn for inn in wanted if known[inn]} - named(pair.said, terms.medicines)):
            accepted = "; ".join(f"{inn}: {', '.join(known[inn])}" for inn in sorted(lacking))
            hint = f"Accepted ({_GLOSSARY}): {accepted}. A name on your country’s labels may be added there."
            yield Breach(f"No accepted name of {', '.join(sorted(lacking))} is in the translation.", pair.where, hint)


def other_medicine(subject: Subject) -> Iterator[Breach]:
    """Give the translations that name a medicine that the English does not."""
    terms = subject.catalogue.terms
    if terms is None:
        return
    for pair in subject.pairs:
        extra = named(pair.said, terms.medicines)
        if extra and (extra := extra - named(pair.english, terms.english)):
            what = f"The translation names {', '.join(sorted(extra))}; the English does not."
            yield Breach(what, pair.where, "Name the medicine of the English, and no other.")


def glossary(subject: Subject) -> Iterator[Breach]:
    """Give the medicines that cannot be checked: not in the glossary, or not in this language."""
    terms = subject.catalogue.terms
    if terms is None:
        return
    known = dict(terms.medicines)
    for pair in subject.pairs:
        if not _NAME_KEY.search(pair.source.key):
            continue
        inns = named(pair.english, terms.english)
        if not inns:
            hint = f"Add its INN and names to {_GLOSSARY}."
            yield Breach(f"“{pair.source}” is not in the glossary, so its name is not checked.", pair.where, hint)
        for inn in sorted(inn for inn in inns if not known[inn]):
            hint = f"Add them to {_GLOSSARY}, from your country’s labels."
            yield Breach(f"The glossary has no names of {inn} in this language.", pair.where, hint)


RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.medicine",
        Severity.ERROR,
        "A patient must find on the leaflet the name that stands on the box.",
        medicine,
    ),
    Rule(
        "lint.other-medicine",
        Severity.ERROR,
        "A medicine that the source does not name is treatment that nobody has advised.",
        other_medicine,
    ),
    Rule(
        "lint.glossary",
        Severity.WARNING,
        "A name that cannot be checked must not look as if it had been.",
        glossary,
    ),
)
"""The rules on medicines."""
