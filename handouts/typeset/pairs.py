"""Pairs: the same matter in two languages, level with each other, beside each other or on facing pages."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeAlias

from handouts.model.leaflet import Block, Definitions, Listing, Row, Section
from handouts.typeset.blocks import bonded, card, entries, localised, set_blocks
from handouts.typeset.strips import Strip, merged, side_by_side
from handouts.typeset.theme import Theme

Level: TypeAlias = tuple[list[Strip], list[Strip]]
"""The strips of either side that must stand level with each other."""

_Sides: TypeAlias = tuple[Theme, Theme]


def set_pairs(rows: Sequence[Row], width: float, theme: Theme) -> list[Level]:
    """Return the strips of either side, each ``width`` wide, by the smallest parts that both sides have."""
    return _all([row.cells[0] for row in rows], [row.cells[1] for row in rows], width, (theme, theme))


def beside(levels: Iterable[Level], width: float, gap: float, *, rtl: bool) -> list[Strip]:
    """Return levels as strips, the leaflet's own side at the start side; frames on one level are equally tall."""
    columns = ((width - gap) / 2,) * 2
    sides = ([merged(strips) for strips in level if strips] for level in levels)
    return [side_by_side(both, columns, gap, width, rtl=rtl) for both in sides]


def _all(own: Sequence[Block], other: Sequence[Block], width: float, themes: _Sides) -> list[Level]:
    """Return the levels of blocks, the leaflet's own bound to each other as they are where it stands alone."""
    each = [_levels(a, b, width, themes) for a, b in zip(own, other, strict=True)]
    lone = [block.blocks[0] if isinstance(block, Section) and len(block.blocks) == 1 else block for block in own]
    bound = bonded(lone, [[*chain.from_iterable(side for side, _ in levels)] for levels in each])
    return [
        (strips, level[1])
        for levels, all_strips in zip(each, bound, strict=True)
        for strips, level in zip(_dealt(all_strips, [side for side, _ in levels]), levels, strict=True)
    ]


def _levels(own: Block, other: Block, width: float, themes: _Sides) -> list[Level]:
    match own, other:
        case Section(), Section():
            return _sections(own, other, width, (localised(own, themes[0]), localised(other, themes[1])))
        case Row(), Row():
            return _all(own.cells, other.cells, width, themes)
        case Listing(), Listing():
            return [*zip(entries(own, width, themes[0]), entries(other, width, themes[1]), strict=True)]
    level = set_blocks((own,), width, themes[0]), set_blocks((other,), width, themes[1])
    if isinstance(own, Definitions) and len(level[0]) == len(level[1]):
        return [([a], [b]) for a, b in zip(*level, strict=True)]
    return [level]


def _sections(own: Section, other: Section, width: float, themes: _Sides) -> list[Level]:
    if own.kind == "plain":
        return _all(own.blocks, other.blocks, width, themes)
    frames = [card(width, theme) for theme in themes]
    levels = _all(own.blocks, other.blocks, frames[0].room, themes)
    sides = [
        _dealt(frame.opened([*chain.from_iterable(side)], section.id), side)
        for frame, section, side in zip(frames, (own, other), zip(*levels, strict=True), strict=True)
    ]
    return [*zip(*sides, strict=True)]


def _dealt(strips: Iterable[Strip], levels: Sequence[list[Strip]]) -> Iterator[list[Strip]]:
    """Give the strips in as many levels, of the same lengths, as those that they were made from."""
    dealt = iter(strips)
    yield from ([*islice(dealt, len(level))] for level in levels)
