"""Furniture: what is repeated around the text (head, foot, watermark). All of it is artifacts, mirrored for RTL."""

import math
import re
import struct
from typing import NamedTuple

from handouts.errors import ContentError
from handouts.model.leaflet import Artwork, Leaflet, Span
from handouts.model.page import Artifact, Box, GlyphRun, Picture
from handouts.typeset.paragraph import Line, natural_width, set_lines
from handouts.typeset.strips import Part, moved
from handouts.typeset.theme import Theme
from handouts.units import points

_HEADER, _FOOTER, _WATERMARK = Artifact("Header"), Artifact("Footer"), Artifact("Watermark")
LOGO_HEIGHT = points(10)
BAND_PADDING = points(3)
WATERMARK_COLOUR = "#d2d2d2"


class Frame(NamedTuple):
    """The text area of the pages of one leaflet, in points from the page's top left corner."""

    page_width: float
    page_height: float
    left: float
    width: float
    head_first: float
    head_other: float
    bottom: float
    margin_top: float

    @classmethod
    def of(cls, theme: Theme, page_width: float, page_height: float, foot_lines: int) -> "Frame":
        """Return the frame that the format's margins and the furniture leave, its foot of so many lines."""
        margins, size = theme.format.margins, theme.format.type.furniture
        start, end = points(margins.start), points(margins.end)
        line = theme.style(size, theme.palette.muted).leading
        foot = max(1, foot_lines) * line + 0.6 * size
        band = max(LOGO_HEIGHT, theme.format.type.h2 * 1.6) + (2 * BAND_PADDING if theme.look.header == "band" else 0.0)
        gap = max(6.0, 2.2 * theme.unit)
        top = points(margins.top)
        first = (band if theme.look.header == "band" else points(margins.top) * 0.8 + band) + gap
        return cls(
            page_width,
            page_height,
            end if theme.rtl else start,
            page_width - start - end,
            first,
            top + line + gap,
            page_height - points(margins.bottom) * 0.75 - foot,
            top,
        )

    def top(self, index: int) -> float:
        """Return where the text of a page (0: the first) begins."""
        return self.head_other if index else self.head_first


def count_foot_lines(leaflet: Leaflet, theme: Theme, page_width: float) -> int:
    """Return how many lines the leaflet's foot has on pages of a width in points."""
    margins = theme.format.margins
    return len(_foot_lines(leaflet, theme, page_width - points(margins.start) - points(margins.end)))


def running_head(index: int, leaflet: Leaflet, theme: Theme, frame: Frame) -> list[Part]:
    """Return the page's head: the brand on the first page, the leaflet's title on the others."""
    return _title_line(leaflet, theme, frame) if index else _brand_head(leaflet, theme, frame)


def _brand_head(leaflet: Leaflet, theme: Theme, frame: Frame) -> list[Part]:
    palette, header = theme.palette, theme.look.header
    band = header == "band"
    height = max(LOGO_HEIGHT, theme.format.type.h2 * 1.6)
    y = BAND_PADDING if band else frame.margin_top * 0.8
    items: list[Part] = []
    if band:
        items.append(Box(_HEADER, 0, 0, frame.page_width, height + 2 * BAND_PADDING, fill=palette.primary))
    offset = 0.0
    if leaflet.furniture.logo:
        width = min(height * aspect(leaflet.furniture.logo), frame.width * 0.4)
        x = frame.left + theme.start(0, width, frame.width)
        ground = palette.primary if band else palette.paper
        items.append(Picture(_HEADER, x, y, width, height, leaflet.furniture.logo.name, palette.primary, ground))
        offset = width + 0.9 * theme.format.type.body
    colour = palette.on_primary if band else palette.primary
    style = theme.style(theme.format.type.h2, colour, bold=True, tight=True)
    room = frame.width - offset
    lines = set_lines(leaflet.furniture.header, style, room, theme.setting, _HEADER)
    x = frame.left + theme.start(offset, room, frame.width)
    top = y + (height - sum(line.height for line in lines)) / 2
    for line in lines:
        items += moved(line.items, x, top)
        top += line.height
    if header == "rule":
        items.append(Box(_HEADER, frame.left, y + height + 4, frame.width, 1.4, fill=palette.accent))
    return items


