"""Groups of small objects that are alike but for numbers: written out once, then filled in for each repetition.

A leaflet in a print file is such a group: its pages, links and structure elements differ from those of the next copy
in nothing but object numbers and keys. :class:`Draft` collects a group with its numbers left open, :class:`Record` is
the group ready for filling in, and :class:`Rows` packs filled groups into object streams. As the numbers have a fixed
width and grow alike, the difference from one row to the next is nearly nothing, and that is what is stored.
"""

import re
import zlib
from collections.abc import Sequence
from typing import Final

from handouts.pdf.objects import LEVEL, Body, Stream
from handouts.pdf.streamed import Streamed, parameters, predicted

ROWS: Final = 32
"""Most rows in one object stream: what a reader unpacks to get at one of them."""

_OPEN: Final = re.compile("\0([okx])(\\d+)\0")
_NUMBER: Final = "%7d"
_PAIR: Final = 17  # bytes of an object's number and offset in the index
_FEWEST: Final = 4


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
    """A group of objects, ready to be filled in. ``count`` is the number of objects, ``width`` their length."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self.count = len(bodies)
        self._steps: list[int] = []
        self._keys: list[tuple[int, int]] = []
        self._given: list[tuple[int, int]] = []
        texts = [_OPEN.sub(self._field, body.replace("%", "%%")) + "\n" for body in bodies]
        self._text = "".join(texts).encode("ascii")
        self.offsets = []
        self.width = 0
        for text in texts:
            self.offsets.append(self.width)
            self.width += len(re.sub(_NUMBER + "|%%", lambda found: "9" * (7 if found[0] == _NUMBER else 1), text))

    def filled(self, first: int, keys: int, numbers: Sequence[int]) -> bytes:
        """Return the objects' bytes; they are numbered from ``first``, their keys from ``keys``."""
        values = [first + step for step in self._steps]
        for place, step in self._keys:
            values[place] = keys + step
        for place, step in self._given:
            values[place] = numbers[step]
        return self._text % tuple(values)

    def _field(self, found: re.Match[str]) -> str:
        place, step = len(self._steps), int(found[2])
        if found[1] == "k":
            self._keys.append((place, step))
        elif found[1] == "x":
            self._given.append((place, step))
        self._steps.append(step)
        return _NUMBER


class Rows:
    """Repetitions of one record on their way into a file. ``size`` numbers are taken for each: objects and streams."""

    def __init__(self, file: Streamed, record: Record, size: int) -> None:
        self._file = file
        self._record = record
        self._size = size
        self._capacity = _FEWEST
        self._first = 0
        self._rows: list[bytes] = []

    def next(self) -> int:
        """Return the first object number of the repetition that comes next."""
        if not self._first:
            self._first = self._file.reserve(self._size * self._capacity)
        return self._first + self._size * len(self._rows)

    def add(self, keys: int, numbers: Sequence[int]) -> None:
        """Add the next repetition."""
        self._rows.append(self._record.filled(self.next(), keys, numbers))
        if len(self._rows) == self._capacity:
            self.flush()
            self._capacity = min(ROWS, 2 * self._capacity)

    def flush(self) -> None:
        """Write the repetitions that have gathered."""
        if not self._rows:
            return
        file, record = self._file, self._record
        holder = file.reserve()
        for place in range(len(self._rows)):
            file.held(holder, self._first + self._size * place, record.count, record.count * place)
        index = self._index()
        data = predicted(b"".join([bytes(record.width), index, *self._rows]), record.width)
        entries = (
            f"/Type /ObjStm /N {record.count * len(self._rows)} /First {len(index)}"
            f" /DecodeParms {parameters(record.width)}"
        )
        file.put(holder, Stream(entries, zlib.compress(data, LEVEL), compressed=True))
        self._rows, self._first = [], 0

    def _index(self) -> bytes:
        """Return the object stream's index as whole rows, in fixed columns like all else."""
        record, lines = self._record, []
        for place in range(len(self._rows)):
            first, start = self._first + self._size * place, record.width * place
            pairs = [value for step, at in enumerate(record.offsets) for value in (first + step, start + at)]
            lines.append(b"%7d %8d " * record.count % tuple(pairs))
        together = max(1, record.width // (_PAIR * record.count))
        rows = [b"".join(lines[at : at + together]) for at in range(0, len(lines), together)]
        return b"".join([row.ljust(record.width) for row in rows])
