"""What a reviewer changed, taken over into a PO file: only that, and never over newer work.

Pure. A row is refused, with a finding, and leaves its message alone if the English or the translation has changed
since the export, or if what came back can be no translation.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

import msgspec

from handouts.compose.po import Entry, PoFile
from handouts.compose.po_reader import MAX_MESSAGE
from handouts.compose.stamp import is_stamp, pair, remarks, review, stamped, with_review, without_review
from handouts.exchange.rows import Row, comment_of, mark, plain, state_of, trouble
from handouts.findings import Finding, Severity, Where

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_OURS: Final = "needs-work", "reviewed"
"""The states that a message has by itself; the others are its file's."""


class Reviewer(NamedTuple):
    """Who answers for the rows that say reviewed: name and role, and the ISO date. No name: nobody does."""

    by: str = ""
    on: str = ""


_NOBODY: Final = Reviewer()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What changes in one message: the words before and after, the state before and after, and whether remarks do."""

    key: str
    row: int
    before: str
    after: str
    was: str
    state: str
    comment: bool


class Taken(msgspec.Struct, frozen=True):
    """A PO file with the changes taken over, what they are, and what was refused or is to be known."""

    po: PoFile
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def taken(
    po: PoFile, came: Collection[Row], file: str, reviewer: Reviewer = _NOBODY, refused: Collection[str] = ()
) -> Taken:
    """Return a PO file with what its rows that came back say. ``refused`` are keys whose rows are left out.

    A machine's draft becomes ``translated`` once every row is there and says at least that of the words as they are.
    """
    known = {row.key: row for row in came}
    entries: list[Entry] = []
    changes: list[Change] = []
    findings: list[Finding] = []
    for entry in po.entries:
        row = None if entry.obsolete else known.pop(entry.context or "", None)
        new = entry
        if row is not None and entry.context not in refused:
            new, seen = _merged(entry, row, po, file, reviewer)
            findings += seen
            if new is not entry:
                changes.append(_told(entry, new, row, po))
        elif row is None and not entry.obsolete:
            findings.append(_warning(file, "missing", "The file has no row for this message.", entry.context or ""))
        entries.append(new)
    hint = "It is not in the catalogue any more, or somebody changed the key."
    findings += [trouble(file, "unknown", "There is no such message.", row, hint) for row in known.values()]
    result = msgspec.structs.replace(po, entries=tuple(entries)) if changes else po
    if not refused and not findings and _all_translated(result, came):
        result = result.with_fields({"X-Review-Status": "translated"})
    findings += [*_unnamed(came, file, reviewer), *_all_reviewed(result, file, reviewer)]
    return Taken(result, tuple(changes), tuple(findings))


def _all_translated(po: PoFile, came: Collection[Row]) -> bool:
    """Return whether a draft's rows all say that a person stands behind the very words that are there."""
    placed = {row.key: row for row in came}
    live = [entry for entry in po.entries if not entry.obsolete]
    return po.fields.get("X-Review-Status") == "machine-draft" and all(
        (row := placed.get(entry.context or "")) is not None
        and row.state in ("translated", "reviewed")
        and plain(row.text) == plain(entry.text)
        and plain(row.source) == plain(entry.source)
        for entry in live
    )


def _all_reviewed(po: PoFile, file: str, reviewer: Reviewer) -> Iterator[Finding]:
    """Give a note once every message is reviewed while the file does not say so: that asks for a look at the whole."""
    live = [entry for entry in po.entries if not entry.obsolete]
    if reviewer.by and po.fields.get("X-Review-Status") != "reviewed" and live and all(map(review, live)):
        hint = "To let the leaflets say so, run: handouts catalogue review LOCALE --by NAME"
        yield Finding("exchange.all-reviewed", Severity.NOTE, "Every message is reviewed now.", Where(file=file), hint)


def _unnamed(came: Collection[Row], file: str, reviewer: Reviewer) -> Iterator[Finding]:
    """Give one warning for all rows that say reviewed now while nobody is named."""
    said = [row for row in came if row.base and row.state == "reviewed" != row.base.state]
    if said and not reviewer.by:
        what = f"Rows say reviewed ({len(said)} of them), but not by whom: they count as translated."
        yield _warning(file, "review-name", what, "", said[0].place, 'Import it again with --by "Name, role".')


def _merged(entry: Entry, row: Row, po: PoFile, file: str, reviewer: Reviewer) -> tuple[Entry, list[Finding]]:
    """Return a message with what its row says, the very same if that is nothing new or is refused."""
    base = row.base
    if base is None:
        if plain(row.text) == plain(entry.text):
            return entry, []
        hint = "Export the locale again, and write it into the row that is there."
        return entry, [trouble(file, "base", "The row does not say what it was exported from.", row, hint)]
    if not row.state:
        row = msgspec.structs.replace(row, state=base.state)  # an empty cell says nothing
    now = state_of(entry, po)
    edited = mark(row.text) != base.text and plain(row.text) != plain(entry.text)
    restated = row.state != base.state and not _reached(row.state, now)
    noted = mark(row.comment) != base.comment and plain(row.comment) != comment_of(entry)
    new = entry
    findings = []
    if edited or restated:
        findings = [*_against(entry, row, now, edited, file)]
        if not findings:
            new, findings = _restated(new, row, edited, file, reviewer)
    if noted:
        wrong = [*_comment_against(entry, row, file)]
        findings += wrong
        new = new if wrong else _commented(new, row)
    return entry if new == entry else new, findings


