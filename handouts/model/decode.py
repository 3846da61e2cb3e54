"""Bytes of authored files to checked values, and what is wrong said so that a person can mend it.

Pure: the bytes and the label of their file come from ``library``.
"""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import groupby
from math import isfinite
from types import NoneType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin
from unicodedata import combining

import msgspec

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Authored
from handouts.model.leaflet import Artwork

Kind = TypeVar("Kind", bound=Authored)

MAX_TEXT: Final = 2000
"""The longest string, in characters, that an authored file may hold: a paragraph, not a book."""

MAX_MARKS: Final = 30
"""So many marks may stand on one letter (UAX #15, section 13: the Stream-Safe Text Format)."""

# No text needs them: control characters (a line break is seen to below), paragraph separators, embeddings and
# isolates (which could turn a dose around), byte order marks, noncharacters.
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_AT: Final = re.compile(r" - at `\$(?P<path>.*)`$")
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_SYNTAX: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def decode(data: bytes, kind: type[Kind], file: str) -> Kind:
    """Return the authored value that TOML bytes hold. ``file`` names the file in messages.

    Raises ContentError (with one finding: file, line where known, dotted key, hint) when the bytes are not UTF-8, not
    TOML, or not of this kind: a missing, unknown or wrong key, a value of the wrong type, a control character, a line
    break (but in notes) or a string over ``MAX_TEXT`` characters.
    """
    try:
        text, raw = _parse(data, file)
        for path, value in _leaves(raw, ()):
            if wrong := _wrong(value, lines=path[0] == "notes"):
                raise _problem(file, f"The value {wrong}.", "Delete it, or write it anew.", raw, path, text)
        return msgspec.convert(raw, kind, dec_hook=_text)
    except msgspec.ValidationError as error:
        raise _explained(error, kind, file, raw, text) from None
    except RecursionError:
        raise problem(file, "The TOML is nested too deep.", "No file here needs it.", rule="toml.syntax") from None


def plain(data: bytes, file: str) -> str:
    """Return UTF-8 bytes as text. Raises ContentError, with the line, where they are not UTF-8 (or have a NUL)."""
    try:
        text = data.decode("utf-8-sig")
        at = text.find("\0")  # as in UTF-16 without its mark
    except UnicodeDecodeError as error:
        text, at = "", error.start
    if at < 0:
        return text.replace("\r\n", "\n")
    line = (data.count(b"\n", 0, at) if not text else text.count("\n", 0, at)) + 1
    what = "The file holds a NUL character, as UTF-16 does." if text else "The file is not UTF-8."
    raise problem(file, what, "Save it as UTF-8.", rule="file.encoding", line=line)


def artwork(name: str, data: bytes, file: str) -> Artwork:
    """Return a picture under the given name. Raises ContentError unless it is what its file's ending says."""
    if file.lower().endswith(".png") and data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Artwork(name=name, media="png", data=data, file=file)
    if file.lower().endswith(".svg") and b"<svg" in data:
        return Artwork(name=name, media="svg", data=data, file=file)
    raise problem(file, "The file is not a picture of the kind its name says.", "Export it again.", rule="picture.kind")


def problem(file: str, message: str, hint: str = "", *, rule: str, line: int = 0, key: str = "") -> ContentError:
    """Return the error for one thing wrong in an authored file, with the same as a finding."""
    finding = Finding(rule, Severity.ERROR, message, Where(file=file, line=line, key=key), hint)
    return ContentError(message, hint, (finding,))


def _parse(data: bytes, file: str) -> tuple[str, dict[str, Any]]:
    text = plain(data, file)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _SYNTAX.search(str(error))
        said = str(error)[: place.start()] if place else str(error)
        line = int(place["line"]) if place and place["line"] else text.count("\n") + 1
        column = f" (column {place['column']})" if place and place["column"] else ""
        hint = 'A key stands once, a text in straight quotes; a quote inside it is written \\".'
        raise problem(file, f"The TOML cannot be read: {said}{column}.", hint, rule="toml.syntax", line=line) from None
    except ValueError:  # Python's own, of whole numbers
        raise problem(file, "A number has too many digits.", "Shorten it.", rule="toml.syntax") from None


def _text(kind: type[Any], value: Any) -> Any:
    """Turn a TOML string into a Text: msgspec's hook for types that are not its own."""
    if not isinstance(value, str):
        raise TypeError(f"Expected `str`, got `{_toml_name(value)}`")  # msgspec adds the place
    return kind(value)


def _toml_name(value: Any) -> str:
    names = {bool: "bool", int: "int", float: "float", list: "array", dict: "object"}
    return names.get(type(value), type(value).__name__)


_PLAIN: Final = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in brackets",
    "object": "a table",
    "date": "a date without quotes",
    "time": "a time without quotes",
    "datetime": "a date and time without quotes",
}
_TOML_WORDS: Final = {"True": "true", "False": "false"}
_WRITE: Final = {
    "str": 'Write it in straight quotes: "…".',
    "array": 'Write it in brackets: ["…"].',
    "object": "Write it as a [table].",
}


