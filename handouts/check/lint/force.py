"""Force: what the English forbids or denies, the translation forbids or denies, and as strongly."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from handouts.check.lint.phrases import says, without
from handouts.check.lint.subject import Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity
from handouts.model.terms import Force, Forms

_FORBID: Final = re.compile(r" (?:never|do not|don t|must not|should not) ")
_NEVER: Final = re.compile(r" never ")
_DENY: Final = re.compile(r" (?:not yet|not been) ")
_LIST: Final = "locales/prohibitions.toml"


def prohibition(subject: Subject) -> Iterator[Breach]:
    """Give the translations without a prohibitive form where the English forbids."""
    return _lacking(subject, _FORBID, lambda force: force.forbid, "The English forbids; no word here does.")


def never(subject: Subject) -> Iterator[Breach]:
    """Give the translations that soften *never*."""
    return _lacking(subject, _NEVER, lambda force: force.never, "The English says never; no word here is as strong.")


def denial(subject: Subject) -> Iterator[Breach]:
    """Give the translations that affirm what the English denies (“has not been checked”)."""
    return _lacking(subject, _DENY, lambda force: force.deny, "The English says that it is not so; no word here does.")


def force(subject: Subject) -> Iterator[Breach]:
    """Give a language whose prohibitive forms nobody has written down: once."""
    terms = subject.catalogue.terms
    if terms is not None and terms.force is None:
        for pair in subject.pairs:
            if _FORBID.search(pair.english):
                hint = f"Add the language to {_LIST}."
                yield Breach("How this language forbids is not known, so warnings are not checked.", pair.where, hint)
                return


def _lacking(
    subject: Subject, asked: re.Pattern[str], forms: Callable[[Force], Forms], message: str
) -> Iterator[Breach]:
    terms = subject.catalogue.terms
    if terms is None or terms.force is None:
        return
    accepted = forms(terms.force)
    for pair in subject.pairs:
        if asked.search(pair.english) and not says(without(pair.said, terms.force.apart), accepted):
            hint = f"Translate it as strongly as it is. Known forms ({_LIST}): {', '.join(accepted[:8])}."
            yield Breach(message, pair.where, hint)


RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.prohibition",
        Severity.ERROR,
        "A lost “not” turns a warning into advice.",
        prohibition,
    ),
    Rule(
        "lint.never",
        Severity.ERROR,
        "“Never” that became “better not” leaves the patient a choice that the source does not give.",
        never,
    ),
    Rule(
        "lint.denial",
        Severity.ERROR,
        "A reader must be able to trust what the leaflet says of its own review.",
        denial,
    ),
    Rule(
        "lint.force",
        Severity.WARNING,
        "A warning that cannot be checked must not look as if it had been.",
        force,
    ),
)
"""The rules on prohibitions and denials."""
