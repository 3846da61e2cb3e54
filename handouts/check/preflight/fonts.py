"""Rules on fonts: every character that is painted is there, is itself, and has its own width."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.preflight.glyphs import Font, declared_widths, metrics
from handouts.check.preflight.subject import Inspected, on_page
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

MIN_SIZE: Final = 9.0
"""Points: the floor for printed leaflets of the Danish medicines agency (2025); a leaflet's body has more."""

_ROUNDING: Final = 1.0  # ISO 19005-2, 6.2.11.5: 1/1000 em
_NEVER: Final = re.compile("[\0\ufeff\ufffe\ufffd]")
_STRANGE: Final = re.compile("[\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")  # surrogates, private use
_PRESENTATION: Final = re.compile("[\ufb00-\ufdff\ufe70-\ufefe]")  # ligatures, Arabic forms A and B


def embedded(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts that text is painted in and that are not in the file."""
    for font in subject.fonts:
        if font.program is None and font.values.get("/Subtype") != "/Type3":
            yield Breach(f"The font {font.name} is not embedded.", hint="Every device would show another one.")


def notdef(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts by which an empty box is painted instead of a character."""
    for font in subject.fonts:
        if font.wide:
            missing = [code for code in font.codes if font.glyphs[code] == 0]
        else:
            first = font.values.get("/FirstChar", 0)
            missing = [code for code in font.codes if not first <= code <= font.values.get("/LastChar", 255)]
        if missing:
            yield Breach(f"{font.name} paints .notdef for {_codes(missing)}.", hint="The face lacks a character.")


def glyphs_there(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts by which a glyph is painted that the embedded program does not have."""
    for font, advances in _truetype(subject):
        missing = [code for code in font.codes if font.glyphs[code] >= len(advances)]
        if missing:
            yield Breach(f"{font.name} has no glyph for {_codes(missing)}.")


def mapped(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts of which a painted code has no characters."""
    for font in subject.fonts:
        if font.unicode is None:
            if not font.latin_encoding:
                yield Breach(f"{font.name} has no ToUnicode map.", hint="Its text cannot be read out, found or copied.")
        elif missing := [code for code in font.codes if not font.unicode.get(code)]:
            yield Breach(f"{font.name} has no characters for {_codes(missing)}.")


def honest(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts whose map holds a value that is no character, or that a painted code maps to one of no meaning."""
    for font in subject.fonts:
        unicode = font.unicode or {}
        if never := _NEVER.findall("".join(unicode.values())):
            yield Breach(f"{font.name} maps to {_characters(never)}, which is no character.")
        painted = "".join([unicode.get(code, "") for code in font.codes])
        if strange := _STRANGE.findall(painted):
            yield Breach(f"{font.name} paints private or broken characters: {_characters(strange)}.")
        if forms := _PRESENTATION.findall(painted):
            hint = "Map the glyph to the letters themselves."
            yield Breach(f"{font.name} paints presentation forms: {_characters(forms)}.", hint=hint)


def to_glyphs(subject: Inspected) -> Iterator[Breach]:
    """Give the TrueType CID fonts that do not say how codes lead to glyphs."""
    for font in subject.fonts:
        if font.cid_font.get("/Subtype") == "/CIDFontType2" and font.program is not None:
            entry = font.cid_font.get("/CIDToGIDMap")
            if entry != "/Identity" and font.gids is None:
                yield Breach(f"{font.name} has no CIDToGIDMap.")
        if font.wide and font.values.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            yield Breach(f"{font.name} has the encoding {font.values.get('/Encoding')}, not Identity-H.")


def widths(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts whose declared widths are not those of the embedded program."""
    for font, advances in _truetype(subject):
        declared = declared_widths(subject.document, font)
        standard = font.cid_font.get("/DW", 1000)
        wrong = [
            code
            for code in font.codes
            if (glyph := font.glyphs[code]) < len(advances)
            and abs(declared.get(code, standard) - advances[glyph]) > _ROUNDING
        ]
        if wrong:
            yield Breach(f"{font.name} declares other widths than it has for {_codes(wrong)}.")


def readable_size(subject: Inspected) -> Iterator[Breach]:
    """Give the pages with text smaller than the floor."""
    for sheet in subject.document.sheets:
        sizes = [show.size for painted, _ in sheet.contents for show in painted.shown]
        if sizes and min(sizes) < MIN_SIZE - 0.005:
            yield on_page(sheet.number, f"Text of {min(sizes):.1f} pt is smaller than {MIN_SIZE:g} pt.")


def _truetype(subject: Inspected) -> Iterator[tuple[Font, tuple[float, ...]]]:
    """Give the wide fonts with an embedded TrueType program, and its advance widths."""
    for font in subject.fonts:
        if font.wide and font.program is not None:
            found = metrics(subject.document.data(font.program))
            if found is not None:
                yield font, found.advances


def _codes(codes: list[int]) -> str:
    shown = ", ".join(f"code {code:04X}" for code in sorted(codes)[:3])
    return shown + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")


def _characters(chars: list[str]) -> str:
    return ", ".join(f"U+{ord(char):04X}" for char in sorted(set(chars))[:3])


RULES: Final = (
    Rule(
        "pdf.font-embedded",
        Severity.ERROR,
        "A font that is not in the file is replaced, and letters of other scripts become boxes.",
        embedded,
        "Matterhorn 31-009",
    ),
    Rule(
        "pdf.notdef",
        Severity.ERROR,
        "A box in place of a character can hide a dose, a name or a “not”.",
        notdef,
        "Matterhorn 31-030",
    ),
    Rule(
        "pdf.glyph-missing",
        Severity.ERROR,
        "A code without a glyph paints nothing at all.",
        glyphs_there,
        "Matterhorn 31-011",
    ),
    Rule(
        "pdf.text-mapped",
        Severity.ERROR,
        "What has no characters cannot be read out, found, copied or translated.",
        mapped,
        "Matterhorn 10-001, 17-003, 31-027",
    ),
    Rule(
        "pdf.text-honest",
        Severity.ERROR,
        "Private, zero and presentation-form characters are read out as nothing or as noise.",
        honest,
        "Matterhorn 31-028, 31-029",
    ),
    Rule(
        "pdf.glyph-map",
        Severity.ERROR,
        "Without it, viewers guess which glyph a code means.",
        to_glyphs,
        "Matterhorn 31-004, 31-005, 31-006, 31-007, 31-008",
    ),
    Rule(
        "pdf.glyph-widths",
        Severity.ERROR,
        "Where widths differ, some viewers set letters over one another.",
        widths,
        "Matterhorn 31-016",
    ),
    Rule(
        "pdf.text-size",
        Severity.ERROR,
        "Smaller print cannot be read by many of the people who get a leaflet.",
        readable_size,
        "leaflet rule P6",
    ),
)