def _reached(wanted: str, now: str) -> bool:
    """Return whether a message is in the wanted state already, as far as a message can be by itself."""
    return wanted == now or (bool(wanted and now) and wanted not in _OURS and now not in _OURS)


def _against(entry: Entry, row: Row, now: str, edited: bool, file: str) -> Iterator[Finding]:
    """Give what speaks against taking over a row's words and state."""
    base = row.base
    again = "Export the locale again, and look at this message anew."
    if base is None:
        return
    if mark(row.source) != base.source:
        hint = "Write what is wrong with the English into the comments; the translation was not taken over."
        yield trouble(file, "english-edited", "The English was changed in the file.", row, hint)
    elif mark(entry.source) != base.source:
        yield trouble(file, "english-changed", "The English has changed since the export.", row, again)
    elif mark(entry.text) not in (base.text, mark(row.text)):
        yield trouble(file, "conflict", "The translation has changed in the catalogue since the export.", row, again)
    elif any((now == ours) != (base.state == ours) for ours in _OURS) and now != row.state:
        yield trouble(file, "conflict", f"The message has become “{_shown(now)}” since the export.", row, again)
    if edited:
        yield from _unfit(row, file)


def _unfit(row: Row, file: str) -> Iterator[Finding]:
    """Give why a row's words can be no translation, whatever the English says."""
    text = plain(row.text)
    if not text:
        hint = "Words are never lost by an import. Set the state to “needs work” instead."
        yield trouble(file, "emptied", "The translation was deleted.", row, hint)
    elif _CONTROL.search(text):
        hint = "A message is one line: no line breaks, tabs or control characters."
        yield trouble(file, "control", "The translation has a line break or a control character.", row, hint)
    elif len(text) > MAX_MESSAGE:
        yield trouble(file, "size", f"The translation has {len(text)} characters, more than {MAX_MESSAGE}.", row)


def _restated(entry: Entry, row: Row, edited: bool, file: str, reviewer: Reviewer) -> tuple[Entry, list[Finding]]:
    """Return the message with a row's words and state."""
    text = plain(row.text) if edited else entry.text
    new = msgspec.structs.replace(entry, text=text)
    left = row.base is not None and row.state == row.base.state
    if row.state == "needs-work" and text:
        flags = new.flags if new.fuzzy else ("fuzzy", *new.flags)
        return msgspec.structs.replace(new, flags=flags, comments=without_review(new.comments)), []
    if not text:
        return entry, []
    new = msgspec.structs.replace(
        new,
        flags=tuple(flag for flag in new.flags if flag != "fuzzy"),
        previous="",
        previous_context="",
    )
    new = msgspec.structs.replace(new, comments=stamped(without_review(new.comments), pair(new)))
    if row.state != "reviewed":
        return new, []
    if left:
        what = "The words were changed after the review, which no longer holds."
        return new, [_warning(file, "review-void", what, row.id, row.place, "Run: handouts catalogue review")]
    if not reviewer.by:
        return new, []
    return msgspec.structs.replace(new, comments=with_review(new, reviewer.by, reviewer.on)), []


def _comment_against(entry: Entry, row: Row, file: str) -> Iterator[Finding]:
    """Give what speaks against taking over a row's comments."""
    if row.base is not None and mark(comment_of(entry)) != row.base.comment:
        yield trouble(file, "conflict", "The comments have changed in the catalogue since the export.", row)
    for line in plain(row.comment).split("\n"):
        if is_stamp(line):
            yield trouble(file, "comment", "The comment is written like a stamp of “handouts catalogue”.", row)
        if _CONTROL.search(line.strip()):
            yield trouble(file, "comment", "The comment has a control character.", row, "Delete it.")


def _commented(entry: Entry, row: Row) -> Entry:
    """Return the message with a row's comments in place of its remarks; the stamps stay, after them."""
    lines = [line.strip() for line in plain(row.comment).split("\n")]
    own = {*remarks(entry.comments)}
    stamps = [comment for comment in entry.comments if comment not in own]
    return msgspec.structs.replace(entry, comments=(*(f" {line}" for line in lines if line), *stamps))


def _told(old: Entry, new: Entry, row: Row, po: PoFile) -> Change:
    return Change(
        key=row.key,
        row=row.place,
        before=old.text,
        after=new.text,
        was=state_of(old, po),
        state=state_of(new, po),
        comment=comment_of(old) != comment_of(new),
    )


def _warning(file: str, rule: str, message: str, key: str, place: int = 0, hint: str = "") -> Finding:
    return Finding(f"exchange.{rule}", Severity.WARNING, message, Where(file=file, key=key, row=place), hint)


def _shown(state: str) -> str:
    return state.replace("-", " ") or "not translated"
