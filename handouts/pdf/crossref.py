"""Where the objects of a file stand, for its cross-reference stream (ISO 32000-1, 7.5.8).

A print file has millions of objects, but long stretches of them stand in object streams one after the other. So only
stretches are kept: some twenty bytes each, a few a leaflet.
"""

from array import array
from collections.abc import Iterator
from functools import cache
from typing import Final

ROW: Final = 8
"""Bytes of an entry: kind, offset or object stream, index in the stream."""

MOST_HELD: Final = 16_384
"""The most objects in one object stream."""

_CHUNK: Final = 32_768 * ROW


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

    def entries(self, count: int) -> Iterator[bytes]:
        """Give the entries of the numbers from 0 to ``count`` in order, some thousands at a time."""
        pending, at = bytearray(), 0
        for place in sorted(range(len(self._first)), key=self._first.__getitem__):
            pending += bytes(ROW * (self._first[place] - at))
            pending += _stretch(self._count[place], self._holder[place], self._value[place])
            at = self._first[place] + self._count[place]
            if len(pending) >= _CHUNK:
                yield bytes(pending)
                pending.clear()
        yield bytes(pending) + bytes(ROW * (count + 1 - at))

    def _note(self, number: int, count: int, holder: int, value: int) -> None:
        self._first.append(number)
        self._count.append(count)
        self._holder.append(holder)
        self._value.append(value)


def _stretch(count: int, holder: int, value: int) -> bytes | bytearray:
    if not holder:
        return b"\1" + value.to_bytes(5, "big") + b"\0\0"
    if count == 1:
        return b"\2" + holder.to_bytes(5, "big") + value.to_bytes(2, "big")
    entries = bytearray(_indexes()[ROW * value : ROW * (value + count)])
    for place, byte in enumerate(holder.to_bytes(5, "big"), 1):
        if byte:
            entries[place::ROW] = bytes([byte]) * count
    return entries


@cache
def _indexes() -> bytes:
    """Return entries for objects in an object stream, by their index in it; the stream is left open."""
    return b"".join([b"\2" + bytes(ROW - 3) + index.to_bytes(2, "big") for index in range(MOST_HELD)])
