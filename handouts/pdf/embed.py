"""Faces in the file: one code per grapheme cluster, so that what is copied or heard is exactly what was written.

Every distinct cluster of a leaflet gets a two-byte code: its glyphs at their places, and its text. A cluster of one
unmoved glyph is that glyph; any other becomes a composite glyph of the embedded subset. ``ToUnicode`` is then exact
whatever the shaper did, and no ActualText is needed (ISO 32000-1, 9.10.3; ISO 14289-1, 7.21.7).
"""

import struct
import zlib
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

import uharfbuzz as hb

from handouts.errors import ContentError
from handouts.model.page import FontFile, GlyphRun
from handouts.pdf.codes import CODES, Code, advances_of, number_of, plan, unusable
from handouts.pdf.objects import QUICK, name, number
from handouts.pdf.sfnt import KEPT, Glyphs, Part, tables

MAX_CODES: Final = 60_000
_BLOCK: Final = 100  # most entries in one bfchar block (Adobe Technical Note 5411, 1.4.1)

_CMAP: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Subset(NamedTuple):
    """A face cut to its codes, as a PDF needs it: dictionary entries and deflated streams.

    ``widths`` is the W array, ``length`` the font program's size before deflating.
    """

    base_font: str
    descriptor: str
    widths: str
    program: bytes
    length: int
    glyph_map: bytes
    to_unicode: bytes


class Encoder:
    """Gives the clusters of one face their codes, in the order of their first use in one leaflet."""

    def __init__(self, file: FontFile) -> None:
        advances_of(file)  # a face that cannot be embedded is refused at once
        self._file = file
        self._codes = _Codes(file)

    def show(self, run: GlyphRun) -> str:
        """Return the operand of ``TJ`` that paints the run's clusters from left to right, kerned as they were shaped.

        Text of a right-to-left cluster is given back reversed, for readers reverse the whole run. Raises ContentError
        for a character that the face does not have.
        """
        code = self._codes.__getitem__
        shown = [f"<{''.join(map(code, numbers))}>{step}" for numbers, step in plan(self._file, run)]
        return f"[{''.join(shown)}]".replace("<>", "")

    def has(self, run: GlyphRun) -> bool:
        """Return whether all clusters of a run have their codes already."""
        return all(number in self._codes for numbers, _ in plan(self._file, run) for number in numbers)

    def subset(self) -> Subset:
        """Return the face cut to the codes given so far. Raises ContentError if that cannot be done."""
        return cut(self._file, tuple(CODES[number] for number in self._codes))


class _Codes(dict[int, str]):
    """The codes of one face as they are written, by their numbers; a new one gets the next code."""

    def __init__(self, file: FontFile) -> None:
        self._file = file

    def __missing__(self, number: int) -> str:
        if len(self) >= MAX_CODES:
            raise ContentError(f"The leaflet uses too many different letters of {self._file.name}.", "Split it.")
        # The ten digits come together: a leaflet of another day then has the same faces, and they are cut already.
        digits = _digits(self._file)
        for one in digits if number in digits else (number,):
            self[one] = f"{len(self) + 1:04X}"
        return self[number]


@lru_cache(maxsize=64)
def _digits(file: FontFile) -> tuple[int, ...]:
    """Return the numbers of the codes of a face's plain digits, in their order."""
    font = hb.Font(_opened(file)[0])
    glyphs = {digit: font.get_nominal_glyph(ord(digit)) for digit in "0123456789"}
    return tuple([number_of(Code(((glyph, 0, 0),), digit)) for digit, glyph in glyphs.items() if glyph])


@lru_cache(maxsize=64)
def cut(file: FontFile, codes: tuple[Code, ...]) -> Subset:
    """Return the face cut to these codes, which are numbered from 1; 0 is the face's missing-glyph sign.

    The same input gives the same bytes. Raises ContentError, naming the face, if its outlines are not TrueType.
    """
    try:
        return _cut(file, codes)
    except (ValueError, LookupError, RuntimeError, MemoryError, struct.error) as error:
        raise unusable(file, error) from error


