"""What a PDF's fonts say of the codes that its pages paint: glyphs, characters, widths (ISO 32000-1, 9.6 to 9.10)."""

import re
import struct
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import byteorder
from typing import Any, Final, NamedTuple

from handouts.check.preflight.document import Document
from handouts.check.preflight.painted import text_of

_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)\s(.*?)\sendbf", re.DOTALL)
_PAIR: Final = re.compile(rb"<([^>]*)>\s*<([^>]*)>")
_RANGE: Final = re.compile(rb"<([^>]*)>\s*<([^>]*)>\s*(?:<([^>]*)>|\[([^\]]*)\])")
_HEX: Final = re.compile(rb"<([^>]*)>")
_KNOWN_ENCODINGS: Final = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding")


class Metrics(NamedTuple):
    """Of an embedded TrueType program: advance widths by glyph id, in 1/1000 em."""

    advances: tuple[float, ...]


class Font(NamedTuple):
    """A font that pages paint with. ``wide``: two-byte codes, which are CIDs (Identity-H).

    ``unicode`` is its ToUnicode map, None where it has none; ``program`` the reference of the embedded file, or None;
    ``gids`` maps CIDs to glyph ids, None for the identity; ``codes`` are those that some page shows, ``glyphs`` their
    glyph ids by two-byte codes; ``odd``: one of them is half a byte short.
    """

    name: str
    values: Mapping[str, Any]
    cid_font: Mapping[str, Any]
    descriptor: Mapping[str, Any]
    wide: bool
    unicode: Mapping[int, str] | None
    program: str | None
    gids: Sequence[int] | None
    codes: frozenset[int]
    glyphs: Mapping[int, int]
    odd: bool

    @property
    def latin_encoding(self) -> bool:
        """Return whether a simple font's codes have characters by a named standard encoding."""
        return not self.wide and self.values.get("/Encoding") in _KNOWN_ENCODINGS


def painted_fonts(document: Document) -> tuple[Font, ...]:
    """Return the fonts that some page shows text in, each with the codes shown."""
    shown: dict[str, list[bytes]] = {}
    found: dict[str, Any] = {}
    for sheet in document.sheets:
        for painted, resources in sheet.contents:
            fonts = document.table(resources, "/Font")
            for show in painted.shown:
                ref = fonts.get(show.font)
                key = ref if type(ref) is str else f"{sheet.ref} {show.font}"
                found[key] = ref
                shown.setdefault(key, []).append(show.operands)
    return tuple(_font(document, found[key], b" ".join(operands)) for key, operands in shown.items())


def _font(document: Document, ref: Any, operands: bytes) -> Font:
    values = document.table(ref)
    descendants = document.array(values, "/DescendantFonts")
    cid_font = document.table(descendants[0]) if descendants else {}
    descriptor = document.table(cid_font or values, "/FontDescriptor")
    program = next((descriptor[key] for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor), None)
    wide = values.get("/Subtype") == "/Type0"
    to_gid = cid_font.get("/CIDToGIDMap")
    text, odd = text_of(operands)
    gids = _numbers(document.data(to_gid)) if to_gid in document.objects else None
    shown = frozenset(codes(text, wide))
    return Font(
        name=str(values.get("/BaseFont", "/?")).removeprefix("/"),
        values=values,
        cid_font=cid_font,
        descriptor=descriptor,
        wide=wide,
        unicode=to_unicode(document.data(values["/ToUnicode"])) if "/ToUnicode" in values else None,
        program=program if document.data(program) else None,
        gids=gids,
        codes=shown,
        glyphs={code: code if gids is None else gids[code] if code < len(gids) else 0 for code in shown},
        odd=odd,
    )


def codes(text: bytes, wide: bool) -> list[int]:
    """Return the character codes of a shown string."""
    return _numbers(text) if wide else list(text)


def _numbers(data: bytes) -> list[int]:
    """Return big-endian 16-bit numbers; an odd byte at the end is left out."""
    numbers = array("H", data[: len(data) // 2 * 2])
    if byteorder == "little":
        numbers.byteswap()
    return numbers.tolist()


@lru_cache(maxsize=64)
def to_unicode(cmap: bytes) -> Mapping[int, str]:
    """Return the characters of each code in a ToUnicode CMap; text that is no UTF-16 becomes U+FFFD."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            for code, text in _PAIR.findall(body):
                found[int(code, 16)] = chr(int(text, 16)) if len(text) == 4 else _utf16(text)
            continue
        for first, last, start, listed in _RANGE.findall(body):
            low, high = _number(first), min(_number(last), 0xFFFF)
            if listed:
                for code, text in zip(range(low, high + 1), _HEX.findall(listed), strict=False):
                    found[code] = _utf16(text)
            else:
                text = _utf16(start)
                for code in range(low, high + 1):
                    found[code] = text[:-1] + chr(min(ord(text[-1]) + code - low, 0x10FFFF)) if text else ""
    return found


@lru_cache(maxsize=64)
def metrics(program: bytes) -> Metrics | None:
    """Return the widths of a TrueType program; None for another kind of program or a broken one."""
    if program[:4] not in (b"\0\1\0\0", b"true"):
        return None
    try:
        tables = {}
        for number in range(struct.unpack_from(">H", program, 4)[0]):
            tag, _, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
            tables[tag] = (offset, length)
        per_em = struct.unpack_from(">H", program, tables[b"head"][0] + 18)[0]
        count = struct.unpack_from(">H", program, tables[b"hhea"][0] + 34)[0]
        glyphs = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)[0]
        at = tables[b"hmtx"][0]
        widths = struct.unpack(f">{2 * count}H", program[at : at + 4 * count])[::2]
    except (struct.error, KeyError):
        return None
    factor = 1000 / per_em if per_em else 0.0
    advances = [width * factor for width in widths]
    return Metrics(tuple(advances + advances[-1:] * (glyphs - count)))


def cmaps(program: bytes) -> tuple[tuple[int, int], ...]:
    """Return the platform and encoding of each table of characters in a TrueType program; none if it has none."""
    try:
        for number in range(struct.unpack_from(">H", program, 4)[0]):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", program, 12 + 16 * number)
            if tag == b"cmap":
                count = struct.unpack_from(">H", program, offset + 2)[0]
                places = (struct.unpack_from(">HH", program, offset + 4 + 8 * place) for place in range(count))
                return tuple((platform, encoding) for platform, encoding in places)
    except struct.error:
        pass
    return ()


def declared_widths(document: Document, font: Font) -> Mapping[int, float]:
    """Return the widths that a Type 0 font's ``/W`` declares, by CID."""
    found: dict[int, float] = {}
    entries = document.array(font.cid_font, "/W")
    place = 0
    while place < len(entries) - 1:
        first, second = entries[place], document.get(entries[place + 1])
        if type(second) is list:
            found |= {first + step: width for step, width in enumerate(second)}
            place += 2
        else:
            found |= dict.fromkeys(range(first, min(second, 0xFFFF) + 1), float(entries[place + 2]))
            place += 3
    return found


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _utf16(digits: bytes) -> str:
    try:
        return bytes.fromhex(digits.decode()).decode("utf-16-be")
    except ValueError:
        return "\ufffd"
