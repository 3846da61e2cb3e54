"""Finding words and phrases in any language: texts made plain, and the forms of ``model.terms`` sought in them."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.model.terms import Forms

_DROPPED: Final = {*range(0x064B, 0x0653), 0x0640, 0x0670, 0x0307, 0x200C, 0x200D, 0x00AD}
"""Vowel signs and the stretching stroke of Arabic, the dot that a small Turkish İ keeps, joiners, soft hyphens."""

Medicines = tuple[tuple[str, Forms], ...]


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


class Part(NamedTuple):
    """A part of a form: letters with the blanks that must be around them.

    If letters may stand between, a pattern is sought, and ``letters`` are those before the first gap.
    """

    letters: str
    pattern: re.Pattern[str] | None

    def within(self, words: str) -> bool:
        """Return whether plain words hold it."""
        return self.pattern.search(words) is not None if self.pattern else self.letters in words

    def cut_from(self, words: str) -> str:
        """Return plain words without it."""
        return self.pattern.sub(" ", words) if self.pattern else words.replace(self.letters, " ")


class Name(NamedTuple):
    """One form of one medicine's name."""

    inn: str
    parts: tuple[Part, ...]


def says(words: str, forms: Forms) -> bool:
    """Return whether plain words hold one of the forms."""
    return any(all(part.within(words) for part in _parts(form)) for form in forms)


def without(words: str, forms: Forms) -> str:
    """Return plain words without those forms that are one phrase."""
    for part in (parts[0] for parts in map(_parts, forms) if len(parts) == 1):
        words = part.cut_from(words)
    return words


def named(words: str, medicines: Medicines) -> frozenset[str]:
    """Return the INNs that plain words name. A name within a longer name is not that medicine."""
    names, stems = _names(medicines)
    if not any(stem in words for stem in stems):
        return frozenset()
    found = set()
    rest = words
    for name in names:
        if len(name.parts) > 1:
            if all(part.within(words) for part in name.parts):
                found.add(name.inn)
        elif name.parts[0].within(rest):
            found.add(name.inn)
            rest = name.parts[0].cut_from(rest)
    return frozenset(found)


def without_names(words: str, medicines: Medicines) -> str:
    """Return plain words without the medicines' names that are one phrase."""
    for name in _names(medicines)[0]:
        if len(name.parts) == 1:
            words = name.parts[0].cut_from(words)
    return words


@lru_cache(maxsize=256)
def _names(medicines: Medicines) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """Return all forms, the longest first, and letters of which some must be there if any of them is."""
    forms = [(form, inn) for inn, forms in medicines for form in forms]
    forms.sort(key=lambda one: len(one[0]), reverse=True)
    names = tuple([Name(inn, _parts(form)) for form, inn in forms])
    return names, tuple(dict.fromkeys([name.parts[0].letters for name in names]))


@lru_cache(maxsize=8192)
def _parts(form: str) -> tuple[Part, ...]:
    return tuple([_part(part.strip()) for part in form.split("&")])


def _part(part: str) -> Part:
    inner = [plain(f"x{piece}x")[2:-2] for piece in part.strip("*").split("*")]  # x keeps the blanks beside an asterisk
    before, after = ("" if part.startswith("*") else " "), ("" if part.endswith("*") else " ")
    if len(inner) == 1:
        return Part(f"{before}{inner[0]}{after}", None)
    return Part(f"{before}{inner[0]}", re.compile(f"{before}{'[^ ]*'.join(map(re.escape, inner))}(?={after})"))
