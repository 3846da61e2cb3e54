"""The life of a catalogue: no translation is lost, nothing stale passes, and no file is written for nothing."""

import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.catalogues import extract, locales_in, review, scaffold, status, update
from handouts.check.catalogue import findings
from handouts.compose.merge import finished, merge
from handouts.compose.po import Entry, PoFile, dump
from handouts.compose.po_reader import parse
from handouts.errors import ContentError, NotFound
from handouts.library import Library
from handouts.model.walk import texts
from handouts.store import save
from tests.conftest import built_in

TOPIC = "back-fat-granules"
BUILT_IN = Path(__file__).parent.parent
ENGLISH = "Wear loose, breathable cotton clothes."


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A library with the built-in words and topic, in Spanish as our own library says it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that each test gets a copy of."""
    tmp_path = tmp_path_factory.mktemp("made")
    for part in ("templates/words.toml", f"templates/topics/{TOPIC}/topic.toml"):
        (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BUILT_IN / part, tmp_path / part)
    for path, data in scaffold(Library((tmp_path,)), tmp_path, "es").items():
        po = parse(data, path.name)
        done = tuple(msgspec.structs.replace(entry, text=spanish(path.stem, entry.source)) for entry in po.entries)
        save(path, dump(PoFile(po.header, done)))
    update(Library((tmp_path,)), tmp_path, ["es"])
    return tmp_path


def spanish(domain: str, text: str) -> str:
    messages = built_in().catalogue("es", TOPIC).messages
    return next(message.text for key, message in messages.items() if key.domain == domain and key.source == text)


def po_path(root: Path) -> Path:
    return root / "locales" / "es" / "LC_MESSAGES" / f"{TOPIC}.po"


def entry(root: Path, key: str = "daily.cotton-clothes") -> Entry:
    return next(one for one in parse(po_path(root).read_bytes(), "x.po").entries if one.context == key)


def reword(root: Path, old: str, new: str) -> None:
    """Change the English."""
    path = root / "templates" / "topics" / TOPIC / "topic.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit(root: Path, **changes: object) -> None:
    """Change one message as an editor of PO files does."""
    po = parse(po_path(root).read_bytes(), "x.po")
    edited = msgspec.structs.replace(entry(root), **changes)
    kept = tuple(edited if one.context == edited.context else one for one in po.entries)
    save(po_path(root), dump(PoFile(po.header, kept)))


def seen(root: Path) -> list[tuple[str, str]]:
    library = Library((root,))
    english = [*texts(library.words()), *texts(library.topic(TOPIC))]
    return [(one.rule, one.where.key) for one in findings(library.catalogue("es", TOPIC), english)]


def updated(root: Path, *accept: str) -> None:
    update(Library((root,)), root, ["es"], accept)


STALE = [("catalogue.stale", "daily.cotton-clothes")]


def test_a_template_has_every_text_in_order_with_notes_and_no_date(root: Path) -> None:
    library = Library((root,))
    assert [change.written for change in extract(library, root)] == [True, True]
    data = (root / "locales" / f"{TOPIC}.pot").read_bytes()
    po = parse(data, "x.pot")
    assert [one.context for one in po.entries] == [text.key for text in texts(library.topic(TOPIC))]
    safety = next(one for one in po.entries if one.context == "safety.never-squeeze")
    assert any("do not soften" in note for note in safety.notes)
    assert safety.references == (f"templates/topics/{TOPIC}/topic.toml",)
    assert po.fields["Project-Id-Version"] == f"{TOPIC} {library.topic(TOPIC).version}"
    assert b"Date" not in data
    assert [change.written for change in extract(library, root)] == [False, False]


def test_a_locale_is_begun_with_its_own_header(root: Path) -> None:
    files = scaffold(Library((root,)), root, "zh-Hans")
    path = root / "locales" / "zh_Hans" / "LC_MESSAGES" / "handouts.po"
    fields = parse(files[path], "x.po").fields
    assert (fields["Language"], fields["X-Review-Status"]) == ("zh_Hans", "machine-draft")
    assert fields["Plural-Forms"].startswith("nplurals=1;")
    assert not path.exists()


def test_an_update_without_a_change_changes_no_byte(root: Path) -> None:
    assert seen(root) == []
    before = po_path(root).read_bytes()
    updated(root)
    assert po_path(root).read_bytes() == before


def test_changed_english_makes_exactly_its_message_stale_and_back_again(root: Path) -> None:
    before = po_path(root).read_bytes()
    reword(root, ENGLISH, "Wear loose clothes.")
    assert seen(root) == STALE
    updated(root)
    assert seen(root) == STALE
    changed = entry(root)
    assert (changed.fuzzy, changed.previous, changed.text) == (True, ENGLISH, spanish(TOPIC, ENGLISH))
    reword(root, "Wear loose clothes.", ENGLISH)
    updated(root)
    assert seen(root) == []
    assert po_path(root).read_bytes() == before


def test_taking_the_fuzzy_mark_off_is_not_translating(root: Path) -> None:
    reword(root, ENGLISH, "Wear loose clothes.")
    updated(root)
    edit(root, flags=(), previous="")
    assert seen(root) == STALE
    updated(root)
    assert seen(root) == STALE
    edit(root, text="LLEVE ROPA SUELTA.")
    assert seen(root) == []
    updated(root)
    assert seen(root) == []
    edit(root, text=spanish(TOPIC, ENGLISH))  # new words were stamped: going back to the old ones is a new act too
    assert seen(root) == []


def test_words_that_stay_right_are_accepted_by_key(root: Path) -> None:
    reword(root, ENGLISH, "Wear loose, breathable, cotton clothes.")
    updated(root)
    updated(root, "daily.cotton-clothes")
    assert seen(root) == []
    assert (entry(root).fuzzy, entry(root).previous) == (False, "")
    with pytest.raises(NotFound, match=r"daily\.coton"):
        updated(root, "daily.coton-clothes")


def test_a_doubt_older_than_the_change_does_not_go_with_it(root: Path) -> None:
    edit(root, flags=("fuzzy",))
    reword(root, ENGLISH, "Wear loose clothes.")
    updated(root)
    reword(root, "Wear loose clothes.", ENGLISH)
    updated(root)
    assert seen(root) == [("catalogue.fuzzy", "daily.cotton-clothes")]


def test_removed_english_leaves_its_translation_obsolete_and_finds_it_again(root: Path) -> None:
    before = po_path(root).read_bytes()
    edit(root, comments=(*entry(root).comments, " Ask the nurse."))
    with_remark = po_path(root).read_bytes()
    reword(root, 'id = "cotton-clothes"', 'id = "soft-clothes"')
    reword(root, "daily.cotton-clothes", "daily.soft-clothes")
    assert seen(root) == [("catalogue.missing", "daily.soft-clothes"), ("catalogue.orphaned", "daily.cotton-clothes")]
    updated(root)
    gone = entry(root)
    assert (gone.obsolete, gone.text) == (True, spanish(TOPIC, ENGLISH))
    assert " Ask the nurse." in gone.comments
    reword(root, 'id = "soft-clothes"', 'id = "cotton-clothes"')
    reword(root, "daily.soft-clothes", "daily.cotton-clothes")
    updated(root)
    assert po_path(root).read_bytes() == with_remark != before


def test_a_broken_file_stops_an_update_before_anything_is_written(root: Path) -> None:
    other = root / "locales" / "es" / "LC_MESSAGES" / "handouts.po"
    before = po_path(root).read_bytes()
    reword(root, ENGLISH, "Wear loose clothes.")
    other.write_bytes(other.read_bytes()[:-9])
    with pytest.raises(ContentError) as caught:
        updated(root)
    assert caught.value.findings[0].where.line
    assert po_path(root).read_bytes() == before


def test_the_status_counts_every_text_once_and_shows_what_cannot_be_read(root: Path) -> None:
    edit(root, text="")
    rows = {row.domain: row for row in status(Library((root,)), ["es"])}
    row = rows[TOPIC]
    assert (row.missing, row.fuzzy, row.stale, row.translated) == (1, 0, 0, row.total - 1)
    assert (row.state, row.findings) == ("machine-draft", 1)
    assert rows["handouts"].translated == rows["handouts"].total
    po_path(root).write_bytes(b"nonsense")
    rows = {row.domain: row for row in status(Library((root,)), ["es", "en"])}
    assert [row.state for row in status(Library((root,)), ["es"])] == ["machine-draft", "unreadable"]
    assert rows["handouts"].state == "source"


def test_a_review_is_refused_with_findings_and_ends_with_the_next_change(root: Path) -> None:
    edit(root, text="")
    with pytest.raises(ContentError):
        review(Library((root,)), root, "es", "A. B., GP", "2026-01-02")
    assert b"reviewed" not in po_path(root).read_bytes().split(b"\n\n", 1)[1]
    edit(root, text="LLEVE ROPA SUELTA.")
    review(Library((root,)), root, "es", "A. B., GP", "2026-01-02")
    assert Library((root,)).catalogue("es", TOPIC).status == "reviewed"
    assert seen(root) == []
    reviewed = po_path(root).read_bytes()
    updated(root)
    once = po_path(root).read_bytes()
    updated(root)
    assert po_path(root).read_bytes() == once
    assert len(once) >= len(reviewed)
    edit(root, text="LLEVE ROPA.")
    assert Library((root,)).catalogue("es", TOPIC).status == "translated"
    assert seen(root) == [("catalogue.review", "daily.cotton-clothes")]


def test_lists_the_locales_of_a_library_by_tag(root: Path) -> None:
    for path, data in scaffold(Library((root,)), root, "zh-Hans").items():
        save(path, data)
    (root / "locales" / "not a tag" / "LC_MESSAGES").mkdir(parents=True)
    assert locales_in(root) == ("es", "zh-Hans")


KEYS = st.sampled_from("abc")
SOURCES = st.sampled_from(["One", "Two", "Three"])
OLD = st.lists(
    st.builds(
        Entry,
        context=KEYS,
        source=SOURCES,
        text=st.sampled_from(["", "Uno", "Dos"]),
        flags=st.sampled_from([(), ("fuzzy",)]),
        obsolete=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda one: (one.context, one.obsolete),
)
TEMPLATES = st.lists(st.builds(Entry, context=KEYS, source=SOURCES), max_size=3, unique_by=lambda one: one.context)


@settings(deadline=None)
@given(OLD, st.lists(TEMPLATES, min_size=1, max_size=4))
def test_whatever_the_english_does_no_translation_is_lost_and_a_merge_is_settled(
    old: list[Entry], templates: list[list[Entry]]
) -> None:
    po = PoFile(None, tuple(old))
    for template in templates:
        po = merge(po, template)
        assert merge(po, template) == po
        assert [one.context for one in po.entries if not one.obsolete] == [one.context for one in template]
    before = sorted((one.context or "", one.text) for one in old if one.text)
    assert sorted((one.context or "", one.text) for one in po.entries if one.text) == before


@settings(deadline=None)
@given(SOURCES, SOURCES, st.booleans())
def test_words_are_never_finished_for_english_they_were_not_made_for(first: str, then: str, unmarked: bool) -> None:
    po = merge(PoFile(None, (Entry(context="a", source=first, text="Uno"),)), [Entry(context="a", source=first)])
    po = merge(po, [Entry(context="a", source=then)])
    if unmarked:
        po = PoFile(None, tuple(msgspec.structs.replace(one, flags=(), previous="") for one in po.entries))
        po = merge(po, [Entry(context="a", source=then)])
    assert finished(po.entries[0]) == (first == then)
