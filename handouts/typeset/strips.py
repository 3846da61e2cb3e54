"""Strips: horizontal slices of a column that are never split, and what can be done with them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from handouts.model.page import Item


class Group(NamedTuple):
    """Items moved together, so that moving costs nothing until the page is made."""

    x: float
    y: float
    items: "tuple[Part, ...]"


Part: TypeAlias = Item | Group


class Strip(NamedTuple):
    """A slice of a column: items relative to its top left corner.

    ``before`` is the white space above it, dropped at a page's head; ``keep`` binds it to the strip that follows.
    """

    height: float
    items: tuple[Part, ...]
    before: float = 0.0
    keep: bool = False


def moved(items: Iterable[Part], x: float, y: float) -> list[Part]:
    """Return the items shifted by ``x`` and ``y`` points, as one group."""
    return [Group(x, y, tuple(items))]


def flat(parts: Iterable[Part], x: float = 0.0, y: float = 0.0) -> Iterator[Item]:
    """Give the items of parts and of the groups in them, in their order, at their places from a common origin."""
    for part in parts:
        if isinstance(part, Group):
            yield from flat(part.items, x + part.x, y + part.y)
        else:
            # Every item begins with its place, x and y; this is three times as fast as _replace.
            yield type(part)(part[0], part[1] + x, part[2] + y, *part[3:])  # type: ignore[arg-type]


def inset(strips: Iterable[Strip], x: float) -> list[Strip]:
    """Return the strips shifted sideways."""
    return [strip._replace(items=tuple(moved(strip.items, x, 0.0))) for strip in strips]


def height(strips: Sequence[Strip]) -> float:
    """Return the height of strips stacked, without the white space above the first."""
    return sum(strip.height + (strip.before if index else 0.0) for index, strip in enumerate(strips))


def joined(strips: Sequence[Strip]) -> Strip:
    """Return one strip that holds all, stacked; the white space above the first stays outside."""
    items: list[Part] = []
    y = 0.0
    for index, strip in enumerate(strips):
        y += strip.before if index else 0.0
        items.extend(moved(strip.items, 0.0, y))
        y += strip.height
    return Strip(y, tuple(items), strips[0].before if strips else 0.0)


def bound(strips: Sequence[Strip]) -> list[Strip]:
    """Return the lines of a paragraph bound so that no single line stands alone at a page's foot or head.

    (No orphan, no widow: the first two and the last two lines stay together.)
    """
    last = len(strips) - 1
    return [
        strip._replace(keep=strip.keep or (index < last and (index == 0 or index == last - 1)))
        for index, strip in enumerate(strips)
    ]


def kept(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips bound to each other and to what follows."""
    return [strip._replace(keep=True) for strip in strips]