def _title_line(leaflet: Leaflet, theme: Theme, frame: Frame) -> list[Part]:
    style = theme.style(theme.format.type.furniture, theme.palette.muted)
    y = frame.margin_top * 0.8
    items: list[Part] = []
    for line in set_lines((Span(text=leaflet.title),), style, frame.width, theme.setting, _HEADER)[:1]:
        items += moved(line.items, frame.left, y)
    items.append(Box(_HEADER, frame.left, y + style.leading + 2, frame.width, 0.6, fill=theme.palette.line))
    return items


def furnish(index: int, count: int, leaflet: Leaflet, theme: Theme, frame: Frame) -> tuple[list[Part], list[Part]]:
    """Return the page's foot and its watermark (empty unless the leaflet is a draft)."""
    furniture, palette = leaflet.furniture, theme.palette
    style = theme.style(theme.format.type.furniture, palette.muted)
    label = furniture.page.text.replace("{pages}", str(count)).replace("{page}", str(index + 1))
    spans = (Span(text=label, key=furniture.page.key),)
    label_width = natural_width(spans, style, theme.setting) + 1
    items: list[Part] = [Box(_FOOTER, frame.left, frame.bottom + 0.5 * style.size, frame.width, 0.6, fill=palette.line)]
    top = frame.bottom + 0.9 * style.size
    y = top
    for line in _foot_lines(leaflet, theme, frame.width):
        items += moved(line.items, frame.left + theme.start(0, _foot_room(leaflet, theme, frame.width), frame.width), y)
        y += line.height
    x = frame.left + theme.start(frame.width - label_width, label_width, frame.width)
    for line in set_lines(spans, style, label_width, theme.setting, _FOOTER):
        items += moved(line.items, x, top)
    return items, _watermark(furniture.watermark, theme, frame) if furniture.watermark else []


def _foot_lines(leaflet: Leaflet, theme: Theme, width: float) -> list[Line]:
    style = theme.style(theme.format.type.furniture, theme.palette.muted)
    room = _foot_room(leaflet, theme, width)
    return [
        line for words in leaflet.furniture.footer for line in set_lines(words, style, room, theme.setting, _FOOTER)
    ]


def _foot_room(leaflet: Leaflet, theme: Theme, width: float) -> float:
    """Return the width of the foot beside the page number, on every page that of the longest number."""
    style = theme.style(theme.format.type.furniture, theme.palette.muted)
    label = leaflet.furniture.page.text.replace("{pages}", "88").replace("{page}", "88")
    return width - natural_width((Span(text=label),), style, theme.setting) - 2 * style.size


def _watermark(span: Span, theme: Theme, frame: Frame) -> list[Part]:
    """Return the draft mark along the page's diagonal, light enough to read the text above it."""
    angle = math.atan2(frame.page_height, frame.page_width)
    probe = theme.style(100.0, WATERMARK_COLOUR, bold=True, tight=True)
    width = natural_width((span,), probe, theme.setting)
    size = min(150.0, 100.0 * 0.6 * math.hypot(frame.page_width, frame.page_height) / max(width, 1.0))
    style = theme.style(size, WATERMARK_COLOUR, bold=True, tight=True)._replace(align="start")
    (line,) = set_lines((span,), style, 1e6, theme.setting._replace(rtl=False), _WATERMARK)
    runs = [item for item in line.items if isinstance(item, GlyphRun)]
    along = -line.width / 2
    items: list[Part] = []
    for run in sorted(runs, key=lambda run: run.x):
        # The run's baseline start, on a line through the page's centre that rises to the right.
        x = frame.page_width / 2 + along * math.cos(angle) + 0.35 * size * math.sin(angle)
        y = frame.page_height / 2 - along * math.sin(angle) + 0.35 * size * math.cos(angle)
        items.append(run._replace(x=x, y=y, angle=math.degrees(angle)))
        along += run.width
    return items


def aspect(artwork: Artwork) -> float:
    """Return a picture's width divided by its height, from its PNG header or its SVG viewBox.

    Raises ContentError if the file does not say.
    """
    if artwork.media == "png" and artwork.data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", artwork.data[16:24])
    else:
        found = re.search(rb"viewBox\s*=\s*[\"']\s*\S+\s+\S+\s+([\d.]+)\s+([\d.]+)", artwork.data)
        width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not width or not height:
        raise ContentError(
            f"The picture “{artwork.name}” does not say how large it is.",
            "Give the SVG a viewBox, or use a PNG file.",
        )
    return float(width) / float(height)
