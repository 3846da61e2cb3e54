"""Where the objects of a file stand, for its cross-reference stream (ISO 32000-1, 7.5.8).

A print file has millions of objects, but long stretches of them stand in object streams one after the other. So only
stretches are kept: some twenty bytes each, a few a leaflet.
"""

from array import array
from collections.abc import Iterator
from functools import cache
from typing import Final

from handouts.pdf.predictor import UP, difference, highest

ROW: Final = 8
"""Bytes of an entry: kind, offset or object stream, index in the stream."""

MOST_HELD: Final = 16_384
"""The most objects in one object stream."""

_LONG: Final = ROW + 1  # with the filter byte
_CHUNK: Final = 32_768 * _LONG
_HIGH: Final = highest(ROW)
_SAME: Final = UP + bytes(ROW)


class Places:
    """The places of a file's objects, noted in any order; a number that has none counts as free."""

    def __init__(self) -> None:
        self._first, self._count, self._holder = array("I"), array("I"), array("I")
        self._value = array("Q")

    def at(self, number: int, offset: int) -> None:
        """Note that an object begins so many bytes into the file."""
        self._note(number, 1, 0, offset)

    def held(self, number: int, count: int, holder: int, index: int) -> None:
        """Note that so many objects from ``number`` on stand in the object stream ``holder``, from ``index`` on."""
        self._note(number, count, holder, index)

    def copy(self) -> "Places":
        """Return the same places, to go on from."""
        twin = Places()
        twin._first, twin._count, twin._holder = self._first[:], self._count[:], self._holder[:]
        twin._value = self._value[:]
        return twin

    def rows(self, count: int) -> Iterator[bytes]:
        """Give the rows of the numbers from 0 to ``count`` in order, some thousands at a time.

        Each is told by its difference from the row above, after the filter's sign: within an object stream there is
        hardly any.
        """
        pending, at, above = bytearray(), 0, 0
        for place in sorted(range(len(self._first)), key=self._first.__getitem__):
            first, stretch, holder = self._first[place], self._count[place], self._holder[place]
            if first > at:
                pending += _changed(above, 0) + _SAME * (first - at - 1)
                above = 0
            value = self._value[place]
            entry = 2 << 56 | holder << 16 | value if holder else 1 << 56 | value << 16
            pending += _changed(above, entry)
            if stretch > 1:
                pending += _steps()[_LONG * (value + 1) : _LONG * (value + stretch)]
            at, above = first + stretch, entry + stretch - 1
            if len(pending) >= _CHUNK:
                yield bytes(pending)
                pending.clear()
        if count >= at:
            pending += _changed(above, 0) + _SAME * (count - at)
        yield bytes(pending)

    def _note(self, number: int, count: int, holder: int, value: int) -> None:
        self._first.append(number)
        self._count.append(count)
        self._holder.append(holder)
        self._value.append(value)


def _changed(above: int, entry: int) -> bytes:
    """Return the row of an entry below another."""
    return UP + difference(above, entry, _HIGH).to_bytes(ROW)


@cache
def _steps() -> bytes:
    """Return the rows of objects in an object stream after the first, by their index in it."""
    return b"".join([UP + bytes((0, 0, 0, 0, 0, 0, not index % 256, 1)) for index in range(MOST_HELD)])
