"""Rules on font dictionaries and embedded programs: what a font says of itself is so (ISO 14289-1, 7.21)."""

from collections.abc import Iterator
from typing import Any, Final

from handouts.check.preflight.glyphs import Font, cmaps, metrics
from handouts.check.preflight.subject import Inspected
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_SUBTYPES: Final = ("/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType")
_PROGRAMS: Final = {"/FontFile3": ("/Type1C", "/CIDFontType0C", "/OpenType")}
_LATIN: Final = ("/MacRomanEncoding", "/WinAnsiEncoding")
_SYMBOLIC: Final = 1 << 2  # ISO 32000-1, table 123


def dictionaries(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts whose dictionaries lack what every reader needs, or disagree with each other."""
    for font in subject.fonts:
        values, below = font.values, font.cid_font
        if values.get("/Type") != "/Font" or values.get("/Subtype") not in _SUBTYPES:
            yield Breach(f"{font.name} is no font of a kind that exists (Type, Subtype).")
        if values.get("/Subtype") != "/Type3" and not str(values.get("/BaseFont", "")).startswith("/"):
            yield Breach("A font has no name (BaseFont).")
        if font.wide:
            system = subject.document.table(below, "/CIDSystemInfo")
            whole = all(system.get(key) for key in ("/Registry", "/Ordering")) and "/Supplement" in system
            if below.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2") or not whole:
                yield Breach(f"{font.name} does not say what its codes number (CIDSystemInfo).")
        elif font.program is not None and not {"/FirstChar", "/LastChar", "/Widths"} <= values.keys():
            yield Breach(f"{font.name} has no widths (FirstChar, LastChar, Widths).")


def programs(subject: Inspected) -> Iterator[Breach]:
    """Give the embedded programs that are not of the kind that they are said to be, or cannot be read."""
    for font in subject.fonts:
        for key in font.descriptor.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}:
            ref = font.descriptor[key]
            if key == "/FontFile2" and metrics(subject.document.data(ref)) is None:
                yield Breach(f"The embedded program of {font.name} cannot be read.")
            kind = subject.document.table(ref).get("/Subtype")
            if key in _PROGRAMS and kind not in _PROGRAMS[key]:
                yield Breach(f"The embedded program of {font.name} is of an unknown kind (Subtype).")


def subsets(subject: Inspected) -> Iterator[Breach]:
    """Give the fonts that list what they hold (CIDSet), but not all of it or more than that."""
    for font in subject.fonts:
        ref = font.descriptor.get("/CIDSet")
        found = metrics(subject.document.data(font.program)) if font.program is not None and font.wide else None
        if ref is not None and found is not None:
            data = subject.document.data(ref)
            listed = {8 * place + bit for place, byte in enumerate(data) for bit in range(8) if byte & 0x80 >> bit}
            count = len(found.advances)
            there = set(range(count)) if font.gids is None else {cid for cid, gid in enumerate(font.gids) if gid}
            if listed - {0} != there - {0}:
                yield Breach(f"{font.name} lists other glyphs than it has (CIDSet).")


def encodings(subject: Inspected) -> Iterator[Breach]:
    """Give the simple TrueType fonts whose codes lead to different glyphs in different readers."""
    for font in subject.fonts:
        if font.values.get("/Subtype") == "/TrueType":
            coding = subject.document.get(font.values.get("/Encoding"))
            tables = cmaps(subject.document.data(font.program)) if font.program is not None else ()
            if int(font.descriptor.get("/Flags", 0)) & _SYMBOLIC:
                yield from _symbolic(font, coding, tables)
            else:
                yield from _latin(font, coding, tables)


def _symbolic(font: Font, coding: Any, tables: tuple[tuple[int, int], ...]) -> Iterator[Breach]:
    if coding is not None:
        yield Breach(f"{font.name} is symbolic and has an Encoding all the same.")
    if not tables or (len(tables) > 1 and (3, 0) not in tables):
        yield Breach(f"{font.name} is symbolic and has no table of its own codes (cmap).")


def _latin(font: Font, coding: Any, tables: tuple[tuple[int, int], ...]) -> Iterator[Breach]:
    base = coding.get("/BaseEncoding") if isinstance(coding, dict) else coding
    if base not in _LATIN:
        yield Breach(f"{font.name} has no Encoding that every reader knows.")
    if not {(3, 1), (1, 0)} & {*tables}:
        yield Breach(f"{font.name} has no table from characters to glyphs (cmap).")
    elif isinstance(coding, dict) and "/Differences" in coding and (3, 1) not in tables:
        yield Breach(f"{font.name} renames codes and has no Unicode table (cmap).")


RULES: Final = (
    Rule(
        "pdf.font-dictionary",
        Severity.ERROR,
        "Where a font does not say what it is, another one is shown.",
        dictionaries,
        "Matterhorn 31-001, 31-002, 31-003; ISO 19005-2 6.2.11.2, 6.2.11.3.1",
    ),
    Rule(
        "pdf.font-program",
        Severity.ERROR,
        "A program that cannot be read is replaced by another font, or by nothing.",
        programs,
        "ISO 19005-2 6.2.11.2, 6.2.11.4.1",
    ),
    Rule(
        "pdf.font-subset",
        Severity.ERROR,
        "Print servers that believe a wrong list drop the glyphs that are not on it.",
        subsets,
        "Matterhorn 31-014, 31-015",
    ),
    Rule(
        "pdf.font-encoding",
        Severity.ERROR,
        "Codes that lead to different glyphs in different readers show other words than were written.",
        encodings,
        "Matterhorn 31-017, 31-019, 31-020, 31-021, 31-023, 31-024, 31-025, 31-026",
    ),
)
