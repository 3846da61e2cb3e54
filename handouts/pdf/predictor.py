"""PNG's filter “up”: each row is told by its difference from the one above (ISO 32000-1, 7.4.4.4).

Rows that are alike become rows of zeros, which deflate to nearly nothing.
"""

from functools import lru_cache
from typing import Final

UP: Final = b"\2"
"""The sign of the filter, which stands before each row."""


def up(above: bytes, row: bytes) -> bytes:
    """Return a row's difference from the row above, which is as long: byte by byte, modulo 256."""
    length = len(row)
    return difference(int.from_bytes(above), int.from_bytes(row), highest(length)).to_bytes(length)


def difference(above: int, row: int, high: int) -> int:
    """Return the same of rows as numbers; ``high`` is :func:`highest` of their length.

    All bytes are subtracted at once: with their highest bits set for the while, they cannot borrow.
    """
    return (row | high) - (above & ~high) ^ (row ^ above ^ high) & high


@lru_cache(maxsize=64)
def highest(length: int) -> int:
    """Return the number of so many bytes that has only the highest bit of each."""
    return int.from_bytes(b"\x80" * length)


def parameters(width: int) -> str:
    """Return the decode parameters of a stream of such rows, each of so many bytes."""
    return f"<< /Predictor 12 /Columns {width} >>"
