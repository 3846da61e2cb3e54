"""Groups of small objects that are alike but for numbers: written out once, then filled in for each repetition.

A leaflet in a print file is such a group: its pages, links and structure elements differ from those of the next copy
in nothing but object numbers and keys. :class:`Draft` collects a group with its numbers left open, :class:`Record` is
the group ready for filling in, and :class:`Rows` packs filled groups into object streams. As the numbers have a fixed
width and grow alike, the difference from one row to the next is nearly nothing, and that is what is stored. To grow
alike to the digit, carries included, object numbers are taken by the hundred and offsets grow by tens of thousands.
"""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from handouts.pdf.objects import LEVEL, Body, Stream
from handouts.pdf.streamed import ROW, Streamed, parameters, predicted

ROWS: Final = 32
"""Most rows in one object stream: what a reader unpacks to get at one of them."""

HUNDRED: Final = 100
"""Each repetition takes a multiple of so many object numbers; those that are left over are free."""

_OPEN: Final = re.compile("\0([okx])(\\d+)\0")
_PAIR: Final = 17  # bytes of an object's number and offset in the index
_FEWEST: Final = 4
_WIDTH: Final = 2_500
_LINES: Final = 4  # repetitions in a row of the index: their offsets then grow by 10,000 from row to row


class Draft:
    """Objects whose numbers are not known yet; references to them, keys and numbers from outside are left open."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self._places: dict[int, int] = {}

    def add(self, item: Body) -> str:
        """Return the open reference to an object, new or added before."""
        place = self._places.get(id(item))
        if place is None:
            place = self._places[id(item)] = len(self.bodies)
            self.bodies.append(item)
        return own(place)


def own(place: int) -> str:
    """Return the open reference to an object of the group, also to one beyond those drafted (a stream)."""
    return f"\0o{place}\0 0 R"


def key(place: int) -> str:
    """Return an open key, to be counted from the group's first."""
    return f"\0k{place}\0"


def given(place: int) -> str:
    """Return an open number, to be given from outside."""
    return f"\0x{place}\0"


