"""Pages of every format, as they are set: print that is large enough, nothing cut off, nothing left behind.

Each leaflet is also set with every message 60 % longer, as translations of short words often are.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import pytest

from handouts.compose.bilingual import COMPANION_IDS, pair
from handouts.make import composed, load, page_budget
from handouts.model.leaflet import Block, Callout, Heading, Leaflet, Row, Span, Struct, WriteLines
from handouts.model.page import Artifact, Box, GlyphRun, Owner, Page, Picture
from handouts.model.request import Request
from handouts.typeset.pages import paginate
from handouts.units import points
from tests.conftest import CAUSES, ISSUED, TOPIC, built_in
from tests.road.expected import pieces

LOCALES = (*built_in().locales(), "qps-ploc")
BODY = {"standard": 12.0, "large": 18.0, "giant": 24.0}
FINE = {"standard": 10.0, "large": 18.0, "giant": 24.0}
FURNITURE = {"standard": 9.0, "large": 14.0, "giant": 14.0}
HAIR = 0.6
"""Points: rounding, and the hair by which a glyph may pass its advance."""


def setting(locale: str, cause: str, form: str, brand: str = "house") -> tuple[Request, Leaflet]:
    request = Request(topic=TOPIC, cause=cause, locale=locale, format=form, brand=brand, issued=ISSUED)
    leaflet, _ = composed(request, load(request, built_in()))
    return request, leaflet


def pages(request: Request, leaflet: Leaflet, paper: str = "a4") -> tuple[Page, ...]:
    sources = load(request, built_in())
    return paginate(leaflet, sources.format, paper, sources.fonts, page_budget(request, sources))


def longer(leaflet: Leaflet) -> Leaflet:
    """The leaflet with 60 % more of the same words in every message."""
    return msgspec.structs.replace(leaflet, blocks=_longer(leaflet.blocks))


def _longer(value: object) -> object:
    if isinstance(value, Span):
        whole = value.href or value.keep or not value.text.strip()
        return value if whole else msgspec.structs.replace(value, text=_grown(value.text))
    if isinstance(value, tuple):
        return tuple(_longer(one) for one in value)
    if isinstance(value, Struct):
        return msgspec.structs.replace(
            value, **{name: _longer(getattr(value, name)) for name in value.__struct_fields__}
        )
    return value


def _grown(text: str) -> str:
    words = text.split()
    if len(words) == 1:
        return text + text[: round(0.6 * len(text))]
    added = [words[place % len(words)] for place in range(round(0.6 * len(words)))]
    return " ".join((text.rstrip(), *added)) + text[len(text.rstrip()) :]


def left_and_right(run: GlyphRun) -> tuple[float, float]:
    """Where a run's ink may begin and end: spaces at a line's end hang outside."""
    scale = run.size / run.units
    clusters = list(run.clusters)
    left = run.x
    while clusters and not clusters[0].text.strip():
        left += clusters.pop(0).advance * scale
    right = left + sum(cluster.advance for cluster in clusters) * scale
    while clusters and not clusters[-1].text.strip():
        right -= clusters.pop().advance * scale
    return left, right


def runs(page: Page) -> Iterator[GlyphRun]:
    """The page's words, the watermark aside."""
    yield from (item for item in page.items if isinstance(item, GlyphRun) and item.place != Artifact("Watermark"))


def too_small(page: Page, form: str) -> list[str]:
    small = [run for run in runs(page) if isinstance(run.place, Owner) and run.size < FINE[form]]
    small += [run for run in runs(page) if isinstance(run.place, Artifact) and run.size < FURNITURE[form]]
    return [run.text for run in small]


