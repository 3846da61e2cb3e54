"""What a reviewer changed comes back alone, and never over newer work."""

import msgspec
import pytest

from handouts.catalogues import review, status
from handouts.errors import ContentError, NotFound
from handouts.library import Library
from handouts.model.catalogue import MessageId
from tests.conftest import ROOT, TOPIC, built_in
from tests.exchange.conftest import FORMATS, Clinic, packed, unpacked, with_row

KEY = "summary.2"
ENGLISH = "Do not squeeze the bumps."
NEW = "No apriete nunca los bultos."
WHOLE = f"{TOPIC}/{KEY}"


def lines_changed(before: bytes, after: bytes) -> list[bytes]:
    old = before.split(b"\n")
    return [line for line in after.split(b"\n") if line not in old]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("locale", [tag for tag in built_in().locales() if tag != "en"])
def test_what_comes_back_as_it_went_changes_no_byte(locale: str, form: str, tmp_path) -> None:
    clinic = Clinic(tmp_path, locale)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    assert len(files) == 2
    rows = clinic.out()
    assert {row.domain for row in rows} == {"handouts", TOPIC}
    done = clinic.back(unpacked(packed(rows, locale, form), form), by="A. B., nurse")
    assert [(one.written, one.changes, one.findings) for one in done] == [(False, (), ())] * 2
    assert files == {path: path.read_bytes() for path in tmp_path.rglob("*.po")}
    assert all((ROOT / path.relative_to(tmp_path)).read_bytes() == data for path, data in files.items())


@pytest.mark.parametrize("form", FORMATS)
def test_an_edit_comes_back_alone(clinic: Clinic, form: str) -> None:
    before, other = clinic.path().read_bytes(), clinic.path("handouts").read_bytes()
    sent = unpacked(packed(clinic.out(), "es", form), form)
    done = clinic.back(with_row(sent, KEY, text=NEW))
    assert [(change.key, change.after) for one in done for change in one.changes] == [(KEY, NEW)]
    assert not [finding for one in done for finding in one.findings]
    changed = lines_changed(before, clinic.path().read_bytes())
    assert changed[1:] == [f'msgstr "{NEW}"'.encode()]
    assert changed[0].startswith(b"# translated-from: 0bb62108 ")
    assert clinic.path("handouts").read_bytes() == other
    again = clinic.back(with_row(sent, KEY, text=NEW))  # a second time there is nothing more to do
    assert [(one.written, one.changes, one.findings) for one in again] == [(False, (), ())] * 2


def test_a_dry_run_tells_all_and_writes_nothing(clinic: Clinic) -> None:
    before = clinic.path().read_bytes()
    done = clinic.back(with_row(clinic.out(), KEY, text=NEW), dry=True)
    assert [change.key for one in done for change in one.changes] == [KEY]
    assert not any(one.written for one in done)
    assert clinic.path().read_bytes() == before


def test_a_file_that_another_tool_wrapped_is_not_written_for_nothing(clinic: Clinic) -> None:
    path = clinic.path()
    path.write_bytes(path.read_bytes().replace(b'msgstr "No ', b'msgstr ""\n"No "\n"'))
    before = path.read_bytes()
    clinic.back(clinic.out())
    assert path.read_bytes() == before


# Newer work is never overwritten


def test_a_message_that_changed_here_since_is_a_conflict(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, text="No toque los bultos.")
    before = clinic.path().read_bytes()
    done = clinic.back(with_row(rows, KEY, text=NEW, place=7))
    assert rules(done) == [("exchange.conflict", WHOLE)]
    assert [finding.where.row for one in done for finding in one.findings] == [7]
    assert clinic.path().read_bytes() == before


def test_a_conflict_holds_up_no_other_row(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, text="No toque los bultos.")
    done = clinic.back(with_row(with_row(rows, KEY, text=NEW), "title", text="Bultos duros en la espalda"))
    assert rules(done) == [("exchange.conflict", WHOLE)]
    assert clinic.entry("title").text == "Bultos duros en la espalda"


def test_the_same_words_from_both_sides_are_no_conflict(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, text=NEW)
    assert rules(clinic.back(with_row(rows, KEY, text=NEW))) == []


def test_newer_work_on_rows_that_nobody_touched_stays(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, text="No toque los bultos.")
    assert rules(clinic.back(with_row(rows, "title", text="Bultos duros en la espalda"))) == []
    assert clinic.entry(KEY).text == "No toque los bultos."


def test_words_for_english_that_has_changed_since_are_refused(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, source="Do not squeeze or scratch the bumps.")
    assert rules(clinic.back(with_row(rows, KEY, text=NEW))) == [("exchange.english-changed", WHOLE)]


