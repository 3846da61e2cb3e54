"""Reading PO files: what they say, what state they are in, and that nothing broken passes or is dropped."""

import re
from io import BytesIO

import msgspec
import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.compose.catalogue import read
from handouts.compose.po import Entry, PoFile, dump
from handouts.compose.po_reader import MAX_MESSAGE, parse
from handouts.compose.stamp import fingerprint, with_review
from handouts.errors import ContentError
from handouts.model.catalogue import Catalogue, MessageId
from tests.conftest import FUZZ

HEADER = r"""msgid ""
msgstr ""
"Language: es\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Review-Status: machine-draft\n"
"""
BODY = """
# a translator's own remark
#. For patients.
#: templates/topics/x/topic.toml
msgctxt "title"
msgid "Bumps"
msgstr "Bultos"

#, fuzzy, python-brace-format
#| msgid "Page {page}"
msgctxt "page"
msgid "Page {page} of {pages}"
msgstr ""
"Página {page} "
"de {pages}"

#~ msgctxt "old"
#~ msgid "Gone"
#~ msgstr "Ido"
"""


def catalogue(text: str | bytes, locale: str = "es") -> Catalogue:
    data = text.encode() if isinstance(text, str) else text
    return read(locale, {"x": ("x.po", data)})


def refused(data: bytes) -> list[tuple[str, int]]:
    with pytest.raises(ContentError) as caught:
        catalogue(data)
    assert all(finding.where.file == "x.po" and finding.where.line for finding in caught.value.findings)
    return [(finding.rule, finding.where.line) for finding in caught.value.findings]


def rules(found: Catalogue) -> list[tuple[str, int]]:
    return [(finding.rule, finding.where.line) for finding in found.findings]


def test_gives_messages_by_domain_key_and_english() -> None:
    found = catalogue(HEADER + BODY)
    assert found.findings == ()
    assert (found.language, found.script, found.direction, found.status) == ("es", "Latn", "ltr", "machine-draft")
    assert found.messages[MessageId("x", "title", "Bumps")].text == "Bultos"
    page = found.messages[MessageId("x", "page", "Page {page} of {pages}")]
    assert (page.text, page.fuzzy, page.line) == ("Página {page} de {pages}", True, 17)
    assert len(found.messages) == 2  # the obsolete one is not used


def test_the_source_locale_needs_no_file_and_another_is_a_draft_without() -> None:
    assert read("en", {}).status == "source"
    assert read("ar", {}).status == "machine-draft"
    assert (read("ar", {}).direction, read("zh-Hans", {}).script) == ("rtl", "Hans")


def test_counts_as_the_least_of_its_files() -> None:
    better = HEADER.replace("machine-draft", "translated").encode()
    assert read("es", {"x": ("x.po", better), "y": ("y.po", HEADER.encode())}).status == "machine-draft"
    assert read("es", {"x": ("x.po", better)}).status == "translated"


