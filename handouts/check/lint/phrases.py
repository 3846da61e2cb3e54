"""Finding words and phrases in any language: texts made plain, and the forms of ``model.terms`` sought in them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.model.terms import Forms

_DROPPED: Final = {*range(0x064B, 0x0653), 0x0640, 0x0670, 0x0307, 0x200C, 0x200D, 0x00AD}
"""Vowel signs and the stretching stroke of Arabic, the dot that a small Turkish İ keeps, joiners, soft hyphens."""


class _Letters(dict[int, int | None]):
    """Letters, marks and digits stay, all else is a blank."""

    def __missing__(self, code: int) -> int | None:
        kept = chr(code).isalnum() or unicodedata.category(chr(code))[0] == "M"
        found = None if code in _DROPPED else code if kept else 0x20
        self[code] = found
        return found


_LETTERS: Final = _Letters()


def plain(text: str) -> str:
    """Return a text's words in small letters, one blank before, between and after them."""
    return f" {' '.join(unicodedata.normalize('NFC', text).casefold().translate(_LETTERS).split())} "


def says(words: str, forms: Forms) -> bool:
    """Return whether plain words hold one of the forms."""
    return any(all(part.search(words) for part in _parts(form)) for form in forms)


class Name(NamedTuple):
    """One form of one medicine, ready to be sought."""

    inn: str
    form: str
    parts: tuple[re.Pattern[str], ...]


def named(words: str, medicines: tuple[tuple[str, Forms], ...]) -> frozenset[str]:
    """Return the INNs that plain words name. A name within a longer name is not that medicine."""
    found = set()
    rest = words
    for name in _names(medicines):
        if len(name.parts) > 1:
            if all(part.search(words) for part in name.parts):
                found.add(name.inn)
        elif name.parts[0].search(rest):
            found.add(name.inn)
            rest = name.parts[0].sub("", rest)
    return frozenset(found)


def without_names(words: str, medicines: tuple[tuple[str, Forms], ...]) -> str:
    """Return plain words without the medicines' names that are one phrase."""
    for name in _names(medicines):
        if len(name.parts) == 1:
            words = name.parts[0].sub("", words)
    return words


@lru_cache(maxsize=128)
def _names(medicines: tuple[tuple[str, Forms], ...]) -> tuple[Name, ...]:
    """Return all forms, the longest first."""
    names = [Name(inn, form, _parts(form)) for inn, forms in medicines for form in forms]
    return tuple(sorted(names, key=lambda name: len(name.form), reverse=True))


@lru_cache(maxsize=8192)
def _parts(form: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _patterns(form))


def _patterns(form: str) -> Iterator[str]:
    for part in form.split("&"):
        pieces = [plain(f"x{piece}x")[2:-2] for piece in part.strip().split("*")]  # x keeps blanks beside an asterisk
        yield f"(?<= ){'[^ ]*'.join(map(re.escape, pieces))}(?= )"
