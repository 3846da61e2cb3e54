"""TrueType files at the level of tables: reading them, and appending composite glyphs (OpenType 1.9, glyf, loca, hmtx).

HarfBuzz cuts the subset; what it cannot do, a glyph made of placed glyphs, is done here. No outline is ever changed.
"""

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

KEPT: Final = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
"""The tables that an embedded CIDFontType2 needs (ISO 32000-1, 9.9); hints are left out, so cvt, fpgm, prep are not."""

Part = tuple[int, int, int]  # glyph id, x, y in font units

_WORDS, _XY, _MORE, _UNSCALED = 0x0001, 0x0002, 0x0020, 0x1000
_SCALE, _XY_SCALE, _TWO_BY_TWO = 0x0008, 0x0040, 0x0080
_CHECKSUM_MAGIC: Final = 0xB1B0AFBA


class Extent(NamedTuple):
    """What ``maxp`` and a glyph header say of one glyph; ``points`` and ``contours`` include those of its parts."""

    box: tuple[int, int, int, int]
    points: int
    contours: int
    depth: int = 0
    parts: int = 0


EMPTY: Final = Extent((0, 0, 0, 0), 0, 0)


def tables(data: bytes) -> dict[bytes, bytes]:
    """Return a TrueType file's tables by tag. Raises ValueError if the file is cut short or no single font."""
    if data[:4] not in (b"\0\1\0\0", b"true") or len(data) < 12:
        raise ValueError("not a TrueType file")
    found: dict[bytes, bytes] = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if offset + length > len(data):
            raise ValueError(f"the table {tag!r} is cut short")
        found[tag] = data[offset : offset + length]
    return found


def advances(font: Mapping[bytes, bytes]) -> tuple[int, ...]:
    """Return every glyph's nominal advance width in font units, as ``hmtx`` gives it."""
    count = struct.unpack_from(">H", font[b"maxp"], 4)[0]
    long = struct.unpack_from(">H", font[b"hhea"], 34)[0]
    own = struct.unpack_from(f">{'Hh' * long}", font[b"hmtx"])[::2]
    return (*own, *(own[-1:] * (count - long)))[:count]


