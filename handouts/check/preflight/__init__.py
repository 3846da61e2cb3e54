"""Preflight: rules over the finished bytes of a PDF, ours or anyone's.

All rules run on every rendering. They need no font or PDF library but pikepdf, and take a few milliseconds.
"""

from collections.abc import Iterator
from typing import Final

from handouts.check.preflight import claims, drawn, faces, fonts, grids, paper, shape, still, syntax, tags
from handouts.check.preflight.document import Document, UnreadableError
from handouts.check.preflight.subject import Expected, Inspected
from handouts.check.rules import Breach, Rule, apply
from handouts.findings import Finding, Severity

__all__ = ["OPENS", "RULES", "WELL_FORMED", "Expected", "preflight"]

OPENS: Final[Rule[UnreadableError]] = Rule(
    "pdf.opens",
    Severity.ERROR,
    "A file that does not open helps nobody.",
    lambda why: [Breach(f"The PDF cannot be opened: {why}.", hint="Make it again.")],
)
"""The rule of files that no other rule can look at."""

WELL_FORMED: Final[Rule[str]] = Rule(
    "pdf.well-formed",
    Severity.ERROR,
    "Where a file is malformed, what readers make of it differs.",
    lambda blind: [Breach(f"Something in the PDF is not of the kind that it must be. Not looked at: {blind}.")],
)
"""The rule of files that another rule cannot look at to its end; such a file never passes."""

_MALFORMED: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What rules trip over when a value in the file is of another kind than ISO 32000 says."""

RULES: Final[tuple[Rule[Inspected], ...]] = (
    *fonts.RULES,
    *faces.RULES,
    *tags.RULES,
    *shape.RULES,
    *grids.RULES,
    *paper.RULES,
    *claims.RULES,
    *drawn.RULES,
    *still.RULES,
    *syntax.RULES,
)
"""All other rules, the ones that a patient feels first coming first."""


def preflight(pdf: bytes, expected: Expected | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a PDF, nothing if it is what it must be.

    Raises nothing for bytes of any kind: what cannot be opened is a finding.
    """
    try:
        with Document(pdf) as document:
            return tuple(_inspect(Inspected(document, expected or Expected())))
    except UnreadableError as why:
        return apply((OPENS,), why)


def _inspect(subject: Inspected) -> Iterator[Finding]:
    blind = []
    for rule in RULES:
        try:
            yield from apply((rule,), subject)
        except _MALFORMED:
            blind.append(rule.id)
    if blind:
        yield from apply((WELL_FORMED,), ", ".join(blind))
