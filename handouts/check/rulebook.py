"""Every rule there is, for lists and documentation: id, severity, rationale, clause."""

from handouts.check import authored, catalogue, content, contrast, lint, preflight
from handouts.check.rules import RuleFacts, described
from handouts.findings import Severity


def every_rule() -> tuple[RuleFacts, ...]:
    """Return all rules in the order in which a leaflet meets them; each id stands once."""
    return (
        *described(authored.REVIEW_RULES),
        *described(authored.LIBRARY_RULES.topics),
        *described(authored.LIBRARY_RULES.formats),
        RuleFacts(
            contrast.RULE,
            Severity.ERROR,
            "Faint print is lost on people with low vision, and on every copy from a tired printer.",
            "WCAG 2.2 1.4.3, 1.4.11; leaflet rule P5",
        ),
        *described(catalogue.RULES),
        *described(lint.RULES),
        *described(content.RULES),
        *described((preflight.OPENS,)),
        *described((preflight.WELL_FORMED,)),
        *described(preflight.RULES),
    )
