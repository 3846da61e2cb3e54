"""Each rule on fonts and text: a good leaflet broken in just that way breaks just that rule."""

import re
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from handouts.check.preflight import preflight
from tests.check.broken import Change, broken, cid_font, content, font, to_unicode


def fired(change: Change) -> set[str]:
    return {finding.rule for finding in preflight(broken(change))}


def drop_program(pdf: Pdf) -> None:
    del cid_font(pdf).FontDescriptor.FontFile2


def paint_notdef(pdf: Pdf) -> None:
    # Code 0001 leads to glyph 0: an empty box, though the code has a character and its width.
    data = bytearray(cid_font(pdf).CIDToGIDMap.read_bytes())
    data[2:4] = b"\0\0"
    cid_font(pdf).CIDToGIDMap.write(bytes(data))
    cid_font(pdf).W[1][1] = 600


def paint_beyond(pdf: Pdf) -> None:
    data = bytearray(cid_font(pdf).CIDToGIDMap.read_bytes())
    data[2:4] = b"\xff\x00"
    cid_font(pdf).CIDToGIDMap.write(bytes(data))


def drop_map(pdf: Pdf) -> None:
    del font(pdf).ToUnicode


def drop_entry(pdf: Pdf) -> None:
    to_unicode(pdf, lambda cmap: re.sub(rb"<0001> <\w+>\n", b"", cmap))


def map_to(text: bytes) -> Change:
    return lambda pdf: to_unicode(pdf, lambda cmap: re.sub(rb"(?<=<0001> <)\w+", text, cmap))


def range_to(text: bytes) -> Change:
    ranged = b"\n1 beginbfrange\n<0001> <0002> <" + text + b">\nendbfrange"
    return lambda pdf: to_unicode(pdf, lambda cmap: cmap.replace(b"endbfchar", b"endbfchar" + ranged, 1))


def drop_glyph_map(pdf: Pdf) -> None:
    # Glyph ids and widths stay right for the reader that guesses the identity.
    del cid_font(pdf).CIDToGIDMap


def other_encoding(pdf: Pdf) -> None:
    font(pdf).Encoding = Name("/GBK-EUC-H")


def widen(pdf: Pdf) -> None:
    cid_font(pdf).W[1][2] += 7


def shrink(pdf: Pdf) -> None:
    content(pdf, lambda data: re.sub(rb"/F2 13 Tf", b"/F2 8.9 Tf", data, count=1))


def shrink_by_matrix(pdf: Pdf) -> None:
    content(pdf, lambda data: re.sub(rb"/F2 13 Tf\n1 0 0 1 ", b"/F2 13 Tf\n.5 0 0 .5 ", data, count=1))


def shrink_by_page(pdf: Pdf) -> None:
    content(pdf, lambda data: b"q .6 0 0 .6 0 0 cm\n" + data + b"\nQ")


def no_system(pdf: Pdf) -> None:
    del cid_font(pdf).CIDSystemInfo


def no_kind(pdf: Pdf) -> None:
    font(pdf).Type = Name.Fount


def spoil_program(pdf: Pdf) -> None:
    cid_font(pdf).FontDescriptor.FontFile2.write(b"\0\1\0\0 no font")


def other_program(pdf: Pdf) -> None:
    descriptor = cid_font(pdf).FontDescriptor
    descriptor.FontFile3 = pdf.make_stream(b"x", Subtype=Name.Type9)


