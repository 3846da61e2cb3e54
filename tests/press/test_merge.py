"""Print files of many leaflets: every leaflet as good as alone, everything in its place, the same bytes each time."""

from collections import Counter
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from setting import PANEL, documents, forme, merged, merged_with

from handouts.check.preflight import Expected, preflight
from handouts.errors import ContentError
from handouts.model.authored import Format
from handouts.press.alone import single
from handouts.press.impression import _EDGE
from handouts.press.jobs import Panel
from handouts.press.merge import MergedFile
from handouts.press.sheetcode import HIGHEST, MODULE, QUIET
from handouts.units import points
from tests.conftest import ISSUED, built_in


def row(number: int) -> Panel:
    return Panel(name=f"Person Number{number}", date=f"{number}/3/2027", reference=f"R-{number:06}")


def some(count: int) -> list[tuple[object, Panel]]:
    formes = [forme(), forme("ar"), forme("hi", ""), forme("zh-Hans", format="large"), forme("ru")]
    return [(formes[number % 5], row(number) if number % 7 else Panel()) for number in range(count)]


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("count", [1, 3, 60])
def test_a_merged_file_passes_the_preflight_of_a_single_leaflet(count: int, sides: int) -> None:
    assert preflight(merged(*some(count), sides=sides), Expected(lang="en", title="Print run K7M2QX")) == ()


def test_a_name_in_two_faces_has_both_in_every_leaflet_that_it_stands_in() -> None:
    name = Panel(name="Ana 王 Bo")
    causes = ("", "follicular-keratosis", "oily-skincare", "seborrheic-dermatitis")
    data = merged(*[(forme(cause=cause), name) for cause in causes * 2])
    assert preflight(data) == ()
    assert [part.values for part in documents(data)] == [("Ana 王 Bo",)] * 8


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "zh-Hans", "ur", "th"])
@pytest.mark.parametrize("cause", ["", "follicular-keratosis"])
def test_a_leaflet_alone_passes_its_preflight(locale: str, cause: str) -> None:
    one = forme(locale, cause)
    made = single(one, PANEL, "K7M2QX-000001")
    assert preflight(made.pdf, Expected(lang=one.leaflet.lang, title=one.leaflet.title, paper=one.paper)) == ()
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == made.pages
        assert "/Outlines" in pdf.Root


def test_every_leaflet_says_its_own_words_and_no_others() -> None:
    parts = documents(merged(*some(60)))
    assert [part.lang for part in parts] == [one.leaflet.lang for one, _ in some(60)]  # type: ignore[attr-defined]
    for number, part in enumerate(parts):
        own = row(number)
        assert part.values == ((own.name, own.date, own.reference) if number % 7 else ())
        assert part.text.count("Person") == (1 if number % 7 else 0)


def test_pages_hold_the_words_of_their_row() -> None:
    data = merged(*[(forme(), row(number)) for number in range(20)])
    file = pypdfium2.PdfDocument(data)
    for number in range(20):
        text = file[number].get_textpage().get_text_range()
        assert f"Number{number} " in text and f"R-{number:06}" in text
        assert text.count("Person") == 1
        assert f"K7M2QX-{number + 1:06} 1/1" in text
    file.close()


def test_a_leaflet_in_a_print_file_reads_as_it_does_alone() -> None:
    alone = documents(single(forme("ar", ""), PANEL, "").pdf)
    together = documents(merged((forme(), PANEL), (forme("ar", ""), PANEL), code=""))
    assert together[1] == alone[0]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert merged(*some(30), sides=2) == merged(*some(30), sides=2)
    assert single(forme("hi"), PANEL, "A-1").pdf == single(forme("hi"), PANEL, "A-1").pdf


def test_a_leaflet_that_was_set_again_is_not_put_into_the_file_again() -> None:
    first, again = forme(), forme.__wrapped__()
    assert first is not again
    assert merged((first, row(1)), (again, row(2))) == merged((first, row(1)), (first, row(2)))


def test_what_was_made_before_leaves_no_trace_in_a_file() -> None:
    name = Panel(name="Żółć Ŵ ŷ")
    first = single(forme(), name, "A-000001").pdf
    single(forme(), Panel(name="Ďáblík Ĝ"), "A-000002")
    assert single(forme(), name, "A-000001").pdf == first


@pytest.mark.parametrize("sides", [1, 2])
def test_each_leaflet_begins_on_a_fresh_sheet(sides: int) -> None:
    data, summary = merged_with(*some(12), sides=sides)
    with pikepdf.open(BytesIO(data)) as pdf:
        starts = [int(label) for label in pdf.Root.PageLabels.Nums[::2]]
        assert len(pdf.pages) == summary.pages == summary.sheets * sides
        assert len(starts) == summary.leaflets == 12
        assert all(start % sides == 0 for start in starts)
        blank = [page for page in pdf.pages if "/Contents" not in page.obj]
        assert all("/StructParents" not in page.obj for page in blank)
        assert bool(blank) is (sides == 2)