def _cut(file: FontFile, codes: tuple[Code, ...]) -> Subset:
    font = _opened(file)[1]
    wanted = {glyph for code in codes for glyph, _, _ in code.glyphs}
    data, new_ids = _harfbuzz(file, wanted)
    glyphs = Glyphs(data)
    ids = [0]
    made: dict[tuple[tuple[Part, ...], int], int] = {}
    for code in codes:
        placed = tuple((new_ids[glyph], x, y) for glyph, x, y in code.glyphs)
        look = (placed, code.wider)
        if look not in made:
            alone = len(placed) == 1 and placed[0][1:] == (0, 0) and not code.wider
            made[look] = placed[0][0] if alone else glyphs.append(placed, code.wider)
        ids.append(made[look])
    program, unicode = glyphs.build(), _to_unicode(codes)
    glyph_map = struct.pack(f">{len(ids)}H", *ids)
    base = f"{_tag(program + glyph_map + unicode)}+{file.name}"
    scale = 1000 / struct.unpack_from(">H", font[b"head"], 18)[0]
    widths = " ".join(number(glyphs.advances[glyph] * scale) for glyph in ids)
    return Subset(
        base_font=name(base),
        descriptor=_descriptor(base, font, tables(program)[b"head"], scale),
        widths=f"[0 [{widths}]]",
        program=zlib.compress(program, QUICK),
        length=len(program),
        glyph_map=zlib.compress(glyph_map, QUICK),
        to_unicode=zlib.compress(unicode, QUICK),
    )


@lru_cache(maxsize=32)
def _opened(file: FontFile) -> tuple[hb.Face, dict[bytes, bytes]]:
    """Return a face ready for cutting, and its tables by tag, of long ones the beginning."""
    return hb.Face(file.data), {tag: table[:256] for tag, table in tables(file.data).items()}


def _harfbuzz(file: FontFile, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """Return the outlines of these glyphs (and of their parts) as a font, and their new ids by their old ones."""
    wish = hb.SubsetInput()
    wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wish.glyph_set.update(glyphs)
    face, small = _opened(file)
    wish.drop_table_tag_set.update(hb.Set({int.from_bytes(tag, "big") for tag in small if tag not in KEPT}))
    cutting = hb.SubsetPlan(face, wish)
    data = cutting.execute().blob.data
    return bytes(data), dict(cutting.old_to_new_glyph_mapping)


def _tag(content: bytes) -> str:
    """Return the six capitals that mark a subset (ISO 32000-1, 9.6.4), made from its content."""
    value = int.from_bytes(sha256(content).digest()[:8], "big")
    letters = ""
    for _ in range(6):
        value, letter = divmod(value, 26)
        letters += chr(65 + letter)
    return letters


def _descriptor(base: str, font: dict[bytes, bytes], head: bytes, scale: float) -> str:
    box = " ".join(number(value * scale) for value in struct.unpack_from(">4h", head, 36))
    ascent, descent = struct.unpack_from(">2h", font[b"hhea"], 4)
    os2, post = font.get(b"OS/2", b""), font.get(b"post", b"")
    weight = struct.unpack_from(">H", os2, 4)[0] if len(os2) >= 6 else 400
    capital = struct.unpack_from(">h", os2, 88)[0] if len(os2) >= 90 else ascent
    slant = struct.unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 8 else 0.0
    return (
        f"/Type /FontDescriptor /FontName {name(base)} /Flags 4 /FontBBox [{box}] /ItalicAngle {number(slant)}"
        f" /Ascent {number(ascent * scale)} /Descent {number(descent * scale)}"
        f" /CapHeight {number(capital * scale)} /StemV {50 + weight * weight // 4225}"
    )


def _to_unicode(codes: tuple[Code, ...]) -> bytes:
    lines = [f"<{index:04X}> <{code.text.encode('utf-16-be').hex().upper()}>" for index, code in enumerate(codes, 1)]
    blocks = []
    for at in range(0, len(lines), _BLOCK):
        some = lines[at : at + _BLOCK]
        blocks.append("\n".join([f"{len(some)} beginbfchar", *some, "endbfchar"]))
    return _CMAP.format(blocks="\n".join(blocks)).encode("ascii")
