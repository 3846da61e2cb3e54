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

from handouts.errors import ContentError
from handouts.pdf.crossref import MOST_HELD
from handouts.pdf.objects import Body, Stream
from handouts.pdf.predictor import UP, parameters, up
from handouts.pdf.streamed import Streamed

_LEVEL: Final = 3  # rows are alike: looking for better matches than the next gains little

ROWS: Final = 64
"""Most rows in one object stream: what a reader unpacks to get at one of them."""

HUNDRED: Final = 100
"""Each repetition takes a multiple of so many object numbers; those that are left over are free."""

_OPEN: Final = re.compile("\0([okx])(\\d+)\0")
_BLANK: Final = re.compile(r"(\((?:\\.|[^\\()])*\))| (?=[/<>\[\]])|(?<=[<>\[\]]) ")
_PAIR: Final = 17  # bytes of an object's number and offset in the index
_FEWEST: Final = 8
_WIDTH: Final = 2_500
_LAP: Final = 10_000
_WIDEST: Final = 130_000
# Signs of open numbers, which no text string holds.
_HUNDREDS: Final = [bytes([sign]) * 5 for sign in range(0x01, 0x20)]
_OFFSETS: Final = [bytes([sign]) * 4 for sign in range(0x11, 0x20)]
_DIGITS: Final = 7
_OTHER: Final = b"\0" * _DIGITS
_SIGN: Final = re.compile(rb"([\x01-\x1f])\1{4}")
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
    ``offsets`` where each begins in its part. ``hundreds`` is how many hundreds of numbers a repetition takes. Raises
    ContentError for a group of more than 3,100 objects, or with one of more than 130,000 bytes.
    """

    def __init__(self, bodies: Sequence[str]) -> None:
        self.count = len(bodies)
        self.hundreds = -(-self.count // HUNDRED)
        if self.hundreds > len(_HUNDREDS):
            message = f"The leaflet has {self.count:,} parts, too many for a print run."
            raise ContentError(message, "Make it shorter.")
        self.starts: list[int] = []
        self.offsets: list[int] = []
        self._fields: list[tuple[str, int]] = []
        texts = [_OPEN.sub(self._field, _BLANK.sub(r"\1", body)) + "\n" for body in bodies]
        self.width = -(-max(map(len, texts)) // _WIDTH) * _WIDTH
        if self.width > _WIDEST:
            raise ContentError("A part of the leaflet is too large for a print run.", "Make it shorter.")
        self._laid_out = self._in_parts(texts).encode("ascii")
        still = bytearray(len(self._laid_out))
        for found in _SIGN.finditer(self._laid_out):
            still[found.start() : found.end()] = found[0]
        self._still = bytes(still)
        self._places = [found.start() for found in re.finditer(_OTHER, self._laid_out)]
        self._form = b"%7d" * len(self._places)
        self._lines: dict[tuple[int, int], bytes] = {}

    def numbers(self, keys: int, outside: Sequence[int]) -> bytes:
        """Return what stands in a repetition's open places, one after the other: keys from ``keys``, given numbers.

        Object numbers of the group's own are not among them.
        """
        return self._form % tuple([keys + step if kind == "k" else outside[step] for kind, step in self._fields])

    def filled(self, first: int, numbers: bytes) -> bytes:
        """Return the objects' bytes; they are numbered from ``first``, a multiple of 100."""
        text = bytearray(numbered(self._laid_out, first, self.hundreds))
        for place, at in enumerate(self._places):
            text[at : at + _DIGITS] = numbers[_DIGITS * place : _DIGITS * (place + 1)]
        return bytes(text)

    def changes(self, first: int, before: bytes, after: bytes) -> bytes:
        """Return the next repetition's bytes, each as the difference from this one's, which is numbered from ``first``.

        Nearly all of them are 0. (It is what :func:`handouts.pdf.predictor.up` gives for them.)
        """
        text, lowest = self._still, first // HUNDRED
        for sign, place in zip(_HUNDREDS[: self.hundreds], range(lowest, lowest + self.hundreds), strict=True):
            text = text.replace(sign, up(b"%5d" % place, b"%5d" % (place + self.hundreds)))
        changed, apart = bytearray(text), up(before, after)
        for place, at in enumerate(self._places):
            changed[at : at + _DIGITS] = apart[_DIGITS * place : _DIGITS * (place + 1)]
        return bytes(changed)

    def index(self, part: int, first: int, base: int) -> bytes:
        """Return the index of one part's objects, which begin at ``base``, a multiple of the width."""
        above, within = divmod(base, _LAP)
        line = self._lines.get((part, within))
        if line is None:
            start, end = self.starts[part], [*self.starts, self.count][part + 1]
            pairs = [f"{_open(step)} {_open_offset(within + self.offsets[step])} " for step in range(start, end)]
            line = self._lines[part, within] = "".join(pairs).encode("ascii")
        laps = -(-(_LAP - 1 + self.width) // _LAP)
        return _filled(numbered(line, first, self.hundreds), _OFFSETS[:laps], above, b"%4d")

    def _field(self, found: re.Match[str]) -> str:
        if found[1] == "o":
            return _open(int(found[2]))
        self._fields.append((found[1], int(found[2])))
        return _OTHER.decode()

    def _in_parts(self, texts: list[str]) -> str:
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


class Rows:
    """Repetitions of one record on their way into a file."""

    def __init__(self, file: Streamed, record: Record) -> None:
        self._file = file
        self._record = record
        self._size = record.hundreds * HUNDRED
        self._capacity = self._at_most(_FEWEST)
        self._first = 0
        self._waiting: list[bytes] = []

    def next(self) -> int:
        """Return the first object number of the repetition that comes next."""
        if not self._first:
            self._first = self._file.reserve(self._size * self._capacity, HUNDRED)
        return self._first + self._size * len(self._waiting)

    def add(self, keys: int, numbers: Sequence[int]) -> None:
        """Add the next repetition."""
        self.next()
        self._waiting.append(self._record.numbers(keys, numbers))
        if len(self._waiting) == self._capacity:
            self.flush()
            self._capacity = self._at_most(2 * self._capacity)

    def _at_most(self, count: int) -> int:
        """Return how many repetitions go into one object stream, so many if it can hold them."""
        return max(1, min(ROWS, count, MOST_HELD // self._record.count))

    def flush(self) -> None:
        """Write the repetitions that have gathered."""
        if not self._waiting:
            return
        record, width, count = self._record, self._record.width, len(self._waiting)
        holder = self._file.reserve()
        firsts = [self._first + self._size * place for place in range(count)]
        index = b""
        for number, (start, end) in enumerate(pairwise([*record.starts, record.count])):
            lines = []
            for place, first in enumerate(firsts):
                at = start * count + (end - start) * place
                self._file.held(first + start, end - start, holder, at)
                lines.append(record.index(number, first, (number * count + place) * width))
            rows = [b"".join(lines[at : at + _LINES]) for at in range(0, count, _LINES)]
            index += b"".join([row.ljust(width) for row in rows])
        rows = [record.filled(self._first, self._waiting[0])]
        rows += [record.changes(first, *pair) for first, pair in zip(firsts, pairwise(self._waiting), strict=False)]
        changed = up(bytes(width) + index[:-width], index)
        content = [part for at in range(0, len(index), width) for part in (UP, changed[at : at + width])]
        for start in range(0, len(rows[0]), width):
            parts = [row[start : start + width] for row in rows]
            content += (b"\0", UP.join(parts))
        entries = f"/Type /ObjStm /N {record.count * count} /First {len(index)} /DecodeParms {parameters(width)}"
        self._file.put(holder, Stream(entries, zlib.compress(b"".join(content), _LEVEL), compressed=True))
        self._waiting, self._first = [], 0


def _open(step: int) -> str:
    """Return an object number whose hundreds are open: a sign, five times, for which hundred, and two digits."""
    return f"{_HUNDREDS[step // HUNDRED].decode()}{step % HUNDRED:02d}"


def _open_offset(offset: int) -> str:
    """Return an offset whose ten thousands are open."""
    return f"{_OFFSETS[offset // _LAP].decode()}{offset % _LAP:04d}"


def numbered(text: bytes, first: int, hundreds: int) -> bytes:
    """Return a text with its object numbers counted from ``first``, a multiple of 100."""
    return _filled(text, _HUNDREDS[:hundreds], first // HUNDRED, b"%5d")


def _filled(text: bytes, signs: Sequence[bytes], lowest: int, form: bytes) -> bytes:
    for number, sign in enumerate(signs, lowest):
        text = text.replace(sign, form % number)
    return text
