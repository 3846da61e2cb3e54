"""Rows of a JSON Lines file: one object a line; what JSON leaves open (a key twice, NaN) is an error of the row."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from handouts.findings import Finding
from handouts.press.columns import Cells, column_of, suggestion
from handouts.press.encodings import guess, wide
from handouts.press.records import MAX_LINE, Place, Record, looked_at, refusal, wrong

_UTF8_MARK: Final = b"\xef\xbb\xbf"


class _Refused(ValueError):
    """A line that JSON readers do not agree on; the reason is a text of ours."""


class JsonlRows:
    """A JSON Lines file: every line is an object of columns; lines that are empty are passed over."""

    def __init__(self, path: Path, label: str) -> None:
        self.path, self.label = path, label
        self.columns: tuple[str, ...] = ()
        self.notes: tuple[Finding, ...] = ()
        with path.open("rb") as file:
            start = file.read(4_000)
        self._begin = 3 if start.startswith(_UTF8_MARK) else 0
        if name := wide(start):
            raise refusal("encoding", f"{label} is in {name}, not in UTF-8.", label, "Save it again as UTF-8.", 1)
        if start[self._begin :].lstrip().startswith(b"["):
            hint = "Write one object a line, without the brackets and commas around them."
            raise refusal("kind", f"{label} is a JSON array, not JSON Lines.", label, hint)

    def records(self) -> Iterator[Record]:
        """Give every row in turn. Raises ContentError when the last line is cut off."""
        with self.path.open("rb") as file:
            file.seek(self._begin)
            row, line, offset = 0, 0, self._begin
            while raw := file.readline(MAX_LINE):
                line += 1
                if raw.strip():
                    row += 1
                    yield self._record(Place(row, line, offset), raw, file)
                offset += len(raw)

    def at(self, places: Iterable[Place]) -> Iterator[Record]:
        """Give the rows at places that :meth:`records` told, without reading what lies between."""
        with self.path.open("rb") as file:
            for place in places:
                file.seek(place.offset)
                yield self._record(place, file.readline(MAX_LINE), file)

    def _record(self, place: Place, raw: bytes, file: BinaryIO) -> Record:
        if len(raw) == MAX_LINE:
            message = f"Line {place.line} of {self.label} has no end."
            raise refusal("endless-line", message, self.label, f"A line may have {MAX_LINE:,} bytes.", place.line)
        try:
            return _cells(place, _object(raw))
        except _Refused as error:
            return Record(place, None, (wrong("json", str(error), place, "Mend the line."),))
        except UnicodeDecodeError as error:
            page = guess(raw[max(0, error.start - 2_000) : error.start + 2_000])
            message = f"{self.label} is not in UTF-8 (line {place.line}); it looks like {page}."
            raise refusal("encoding", message, self.label, "Save it again as UTF-8.", place.line) from None
        except ValueError:
            if b"\r" in raw.rstrip(b"\r\n"):
                message = f"Line {place.line} of {self.label} has carriage returns (CR) within it."
                raise refusal("line-ends", message, self.label, "Save it with line ends LF.", place.line) from None
            if not raw.endswith(b"\n") and not file.read(1):
                message = f"{self.label} is cut off in line {place.line}, its last."
                hint = "Write the file again; rows may be missing."
                raise refusal("cut-off", message, self.label, hint, place.line) from None
            return Record(place, None, (wrong("json", "The line is not JSON.", place, "Write one object a line."),))


def _object(raw: bytes) -> dict[str, Any]:
    """Return the object of a line. Raises _Refused for what JSON readers do not agree on, ValueError for no JSON."""
    try:
        value = json.loads(
            raw.decode("utf-8", "surrogatepass"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=str,
            parse_float=str,
        )
    except RecursionError:
        raise _Refused("The line is nested too deep.") from None
    if not isinstance(value, dict):
        raise _Refused("The line is JSON, but no object.")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("The line has a key twice.")
    return found


def _no_number(_: str) -> NoReturn:
    raise _Refused("The line has NaN or Infinity, which is not JSON.")


def _cells(place: Place, values: dict[str, Any]) -> Record:
    """Return the record of an object, its keys read as heads of columns are."""
    cells: dict[str, str] = {}
    found = []
    for number, (key, value) in enumerate(values.items(), 1):
        column = column_of(key)
        if not column:
            message = f"Key {number} of the line is not known."
            found.append(wrong("head-unknown", message, place, suggestion(key)))
        elif column in cells:
            found.append(wrong("head-twice", "Two keys of the line are the same column.", place, "", column))
        elif value is None or isinstance(value, str):
            cells[column] = (value or "").strip()
        else:
            hint = "Put it between quotation marks."
            found.append(wrong("not-text", "The value is neither text nor a number.", place, hint, column))
    record = looked_at(place, Cells(**cells))
    return record._replace(findings=(*found, *record.findings)) if found else record
