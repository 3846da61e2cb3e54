"""Pages: strips stacked into page frames, white space fitted to the page budget, furniture set around them."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from handouts.errors import ContentError
from handouts.model.authored import Format
from handouts.model.leaflet import Block, Leaflet, Row
from handouts.model.page import Artifact, Box, FontFile, Item, Page
from handouts.typeset.blocks import set_blocks
from handouts.typeset.filling import Filling, Unit, units
from handouts.typeset.furniture import Frame, count_foot_lines, furnish, running_head
from handouts.typeset.itemise import Fonts, Setting
from handouts.typeset.pairs import beside, set_pairs
from handouts.typeset.shape import face
from handouts.typeset.strips import Strip, flat, height, painted, stacked
from handouts.typeset.theme import Theme
from handouts.units import points

# ISO 216 A4 and ANSI A (US Letter), in points.
PAPERS = {"a4": (points(210), points(297)), "letter": (points(215.9), points(279.4))}


MOST_PAGES = 200
"""The most pages of a leaflet, by its units; where they end best is searched for page by page."""

# The part of a page that usually stays empty at its foot, for what follows does not fit.
_WASTE = 0.07
_BAR = 6.0  # points: what is thinner is an edge, not a ground
_MOST_LINES = 8  # to write on


class _Sheet(NamedTuple):
    """One page's strips with their distance from the page's top."""

    strips: tuple[tuple[float, Strip], ...]


def paginate(
    leaflet: Leaflet, size: Format, paper: str, fonts: Sequence[FontFile], budget: int = 0
) -> tuple[Page, ...]:
    """Return the leaflet's pages, every item placed and owned.

    White space is tightened by the format's ``fit`` factors until the pages keep to ``budget`` (0: no limit); type is
    never scaled. If no factor reaches it there are more pages, and preflight reports that.
    Raises ContentError for a character that no face has, and for a leaflet of very many pages.
    """
    theme = theme_of(leaflet, size, fonts)
    foot_lines = count_foot_lines(leaflet, theme, PAPERS[paper][0])
    theme, frame, sheets = _fitted(leaflet.blocks, foot_lines, theme, paper, budget)
    return tuple(_page(sheet, index, len(sheets), leaflet, theme, frame) for index, sheet in enumerate(sheets))


def theme_of(leaflet: Leaflet, size: Format, fonts: Sequence[FontFile]) -> Theme:
    """Return what a leaflet's brand, script and faces make of the format, its white space not yet fitted."""
    opened = [face(file) for file in fonts]
    bold = [one for one in opened if not one.name.endswith("-Regular") or "Symbols" in one.name or "Math" in one.name]
    regular = [one for one in opened if not one.name.endswith("-Bold")]
    setting = Setting(Fonts(tuple(regular), tuple(bold)), leaflet.script, leaflet.lang, leaflet.direction == "rtl")
    return Theme(size, leaflet.brand.palette, leaflet.brand.look, setting)


class _Set(NamedTuple):
    """A leaflet set with some white space: its strips in units, and the ways to fill pages with them."""

    theme: Theme
    frame: Frame
    pieces: list[Unit]
    filling: Filling


@lru_cache(maxsize=64)
def _fitted(
    blocks: tuple[Block, ...], foot_lines: int, theme: Theme, paper: str, budget: int
) -> tuple[Theme, Frame, tuple[_Sheet, ...]]:
    """Return the most generous setting that keeps to the budget; kept, for a leaflet that is issued again has it too.

    Cards go on overleaf only where the budget cannot be kept otherwise, or a format has none. Where even the tightest
    setting needs more pages, it is the most generous with that many: nothing is cramped in vain.
    """
    fits = theme.format.fit

    @cache
    def setting(fit: float, *, whole: bool) -> _Set:
        fitted = theme._replace(fit=fit)
        return _set(blocks, fitted, Frame.of(fitted, *PAPERS[paper], foot_lines), whole=whole)

    if not budget:
        return _sheets(setting(fits[0], whole=False), more=1)
    if len(setting(fits[0], whole=True).filling.fewest()) <= budget:
        return _sheets(setting(fits[0], whole=True))
    fewest = len(setting(fits[-1], whole=True).filling.fewest())
    whole = fewest <= budget or not setting(fits[-1], whole=False).filling.keeps(budget)
    most = max(budget, fewest) if whole else budget
    low, high = 0, len(fits) - 1
    probe = _guess(setting(fits[0], whole=whole), setting(fits[-1], whole=whole), most)
    while low < high:
        if setting(fits[probe], whole=whole).filling.keeps(most):
            high = probe
            probe = max(low, high - 1)
        else:
            low = probe + 1
            probe = low
    return _sheets(setting(fits[low], whole=whole))


def _guess(loose: _Set, tight: _Set, most: int) -> int:
    """Return the number of the fit that probably fills the pages: heights grow evenly with the white space.

    Lines stay as they are while a page is fitted, so this is nearly right, and saves most of the trying.
    """
    fits, frame = loose.theme.format.fit, loose.frame
    room = frame.bottom - frame.head_first + (most - 1) * (frame.bottom - frame.head_other) * (1 - _WASTE)
    tall, short = _tall(loose), _tall(tight)
    share = (room - short) / (tall - short) if tall > short else 0.0
    wanted = fits[-1] + share * (fits[0] - fits[-1])
    return next((at for at, fit in enumerate(fits[:-1]) if fit <= wanted), max(0, len(fits) - 2))


