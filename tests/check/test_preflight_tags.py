"""Each rule on marks, structure and language: a good leaflet broken in just that way breaks just that rule."""

import re
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from handouts.check.preflight import preflight
from handouts.check.preflight.painted import read_content, strings
from tests.check.broken import Change, broken, content, elements, first, holder, link


def fired(change: Change) -> set[str]:
    return {finding.rule for finding in preflight(broken(change))}


def unsay_tagged(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def suspect(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def paint_unmarked(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\n0 0 10 10 re f")


def show_unmarked(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\nBT /F2 12 Tf 1 0 0 1 50 50 Tm <0001> Tj ET")


def artifact_in_tag(pdf: Pdf) -> None:
    content(pdf, lambda data: re.sub(rb"(/P <</MCID \d+>> BDC)", rb"\1 /Artifact BMC 0 0 1 1 re f EMC", data, count=1))


def tag_in_artifact(pdf: Pdf) -> None:
    content(
        pdf,
        lambda data: re.sub(rb"(/P <</MCID \d+>> BDC.*?EMC)", rb"/Artifact BMC \1 EMC", data, count=1, flags=re.DOTALL),
    )


def leave_open(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\n/Artifact BMC")


def close_twice(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\nEMC")


def forget_mark(pdf: Pdf) -> None:
    """Take an element's mark away in both directions, so that the mark alone is left."""
    owner = holder(pdf, "/P")
    mark = owner.K[0] if isinstance(owner.K, Array) else owner.K
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1][int(mark)] = None
    owner.K = Array()


def mark_twice(pdf: Pdf) -> None:
    content(
        pdf, lambda data: re.sub(rb"(/P <</MCID \d+>> BDC)(.*?EMC)", rb"\1\2\n\1 EMC", data, count=1, flags=re.DOTALL)
    )


def own_nothing(pdf: Pdf) -> None:
    """Let an element own a mark that is not on the page, in both directions."""
    owner = holder(pdf, "/P")
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    kids = [*owner.K] if isinstance(owner.K, Array) else [owner.K]
    owner.K = Array([*kids, len(numbers[1])])
    numbers[1].append(owner)


def lead_nowhere(pdf: Pdf) -> None:
    document = first(pdf, "/Document")
    document.K.append(pdf.make_indirect(Array()))


def lead_back_wrong(pdf: Pdf) -> None:
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    listed[0], listed[1] = listed[1], listed[0]


def forget_parent(pdf: Pdf) -> None:
    first(pdf, "/P").P = first(pdf, "/Figure")


def rename(role: str, new: str, place: int = 0) -> Change:
    def change(pdf: Pdf) -> None:
        [*elements(pdf, role)][place].S = Name(new)

    return change


def map_role(name: str, standard: str) -> Change:
    def change(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.RoleMap = Dictionary({**root.get("/RoleMap", Dictionary()), name: Name(standard)})

    return change


def circle(pdf: Pdf) -> None:
    map_role("/Aside", "/Loop")(pdf)
    map_role("/Loop", "/Aside")(pdf)


def alternative(text: str) -> Change:
    return lambda pdf: first(pdf, "/Figure").__setattr__("Alt", String(text))


def no_alternative(pdf: Pdf) -> None:
    del first(pdf, "/Figure").Alt


def forget_link(pdf: Pdf) -> None:
    own = first(pdf, "/Link")
    own.K = Array([kid for kid in own.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def no_description(pdf: Pdf) -> None:
    del link(pdf).Contents


def no_way_back(pdf: Pdf) -> None:
    del link(pdf).StructParent


def untabbed(pdf: Pdf) -> None:
    del pdf.pages[0].Tabs


def scopeless_table(pdf: Pdf) -> None:
    """Turn a paragraph into a table of one header cell."""
    own = holder(pdf, "/P")
    row = pdf.make_indirect(Dictionary(S=Name.TR, P=own))
    cell = pdf.make_indirect(Dictionary(S=Name.TH, P=row, K=own.K, Pg=pdf.pages[0].obj))
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    for mark in own.K if isinstance(own.K, Array) else [own.K]:
        listed[int(mark)] = cell
    row.K, own.K, own.S = Array([cell]), Array([row]), Name.Table


def lang(value: str) -> Change:
    return lambda pdf: pdf.Root.__setattr__("Lang", String(value))


def no_lang(pdf: Pdf) -> None:
    del pdf.Root.Lang


def foreign_lang(value: str) -> Change:
    return lambda pdf: first(pdf, "/P").__setattr__("Lang", String(value))


def tabled(*rows: int, edit: Callable[[Pdf, Object], object] | None = None, **first_cell: int) -> Change:
    """Put a table of empty cells at the end; ``edit`` gets it."""

    def change(pdf: Pdf) -> None:
        above = first(pdf, "/Document")
        table = pdf.make_indirect(Dictionary(S=Name.Table, P=above, K=Array()))
        for place, count in enumerate(rows):
            row = pdf.make_indirect(Dictionary(S=Name.TR, P=table, K=Array()))
            for cell in range(count):
                attributes = Dictionary(O=Name.Table)
                if place == cell == 0:
                    attributes.update({f"/{key}": value for key, value in first_cell.items()})
                row.K.append(pdf.make_indirect(Dictionary(S=Name.TD, P=row, A=attributes)))
            table.K.append(row)
        above.K.append(table)
        if edit:
            edit(pdf, table)

    return change


def grouped(*roles: str) -> Callable[[Pdf, Object], None]:
    def edit(pdf: Pdf, table: Object) -> None:
        for role in roles:
            table.K.append(pdf.make_indirect(Dictionary(S=Name(role), P=table, K=Array())))

    return edit


def caption_inside(pdf: Pdf, table: Object) -> None:
    table.K.insert(1, pdf.make_indirect(Dictionary(S=Name.Caption, P=table)))


def tagged_form(shows: int) -> Change:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(b"/Artifact <</MCID_ 1>> BDC 0 0 1 1 re f EMC % /MCID", Subtype=Name.Form)
        form.Type, form.BBox = Name.XObject, Array([0, 0, 1, 1])
        pdf.pages[0].Resources.XObject["/Fx"] = form
        content(pdf, lambda data: data + b"\n/Fx Do" * shows)

    return change


CASES = [
    ("pdf.table-grid", tabled(2, 3)),
    ("pdf.table-grid", tabled(2, 2, ColSpan=2)),
    ("pdf.table-grid", tabled(2, 2, RowSpan=2)),
    ("pdf.table-grid", tabled(edit=grouped("/THead", "/THead", "/TBody"))),
    ("pdf.table-grid", tabled(edit=grouped("/TBody", "/TFoot", "/TFoot"))),
    ("pdf.table-grid", tabled(edit=grouped("/THead"))),
    ("pdf.table-grid", tabled(2, 2, edit=caption_inside)),
    ("pdf.ruby", rename("/P", "/RB")),
    ("pdf.ruby", rename("/P", "/WT")),
    ("pdf.forms-once", tagged_form(2)),
    ("pdf.tagged", unsay_tagged),
    ("pdf.tagged", suspect),
    ("pdf.marked-content", paint_unmarked),
    ("pdf.marked-content", show_unmarked),
    ("pdf.marks-apart", artifact_in_tag),
    ("pdf.marks-apart", tag_in_artifact),
    ("pdf.marks-apart", leave_open),
    ("pdf.marks-apart", close_twice),
    ("pdf.one-parent", forget_mark),
    ("pdf.one-parent", mark_twice),
    ("pdf.one-parent", own_nothing),
    ("pdf.one-parent", lead_nowhere),
    ("pdf.parent-tree", lead_back_wrong),
    ("pdf.parent-tree", forget_parent),
    ("pdf.roles", rename("/P", "/Paragraph")),
    ("pdf.roles", map_role("/P", "/Span")),
    ("pdf.roles", circle),
    ("pdf.alternative-text", no_alternative),
    ("pdf.alternative-text", alternative("  ")),
    ("pdf.alternative-text", alternative("no-squeeze.svg")),
    ("pdf.links", forget_link),
    ("pdf.links", no_description),
    ("pdf.links", no_way_back),
    ("pdf.links", rename("/Link", "/Span")),
    ("pdf.tab-order", untabbed),
    ("pdf.headings", rename("/H1", "/H2")),
    ("pdf.headings", rename("/H2", "/H3")),
    ("pdf.headings", rename("/H2", "/H")),
    ("pdf.lists", rename("/LI", "/P")),
    ("pdf.lists", rename("/Lbl", "/Span")),
    ("pdf.lists", rename("/L", "/Div")),
    ("pdf.lists", rename("/Lbl", "/LBody")),
    ("pdf.tables", rename("/P", "/TD")),
    ("pdf.tables", rename("/Figure", "/TR", -1)),
    ("pdf.tables", scopeless_table),
    ("pdf.notes", rename("/P", "/Note")),
    ("pdf.language", no_lang),
    ("pdf.language", lang("")),
    ("pdf.language-tag", lang("english language")),
    ("pdf.language-tag", foreign_lang("e")),
    ("pdf.language-tag", foreign_lang("en_GB")),
]


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(CASES)])
def test_one_fault_breaks_one_rule(rule: str, change: Change) -> None:
    assert fired(change) == {rule}


@pytest.mark.parametrize(
    "change",
    [tabled(2, 2), tabled(2, 3, ColSpan=2), tabled(2, 1, RowSpan=2), tagged_form(1)],
)
def test_tables_and_forms_that_are_whole_break_none(change: Change) -> None:
    assert fired(change) == set()


def test_ruby_holds_nothing_but_its_parts() -> None:
    def annotate(pdf: Pdf) -> None:
        own = holder(pdf, "/P")
        ruby = pdf.make_indirect(Dictionary(S=Name.Ruby, P=own, K=Array()))
        ruby.K.append(pdf.make_indirect(Dictionary(S=Name.Span, P=ruby)))
        kids = own.K if isinstance(own.K, Array) else Array([own.K])
        own.K = Array([*kids, ruby])

    assert fired(annotate) == {"pdf.ruby"}


def test_a_document_without_a_tree_is_not_tagged() -> None:
    found = fired(lambda pdf: pdf.Root.__delattr__("StructTreeRoot"))
    assert {"pdf.tagged", "pdf.one-parent", "pdf.links"} <= found


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "es-419", "sr-Latn-RS", "de-1996", "ar-u-nu-latn", "x-clinic"])
def test_language_tags_of_every_form_are_known(tag: str) -> None:
    assert fired(foreign_lang(tag)) == set()


def test_a_mark_under_a_named_property_list_is_known() -> None:
    def named(pdf: Pdf) -> None:
        pdf.pages[0].Resources.Properties = Dictionary(M0=pdf.make_indirect(Dictionary(MCID=0)))
        content(pdf, lambda data: data.replace(b"/H1 <</MCID 0>> BDC", b"/H1 /M0 BDC"))

    assert fired(named) == set()


def test_a_stream_that_the_quick_reading_cannot_take_is_read_all_the_same() -> None:
    inline = b"/Artifact BMC q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q EMC % the end\n"
    assert fired(lambda pdf: content(pdf, lambda data: inline + data)) == set()
    assert fired(lambda pdf: content(pdf, lambda data: inline[13:].replace(b" EMC", b"") + data)) == {
        "pdf.marked-content"
    }


def test_a_stencil_in_hexadecimal_is_read_quickly_as_it_is_read_slowly() -> None:
    stencil = b"q 9 0 0 9 0 0 cm BI /W 8 /H 2 /BPC 1 /IM true /D [1 0] /F /AHx ID A5\nfF>\nEI Q"
    marked = b"/Artifact BMC " + stencil + b" EMC\n"
    assert fired(lambda pdf: content(pdf, lambda data: marked + data)) == set()
    assert fired(lambda pdf: content(pdf, lambda data: stencil + b"\n" + data)) == {"pdf.marked-content"}
    marked = b"/Artifact BMC BT /F1 9 Tf [(\\(\0a BI \\\\ ID EI)]TJ ET EMC " + marked
    quick, slow = read_content(marked), read_content(marked + b"% the end\n")
    assert quick._replace(operators=frozenset(), shown=()) == slow._replace(operators=frozenset(), shown=())
    assert [strings(one.operands) for one in quick.shown] == [strings(one.operands) for one in slow.shown]
    assert b"EI" in quick.operators
