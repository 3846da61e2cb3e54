"""Rules on how content is drawn: operators, resources, colour profiles and printing instructions (ISO 19005-2, 6.2)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

OPERATORS: Final = frozenset(
    b"b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg"
    b" ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" EI".split()
) | {b"INLINE IMAGE"}
"""All operators of ISO 32000-1, table A.1."""

_NAMED: Final = re.compile(rb"/\S+\s+(?:[-+.\d]+\s+)?(?:Tf|Do|gs|cs|CS|sh|scn|SCN)\b")
_INTENTS: Final = frozenset(("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"))
_SAID_INTENT: Final = re.compile(rb'"/(?:Intent|RI)": ?"(/[^"]*)"')
_OTHER_TR2: Final = re.compile(rb'"/TR2":(?! ?"/Default")')
_ICC_BASED: Final = re.compile(rb'"/ICCBased",\s*"(\d+ \d+ R)"')
_CHANNELS: Final = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4, b"Lab ": 3}
_CLASSES: Final = (b"mntr", b"prtr", b"scnr", b"spac")
_PRINTING: Final = {
    "/TR": "a transfer function",
    "/TR2": "a transfer function",
    "/HTP": "a halftone's place",
    "/HTO": "a halftone's place",
    "/Alternates": "other versions of a picture",
    "/OPI": "a picture to be put in at the printer's",
}


def operators(subject: Inspected) -> Iterator[Breach]:
    """Give the pages with operators that no reader knows, or that draw with what is not their own."""
    for sheet in subject.document.sheets:
        unknown = {name for painted, _ in sheet.contents for name in painted.operators} - OPERATORS
        if unknown:
            yield on_page(sheet.number, f"The operator {min(unknown).decode('latin-1')[:20]} is unknown.")
        own = subject.document.objects.get(sheet.ref) or {}
        yield from only_if("/Resources" not in own, "A page has no resources of its own.")
    for ref in subject.document.shown:
        form = subject.document.table(ref)
        uses = _NAMED.search(subject.document.data(ref)) if "/Resources" not in form else None
        yield from only_if(uses, "A form draws with resources that are not its own.")


def colours(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose colours depend on the device, or whose colour profiles are none."""
    document = subject.document
    intents = [document.table(intent) for intent in document.array(document.root, "/OutputIntents")]
    archival = [intent for intent in intents if intent.get("/S") == "/GTS_PDFA1"]
    refs = {str(intent.get("/DestOutputProfile")) for intent in archival}
    good = any(document.data(ref)[16:20] == b"RGB " for ref in refs)
    yield from only_if(not good, "The document has no RGB output intent.")
    yield from only_if(len({str(intent.get("/DestOutputProfile")) for intent in intents}) > 1, "Output intents differ.")
    yield from only_if(any("/DestOutputProfileRef" in intent for intent in intents), "The colour profile lies outside.")
    based = _ICC_BASED.findall(document.json) if document.names("/ICCBased") else ()
    for ref in sorted(refs | {ref.decode() for ref in based}):
        yield from only_if(wrong := _profile(subject, ref), f"A colour profile is not valid: {wrong}.")
    for sheet in document.sheets:
        if any(painted.cmyk for painted, _ in sheet.contents):
            yield on_page(sheet.number, "A colour is CMYK: it depends on the printer.")
    yield from only_if(document.names("/DeviceCMYK"), "A picture is CMYK: its colours depend on the printer.")


def _profile(subject: Inspected, ref: str) -> str:
    """Return what is wrong with an ICC profile's header, empty if nothing."""
    data, values = subject.document.data(ref), subject.document.table(ref)
    if data[36:40] != b"acsp" or len(data) < 128:
        return "it is no ICC profile"
    if data[12:16] not in _CLASSES or data[8] > 4:
        return "it is of a class or version that PDF does not know"
    if _CHANNELS.get(data[16:20]) != values.get("/N"):
        return f"it has not {values.get('/N')} channels (N)"
    return "" if int.from_bytes(data[:4], "big") == len(data) else "it is cut short"


def printing(subject: Inspected) -> Iterator[Breach]:
    """Give a document with instructions to a printer, or with rendering intents that do not exist."""
    document = subject.document
    for key, what in _PRINTING.items():
        plain = key == "/TR2" and not _OTHER_TR2.search(document.json)
        yield from only_if(document.holds(key) and not plain, f"The document holds {what} ({key[1:]}).")
    intents = _SAID_INTENT.findall(document.json) if document.holds("/Intent", "/RI") else ()
    said = {name.decode("latin-1") for name in intents}
    said.update(name for sheet in subject.document.sheets for painted, _ in sheet.contents for name in painted.intents)
    yield from only_if(said - _INTENTS, "A rendering intent does not exist.")
    for ref in document.streams:
        values: dict[str, Any] = document.objects[ref]
        if values.get("/Subtype") == "/Image" and values.get("/BitsPerComponent", 8) not in (1, 2, 4, 8, 16):
            yield Breach("A picture has a number of bits that does not exist (BitsPerComponent).")


RULES: Final = (
    Rule(
        "pdf.operators",
        Severity.ERROR,
        "What is drawn by other means than the page's own may be missing on another device.",
        operators,
        "ISO 19005-2 6.2.2",
    ),
    Rule(
        "pdf.colours",
        Severity.ERROR,
        "Without a profile, contrast that was measured is not the contrast that is printed.",
        colours,
        "ISO 19005-2 6.2.3, 6.2.4",
    ),
    Rule(
        "pdf.printing",
        Severity.ERROR,
        "Instructions to one printer make a leaflet look other than it was checked.",
        printing,
        "ISO 19005-2 6.2.5, 6.2.6, 6.2.8",
    ),
)
