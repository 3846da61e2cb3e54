"""What a rule is: a function with an id, a severity and a rationale. Rules live in plain tuples beside the functions.

``handouts check --json`` and the documentation list them from there; nothing registers itself.
"""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

from handouts.findings import Finding, Severity, Where

Subject = TypeVar("Subject")


class Breach(NamedTuple):
    """One place where a rule does not hold: what is wrong, where, and a way out."""

    message: str
    where: Where = Where()
    hint: str = ""


class Rule(NamedTuple, Generic[Subject]):
    """One thing that must hold of a subject.

    ``look`` gives each place where it does not. ``rationale`` says whom the rule protects; ``clause`` is the
    requirement of record where there is one (for instance ``Matterhorn 31-009``).
    """

    id: str
    severity: Severity
    rationale: str
    look: Callable[[Subject], Iterable[Breach]]
    clause: str = ""


class RuleFacts(NamedTuple):
    """What lists of rules show of one rule, whatever its subject."""

    id: str
    severity: Severity
    rationale: str
    clause: str


def apply(rules: Iterable[Rule[Subject]], subject: Subject) -> tuple[Finding, ...]:
    """Return the findings of all rules on one subject, in the order of the rules."""
    return tuple(
        [
            Finding(rule.id, rule.severity, breach.message, breach.where, breach.hint)
            for rule in rules
            for breach in rule.look(subject)
        ]
    )


def described(rules: Iterable[Rule[Subject]]) -> tuple[RuleFacts, ...]:
    """Return what a list of rules shows: id, severity, rationale and clause."""
    return tuple(RuleFacts(rule.id, rule.severity, rule.rationale, rule.clause) for rule in rules)
