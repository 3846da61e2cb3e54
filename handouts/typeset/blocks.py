"""Blocks of meaning set as strips of a column: one function a block type."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from handouts.model.leaflet import (
    Block,
    Callout,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    Listing,
    Paragraph,
    Row,
    Section,
    Slot,
    Span,
    WriteLines,
)
from handouts.model.page import Artifact, Box, Owner, Picture
from handouts.typeset.frames import Frame, FrameStyle, picture
from handouts.typeset.paragraph import TextStyle, natural_width, set_lines
from handouts.typeset.strips import Part, Strip, bound, height, inset, joined, kept, moved
from handouts.typeset.theme import Theme

_LAYOUT = Artifact("Layout")
# Columns narrower than this (in units of the body size) hold too few words a line to read well.
_NARROWEST = 15.0
# A tick box's side in units of the body size: large enough for a pen.
_TICK_BOX = 0.95
# A card taller than this (in units of the body size) may go on over pages; a smaller one is kept whole.
_WHOLE_CARD = 24.0


def set_blocks(blocks: Sequence[Block], width: float, theme: Theme) -> list[Strip]:
    """Return the strips of the blocks, stacked, in a column ``width`` points wide."""
    strips: list[Strip] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        added = _SETTERS[type(block)](block, width, theme)
        if isinstance(block, Paragraph) and isinstance(following, Listing) and added:
            added[-1] = added[-1]._replace(keep=True)  # it announces the list
        strips.extend(added)
    return strips


def _text(spans: tuple[Span, ...], style: TextStyle, width: float, theme: Theme, owner: Owner) -> list[Strip]:
    # Noto Sans has about 0.53 em a character. Fine print may run on: it is looked up, not read.
    longest = theme.format.measure * max(style.size, theme.format.type.body) * 0.53
    lines = set_lines(spans, style, min(width, longest), theme.setting, owner)
    shift = max(0.0, width - longest) if theme.rtl else 0.0
    strips = [Strip(line.height, line.items) for line in lines]
    return bound(inset(strips, shift) if shift else strips)


def _heading(block: Heading, width: float, theme: Theme) -> list[Strip]:
    scale = theme.format.type
    size = {1: scale.title, 2: scale.h2, 3: scale.h3}[block.level]
    style = theme.style(size, theme.palette.primary, bold=True, tight=True)
    lines = set_lines(block.spans, style, width, theme.setting, Owner(block.id))
    strips = kept([Strip(line.height, line.items) for line in lines])
    above = {1: 0.0, 2: 2.4, 3: 1.2}[block.level] * theme.unit
    return [strips[0]._replace(before=above), *strips[1:]]


def _paragraph(block: Paragraph, width: float, theme: Theme) -> list[Strip]:
    scale, palette = theme.format.type, theme.palette
    style = {
        "body": theme.style(scale.body, palette.ink),
        "lead": theme.style(scale.lead, palette.ink),
        "strong": theme.style(scale.lead, palette.ink, bold=True),
        "small": theme.style(scale.small, palette.muted),
    }[block.style]
    strips = _text(block.spans, style, width, theme, Owner(block.id))
    return [strips[0]._replace(before=0.7 * theme.unit), *strips[1:]] if strips else []


def _figure(block: Figure, width: float, theme: Theme) -> list[Strip]:
    size = min(_figure_size(block, theme), width)
    return [Strip(size, (picture(block, theme.start(0, size, width), 0.0, size, theme),), 0.7 * theme.unit)]


def _figure_size(block: Block, theme: Theme) -> float:
    # A code of 33 modules at 12 pt body is 23 mm wide: 0.6 mm a module, which telephones read from print.
    wide = isinstance(block, Figure) and block.style == "code"
    return theme.format.type.body * (5.5 if wide else 4.0)


def _listing(block: Listing, width: float, theme: Theme) -> list[Strip]:
    if block.kind == "tick":
        return _plan(block, width, theme)
    colour = theme.palette.primary
    style = theme.style(theme.format.type.body, colour, bold=block.kind == "number")
    labels = max((_label_width(item, style, theme) for item in block.items), default=0.0)
    return [strip for item in block.items for strip in _labelled(item, width, theme, style, labels)]


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
        row = _side_by_side(centred, [cell] * columns, gap, width, theme)
        if at + columns < len(block.items):
            rule = Box(_LAYOUT, 0, tallest - 0.25, width, 0.5, fill=theme.palette.line)
            row = row._replace(items=(rule, *row.items))
        rows.append(row._replace(height=tallest))
    return rows


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


def _definitions(block: Definitions, width: float, theme: Theme) -> list[Strip]:
    """Return terms and details as a grid that is read row by row."""
    least = theme.format.type.body * 9.5
    columns = max(1, min(len(block.entries), int(width // least)))
    gap = 2.0 * theme.across
    cell = (width - gap * (columns - 1)) / columns
    rows: list[Strip] = []
    for at in range(0, len(block.entries), columns):
        cells = [joined(_definition(entry, cell, theme)) for entry in block.entries[at : at + columns]]
        rows.append(_side_by_side(cells, [cell] * columns, gap, width, theme, before=0.8 * theme.unit))
    return rows


def _definition(entry: Definition, width: float, theme: Theme) -> list[Strip]:
    scale, palette = theme.format.type, theme.palette
    term = theme.style(scale.body, palette.ink, bold=True)
    details = theme.style(scale.body, palette.ink)
    return [
        *kept(_text(entry.term, term, width, theme, Owner(entry.id, "label"))),
        *_text(entry.details, details, width, theme, Owner(entry.id)),
    ]


def _side_by_side(
    cells: Sequence[Strip], widths: Sequence[float], gap: float, width: float, theme: Theme, before: float = 0.0
) -> Strip:
    items: list[Part] = []
    at = 0.0
    for strip, cell in zip(cells, widths, strict=False):
        items += moved(strip.items, theme.start(at, cell, width), 0.0)
        at += cell + gap
    return Strip(max(strip.height for strip in cells), tuple(items), before)


def _callout(block: Callout, width: float, theme: Theme) -> list[Strip]:
    palette = theme.palette
    style, mark = {
        "key": (FrameStyle(palette.tint, palette.primary), palette.primary),
        "safety": (FrameStyle(palette.safety_tint, palette.safety, palette.safety), palette.safety),
        "doctor": (FrameStyle(palette.tint, palette.primary), palette.primary),
        "note": (FrameStyle(palette.paper, palette.line), palette.primary),
    }[block.kind]
    toned = theme._replace(palette=replace(palette, primary=mark))
    frame = Frame.around(width, toned, style, icon=block.figure is not None)
    return [frame.closed(joined(set_blocks(block.blocks, frame.room, toned)), block.figure)]


def _section(block: Section, width: float, theme: Theme) -> list[Strip]:
    local = _local(block, theme)
    if block.kind == "plain":
        return set_blocks(block.blocks, width, local)
    frame = Frame.around(width, local, _card_style(theme))
    strips = set_blocks(block.blocks, frame.room, local)
    if height(strips) > _WHOLE_CARD * theme.format.type.body:
        return frame.opened(strips)
    return [frame.closed(joined(strips))]


def _local(block: Section, theme: Theme) -> Theme:
    if not block.lang or not block.direction:
        return theme
    return theme.foreign(block.script or theme.setting.script, block.lang, block.direction)


def _card_style(theme: Theme) -> FrameStyle:
    palette = theme.palette
    return {
        "filled": FrameStyle(palette.tint),
        "outlined": FrameStyle(palette.paper, stroke=palette.line),
        "barred": FrameStyle(palette.paper, palette.accent, palette.line),
    }[theme.look.panels]


def _row(block: Row, width: float, theme: Theme) -> list[Strip]:
    """Return sections side by side, or stacked where the format has one column or the column is narrow.

    A section that holds only a picture is as wide as the picture; the others share the rest.
    """
    gap = 3.0 * theme.across
    least = _NARROWEST * theme.format.type.body
    if theme.format.columns == 1 or width < 2 * least + gap:
        return [strip for cell in block.cells for strip in _together(_section(cell, width, theme), theme)]
    fixed = [_figure_size(cell.blocks[0], theme) if _only_figure(cell) else 0.0 for cell in block.cells]
    rest = width - sum(fixed) - gap * (len(fixed) - 1)
    share = rest / max(1, fixed.count(0.0))
    widths = [size or share for size in fixed]
    columns = [_section(cell, size, theme) for cell, size in zip(block.cells, widths, strict=True)]
    if not (block.pair and _same_list(block) and len({len(strips) for strips in columns}) == 1):
        columns = [[joined(strips)._replace(keep=strips[-1].keep)] for strips in columns if strips]
    return [
        _side_by_side(level, widths, gap, width, theme, max(strip.before for strip in level))._replace(
            keep=any(strip.keep for strip in level)
        )
        for level in zip(*columns, strict=True)
    ]


def _same_list(row: Row) -> bool:
    """Return whether a pair holds a list in two languages: its entries then stand level with each other."""
    return all(isinstance(cell.blocks[0], Listing) for cell in row.cells)


def _together(strips: list[Strip], theme: Theme) -> list[Strip]:
    """Return the strips bound into one, unless they are too tall for that."""
    small = height(strips) <= _WHOLE_CARD * theme.format.type.body
    return [*kept(strips[:-1]), *strips[-1:]] if small else strips


def _only_figure(section: Section) -> bool:
    return len(section.blocks) == 1 and isinstance(section.blocks[0], Figure)


def _write_lines(block: WriteLines, width: float, theme: Theme) -> list[Strip]:
    step = theme.format.type.body * (1.5 + 0.5 * theme.fit)
    rule = Box(_LAYOUT, 0, step - 0.6, width, 0.6, fill=theme.palette.muted)
    return [Strip(step, (rule,), keep=index < block.count - 1) for index in range(block.count)]


def _slot(block: Slot, width: float, theme: Theme) -> list[Strip]:
    """Return an empty frame; a picture without a name marks the room in it, for whoever fills it."""
    style = theme.style(theme.format.type.body, theme.palette.ink)
    frame = Frame.around(width, theme, FrameStyle(theme.palette.paper, stroke=theme.palette.line))
    tall = block.lines * style.leading
    return [frame.closed(Strip(tall, (Picture(Owner(block.id), 0, 0, frame.room, tall, ""),)))]


_SETTERS: dict[type, Callable[[Any, float, Theme], list[Strip]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Figure: _figure,
    Listing: _listing,
    Definitions: _definitions,
    Callout: _callout,
    Section: _section,
    Row: _row,
    WriteLines: _write_lines,
    Slot: _slot,
}
