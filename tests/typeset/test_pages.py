"""Pages: what stays together on them, and what their room is used for."""

from collections.abc import Iterable, Iterator

import pytest

from handouts.model.leaflet import Block, Callout, Definitions, Section
from handouts.model.page import Artifact, Box, Owner
from handouts.typeset.leaves import LAYOUT
from handouts.typeset.pages import _with_lines
from handouts.typeset.strips import Strip, height
from tests.conftest import rendered

TEXT, LINE = Strip(20.0, ()), Strip(24.0, (), again=True)


@pytest.mark.parametrize(
    ("room", "lines"), [(0.0, 3), (30 + 3 * 24, 3), (41 + 4 * 24, 3), (42 + 4 * 24, 4), (42 + 8 * 24, 8), (900.0, 8)]
)
def test_lines_fill_the_room_up_to_eight(room: float, lines: int) -> None:
    strips = [TEXT, LINE, LINE, LINE, Strip(10.0, ())]
    more = _with_lines(strips, room)
    assert [strip.again for strip in more] == [False, *[True] * lines, False]
    assert lines == 3 or height(more) <= room


def test_pages_without_lines_stay_as_they_are() -> None:
    assert [*_with_lines([TEXT, TEXT], 900.0)] == [TEXT, TEXT]


@pytest.mark.parametrize("size", ["standard", "large"])
@pytest.mark.parametrize("locale", ["en", "de", "ru", "ta", "th"])
def test_medicines_are_on_the_page_that_says_what_they_are_for(locale: str, size: str) -> None:
    made = rendered("", locale, format=size)
    pages = [{item.place.block for item in page.items if isinstance(item.place, Owner)} for page in made.pages]
    cards = [card for card in within(made.leaflet.blocks) if any(isinstance(one, Definitions) for one in card.blocks)]
    assert len(cards) == 3
    for card in cards:
        own = {block.id for block in card.blocks} | {
            entry.id for block in card.blocks if isinstance(block, Definitions) for entry in block.entries
        }
        assert sum(bool(page & own) for page in pages) == 1


def within(blocks: Iterable[Block]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from within(block.blocks)


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "ur"])
def test_the_watermark_runs_over_no_edge(locale: str) -> None:
    for page in rendered("", locale, draft=True).pages[:1]:
        last = max(at for at, item in enumerate(page.items) if item.place == Artifact("Watermark"))
        boxes = [item for item in page.items[:last] if isinstance(item, Box) and item.place == LAYOUT]
        edges = [box._replace(fill="") if box.stroke else box for box in boxes if box.stroke or box.width < 6]
        assert edges and {*edges} <= {*page.items[last:]}


@pytest.mark.parametrize("locale", ["en", "ar", "th"])
def test_what_is_never_to_be_done_is_on_the_first_page(locale: str) -> None:
    for size in ("standard", "large"):
        made = rendered("", locale, format=size)
        safety = next(one for one in made.leaflet.blocks if isinstance(one, Callout) and one.kind == "safety")
        words = {block.id for block in safety.blocks}
        assert words & {item.place.block for item in made.pages[0].items if isinstance(item.place, Owner)}


@pytest.mark.parametrize("locale", ["en", "ar", "th"])
def test_a_nearly_empty_last_page_of_large_print_has_eight_lines(locale: str) -> None:
    pages = rendered("follicular-keratosis", locale, format="large").pages
    boxes = [[item for item in page.items if isinstance(item, Box) and item.place == LAYOUT] for page in pages]
    rules = [[box for box in found if box.height == 0.6] for found in boxes]
    assert [len(found) for found in rules] == [0, 0, 8]
    assert len({rule.y for rule in rules[-1]}) == 8
