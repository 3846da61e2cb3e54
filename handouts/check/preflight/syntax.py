"""Rules on the file as a string of bytes: header, trailer, objects, streams, strings and numbers (ISO 19005-2, 6.1)."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from handouts.check.preflight.document import Document
from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_HEADER: Final = re.compile(rb"%PDF-1\.[0-7](?:\r\n|\r|\n)%[\x80-\xff]{4}")
_END: Final = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_FILTERS: Final = frozenset(
    f"/{name}Decode" for name in ("ASCIIHex", "ASCII85", "Flate", "RunLength", "CCITTFax", "JBIG2", "DCT", "JPX")
)
_DEEPEST: Final = 28  # q within q: ISO 19005-2, 6.1.13
_LONGEST_NAME: Final = 127
_LINES: Final = (b"\n", b"\r")
_NUMBERED: Final = re.compile(rb"[\r\n]\d+ \d+ \Z")
_BREAK: Final = re.compile(rb"\r?\n")
_LENGTH: Final = re.compile(rb"/Length (\d+)( 0 R)?")
_STRING: Final = re.compile(rb'"(?:u:[^"]{32768,}|b:[^"]{65536,})"')


def well_begun(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose header, end or identifier is not as archives expect."""
    raw = subject.document.raw
    yield from only_if(not _HEADER.match(raw), "The file does not begin with %PDF-1.n and a line of four high bytes.")
    yield from only_if(not _END.search(raw, max(0, len(raw) - 16)), "Something stands after the file's end (%%EOF).")
    names = subject.document.trailer.get("/ID")
    known = isinstance(names, list) and len(names) == 2 and all(len(str(name)) > len("b:") for name in names)
    yield from only_if(not known, "The file has no identifier (ID).")


def objects(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose objects do not begin and end on lines of their own."""
    pieces = subject.document.raw.split(b"obj")
    ends = [(before, after) for before, after in pairwise(pieces) if before.endswith(b"end")]
    loose = sum(before[-4:-3] not in _LINES or after[:1] not in _LINES for before, after in ends)
    yield from only_if(loose, f"{loose} objects do not end on a line of their own (endobj).")
    loose = sum(
        after[:1] not in _LINES or not _NUMBERED.search(before[-24:])
        for before, after in pairwise(pieces)
        if before[-1:] == b" " and before[-2:-1].isdigit()
    )
    yield from only_if(loose, f"{loose} objects do not begin on a line of their own (obj).")


def streams(subject: Inspected) -> Iterator[Breach]:
    """Give a document with a stream that is not on lines of its own, lies in another file or is packed strangely."""
    document = subject.document
    pieces = [*pairwise(document.raw.split(b"stream"))]
    loose = sum(before.endswith(b"end") and before[-4:-3] not in _LINES for before, _ in pieces)
    yield from only_if(loose, f"{loose} streams do not end with a line break (endstream).")
    loose = sum(before[-4:].rstrip().endswith(b">>") and not _BREAK.match(after) for before, after in pieces)
    yield from only_if(loose, f"{loose} streams do not begin on a line of their own (stream).")
    yield from only_if(any(_misjudged(*piece, document) for piece in pieces), "A stream is not as long as it says.")
    for ref in document.streams:
        values = document.objects[ref]
        given = document.get(values.get("/Filter"))
        used = given if type(given) is list else [given] if given else []
        if strange := [str(name) for name in used if name not in _FILTERS]:
            yield Breach(f"A stream is packed as {strange[0][1:]}, which archives may not unpack.")
        yield from only_if(values.keys() & {"/F", "/FFilter", "/FDecodeParms"}, "A stream lies in another file (F).")


def _misjudged(before: bytes, after: bytes, document: Document) -> bool:
    """Return whether what stands between two words «stream» is a stream of another length than its dictionary says."""
    said = before.rfind(b"/Length ")
    start = _BREAK.match(after)
    if not start or not after.endswith(b"end") or said < 0 or b"endobj" in before[said:]:
        return False
    found = _LENGTH.match(before, said)
    length = document.get(f"{found[1].decode()} 0 R") if found and found[2] else int(found[1]) if found else None
    body = after[start.end() : -len(b"end")]
    return length not in (len(body), len(body) - 1, len(body) - 2 if body.endswith(b"\r\n") else len(body) - 1)


def limits(subject: Inspected) -> Iterator[Breach]:
    """Give a document with names, strings or states that not every reader takes."""
    words = subject.document.words
    if max(map(len, words)) > _LONGEST_NAME:
        long = [word for word in words if len(word) > _LONGEST_NAME + 1]
        name = any(word.startswith(b"/") for word in long)
        yield from only_if(name, "A name is too long.")
        yield from only_if(_STRING.search(subject.document.json), "A string is too long.")
    yield from only_if(b'"n:/' in subject.document.json, "A name is not UTF-8.")
    for sheet in subject.document.sheets:
        if any(painted.depth > _DEEPEST for painted, _ in sheet.contents):
            yield on_page(sheet.number, f"Graphics states are saved more than {_DEEPEST} deep (q).")
    for font in subject.fonts:
        yield from only_if(font.odd, f"A string in {font.name} has an odd number of digits.")


RULES: Final = (
    Rule(
        "pdf.file-form",
        Severity.ERROR,
        "Archives and print rooms tell a PDF, and one PDF from another, by its first and last bytes.",
        well_begun,
        "ISO 19005-2 6.1.2, 6.1.3",
    ),
    Rule(
        "pdf.objects",
        Severity.ERROR,
        "Strict readers and archives refuse the file.",
        objects,
        "ISO 19005-2 6.1.9",
    ),
    Rule(
        "pdf.streams",
        Severity.ERROR,
        "Strict readers and archives refuse the file.",
        streams,
        "ISO 19005-2 6.1.7",
    ),
    Rule(
        "pdf.limits",
        Severity.ERROR,
        "What passes a reader's limits is cut off or not shown at all.",
        limits,
        "ISO 19005-2 6.1.6, 6.1.8, 6.1.13",
    ),
)