def cut_off(page: Page, start: float, end: float) -> list[str]:
    """What passes a margin, the page's edge or, if it is no furniture, the line above the foot."""
    found = []
    rules = [item.y for item in page.items if isinstance(item, Box) and item.place == Artifact("Footer")]
    for item in page.items:
        if isinstance(item, GlyphRun) and item.place != Artifact("Watermark") and item.text.strip():
            left, right = left_and_right(item)
            top, bottom = item.y - item.size, item.y + 0.3 * item.size
            said = item.text
        elif isinstance(item, Picture):
            left, right, top, bottom, said = item.x, item.x + item.width, item.y, item.y + item.height, item.name
        else:
            continue
        floor = min(rules) if isinstance(item.place, Owner) else page.height
        if left < start - HAIR or right > page.width - end + HAIR or top < 0 or bottom > floor + HAIR:
            found.append(said)
    return found


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Words that are painted over other words."""
    lines: dict[float, list[tuple[float, float, str]]] = {}
    for run in runs(page):
        if run.text.strip():
            lines.setdefault(round(run.y, 1), []).append((*left_and_right(run), run.text))
    return [
        (one[2], other[2])
        for line in lines.values()
        for one, other in pairwise(sorted(line))
        if other[0] < one[1] - HAIR
    ]


def where(all_pages: tuple[Page, ...]) -> dict[int, set[int]]:
    """The pages on which each block or entry is painted."""
    found: dict[int, set[int]] = {}
    for number, page in enumerate(all_pages):
        for item in page.items:
            if isinstance(item.place, Owner):
                found.setdefault(item.place.block, set()).add(number)
    return found


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        inner = block.cells if isinstance(block, Row) else getattr(block, "blocks", ())
        yield from every(inner)
        for item in getattr(block, "items", ()):
            yield from every(item.blocks)


def left_behind(leaflet: Leaflet, all_pages: tuple[Page, ...]) -> list[str]:
    """Headings at a page's foot: what comes next, in the same language, begins overleaf."""
    found = where(all_pages)
    said = [piece for piece in pieces(leaflet.blocks) if piece.block in found]
    headings = {block.id for block in every(leaflet.blocks) if isinstance(block, Heading)}
    # Lines to write on are no words: what is under them may begin overleaf.
    headings -= {one.id for one, other in pairwise(every(leaflet.blocks)) if isinstance(other, WriteLines)}
    sides = ([one for one in said if (one.block >= COMPANION_IDS) is companion] for companion in (False, True))
    return [
        one.text
        for side in sides
        for one, other in pairwise(side)
        if one.block in headings and max(found[one.block]) != min(found[other.block])
    ]


def torn(leaflet: Leaflet, all_pages: tuple[Page, ...]) -> list[int]:
    """Callouts that go on overleaf."""
    found = where(all_pages)
    callouts = [block for block in every(leaflet.blocks) if isinstance(block, Callout)]
    assert callouts
    inside = {callout.id: {piece.block for piece in pieces((callout,))} for callout in callouts}
    return [owner for owner, blocks in inside.items() if len(set().union(*(found[block] for block in blocks))) > 1]


def assert_well_set(leaflet: Leaflet, form: str, set_pages: tuple[Page, ...]) -> None:
    margins = built_in().format(form).margins
    sides = points(margins.start), points(margins.end)
    left, right = sides[::-1] if leaflet.direction == "rtl" else sides
    for page in set_pages:
        assert too_small(page, form) == []
        assert cut_off(page, left, right) == []
        assert overlapping(page) == []
    assert left_behind(leaflet, set_pages) == []
    assert torn(leaflet, set_pages) == []


@pytest.mark.parametrize("form", BODY)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_leaflet_is_well_set(locale: str, form: str) -> None:
    for cause in CAUSES:
        request, leaflet = setting(locale, cause, form)
        assert_well_set(leaflet, form, pages(request, leaflet))


@pytest.mark.parametrize("form", BODY)
@pytest.mark.parametrize("locale", LOCALES)
def test_messages_that_are_60_percent_longer_are_well_set(locale: str, form: str) -> None:
    for cause in ("", "seborrheic-dermatitis"):
        request, leaflet = setting(locale, cause, form)
        assert_well_set(longer(leaflet), form, pages(request, longer(leaflet)))


@pytest.mark.parametrize("form", BODY)
@pytest.mark.parametrize("brand", ["harbour-clinic", "meadow-practice"])
@pytest.mark.parametrize("locale", ["ar", "de", "en", "ta"])
def test_brands_with_contacts_and_long_footers_are_well_set(locale: str, brand: str, form: str) -> None:
    request, leaflet = setting(locale, "follicular-keratosis", form, brand)
    assert_well_set(leaflet, form, pages(request, leaflet))
    assert_well_set(leaflet, form, pages(request, leaflet, "letter"))
    assert_well_set(longer(leaflet), form, pages(request, longer(leaflet)))


@pytest.mark.parametrize("form", BODY)
@pytest.mark.parametrize("locales", [("ar", "en"), ("en", "ta"), ("ur", "en"), ("th", "zh-Hans")], ids="+".join)
def test_two_languages_are_well_set(locales: tuple[str, str], form: str) -> None:
    for cause in ("", "seborrheic-dermatitis"):
        request = Request(topic=TOPIC, cause=cause, locale=locales[0], companion=locales[1], format=form, issued=ISSUED)
        other = msgspec.structs.replace(request, locale=locales[1], companion="")
        own, _ = composed(request, load(request, built_in()))
        companion, _ = composed(other, load(other, built_in()), COMPANION_IDS)
        leaflet = pair(own, companion)
        sources = load(request, built_in())
        set_pages = paginate(leaflet, sources.format, "a4", sources.fonts)
        assert_well_set(leaflet, form, set_pages)
        if form != "standard":
            assert [facing(page) for page in set_pages] == [number % 2 == 1 for number in range(len(set_pages))]


def facing(page: Page) -> bool:
    """Whether all of a page is the companion's."""
    (side,) = {run.place.block >= COMPANION_IDS for run in runs(page) if isinstance(run.place, Owner)}
    return side