class Glyphs:
    """A font's glyphs, to which composites can be appended; :meth:`build` gives the file back."""

    def __init__(self, data: bytes) -> None:
        self._font = tables(data)
        head, maxp = self._font[b"head"], self._font[b"maxp"]
        count = struct.unpack_from(">H", maxp, 4)[0]
        form, unit = ("I", 1) if struct.unpack_from(">h", head, 50)[0] else ("H", 2)
        bounds = [unit * at for at in struct.unpack_from(f">{count + 1}{form}", self._font[b"loca"])]
        glyf = self._font.get(b"glyf", b"")
        self._outlines = [glyf[start:end] for start, end in pairwise(bounds)]
        self.advances = list(advances(self._font))
        self._bearings = self._left_bearings(count)
        self._extents: dict[int, Extent] = {}
        self._added: list[Extent] = []

    def _left_bearings(self, count: int) -> list[int]:
        long = struct.unpack_from(">H", self._font[b"hhea"], 34)[0]
        hmtx = self._font[b"hmtx"]
        own = struct.unpack_from(f">{'Hh' * long}", hmtx)[1::2]
        return [*own, *struct.unpack_from(f">{count - long}h", hmtx, 4 * long)]

    def append(self, parts: Sequence[Part], wider: int = 0) -> int:
        """Add a glyph made of others at their places and return its id; its advance is theirs and ``wider``."""
        drawn = [part for part in parts if self._outlines[part[0]]]
        extents = [self.extent(glyph) for glyph, _, _ in drawn]
        moved = [
            (e.box[0] + x, e.box[1] + y, e.box[2] + x, e.box[3] + y)
            for e, (_, x, y) in zip(extents, drawn, strict=True)
        ]
        outline, extent = b"", EMPTY
        if drawn:
            lefts, lows, rights, highs = zip(*moved, strict=True)
            box = (min(lefts), min(lows), max(rights), max(highs))
            outline = struct.pack(">5h", -1, *box) + b"".join(
                struct.pack(">HHhh", _WORDS | _XY | _UNSCALED | (_MORE if place < len(drawn) else 0), glyph, x, y)
                for place, (glyph, x, y) in enumerate(drawn, 1)
            )
            extent = Extent(
                box,
                sum(e.points for e in extents),
                sum(e.contours for e in extents),
                1 + max(e.depth for e in extents),
                len(drawn),
            )
            self._added.append(extent)
        self._outlines.append(outline)
        self.advances.append(sum(self.advances[glyph] for glyph, _, _ in parts) + wider)
        self._bearings.append(extent.box[0])
        self._extents[len(self._outlines) - 1] = extent
        return len(self._outlines) - 1

    def extent(self, glyph: int) -> Extent:
        """Return the glyph's box, points, contours and depth of nesting, its parts included."""
        found = self._extents.get(glyph)
        if found is None:
            found = self._extents[glyph] = self._measure(self._outlines[glyph])
        return found

    def _measure(self, outline: bytes) -> Extent:
        if not outline:
            return EMPTY
        contours, *box = struct.unpack_from(">5h", outline)
        bounds = (box[0], box[1], box[2], box[3])
        if contours >= 0:
            last = struct.unpack_from(">H", outline, 10 + 2 * (contours - 1))[0] if contours else -1
            return Extent(bounds, last + 1, contours)
        inner = [self.extent(glyph) for glyph in _components(outline)]
        return Extent(
            bounds,
            sum(e.points for e in inner),
            sum(e.contours for e in inner),
            1 + max(e.depth for e in inner),
            len(inner),
        )

    def build(self) -> bytes:
        """Return the font file with all glyphs, its boxes, counts, offsets and checksums right."""
        padded = [outline + bytes(-len(outline) % 4) for outline in self._outlines]
        offsets = [0]
        for outline in padded:
            offsets.append(offsets[-1] + len(outline))
        count = len(padded)
        metrics = [value for pair in zip(self.advances, self._bearings, strict=True) for value in pair]
        return _file(
            {
                b"glyf": b"".join(padded) or bytes(4),
                b"head": self._head(),
                b"hhea": self._hhea(count),
                b"hmtx": struct.pack(f">{'Hh' * count}", *metrics),
                b"loca": struct.pack(f">{count + 1}I", *offsets),
                b"maxp": self._maxp(count),
            }
        )

    def _head(self) -> bytes:
        head = bytearray(self._font[b"head"])
        boxes = [struct.unpack_from(">4h", head, 36), *(extent.box for extent in self._added)]
        lefts, lows, rights, highs = zip(*boxes, strict=True)
        struct.pack_into(">4h", head, 36, min(lefts), min(lows), max(rights), max(highs))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        return bytes(head)

    def _hhea(self, count: int) -> bytes:
        hhea = bytearray(self._font[b"hhea"])
        struct.pack_into(">H", hhea, 10, max(self.advances))
        struct.pack_into(">H", hhea, 34, count)
        return bytes(hhea)

    def _maxp(self, count: int) -> bytes:
        maxp = bytearray(self._font[b"maxp"])
        version, _, points, contours, inner_points, inner_contours = struct.unpack_from(">I5H", maxp)
        if version != 0x00010000:
            raise ValueError("no TrueType outlines")
        elements, depth = struct.unpack_from(">2H", maxp, 28)
        inner_points = max([inner_points, *(extent.points for extent in self._added)])
        inner_contours = max([inner_contours, *(extent.contours for extent in self._added)])
        struct.pack_into(">5H", maxp, 4, count, points, contours, inner_points, inner_contours)
        elements = max([elements, *(extent.parts for extent in self._added)])
        depth = max([depth, *(extent.depth for extent in self._added)])
        struct.pack_into(">2H", maxp, 28, elements, depth)
        return bytes(maxp)


def _components(outline: bytes) -> list[int]:
    """Return the glyph ids that a composite glyph is made of."""
    found, at, more = [], 10, True
    while more:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        found.append(glyph)
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
        more = bool(flags & _MORE)
    return found


def _file(parts: Mapping[bytes, bytes]) -> bytes:
    power = len(parts).bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, len(parts), 16 << power, power, 16 * (len(parts) - (1 << power)))
    at = 12 + 16 * len(parts)
    directory, body, head_at = b"", b"", 0
    for tag, data in parts.items():
        if tag == b"head":
            head_at = at + len(body)
        directory += struct.pack(">4sIII", tag, _checksum(data), at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    font = bytearray(head + directory + body)
    struct.pack_into(">I", font, head_at + 8, (_CHECKSUM_MAGIC - _checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes) -> int:
    """Return the sum of a table's 32-bit numbers, modulo 2³² (OpenType, “Calculating checksums”)."""
    return sum(sum(data[place::4]) << shift for place, shift in enumerate((24, 16, 8, 0))) & 0xFFFFFFFF