class Record:
    """A group of objects, ready to be filled in.

    It is laid out in parts of equal width. A part stays well below the compressor's window of 32 KB, so that it sees
    many rows back, to the last carry. ``count`` is the number of objects, ``starts`` the first of each part,
    ``offsets`` where each begins in its part. ``hundreds`` is how many hundreds of numbers a repetition takes.
    """

    def __init__(self, bodies: Sequence[str]) -> None:
        self.count = len(bodies)
        self.hundreds = -(-self.count // HUNDRED)
        self.starts: list[int] = []
        self.offsets: list[int] = []
        self._fields: list[tuple[str, int]] = []
        texts = [_OPEN.sub(self._field, body) + "\n" for body in bodies]
        self.width = -(-max(map(len, texts)) // _WIDTH) * _WIDTH
        self._segments = [part.encode("ascii") for part in self._laid_out(texts).split("\0" * 7)]
        self._plan: tuple[int, _Plan] | None = None

    def filled(self, first: int, keys: int, numbers: Sequence[int]) -> bytes:
        """Return the objects' bytes; they are numbered from ``first``, a multiple of 100, their keys from ``keys``."""
        parts = [self._segments[0]]
        for (kind, step), segment in zip(self._fields, self._segments[1:], strict=True):
            parts += (b"%7d" % (keys + step if kind == "k" else numbers[step]), segment)
        return numbered(b"".join(parts), first, self.hundreds)

    def plan(self, count: int) -> "_Plan":
        """Return what is the same in all object streams of so many repetitions."""
        if self._plan is None or self._plan[0] != count:
            self._plan = (count, _Plan(self, count))
        return self._plan[1]

    def _field(self, found: re.Match[str]) -> str:
        if found[1] == "o":
            return _open(int(found[2]))
        self._fields.append((found[1], int(found[2])))
        return "\0" * 7

    def _laid_out(self, texts: list[str]) -> str:
        """Return the objects' text, each part filled up with blanks."""
        result, used = "", self.width
        for place, text in enumerate(texts):
            if used + len(text) > self.width or _LINES * _PAIR * (place - self.starts[-1] + 1) > self.width:
                result += " " * (self.width - used)
                self.starts.append(place)
                used = 0
            self.offsets.append(used)
            result += text
            used += len(text)
        return result + " " * (self.width - used)


class _Plan:
    """The frame of an object stream of some number of repetitions of a record: its index, and what the file notes.

    All first parts stand before all second ones, and so on.
    """

    def __init__(self, record: Record, count: int) -> None:
        self.lines: list[list[bytes]] = []
        entries = [[b""] * record.count for _ in range(count)]
        index = 0
        for number, (start, end) in enumerate(pairwise([*record.starts, record.count])):
            base = number * count * record.width
            lines = []
            for place in range(count):
                at = base + record.width * place
                pairs = [f"{_open(step)} {at + record.offsets[step]:8d} " for step in range(start, end)]
                lines.append("".join(pairs).encode("ascii"))
                for step in range(start, end):
                    entries[place][step] = bytes(ROW - 2) + index.to_bytes(2, "big")
                    index += 1
            self.lines.append(lines)
        self.entries = [b"".join(own) for own in entries]


class Rows:
    """Repetitions of one record on their way into a file."""

    def __init__(self, file: Streamed, record: Record) -> None:
        self._file = file
        self._record = record
        self._size = record.hundreds * HUNDRED
        self._capacity = _FEWEST
        self._first = 0
        self._waiting: list[tuple[int, Sequence[int]]] = []

    def next(self) -> int:
        """Return the first object number of the repetition that comes next."""
        if not self._first:
            self._first = self._file.reserve(self._size * self._capacity, HUNDRED)
        return self._first + self._size * len(self._waiting)

    def add(self, keys: int, numbers: Sequence[int]) -> None:
        """Add the next repetition."""
        self.next()
        self._waiting.append((keys, numbers))
        if len(self._waiting) == self._capacity:
            self.flush()
            self._capacity = min(ROWS, 2 * self._capacity)

    def flush(self) -> None:
        """Write the repetitions that have gathered."""
        if not self._waiting:
            return
        record, width, count = self._record, self._record.width, len(self._waiting)
        plan, holder = record.plan(count), self._file.reserve()
        firsts = [self._first + self._size * place for place in range(count)]
        for first, entries in zip(firsts, plan.entries, strict=True):
            self._file.held(holder, first, entries)
        index = self._index(plan, firsts)
        filled = [record.filled(first, *given) for first, given in zip(firsts, self._waiting, strict=True)]
        content = [predicted(bytes(width) + index, width)]
        for start in range(0, len(filled[0]), width):
            rows = [row[start : start + width] for row in filled]
            content += (b"\0", rows[0], predicted(b"".join(rows), width))
        entries = f"/Type /ObjStm /N {record.count * count} /First {len(index)} /DecodeParms {parameters(width)}"
        self._file.put(holder, Stream(entries, zlib.compress(b"".join(content), LEVEL), compressed=True))
        self._waiting, self._first = [], 0

    def _index(self, plan: _Plan, firsts: list[int]) -> bytes:
        """Return the index as whole rows, in fixed columns like all else."""
        rows = []
        for part in plan.lines:
            lines = [numbered(line, first, self._record.hundreds) for line, first in zip(part, firsts, strict=True)]
            rows += [b"".join(lines[at : at + _LINES]).ljust(self._record.width) for at in range(0, len(lines), _LINES)]
        return b"".join(rows)


def _open(step: int) -> str:
    """Return an object number whose hundreds are open: five bytes that say which hundred, and two digits."""
    return f"{chr(1 + step // HUNDRED) * 5}{step % HUNDRED:02d}"


def numbered(text: bytes, first: int, hundreds: int) -> bytes:
    """Return a text with its object numbers counted from ``first``, a multiple of 100."""
    for place in range(hundreds):
        text = text.replace(bytes([1 + place]) * 5, b"%5d" % (first // HUNDRED + place))
    return text
