import pytest

from handouts.model.leaflet import Paragraph, Span
from handouts.model.page import Artifact, LinkArea, Owner

GOLDEN = [
    "Document",
    ["H1", "Lumps on your back"],
    [
        "P",
        "Read more at ",
        ["Link", "our page (free)", ("link", "https://example.org/a"), ("link", "https://example.org/a")],
        " or ask ",
        ["Span", "den Arzt"],
        ".",
    ],
    ["Aside", ["Figure", ""], ["H2", "Never squeeze"], ["P", "It hurts."]],
    [
        "Sect",
        ["H2", "What to do"],
        [
            "L",
            ["LI", ["Lbl", "1. "], ["LBody", ["Figure", ""], ["P", "Wash every day"]]],
            ["LI", ["Lbl", "2. "], ["LBody", ["P", "Brush gently"]]],
        ],
    ],
    ["L", ["LI", ["Lbl", "Urea"], ["LBody", "An ointment"]]],
    ["Div", ["P", "اغسل ظهرك"]],
    ["Sect", ["P", "हिन्दी कर्म"]],
    ["L", ["LI", ["Lbl", ""], ["LBody", ["P", "Done"]]]],
]


def test_the_tree_is_the_leaflet_in_reading_order(read):
    assert read.tree() == GOLDEN


def test_everything_painted_is_tagged_or_an_artifact(read):
    assert read.loose == []
    assert "The clinic" in read.artifacts
    assert "Page 1 of 2" in read.artifacts


def test_marks_and_elements_agree_both_ways(read):
    owned = {}
    for element in read.elements():
        for kid in read.kids(element):
            mark = read.mark_of(element, kid)
            if mark is not None:
                assert mark not in owned, "a mark has two owners"
                owned[mark] = element.objgen
    nums = list(read.pdf.Root.StructTreeRoot.ParentTree.Nums)
    table = dict(zip(nums[::2], nums[1::2], strict=True))
    parents = {
        (page, mcid): element.objgen for page in range(len(read.pdf.pages)) for mcid, element in enumerate(table[page])
    }
    assert owned == parents
    assert set(owned) == set(read.marks)
    assert [page.StructParents for page in read.pdf.pages] == [0, 1]
    assert read.pdf.Root.StructTreeRoot.ParentTreeNextKey == len(table)


def test_links_are_reached_from_both_sides(read):
    nums = list(read.pdf.Root.StructTreeRoot.ParentTree.Nums)
    table = dict(zip(nums[::2], nums[1::2], strict=True))
    annotations = [annotation for page in read.pdf.pages for annotation in page.get("/Annots", [])]
    assert len(annotations) == 2
    for annotation in annotations:
        element = table[annotation.StructParent]
        assert element.S == "/Link"
        assert annotation.objgen in [kid.Obj.objgen for kid in read.kids(element) if not isinstance(kid, int)]
        assert (annotation.F, str(annotation.Contents)) == (4, "our page (free)")


def test_elements_carry_language_text_and_place(read):
    found = {}
    for element in read.elements():
        found.setdefault(str(element.S), []).append(element)
    assert [str(one.Lang) for one in found["/Span"]] == ["de"]
    assert [str(one.Lang) for one in found["/Div"]] == ["ar"]
    assert sorted(str(one.Alt) for one in found["/Figure"]) == ["A shower", "No squeezing"]
    assert [[float(side) for side in one.A.BBox] for one in found["/Figure"] if str(one.Alt) == "A shower"] == [
        [60, 508, 84, 532]
    ]
    assert sorted(str(one.A.ListNumbering) for one in found["/L"]) == ["/Decimal", "/None", "/Square"]
    # A tick box that is drawn has its sign as its text; a label that is written needs none.
    assert sorted(str(one.get("/ActualText", "")) for one in found["/Lbl"]) == ["", "", "", "☐"]
    assert read.pdf.Root.StructTreeRoot.RoleMap.Aside == "/Sect"


def test_text_of_no_block_is_a_bug(kit):
    sheet = kit.Sheet()
    sheet.line(Owner(9), "stray")
    with pytest.raises(ValueError, match="no part of the leaflet"):
        kit.write((), sheet.page())


def test_a_link_needs_its_area_and_the_area_its_link(kit):
    block = Paragraph(id=1, spans=(Span(text="go", href="https://example.org"),))
    sheet = kit.Sheet()
    sheet.line(Owner(1, "text", 0), "go")
    with pytest.raises(ValueError, match="no clickable area"):
        kit.write((block,), sheet.page())
    sheet = kit.Sheet()
    sheet.add(LinkArea(Owner(1, "text", 0), 0, 0, 10, 10, "https://example.org"))
    with pytest.raises(ValueError, match="no text of a link"):
        kit.write((block,), sheet.page())


def test_artifacts_need_no_block(kit):
    sheet = kit.Sheet()
    sheet.line(Artifact("Watermark"), "DRAFT")
    sheet.line(Owner(1), "Text")
    read = kit.read(kit.write((Paragraph(id=1, spans=kit.spans("Text")),), sheet.page()))
    assert read.artifacts == ["DRAFT"]
    assert read.tree() == ["Document", ["P", "Text"]]
