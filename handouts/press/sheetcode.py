"""The small code on every sheet of a print run, for people and machines: which run, which leaflet, which sheet of it.

It holds nothing of a person. A jam can be printed again from it, and a stray sheet finds its place.
"""

import re
from functools import cache, lru_cache, reduce
from operator import getitem, xor
from typing import Final, NamedTuple

MODULE: Final = 0.96
"""The side of a module in points: eight dots of a 600 dpi printer, 0.34 mm; scanners want 0.25 mm or more."""

QUIET: Final = 2
"""Modules left blank around the symbol (ISO/IEC 16022 asks for one)."""

_ROOM: Final = {5: (8, 18), 10: (8, 32), 16: (12, 26), 22: (12, 36)}
"""The low rectangular symbols by how many codewords they hold: rows and columns (ISO/IEC 16022, table 7)."""

WIDEST: Final = 36
HIGHEST: Final = 12
"""The most columns and rows of a symbol."""

_PAD: Final = 129
_PARTS: Final = re.compile("[0-9][0-9]|.")
_WORDS: Final = {f"{pair:02}": 130 + pair for pair in range(100)} | {chr(code): code + 1 for code in range(32, 127)}


class Symbol(NamedTuple):
    """A Data Matrix: how many modules it is wide and high, and its bits in hexadecimal digits, 1 for a dark module.

    The rows go from the top down; each fills whole bytes.
    """

    columns: int
    rows: int
    digits: str

    @property
    def operators(self) -> str:
        """Return what paints the dark modules, one unit a module, from the origin: a stencil, sharp at any size.

        (ISO 32000-1, 8.9.6.2 and 8.9.7; its data are hexadecimal, for bytes could look like its end.)
        """
        size = f"{self.columns} 0 0 {self.rows} 0 0 cm"
        return f"{size}\nBI /W {self.columns} /H {self.rows} /BPC 1 /IM true /D [1 0] /F /AHx ID {self.digits}>\nEI"


def sheet_label(code: str, sheet: int, sheets: int) -> str:
    """Return what stands on a sheet, letter by letter the same for people and in the symbol."""
    return f"{code} {sheet}/{sheets}"


def symbol(text: str) -> Symbol:
    """Return a text of printable ASCII as a rectangular Data Matrix. Raises ValueError for another or a longer one."""
    words = _codewords(text)
    size, padding = _fitted(len(words))
    plain, turned = _linear(size)
    modules = reduce(xor, map(getitem, turned, [*words, *padding]), plain)
    rows, columns = _ROOM[size]
    return Symbol(columns, rows, f"{modules:0{rows * _filled(columns) // 4}X}")


def _codewords(text: str) -> list[int]:
    """Return a text's codewords in the ASCII mode: one a character, one for two digits (ISO/IEC 16022, 5.2.3)."""
    if not (text and text.isascii() and text.isprintable()):
        raise ValueError("a sheet's code is printable ASCII")
    return [*map(_WORDS.__getitem__, _PARTS.findall(text))]


@cache
def _fitted(count: int) -> tuple[int, list[int]]:
    """Return the size of the smallest symbol for so many codewords, and what fills it up."""
    size = next((size for size in _ROOM if size >= count), 0)
    if not size:
        raise ValueError("a sheet's code is too long for its symbol")
    return size, [_PAD, *map(_scrambled, range(count + 2, size + 1))][: size - count]


def _scrambled(place: int) -> int:
    """Return what fills a place after the first pad (ISO/IEC 16022, annex B.1)."""
    value = _PAD + (149 * place) % 253 + 1
    return value if value <= 254 else value - 254


@lru_cache(maxsize=8)
def _linear(size: int) -> tuple[int, tuple[list[int], ...]]:
    """Return the modules of a symbol of zeros, and what each value of each of its codewords changes in them.

    Error correction and placement are linear, so this does not depend on the other bits: the library is asked once
    for each bit, and every symbol after that is a few exclusive-ors, not half a millisecond.
    """
    plain = _modules(bytes(size))
    bits = [plain ^ _modules((1 << bit).to_bytes(size, "big")) for bit in range(8 * size)]
    return plain, tuple(_changes(bits[at : at + 8]) for at in range(8 * size - 8, -1, -8))


def _changes(bits: list[int]) -> list[int]:
    """Return the exclusive-or of the bits of each value from 0 to 255."""
    changes = [0]
    for bit in bits:
        changes += [bit ^ other for other in changes]
    return changes


class _Words(bytes):
    """Codewords that have been made already, in the place of a text."""

    def encode(self, _codec: str) -> bytes:
        """Return them, as the library asks for them."""
        return self


def _modules(words: bytes) -> int:
    """Return a symbol's modules as one number, row by row from the top in whole bytes, dark ones as 1."""
    from ppf.datamatrix.datamatrix import DataMatrix

    matrix = DataMatrix(_Words(words), rect=True, codecs=["ascii"]).matrix
    return int("".join("".join(map(str, row)).ljust(_filled(len(row)), "0") for row in matrix), 2)


def _filled(columns: int) -> int:
    """Return how many bits a row takes in whole bytes."""
    return -(-columns // 8) * 8
