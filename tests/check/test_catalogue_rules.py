"""Each rule on translations fires on its planted error, and on nothing else."""

import msgspec
import pytest

from handouts.check.catalogue import INCOMPLETE, RULES, findings
from handouts.findings import Where, errors
from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, Message, MessageId

TEXTS = (
    Text("Never squeeze the <b>bumps</b>.", "safety.squeeze", "skin"),
    Text("Page {page} of {pages}", "footer.page", "handouts"),
)
GOOD = {
    MessageId("skin", "safety.squeeze", TEXTS[0]): Message(text="No apriete los <b>bultos</b>.", line=7),
    MessageId("handouts", "footer.page", TEXTS[1]): Message(text="{pages} páginas: {page}", line=9),
}
FILES = {"skin": "es/skin.po", "handouts": "es/handouts.po"}


def catalogue(messages: dict[MessageId, Message], files: dict[str, str] = FILES) -> Catalogue:
    return Catalogue(
        locale="es",
        language="es",
        script="Latn",
        direction="ltr",
        status="translated",
        messages=messages,
        files=files,
    )


def test_a_whole_catalogue_has_no_findings_and_the_source_needs_none() -> None:
    assert findings(catalogue(GOOD), TEXTS) == ()
    source = Catalogue(locale="en", language="en", script="Latn", direction="ltr")
    assert findings(source, TEXTS) == ()


def replaced(number: int, message: Message | None, source: str = "") -> dict[MessageId, Message]:
    """The good messages with one changed, left out, or of other English."""
    changed = dict(GOOD)
    key = list(GOOD)[number]
    del changed[key]
    if message is not None:
        changed[key._replace(source=source or key.source)] = message
    return changed


@pytest.mark.parametrize(
    ("messages", "rule"),
    [
        (replaced(0, None), "catalogue.missing"),
        (replaced(0, Message(text=" ", line=7)), "catalogue.missing"),
        (replaced(0, Message(text="", fuzzy=True, line=7)), "catalogue.missing"),
        (replaced(0, Message(text="No apriete.", line=7), "Do not squeeze."), "catalogue.stale"),
        (replaced(0, msgspec.structs.replace(next(iter(GOOD.values())), stale=True, fuzzy=True)), "catalogue.stale"),
        (replaced(0, msgspec.structs.replace(next(iter(GOOD.values())), fuzzy=True)), "catalogue.fuzzy"),
        (replaced(0, Message(text="No apriete los bultos.", line=7)), "catalogue.markup"),
        (replaced(0, Message(text="No </b>apriete<b> los bultos.", line=7)), "catalogue.markup"),
        (replaced(1, Message(text="Página {page}", line=9)), "catalogue.placeholders"),
        (replaced(1, Message(text="Página {pagina} de {pages}", line=9)), "catalogue.placeholders"),
        (replaced(1, Message(text="Página {page} de {pages", line=9)), "catalogue.placeholders"),
        ({**GOOD, MessageId("skin", "gone", "Gone"): Message(text="Ido", line=30)}, "catalogue.orphaned"),
    ],
)
def test_each_rule_fires_on_its_planted_error_alone(messages: dict[MessageId, Message], rule: str) -> None:
    found = findings(catalogue(messages), TEXTS)
    assert [one.rule for one in found] == [rule]
    assert found[0].hint
    assert found[0].where.locale == "es"
    assert found[0].where.file in FILES.values()
    assert found[0].where.key in ("safety.squeeze", "footer.page", "gone")


def test_a_finding_names_domain_key_file_and_line() -> None:
    (found,) = findings(catalogue(replaced(1, Message(text="Página", line=9))), TEXTS)
    assert found.where == Where(file="es/handouts.po", line=9, key="footer.page", domain="handouts", locale="es")
    assert "lacks {pages} {page}" in found.message


def test_a_domain_without_a_file_is_one_finding() -> None:
    found = findings(catalogue({}, {}), [*TEXTS, *TEXTS])
    assert [(one.rule, one.where.domain) for one in found] == [
        ("catalogue.no-file", "skin"),
        ("catalogue.no-file", "handouts"),
    ]


def test_orphans_of_other_domains_are_not_its_business() -> None:
    other = {**GOOD, MessageId("elsewhere", "a", "A"): Message(text="B", line=1)}
    assert findings(catalogue(other), TEXTS) == ()


def test_what_a_draft_may_lack_are_rules_and_all_but_orphans_are_errors() -> None:
    ids = [rule.id for rule in RULES]
    assert set(INCOMPLETE) < set(ids)
    assert all(rule.rationale for rule in RULES)
    found = findings(catalogue({**GOOD, MessageId("skin", "gone", "G"): Message(text="I")}), TEXTS)
    assert errors(found) == ()
