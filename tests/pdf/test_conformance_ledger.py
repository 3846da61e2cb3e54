"""The ledger of conformance is whole, and what it names is there."""

import re
from pathlib import Path

import pytest

from handouts.check.rulebook import every_rule

ROOT = Path(__file__).parent.parent.parent
LEDGER = (ROOT / "handouts" / "pdf" / "CONFORMANCE.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LEDGER.splitlines() if line.startswith("| ")]
MATTERHORN = {row[0]: row for row in ROWS if re.fullmatch(r"\d\d-\d\d\d", row[0])}
ARCHIVE = {row[0]: row for row in ROWS if re.fullmatch(r"6(\.\d+)+", row[0])}
RULES = {rule.id: rule.clause for rule in every_rule()}

# How many conditions each of the 31 checkpoints of the Matterhorn Protocol 1.1 has.
# fmt: off
CONDITIONS = (7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 1, 1, 1, 2, 1, 18, 1, 2, 30)
# fmt: on


def named(pattern: str) -> set[str]:
    return set(re.findall(pattern, LEDGER))


def test_every_condition_is_there_once_and_in_order() -> None:
    wanted = [
        f"{checkpoint:02}-{condition:03}"
        for checkpoint, count in enumerate(CONDITIONS, 1)
        for condition in range(1, count + 1)
    ]
    assert len(wanted) == 137
    listed = [row[0] for row in ROWS if re.fullmatch(r"\d\d-\d\d\d", row[0])]
    assert listed == wanted
    assert [number for number, _ in re.findall(r"^### (\d\d) (.+)$", LEDGER, re.MULTILINE)] == [
        f"{checkpoint:02}" for checkpoint in range(1, 32)
    ]


def test_who_judges_is_said_of_each() -> None:
    judges = [row[2] for row in MATTERHORN.values()]
    assert {judge: judges.count(judge) for judge in judges} == {"machine": 87, "person": 48, "no test": 2}


@pytest.mark.parametrize("row", [*MATTERHORN.values(), *ARCHIVE.values()], ids=lambda row: row[0])
def test_each_is_kept_and_tested_or_cannot_occur(row: list[str]) -> None:
    how, test = row[-2], row[-1]
    if how.startswith("does not occur"):
        return
    assert re.search(r"`[a-z]+\.[a-z-]+`|`[a-z/]+\.py`|Author:|Pagination|^as |^levels|^faces", how), how
    assert test


def test_conditions_for_a_machine_have_a_rule_or_cannot_occur() -> None:
    without = [
        number
        for number, row in MATTERHORN.items()
        if row[2] == "machine" and "`pdf." not in row[3] and not row[3].startswith("does not occur")
    ]
    assert without == []


def test_the_rules_it_names_are_there() -> None:
    ids = named(r"`((?:pdf|content|catalogue|lint|topic|format)\.[a-z-]+)`") | {"contrast"}
    assert ids - RULES.keys() == set()
    assert {rule for rule in RULES if rule.startswith("pdf.")} - ids <= {
        "pdf.well-formed",  # what no rule can look at
        "pdf.page-count",  # house rules with no clause in either standard
        "pdf.phrases",
    }


def test_the_files_it_names_are_there() -> None:
    tests = named(r"`(tests/[a-z_/]+\.py)`")
    modules = named(r"`((?:pdf|typeset|compose)/[a-z_]+\.py)`")
    assert tests and modules
    assert [name for name in tests if not (ROOT / name).is_file()] == []
    assert [name for name in modules if not (ROOT / "handouts" / name).is_file()] == []


def test_what_rules_cite_is_in_it_beside_the_rule() -> None:
    for rule, clause in RULES.items():
        for number in re.findall(r"\d\d-\d\d\d", clause):
            assert f"`{rule}`" in MATTERHORN[number][3], (rule, number)
        archive = re.search(r"ISO 19005-2 ([^;]*)", clause)
        for number in re.findall(r"6(?:\.\d+)+", archive[1]) if archive else ():
            rows = [
                row
                for key, row in ARCHIVE.items()
                if f"{number}.".startswith(f"{key}.") or f"{key}.".startswith(f"{number}.")
            ]
            assert any(f"`{rule}`" in row[2] for row in rows), (rule, number)


def test_it_names_no_rule_where_the_rule_does_not_cite_the_condition() -> None:
    for number, row in MATTERHORN.items():
        for rule in re.findall(r"`(pdf\.[a-z-]+)`", row[3]):
            cited = number in RULES[rule] or number in BORROWED.get(rule, ())
            assert cited, (number, rule)


BORROWED = {
    "pdf.one-parent": ("01-005",),
    "pdf.link-targets": ("03-001",),
    "pdf.language": ("11-002",),
    "pdf.annotations": ("28-002",),
    "pdf.forms": ("23-001",),
    "pdf.glyph-map": ("31-001", "31-002", "31-003"),
    "pdf.font-program": ("31-009",),
}
"""Rules that help to keep a condition which is another rule's."""
