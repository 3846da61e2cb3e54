"""How easy English text is to read, by the two formulas that health publishers use.

Flesch-Kincaid grade: J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom, Research Branch Report 8-75 (1975).
SMOG grade: G. H. McLaughlin, Journal of Reading 12 (1969), 639-646. Text is prepared as the NHS service manual asks:
headings and bullets end in a full stop (here: every passage is at least one sentence). Names that the reader must
learn anyway (medicines, the medical name of a cause) count as one short word. Other languages are not scored.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple

from handouts.check.syllables import syllables

MAX_GRADE: Final = 6.0
"""Flesch-Kincaid grade; ages 11 to 12."""

HARD: Final = 3
"""Syllables from which on a word counts as hard (McLaughlin's polysyllables)."""

_SENTENCE: Final = re.compile(r"[.!?:]+(?=\s|$|[”’\"')])")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_NAME = "it"


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
    known = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
    named = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b", re.IGNORECASE) if known else None
    sentences: list[tuple[list[str], str]] = []
    for passage in passages:
        plain = named.sub(_NAME, passage) if named else passage
        if plain.strip(" .") == _NAME and plain != passage:
            continue  # nothing but a name: a label, not a sentence
        for sentence in _SENTENCE.split(plain):
            if words := _WORD.findall(sentence):
                sentences.append((words, sentence.strip()))
    if not sentences:
        return Readability(0, 0, 0, 0, (), ())
    every = [word for words, _ in sentences for word in words]
    counts = [syllables(word) for word in every]
    hard = Counter(word.lower() for word, count in zip(every, counts, strict=True) if count >= HARD)
    grade = 0.39 * len(every) / len(sentences) + 11.8 * sum(counts) / len(every) - 15.59
    smog = 1.0430 * sqrt(hard.total() * 30 / len(sentences)) + 3.1291
    longest = sorted(sentences, key=lambda one: len(one[0]), reverse=True)[:3]
    return Readability(
        grade,
        smog,
        len(sentences),
        len(every),
        tuple(word for word, _ in hard.most_common(8)),
        tuple(sentence for _, sentence in longest),
    )


def medical_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a cause's name that are medical terms: those, brackets apart, with a hard word in them."""
    parts = [part.strip() for part in re.split(r"[()]", name)]
    return tuple(part for part in parts if any(syllables(word) >= HARD for word in _WORD.findall(part)))
