"""The PDF file as numbered objects: ReportLab's document, saved in the compact form of PDF 1.5 and later.

ReportLab writes one object after the other in the form of 1993. :class:`File` keeps its registry of objects and
saves them as ISO 32000-1, 7.5.7 and 7.5.8 allow: small objects share one compressed object stream.
"""

import zlib
from functools import lru_cache
from hashlib import sha256
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LEVEL: Final = 6
"""How hard what is kept (faces, pictures) is deflated; fixed, so that the same leaflet gives the same bytes."""

QUICK: Final = 4
"""How hard what each leaflet has anew is deflated: a third less time than 6, for 3 % more bytes."""


class Body(PDFObject):  # type: ignore[misc]
    """An indirect object whose text is written by us; ``text`` may be set until the file is saved."""

    __RefOnly__ = 1

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.number = 0  # once it is registered

    def format(self, _document: PDFDocument) -> bytes:
        """Return the object's bytes, as ReportLab asks for them."""
        return self.text.encode("ascii")


class Stream(Body):
    """A stream object: ``text`` holds the entries of its dictionary, without Length and Filter."""

    def __init__(self, text: str, content: bytes, *, compress: bool = True, compressed: bool = False) -> None:
        super().__init__(text)
        self.content = zlib.compress(content, QUICK) if compress and not compressed else content
        self.flate = compress or compressed

    def format(self, _document: PDFDocument) -> bytes:
        """Return the object's bytes; an end of line stands before ``endstream`` (ISO 19005-2, 6.1.7.1)."""
        flate = " /Filter /FlateDecode" if self.flate else ""
        head = f"<< {self.text}{flate} /Length {len(self.content)} >>\nstream\n"
        return head.encode("ascii") + self.content + b"\nendstream"


class File(PDFDocument):  # type: ignore[misc]
    """A PDF file in the making."""

    def __init__(self) -> None:
        super().__init__(invariant=1, pdfVersion=(1, 7), compression=1)
        # ReportLab registers an empty dictionary of standard fonts; none may be named in an archive file.
        self.idToObject.clear()
        self.numberToId.clear()
        self.idToObjectNumberAndVersion.clear()
        self.objectcounter = 0

    def add(self, item: Body) -> str:
        """Register an object and return the reference to it (``7 0 R``); the number of one added before stays."""
        if not item.number:
            self.Reference(item)
            item.number = self.objectcounter
        return f"{item.number} 0 R"

    def save(self, catalogue: Body, info: Body) -> bytes:
        """Return the whole file. Its two identifiers are made from its content (ISO 32000-1, 14.4)."""
        root, about = self.add(catalogue), self.add(info)
        chunks = [HEADER]
        at = len(HEADER)
        small: list[tuple[int, bytes]] = []
        entries: list[tuple[int, int, int]] = [(0, 0, 65535)]
        for number in range(1, self.objectcounter + 1):
            item = self.idToObject[self.numberToId[number]]
            body = item.format(self)
            if isinstance(item, Stream):
                chunk = b"%d 0 obj\n%b\nendobj\n" % (number, body)
                entries.append((1, at, 0))
                chunks.append(chunk)
                at += len(chunk)
            else:
                entries.append((2, self.objectcounter + 1, len(small)))
                small.append((number, body))
        holder = b"%d 0 obj\n%b\nendobj\n" % (self.objectcounter + 1, object_stream(small).format(self))
        entries += [(1, at, 0), (1, at + len(holder), 0)]
        chunks.append(holder)
        digest = sha256(b"".join(chunks)).hexdigest()[:32]
        table = b"".join(b"%c%b%b" % (kind, a.to_bytes(4, "big"), b.to_bytes(2, "big")) for kind, a, b in entries)
        cross = Stream(
            f"/Type /XRef /Size {len(entries)} /W [1 4 2] /Root {root} /Info {about} /ID [<{digest}> <{digest}>]",
            table,
        )
        chunks.append(b"%d 0 obj\n%b\nendobj\n" % (len(entries) - 1, cross.format(self)))
        chunks.append(b"startxref\n%d\n%%%%EOF\n" % (at + len(holder)))
        return b"".join(chunks)


def object_stream(small: list[tuple[int, bytes]]) -> Stream:
    """Return small objects, each with its number, as one compressed stream (ISO 32000-1, 7.5.7)."""
    offset, index = 0, []
    for number, body in small:
        index.append(f"{number} {offset}")
        offset += len(body) + 1
    head = " ".join(index).encode("ascii") + b"\n"
    content = head + b"\n".join(body for _, body in small) + b"\n"
    return Stream(f"/Type /ObjStm /N {len(small)} /First {len(head)}", content)


@lru_cache(maxsize=1024)
def name(text: str) -> str:
    """Return a PDF name (ISO 32000-1, 7.3.5); characters other than ASCII letters, digits, ``+-_.`` become ``#xx``."""
    plain = "+-_."
    return "/" + "".join(c if c.isascii() and (c.isalnum() or c in plain) else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return "".join(f"#{byte:02X}" for byte in character.encode("utf-8"))


def text_string(text: str) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2): literal if it is ASCII, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def number(value: float) -> str:
    """Return a number with at most three decimals, as short as it goes, never in exponent form."""
    short = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