def _explained(
    error: msgspec.ValidationError, kind: type[Authored], file: str, raw: dict[str, Any], text: str
) -> ContentError:
    """Return msgspec's complaint in plain words, with the key, its line, and the likely right word."""
    place = _AT.search(str(error))
    said = str(error)[: place.start()] if place else str(error)
    path = _path(_STEP.findall(place["path"]) if place else [], kind, raw)
    expected = _type_at(kind, path)
    names = re.findall(r"`([^`]*)`|'([^']*)'|(?<=enum value )(\S+)", said)
    name = next(("".join(found) for found in names), "")
    name = _TOML_WORDS.get(name, name)
    hint = ""
    if "unknown field" in said:
        message, path, hint = (
            f"The key “{name}” is not known here.",
            (*path, name),
            _near(name, _field_names(expected)),
        )
    elif "missing required field" in said:
        message, hint = f"The key “{name}” is missing.", f"Add it: {name} = …"
    elif "Invalid enum value" in said:
        message, hint = f"“{name}” is not one of the words allowed here.", _near(name, _words(expected))
    elif "matching regex" in said:
        hint = "Colours are written like #1a5276; ids in small letters, digits and single hyphens."
        message = "The value is not written the way it must be."
    else:
        words = re.sub(r"`(\w+)`", lambda found: _PLAIN.get(found[1], found[1]), said)
        message, hint = words[0].upper() + words[1:] + ".", _WRITE.get(name, "")
    return _problem(file, message, hint, raw, path, text)


def _path(steps: list[tuple[str, str]], kind: type[Authored], raw: Any) -> tuple[str | int, ...]:
    """Return msgspec's path as keys and places. It does not say which entry of a table is wrong: that is looked for."""
    path: tuple[str | int, ...] = ()
    for name, index in steps:
        step: Any = int(index) if index.isdigit() else name
        if index == "...":
            step = next(key for key in raw if not _fits(raw[key], _type_at(kind, (*path, key))))
        path, raw = (*path, step), raw[step]
    return path


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, dec_hook=_text)
    except msgspec.ValidationError:
        return False
    return True


def _near(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else f"Known: {', '.join(sorted(known))}."


def _type_at(kind: Any, path: tuple[str | int, ...]) -> Any:
    """Return the declared type of the value at a path of field names and list places."""
    for step in path:
        kind = next((part for part in get_args(kind) if part is not NoneType), kind) if _optional(kind) else kind
        if get_origin(kind) is tuple:
            kind = get_args(kind)[0]
        elif get_origin(kind) is dict:
            kind = get_args(kind)[1]
        elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            kind = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}.get(str(step), str)
    return kind


def _optional(kind: Any) -> bool:
    return NoneType in get_args(kind)


def _field_names(kind: Any) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)] if isinstance(kind, type) else []


def _words(kind: Any) -> list[str]:
    """Return the words that a key may have, as TOML writes them."""
    words = get_args(kind) if get_origin(kind) is Literal else ()
    return [_TOML_WORDS.get(str(word), str(word)) for word in words]


def _problem(file: str, message: str, hint: str, raw: Any, path: tuple[str | int, ...], text: str) -> ContentError:
    key = dotted(raw, path)
    return problem(file, message, hint, rule="toml.value", line=line_of(text, path), key=key)


def dotted(raw: Any, path: tuple[str | int, ...]) -> str:
    """Return a path into raw TOML as a dotted key: an entry of a list by its id where it has one, else from 1."""
    parts = []
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        own = raw.get("id") if isinstance(raw, dict) and isinstance(step, int) else None
        parts.append(str(own) if own else str(step + 1) if isinstance(step, int) else step)
    return ".".join(parts)


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """Return the line (from 1) on which the value at a path begins, as near as headers and keys tell; 0 if unknown.

    tomllib gives no places for values; a key inside a list of inline tables gets the line of the list.
    """
    names = [step for step in path if isinstance(step, str)]
    places = [step for step in path if isinstance(step, int)]
    lines = text.split("\n")
    start, depth = 0, 0
    for size in range(1, len(names) + 1):
        header = re.compile(rf"\s*\[\[?\s*{re.escape('.'.join(names[:size]))}\s*\]\]?\s*(#.*)?")
        found = [at for at, line in enumerate(lines) if at >= start and header.fullmatch(line)]
        if found:
            place = places[0] if places and lines[found[0]].lstrip().startswith("[[") else 0
            start, depth = found[min(place, len(found) - 1)] + 1, size
    for at, line in enumerate(lines[start:], start + 1):
        if depth < len(names) and re.match(rf"\s*[\"']?{re.escape(names[depth])}[\"']?\s*[.=]", line):
            return at
        if line.lstrip().startswith("["):
            break
    return start


def _wrong(value: str | float, *, lines: bool) -> str:
    """Return what no authored file may hold, empty if all is well. ``lines``: the value may have several."""
    if isinstance(value, float):
        return "" if isfinite(value) else "is not a finite number"
    if found := _CONTROL.search(value):
        return f"has the control character U+{ord(found.group()):04X}"
    if "\n" in value and not lines:
        return "has a line break"
    if not value.isascii() and _most_marks(value) > MAX_MARKS:
        return f"has more than {MAX_MARKS} marks on one letter"
    return f"is {len(value)} characters long, more than {MAX_TEXT}" if len(value) > MAX_TEXT else ""


def _most_marks(text: str) -> int:
    stacks = groupby(text, lambda char: combining(char) > 0)
    return max((sum(1 for _ in marks) for mark, marks in stacks if mark), default=0)


def _leaves(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str | float]]:
    """Give every string and fraction of raw TOML with its path."""
    if isinstance(value, str | float):
        yield path, value
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from _leaves(entry, (*path, name))
    elif isinstance(value, list):
        for place, entry in enumerate(value):
            yield from _leaves(entry, (*path, place))
