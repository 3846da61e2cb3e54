"""What a face's clusters become in a file: codes, each with its glyphs at their places and its text.

Every distinct cluster of a leaflet is one code. Where it stands on a line, and what steps are between codes, follows
from how it was shaped.
"""

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from handouts.errors import ContentError
from handouts.model.kept import keep
from handouts.model.page import Cluster, FontFile, GlyphRun
from handouts.pdf.sfnt import Part, advances, tables

_UNWANTED: Final = re.compile("[\0\ufeff\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")


class Code(NamedTuple):
    """What one two-byte code stands for: glyphs at their places (font units) and the text that it gives back.

    ``wider``: by how much the code is wider than its glyphs together.
    """

    glyphs: tuple[Part, ...]
    text: str
    wider: int = 0


CODES: Final[list[Code]] = []
"""The codes by their numbers, which are this process's own, so that look-ups compare small integers.

They never reach a file.
"""

Plan: TypeAlias = tuple[tuple[tuple[int, ...], str], ...]
_numbers: dict[Code, int] = {}
_plans: dict[tuple[int, bool], tuple[tuple[Cluster, ...], FontFile, Plan]] = {}
_MAX_PLANS: Final = 4_096
_GAP: Final = 0.05  # em; readers take steps from about 0.1 em for spaces


def plan(file: FontFile, run: GlyphRun) -> Plan:
    """Return a run as stretches of code numbers, each followed by a step back (thousandths of the size, as text).

    Shaped clusters are shared by all leaflets with the same words, so what is found for them is kept: by identity,
    which is sound because the clusters themselves are kept too.
    """
    key = (id(run.clusters), run.rtl)
    kept = _plans.get(key)
    if kept is None or kept[0] is not run.clusters or kept[1] is not file:
        kept = keep(_plans, key, (run.clusters, file, tuple(_stretches(file, run))), _MAX_PLANS)
    return kept[2]


def _stretches(file: FontFile, run: GlyphRun) -> Iterator[tuple[tuple[int, ...], str]]:
    scale, letters = 1000 / run.units, _letters(file, run.units, run.rtl)
    numbers: list[int] = []
    ahead = 0.0
    for cluster in run.clusters:
        number, lead, over = letters[cluster]
        ahead += lead
        step = round(ahead * scale)
        if step:
            yield tuple(numbers), str(-step)
            numbers = []
            ahead -= step / scale
        numbers.append(number)
        ahead += over
    yield tuple(numbers), ""


class _Letters(dict[Cluster, tuple[int, int, int]]):
    """A face's clusters as codes: the code's number, where it begins in the cluster, and what is left after it."""

    def __init__(self, file: FontFile, units: int, rtl: bool) -> None:
        self._file, self._units, self._rtl = file, units, rtl
        self._widths = advances_of(file)

    def __missing__(self, cluster: Cluster) -> tuple[int, int, int]:
        text, glyphs, advance = cluster
        widths = self._widths
        _check(self._file, text, glyphs, len(widths))
        # The code stands where its first glyph with a width does: a step before that reads as a space (Devanagari's
        # vowel sign i), and marks do not decide where a letter begins.
        lead = min((x for glyph, x, _ in glyphs if widths[glyph]), default=0)
        nominal = sum(widths[glyph] for glyph, _, _ in glyphs)
        # Room that the shaper leaves within a word belongs to the code: as a step it would read as a space.
        wider = advance - nominal if advance - nominal > _GAP * self._units else 0
        placed = tuple((glyph, x - lead, y) for glyph, x, y in glyphs)
        number = number_of(Code(placed, text[::-1] if self._rtl else text, wider))
        return keep(self, cluster, (number, lead, advance - nominal - wider - lead), _MAX_PLANS)


_letters = lru_cache(maxsize=64)(_Letters)
"""The clusters of a face that were met; most are met again and again."""


def number_of(code: Code) -> int:
    """Return a code's number, a new one if it was not met before."""
    if code not in _numbers:
        _numbers[code] = len(CODES)
        CODES.append(code)
    return _numbers[code]


def _check(file: FontFile, text: str, glyphs: tuple[Part, ...], count: int) -> None:
    points = " ".join(f"U+{ord(c):04X}" for c in text)
    if not text or not glyphs:
        raise ValueError(f"a cluster of {file.name} has no text or no glyph: {points or glyphs}")
    if any(glyph == 0 or glyph >= count for glyph, _, _ in glyphs):
        raise ContentError(
            f"The face {file.name} cannot show “{text}” ({points}).",
            "Use another character, or add a face that has it to the brand's faces.",
        )
    if _UNWANTED.search(text):
        raise ContentError(
            f"The text holds a character without a meaning of its own ({points}).",
            "Replace private-use and byte-order characters by the characters that are meant.",
        )


@lru_cache(maxsize=64)
def advances_of(file: FontFile) -> tuple[int, ...]:
    """Return the advance widths of a face's glyphs in font units. Raises ContentError if it cannot be embedded."""
    try:
        return advances(tables(file.data))
    except (ValueError, KeyError, IndexError, struct.error) as error:
        raise unusable(file, error) from error


def unusable(file: FontFile, error: Exception) -> ContentError:
    """Return the error that refuses a face."""
    hint = "Use a TrueType font file (.ttf with glyf outlines)."
    return ContentError(f"The face {file.name} cannot be embedded: {error}.", hint)
