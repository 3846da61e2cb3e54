"""Frames around blocks: callouts and cards, closed (never split) or open (going on over pages)."""

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.leaflet import Figure
from handouts.model.page import Artifact, Box, Owner, Picture
from handouts.typeset.strips import Part, Strip, moved
from handouts.typeset.theme import Theme

_LAYOUT = Artifact("Layout")
_RAIL = 4.0


class FrameStyle(NamedTuple):
    """A frame's colours, empty where there is none: its ground, the bar at its start side, its outline."""

    fill: str
    bar: str = ""
    stroke: str = ""


class Frame(NamedTuple):
    """A frame and what it leaves for its content: ``room`` wide, ``indent`` from the start side (points).

    ``pad`` is the white space inside it beside the content, ``rim`` that above and below.
    """

    width: float
    theme: Theme
    style: FrameStyle
    pad: float
    rim: float
    icon: float
    indent: float
    room: float

    @classmethod
    def around(cls, width: float, theme: Theme, style: FrameStyle, *, icon: bool = False) -> "Frame":
        """Return a frame ``width`` wide, with a place for a pictogram at its start side if asked for."""
        pad = 1.5 * theme.across + 2.0
        rim = 1.3 * theme.unit + 2.0
        size = theme.format.type.body * 2.4 if icon else 0.0
        indent = (_RAIL if style.bar else 0.0) + pad + (size + pad if icon else 0.0)
        return cls(width, theme, style, pad, rim, size, indent, width - indent - pad)

    def closed(self, body: Strip, figure: Figure | None = None) -> Strip:
        """Return the body in its frame as one strip; body and pictogram are centred on each other."""
        total = max(body.height, self.icon) + 2 * self.rim
        corner, style, theme = self.theme.look.corner, self.style, self.theme
        outline = 1.0 if style.stroke else 0.0
        items: list[Part] = [Box(_LAYOUT, 0, 0, self.width, total, style.fill, style.stroke, outline, corner)]
        if style.bar:
            left = theme.start(0, _RAIL, self.width)
            items.append(Box(_LAYOUT, left, 0, _RAIL, total, style.bar, radius=min(corner, _RAIL / 2)))
        if figure:
            left = theme.start(self.indent - self.pad - self.icon, self.icon, self.width)
            items.append(picture(figure, left, (total - self.icon) / 2, self.icon, theme))
        items += moved(body.items, self._left(), (total - body.height) / 2)
        return Strip(total, tuple(items), 1.5 * theme.unit)

    def opened(self, strips: Sequence[Strip]) -> list[Strip]:
        """Return the strips, each painting its own part of the frame, so that a page may end between them."""
        result: list[Strip] = []
        for index, strip in enumerate(strips):
            first, last = index == 0, index == len(strips) - 1
            top = self.rim if first else strip.before
            total = top + strip.height + (self.rim if last else 0.0)
            items = [*self._part(total, first, last), *moved(strip.items, self._left(), top)]
            result.append(Strip(total, tuple(items), 1.5 * self.theme.unit if first else 0.0, strip.keep))
        return result

    def _left(self) -> float:
        return self.theme.start(self.indent, self.room, self.width)

    def _part(self, total: float, first: bool, last: bool) -> list[Part]:
        style, width = self.style, self.width
        # A hair of overlap hides the seam between two parts of the ground.
        items: list[Part] = [Box(_LAYOUT, 0, 0, width, total + (0.0 if last else 0.3), style.fill)]
        if style.bar:
            items.append(Box(_LAYOUT, self.theme.start(0, _RAIL, width), 0, _RAIL, total, style.bar))
        if style.stroke:
            items += [Box(_LAYOUT, x, 0, 0.8, total, style.stroke) for x in (0.0, width - 0.8)]
            edges = [y for y, wanted in ((0.0, first), (total - 0.8, last)) if wanted]
            items += [Box(_LAYOUT, 0, y, width, 0.8, style.stroke) for y in edges]
        return items


def picture(figure: Figure, x: float, y: float, size: float, theme: Theme) -> Picture:
    """Return a figure as a square of ``size`` points; codes are dark on light whatever the brand."""
    colour = "#000000" if figure.style == "code" else theme.palette.primary
    return Picture(Owner(figure.id, "figure"), x, y, size, size, figure.artwork.name, colour)
