"""Blocks of meaning set as strips of a column: one function a block type."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec.structs import replace

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Figure,
    Item,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
)
from handouts.model.page import Box, Owner
from handouts.typeset.filling import APART, CUT, DEAR
from handouts.typeset.frames import Frame, FrameStyle, picture
from handouts.typeset.leaves import LAYOUT, LEAVES, figure_size
from handouts.typeset.paragraph import TextStyle, longest_word, natural_width, set_lines
from handouts.typeset.strips import (
    Part,
    Strip,
    bound,
    height,
    inset,
    joined,
    kept,
    moved,
    side_by_side,
)
from handouts.typeset.theme import Theme

# Columns narrower than this (in units of the body size) hold too few words a line to read well.
_NARROWEST = 15.0
# A tick box's side in units of the body size: large enough for a pen.
_TICK_BOX = 0.95
# What it costs to end a page before a safety message, in units of one empty page.
_BEFORE_SAFETY = 0.5
# Sections lower than this (in units of the body size) are kept whole where they are stacked.
_WHOLE = 24.0


def set_blocks(blocks: Sequence[Block], width: float, theme: Theme) -> list[Strip]:
    """Return the strips of the blocks, stacked, in a column ``width`` points wide."""
    each = [_SETTERS[type(block)](block, width, theme) for block in blocks]
    return each[0] if len(each) == 1 else [*chain.from_iterable(bonded(blocks, each))]


def bonded(blocks: Sequence[Block], each: Sequence[list[Strip]]) -> Iterator[list[Strip]]:
    """Give the strips of each block, bound to the next block's where a page must not end between them.

    Words that announce a list stay with it, room to write with the small print below. What is said before and after the
    names of medicines stays with them if it can: what they are for, and how to use them, should not be overleaf. Nor
    should what is never to be done.
    """
    named = any(isinstance(block, Definitions) for block in blocks)
    medicines = False
    for block, following, strips in zip(blocks, [*blocks[1:], None], each, strict=True):
        medicines = medicines or isinstance(block, Definitions)
        announces = isinstance(block, Paragraph) and isinstance(following, Listing)
        small = isinstance(following, Paragraph) and following.style == "small"
        if medicines:
            within = len(strips) if following else len(strips) - 1
            yield [*(strip._replace(cost=DEAR) for strip in strips[:within]), *strips[within:]]
        elif named:
            yield [strip._replace(cost=APART) for strip in strips]
        elif announces or small:
            yield [*strips[:-1], *kept(strips[-1:])]
        elif isinstance(following, Callout) and following.kind == "safety":
            yield [*strips[:-1], strips[-1]._replace(cost=_BEFORE_SAFETY)]
        else:
            yield strips


def _listing(block: Listing, width: float, theme: Theme) -> list[Strip]:
    return [*chain.from_iterable(entries(block, width, theme))]


def entries(block: Listing, width: float, theme: Theme) -> list[list[Strip]]:
    """Return the strips of each entry of a list; of a plan, those of each row."""
    if block.kind == "tick":
        return [[row] for row in _plan(block, width, theme)]
    colour = theme.palette.primary
    style = theme.style(theme.format.type.body, colour, bold=block.kind == "number")
    labels = max((_label_width(item, style, theme) for item in block.items), default=0.0)
    return [_labelled(item, width, theme, style, labels) for item in block.items]


def _label_width(item: Item, style: TextStyle, theme: Theme) -> float:
    return natural_width((Span(text=item.label),), style, theme.setting)


def _plan(block: Listing, width: float, theme: Theme) -> list[Strip]:
    """Return a plan to tick, in as many columns as the format has, read row by row; hairlines between the rows."""
    gap = 3.0 * theme.across
    columns = theme.format.columns if width >= 2 * _NARROWEST * theme.format.type.body + gap else 1
    cell = (width - gap * (columns - 1)) / columns
    rows: list[Strip] = []
    for at in range(0, len(block.items), columns):
        entries = [_ticked(item, cell, theme) for item in block.items[at : at + columns]]
        tallest = max(entry.height for entry in entries)
        centred = [
            entry._replace(items=tuple(moved(entry.items, 0.0, (tallest - entry.height) / 2))) for entry in entries
        ]
        row = side_by_side(centred, [cell] * columns, gap, width, rtl=theme.rtl)
        if at + columns < len(block.items):
            rule = Box(LAYOUT, 0, tallest - 0.25, width, 0.5, fill=theme.palette.line)
            row = row._replace(items=(rule, *row.items), cost=CUT)
        rows.append(row._replace(height=tallest))
    return bound(rows)


def _labelled(item: Item, width: float, theme: Theme, style: TextStyle, labels: float) -> list[Strip]:
    """Return a list entry: its label hangs at the start side of its first line."""
    indent = labels + style.size * 0.5
    room = width - indent
    body = inset(set_blocks(item.blocks, room, theme), theme.start(indent, room, width))
    label = set_lines((Span(text=item.label),), style, labels + 1, theme.setting, Owner(item.id, "label"))
    painted = tuple(moved(label[0].items, theme.start(0, labels + 1, width), 0.0)) if label else ()
    first = body[0]._replace(items=(*painted, *body[0].items), before=0.45 * theme.unit)
    return [first, *body[1:]]


def _ticked(item: Item, width: float, theme: Theme) -> Strip:
    """Return an entry of the plan: tick box, pictogram, words, all centred on each other.

    The box is drawn, not written: as a letter between two lines it would be copied and read in the midst of them.
    """
    size = theme.format.type.body
    icon = size * theme.format.icon if item.figure else 0.0
    side = size * _TICK_BOX
    at_icon = side + size * 0.6
    indent = at_icon + (icon + size * 0.7 if item.figure else 0.0)
    room = width - indent
    body = joined(set_blocks(item.blocks, room, theme))
    pad = 0.3 * theme.unit + 1.5
    inner = max(body.height, icon, side)
    at, top = theme.start(0, side, width), pad + (inner - side) / 2
    owner, colour = Owner(item.id, "label"), theme.palette.primary
    items: list[Part] = [Box(owner, at, top, side, side, stroke=colour, line=size * 0.085, radius=size * 0.08)]
    if item.figure:
        items.append(picture(item.figure, theme.start(at_icon, icon, width), pad + (inner - icon) / 2, icon, theme))
    items += moved(body.items, theme.start(indent, room, width), pad + (inner - body.height) / 2)
    return Strip(inner + 2 * pad, tuple(items))


def _callout(block: Callout, width: float, theme: Theme) -> list[Strip]:
    palette = theme.palette
    # Without a tint (the high-contrast palette) only an outline holds a panel together.
    outline = palette.line if palette.tint == palette.paper else ""
    style, mark = {
        "key": (FrameStyle(palette.tint, palette.primary, outline), palette.primary),
        "safety": (FrameStyle(palette.safety_tint, palette.safety, palette.safety), palette.safety),
        "doctor": (FrameStyle(palette.tint, palette.primary, outline), palette.primary),
        "note": (FrameStyle(palette.paper, palette.line), palette.primary),
    }[block.kind]
    toned = theme._replace(palette=replace(palette, primary=mark))
    frame = Frame.around(width, toned, style, icon=block.figure is not None)
    strips = set_blocks(block.blocks, frame.room, toned)
    whole = frame.closed(joined(strips), block.figure)
    return [whole] if whole.height <= theme.tallest else frame.opened(strips, block.id, block.figure)


def _section(block: Section, width: float, theme: Theme) -> list[Strip]:
    local = localised(block, theme)
    if block.kind == "plain":
        return set_blocks(block.blocks, width, local)
    frame = card(width, local)
    return frame.opened(set_blocks(block.blocks, frame.room, local), block.id)


def localised(block: Section, theme: Theme) -> Theme:
    """Return the theme for what is in a section: another one where it is in another language."""
    if not block.lang or not block.direction:
        return theme
    return theme.foreign(block.script or theme.setting.script, block.lang, block.direction)


def card(width: float, theme: Theme) -> Frame:
    """Return the frame of a card, as the brand's look has it."""
    palette = theme.palette
    style = {
        "filled": FrameStyle(palette.tint),
        "outlined": FrameStyle(palette.paper, stroke=palette.line),
        "barred": FrameStyle(palette.paper, palette.accent, palette.line),
    }[theme.look.panels]
    return Frame.around(width, theme, style)


