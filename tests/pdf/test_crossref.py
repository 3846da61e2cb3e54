"""Where objects stand: stretches come out as the table that would have been kept entry by entry."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.crossref import MOST_HELD, ROW, Places
from handouts.pdf.predictor import UP


def undone(data: bytes) -> list[bytes]:
    rows = [bytes(ROW)]
    for at in range(0, len(data), ROW + 1):
        assert data[at : at + 1] == UP
        changes = data[at + 1 : at + 1 + ROW]
        rows.append(bytes((one + two) % 256 for one, two in zip(changes, rows[-1], strict=True)))
    return rows[1:]


STRETCH = st.tuples(st.integers(0, 3), st.integers(1, 40), st.integers(0, 2**33), st.integers(0, MOST_HELD - 40))


@given(st.lists(STRETCH, max_size=30), st.randoms(use_true_random=False))
def test_entries_are_those_of_a_whole_table(stretches: list[tuple[int, int, int, int]], order: Random) -> None:
    table, notes, number = [bytes(ROW)], [], 1
    for gap, count, offset, index in stretches:
        table += [bytes(ROW)] * gap
        number += gap
        if count == 1:
            notes.append(("at", number, offset))
            table.append(b"\1" + offset.to_bytes(5, "big") + b"\0\0")
        else:
            holder = 1 + offset % 2**32 // 2
            notes.append(("held", number, count, holder, index))
            table += [b"\2" + holder.to_bytes(5, "big") + (index + at).to_bytes(2, "big") for at in range(count)]
        number += count
    order.shuffle(notes)
    places = Places()
    for name, *values in notes:
        getattr(places, name)(*values)
    table += [bytes(ROW)] * 5
    assert undone(b"".join(places.copy().rows(number + 4))) == table


def test_many_entries_come_in_pieces() -> None:
    places = Places()
    for place in range(20):
        places.held(1 + 10_000 * place, 10_000, 7, 0)
    pieces = [*places.rows(200_000)]
    assert len(pieces) > 3
    assert len(undone(b"".join(pieces))) == 200_001
