"""Rows of a CSV file, read strictly: an open quotation mark is an error with its line, and swallows no rows."""

import csv
import io
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.press.columns import COLUMNS, Cells, column_of, resolve
from handouts.press.encodings import guess, wide
from handouts.press.records import MAX_LINE, WORST, Place, Record, looked_at, refusal, wrong

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_UNCLOSED: Final = "A quotation mark is opened and not closed, or text follows a closing one."
_LINE_ENDS: Final = "A carriage return (CR) stands within the line, outside of quotation marks."
_SAVE_LINES: Final = "Save it with line ends LF or CR LF; put a cell with a line break between quotation marks."
_SAVE_AS: Final = "Save it again as UTF-8: in a spreadsheet, “Save as”, “CSV UTF-8”."


class CsvRows:
    """A CSV file: its columns, what is to be said about it, and its rows, from the start or from given places."""

    def __init__(self, path: Path, label: str) -> None:
        self.path, self.label = path, label
        with path.open("rb") as file:
            lines = _Lines(file, label)
            head, self._delimiter = self._head(lines)
            self._begin = Place(1, lines.line, lines.offset)
        columns, findings = resolve(head, label, self._begin.line - 1)
        if findings:
            raise ContentError(f"{label} cannot be read as a manifest.", "Mend its line of heads.", findings)
        self.columns: tuple[str, ...] = columns
        self._chosen = itemgetter(*[columns.index(one) if one in columns else len(columns) for one in COLUMNS])
        message = f"The cells of {label} are parted by {_DELIMITERS[self._delimiter]}."
        self.notes: tuple[Finding, ...] = (Finding("manifest.delimiter", Severity.NOTE, message, Where(file=label)),)

    def records(self) -> Iterator[Record]:
        """Give every row in turn. Raises ContentError with the line where the file cannot be read on."""
        with self.path.open("rb") as file:
            lines, row = _Lines(file, self.label, self._begin.offset, self._begin.line), 1
            reader = self._reader(lines)
            while record := self._next(lines, reader, row):
                yield record
                row += 1

    def at(self, places: Iterable[Place]) -> Iterator[Record]:
        """Give the rows at places that :meth:`records` told, without reading what lies between."""
        with self.path.open("rb") as file:
            lines = _Lines(file, self.label)
            reader = self._reader(lines)
            for row, line, offset in places:
                lines.go(offset, line)
                if record := self._next(lines, reader, row):
                    yield record

    def _head(self, lines: "_Lines") -> tuple[list[str], str]:
        """Return the heads and the delimiter: the one that gives most heads that we know."""
        _look_at_start(lines.file, self.label)
        csv.field_size_limit(MAX_LINE)
        for text in lines:
            told = text.strip().strip('"').lower()  # spreadsheets put a line with commas between quotation marks
            if told.startswith("sep=") and len({*told[4:]}) <= 1:  # what Excel writes, and reads
                self._told = told[4:5] or "\t"
            elif told.strip(",;|\t") and not told.startswith("#"):
                return self._cut(text, lines.line - 1)
        raise refusal("empty", f"{self.label} is empty: there is nothing to do.", self.label, "Look at an --example.")

    _told = ""

    def _cut(self, text: str, line: int) -> tuple[list[str], str]:
        best: tuple[int, int, list[str], str] = (-1, -1, [], ",")
        for delimiter in [self._told] if self._told in _DELIMITERS else _DELIMITERS:
            try:
                heads = next(csv.reader([text], delimiter=delimiter, strict=True))
            except csv.Error:
                continue
            known = sum(bool(column_of(head)) for head in heads)
            if (known, len(heads)) > best[:2]:
                best = (known, len(heads), [head.strip() for head in heads], delimiter)
        if not best[2]:
            if _lone_return(text):
                raise refusal("line-ends", _LINE_ENDS, self.label, _SAVE_LINES, line)
            raise refusal("unclosed-quote", _UNCLOSED, self.label, "Mend the line of heads.", line)
        heads = best[2]
        while len(heads) > 1 and not heads[-1]:  # what spreadsheets leave of columns that were emptied
            heads.pop()
        return heads, best[3]

    def _reader(self, lines: "_Lines") -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._delimiter, strict=True)

    def _next(self, lines: "_Lines", reader: Iterator[list[str]], row: int) -> Record | None:
        """Return the next row that is not empty, which has this number; None at the end."""
        while True:
            line, offset = lines.line, lines.offset
            try:
                cells = next(reader)
            except StopIteration:
                return None
            except csv.Error:
                return self._broken(lines, Place(row, line, offset))
            if any(map(str.strip, cells)):
                return self._record(Place(row, line, offset), cells, lines.line == line + 1 and lines.plain)

    def _record(self, place: Place, cells: list[str], plain: bool) -> Record:
        """Return the record of a row; if it is one ``plain`` line there is nothing to say of its characters."""
        if len(cells) != len(self.columns) and (found := self._ragged(place, cells)):
            return Record(place, None, (found,))
        named = Cells._make(self._chosen([*map(str.strip, cells), ""]))
        return Record(place, named) if plain else looked_at(place, named)

    def _ragged(self, place: Place, cells: list[str]) -> Finding | None:
        """Return what is wrong with a row that has more or fewer cells than there are heads; empty ones are cut off."""
        columns = self.columns
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        message = f"The row has {len(cells)} cells, but there are {len(columns)} columns."
        if len(cells) > len(columns):
            hint = "Put a cell that has the delimiter in it between quotation marks."
            return wrong("long-row", message, place, hint)
        if len(cells) < len(columns):
            return wrong("short-row", message, place, "Fill it up with empty cells.", columns[len(cells)])
        return None

    def _broken(self, lines: "_Lines", place: Place) -> Record:
        """Return what stands for a row that is no CSV. Raises ContentError if it took other lines with it."""
        if lines.line - place.line > 1 or lines.ended:
            message = f"{self.label} cannot be read from line {place.line} on: {_UNCLOSED}"
            hint = f"Look for a quotation mark in line {place.line}; one inside a cell is written twice."
            raise refusal("unclosed-quote", message, self.label, hint, place.line)
        if _lone_return(lines.last):
            return Record(place, None, (wrong("line-ends", _LINE_ENDS, place, _SAVE_LINES),))
        hint = "A quotation mark inside a cell is written twice, and the cell is put between two more."
        return Record(place, None, (wrong("quote", "Text follows a closing quotation mark.", place, hint),))


