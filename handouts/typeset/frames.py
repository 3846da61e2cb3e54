"""Frames around blocks: callouts and cards, closed (never split) or open (going on over pages)."""

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.leaflet import Figure
from handouts.model.page import Artifact, Box, Owner, Picture
from handouts.typeset.strips import Ground, Group, Part, Strip, moved, settled
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
        items: list[Part] = [box._replace(height=total) for box in self._boxes()]
        if figure:
            items.append(self._pictogram(figure, (total - self.icon) / 2))
        items += moved(body.items, self._left(), (total - body.height) / 2)
        return Strip(total, tuple(items), 1.5 * self.theme.unit)

    def opened(self, strips: Sequence[Strip], block: int, figure: Figure | None = None) -> list[Strip]:
        """Return the strips in a frame that may go on over pages; ``block`` is the id of what it frames."""
        grounds = (Ground(block, self.rim, self._boxes()),)
        left = self._left()
        inner = [
            Strip(strip.height, (Group(left, 0.0, strip.items),), strip.before, strip.keep, grounds, strip.cost)
            for strip in settled(strips)
        ]
        if inner:
            head = (self._pictogram(figure, 0.0),) if figure else ()
            inner[0] = inner[0]._replace(items=(*head, *inner[0].items), before=1.5 * self.theme.unit)
        return inner

    def _left(self) -> float:
        return self.theme.start(self.indent, self.room, self.width)

    def _pictogram(self, figure: Figure, y: float) -> Picture:
        left = self.theme.start(self.indent - self.pad - self.icon, self.icon, self.width)
        return picture(figure, left, y, self.icon, self.theme)

    def _boxes(self) -> tuple[Box, ...]:
        """Return the ground and the bar at its start side; their height is that of what stands in the frame."""
        corner, style = self.theme.look.corner, self.style
        outline = 1.0 if style.stroke else 0.0
        ground = Box(_LAYOUT, 0, 0, self.width, 0, style.fill, style.stroke, outline, corner)
        left = self.theme.start(0, _RAIL, self.width)
        bar = Box(_LAYOUT, left, 0, _RAIL, 0, style.bar, radius=min(corner, _RAIL / 2))
        return (ground, bar) if style.bar else (ground,)


def picture(figure: Figure, x: float, y: float, size: float, theme: Theme) -> Picture:
    """Return a figure as a square of ``size`` points; codes are dark on light whatever the brand."""
    colour = "#000000" if figure.style == "code" else theme.palette.primary
    return Picture(Owner(figure.id, "figure"), x, y, size, size, figure.artwork.name, colour)
