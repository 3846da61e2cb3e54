from handouts.model.leaflet import Heading
from handouts.model.page import Owner


def entries(read, item) -> list:
    found = []
    while item is not None:
        found.append((str(item.Title), entries(read, item.get("/First"))))
        item = item.get("/Next")
    return found


def test_headings_are_nested_bookmarks(read):
    outlines = read.pdf.Root.Outlines
    assert entries(read, outlines.First) == [
        ("Lumps on your back", [("Never squeeze", []), ("What to do", [])]),
    ]
    assert outlines.Count == 3


def test_a_bookmark_leads_above_its_heading(read):
    page, kind, x, y, _ = read.pdf.Root.Outlines.First.Dest
    assert (page.objgen, str(kind), int(x)) == (read.pdf.pages[0].objgen, "/XYZ", 0)
    assert 754 < y < 842


def test_a_heading_never_painted_has_no_bookmark(kit):
    sheet = kit.Sheet()
    sheet.line(Owner(1), "One")
    blocks = [Heading(id=1, level=1, spans=kit.spans("One")), Heading(id=2, level=2, spans=kit.spans("Two"))]
    read = kit.read(kit.write(blocks, sheet.page()))
    assert entries(read, read.pdf.Root.Outlines.First) == [("One", [])]


def test_no_heading_means_no_outline(kit):
    read = kit.read(kit.write((), kit.Sheet().page()))
    assert "/Outlines" not in read.pdf.Root
