"""What readability formulas count: sentences, words, and which of them are long or hard.

Text is prepared as the NHS service manual asks: headings and bullets end in a full stop (here: every passage is at
least one sentence). Names that the reader must learn anyway count as one short word, and so does a number.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

HARD: Final = 3
"""Syllables from which on a word counts as hard (McLaughlin's polysyllables)."""

LONG: Final = 20
"""Words over which a sentence counts as long (NHS service manual; plain language guides name 15 to 20)."""

WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")

_SENTENCE: Final = re.compile(r"[.!?:…]+(?=\s|$|[”’\"')»“])")
_NAME: Final = "it"

Syllables = Callable[[str], int]


class Sentence(NamedTuple):
    """One sentence: its words, and how it reads."""

    words: tuple[str, ...]
    text: str


class Tally(NamedTuple):
    """The counts of a text. ``syllables`` and what follows from them are 0 where nobody can count them.

    ``hard`` are words of three syllables or more, ``very_hard`` of four, ``single`` of one; ``letters`` are those of
    all words, ``long`` are words of more than six letters. ``hardest`` are the hard words with their numbers, the most
    frequent first, ``longest`` the sentences, the longest first.
    """

    sentences: int
    words: int
    letters: int
    long: int
    syllables: int
    hard: int
    very_hard: int
    single: int
    hardest: tuple[tuple[str, int], ...]
    longest: tuple[Sentence, ...]


def sentences(passages: Iterable[str], names: Iterable[str] = ()) -> tuple[Sentence, ...]:
    """Return the sentences of passages (headings, paragraphs, list items), names aside.

    A passage that is nothing but a name is a label, and no sentence.
    """
    known = sorted({name.strip() for name in names} - {""}, key=len, reverse=True)
    named = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b", re.IGNORECASE) if known else None
    found = []
    for passage in passages:
        plain = named.sub(_NAME, passage) if named else passage
        if plain.strip(" .") == _NAME and plain != passage:
            continue
        for sentence in _SENTENCE.split(plain):
            if words := WORD.findall(sentence):
                found.append(Sentence(tuple(words), sentence.strip()))
    return tuple(found)


def tally(found: tuple[Sentence, ...], syllables: Syllables | None) -> Tally:
    """Return the counts of sentences; ``syllables`` counts those of a word, None where nobody can."""
    every = [word for sentence in found for word in sentence.words]
    spoken = [1 if word[0].isdigit() or word == _NAME else syllables(word) for word in every] if syllables else []
    hard = Counter(_small(word) for word, count in zip(every, spoken, strict=False) if count >= HARD)
    return Tally(
        sentences=len(found),
        words=len(every),
        letters=sum(char.isalnum() for word in every for char in word),
        long=sum(sum(char.isalpha() for char in word) > 6 for word in every),
        syllables=sum(spoken),
        hard=hard.total(),
        very_hard=sum(count > HARD for count in spoken),
        single=sum(count == 1 for count in spoken),
        hardest=tuple(hard.most_common()),
        longest=tuple(sorted(found, key=lambda one: len(one.words), reverse=True)),
    )


def _small(word: str) -> str:
    """Return a word in small letters; Turkish İ loses the dot that Python leaves beside it."""
    return word.replace("İ", "i").lower()
