"""Which way each stretch of a text reads: the Unicode Bidirectional Algorithm (UAX #9) on strings and lines.

Here are the rules for paragraphs (P) and lines (L) and the properties of characters; ``bidi_rules`` has those between.
Mirrored glyphs (L4) and marks in right-to-left runs (L3) are HarfBuzz's work.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby

from handouts.typeset.bidi_rules import EXPLICIT, INITIATORS, REMOVED, first_strong, matching, resolve
from handouts.typeset.ucd import BIDI_CLASSES, BRACKETS

_BLANK = INITIATORS | REMOVED | {"PDI", "WS"}
"""What L1 resets at the end of a line or before a separator, and what X9 removed among it (UAX #9, 5.2)."""


def paragraph_level(text: str, default: int = 0) -> int:
    """Return 1 if the first strong character outside isolates reads right to left, 0 if left to right (P2, P3).

    A text without any has the ``default``. Only the first paragraph counts.
    """
    classes = next(_paragraphs(text), [])
    strong = first_strong(classes, 0, len(classes), matching(classes))
    return default if strong is None else strong


def one_way(text: str) -> bool:
    """Return whether all of a left-to-right paragraph reads that way, stretches that are set apart included.

    Its levels are then even throughout, and no line of it is reordered (L2).
    """
    return not _directed(("LRI", "FSI", "PDI")).search(text)


def levels(text: str, base: int | None) -> list[int]:
    """Return the resolved embedding level of each code point, before L1; odd levels read right to left.

    ``base`` is the paragraph level, None to find each paragraph's own (P1 to P3; 0 if nothing says). What X9 removes
    has the level of the character before it, at the start that of the paragraph.
    """
    if not base and not _directed().search(text):
        return [0] * len(text)
    pairing = _brackets()
    found: list[int] = []
    for classes in _paragraphs(text):
        start = len(found)
        signs = {at: pairing[char] for at, char in enumerate(text[start : start + len(classes)]) if char in pairing}
        found += resolve(classes, signs, base)
    return found


def line_levels(text: str, levels: Sequence[int], start: int, end: int, base: int) -> list[int]:
    """Return the levels of the line ``[start, end)``: separators and trailing blanks get the paragraph's level (L1)."""
    line = list(levels[start:end])
    if not base and not any(line):
        return line
    trailing = True
    for at in range(len(line) - 1, -1, -1):
        kind = bidi_class(text[start + at])
        trailing = kind in ("B", "S") or (trailing and kind in _BLANK)
        if trailing:
            line[at] = base
    return line


def reorder(levels: Sequence[int]) -> list[int]:
    """Return the indexes of a line's characters, or runs, from left to right (L2)."""
    order = list(range(len(levels)))
    for least in range(max(levels, default=0), 0, -1):
        turned = [level >= least for level in levels]
        pieces = [(turn, list(piece)) for turn, piece in groupby(order, turned.__getitem__)]
        order = [index for turn, piece in pieces for index in (reversed(piece) if turn else piece)]
    return order


@lru_cache(maxsize=8192)
def bidi_class(char: str) -> str:
    """Return a character's Bidi_Class by its short name; unassigned code points have their default."""
    starts, names = _table()
    return names[bisect_right(starts, ord(char)) - 1]


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Give the classes of each paragraph, its separator included (P1)."""
    classes = [bidi_class(char) for char in text]
    start = 0
    for at, kind in enumerate(classes):
        if kind == "B":
            yield classes[start : at + 1]
            start = at + 1
    if start < len(classes):
        yield classes[start:]


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


@cache
def _table() -> tuple[list[int], list[str]]:
    """Return where each stretch of one class starts, and the class."""
    spans = sorted((*span, name) for name, text in BIDI_CLASSES.items() for span in _ranges(text))
    starts, names, free = [0], ["L"], 0
    for first, last, name in spans:
        if first > free:
            starts.append(free)
            names.append("L")
        starts.append(first)
        names.append(name)
        free = last + 1
    return [*starts, free], [*names, "L"]


@cache
def _directed(harmless: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return a pattern for the characters without which a left-to-right paragraph is all level 0.

    ``harmless`` are classes that do not count.
    """
    spans = [span for name in {"R", "AL", "AN", *EXPLICIT}.difference(harmless) for span in _ranges(BIDI_CLASSES[name])]
    return re.compile("[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in sorted(spans)) + "]")


@cache
def _brackets() -> dict[str, int]:
    """Return the pairing sign of each bracket: its pair's closing code point, negative for the closing one (BD14-16).

    Canonically equivalent pairs have one sign.
    """
    signs: dict[str, int] = {}
    for part in BRACKETS.split():
        pair, _, same = part.partition("=")
        opening, closing = next(_ranges(pair))
        sign = int(same, 16) if same else closing
        signs |= {chr(opening): sign, chr(closing): -sign}
    return signs
