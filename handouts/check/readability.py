"""How easy English text is to read, by the two formulas that health publishers use.

Flesch-Kincaid grade: J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom, Research Branch Report 8-75 (1975).
SMOG grade: G. H. McLaughlin, Journal of Reading 12 (1969), 639-646. ``tally`` says how text is prepared; names that
the reader must learn anyway (medicines, the medical name of a cause) count as one short word. ``formulas`` has the
other languages.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple

from handouts.check.syllables import syllables
from handouts.check.tally import HARD, WORD, Tally, sentences, tally

MAX_GRADE: Final = 6.0
"""Flesch-Kincaid grade; ages 11 to 12."""


class Readability(NamedTuple):
    """The grades of a text with what drives them: hard words, most frequent first, and the longest sentences."""

    grade: float
    smog: float
    sentences: int
    words: int
    hard: tuple[str, ...]
    longest: tuple[str, ...]


def readability(passages: Iterable[str], names: Iterable[str] = ()) -> Readability:
    """Return how easy English passages (headings, paragraphs, list items) are to read, ``names`` aside.

    No words at all are grade 0.
    """
    return _readability(tuple(passages), tuple(names))


@lru_cache(maxsize=64)  # a run makes the same words in many formats and brands
def _readability(passages: tuple[str, ...], names: tuple[str, ...]) -> Readability:
    found = tally(sentences(passages, names), syllables)
    if not found.words:
        return Readability(0, 0, 0, 0, (), ())
    return Readability(
        flesch_kincaid(found),
        smog(found),
        found.sentences,
        found.words,
        tuple(word for word, _ in found.hardest[:8]),
        tuple(sentence.text for sentence in found.longest[:3]),
    )


def flesch_kincaid(found: Tally) -> float:
    """Return the Flesch-Kincaid grade of a text that has words."""
    return 0.39 * found.words / found.sentences + 11.8 * found.syllables / found.words - 15.59


def smog(found: Tally) -> float:
    """Return the SMOG grade of a text that has words."""
    return 1.0430 * sqrt(found.hard * 30 / found.sentences) + 3.1291


def medical_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a cause's name that are medical terms: those, brackets apart, with a hard word in them."""
    parts = [part.strip() for part in re.split(r"[()]", name)]
    return tuple(part for part in parts if any(syllables(word) >= HARD for word in WORD.findall(part)))
