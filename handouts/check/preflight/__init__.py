"""Preflight: rules over the finished bytes of a PDF, ours or anyone's.

All rules run on every rendering. They need no font or PDF library but pikepdf, and take a few milliseconds.
"""

from typing import Final

from handouts.check.preflight import fonts, paper, shape, still, tags
from handouts.check.preflight.document import Document, Unreadable
from handouts.check.preflight.subject import Expected, Inspected
from handouts.check.rules import Breach, Rule, apply
from handouts.findings import Finding, Severity

__all__ = ["OPENS", "RULES", "Expected", "preflight"]

OPENS: Final[Rule[Unreadable]] = Rule(
    "pdf.opens",
    Severity.ERROR,
    "A file that does not open helps nobody.",
    lambda why: [Breach(f"The PDF cannot be opened: {why}.", hint="Make it again.")],
)
"""The rule of files that no other rule can look at."""

RULES: Final[tuple[Rule[Inspected], ...]] = (*fonts.RULES, *tags.RULES, *shape.RULES, *paper.RULES, *still.RULES)
"""All other rules, the ones that a patient feels first coming first."""


def preflight(pdf: bytes, expected: Expected | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a PDF, nothing if it is what it must be.

    Raises nothing for bytes of any kind: what cannot be opened is a finding.
    """
    try:
        document = Document(pdf)
    except Unreadable as why:
        return apply((OPENS,), why)
    return apply(RULES, Inspected(document, expected or Expected()))
