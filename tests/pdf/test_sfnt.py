import io
import struct

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from handouts.pdf.sfnt import Glyphs, advances, tables


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), checkChecksums=2)


def outline(font: TTFont, glyph: int) -> list:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getGlyphName(glyph)].draw(pen)
    return pen.value


@pytest.fixture(scope="module")
def latin(kit):
    return kit.face("NotoSansDevanagari-Regular").data


def test_advances_are_those_of_the_font(latin):
    font = opened(latin)
    assert list(advances(tables(latin))) == [font["hmtx"][name][0] for name in font.getGlyphOrder()]


def test_a_composite_draws_its_parts_at_their_places(latin):
    glyphs = Glyphs(latin)
    made = glyphs.append([(40, 0, 0), (41, 300, -120)])
    font = opened(glyphs.build())
    points = [point for _, arguments in outline(font, made) for point in arguments]
    first = [point for _, arguments in outline(font, 40) for point in arguments]
    second = [(x + 300, y - 120) for _, arguments in outline(font, 41) for x, y in arguments]
    assert points == first + second


def test_a_composite_has_the_right_box_width_and_bearing(latin):
    glyphs = Glyphs(latin)
    made = glyphs.append([(40, 0, 0), (41, 300, -120)])
    font = opened(glyphs.build())
    name = font.getGlyphName(made)
    glyph = font["glyf"][name]
    said = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    glyph.recalcBounds(font["glyf"])
    assert said == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    whole = opened(latin)
    width = sum(whole["hmtx"][whole.getGlyphName(part)][0] for part in (40, 41))
    assert font["hmtx"][name] == (width, glyph.xMin)
    assert font["head"].xMax >= glyph.xMax


def test_composites_of_composites_are_counted(latin):
    glyphs = Glyphs(latin)
    inner = glyphs.append([(40, 0, 0), (41, 10, 10)])
    glyphs.append([(inner, 0, 0), (40, 900, 0)])
    font = opened(glyphs.build())
    names = ("maxCompositePoints", "maxCompositeContours", "maxComponentElements", "maxComponentDepth")
    said = {name: getattr(font["maxp"], name) for name in names}
    font["maxp"].recalc(font)
    assert said["maxComponentDepth"] >= 2
    assert all(said[name] >= getattr(font["maxp"], name) for name in names)


def test_a_composite_of_blanks_is_blank_and_as_wide(latin):
    font = opened(latin)
    space = font.getGlyphID(font.getBestCmap()[32])
    glyphs = Glyphs(latin)
    made = glyphs.append([(space, 0, 0), (space, 10, 10)])
    result = opened(glyphs.build())
    assert outline(result, made) == []
    assert result["hmtx"][result.getGlyphName(made)] == (2 * font["hmtx"][font.getGlyphName(space)][0], 0)


def test_what_is_no_truetype_file_is_refused(latin):
    with pytest.raises(ValueError, match="TrueType"):
        tables(b"OTTO" + latin[4:])
    with pytest.raises(ValueError, match="cut short"):
        tables(latin[:2000])


def test_the_checksum_of_the_whole_file_is_right(latin):
    data = Glyphs(latin).build()
    assert sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF == 0xB1B0AFBA
