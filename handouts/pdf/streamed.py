"""A PDF file that is written as it grows, in little memory: for print files that hold thousands of leaflets.

Objects get their numbers before they are written, so that others can refer to them. Streams go out at once; small
objects gather and go out many at a time, in object streams (ISO 32000-1, 7.5.7). All that is kept is where they stand.
"""

import zlib
from hashlib import sha256
from typing import BinaryIO, Final

from handouts.pdf.crossref import ROW, Places
from handouts.pdf.objects import HEADER, Body, Stream, object_stream
from handouts.pdf.predictor import parameters

MAX_OBJECTS: Final = 4_000_000
"""Chrome refuses files with more than 4,194,304 objects; the archive format allows 8,388,607 (ISO 19005-2, 6.1.13)."""

_PILE: Final = 200  # most objects in one object stream
_LEAST: Final = 3
"""Bytes an object: qpdf 12 takes higher numbers for damage, though objects that are alike need fewer here."""

_BLANK: Final = b" " * 999 + b"\n"
_TABLE_LEVEL: Final = 1  # of deflating the table, which is nearly all zeros


class Streamed:
    """A PDF 1.7 file on its way to ``target``. The same calls give the same bytes."""

    def __init__(self, target: BinaryIO) -> None:
        self.count = 0
        self.size = 0
        self._target = target
        self._places = Places()
        self._digest = sha256()
        self._pile: list[tuple[int, bytes]] = []
        self._write(HEADER)

    def reserve(self, count: int = 1, multiple: int = 1) -> int:
        """Return the first of so many new object numbers, a ``multiple``; one that is never written counts as free."""
        first = -(-(self.count + 1) // multiple) * multiple
        self.count = first + count - 1
        return first

    def add(self, item: Body) -> str:
        """Write an object that has no number yet and return the reference to it."""
        number = self.reserve()
        self.put(number, item)
        return f"{number} 0 R"

    def put(self, number: int, item: Body, *, alone: bool = False) -> None:
        """Write the object of a reserved number; streams, and what is to stand ``alone``, at once."""
        body = item.format(None)
        if alone or isinstance(item, Stream):
            self._alone(number, body)
            return
        self._pile.append((number, body))
        if len(self._pile) == _PILE:
            self.flush()

    def stream(self, content: bytes) -> int:
        """Write a short stream as it is, for deflating it takes longer than it saves; return its number."""
        number = self.reserve()
        self._alone(number, b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content))
        return number

    def flush(self) -> None:
        """Write the small objects that have gathered."""
        if self._pile:
            holder = self.reserve()
            for index, (number, _) in enumerate(self._pile):
                self._places.held(number, 1, holder, index)
            self.put(holder, object_stream(self._pile))
            self._pile = []

    def held(self, number: int, count: int, holder: int, index: int) -> None:
        """Note that so many objects from ``number`` on stand in the object stream ``holder``, from ``index`` on."""
        self._places.held(number, count, holder, index)

    def copy(self, target: BinaryIO) -> "Streamed":
        """Return a file on its way to another target that has all that was written so far, which it is given first."""
        twin = object.__new__(Streamed)
        twin.count, twin.size = self.count, self.size
        twin._target, twin._places = target, self._places.copy()
        twin._digest, twin._pile = self._digest.copy(), [*self._pile]
        return twin

    @property
    def sha256(self) -> str:
        """Return the hash of all that was written so far."""
        return self._digest.hexdigest()

    def close(self, root: str, information: str) -> None:
        """Write what is left and the cross-reference stream; the file's identifiers are made from its content.

        ``root`` and ``information`` are references to the catalogue and to the information dictionary.
        """
        self.flush()
        number = self.reserve()
        self._fill_up()
        at = self.size
        self._places.at(number, at)
        identifier = self._digest.hexdigest()[:32]
        packed = zlib.compressobj(_TABLE_LEVEL)
        chunks = [*map(packed.compress, self._places.rows(self.count))]
        entries = (
            f"/Type /XRef /Size {self.count + 1} /W [1 5 2] /Root {root} /Info {information}"
            f" /ID [<{identifier}> <{identifier}>] /DecodeParms {parameters(ROW)}"
        )
        cross = Stream(entries, b"".join([*chunks, packed.flush()]), compressed=True)
        self._write(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, cross.format(None), at))

    def _fill_up(self) -> None:
        """Add blank lines to a file that would have fewer bytes than readers expect of so many objects."""
        for _ in range(self.size, _LEAST * (self.count + 1), len(_BLANK)):
            self._write(_BLANK)

    def _alone(self, number: int, body: bytes) -> None:
        self._places.at(number, self.size)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _write(self, data: bytes) -> None:
        self._target.write(data)
        self._digest.update(data)
        self.size += len(data)
