"""Shaping with HarfBuzz: from a stretch of text in one face, direction, script and language to clusters."""

from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import uharfbuzz as hb

from handouts.model.page import Cluster, FontFile

# Kerning, ligatures and localised forms are HarfBuzz's defaults; discretionary ligatures stay off: they change the
# letters of medicine names (㏌ for "in" in a Korean face).
FEATURES = {"dlig": False}
CONTEXT = 5


class Face:
    """A face ready for shaping; equal and hashable by name and bytes."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open the font file's bytes."""
        self.name = name
        self.font = hb.Font(hb.Face(data))
        self.family = name.rpartition("-")[0] or name
        self.units: int = self.font.face.upem
        self._covered: dict[str, bool] = {}

    def covers(self, character: str) -> bool:
        """Return whether the face has a glyph of its own for the character."""
        known = self._covered.get(character)
        if known is None:
            known = self.font.get_nominal_glyph(ord(character)) not in (None, 0)
            self._covered[character] = known
        return known


class Shaped(NamedTuple):
    """A shaped stretch. ``clusters`` are in visual order; ``starts`` gives each one's first character's offset."""

    clusters: tuple[Cluster, ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=128)
def face(file: FontFile) -> Face:
    """Return the opened face of a font file (opened once per process)."""
    return Face(file.name, file.data)


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return the ISO 15924 script of a character by its Unicode property; empty for common and inherited ones."""
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character)])
    buffer.guess_segment_properties()
    script = buffer.script or ""
    return "" if script in ("Zyyy", "Zinh", "Zzzz") else script


@lru_cache(maxsize=1024)
def shape(face: Face, before: str, text: str, after: str, rtl: bool, script: str, language: str) -> Shaped:
    """Return the clusters of ``text``, shaped in the context of the characters around it.

    Each cluster is a grapheme cluster or a union of them (HarfBuzz's monotone graphemes level), so its text is exact.
    """
    buffer = hb.Buffer()
    whole = before + text + after
    buffer.add_codepoints([ord(c) for c in whole], len(before), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    if script:
        buffer.script = script
    buffer.language = language
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.font, buffer, FEATURES)
    return _gather(buffer, len(before), text)


# The same letters come again and again: one of each is enough.
_one = lru_cache(maxsize=32768)(Cluster)


def _gather(buffer: hb.Buffer, offset: int, text: str) -> Shaped:
    """Group glyphs by HarfBuzz cluster; cluster values are character offsets into the buffer's whole text."""
    glyphs = [
        (info.cluster - offset, info.codepoint, at.x_offset, at.y_offset, at.x_advance, at.y_advance)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    bounds = sorted({glyph[0] for glyph in glyphs})
    ends = dict(zip(bounds, [*bounds[1:], len(text)], strict=True))
    if len(bounds) == len(glyphs) and bounds[:1] == [0]:  # one glyph a cluster: most texts of most scripts
        alone = [_one(text[at : ends[at]], ((glyph, x, y),), wide) for at, glyph, x, y, wide, _ in glyphs]
        return Shaped(tuple(alone), tuple([glyph[0] for glyph in glyphs]))
    clusters: list[Cluster] = []
    starts: list[int] = []
    for value, members in groupby(glyphs, itemgetter(0)):
        # Ignorable characters at the very start have no glyph: their text belongs to the first cluster.
        start = 0 if value == bounds[0] else value
        parts: list[tuple[int, int, int]] = []
        x = y = 0
        for _, glyph, x_offset, y_offset, x_advance, y_advance in members:
            parts.append((glyph, x + x_offset, y + y_offset))
            x += x_advance
            y += y_advance
        clusters.append(_one(text[start : ends[value]], tuple(parts), x))
        starts.append(start)
    return Shaped(tuple(clusters), tuple(starts))
