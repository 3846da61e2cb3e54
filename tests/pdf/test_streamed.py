"""Files that are written as they grow: object streams, templates of objects, balanced trees, read back by others."""

from io import BytesIO

import pikepdf
import pytest

from handouts.pdf.branches import FAN, Branches
from handouts.pdf.objects import Body, Stream
from handouts.pdf.records import ROWS, Draft, Record, Rows, given, key
from handouts.pdf.streamed import Streamed


def closed(file: Streamed, out: BytesIO, entries: str) -> pikepdf.Pdf:
    pages = file.add(Body("<< /Type /Pages /Count 0 /Kids [] >>"))
    file.close(file.add(Body(f"<< /Type /Catalog /Pages {pages} {entries} >>")), file.add(Body("<< >>")))
    return pikepdf.open(BytesIO(out.getvalue()), attempt_recovery=False)


def test_objects_of_all_kinds_are_read_back() -> None:
    out = BytesIO()
    file = Streamed(out)
    later = file.reserve()
    numbers = [file.add(Body(f"<< /N {number} >>")) for number in range(450)]
    stream = file.add(Stream("/Kind /Test", b"content"))
    file.put(later, Body("(later)"), alone=True)
    free = file.reserve()
    with closed(file, out, f"/All [{' '.join(numbers)}] /S {stream} /L {later} 0 R /F {free} 0 R") as pdf:
        assert [int(one.N) for one in pdf.Root.All] == list(range(450))
        assert pdf.Root.S.read_bytes() == b"content"
        assert str(pdf.Root.L) == "later"
        assert pdf.Root.get("/F") is None
        assert str(pdf.trailer.ID[0])


def test_a_copied_file_goes_on_from_where_it_was() -> None:
    held = BytesIO()
    file = Streamed(held)
    file.add(Stream("", b"shared"))
    results = []
    for text in (b"one", b"two", b"one"):
        out = BytesIO()
        out.write(held.getvalue())
        twin = file.copy(out)
        own = twin.add(Stream("", text))
        with closed(twin, out, f"/Own {own}") as pdf:
            assert pdf.Root.Own.read_bytes() == text
        results.append(out.getvalue())
    assert results[0] == results[2] != results[1]


@pytest.mark.parametrize("count", [1, 7, 8, 9, 200])
@pytest.mark.parametrize("objects", [3, 99, 130, 260])
def test_records_are_filled_in_for_every_repetition(objects: int, count: int) -> None:
    draft, bodies = Draft(), [Body() for _ in range(objects)]
    references = [draft.add(body) for body in bodies]
    for place, body in enumerate(bodies):
        after = references[(place + 1) % objects]
        body.text = f"<< /Place {place} /Next {after} /Key {key(place)} /Given {given(0)} /Text (a  / [b] 100%) >>"
    out = BytesIO()
    file = Streamed(out)
    rows = Rows(file, Record([body.text for body in draft.bodies]))
    firsts = []
    for number in range(count):
        firsts.append(rows.next())
        rows.add(1000 * number, [number])
        file.add(Body("(between)"))
    rows.flush()
    assert len(set(firsts)) == count
    with closed(file, out, f"/All [{' '.join(f'{first} 0 R' for first in firsts)}]") as pdf:
        for number, one in enumerate(pdf.Root.All):
            for place in range(objects):
                assert (int(one.Place), int(one.Key), int(one.Given)) == (place, 1000 * number + place, number)
                assert str(one.Text) == "a  / [b] 100%"
                one = one.Next
            assert one.objgen == pdf.Root.All[number].objgen


def test_repetitions_take_few_bytes() -> None:
    draft, bodies = Draft(), [Body() for _ in range(80)]
    for body in bodies:
        draft.add(body)
    for place, body in enumerate(bodies):
        body.text = f"<< /S /P /P {draft.add(bodies[0])} /Pg {draft.add(bodies[1])} /K {place} >>"
    record = Record([body.text for body in draft.bodies])
    sizes = []
    for count in (8, 8 + 16 + 32 + 10 * ROWS):
        out = BytesIO()
        file = Streamed(out)
        rows = Rows(file, record)
        for number in range(count):
            rows.add(number, [])
        rows.flush()
        sizes.append(file.size)
    assert (sizes[1] - sizes[0]) / (16 + 32 + 10 * ROWS) < 250


@pytest.mark.parametrize("count", [0, 1, FAN, FAN + 1, FAN * FAN, FAN * FAN + 1])
def test_page_trees_are_balanced_and_whole(count: int) -> None:
    out = BytesIO()
    file = Streamed(out)
    tree = Branches(file, "pages")
    for number in range(count):
        page = f"<< /Type /Page /Parent {tree.parent} 0 R /Number {number} /MediaBox [0 0 9 9] /Resources << >> >>"
        tree.add(file.add(Body(page)), number, number)
    root = tree.close()
    file.close(file.add(Body(f"<< /Type /Catalog /Pages {root} 0 R >>")), file.add(Body("<< >>")))
    with pikepdf.open(BytesIO(out.getvalue()), attempt_recovery=False) as pdf:
        node, depth = pdf.Root.Pages, 0
        while "/Kids" in node and len(node.Kids):
            assert len(node.Kids) <= FAN
            assert all(kid.Parent.objgen == node.objgen for kid in node.Kids)
            node, depth = node.Kids[0], depth + 1
        assert depth <= 3
        assert int(pdf.Root.Pages.Count) == count
        assert [int(page.obj.Number) for page in pdf.pages] == list(range(count))


@pytest.mark.parametrize("count", [1, FAN + 1, FAN * FAN + 1])
def test_number_trees_find_every_key(count: int) -> None:
    out = BytesIO()
    file = Streamed(out)
    tree = Branches(file, "nums")
    for number in range(count):
        tree.add(f"{3 * number} (v{number})", 3 * number, 3 * number)
    with closed(file, out, f"/Tree {tree.close()} 0 R") as pdf:
        found = pikepdf.NumberTree(pdf.Root.Tree)
        assert [(key, str(value)) for key, value in found.items()] == [(3 * n, f"v{n}") for n in range(count)]
        assert str(found[3 * (count - 1)]) == f"v{count - 1}"


def test_a_file_of_many_numbers_and_few_bytes_is_read() -> None:
    out = BytesIO()
    file = Streamed(out)
    file.reserve(400_000)
    with closed(file, out, "") as pdf:
        assert int(pdf.trailer.Size) > 400_000
