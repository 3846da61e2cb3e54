"""A second road from a line's text to its glyphs: FriBidi for the order, fontTools for scripts, bare HarfBuzz."""

import ctypes
import ctypes.util
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb
from fontTools import unicodedata

from tests.conftest import ROOT

_MARKS = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_END = "\u2069"
UNPAINTED = frozenset("\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u061c\u2060\u00ad")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 0x110, 0x111  # FRIBIDI_PAR_LTR, FRIBIDI_PAR_RTL


class Letter(NamedTuple):
    """A painted character: the face it is set in and its language."""

    text: str
    face: str
    language: str


def fribidi() -> ctypes.CDLL | None:
    """FriBidi, which comes with Pango; None where it is not installed."""
    found = ctypes.util.find_library("fribidi")
    return ctypes.CDLL(found) if found else None


def isolated(text: str, isolate: str) -> str:
    """A span's text with the controls of its isolation (UAX #9)."""
    return f"{_MARKS[isolate]}{text}{_END}" if isolate else text


class Paragraph:
    """A text with its embedding levels by FriBidi."""

    def __init__(self, text: str, rtl: bool) -> None:
        self._library = fribidi()
        size = len(text)
        codes = (ctypes.c_uint32 * size)(*map(ord, text))
        brackets = (ctypes.c_uint32 * size)()
        self._types = (ctypes.c_uint32 * size)()
        self._levels = (ctypes.c_int8 * size)()
        self._base = _RIGHT_TO_LEFT if rtl else _LEFT_TO_RIGHT
        self.painted = [at for at, character in enumerate(text) if character not in UNPAINTED]
        self._library.fribidi_get_bidi_types(codes, size, self._types)
        self._library.fribidi_get_bracket_types(codes, size, self._types, brackets)
        base = ctypes.c_uint32(self._base)
        self._library.fribidi_get_par_embedding_levels_ex(self._types, brackets, size, ctypes.byref(base), self._levels)

    def visual(self, first: int, last: int) -> list[tuple[int, int]]:
        """The line of the painted characters [first, last) from left to right: (its number in the line, its level)."""
        start, end = self.painted[first], self.painted[last - 1] + 1
        order = (ctypes.c_int * len(self._levels))(*range(len(self._levels)))
        levels = (ctypes.c_int8 * len(self._levels))(*self._levels)
        self._library.fribidi_reorder_line(0, self._types, end - start, start, self._base, levels, None, order)
        numbers = {at: number for number, at in enumerate(self.painted[first:last])}
        return [(numbers[at], levels[at]) for at in order[start:end] if at in numbers]


def glyphs(line: Sequence[Letter], visual: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """The (face, glyph id) pairs of a line from left to right, shaped run by run."""
    text = "".join(letter.text for letter in line)
    scripts = _scripts(text)

    def run(entry: tuple[int, tuple[int, int]]) -> object:
        at, (number, level) = entry
        step = number + at if level % 2 else number - at
        return level, step, line[number].face, line[number].language, scripts[number]

    found: list[tuple[str, int]] = []
    for (level, _, face, language, script), group in groupby(enumerate(visual), run):  # type: ignore[misc]
        numbers = [number for _, (number, _) in group]
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(c) for c in text], min(numbers), len(numbers))
        buffer.direction = "rtl" if level % 2 else "ltr"
        buffer.script = script
        buffer.language = language
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(font(face), buffer, {"dlig": False})
        found += [(face, info.codepoint) for info in buffer.glyph_infos]
    return found


@lru_cache(maxsize=64)
def font(face: str) -> hb.Font:
    """A face of ours, opened afresh."""
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(ROOT / "handouts" / "fonts" / f"{face}.ttf"))))


def _scripts(text: str) -> list[str]:
    """Each character's script by fontTools' tables; common characters take that of the letter before, or after."""
    own = [unicodedata.script(character) for character in text]
    known = ["" if script in ("Zyyy", "Zinh", "Zzzz") else script for script in own]
    current = next((script for script in known if script), "Latn")
    return [current := script or current for script in known]
