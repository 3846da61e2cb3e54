"""Groups of small objects that are written once and filled in for each repetition."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.pdf.objects import Body
from handouts.pdf.predictor import up
from handouts.pdf.records import HUNDRED, Draft, Record, Rows, key, own
from handouts.pdf.records import given as outside
from handouts.pdf.streamed import Streamed

NUMBERS = st.integers(0, 9_999_999)


def record(elements: int) -> Record:
    draft = Draft()
    for number in range(elements):
        draft.add(Body(f"<< /S /P /P {own(number // 2)} /K {key(number % 3)} /Pg {outside(number % 2)} 0 R /A (x) >>"))
    return Record([body.text for body in draft.bodies])


def rows_of(made: Record, firsts: Sequence[int], given_: Sequence[tuple[int, Sequence[int]]]) -> list[bytes]:
    return [made.filled(first, made.numbers(*one)) for first, one in zip(firsts, given_, strict=True)]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 330), st.integers(1, 90_000), st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), NUMBERS)
def test_changes_are_what_the_filter_finds(
    elements: int, hundred: int, before: tuple[int, int], after: tuple[int, int], keys: int
) -> None:
    made = record(elements)
    first = hundred * HUNDRED
    one, other = (keys // 2, before), (keys // 2 + 7, after)
    filled = rows_of(made, (first, first + made.hundreds * HUNDRED), (one, other))
    changed = made.changes(first, made.numbers(*one), made.numbers(*other))
    assert len(changed) == len(filled[0]) == len(filled[1])
    for start in range(0, len(changed), made.width):
        end = start + made.width
        assert changed[start:end] == up(filled[0][start:end], filled[1][start:end])


def test_a_filled_group_has_its_numbers() -> None:
    made = record(3)
    text = made.filled(1200, made.numbers(40, (7, 8))).decode()
    assert text.split("\n")[:3] == [
        "<</S/P/P    1200 0 R/K      40/Pg       7 0 R/A (x)>>",
        "<</S/P/P    1200 0 R/K      41/Pg       8 0 R/A (x)>>",
        "<</S/P/P    1201 0 R/K      42/Pg       7 0 R/A (x)>>",
    ]


def test_a_group_of_too_many_objects_is_refused() -> None:
    assert len(record(3_100).filled(100, record(3_100).numbers(0, (0, 0))).split(b"\n")) == 3_101
    with pytest.raises(ContentError, match="3,101 parts"):
        record(3_101)


@pytest.mark.parametrize(
    ("objects", "size"),
    [(2_100, 40), (3_000, 40), (60, 15_800), (60, 17_400), (30, 24_900), (30, 27_400), (4, 129_000)],
)
@pytest.mark.parametrize("repetitions", [1, 7, 8, 30])
def test_large_groups_and_large_objects_are_read_back(objects: int, size: int, repetitions: int) -> None:
    draft = Draft()
    for number in range(objects):
        draft.add(Body(f"<< /N {number} /Key {key(0)} /Next {own((number + 1) % objects)} /T ({'x' * size}) >>"))
    out = BytesIO()
    file = Streamed(out)
    rows = Rows(file, Record([body.text for body in draft.bodies]))
    firsts = []
    for repetition in range(repetitions):
        firsts.append(rows.next())
        rows.add(repetition, ())
    rows.flush()
    pages = file.add(Body("<< /Type /Pages /Count 0 /Kids [] >>"))
    file.close(file.add(Body(f"<< /Type /Catalog /Pages {pages} >>")), file.add(Body("<< >>")))
    with pikepdf.open(BytesIO(out.getvalue()), attempt_recovery=False) as pdf:
        for repetition, first in enumerate(firsts):
            for number in {0, objects // 2, objects - 1}:
                one = pdf.get_object(first + number, 0)
                assert (int(one.N), int(one.Key), len(bytes(one.T))) == (number, repetition, size)
                assert int(one.Next.N) == (number + 1) % objects


def test_a_group_with_an_object_of_very_many_bytes_is_refused() -> None:
    with pytest.raises(ContentError, match="too large for a print run"):
        Record(["<< /T (" + "x" * 131_000 + ") >>"])
