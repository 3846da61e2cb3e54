"""Blocks that hold words, pictures or room to write, but no other blocks, set as strips of a column."""

from collections.abc import Callable
from typing import Any, Final

from handouts.model.leaflet import (
    Block,
    Definition,
    Definitions,
    Figure,
    Heading,
    Paragraph,
    Slot,
    Span,
    WriteLines,
)
from handouts.model.page import Artifact, Box, Owner, Picture
from handouts.typeset.frames import Frame, FrameStyle, picture
from handouts.typeset.paragraph import TextStyle, longest_word, set_lines
from handouts.typeset.strips import Strip, bound, inset, joined, kept, side_by_side
from handouts.typeset.theme import Theme

LAYOUT: Final = Artifact("Layout")


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
    size, colour = {
        "body": (scale.body, palette.ink),
        "lead": (scale.lead, palette.ink),
        "strong": (scale.lead, palette.ink),
        "small": (scale.small, palette.muted),
    }[block.style]
    style = theme.style(size, colour, bold=block.style == "strong")
    strips = _text(block.spans, style, width, theme, Owner(block.id))
    return [strips[0]._replace(before=0.7 * theme.unit), *strips[1:]] if strips else []


def _figure(block: Figure, width: float, theme: Theme) -> list[Strip]:
    size = min(figure_size(block, theme), width)
    return [Strip(size, (picture(block, theme.start(0, size, width), 0.0, size, theme),), 0.7 * theme.unit)]


def figure_size(block: Block, theme: Theme) -> float:
    """Return the side of a picture in points."""
    # A code of 33 modules at 12 pt body is 23 mm wide: 0.6 mm a module, which telephones read from print.
    wide = isinstance(block, Figure) and block.style == "code"
    return theme.format.type.body * (5.5 if wide else 4.0)


def _definitions(block: Definitions, width: float, theme: Theme) -> list[Strip]:
    """Return terms and details as a grid that is read row by row, in as many columns as no word is too long for."""
    gap = 2.0 * theme.across
    most = min(len(block.entries), int(width // (theme.format.type.body * 9.5)))
    columns = next((count for count in range(most, 1, -1) if _roomy(block, _cell(width, gap, count), theme)), 1)
    cell = _cell(width, gap, columns)
    rows: list[Strip] = []
    for at in range(0, len(block.entries), columns):
        cells = [joined(_definition(entry, cell, theme)) for entry in block.entries[at : at + columns]]
        row = side_by_side(cells, [cell] * columns, gap, width, rtl=theme.rtl)
        rows.append(row._replace(before=0.8 * theme.unit))
    return rows


def _cell(width: float, gap: float, columns: int) -> float:
    return (width - gap * (columns - 1)) / columns


def _roomy(block: Definitions, cell: float, theme: Theme) -> bool:
    """Return whether no word of the entries is wider than a cell."""
    term, details = _definition_styles(theme)
    return all(
        longest_word(spans, style, theme.setting) <= cell
        for entry in block.entries
        for spans, style in ((entry.term, term), (entry.details, details))
    )


def _definition_styles(theme: Theme) -> tuple[TextStyle, TextStyle]:
    size, ink = theme.format.type.body, theme.palette.ink
    return theme.style(size, ink, bold=True), theme.style(size, ink)


def _definition(entry: Definition, width: float, theme: Theme) -> list[Strip]:
    term, details = _definition_styles(theme)
    return [
        *kept(_text(entry.term, term, width, theme, Owner(entry.id, "label"))),
        *_text(entry.details, details, width, theme, Owner(entry.id)),
    ]


def _write_lines(block: WriteLines, width: float, theme: Theme) -> list[Strip]:
    step = theme.format.type.body * (1.5 + 0.5 * theme.fit)
    rule = Box(LAYOUT, 0, step - 0.6, width, 0.6, fill=theme.palette.muted)
    return [Strip(step, (rule,), keep=index < block.count - 1, again=True) for index in range(block.count)]


def _slot(block: Slot, width: float, theme: Theme) -> list[Strip]:
    """Return an empty frame; a picture without a name marks the room in it, for whoever fills it."""
    style = theme.style(theme.format.type.body, theme.palette.ink)
    frame = Frame.around(width, theme, FrameStyle(theme.palette.paper, stroke=theme.palette.line))
    tall = block.lines * style.leading
    room = frame.closed(Strip(tall, (Picture(Owner(block.id), 0, 0, frame.room, tall, ""),)))
    return [room, Strip(0.7 * theme.unit, ())]  # what follows has no white space of its own to a frame


LEAVES: Final[dict[type, Callable[[Any, float, Theme], list[Strip]]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Figure: _figure,
    Definitions: _definitions,
    WriteLines: _write_lines,
    Slot: _slot,
}
"""How each of these blocks is set in a column of a width in points."""
