"""Pages are used: where the last one has room, there are more lines to write on."""

import pytest

from handouts.model.page import Box
from handouts.typeset.leaves import LAYOUT
from handouts.typeset.pages import _with_lines
from handouts.typeset.strips import Strip, height
from tests.conftest import rendered

TEXT, LINE = Strip(20.0, ()), Strip(24.0, (), again=True)


@pytest.mark.parametrize(
    ("room", "lines"), [(0.0, 3), (20 + 3 * 24 + 10, 3), (30 + 4 * 24, 4), (30 + 8 * 24, 8), (900.0, 8)]
)
def test_lines_fill_the_room_up_to_eight(room: float, lines: int) -> None:
    strips = [TEXT, LINE, LINE, LINE, Strip(10.0, ())]
    more = _with_lines(strips, room)
    assert [strip.again for strip in more] == [False, *[True] * lines, False]
    assert lines == 3 or height(more) <= room


def test_pages_without_lines_stay_as_they_are() -> None:
    assert [*_with_lines([TEXT, TEXT], 900.0)] == [TEXT, TEXT]


@pytest.mark.parametrize("locale", ["en", "ar", "th"])
def test_a_nearly_empty_last_page_of_large_print_has_eight_lines(locale: str) -> None:
    pages = rendered("follicular-keratosis", locale, format="large").pages
    boxes = [[item for item in page.items if isinstance(item, Box) and item.place == LAYOUT] for page in pages]
    rules = [[box for box in found if box.height == 0.6] for found in boxes]
    assert [len(found) for found in rules] == [0, 0, 8]
    assert len({rule.y for rule in rules[-1]}) == 8
