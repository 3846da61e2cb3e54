"""Shaping with HarfBuzz: from a stretch of text in one face, direction, script and language to clusters."""

from functools import lru_cache
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
    """A shaped stretch. ``clusters`` are in visual order; ``starts`` gives each one's first character's offset.

    ``unsafe`` holds the offsets before which a line may not be cut without shaping the parts again.
    """

    clusters: tuple[Cluster, ...]
    starts: tuple[int, ...]
    unsafe: frozenset[int]


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


@lru_cache(maxsize=16384)
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


def _gather(buffer: hb.Buffer, offset: int, text: str) -> Shaped:
    """Group glyphs by HarfBuzz cluster; cluster values are character offsets into the buffer's whole text."""
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    bounds = sorted({info.cluster - offset for info in infos})
    # Ignorable characters at the very start have no glyph: their text belongs to the first cluster.
    bounds[:1] = [0] if bounds else []
    ends = dict(zip(bounds, [*bounds[1:], len(text)], strict=True))
    clusters: list[Cluster] = []
    starts: list[int] = []
    unsafe: set[int] = set()
    index, lowest = 0, min((info.cluster for info in infos), default=0)
    while index < len(infos):
        value = infos[index].cluster
        start = 0 if value == lowest else value - offset
        glyphs: list[tuple[int, int, int]] = []
        x = y = 0
        while index < len(infos) and infos[index].cluster == value:
            info, position = infos[index], positions[index]
            if info.flags & hb.GlyphFlags.UNSAFE_TO_BREAK:
                unsafe.add(start)
            glyphs.append((info.codepoint, x + position.x_offset, y + position.y_offset))
            x += position.x_advance
            y += position.y_advance
            index += 1
        clusters.append(Cluster(text[start : ends[start]], tuple(glyphs), x))
        starts.append(start)
    return Shaped(tuple(clusters), tuple(starts), frozenset(unsafe))