def test_accepts_a_byte_order_mark_and_windows_lines() -> None:
    plain = catalogue(HEADER + BODY)
    assert catalogue(b"\xef\xbb\xbf" + (HEADER + BODY).replace("\n", "\r\n").encode()) == plain


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("X-Review-Status: machine-draft\\n", "", "catalogue.review-status", 1),
        ("machine-draft", "perfect", "catalogue.review-status", 1),
        ("Language: es", "Language: fr", "catalogue.language", 1),
        ("Language: es", "Language: <>", "catalogue.language", 1),
        ("nplurals=2; plural=(n != 1);", "nplurals=INTEGER; plural=EXPRESSION;", "catalogue.plural", 1),
        ("; charset=UTF-8", "", "catalogue.header", 1),
        ('msgctxt "title"\n', "", "catalogue.context", 11),
        ('"Bultos"', '"Bul\\ntos"', "catalogue.control", 11),
        (HEADER, "", "catalogue.header", 1),
    ],
)
def test_finds_what_is_readable_but_wrong(old: str, new: str, rule: str, line: int) -> None:
    assert old in HEADER + BODY
    assert (rule, line) in rules(catalogue((HEADER + BODY).replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b'msgstr "Bultos"', b"msgstr Bultos", [("po.syntax", 13)]),
        (b'msgstr "Bultos"', b'msgstr "Bul"tos"', [("po.syntax", 13)]),
        (b'msgstr "Bultos"', b'msgstr "Bultos', [("po.syntax", 13)]),
        (b'msgstr "Bultos"', b'msgstr "Bultos\\"', [("po.syntax", 13)]),
        (b'msgstr "Bultos"', b'msgstr "Bul\\qtos"', [("po.syntax", 13)]),
        (b'msgstr "Bultos"', b'msgstr "a"\nmsgstr "b"', [("po.syntax", 14)]),
        (b'msgstr "Bultos"', b"", [("po.cut-off", 11)]),
        (b'msgid "Bumps"', b"", [("po.syntax", 13)]),
        (b'msgid "Bumps"', b'msgid_plural "Bumps"', [("po.syntax", 12)]),
        (b'msgctxt "page"', b'msgctxt "title"', [("po.repeated", 17)]),
        (b'msgid "Bumps"', b"<<<<<<< ours\nmsgid", [("po.syntax", 12), ("po.syntax", 13)]),
        (b"Bultos", b"Bu\x00ltos", [("file.encoding", 13)]),
        (b"Bultos", b"Bu\xff\xfeltos", [("file.encoding", 13)]),
        (b"charset=UTF-8", b"charset=ISO-8859-1", [("po.charset", 1)]),
        (b"Bultos", b"x" * (MAX_MESSAGE + 1), [("po.size", 11)]),
        (b"Bultos", b"x" * 10_000_000, [("po.size", 11)]),
        (b'#| msgid "Page {page}"', b'#| "Page {page}"', [("po.syntax", 16)]),
        (b'#~ msgstr "Ido"', b'msgstr "Ido"', [("po.syntax", 25)]),
    ],
)
def test_refuses_what_cannot_be_understood_with_its_line(old: bytes, new: bytes, found: list[tuple[str, int]]) -> None:
    whole = (HEADER + BODY).encode()
    assert old in whole
    assert refused(whole.replace(old, new, 1)) == found


def test_says_that_utf_16_is_utf_16() -> None:
    with pytest.raises(ContentError) as caught:
        catalogue((HEADER + BODY).encode("utf-16"))
    assert "UTF-16" in caught.value.findings[0].message
    assert refused((HEADER + BODY).encode("utf-16-le")) == [("po.encoding", 1)]


def test_shows_the_problems_of_all_files_together() -> None:
    with pytest.raises(ContentError) as caught:
        read("es", {"x": ("x.po", b"nonsense"), "y": ("y.po", b"\n\nnonsense")})
    assert [str(finding.where) for finding in caught.value.findings] == ["x.po:1", "y.po:3"]


def test_a_translation_of_other_english_is_stale_until_its_words_change() -> None:
    stamp = f"# translated-from: {fingerprint('Lumps')} {fingerprint('Bultos')}\n"
    text = HEADER + BODY.replace("# a translator", stamp + "# a translator")
    key = MessageId("x", "title", "Bumps")
    assert catalogue(text).messages[key].stale
    assert not catalogue(text.replace('"Bultos"', '"Granos"')).messages[key].stale
    assert not catalogue(HEADER + BODY).messages[key].stale