class _Lines:
    """The lines of a file as text, with the number and the offset of the line that comes next."""

    def __init__(self, file: BinaryIO, label: str, offset: int = 0, line: int = 1) -> None:
        self.file, self.label, self.ended = file, label, False
        self.last = ""
        file.seek(0)
        mark = len(_UTF8_MARK) if file.read(3) == _UTF8_MARK else 0
        file.seek(0)
        self.offset = 0
        self.go(max(offset, mark), line)

    def go(self, offset: int, line: int) -> None:
        """Go to the line of this number, which begins so far into the file."""
        if offset != self.offset:
            self.file.seek(offset)
        self.offset, self.line = offset, line

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self.file.readline(MAX_LINE)
        if not raw:
            self.ended = True
            raise StopIteration
        if len(raw) == MAX_LINE:
            message = f"Line {self.line} of {self.label} has no end."
            raise refusal("endless-line", message, self.label, f"A line may have {MAX_LINE:,} bytes.", self.line)
        self.offset += len(raw)
        self.line += 1
        try:
            self.last = raw.decode()
        except UnicodeDecodeError:
            self.last = self._other(raw)
        return self.last

    @property
    def plain(self) -> bool:
        """Return whether the last line is short and has no character that is not plainly to be seen."""
        return len(self.last) <= WORST and self.last.rstrip("\r\n").isprintable()

    def _other(self, raw: bytes) -> str:
        """Return a line with lone surrogates as text, for they are the row's fault. Raises ContentError otherwise."""
        try:
            return raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            page = guess(raw[max(0, error.start - 2_000) : error.start + 2_000] + self.file.read(20_000))
            message = f"{self.label} is not in UTF-8 (line {self.line - 1}); it looks like {page}."
            raise refusal("encoding", message, self.label, _SAVE_AS, self.line - 1) from None


def _lone_return(text: str) -> bool:
    """Return whether a line has carriage returns within it, and no quotation mark that could hold them."""
    return "\r" in text.rstrip("\r\n") and '"' not in text


def _look_at_start(file: BinaryIO, label: str) -> None:
    """Raise ContentError if a file's first bytes show that it is something else than a CSV file in UTF-8."""
    here = file.tell()
    file.seek(0)
    start = file.read(io.DEFAULT_BUFFER_SIZE)
    file.seek(here)
    if name := wide(start):
        raise refusal("encoding", f"{label} is in {name}, not in UTF-8.", label, _SAVE_AS, 1)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        hint = "Let its name end in .xlsx, or save it as CSV UTF-8."
        raise refusal("kind", f"{label} is a spreadsheet, not a CSV file.", label, hint)
