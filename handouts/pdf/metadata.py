"""What the file says of itself: XMP, the information dictionary and the colour space it is made for."""

import datetime
import math
import struct
from functools import cache
from html import escape
from typing import Final, NamedTuple

from handouts import __version__
from handouts.model.leaflet import Leaflet
from handouts.pdf.objects import text_string

CREATOR: Final = "handouts"
PRODUCER: Final = f"handouts {__version__} with ReportLab"

_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>
<dc:description><rdf:Alt>{subject}</rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

# IEC 61966-2-1: the primaries adapted to D50 (Bradford), as every sRGB profile gives them.
_PRIMARIES: Final = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
_D50: Final = (0.9642, 1.0, 0.8249)
_CURVE_POINTS: Final = 1024


class About(NamedTuple):
    """What a file says of itself; ``subject`` is one line, ``lang`` the language of both."""

    title: str
    subject: str
    author: str
    lang: str

    @classmethod
    def of(cls, leaflet: Leaflet) -> "About":
        """Return what the file of one leaflet says."""
        return cls(leaflet.title, leaflet.subject, leaflet.brand.name, leaflet.lang)


def xmp(about: About, issued: datetime.date) -> bytes:
    """Return the XMP packet: it claims PDF/A-2a and PDF/UA-1 and describes the schema of the latter claim.

    ISO 19005-2, 6.6; ISO 14289-1, 5. The title and the description stand under their language and as default.
    """
    return _PACKET.format(
        title=_alternatives(about.title, about.lang),
        subject=_alternatives(about.subject, about.lang),
        author=escape(about.author),
        lang=escape(about.lang),
        date=f"{issued.isoformat()}T00:00:00Z",
        creator=CREATOR,
        producer=PRODUCER,
    ).encode("utf-8")


def information(about: About, issued: datetime.date) -> str:
    """Return the information dictionary; it says what the XMP says."""
    date = f"(D:{issued:%Y%m%d}000000Z)"
    return (
        f"<< /Title {text_string(about.title)} /Subject {text_string(about.subject)}"
        f" /Author {text_string(about.author)} /Creator {text_string(CREATOR)}"
        f" /Producer {text_string(PRODUCER)} /CreationDate {date} /ModDate {date} >>"
    )


def _alternatives(text: str, lang: str) -> str:
    words = escape(text)
    return f'<rdf:li xml:lang="x-default">{words}</rdf:li><rdf:li xml:lang="{escape(lang)}">{words}</rdf:li>'


@cache
def srgb() -> bytes:
    """Return an ICC profile of sRGB (version 2.1, matrix and curves), made from the published numbers alone."""
    curve = struct.pack(">4sII", b"curv", 0, _CURVE_POINTS) + b"".join(
        struct.pack(">H", round(65535 * _linear(step / (_CURVE_POINTS - 1)))) for step in range(_CURVE_POINTS)
    )
    parts = {b"desc": _description("sRGB"), b"cprt": _text("No rights reserved"), b"wtpt": _xyz(_D50)}
    parts |= {tag: _xyz(values) for tag, values in _PRIMARIES.items()}
    tags = [*parts, b"rTRC", b"gTRC", b"bTRC"]
    at = 128 + 4 + 12 * len(tags)
    table, body, curve_at = struct.pack(">I", len(tags)), b"", 0
    for tag in tags:
        data = parts.get(tag, curve)
        padded = data + bytes(-len(data) % 4)
        if data is curve and curve_at:
            table += struct.pack(">4sII", tag, curve_at, len(data))
            continue
        here = at + len(body)
        curve_at = here if data is curve else 0
        table += struct.pack(">4sII", tag, here, len(data))
        body += padded
    return _header(at + len(body)) + table + body


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ") + date + b"acsp"
    return (head + bytes(28) + struct.pack(">3i", *map(_fixed, _D50))).ljust(128, b"\0")


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else math.pow((value + 0.055) / 1.055, 2.4)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *map(_fixed, values))


def _text(words: str) -> bytes:
    return struct.pack(">4sI", b"text", 0) + words.encode("ascii") + b"\0"


def _description(words: str) -> bytes:
    plain = words.encode("ascii") + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)
