"""The words of a leaflet as rules look at them: passage by passage, and by the key that they came from."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

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
)

_BOLD = re.compile(r"</?b>")


class Passage(NamedTuple):
    """One run of text that is read as a whole. ``callout`` is the kind of callout around it, empty outside."""

    kind: Literal["heading", "text", "term", "details"]
    spans: Spans
    callout: str

    @property
    def text(self) -> str:
        """Return the passage's text."""
        return "".join([span.text for span in self.spans])


def passages(leaflet: Leaflet) -> tuple[Passage, ...]:
    """Return all passages of a leaflet's blocks in reading order; furniture is not among them."""
    return tuple(_passages(leaflet.blocks, ""))


def spoken(found: Iterable[Passage]) -> tuple[str, ...]:
    """Return what of the passages counts as reading: neither words of another language nor values that are kept whole.

    The terms of definitions are labels, and left out.
    """
    return tuple(
        "".join([span.text for span in passage.spans if not span.lang and not span.keep])
        for passage in found
        if passage.kind != "term"
    )


def alternatives(leaflet: Leaflet) -> tuple[str, ...]:
    """Return the alternative texts of all pictures in reading order."""
    return tuple(figure.alt for figure in _figures(leaflet.blocks))


def by_key(found: Iterable[Passage]) -> dict[str, str]:
    """Return what the passages say of each key, one occurrence after the other."""
    said: dict[str, list[str]] = {}
    for passage in found:
        for span in passage.spans:
            if span.key:
                said.setdefault(span.key, []).append(span.text)
    return {key: "".join(parts) for key, parts in said.items()}


def squeezed(text: str) -> str:
    """Return a text without white space and bold tags: the same however it is set."""
    return "".join((_BOLD.sub("", text) if "<" in text else text).split())


def _passages(blocks: Iterable[Block], callout: str) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Heading():
                yield Passage("heading", block.spans, callout)
            case Paragraph():
                yield Passage("text", block.spans, callout)
            case Definitions():
                for entry in block.entries:
                    yield Passage("term", entry.term, callout)
                    yield Passage("details", entry.details, callout)
        yield from _passages(_inner(block), block.kind if isinstance(block, Callout) else callout)


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Callout() if block.figure:
                yield block.figure
            case Listing():
                yield from (item.figure for item in block.items if item.figure)
        yield from _figures(_inner(block))


def _inner(block: Block) -> tuple[Block, ...]:
    """Return the blocks within a block, in reading order."""
    match block:
        case Callout() | Section():
            return block.blocks
        case Row():
            return block.cells
        case Listing():
            return tuple([inner for item in block.items for inner in item.blocks])
    return ()
