"""A PO file brought up to the English of today: no translation is lost, and none is believed for other English.

A message's key is its msgctxt and nothing else: no guessing by likeness. Pure, and settled: merging twice changes
nothing more.

- The English is as it was: everything of the translator's stays.
- The English changed: the words stay, marked fuzzy, with the old English as ``#|``. If the very English of the stamp
  comes back, the mark goes again.
- The English is gone: the message becomes obsolete (``#~``), and is revived if its key comes back.
- A finished translation (msgid of today, not fuzzy) is stamped. Words that are still those of other English are not,
  even if somebody took the fuzzy mark off: they need ``accept``.
"""

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from handouts.compose.po import Entry, PoFile
from handouts.compose.stamp import Stamp, fingerprint, pair, stale, stamp, stamped

_FROM_TEMPLATE: Final = ("python-brace-format",)
"""Flags that the template decides on; all others are the translator's."""


def merge(old: PoFile, template: Iterable[Entry], accept: Collection[str] = ()) -> PoFile:
    """Return the file with exactly the template's messages, in its order, and all others that have words obsolete.

    ``accept`` are keys (msgctxt) whose words, though made for other English, are said to be right for today's.
    """
    live = {entry.context: entry for entry in old.entries if not entry.obsolete}
    gone = {entry.context: entry for entry in old.entries if entry.obsolete}
    merged: list[Entry] = []
    used: list[Entry] = []
    for new in template:
        former = live.get(new.context) or gone.get(new.context)
        merged.append(_settled(_merged(former, new), accept) if former else new)
        used += [former] if former else []
    left = [entry for entry in old.entries if not any(entry is one for one in used)]
    kept = [entry for entry in left if entry.obsolete]
    kept += [_buried(entry) for entry in left if not entry.obsolete and (entry.text or entry.comments)]
    return PoFile(old.header, (*merged, *kept), old.tail)


def finished(entry: Entry) -> bool:
    """Return whether a message is finished: words for the English of today that nobody doubts."""
    return bool(entry.text.strip()) and not entry.fuzzy and not stale(entry)


def _merged(old: Entry, new: Entry) -> Entry:
    """Return the template's message with what the translator gave to it."""
    own = tuple(flag for flag in old.flags if flag not in _FROM_TEMPLATE)
    kept = msgspec.structs.replace(
        new,
        text=old.text,
        comments=old.comments,
        flags=_flags(own, new.flags),
        previous=old.previous,
        previous_context=old.previous_context,
    )
    if old.source == new.source:
        return kept
    if not old.text:
        return msgspec.structs.replace(kept, flags=new.flags, previous="", previous_context="")
    borne = stamp(old)
    if old.fuzzy and borne and borne.source == fingerprint(old.source):
        borne = None  # doubted before the English changed: what comes back must not be believed unasked
    elif not old.fuzzy and (borne is None or borne.text != fingerprint(old.text)):
        borne = pair(old)  # finished since the last merge
    back = borne == Stamp(fingerprint(new.source), fingerprint(old.text))
    before = (old.previous if old.fuzzy else "") or old.source
    own = tuple(flag for flag in own if flag != "fuzzy")
    return msgspec.structs.replace(
        kept,
        comments=stamped(old.comments, borne),
        flags=_flags(own if back else ("fuzzy", *own), new.flags),
        previous="" if back or before == new.source else before,
    )


def _settled(entry: Entry, accept: Collection[str]) -> Entry:
    """Return the message with the stamp that is its due."""
    if not entry.text.strip():
        return msgspec.structs.replace(entry, comments=stamped(entry.comments, None))
    if entry.context in accept:
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        entry = msgspec.structs.replace(entry, flags=flags, comments=stamped(entry.comments, None))
    if not finished(entry):
        return entry
    comments = stamped(entry.comments, pair(entry))
    return msgspec.structs.replace(entry, comments=comments, previous="", previous_context="")


def _flags(own: tuple[str, ...], template: tuple[str, ...]) -> tuple[str, ...]:
    """Return both without repeats, fuzzy first as gettext has it."""
    return tuple(sorted(dict.fromkeys((*own, *template)), key=lambda flag: flag != "fuzzy"))


def _buried(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, obsolete=True, notes=(), references=())
