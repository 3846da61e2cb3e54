"""Which strips stand on which page: as few pages as it takes, evenly filled, cut where it hurts least."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from handouts.typeset.strips import Strip, height, lead

CUT: Final = 0.3
"""What it costs to go on overleaf with a frame or a plan, in units of one empty page."""
# The same for one more leaf to turn, and for a last page with next to nothing on it.
_ONE_MORE: Final = 0.2
_STUB, _STUB_FILL = 0.1, 0.12
_NEVER: Final = 1e9
DEAR: Final = 100.0
"""What it costs to end a page where that could mislead: more than any pages that stand empty."""
APART: Final = 50.0
"""What it costs to part the names of medicines from what they are for, where a card is taller than a page."""
_SLACK: Final = 0.01

Side: TypeAlias = tuple[Strip, ...]
Unit: TypeAlias = tuple[Side, ...]
"""What stays on one page: its strips, or those of both sides where two languages stand on facing pages."""


class Cuts(NamedTuple):
    """Where pages end (the number of the unit after each), and what that costs."""

    cost: float
    ends: tuple[int, ...]


def units(levels: Sequence[Unit], tallest: float, *, whole: bool) -> list[Unit]:
    """Return levels as units: bound ones together, and frames in one piece if they are to stay ``whole``.

    What would be taller than a page is taken apart level by level, then strip by strip.
    """
    found: list[Unit] = []
    chain: list[Unit] = []
    for level, following in zip(levels, [*levels[1:], None], strict=True):
        chain.append(level)
        if following is None or not (_bound(level) or (whole and _same_frame(level, following))):
            found += _apart(chain, tallest)
            chain = []
    return found


def _bound(level: Unit) -> bool:
    return any(side[-1].keep for side in level if side)


def _same_frame(level: Unit, following: Unit) -> bool:
    return any(
        a[-1].grounds and a[-1].grounds == b[0].grounds for a, b in zip(level, following, strict=True) if a and b
    )


def _cut(level: Unit, following: Unit) -> float:
    """Return what it costs to end a page between two units."""
    return max(side[-1].cost for side in level if side) + (CUT if _same_frame(level, following) else 0.0)


def _apart(chain: Sequence[Unit], tallest: float) -> list[Unit]:
    """Return a chain of levels as one unit, or as several if it is taller than a page."""
    whole: Unit = tuple(tuple(strip for side in sides for strip in side) for sides in zip(*chain, strict=True))
    if max(height(side) for side in whole) <= tallest + _SLACK:
        return [whole]
    if not all(_bound(level) for level in chain[:-1]):
        return units(chain, tallest, whole=False)
    if len(chain) > 1:
        return [part for level in chain for part in _apart([level], tallest)]
    return [whole] if len(whole) > 1 else [((strip,),) for strip in whole[0]]


class Filling:
    """The pages that units can be set on. ``rooms``: the height of the first page and of the others, per side."""

    def __init__(self, pieces: Sequence[Unit], rooms: Sequence[tuple[float, float]]) -> None:
        self._count = len(pieces)
        self._sides = [_Ruler([piece[side] for piece in pieces], *rooms[side]) for side in range(len(rooms))]
        self._cuts = [0.0, *(_cut(a, b) for a, b in pairwise(pieces)), 0.0]

    def fewest(self) -> tuple[int, ...]:
        """Return where pages end if each is filled as far as it goes: no other way takes fewer."""
        ends: list[int] = []
        start = 0
        while start < self._count:
            start = self._furthest(start)
            ends.append(start)
        return tuple(ends)

    def keeps(self, most: int) -> bool:
        """Return whether ``most`` pages are enough, with none that ends where it must not if it can help it."""
        return len(self.fewest()) <= most and self._best(most).cost < APART

    def best(self, most: int) -> tuple[int, ...]:
        """Return where ``most`` pages or fewer end best."""
        return self._best(most).ends

    def _best(self, most: int) -> Cuts:
        pages = cache(self._pages)

        @cache
        def found(start: int, left: int) -> Cuts:
            if start == self._count:
                return Cuts(0.0, ())
            if left == 0:
                return Cuts(_NEVER, (self._count,))
            best = Cuts(2 * _NEVER, ())
            for cost, end in pages(start):
                if cost < best.cost:
                    rest = found(end, left - 1)
                    if cost + rest.cost < best.cost:
                        best = Cuts(cost + rest.cost, (end, *rest.ends))
            return best

        return found(0, most)

    def _pages(self, start: int) -> list[tuple[float, int]]:
        """Return how a page that begins with a unit may end: what that costs, and where; the fullest first."""
        found: list[tuple[float, int]] = []
        for end in range(self._furthest(start), start, -1):
            fill = max([ruler.fill(start, end) for ruler in self._sides])
            if end == self._count:
                cost = _STUB if start and fill < _STUB_FILL else 0.0
            else:
                cost = max(0.0, 1 - fill) ** 2 + self._cuts[end]
            found.append((_ONE_MORE + cost, end))
        return found

    def _furthest(self, start: int) -> int:
        """Return where a page that begins with a unit ends at the latest; one unit always stands on it."""
        return max(start + 1, min(ruler.furthest(start) for ruler in self._sides))


class _Ruler:
    """Heights of stretches of units on one side, by running totals, for pages with this much room."""

    def __init__(self, sides: Sequence[Side], first: float, other: float) -> None:
        self._first = first
        self._other = other
        self._heads: list[float] = []
        self._feet: list[float] = []
        above, y = None, 0.0
        for side in sides:
            rim = side[0].rim if side else 0.0
            for index, strip in enumerate(side):
                y += lead(above, strip)
                if index == 0:
                    self._heads.append(y - rim)
                y += strip.height
                above = strip
            if not side:
                self._heads.append(y)
            self._feet.append(y + (side[-1].rim if side else 0.0))

    def furthest(self, start: int) -> int:
        """Return where a page ends at the latest that begins with a unit."""
        room = (self._other if start else self._first) + _SLACK
        return bisect_right(self._feet, self._heads[start] + room)

    def fill(self, start: int, end: int) -> float:
        """Return how full units ``[start, end)`` make a page (1: full)."""
        return (self._feet[end - 1] - self._heads[start]) / (self._other if start else self._first)