def _tall(chosen: _Set) -> float:
    """Return how tall everything would be on one endless page."""
    top, last = stacked([strip for piece in chosen.pieces for strip in piece[0]], 0.0)[-1]
    return top + last.height + last.rim


def _set(blocks: tuple[Block, ...], theme: Theme, frame: Frame, *, whole: bool) -> _Set:
    first, other = frame.bottom - frame.head_first, frame.bottom - frame.head_other
    tallest = min(first, other)
    theme = theme._replace(tallest=tallest)
    levels, rooms = _levels(blocks, theme, frame.width), [(first, other), (other, other)]
    pieces = units(levels, tallest, whole=whole)
    return _Set(theme, frame, pieces, Filling(pieces, rooms[: len(levels[0]) if levels else 1]))


def _levels(blocks: tuple[Block, ...], theme: Theme, width: float) -> list[Unit]:
    """Return what is set, level by level; with two sides where two languages take turns page by page."""
    pairs = [block for block in blocks if isinstance(block, Row) and block.pair]
    if not pairs:
        return [((strip,),) for strip in set_blocks(blocks, width, theme)]
    if theme.format.columns == 1:
        return [(tuple(own), tuple(other)) for own, other in set_pairs(pairs, width, theme)]
    gap = 3.0 * theme.across
    return [((strip,),) for strip in beside(set_pairs(pairs, (width - gap) / 2, theme), width, gap, rtl=theme.rtl)]


def _sheets(chosen: _Set, more: int = 0) -> tuple[Theme, Frame, tuple[_Sheet, ...]]:
    """Return the pages of a setting, both sides of each stretch one after the other; ``more`` than the fewest."""
    frame, filling = chosen.frame, chosen.filling
    fewest = len(filling.fewest())
    if fewest > MOST_PAGES:
        message = f"The leaflet would have {fewest} pages; {MOST_PAGES} are the most."
        raise ContentError(message, "Shorten it, or make several topics of it.")
    ends = filling.best(fewest + more)
    sheets: list[_Sheet] = []
    for start, end in pairwise((0, *ends)):
        for side in zip(*chosen.pieces[start:end], strict=True):
            strips = [strip for part in side for strip in part]
            sheets += _spread(strips, frame, len(sheets))
    return chosen.theme, frame, tuple(sheets)


def _spread(strips: Sequence[Strip], frame: Frame, index: int) -> list[_Sheet]:
    """Return strips on one page, or on as many as it takes where one side of a pair is taller than a page."""
    placed = stacked(_with_lines(strips, frame.bottom - frame.top(index)), frame.top(index))
    if len(strips) < 2 or placed[-1][0] + placed[-1][1].height + placed[-1][1].rim <= frame.bottom + 0.02:
        return [_Sheet(tuple(placed))]
    room = frame.bottom - frame.head_other
    parts: list[Unit] = [((strip,),) for strip in strips]
    pieces = units(parts, room, whole=False)
    filling = Filling(pieces, [(frame.bottom - frame.top(index), room)])
    pages = [pieces[start:end] for start, end in pairwise((0, *filling.best(len(filling.fewest()))))]
    runs = [[strip for piece in page for strip in piece[0]] for page in pages]
    return [_Sheet(tuple(stacked(run, frame.top(index + at)))) for at, run in enumerate(runs)]


def _with_lines(strips: Sequence[Strip], room: float) -> Sequence[Strip]:
    """Return strips with more lines to write on where they leave room for them: a page that is not filled is used."""
    lines = [at for at, strip in enumerate(strips) if strip.again]
    if not lines:
        return strips
    last = lines[-1]
    fit = int((room - height(strips)) / strips[last].height - 0.5)  # nothing is set close to the foot
    more = [strips[last]] * min(fit, _MOST_LINES - len(lines))
    return [*strips[:last], *more, *strips[last:]]


def _page(sheet: _Sheet, index: int, count: int, leaflet: Leaflet, theme: Theme, frame: Frame) -> Page:
    items = flat(painted(sheet.strips), frame.left, 0.0)
    head = flat(running_head(index, leaflet, theme, frame))
    foot, watermark = furnish(index, count, leaflet, theme, frame)
    # Grounds first, then the watermark, then everything that must stay readable above it. All furniture comes before
    # the text, so that letters are met in the same order wherever pages end: formats then share their cut faces.
    grounds = [item for item in items if _ground(item)]
    above = [item for item in items if not _ground(item)]
    mark = [*flat(watermark), *_edges(grounds)] if watermark else []
    return Page(frame.page_width, frame.page_height, (*head, *grounds, *mark, *flat(foot), *above))


def _edges(grounds: Sequence[Item]) -> Iterator[Item]:
    """Give borders, bars and hairlines once more, which the watermark has run over."""
    for box in grounds:
        if isinstance(box, Box) and box.stroke:
            yield box._replace(fill="")
        elif isinstance(box, Box) and min(box.width, box.height) < _BAR:
            yield box


def _ground(item: Item) -> bool:
    """Return whether an item only lies under others; a box that belongs to a block (a tick box) does not."""
    return isinstance(item, Box) and isinstance(item.place, Artifact)
