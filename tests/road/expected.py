"""What a leaflet has to say, by its blocks and its catalogue: the measure for what is read back from the file."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from handouts.compose.leaflet import issue_date
from handouts.library import Library
from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Figure,
    Heading,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    Spans,
)
from handouts.model.request import Rendering
from handouts.model.walk import texts

SPACELESS = ("Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai")
"""Scripts that write without spaces between words: a line's end is no space there, so none are compared."""

CONTROLS = re.compile("[\u200b\u200e\u200f\u061c\u2060\u2066-\u2069\u202a-\u202e\u00ad]")
"""Directions for the reader's software, never painted."""


class Piece(NamedTuple):
    """A part of the leaflet in reading order: its spans as one text, or a picture's alternative text.

    ``block`` and ``part`` are what page items name as their owner; ``drawn``: a label that is no text.
    """

    text: str
    block: int = 0
    part: str = "text"
    spans: Spans = ()
    drawn: bool = False


def pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """Every part of the blocks that says something, in reading order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield _piece(block.id, "text", block.spans)
            case Figure():
                yield Piece(block.alt, block.id, "figure", drawn=True)
            case Listing():
                yield from _items(block)
            case Definitions():
                for entry in block.entries:
                    yield _piece(entry.id, "label", entry.term)
                    yield _piece(entry.id, "text", entry.details)
            case Callout():
                yield from pieces((block.figure, *block.blocks) if block.figure else block.blocks)
            case Section():
                yield from pieces(block.blocks)
            case Row():
                yield from pieces(block.cells)


def _items(block: Listing) -> Iterator[Piece]:
    for item in block.items:
        label = _piece(item.id, "label", (Span(text=item.label),))
        yield label._replace(drawn=block.kind == "tick")
        yield from pieces((item.figure, *item.blocks) if item.figure else item.blocks)


def _piece(block: int, part: str, spans: Spans) -> Piece:
    return Piece(joined(spans), block, part, spans)


def joined(spans: Spans) -> str:
    """The painted text of spans, without directions for the reader's software."""
    return CONTROLS.sub("", "".join(span.text for span in spans))


def all_spans(value: object) -> Iterator[Span]:
    """Every span of a leaflet, its furniture included, wherever it stands."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from all_spans(entry)
    elif isinstance(value, (Leaflet | Block)) or hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from all_spans(getattr(value, name))


def messages(rendering: Rendering, library: Library) -> dict[str, str]:
    """The messages that the leaflet paints: key → the catalogue's text, bold marks off and placeholders filled."""
    request, leaflet = rendering.request, rendering.leaflet
    topic = library.topic(request.topic)
    catalogue = library.catalogue(leaflet.lang, topic.id)
    translated = {(id_.domain, id_.context): message.text for id_, message in catalogue.messages.items()}
    values = {
        "version": topic.version,
        "date": issue_date(request.issued, leaflet.lang),
        "source": topic.source.title,
        "page": "1",
        "pages": str(len(rendering.pages)),
    }
    painted = {span.key for span in all_spans(leaflet) if span.key}
    found = {}
    for text in (*texts(topic), *texts(library.words())):
        if text.key in painted:
            words = translated[text.domain, text.key] if translated else str(text)
            found[text.key] = re.sub(r"\{([a-z_]+)\}", lambda match: values[match[1]], re.sub("</?b>", "", words))
    assert found.keys() == painted
    return found


def folded(text: str, script: str) -> str:
    """The text in NFC without directions, white space folded; in scripts without spaces between words, removed."""
    text = CONTROLS.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", "" if script in SPACELESS else " ", text).strip()