def listed(edit: Callable[[bytearray], None]) -> Change:
    """List the glyphs that the font has, then change the list."""

    def change(pdf: Pdf) -> None:
        gids = cid_font(pdf).CIDToGIDMap.read_bytes()
        bits = bytearray(len(gids) // 16 + 1)
        for cid in range(len(gids) // 2):
            if gids[2 * cid : 2 * cid + 2] != b"\0\0":
                bits[cid // 8] |= 0x80 >> cid % 8
        edit(bits)
        cid_font(pdf).FontDescriptor.CIDSet = pdf.make_stream(bytes(bits))

    return change


def forget_glyph(bits: bytearray) -> None:
    bits[0] &= 0xBF


def invent_glyph(bits: bytearray) -> None:
    bits.append(0xFF)


def simple(flags: int, **values: object) -> Change:
    """Show a word, as an artifact, in a TrueType font of one byte a code."""

    def change(pdf: Pdf) -> None:
        own = cid_font(pdf).FontDescriptor
        descriptor = Dictionary({**dict(own.items()), "/Flags": flags})
        made = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=own.FontName, FirstChar=65, LastChar=66)
        made.Widths, made.FontDescriptor, made.ToUnicode = Array([500, 500]), descriptor, font(pdf).ToUnicode
        for key, value in values.items():
            made[f"/{key}"] = value
        pdf.pages[0].Resources.Font["/F9"] = pdf.make_indirect(made)
        to_unicode(pdf, lambda cmap: cmap.replace(b"endbfchar", b"<41> <0041>\nendbfchar", 1))
        content(pdf, lambda data: data + b"\n/Artifact BMC BT /F9 12 Tf 1 0 0 1 50 50 Tm (A) Tj ET EMC")

    return change


CASES = [
    ("pdf.font-dictionary", no_system),
    ("pdf.font-dictionary", no_kind),
    ("pdf.font-program", other_program),
    ("pdf.font-subset", listed(forget_glyph)),
    ("pdf.font-subset", listed(invent_glyph)),
    ("pdf.font-encoding", simple(32)),
    ("pdf.font-encoding", simple(32, Encoding=Name.StandardEncoding)),
    ("pdf.font-encoding", simple(32, Encoding=Dictionary(Differences=Array([65, Name.A])))),
    ("pdf.font-encoding", simple(4, Encoding=Name.WinAnsiEncoding)),
    ("pdf.font-encoding", simple(4)),
    ("pdf.font-embedded", drop_program),
    ("pdf.notdef", paint_notdef),
    ("pdf.glyph-missing", paint_beyond),
    ("pdf.text-mapped", drop_map),
    ("pdf.text-mapped", drop_entry),
    ("pdf.text-mapped", map_to(b"")),
    ("pdf.text-honest", map_to(b"0000")),
    ("pdf.text-honest", map_to(b"FEFF")),
    ("pdf.text-honest", map_to(b"0046FFFE")),
    ("pdf.text-honest", map_to(b"E001")),
    ("pdf.text-honest", map_to(b"DBC0DC00")),
    ("pdf.text-honest", map_to(b"FEFB")),
    ("pdf.text-honest", map_to(b"FB01")),
    ("pdf.text-honest", map_to(b"D800")),
    ("pdf.text-honest", map_to(b"046")),
    ("pdf.text-honest", range_to(b"E001")),
    ("pdf.glyph-map", other_encoding),
    ("pdf.glyph-widths", widen),
    ("pdf.text-size", shrink),
    ("pdf.text-size", shrink_by_matrix),
    ("pdf.text-size", shrink_by_page),
]


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(CASES)])
def test_one_fault_breaks_one_rule(rule: str, change: Change) -> None:
    assert fired(change) == {rule}


def test_a_list_of_the_glyphs_that_are_there_is_right() -> None:
    assert fired(listed(lambda bits: None)) == set()


def test_a_program_that_cannot_be_read_is_seen() -> None:
    assert fired(spoil_program) == {"pdf.font-program"}


def test_a_missing_glyph_map_is_seen() -> None:
    # Viewers then take the code for the glyph, so the widths are wrong as well.
    assert "pdf.glyph-map" in fired(drop_glyph_map)


def test_ranges_and_lists_of_a_character_map_are_read() -> None:
    assert fired(range_to(b"0061")) == set()
    listed = b"\n1 beginbfrange\n<0001> <0002> [<0061> <D83DDE00>]\nendbfrange"
    assert (
        fired(lambda pdf: to_unicode(pdf, lambda cmap: cmap.replace(b"endbfchar", b"endbfchar" + listed, 1))) == set()
    )


def test_a_font_in_the_resources_that_paints_nothing_is_not_asked_for() -> None:
    plain = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    assert fired(lambda pdf: pdf.pages[0].Resources.Font.__setitem__("/F9", pdf.make_indirect(plain))) == set()
