"""A leaflet as plain text: the same words in the same order, for a text message or an e-mail."""

from collections.abc import Iterable, Iterator

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
    Spans,
    WriteLines,
)


def write_text(leaflet: Leaflet) -> bytes:
    """Return the leaflet's words as UTF-8, a line a paragraph; headings stand after an empty line.

    Pictures and lines to write on are left out; the furniture's words close the text.
    """
    lines = list(_lines(leaflet.blocks))
    lines += ["", *(words(spans) for spans in leaflet.furniture.footer)]
    if leaflet.furniture.watermark:
        lines.insert(0, leaflet.furniture.watermark.text)
    return ("\n".join(lines).strip("\n") + "\n").encode()


def words(spans: Spans) -> str:
    """Return the plain text of inline spans."""
    return "".join(span.text for span in spans)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from ("", words(block.spans))
            case Paragraph():
                yield words(block.spans)
            case Listing():
                yield from _entries(block)
            case Definitions():
                yield from (f"{words(entry.term)}: {words(entry.details)}" for entry in block.entries)
            case Callout() | Section():
                yield from _lines(block.blocks)
            case Row():
                yield from _lines(block.cells)
            case Figure() | WriteLines():
                pass


def _entries(listing: Listing) -> Iterator[str]:
    for item in listing.items:
        first, *rest = list(_lines(item.blocks))
        yield f"{item.label} {first}".strip()
        yield from rest