def test_english_that_was_edited_in_the_file_is_told_and_its_row_left(clinic: Clinic, rules) -> None:
    rows = with_row(clinic.out(), KEY, text=NEW, source="You may squeeze the bumps.")
    assert rules(clinic.back(rows)) == [("exchange.english-edited", WHOLE)]


def test_a_doubt_raised_here_since_is_newer_work(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, flags=("fuzzy",))
    assert rules(clinic.back(with_row(rows, KEY, text=NEW))) == [("exchange.conflict", WHOLE)]
    assert clinic.entry(KEY).fuzzy


def test_nothing_is_exported_that_is_not_of_the_english_of_today(clinic: Clinic) -> None:
    clinic.edit(KEY, source="Other English.")
    with pytest.raises(ContentError, match="not up to the English") as caught:
        clinic.out()
    assert "catalogue update --locale es" in caught.value.hint


# What cannot be a translation


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "exchange.emptied"),
        (" \n", "exchange.emptied"),
        ("No apriete\nlos bultos.", "exchange.control"),
        ("No\tapriete los bultos.", "exchange.control"),
        ("No apriete <b>los bultos.", "catalogue.markup"),
        ("No apriete los {page} bultos.", "catalogue.placeholders"),
        ("No apriete los bultos. " * 500, "exchange.size"),
    ],
)
def test_unfit_words_are_refused_with_their_row(clinic: Clinic, rules, text: str, rule: str) -> None:
    before = clinic.path().read_bytes()
    done = clinic.back(with_row(clinic.out(), KEY, text=text, place=9))
    assert rule in [found for found, _ in rules(done)]
    assert {finding.where.row for one in done for finding in one.findings} == {9}
    assert clinic.path().read_bytes() == before


def test_white_space_around_a_text_is_no_edit(clinic: Clinic, rules) -> None:
    before = clinic.path().read_bytes()
    text = clinic.entry(KEY).text
    assert rules(clinic.back(with_row(clinic.out(), KEY, text=f" {text}\r\n"))) == []
    assert clinic.path().read_bytes() == before


def test_unknown_and_missing_keys_are_told(clinic: Clinic, rules) -> None:
    rows = [row for row in clinic.out() if row.key != KEY]
    stray = msgspec.structs.replace(rows[-1], key="no.such")
    other = msgspec.structs.replace(rows[-1], domain="no-topic")
    found = rules(clinic.back((*rows, stray, other)))
    assert sorted(found) == [
        ("exchange.missing", KEY),
        ("exchange.unknown", f"{TOPIC}/no.such"),
        ("exchange.unknown", f"no-topic/{rows[-1].key}"),
    ]


def test_rows_that_cannot_be_told_apart_are_refused_altogether(clinic: Clinic) -> None:
    rows = clinic.out()
    bare = tuple(msgspec.structs.replace(row, base=None) for row in rows)
    other = msgspec.structs.replace(rows[0], base=rows[0].base._replace(locale="fr"))
    for came, rule in (
        ((*rows, rows[3]), "exchange.repeated"),
        (bare, "exchange.base"),
        ((*rows[1:], other), "exchange.locale"),
    ):
        with pytest.raises(ContentError) as caught:
            clinic.back(came)
        assert {finding.rule for finding in caught.value.findings} == {rule}


def test_a_locale_that_the_library_does_not_have_is_not_found(clinic: Clinic) -> None:
    rows = tuple(msgspec.structs.replace(row, base=row.base._replace(locale="eo")) for row in clinic.out())
    with pytest.raises(NotFound):
        clinic.back(rows)


# States


def message(clinic: Clinic) -> object:
    return Library((clinic.root,)).catalogue("es", TOPIC).messages[MessageId(TOPIC, KEY, ENGLISH)]


def test_needs_work_is_the_fuzzy_mark_and_goes_again(clinic: Clinic, rules) -> None:
    whole = clinic.path().read_bytes()
    assert rules(clinic.back(with_row(clinic.out(), KEY, state="needs-work"))) == []
    assert clinic.entry(KEY).fuzzy
    rows = clinic.out()
    assert next(row.state for row in rows if row.key == KEY) == "needs-work"
    clinic.back(with_row(rows, KEY, state="translated"))
    assert clinic.path().read_bytes() == whole


def test_stale_words_are_accepted_by_their_state(clinic: Clinic) -> None:
    clinic.edit(KEY, comments=(" translated-from: 00000000 " + clinic.entry(KEY).comments[0][-8:],))
    assert next(row.state for row in clinic.out() if row.key == KEY) == "needs-work"
    clinic.back(with_row(clinic.out(), KEY, state="translated"))
    assert not message(clinic).stale


