"""How many syllables words have in languages whose spelling tells: each counts its vowels, by its own rules.

French (mute -e and -ent), Portuguese (whose rising diphthongs hang on the stress) and the other languages are left
out: their spelling alone does not tell, or no formula of record asks.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from handouts.check.syllables import syllables as english

_PARTS: Final = re.compile(r"[-’']")


def spanish(word: str) -> int:
    """Return the syllables of a Spanish word, at least 1 (RAE, Ortografía de la lengua española, 2010).

    Each strong vowel is one: a, e, o, and í or ú beside them. Weak vowels go with their neighbours.
    """
    plain = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "g", word.lower())
    plain = re.sub(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])", "", plain)
    count = 0
    for group in re.findall(r"[aeiouáéíóúü]+y?(?![a-zñáéíóúü])|[aeiouáéíóúü]+|y(?![aeiouáéíóúü])", plain):
        count += max(len(re.findall("[aeoáéó]|[íú](?=[aeoáéó])|(?<=[aeoáéó])[íú]", group)), 1)
    return max(count, 1)


_GERMAN: Final = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|au|äu|eu|[aeiouyäöü]")
_APART: Final = re.compile(r"(?<=[tl])i(?=ent)|i(?=enz|ell|en$)|(?<=hyg)i(?=en)")
_GERMAN_KNOWN: Final = {
    "bakterie": 4,
    "beurteilen": 4,
    "beurteilt": 3,
    "familie": 4,
    "folie": 3,
    "geimpft": 2,
    "knien": 1,
    "koffein": 3,
    "linie": 3,
    "museum": 3,
    "protein": 3,
    "proteine": 4,
    "schrien": 1,
    "serie": 3,
    "studie": 3,
}


def german(word: str) -> int:
    """Return the syllables of a German word, at least 1: its vowels, those that are spoken as one counted once.

    ``ie`` parts in foreign words (Patient, Bakterien, speziell, Hygiene). Words that the rules miss are in the table.
    """
    plain = word.lower()
    if plain in _GERMAN_KNOWN:
        return _GERMAN_KNOWN[plain]
    plain = re.sub(r"y(?=[aeou])", "j", plain.replace("qu", "q"))
    return max(len(_GERMAN.findall(_APART.sub("i-", plain))), 1)


def russian(word: str) -> int:
    """Return the syllables of a Russian word: its vowels. A word such as “в” has none."""
    return sum(char in "аеёиоуыэюя" for char in _bare(word))


def polish(word: str) -> int:
    """Return the syllables of a Polish word: its vowels. ``i`` before a vowel only softens; “w” and “z” have none."""
    plain = re.sub(r"(?<![nz])au(?!k)|eu", "a", word.lower())
    return len(re.findall(r"[aeouyąęó]|i(?![aeouąęó])", plain))


def turkish(word: str) -> int:
    """Return the syllables of a Turkish word, at least 1: its vowels."""
    return max(sum(char in "aeıioöuüâîû" for char in word.replace("I", "ı").replace("İ", "i").lower()), 1)


def _bare(word: str) -> str:
    """Return a word in small letters without stress marks; й and ё stay letters of their own."""
    return unicodedata.normalize("NFC", word.lower().replace("\u0301", ""))


def _by_parts(count: Callable[[str], int]) -> Callable[[str], int]:
    """Return a counter that adds up the parts of a hyphenated word."""
    return lambda word: sum(count(part) for part in _PARTS.split(word) if part)


COUNTERS: Final[Mapping[str, Callable[[str], int]]] = {
    "de": _by_parts(german),
    "en": english,
    "es": _by_parts(spanish),
    "pl": _by_parts(polish),
    "ru": _by_parts(russian),
    "tr": _by_parts(turkish),
}
"""What counts a word's syllables, by language."""
