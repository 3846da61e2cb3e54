"""Pages: strips stacked into page frames, white space fitted to the page budget, furniture set around them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handouts.model.authored import Format
from handouts.model.leaflet import Leaflet, Row
from handouts.model.page import Artifact, Box, FontFile, Item, Page
from handouts.typeset.blocks import set_blocks
from handouts.typeset.furniture import Frame, furnish, running_head
from handouts.typeset.itemise import Fonts, Setting
from handouts.typeset.shape import face
from handouts.typeset.strips import Strip, flat
from handouts.typeset.theme import Theme
from handouts.units import points

# ISO 216 A4 and ANSI A (US Letter), in points.
PAPERS = {"a4": (points(210), points(297)), "letter": (points(215.9), points(279.4))}


class _Sheet(NamedTuple):
    """One page's strips with their distance from the page's top."""

    strips: tuple[tuple[float, Strip], ...]


def paginate(
    leaflet: Leaflet, size: Format, paper: str, fonts: Sequence[FontFile], budget: int = 0
) -> tuple[Page, ...]:
    """Return the leaflet's pages, every item placed and owned.

    White space is tightened by the format's ``fit`` factors until the pages keep to ``budget`` (0: no limit); type is
    never scaled. If no factor reaches it there are more pages, and preflight reports that.
    Raises ContentError for a character that no face has.
    """
    theme, frame, sheets = _fitted(leaflet, theme_of(leaflet, size, fonts), paper, budget)
    return tuple(_page(sheet, index, len(sheets), leaflet, theme, frame) for index, sheet in enumerate(sheets))


def theme_of(leaflet: Leaflet, size: Format, fonts: Sequence[FontFile]) -> Theme:
    """Return what a leaflet's brand, script and faces make of the format, its white space not yet fitted."""
    opened = [face(file) for file in fonts]
    bold = [one for one in opened if not one.name.endswith("-Regular") or "Symbols" in one.name or "Math" in one.name]
    regular = [one for one in opened if not one.name.endswith("-Bold")]
    setting = Setting(Fonts(tuple(regular), tuple(bold)), leaflet.script, leaflet.lang, leaflet.direction == "rtl")
    return Theme(size, leaflet.brand.palette, leaflet.brand.look, setting)


def _fitted(leaflet: Leaflet, theme: Theme, paper: str, budget: int) -> tuple[Theme, Frame, list[_Sheet]]:
    """Return the most generous setting that keeps to the budget, found by bisection.

    Where even the tightest needs more pages, it is the most generous with that many: nothing is cramped in vain.
    """
    facing = theme.format.columns == 1 and any(isinstance(block, Row) and block.pair for block in leaflet.blocks)

    def stacked(fit: float) -> tuple[Theme, Frame, list[_Sheet]]:
        fitted = theme._replace(fit=fit)
        frame = Frame.of(leaflet, fitted, *PAPERS[paper])
        if facing:
            return fitted, frame, _facing(leaflet, fitted, frame)
        return fitted, frame, _stack(set_blocks(leaflet.blocks, frame.width, fitted), frame)

    fits = theme.format.fit
    best = stacked(fits[0])
    if not budget or len(best[2]) <= budget or len(fits) == 1:
        return best
    best = stacked(fits[-1])
    budget = max(budget, len(best[2]))
    low, high = 0, len(fits) - 1
    while low < high:
        middle = (low + high) // 2
        tried = stacked(fits[middle])
        if len(tried[2]) <= budget:
            best, high = tried, middle
        else:
            low = middle + 1
    return best


def _facing(leaflet: Leaflet, theme: Theme, frame: Frame) -> list[_Sheet]:
    """Return pages in turn: the leaflet's own side, then its companion's, both with the same numbered blocks.

    A pair of pages ends where the longer side is full; a pair of blocks taller than a page goes on, side after side.
    """
    sheets: list[_Sheet] = []
    own: list[Strip] = []
    other: list[Strip] = []
    for first, second in _pairs(leaflet, theme, frame):
        if own and max(len(_stack(own + first, frame, 1)), len(_stack(other + second, frame, 1))) > 1:
            sheets += _stack(own, frame, len(sheets))
            sheets += _stack(other, frame, len(sheets))
            own, other = [], []
        own, other = own + first, other + second
    sheets += _stack(own, frame, len(sheets))
    return sheets + _stack(other, frame, len(sheets))


def _pairs(leaflet: Leaflet, theme: Theme, frame: Frame) -> Iterator[tuple[list[Strip], list[Strip]]]:
    """Yield both sides of each pair of blocks, headings together with what follows them."""
    own: list[Strip] = []
    other: list[Strip] = []
    for row in leaflet.blocks:
        if isinstance(row, Row):
            own, other = (
                side + set_blocks((cell,), frame.width, theme)
                for side, cell in zip((own, other), row.cells, strict=True)
            )
        if own and not own[-1].keep:
            yield own, other
            own, other = [], []
    if own:
        yield own, other


def _stack(strips: Sequence[Strip], frame: Frame, first: int = 0) -> list[_Sheet]:
    """Fill pages from the top, the first being page ``first``; bound strips stay on one page where they can."""
    sheets: list[_Sheet] = []
    start = 0
    while start < len(strips):
        top = frame.top(first + len(sheets))
        y, end = top, start
        placed: list[tuple[float, Strip]] = []
        while end < len(strips):
            strip = strips[end]
            at = y + (strip.before if placed else 0.0)
            if placed and at + strip.height > frame.bottom + 0.01:
                break
            placed.append((at, strip))
            y = at + strip.height
            end += 1
        if end < len(strips):
            cut = end
            while cut > start and strips[cut - 1].keep:
                cut -= 1
            end = cut if cut > start else end
        sheets.append(_Sheet(tuple(placed[: end - start])))
        start = end
    return sheets


def _page(sheet: _Sheet, index: int, count: int, leaflet: Leaflet, theme: Theme, frame: Frame) -> Page:
    items = [item for y, strip in sheet.strips for item in flat(strip.items, frame.left, y)]
    head = flat(running_head(index, leaflet, theme, frame))
    foot, watermark = furnish(index, count, leaflet, theme, frame)
    # Grounds first, then the watermark, then everything that must stay readable above it.
    grounds = [item for item in items if _ground(item)]
    above = [item for item in items if not _ground(item)]
    return Page(frame.page_width, frame.page_height, (*head, *grounds, *flat(watermark), *above, *flat(foot)))


def _ground(item: Item) -> bool:
    """Return whether an item only lies under others; a box that belongs to a block (a tick box) does not."""
    return isinstance(item, Box) and isinstance(item.place, Artifact)