def test_a_review_is_recorded_under_the_name(clinic: Clinic, rules) -> None:
    before = clinic.path().read_bytes()
    assert rules(clinic.back(with_row(clinic.out(), KEY, state="reviewed"), by="A. B., nurse")) == []
    assert message(clinic).reviewed == "2026-01-02 A. B., nurse"
    assert len(lines_changed(before, clinic.path().read_bytes())) == 1
    assert sum(row.reviewed for row in status(Library((clinic.root,)), ["es"])) == 1


def test_a_review_without_a_name_is_none(clinic: Clinic, rules) -> None:
    before = clinic.path().read_bytes()
    assert rules(clinic.back(with_row(clinic.out(), KEY, state="reviewed"))) == [("exchange.review-name", "")]
    assert clinic.path().read_bytes() == before


def test_words_changed_after_a_review_void_it(clinic: Clinic, rules) -> None:
    clinic.back(with_row(clinic.out(), KEY, state="reviewed"), by="A. B., nurse")
    rows = with_row(clinic.out(), KEY, text=NEW)
    assert rules(clinic.back(rows, by="A. B., nurse")) == [("exchange.review-void", WHOLE)]
    assert message(clinic).text == NEW
    assert message(clinic).reviewed == ""


def test_a_review_taken_back_is_gone(clinic: Clinic) -> None:
    clinic.back(with_row(clinic.out(), KEY, state="reviewed"), by="A. B., nurse")
    clinic.back(with_row(clinic.out(), KEY, state="needs-work"))
    assert message(clinic).reviewed == ""
    assert message(clinic).fuzzy


def test_a_draft_is_translated_once_every_row_says_so(clinic: Clinic) -> None:
    rows = clinic.out()
    all_but_one = tuple(msgspec.structs.replace(row, state="translated") for row in rows if row.key != KEY)
    clinic.back((*all_but_one, next(row for row in rows if row.key == KEY)))
    assert clinic.po().fields["X-Review-Status"] == "machine-draft"
    assert clinic.po("handouts").fields["X-Review-Status"] == "translated"
    clinic.back(tuple(msgspec.structs.replace(row, state="translated") for row in rows))
    assert clinic.po().fields["X-Review-Status"] == "translated"


def test_when_all_is_reviewed_the_way_to_say_so_is_named(clinic: Clinic, rules) -> None:
    rows = tuple(msgspec.structs.replace(row, state="reviewed") for row in clinic.out())
    done = clinic.back(rows, by="A. B., nurse")
    assert [rule for rule, _ in rules(done)] == ["exchange.all-reviewed"] * 2
    assert clinic.po().fields["X-Review-Status"] == "translated"
    library = Library((clinic.root,))
    review(library, clinic.root, "es", "A. B., nurse", "2026-01-02")
    assert library.catalogue("es", TOPIC).status == "reviewed"
    assert {row.state for row in clinic.out()} == {"reviewed"}
    assert rules(clinic.back(clinic.out(), by="A. B., nurse")) == []


def test_an_empty_state_says_nothing(clinic: Clinic, rules) -> None:
    before = clinic.path().read_bytes()
    assert rules(clinic.back(tuple(msgspec.structs.replace(row, state="") for row in clinic.out()))) == []
    assert clinic.path().read_bytes() == before


def test_a_message_that_was_missing_is_translated(clinic: Clinic, rules) -> None:
    clinic.edit(KEY, text="", comments=())
    assert rules(clinic.back(with_row(clinic.out(), KEY, text=NEW))) == []
    assert clinic.entry(KEY).text == NEW


# Comments


def test_comments_come_back_as_remarks_beside_the_stamp(clinic: Clinic, rules) -> None:
    stamp = clinic.entry(KEY).comments
    assert rules(clinic.back(with_row(clinic.out(), KEY, comment="Too hard?\nAsk Ana."))) == []
    assert clinic.entry(KEY).comments == (" Too hard?", " Ask Ana.", *stamp)
    row = next(row for row in clinic.out() if row.key == KEY)
    assert row.comment == "Too hard?\nAsk Ana."
    clinic.back(with_row(clinic.out(), KEY, comment=""))
    assert clinic.entry(KEY).comments == stamp


@pytest.mark.parametrize("comment", ["reviewed: 0bb62108 0ef69022 2026-01-02 Me", "translated-from: 0bb62108 0ef69022"])
def test_a_comment_cannot_forge_a_stamp(clinic: Clinic, rules, comment: str) -> None:
    assert rules(clinic.back(with_row(clinic.out(), KEY, comment=comment))) == [("exchange.comment", WHOLE)]


def test_newer_comments_stay(clinic: Clinic, rules) -> None:
    rows = clinic.out()
    clinic.edit(KEY, comments=(" Mine.", *clinic.entry(KEY).comments))
    assert rules(clinic.back(with_row(rows, KEY, comment="Theirs."))) == [("exchange.conflict", WHOLE)]
    assert clinic.entry(KEY).comments[0] == " Mine."