def _row(block: Row, width: float, theme: Theme) -> list[Strip]:
    """Return sections side by side, or stacked where the format has one column or the column is narrow.

    A section that holds only a picture is as wide as the picture; the others share the rest.
    """
    gap = 3.0 * theme.across
    least = _NARROWEST * theme.format.type.body
    if theme.format.columns == 1 or width < 2 * least + gap:
        return [*chain.from_iterable(_below_each_other(block, width, theme))]
    fixed = [figure_size(cell.blocks[0], theme) if _only_figure(cell) else 0.0 for cell in block.cells]
    rest = width - sum(fixed) - gap * (len(fixed) - 1)
    widths = _shared(fixed, [_longest(cell, theme) for cell in block.cells], rest)
    columns = [joined(_section(cell, size, theme)) for cell, size in zip(block.cells, widths, strict=True)]
    return [side_by_side(columns, widths, gap, width, rtl=theme.rtl)]


def _shared(fixed: Sequence[float], least: Sequence[float], rest: float) -> list[float]:
    """Return column widths: fixed ones as they are, the rest shared evenly, but none less than its longest word."""
    share = rest / max(1, fixed.count(0.0))
    wide = [0.0 if size else min(need, rest) if need > share else 0.0 for size, need in zip(fixed, least, strict=True)]
    others = max(1, sum(not size and not need for size, need in zip(fixed, wide, strict=True)))
    return [size or need or max(0.0, rest - sum(wide)) / others for size, need in zip(fixed, wide, strict=True)]


def _longest(section: Section, theme: Theme) -> float:
    """Return the width of the longest word in a section's paragraphs, in points."""
    style = theme.style(theme.format.type.body, theme.palette.ink)
    texts = [block.spans for block in section.blocks if isinstance(block, Paragraph)]
    return max((longest_word(spans, style, theme.setting) + 0.1 for spans in texts), default=0.0)


def _below_each_other(block: Row, width: float, theme: Theme) -> Iterator[list[Strip]]:
    """Give the strips of each section, those of a small one bound together, a picture bound to what it belongs to."""
    for cell, following in zip(block.cells, [*block.cells[1:], None], strict=True):
        strips = _together(_section(cell, width, theme), theme)
        belongs = following is not None and _only_figure(following)
        yield [*strips[:-1], *kept(strips[-1:])] if belongs else strips


def _together(strips: list[Strip], theme: Theme) -> list[Strip]:
    """Return the strips bound to each other, unless they are too tall for that."""
    small = height(strips) <= _WHOLE * theme.format.type.body
    return [*kept(strips[:-1]), *strips[-1:]] if small else strips


def _only_figure(section: Section) -> bool:
    return len(section.blocks) == 1 and isinstance(section.blocks[0], Figure)


_SETTERS: dict[type, Callable[[Any, float, Theme], list[Strip]]] = {
    **LEAVES,
    Listing: _listing,
    Callout: _callout,
    Section: _section,
    Row: _row,
}
