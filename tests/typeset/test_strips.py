"""Strips: stacking keeps every item and every bond."""

from hypothesis import given
from hypothesis import strategies as st

from handouts.model.page import Artifact, Box
from handouts.typeset.strips import Strip, bound, flat, height, inset, joined, kept


def strip(tall: float, before: float = 0.0) -> Strip:
    return Strip(tall, (Box(Artifact("Layout"), 1, 2, 3, 4),), before)


STRIPS = st.lists(st.builds(strip, st.floats(1, 50), st.floats(0, 20)), min_size=1, max_size=8)


@given(STRIPS)
def test_joined_is_as_tall_as_the_stack(strips: list[Strip]) -> None:
    whole = joined(strips)
    assert abs(whole.height - height(strips)) < 1e-6
    assert len(list(flat(whole.items))) == sum(len(one.items) for one in strips)
    assert whole.before == strips[0].before


@given(STRIPS)
def test_no_orphan_and_no_widow(strips: list[Strip]) -> None:
    lines = bound(strips)
    assert not lines[-1].keep
    if len(lines) > 1:
        assert lines[0].keep and lines[-2].keep


def test_inset_moves_sideways_only() -> None:
    (moved,) = inset([strip(5)], 10)
    (item,) = flat(moved.items, 100, 200)
    assert (item.x, item.y) == (111, 202)


def test_kept_binds_to_what_follows() -> None:
    assert all(one.keep for one in kept([strip(1), strip(1)]))
