"""A leaflet as plain text: the same words in the same order, for a text message or an e-mail."""

from collections.abc import Iterable, Iterator
from typing import Final
from unicodedata import bidirectional

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Direction,
    Figure,
    Heading,
    Item,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Slot,
    Span,
    Spans,
    WriteLines,
)

_OPENING: Final = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_CLOSING: Final = "\u2069"
_AGAINST: Final = {"ltr": ("R", "AL"), "rtl": ("L", "EN", "AN")}


def write_text(leaflet: Leaflet) -> bytes:
    """Return the leaflet's words as UTF-8, a line a paragraph; headings stand after an empty line.

    Pictures and lines to write on are left out, save that a code's link is written; the furniture's words close the
    text. Where a stretch runs against its line, isolates (UAX #9, 2.4.2) keep a telephone number or a dose in order.
    """
    furniture, way = leaflet.furniture, leaflet.direction
    lines = [*_Lines(leaflet.brand.link).of(leaflet.blocks, way), ""]
    lines += [words(spans, way) for spans in (furniture.header, *furniture.footer)]
    if furniture.watermark:
        lines.insert(0, words((furniture.watermark,), way))
    return ("\n".join(lines).strip("\n") + "\n").encode()


def words(spans: Spans, direction: Direction) -> str:
    """Return the plain text of inline spans that stand in a line of this direction."""
    return "".join(_set_apart(span, direction) for span in spans)


def _set_apart(span: Span, direction: Direction) -> str:
    against = span.isolate and any(bidirectional(character) in _AGAINST[direction] for character in span.text)
    return f"{_OPENING[span.isolate]}{span.text}{_CLOSING}" if against else span.text


class _Lines:
    """The blocks as lines. ``link`` is what the brand's code stands for."""

    def __init__(self, link: str) -> None:
        self._link = link

    def of(self, blocks: Iterable[Block], way: Direction) -> Iterator[str]:
        """Yield the lines of blocks in text of this direction."""
        for block in blocks:
            yield from self._block(block, way)

    def _block(self, block: Block, way: Direction) -> Iterator[str]:
        match block:
            case Heading():
                yield from ("", words(block.spans, way))
            case Paragraph():
                yield words(block.spans, way)
            case Listing():
                yield from (line for item in block.items for line in self._entry(item, way))
            case Definitions():
                yield from (f"{words(entry.term, way)}: {words(entry.details, way)}" for entry in block.entries)
            case Callout() | Section() | Row():
                yield from self._group(block, way)
            case Figure() | WriteLines() | Slot():
                if isinstance(block, Figure) and block.style == "code":
                    yield self._link

    def _entry(self, item: Item, way: Direction) -> Iterator[str]:
        first, *rest = self.of(item.blocks, way)
        yield f"{item.label} {first}".strip()
        yield from rest

    def _group(self, block: Callout | Section | Row, way: Direction) -> Iterator[str]:
        if isinstance(block, Section) and block.direction:
            way = block.direction
        return self.of(block.cells if isinstance(block, Row) else block.blocks, way)
