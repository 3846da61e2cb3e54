"""Stamps: comments that tie a translation to the very English it was made from, and a review to both.

``# translated-from: ENGLISH TRANSLATION`` and ``# reviewed: ENGLISH TRANSLATION DATE NAME``, the first two being
fingerprints. The English alone would not do: with both, a translation that has been changed since is told apart from
one that still is word for word that of other English, whatever became of the fuzzy mark on the way. They are
translator comments (``# ``) because these are what every tool gives back: ``msgmerge`` and Weblate replace ``#.`` and
``#:`` from the template, and ``msgcat`` deletes flags that it does not know (tried).
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from handouts.compose.po import Entry

_PAIR: Final = r"([0-9a-f]{8}) ([0-9a-f]{8})"
_TRANSLATED: Final = re.compile(rf"\s*translated-from: {_PAIR}")
_REVIEWED: Final = re.compile(rf"\s*reviewed: {_PAIR} (.+)")


class Stamp(NamedTuple):
    """What English (``source``) a translation (``text``) was made from, both as fingerprints."""

    source: str
    text: str


def fingerprint(text: str) -> str:
    """Return eight hexadecimal digits that tell a text from its other versions (not from a forger's)."""
    return sha256(text.encode()).hexdigest()[:8]


def pair(entry: Entry) -> Stamp:
    """Return the stamp that says: this text was made from this source."""
    return Stamp(fingerprint(entry.source), fingerprint(entry.text))


def stamp(entry: Entry) -> Stamp | None:
    """Return the stamp a message bears; None if it bears none that can be read."""
    for comment in entry.comments:
        if match := _TRANSLATED.fullmatch(comment):
            return Stamp(match[1], match[2])
    return None


def stale(entry: Entry) -> bool:
    """Return whether a message's text is, unchanged, the translation of other English than its msgid."""
    borne = stamp(entry)
    if borne is None or not entry.text:
        return False
    return borne.text == fingerprint(entry.text) and borne.source != fingerprint(entry.source)


def review(entry: Entry) -> str:
    """Return by whom and when a message was reviewed; empty if it was not, or was changed since, on either side."""
    for comment in entry.comments:
        match = _REVIEWED.fullmatch(comment)
        if match and Stamp(match[1], match[2]) == pair(entry):
            return match[3].strip()
    return ""


def is_stamp(comment: str) -> bool:
    """Return whether a comment is a stamp or would be read as one; the others are a person's remarks."""
    return bool(_TRANSLATED.fullmatch(comment) or _REVIEWED.fullmatch(comment))


def remarks(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the comments that a person made."""
    return tuple(comment for comment in comments if not is_stamp(comment))


def without_review(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the comments of a message whose review no longer holds."""
    return tuple(comment for comment in comments if not _REVIEWED.fullmatch(comment))


def stamped(comments: Iterable[str], new: Stamp | None) -> tuple[str, ...]:
    """Return the comments with the stamp set in place of the one they have, else last; None takes it off."""
    lines = list(comments)
    places = [at for at, comment in enumerate(lines) if _TRANSLATED.fullmatch(comment)]
    kept = [comment for at, comment in enumerate(lines) if at not in places]
    if new is not None:
        kept.insert(places[0] if places else len(kept), f" translated-from: {new.source} {new.text}")
    return tuple(kept)


def with_review(entry: Entry, reviewer: str, on: str) -> tuple[str, ...]:
    """Return the comments of a message that has been reviewed as it is now; an older review gives way."""
    now = pair(entry)
    return (*without_review(entry.comments), f" reviewed: {now.source} {now.text} {on} {reviewer}")
