"""Rows told by their differences: adding the row above undoes it."""

from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.predictor import up


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(*[st.binary(min_size=size, max_size=size)] * 2)))
def test_differences_are_undone_by_adding_the_row_above(rows: tuple[bytes, bytes]) -> None:
    above, row = rows
    assert bytes((one + two) % 256 for one, two in zip(up(above, row), above, strict=True)) == row
