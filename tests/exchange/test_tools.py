"""PO files in the hands of other tools: what Poedit and Weblate do to a file loses nothing that is ours.

polib stands in for both: like them it wraps lines, sorts the header's fields anew and rewrites the whole file.
"""

from pathlib import Path

import polib
import pytest

from handouts.catalogues import status, update
from handouts.compose.po_reader import parse
from handouts.library import Library
from tests.conftest import TOPIC, built_in
from tests.exchange.conftest import Clinic

LOCALES = [tag for tag in built_in().locales() if tag != "en"]
KEY = "summary.2"


def saved(path: Path, *, wrap: int = 78, **fields: str) -> polib.POFile:
    """A file as another tool saves it."""
    po = polib.pofile(str(path), wrapwidth=wrap)
    po.metadata |= fields
    po.save(str(path))
    return po


def body(data: bytes) -> bytes:
    """A file's messages, without its header."""
    return data[data.index(b"msgctxt") :]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_tool_that_rewrites_the_file_loses_nothing(locale: str, tmp_path: Path) -> None:
    clinic = Clinic(tmp_path, locale)
    before = {domain: (clinic.path(domain).read_bytes(), clinic.po(domain).fields) for domain in ("handouts", TOPIC)}
    counted = status(Library((tmp_path,)), [locale])
    for domain, (_, fields) in before.items():
        saved(clinic.path(domain))
        assert clinic.po(domain).fields == fields
    assert status(Library((tmp_path,)), [locale]) == counted
    update(Library((tmp_path,)), tmp_path, [locale])  # the notes that the tool wrapped come from the template again
    for domain, (data, _) in before.items():
        assert body(clinic.path(domain).read_bytes()) == body(data)


@pytest.mark.parametrize("wrap", [0, 40, 77, 80])
def test_however_lines_are_wrapped_the_words_are_the_same(clinic: Clinic, wrap: int) -> None:
    before = {entry.context: (entry.source, entry.text) for entry in clinic.po().entries}
    saved(clinic.path(), wrap=wrap)
    assert {entry.context: (entry.source, entry.text) for entry in clinic.po().entries} == before


def test_the_fields_that_tools_write_stay(clinic: Clinic) -> None:
    written = {
        "PO-Revision-Date": "2026-01-02 10:00+0000",
        "Last-Translator": "A. B. <a@clinic.example>",
        "X-Generator": "Poedit 3.6",
        "X-Poedit-Basepath": ".",
    }
    saved(clinic.path(), **written)
    update(Library((clinic.root,)), clinic.root, ["es"])
    assert clinic.po().fields.items() >= written.items()
    assert clinic.po().fields["X-Review-Status"] == "machine-draft"


def test_a_translator_finds_context_and_notes(clinic: Clinic) -> None:
    entry = next(entry for entry in polib.pofile(str(clinic.path())) if entry.msgctxt == KEY)
    assert "For patients: plain, everyday words." in entry.comment
    assert "Safety: do not soften" in entry.comment
    assert entry.occurrences[0][0] == f"templates/topics/{TOPIC}/topic.toml"
    page = next(entry for entry in polib.pofile(str(clinic.path("handouts"))) if "{page}" in entry.msgid)
    assert "python-brace-format" in page.flags


def test_an_edit_in_a_tool_is_an_edit_and_no_more(clinic: Clinic) -> None:
    po = saved(clinic.path())
    next(entry for entry in po if entry.msgctxt == KEY).msgstr = "No apriete nunca los bultos."
    po.save(str(clinic.path()))
    before = {entry.context: entry.text for entry in clinic.po().entries}
    update(Library((clinic.root,)), clinic.root, ["es"])
    after = {entry.context: entry.text for entry in clinic.po().entries}
    assert after == before
    assert after[KEY] == "No apriete nunca los bultos."
    (row,) = [row for row in status(Library((clinic.root,)), ["es"]) if row.domain == TOPIC]
    assert (row.translated, row.stale, row.fuzzy) == (row.total, 0, 0)


def test_needs_work_in_a_tool_is_fuzzy_here_and_the_other_way_round(clinic: Clinic) -> None:
    po = saved(clinic.path())
    next(entry for entry in po if entry.msgctxt == KEY).flags.append("fuzzy")
    po.save(str(clinic.path()))
    assert clinic.entry(KEY).fuzzy
    update(Library((clinic.root,)), clinic.root, ["es"])
    assert next(entry for entry in polib.pofile(str(clinic.path())) if entry.msgctxt == KEY).fuzzy


def test_words_that_are_used_no_more_survive_a_tool(clinic: Clinic) -> None:
    clinic.edit(KEY, obsolete=True, notes=(), references=())
    text = clinic.entry(KEY).text
    saved(clinic.path())
    update(Library((clinic.root,)), clinic.root, ["es"])
    assert (clinic.entry(KEY).text, clinic.entry(KEY).obsolete) == (text, False)


def test_the_english_that_was_is_kept_for_translators(clinic: Clinic) -> None:
    clinic.edit(KEY, source="Do not touch the bumps.", comments=())
    update(Library((clinic.root,)), clinic.root, ["es"])
    saved(clinic.path())
    entry = next(entry for entry in polib.pofile(str(clinic.path())) if entry.msgctxt == KEY)
    assert (entry.previous_msgid, entry.fuzzy) == ("Do not touch the bumps.", True)
    assert parse(clinic.path().read_bytes(), "x.po").entries
