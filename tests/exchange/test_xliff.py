"""XLIFF 1.2: what tools make of it, and that nothing is fetched or expanded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.exchange.rows import STATES, Base, Row
from handouts.exchange.xliff import read_xliff, write_xliff

BASE = Base("es", "9e90b1ac", "dd800fea", "e3b0c442", "machine-draft")
ROW = Row(
    domain="x",
    key="title",
    source="See <b>a doctor</b> & {page}.",
    text="Vea <b>a un médico</b> & {page}.",
    state="machine-draft",
    comment="One.\nTwo.",
    notes=("For patients.", "Short."),
    base=BASE,
)
WRITTEN = write_xliff((ROW,), "es").decode()


def read(text: str | bytes) -> Row:
    return read_xliff(text.encode() if isinstance(text, str) else text, "back.xlf")[0]


def refused(text: str | bytes) -> list[tuple[str, int]]:
    with pytest.raises(ContentError) as caught:
        read(text)
    return [(finding.rule.removeprefix("exchange."), finding.where.row) for finding in caught.value.findings]


def test_everything_comes_back_with_its_line() -> None:
    assert read(WRITTEN) == Row(**{name: getattr(ROW, name) for name in ROW.__struct_fields__} | {"place": 5})


@pytest.mark.parametrize("state", STATES)
def test_every_state_comes_back(state: str) -> None:
    row = Row(domain="x", key="title", source="Bumps", text="Bultos" if state else "", state=state, base=BASE)
    assert read(write_xliff((row,), "es")).state == state


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("needs-review-translation", "translated", "translated"),  # Poedit, confirmed
        ("needs-review-translation", "needs-l10n", "needs-work"),  # Poedit, marked
        ('approved="no"', 'approved="yes"', "machine-draft"),
        ('approved="no" ', "", "machine-draft"),
        ('approved="no"', 'approved="yes" translate="yes"', "machine-draft"),
        (' state="needs-review-translation"', "", ""),  # nothing is said
        ("needs-review-translation", "signed-off", "reviewed"),
        ("needs-review-translation", "new", "needs-work"),
    ],
)
def test_states_are_read_as_tools_write_them(old: str, new: str, state: str) -> None:
    assert old in WRITTEN
    assert read(WRITTEN.replace(old, new)).state == state


def test_a_review_in_weblate_is_its_approval() -> None:
    approved = WRITTEN.replace('approved="no"', 'approved="yes"').replace("needs-review-translation", "translated")
    assert read(approved).state == "reviewed"


def test_segments_of_a_tool_are_joined() -> None:
    text = "Vea &lt;b&gt;a un médico&lt;/b&gt; &amp; {page}."
    assert text in WRITTEN
    marked = WRITTEN.replace(text, '<mrk mtype="seg" mid="0">Vea.</mrk> <mrk mtype="seg" mid="1">Ya.</mrk>')
    assert read(marked).text == "Vea. Ya."


def test_a_tool_may_save_as_utf_16() -> None:
    assert read(WRITTEN.replace("encoding='utf-8'", "encoding='utf-16'").encode("utf-16")).text == ROW.text


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<source>", "<source><g id='1'>bold</g>", [("inline", 5)]),
        ("needs-review-translation", "perfect", [("state", 5)]),
        ('id="x/title"', 'id="title"', [("key", 5)]),
        ("document:1.2", "document:2.0", [("kind", 1)]),
        ("</body>", "", [("kind", 14)]),
        ("<source>", "<source>\x01", [("kind", 6)]),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(old: str, new: str, found: list[tuple[str, int]]) -> None:
    assert old in WRITTEN
    assert refused(WRITTEN.replace(old, new)) == found


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE xliff SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE xliff [<!ENTITY a SYSTEM "https://clinic.example/a">]>',
    ],
)
def test_a_doctype_is_refused(doctype: str) -> None:
    assert refused(WRITTEN.replace("<xliff", f"{doctype}<xliff", 1)) == [("doctype", 2)]


def test_deep_nesting_is_refused() -> None:
    assert refused("<a>" * 100_000) == [("kind", 1)]


def test_an_empty_file_is_refused() -> None:
    assert refused(write_xliff((), "es")) == [("empty", 1)]
    assert refused(b"") == [("kind", 1)]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=60)


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_any_text_comes_back_as_it_went(source: str, text: str, comment: str) -> None:
    row = Row(domain="x", key="title", source=source, text=text, state="translated", comment=comment, base=BASE)
    again = read(write_xliff((row,), "es"))
    assert (again.source, again.text, again.comment) == (source, text, comment)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    packed = bytearray(WRITTEN.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(packed) - 1))
        packed[at : at + data.draw(st.integers(1, 20))] = data.draw(st.binary(max_size=20))
    try:
        read(bytes(packed))
    except ContentError as error:
        assert all(finding.where.row for finding in error.findings)
