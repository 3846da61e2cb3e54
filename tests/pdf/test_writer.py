import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2

from handouts.model.leaflet import Paragraph
from handouts.model.page import Artifact, Owner

ARABIC = (
    "اغسل ظهرك كل يوم بالماء الفاتر ومنظف يقلل الدهون",
    "لا تعصر الحبوب أبدًا فقد تسبب العدوى أو الندوب",
    "إنّ الجلدَ الدهنيّ يحتاج إلى عنايةٍ خاصّةٍ ومستمرّة",
    "ألبسة قطنية واسعة تسمح بمرور الهواء ولا تضغط على الظهر",
)


def test_the_same_leaflet_gives_the_same_bytes(kit, sample):
    assert kit.write(kit.blocks, *kit.sheets()) == sample


def test_settings_clock_and_hash_seed_do_not_show(sample):
    code = (
        "import sys, hashlib; sys.path[:0] = [sys.argv[1], sys.argv[2]]; import conftest as c;"
        "from handouts.pdf.writer import write; import datetime;"
        "names = ('NotoSans-Regular', 'NotoSans-Bold', 'NotoSansArabic-Regular', 'NotoSansDevanagari-Regular');"
        "data = write(c.leaflet(*c.BLOCKS), c.sheets(), tuple(map(c.face, names)),"
        " pictures={'icon.svg': c.ICON}, issued=datetime.date(2026, 3, 31));"
        "sys.stdout.buffer.write(data)"
    )
    here = Path(__file__).parent
    other = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "RL_invariant": "0",
        "RL_useA85": "1",
        "RL_pageCompression": "0",
        "RL_documentLang": "xx",
    }
    result = subprocess.run(
        [sys.executable, "-c", code, str(here), str(here.parent.parent)], env=other, capture_output=True, check=True
    )
    assert result.stdout == sample


def test_the_identifier_follows_the_content(kit):
    def identifier(text: str) -> bytes:
        sheet = kit.Sheet()
        sheet.line(Owner(1), text)
        pdf = pikepdf.open(io.BytesIO(kit.write((Paragraph(id=1, spans=kit.spans(text)),), sheet.page())))
        return bytes(pdf.trailer.ID[0])

    assert identifier("one") != identifier("two")
    assert identifier("one") == identifier("one")


def test_the_catalogue_says_what_assistive_technology_asks(kit, sample, read):
    root = read.pdf.Root
    assert sample.startswith(b"%PDF-1.7\n")
    assert str(root.Lang) == "en"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    assert "/Direction" not in root.ViewerPreferences
    assert root.OutputIntents[0].S == "/GTS_PDFA1"
    assert all(page.Tabs == "/S" for page in read.pdf.pages)
    assert all("/Trans" not in page and "/Group" not in page for page in read.pdf.pages)


def test_right_to_left_leaflets_open_on_the_other_side(kit):
    sheet = kit.Sheet()
    sheet.line(Owner(1), ARABIC[0], name="NotoSansArabic-Regular", rtl=True)
    data = kit.write((Paragraph(id=1, spans=kit.spans(ARABIC[0])),), sheet.page(), lang="ar", direction="rtl")
    pdf = pikepdf.open(io.BytesIO(data))
    assert pdf.Root.ViewerPreferences.Direction == "/R2L"
    assert str(pdf.Root.Lang) == "ar"


def test_every_stream_ends_with_an_end_of_line(sample):
    ends = re.findall(rb"(.)endstream", sample, re.DOTALL)
    assert len(ends) > 10
    assert set(ends) == {b"\n"}
    assert b"ASCII85" not in sample


def test_every_font_is_embedded_with_all_its_parts(read):
    fonts = [font for page in read.pdf.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        below = font.DescendantFonts[0]
        assert font.Subtype == "/Type0"
        assert font.Encoding == "/Identity-H"
        assert "/FontFile2" in below.FontDescriptor
        assert "/CIDSet" not in below.FontDescriptor
        assert font.BaseFont == below.BaseFont == below.FontDescriptor.FontName
        assert isinstance(below.CIDToGIDMap, pikepdf.Stream)
    names = [str(item.get("/BaseFont", "")) for item in read.pdf.objects if isinstance(item, pikepdf.Dictionary)]
    assert not [name for name in names if "Helvetica" in name or "Times" in name]


def test_nothing_is_transparent_or_smoothed(read):
    for item in read.pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            assert not {"/SMask", "/Interpolate", "/CA", "/ca", "/BM", "/ExtGState"} & set(item.keys())


def test_a_viewer_gives_back_the_text(sample):
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(sample))
    for words in ("Lumps on your back", "our page", "Brush gently", "हिन्दी कर्म"):
        assert words in text


def test_arabic_words_are_found_in_a_viewer(kit):
    sheet = kit.Sheet()
    for index, text in enumerate(ARABIC, 1):
        sheet.line(Owner(index), text, name="NotoSansArabic-Regular", rtl=True)
    blocks = [Paragraph(id=index, spans=kit.spans(text)) for index, text in enumerate(ARABIC, 1)]
    data = kit.write(blocks, sheet.page(), lang="ar", direction="rtl")
    found = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded().split()
    wanted = " ".join(ARABIC).split()
    assert sum(word in found for word in wanted) >= 0.97 * len(wanted)


def test_turned_text_and_boxes_are_drawn_where_they_belong(kit):
    sheet = kit.Sheet()
    sheet.line(Artifact("Watermark"), "DRAFT", size=60)
    run = sheet.items.pop()
    sheet.add(run._replace(x=100, y=700, angle=90.0))
    image = pypdfium2.PdfDocument(kit.write((), sheet.page()))[0].render().to_pil().convert("L")
    left, top, right, bottom = image.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert 40 < left < right <= 101
    assert 690 < bottom <= 701
    assert top < 540
