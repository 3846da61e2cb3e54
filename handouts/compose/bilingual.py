"""A leaflet and its companion in another language, line by line, so that two people can point at the same place."""

from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from handouts.errors import ContentError
from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Heading,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    Spans,
)

COMPANION_IDS = 100_000
AnyBlock = TypeVar("AnyBlock", bound=Block)


def pair(leaflet: Leaflet, companion: Leaflet) -> Leaflet:
    """Return one leaflet whose blocks are pairs: the leaflet's own side and the companion's, equally numbered.

    Both must be composed from one template, the companion with ids from ``COMPANION_IDS``. Furniture and metadata are
    the leaflet's own. Raises ContentError if their blocks do not match.
    """
    if [type(block) for block in leaflet.blocks] != [type(block) for block in companion.blocks]:
        raise ContentError(
            f"The {leaflet.lang} leaflet and its {companion.lang} companion do not have the same blocks.",
            "Use one page template for both languages.",
        )
    numbers, others = count(1), count(1)
    ids = count(2 * COMPANION_IDS)
    rows = tuple(
        Row(
            id=next(ids),
            pair=True,
            cells=(
                Section(id=next(ids), kind="plain", blocks=(_numbered(own, numbers),)),
                Section(
                    id=next(ids),
                    kind="plain",
                    blocks=(_numbered(other, others),),
                    lang=companion.lang,
                    script=companion.script,
                    direction=companion.direction,
                ),
            ),
        )
        for own, other in zip(leaflet.blocks, companion.blocks, strict=True)
    )
    if next(numbers) != next(others):
        raise ContentError(f"{leaflet.lang} and {companion.lang} do not have the same number of lines.")
    return replace(leaflet, blocks=rows)


def _numbered(block: AnyBlock, numbers: Iterator[int]) -> AnyBlock:
    """Return the block with a number before each of its texts."""
    match block:
        case Heading() | Paragraph():
            return replace(block, spans=_with_number(block.spans, numbers))
        case Listing():
            items = (replace(item, blocks=_all_numbered(item.blocks, numbers)) for item in block.items)
            return replace(block, items=tuple(items))
        case Definitions():
            entries = [replace(entry, term=_with_number(entry.term, numbers)) for entry in block.entries]
            return replace(block, entries=tuple(entries))
        case Callout() | Section():
            return replace(block, blocks=_all_numbered(block.blocks, numbers))
        case Row():
            return replace(block, cells=tuple(_numbered(cell, numbers) for cell in block.cells))
    return block


def _all_numbered(blocks: tuple[Block, ...], numbers: Iterator[int]) -> tuple[Block, ...]:
    return tuple(_numbered(block, numbers) for block in blocks)


def _with_number(spans: Spans, numbers: Iterator[int]) -> Spans:
    return (Span(text=f"{next(numbers)}", isolate="ltr"), Span(text="\u2002"), *spans)
