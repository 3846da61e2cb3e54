"""Filling pages: nothing is lost, bonds hold, frames are cut only where that is better than an empty page."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handouts.model.page import Artifact, Box
from handouts.typeset.filling import Filling, units
from handouts.typeset.strips import Ground, Strip, height

ROOM = 100.0
FRAME = (Ground(7, 5.0, (Box(Artifact("Layout"), 0, 0, 10, 0),)),)


def strip(tall: float, *, keep: bool = False, framed: bool = False, cost: float = 0.0) -> Strip:
    return Strip(tall, (), 0.0, keep, FRAME if framed else (), cost)


def ends(strips: list[Strip], *, whole: bool = False, more: int = 1) -> list[int]:
    """Where pages end, counted in strips."""
    pieces = units([((one,),) for one in strips], ROOM, whole=whole)
    filling = Filling(pieces, [(ROOM, ROOM)])
    sizes = [len(piece[0]) for piece in pieces]
    return [sum(sizes[:end]) for end in filling.best(len(filling.fewest()) + more)]


@given(st.lists(st.builds(strip, st.floats(1, 90), keep=st.booleans(), framed=st.booleans()), min_size=1, max_size=30))
def test_every_strip_is_on_a_page_and_every_page_is_high_enough(strips: list[Strip]) -> None:
    found = ends(strips)
    assert found[-1] == len(strips)
    for start, end in pairwise((0, *found)):
        assert end > start
        assert height(strips[start:end]) <= ROOM + 0.02 or end == start + 1


def test_bound_strips_stay_together() -> None:
    assert ends([strip(40), strip(40), strip(10, keep=True), strip(40)]) == [2, 4]


def test_what_is_bound_and_taller_than_a_page_is_taken_apart() -> None:
    assert ends([strip(60, keep=True), strip(60, keep=True), strip(60)]) == [1, 2, 3]


def test_a_frame_goes_on_overleaf_rather_than_leave_a_page_empty() -> None:
    card = [strip(15, framed=True) for _ in range(6)]
    assert ends([strip(20), *card]) != [1, 7]
    assert ends([strip(20), *card], whole=True) == [1, 7]
    assert ends([strip(75), *card]) == [1, 7]


def test_a_page_does_not_end_where_that_is_dear() -> None:
    strips = [strip(30), strip(30, cost=100.0), strip(30, cost=100.0), strip(30)]
    assert ends(strips) == [1, 4]


def test_the_rims_of_a_frame_count() -> None:
    assert ends([strip(45, framed=True), strip(45, framed=True)]) == [2]
    assert ends([strip(46, framed=True), strip(45, framed=True)]) == [1, 2]


def test_both_sides_of_a_pair_end_on_one_leaf() -> None:
    pieces = units([((strip(30),), (strip(60),)), ((strip(30),), (strip(60),))], ROOM, whole=False)
    filling = Filling(pieces, [(ROOM, ROOM), (ROOM, ROOM)])
    assert filling.best(2) == (1, 2)
