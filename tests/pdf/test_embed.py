import io
import re
import zlib

import pytest
from fontTools.ttLib import TTFont

from handouts.errors import ContentError
from handouts.model.page import Cluster, FontFile, GlyphRun, Owner
from handouts.pdf.embed import Encoder


def run(kit, text: str, name="NotoSans-Regular", rtl=False, clusters=None) -> GlyphRun:
    found = kit.clusters(name, text, rtl) if clusters is None else clusters
    return GlyphRun(Owner(1), 0, 0, name, 1000, 12, "#000000", found, rtl)


def codes(shown: str) -> list[int]:
    joined = "".join(re.findall(r"<([0-9A-F]*)>", shown))
    return [int(joined[at : at + 4], 16) for at in range(0, len(joined), 4)]


def to_unicode(subset) -> dict[int, str]:
    lines = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", zlib.decompress(subset.to_unicode).decode())
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in lines if code != "0000"}


def widths(subset) -> list[float]:
    return [float(width) for width in subset.widths.strip("[]").split("[")[1].split()]


def glyph_ids(subset) -> list[int]:
    data = zlib.decompress(subset.glyph_map)
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NotoSans-Regular", "Wash your back: office, é, AVA"),
        ("NotoSansDevanagari-Regular", "कर्म हिन्दी क्षेत्र त्वचा"),
        ("NotoSansThaiLooped-Regular", "ผิวหนังบริเวณหลังน้ำ"),
    ],
)
def test_text_is_given_back_exactly(kit, name, text):
    encoder = Encoder(kit.face(name))
    shown = encoder.show(run(kit, text, name))
    table = to_unicode(encoder.subset())
    assert "".join(table[code] for code in codes(shown)) == text


def test_right_to_left_text_is_given_back_reversed_as_a_whole(kit):
    text = "إنّ الجلدَ الدهنيّ لا بأس"
    encoder = Encoder(kit.face("NotoSansArabic-Regular"))
    shown = encoder.show(run(kit, text, "NotoSansArabic-Regular", rtl=True))
    table = to_unicode(encoder.subset())
    assert "".join(table[code] for code in codes(shown))[::-1] == text


def test_characters_beyond_the_basic_plane_become_surrogates(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    (cluster,) = kit.clusters("NotoSans-Regular", "a")
    encoder.show(run(kit, "", clusters=(cluster._replace(text="\U0001f600"),)))
    assert to_unicode(encoder.subset()) == {1: "\U0001f600"}


def test_widths_are_those_of_the_embedded_glyphs(kit):
    encoder = Encoder(kit.face("NotoSansDevanagari-Regular"))
    encoder.show(run(kit, "कर्म हिन्दी AV क्षेत्र", "NotoSansDevanagari-Regular"))
    subset = encoder.subset()
    font = TTFont(io.BytesIO(zlib.decompress(subset.program)), checkChecksums=2)
    embedded = [font["hmtx"][font.getGlyphName(glyph)][0] for glyph in glyph_ids(subset)]
    assert widths(subset) == embedded


def test_painting_ends_where_shaping_said(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    painted = run(kit, "AVATAR To. Wy")
    shown = encoder.show(painted)
    table = widths(encoder.subset())
    # A last kern is not painted: nothing follows it.
    moves = sum(-float(value) for value in re.findall(r"[>\[](-?\d+)[<\]]", shown))
    last = painted.clusters[-1].advance - table[codes(shown)[-1]]
    assert moves != 0
    assert sum(table[code] for code in codes(shown)) + moves + last == sum(c.advance for c in painted.clusters)


def test_one_glyph_with_two_texts_has_two_codes(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    (cluster,) = kit.clusters("NotoSans-Regular", "A")
    encoder.show(run(kit, "", clusters=(cluster, cluster._replace(text="\u0391"))))
    subset = encoder.subset()
    assert to_unicode(subset) == {1: "A", 2: "\u0391"}
    assert glyph_ids(subset)[1] == glyph_ids(subset)[2]


def test_cmap_blocks_hold_at_most_a_hundred_entries(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    encoder.show(run(kit, "".join(chr(point) for point in range(0x410, 0x4FF))))
    counts = re.findall(rb"(\d+) beginbfchar", zlib.decompress(encoder.subset().to_unicode))
    assert len(counts) > 1
    assert all(0 < int(count) <= 100 for count in counts)


def test_the_subset_depends_on_the_codes_alone(kit):
    def made(name: str) -> object:
        encoder = Encoder(FontFile(name, kit.face("NotoSans-Regular").data))
        encoder.show(run(kit, "same"))
        return encoder.subset()

    assert made("NotoSans-Regular") == made("NotoSans-Regular")
    assert re.fullmatch(r"/[A-Z]{6}\+NotoSans-Regular", made("NotoSans-Regular").base_font)


def test_a_missing_glyph_names_face_and_character(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    with pytest.raises(ContentError, match=r"NotoSans-Regular cannot show “中” \(U\+4E2D\)"):
        encoder.show(run(kit, "", clusters=(Cluster("中", ((0, 0, 0),), 600),)))


@pytest.mark.parametrize("text", ["\0", "\ufeff", "\ue000", "\U000f0001", "a\ufffe"])
def test_characters_without_meaning_are_refused(kit, text):
    (cluster,) = kit.clusters("NotoSans-Regular", "a")
    with pytest.raises(ContentError, match="without a meaning"):
        Encoder(kit.face("NotoSans-Regular")).show(run(kit, "", clusters=(cluster._replace(text=text),)))


def test_a_face_that_cannot_be_embedded_is_named():
    with pytest.raises(ContentError, match="The face Broken-Regular cannot be embedded"):
        Encoder(FontFile("Broken-Regular", b"OTTO" + bytes(100)))


def test_another_day_needs_no_other_face(kit):
    subsets = []
    for day in ("28 November", "3 November", "19 November"):
        encoder = Encoder(kit.face("NotoSans-Regular"))
        shown = "".join(encoder.show(run(kit, text)) for text in ("Issued ", day, " · 1/2"))
        subsets.append(encoder.subset())
        table = to_unicode(subsets[-1])
        assert "".join(table[code] for code in codes(shown)) == f"Issued {day} · 1/2"
        assert "".join(table.values()).count("0123456789") == 1
    assert subsets[0] == subsets[1] == subsets[2]


def test_a_text_without_digits_has_none_in_its_face(kit):
    encoder = Encoder(kit.face("NotoSans-Regular"))
    encoder.show(run(kit, "Wash"))
    assert [*to_unicode(encoder.subset()).values()] == ["W", "a", "s", "h"]