def test_reviewed_holds_only_with_name_date_and_every_message_unchanged() -> None:
    entry = Entry(context="title", source="Bumps", text="Bultos")
    reviewed = Entry(
        context="title", source="Bumps", text="Bultos", comments=with_review(entry, "A. B., GP", "2026-01-02")
    )
    fields = {"Language": "es", "Content-Type": "text/plain; charset=UTF-8", "X-Review-Status": "reviewed"}
    named = fields | {"X-Reviewed-By": "A. B., GP", "X-Review-Date": "2026-01-02"}
    good = dump(PoFile(None, (reviewed,)).with_fields(named))
    assert (catalogue(good).status, catalogue(good).findings) == ("reviewed", ())
    assert catalogue(good).messages[MessageId("x", "title", "Bumps")].reviewed == "2026-01-02 A. B., GP"
    for lie in (
        dump(PoFile(None, (reviewed,)).with_fields(fields)),
        dump(PoFile(None, (entry,)).with_fields(named)),
        good.replace(b'"Bultos"', b'"Granos"'),
        good.replace(b"X-Review-Date: 2026-01-02", b"X-Review-Date: soon"),
    ):
        assert catalogue(lie).status == "translated"
        assert {rule for rule, _ in rules(catalogue(lie))} == {"catalogue.review"}


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf")), max_size=40
)
NAMES = st.from_regex(r"[a-z]{1,8}(\.[a-z0-9-]{1,8}){0,2}", fullmatch=True)
LINES = st.lists(TEXTS.map(str.strip).filter(bool), max_size=2).map(tuple)
PLAIN = LINES.map(lambda lines: tuple(f" {line}" for line in lines))
ENTRIES = st.builds(
    Entry,
    context=NAMES,
    source=TEXTS.filter(bool),
    text=st.one_of(TEXTS, TEXTS.map(lambda text: text + "\n" + text)),
    comments=PLAIN,
    notes=LINES,
    flags=st.sampled_from([(), ("fuzzy",), ("fuzzy", "python-brace-format")]),
    previous=TEXTS,
    obsolete=st.booleans(),
)
FILES = st.lists(ENTRIES, max_size=6, unique_by=lambda entry: entry.context).map(
    lambda entries: PoFile(None, tuple(entries)).with_fields({"Language": "es", "X-Review-Status": "translated"})
)


@settings(deadline=None)
@given(FILES)
def test_what_is_written_is_read_again_the_same(po: PoFile) -> None:
    data = dump(po)
    again = parse(data, "x.po")
    assert dump(again) == data
    assert [
        (e.context, e.source, e.text, e.comments, e.notes, e.flags, e.previous, e.obsolete) for e in again.entries
    ] == [(e.context, e.source, e.text, e.comments, e.notes, e.flags, e.previous, e.obsolete) for e in po.entries]
    assert again.fields == po.fields


@settings(deadline=None)
@given(FILES)
def test_babel_reads_the_same_messages(po: PoFile) -> None:
    known = PoFile(po.header, tuple(msgspec.structs.replace(e, previous="") for e in po.entries))  # it refuses “#~|”
    theirs = read_po(BytesIO(dump(known)), abort_invalid=True)
    ours = {(e.context, e.source): (e.text, e.fuzzy) for e in po.entries if not e.obsolete}
    assert {(m.context, m.id): (m.string, m.fuzzy) for m in theirs if m.id} == ours


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound file, cut, overwritten, doubled or mixed with noise at random places."""
    data = bytearray((HEADER + BODY).encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 30))
        piece = draw(
            st.one_of(
                st.binary(max_size=6),
                st.sampled_from(
                    [
                        b'"',
                        b"\\",
                        b"\n",
                        b"#",
                        b"#~ ",
                        b"#| ",
                        b"msgid ",
                        b"msgstr ",
                        b"msgctxt ",
                        b"\x00",
                        b"\xef\xbb\xbf",
                    ]
                ),
                st.just(bytes(data[at : at + size * 4])),
            )
        )
        data[at : at + size] = piece
    return bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@settings(max_examples=FUZZ, deadline=None)
@given(st.one_of(damaged(), st.binary(max_size=200)))
def test_a_damaged_file_is_read_or_refused_but_never_dropped_in_silence(data: bytes) -> None:
    try:
        found = catalogue(data)
    except ContentError as error:
        assert error.findings
        assert all(finding.where.file == "x.po" and finding.where.line for finding in error.findings)
        return
    po = parse(data, "x.po")
    began = [line for line in data.decode("utf-8-sig").split("\n") if re.match(r"\s*(#~\s*)?msgstr", line)]
    assert len(po.entries) + bool(po.header) == len(began)
    assert len(found.messages) == sum(not entry.obsolete for entry in po.entries)
    assert len(parse(dump(po), "x.po").entries) == len(po.entries)
    assert all(finding.where.line for finding in found.findings)