def test_sheet_codes_stand_in_the_margin_of_every_format() -> None:
    library = built_in()
    outermost = min(side for name in library.formats() for side in _sides(library.format(name)))
    assert (_EDGE + (HIGHEST + QUIET) * MODULE) / points(1.0) < outermost


def _sides(form: Format) -> tuple[float, float]:
    return form.margins.start, form.margins.end


def test_copies_are_leaflets_of_their_own() -> None:
    out = BytesIO()
    file = MergedFile(out, title="Run", issued=ISSUED, sides=2)
    assert file.add(forme(), row(1), 3, "K7M2QX-000001") == (1, 6, 3)
    assert file.add(forme(), row(2), 1, "K7M2QX-000002") == (7, 2, 1)
    summary = file.close()
    assert (summary.leaflets, summary.pages, summary.sheets) == (4, 8, 4)
    assert Counter(part.values[0] for part in documents(out.getvalue())) == {"Person Number1": 3, "Person Number2": 1}
    assert preflight(out.getvalue()) == ()


def test_separators_stand_before_their_group_and_head_it_in_the_outline() -> None:
    out = BytesIO()
    file = MergedFile(out, title="Run", issued=ISSUED, sides=2)
    assert file.separator(["Spanish · standard", "2 leaflets"]) == (1, 2, 1)
    assert file.add(forme("es"), row(1), 1, "A-000001").first_page == 3
    file.add(forme("es"), row(2), 1, "A-000002")
    file.separator(["Arabic · standard", "1 leaflet"])
    assert file.add(forme("ar"), row(3), 1, "A-000003").first_page == 9
    assert file.close().separators == 2
    assert preflight(out.getvalue()) == ()
    pdf = pypdfium2.PdfDocument(out.getvalue())
    outline = [(entry.get_title(), entry.level) for entry in pdf.get_toc()]
    assert [level for _, level in outline] == [0, 1, 1, 0, 1]
    assert outline[3][0] == "Arabic · standard · 1 leaflet"
    assert "Spanish · standard" in pdf[0].get_textpage().get_text_range()
    assert [pdf.get_page_label(page) for page in (2, 3, 4)] == ["A-000001 · 1", "A-000001 · 2", "A-000002 · 1"]
    pdf.close()


def test_outline_and_labels_tell_nothing_of_a_person() -> None:
    data = merged(*some(8))
    with pikepdf.open(BytesIO(data)) as pdf:
        entry, titles = pdf.Root.Outlines.First, []
        while entry is not None:
            titles.append(str(entry.Title))
            entry = entry.get("/Next")
    assert len(titles) == 8
    assert not [title for title in titles if "Person" in title or "R-0" in title]


def test_sheet_codes_can_be_read_from_paper() -> None:
    file = pypdfium2.PdfDocument(merged((forme("en", "", format="large"), PANEL), sides=2))
    pages = len(file)
    read = [
        [one.text for one in zxingcpp.read_barcodes(file[page].render(scale=4).to_pil()) if "Matrix" in str(one.format)]
        for page in range(pages)
    ]
    file.close()
    sheets = pages // 2
    assert [code for page in read[::2] for code in page] == [
        f"K7M2QX-000001 {n}/{sheets}" for n in range(1, sheets + 1)
    ]
    assert not any(read[1::2])


def test_page_content_and_fonts_are_shared() -> None:
    with pikepdf.open(BytesIO(merged(*[(forme(), row(number)) for number in range(40)]))) as pdf:
        first = {page.obj.Contents[0].objgen for page in pdf.pages}
        own = {page.obj.Contents[2].objgen for page in pdf.pages}
        fonts = {font.objgen for page in pdf.pages for font in page.obj.Resources.Font.values()}
        bases = [
            str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
        ]
    assert len(first) == 1
    assert len(own) == 40
    assert len(fonts) == len(bases) == len(set(bases))


def test_a_refused_panel_leaves_the_file_as_it_was() -> None:
    out = BytesIO()
    file = MergedFile(out, title="Run", issued=ISSUED)
    file.add(forme(), row(1), 1, "A-000001")
    with pytest.raises(ContentError):
        file.add(forme(), Panel(name="\u202e"), 1, "A-000002")
    file.add(forme(), row(3), 1, "A-000003")
    assert file.close().leaflets == 2
    other = BytesIO()
    twin = MergedFile(other, title="Run", issued=ISSUED)
    twin.add(forme(), row(1), 1, "A-000001")
    twin.add(forme(), row(3), 1, "A-000003")
    twin.close()
    assert out.getvalue() == other.getvalue()


def test_a_leaflet_takes_little_room() -> None:
    few, many = (len(merged(*[(forme(), row(number)) for number in range(count)])) for count in (100, 400))
    assert (many - few) / 300 < 1500


def test_an_empty_file_is_a_file() -> None:
    out = BytesIO()
    assert MergedFile(out, title="Run", issued=ISSUED).close().leaflets == 0
