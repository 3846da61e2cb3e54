"""PO files as values (GNU gettext manual, “The Format of PO Files”), and values as bytes.

Written files are canonical: one message one line (no wrapping, as ``msgcat --no-wrap``), LF, UTF-8 without a mark, so
that a change of one message is a change of one line. Comments stay as they are. ``po_reader`` reads what this writes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

_WRITTEN: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a PO file. ``source`` is its msgid, ``text`` its msgstr, ``line`` where it begins (from 1).

    ``comments`` are the translator's, each as it stands after ``#``; ``notes`` (``#.``) and ``references`` (``#:``)
    come from the template; ``previous`` are the old msgctxt and msgid (``#|``), empty where there is none.
    """

    source: str
    text: str = ""
    context: str | None = None
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: str = ""
    previous_context: str = ""
    obsolete: bool = False
    line: int = 0

    @property
    def fuzzy(self) -> bool:
        """Return whether the message is marked as still to be looked at."""
        return "fuzzy" in self.flags


class PoFile(msgspec.Struct, frozen=True):
    """A whole PO file: its header entry (msgid empty), its messages in their order, comments after the last one."""

    header: Entry | None
    entries: tuple[Entry, ...]
    tail: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """Return the header's fields by name; the first of a repeated one."""
        found: dict[str, str] = {}
        for line in self.header.text.split("\n") if self.header else ():
            name, colon, value = line.partition(":")
            if colon:
                found.setdefault(name.strip(), value.strip())
        return found

    def with_fields(self, fields: Mapping[str, str]) -> "PoFile":
        """Return the file with header fields set, each in its place, new ones last."""
        header = self.header or Entry(source="")
        lines = header.text.removesuffix("\n").split("\n") if header.text else []
        names = [line.partition(":")[0].strip() for line in lines]
        for name, value in fields.items():
            if name in names:
                lines[names.index(name)] = f"{name}: {value}"
            else:
                lines.append(f"{name}: {value}")
        text = "".join(f"{line}\n" for line in lines)
        return msgspec.structs.replace(self, header=msgspec.structs.replace(header, text=text))


def dump(po: PoFile) -> bytes:
    """Return the file's bytes: always the same for the same entries, and read again by ``po_reader`` as they are."""
    parts = ["".join(f"{line}\n" for line in _lines(entry)) for entry in ((po.header,) if po.header else ())]
    parts += ["".join(f"{line}\n" for line in _lines(entry)) for entry in po.entries]
    if po.tail:
        parts.append("".join(f"#{comment}\n" for comment in po.tail))
    return "\n".join(parts).encode()


def _lines(entry: Entry) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    yield from (f"#{comment}" for comment in entry.comments)
    yield from (f"#. {note}" for note in entry.notes)
    yield from (f"#: {reference}" for reference in entry.references)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    previous = "#~| " if entry.obsolete else "#| "
    if entry.previous_context:
        yield from _field("msgctxt", entry.previous_context, previous)
    if entry.previous:
        yield from _field("msgid", entry.previous, previous)
    if entry.context is not None:
        yield from _field("msgctxt", entry.context, mark)
    yield from _field("msgid", entry.source, mark)
    yield from _field("msgstr", entry.text, mark)


def _field(keyword: str, value: str, mark: str) -> Iterator[str]:
    """Give one field on one line, or, as gettext does, on one for each line of a text that has several."""
    rows = [row for row in re.split(r"(?<=\n)", value) if row]
    if len(rows) > 1 or value.endswith("\n"):
        yield f'{mark}{keyword} ""'
        yield from (f'{mark}"{row.translate(_WRITTEN)}"' for row in rows)
    else:
        yield f'{mark}{keyword} "{value.translate(_WRITTEN)}"'
