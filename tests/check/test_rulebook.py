from handouts.check.rulebook import every_rule
from handouts.check.rules import Breach, Rule, apply
from handouts.findings import Finding, Severity, Where


def test_a_rule_turns_its_breaches_into_findings() -> None:
    where = Where(key="a.b")
    rule: Rule[int] = Rule(
        "x.odd", Severity.WARNING, "Odd is odd.", lambda n: [Breach("Odd.", where, "Add 1.")] * (n % 2)
    )
    assert apply((rule,), 3) == (Finding("x.odd", Severity.WARNING, "Odd.", where, "Add 1."),)
    assert apply((rule,), 2) == ()


def test_every_rule_is_listed_once_and_says_why() -> None:
    rules = every_rule()
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(len(rule.rationale) > 20 and rule.rationale.endswith(".") for rule in rules)
    assert {"contrast", "catalogue.missing", "content.safety", "pdf.notdef", "pdf.opens"} <= {rule.id for rule in rules}
