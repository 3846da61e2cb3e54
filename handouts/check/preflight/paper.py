"""Rules on pages and on what the file says of itself."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.preflight.tree import plain
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity
from handouts.units import millimetres

PAPERS: Final = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Millimetres, upright."""

TOLERANCE: Final = 2.0
"""Millimetres by which a page may differ from its paper."""

_TITLE: Final = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def page_size(subject: Inspected) -> Iterator[Breach]:
    """Give the pages that are not of the expected paper; without an expectation, those of no paper a clinic has."""
    wanted = [PAPERS[subject.expected.paper]] if subject.expected.paper in PAPERS else [*PAPERS.values()]
    for sheet in subject.document.sheets:
        box = subject.document.array(sheet.values, "/MediaBox")
        if len(box) != 4:
            yield on_page(sheet.number, "The page has no size.")
            continue
        size = sorted((millimetres(abs(box[2] - box[0])), millimetres(abs(box[3] - box[1]))))
        if not any(abs(size[0] - a) <= TOLERANCE and abs(size[1] - b) <= TOLERANCE for a, b in wanted):
            names = subject.expected.paper or " or ".join(PAPERS)
            yield on_page(sheet.number, f"The page is {size[0]:.0f} × {size[1]:.0f} mm, not {names}.")


def page_count(subject: Inspected) -> Iterator[Breach]:
    """Give a document without pages, or with more than it may have."""
    count, most = len(subject.document.sheets), subject.expected.pages
    yield from only_if(not count, "The document has no pages.")
    hint = "Shorten the words, or take a format that allows more pages; the type is never made smaller."
    yield from only_if(most and count > most, f"The document has {count} pages; {most} are allowed.", hint)


def title(subject: Inspected) -> Iterator[Breach]:
    """Give a document without a title, with another than the leaflet's, or that shows its file name instead."""
    document = subject.document
    found = _TITLE.search(_metadata(subject))
    said = unescape(found[1]).strip() if found else ""
    wanted = subject.expected.title
    if not said:
        yield Breach("The document has no title (dc:title).")
    elif wanted and said != wanted:
        yield Breach("The document has another title than the leaflet.")
    info = plain(document.get(document.trailer.get("/Info"), "/Title"))
    yield from only_if(info and said and info != said, "The document has two titles that differ (Info and XMP).")
    shown = document.get(document.root, "/ViewerPreferences", "/DisplayDocTitle")
    yield from only_if(shown is not True, "Viewers would show the file's name, not the title (DisplayDocTitle).")


def identified(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose metadata do not say that it is PDF/UA-1 and PDF/A-2 or PDF/A-3."""
    said = _metadata(subject)
    yield from only_if(not said, "The document has no XMP metadata.")
    yield from only_if(said and _xmp(said, "pdfuaid:part") != "1", "The metadata do not say PDF/UA-1.")
    archival = _xmp(said, "pdfaid:part") in ("2", "3") and _xmp(said, "pdfaid:conformance") in ("A", "B", "U")
    yield from only_if(said and not archival, "The metadata do not say PDF/A-2 or PDF/A-3.")
    described = "pdfaExtension:schemas" in said or "pdfuaid" not in said
    yield from only_if(not described, "The metadata do not describe their PDF/UA part (pdfaExtension).")


def colours(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose colours depend on the device."""
    document = subject.document
    intents = [document.table(intent) for intent in document.array(document.root, "/OutputIntents")]
    profiles = [document.data(intent.get("/DestOutputProfile")) for intent in intents]
    good = any(profile[36:40] == b"acsp" and profile[16:20] == b"RGB " for profile in profiles)
    yield from only_if(not good, "The document has no RGB output intent.")
    for sheet in document.sheets:
        if any(painted.cmyk for painted, _ in sheet.contents):
            yield on_page(sheet.number, "A colour is CMYK: it depends on the printer.")
    yield from only_if(b'"/DeviceCMYK"' in document.json, "A picture is CMYK: its colours depend on the printer.")


def streams(subject: Inspected) -> Iterator[Breach]:
    """Give a document with a stream that does not end on a line of its own."""
    raw = subject.document.raw
    count = raw.count(b"endstream") - raw.count(b"\nendstream") - raw.count(b"\rendstream")
    yield from only_if(count, f"{count} streams do not end with a line break (endstream).")
    yield from only_if(b'"/LZWDecode"' in subject.document.json, "A stream is compressed with LZW.")


def phrases(subject: Inspected) -> Iterator[Breach]:
    """Give the phrases that must be read out and are in no element of the structure."""
    if not subject.expected.texts:
        return
    from handouts.check.preflight.reading import letters, read_out

    heard = [letters(part.text) for part in read_out(subject)]
    for number, text in enumerate(subject.expected.texts, 1):
        if letters(text) not in heard:
            yield Breach(f"The expected phrase {number} is not read out as a whole anywhere.")


def _metadata(subject: Inspected) -> str:
    ref: Any = subject.document.root.get("/Metadata")
    return subject.document.data(ref).decode("utf-8", "replace")


def _xmp(said: str, name: str) -> str:
    """Return a simple property, written as an attribute or as an element."""
    found = re.search(rf"""{name}(?:\s*=\s*["']|>)([^"'<]*)""", said)
    return found[1].strip() if found else ""


RULES: Final = (
    Rule(
        "pdf.page-size",
        Severity.ERROR,
        "A page of another size is cut off, or shrunk below what can be read.",
        page_size,
        "leaflet rule P8",
    ),
    Rule(
        "pdf.page-count",
        Severity.WARNING,
        "A leaflet that grew is not read to its end, and print runs are planned by its sheets.",
        page_count,
        "leaflet rule P8",
    ),
    Rule(
        "pdf.title",
        Severity.ERROR,
        "The title is the first thing that is read out, and tells one open leaflet from another.",
        title,
        "Matterhorn 06-003, 07-001, 07-002",
    ),
    Rule(
        "pdf.identified",
        Severity.ERROR,
        "Archives and readers go by what the file says that it is.",
        identified,
        "Matterhorn 06-001, 06-002; ISO 19005-2 6.6.2, 6.6.4",
    ),
    Rule(
        "pdf.colours",
        Severity.ERROR,
        "Without a profile, contrast that was measured is not the contrast that is printed.",
        colours,
        "ISO 19005-2 6.2.3, 6.2.4",
    ),
    Rule(
        "pdf.streams",
        Severity.ERROR,
        "Strict readers and archives refuse the file.",
        streams,
        "ISO 19005-2 6.1.7",
    ),
    Rule(
        "pdf.phrases",
        Severity.ERROR,
        "What no patient may miss must reach those who listen, too.",
        phrases,
        "leaflet rule W9",
    ),
)
