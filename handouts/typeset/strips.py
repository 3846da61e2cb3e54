"""Strips: horizontal slices of a column that are never split, and what can be done with them."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from handouts.model.page import Box, Item


class Group(NamedTuple):
    """Items moved together, so that moving costs nothing until the page is made."""

    x: float
    y: float
    items: "tuple[Part, ...]"


Part: TypeAlias = Item | Group


class Ground(NamedTuple):
    """What a frame paints behind the strips in it: boxes that grow with the strips, ``rim`` points above and below.

    ``block`` tells one frame from the next. ``boxes`` have their places across the column; their y and height are set
    when the page is made, so that a frame that goes on over pages is a whole frame on each.
    """

    block: int
    rim: float
    boxes: tuple[Box, ...]


class Strip(NamedTuple):
    """A slice of a column: items relative to its top left corner.

    ``before`` is the white space above it, dropped at a page's head; ``keep`` binds it to the strip that follows;
    ``grounds`` are the frames it stands in (more than one where columns stand side by side); ``cost`` is how much a
    page is spoilt that ends after it (1: as much as by standing empty). ``again``: it can be there more than once where
    a page has room (a line to write on).
    """

    height: float
    items: tuple[Part, ...]
    before: float = 0.0
    keep: bool = False
    grounds: tuple[Ground, ...] = ()
    cost: float = 0.0
    again: bool = False

    @property
    def rim(self) -> float:
        """Return how far the strip's frames reach beyond it."""
        return self.grounds[0].rim if self.grounds else 0.0


def moved(items: Iterable[Part], x: float, y: float) -> list[Part]:
    """Return the items shifted by ``x`` and ``y`` points, as one group."""
    return [Group(x, y, tuple(items))]


def flat(parts: Iterable[Part], x: float = 0.0, y: float = 0.0) -> list[Item]:
    """Return the items of parts and of the groups in them, in their order, at their places from a common origin."""
    items: list[Item] = []
    for part in parts:
        if isinstance(part, Group):
            items += flat(part.items, x + part.x, y + part.y)
        else:
            # Every item begins with its place, x and y; this is three times as fast as _replace.
            items.append(type(part)(part[0], part[1] + x, part[2] + y, *part[3:]))  # type: ignore[arg-type]
    return items


def shifted(strip: Strip, x: float) -> Strip:
    """Return the strip and its frames shifted sideways."""
    grounds = strip.grounds and tuple(
        ground._replace(boxes=tuple(box._replace(x=box.x + x) for box in ground.boxes)) for ground in strip.grounds
    )
    return strip._replace(items=(Group(x, 0.0, strip.items),), grounds=grounds)


def inset(strips: Iterable[Strip], x: float) -> list[Strip]:
    """Return the strips shifted sideways."""
    return [shifted(strip, x) for strip in strips]


def lead(above: Strip | None, strip: Strip) -> float:
    """Return the distance from the end of the strip above to this one; ``None`` stands for a page's head."""
    if above is None:
        return strip.rim
    if above.grounds == strip.grounds:
        return strip.before
    return above.rim + strip.before + strip.rim


def stacked(strips: Iterable[Strip], top: float = 0.0) -> list[tuple[float, Strip]]:
    """Return the strips with their distances from the origin, stacked from ``top`` downwards."""
    placed: list[tuple[float, Strip]] = []
    above, y = None, top
    for strip in strips:
        y += lead(above, strip)
        placed.append((y, strip))
        y += strip.height
        above = strip
    return placed


def painted(placed: Sequence[tuple[float, Strip]]) -> list[Part]:
    """Return the items of stacked strips, each run of strips in one frame above that frame's ground."""
    parts: list[Part] = []
    if any(strip.grounds for _, strip in placed):
        for grounds, run in groupby(placed, key=lambda place: place[1].grounds):
            strips = [*run] if grounds else []
            for ground in grounds:
                top = strips[0][0] - ground.rim
                tall = strips[-1][0] + strips[-1][1].height + ground.rim - top
                parts += [box._replace(y=top, height=tall) for box in ground.boxes]
    return parts + [Group(0.0, y, strip.items) for y, strip in placed]


def height(strips: Sequence[Strip]) -> float:
    """Return the height of strips stacked, frames included, without the white space above the first."""
    return _foot(stacked(strips))


def _foot(placed: Sequence[tuple[float, Strip]]) -> float:
    return placed[-1][0] + placed[-1][1].height + placed[-1][1].rim if placed else 0.0


def joined(strips: Sequence[Strip]) -> Strip:
    """Return one strip that holds all, stacked; the white space above the first stays outside."""
    if len(strips) == 1 and not strips[0].grounds:
        return Strip(strips[0].height, strips[0].items, strips[0].before)
    placed = stacked(strips)
    return Strip(_foot(placed), tuple(painted(placed)), strips[0].before if strips else 0.0)


def merged(strips: Sequence[Strip]) -> Strip:
    """Return one strip of strips that stand in the same frames, which stay open."""
    if len(strips) == 1:
        return strips[0]
    whole = joined([strip._replace(grounds=()) for strip in strips])
    return whole._replace(keep=strips[-1].keep, grounds=strips[0].grounds, cost=strips[-1].cost)


def side_by_side(cells: Sequence[Strip], widths: Sequence[float], gap: float, width: float, *, rtl: bool) -> Strip:
    """Return one strip of cells in columns, the first at the start side; their frames stay open, all equally tall."""
    columns: list[Strip] = []
    at = 0.0
    for strip, cell in zip(cells, widths, strict=False):
        columns.append(shifted(strip, width - at - cell if rtl else at))
        at += cell + gap
    return Strip(
        max(strip.height for strip in columns),
        tuple(part for strip in columns for part in strip.items),
        max(strip.before for strip in columns),
        any(strip.keep for strip in columns),
        tuple(ground for strip in columns for ground in strip.grounds),
        max(strip.cost for strip in columns),
    )


def settled(strips: Sequence[Strip]) -> Sequence[Strip]:
    """Return the strips, those in frames joined with their frame."""
    if not any(strip.grounds for strip in strips):
        return strips
    found: list[Strip] = []
    for grounds, run in groupby(strips, key=_grounds):
        members = [*run]
        found += [joined(members)] if grounds else members
    return found


def _grounds(strip: Strip) -> tuple[Ground, ...]:
    return strip.grounds


def bound(strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines of a paragraph bound so that no single line stands alone at a page's foot or head.

    (No orphan, no widow: the first two and the last two lines stay together.)
    """
    last = len(strips) - 1
    if last < 1:
        return [*strips]
    return [
        strip._replace(keep=strip.keep or (index < last and (index == 0 or index == last - 1)))
        for index, strip in enumerate(strips)
    ]


def kept(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips bound to each other and to what follows."""
    return [strip._replace(keep=True) for strip in strips]
