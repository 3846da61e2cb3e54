"""Each rule on the file's syntax, metadata, drawing and printing (ISO 19005-2): one fault breaks one rule."""

import re
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from handouts.check.preflight import preflight
from tests.check.broken import Change, add_state, broken, content, font, good, link, xmp


def fired(change: Change) -> set[str]:
    return {finding.rule for finding in preflight(broken(change))}


def unchanged(pdf: Pdf) -> None:
    pass


# Faults in the bytes of a file with a plain cross-reference table, which keep every offset.
Spoil = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Spoil:
    def spoil(data: bytes) -> bytes:
        assert old in data and len(old) == len(new)
        return data.replace(old, new, 1)

    return spoil


def other_length(data: bytes) -> bytes:
    found = re.search(rb"/Length (\d)(\d+) ", data)
    assert found
    other = b"/Length %b%b " % (b"9" if found[1] != b"9" else b"1", found[2])
    return data.replace(found[0], other, 1)


BYTES = [
    ("pdf.file-form", swap(b"%PDF-1.7", b"%PDF-2.0")),
    ("pdf.file-form", lambda data: re.sub(rb"\A(%PDF-1.7\n%)....", rb"\1abcd", data)),
    ("pdf.file-form", lambda data: data + b"more"),
    ("pdf.file-form", swap(b"/ID ", b"/Id ")),
    ("pdf.objects", swap(b"\nendobj\n", b" endobj\n")),
    ("pdf.objects", swap(b"\n2 0 obj\n", b"\n2 0 obj ")),
    ("pdf.streams", swap(b"\nendstream", b" endstream")),
    ("pdf.opens", swap(b"startxref", b"startxxxx")),
]


@pytest.mark.parametrize(("rule", "spoil"), BYTES, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(BYTES)])
def test_one_fault_in_the_bytes_breaks_one_rule(rule: str, spoil: Spoil) -> None:
    assert {finding.rule for finding in preflight(spoil(broken(unchanged)))} == {rule}


def in_xmp(old: bytes, new: bytes) -> Change:
    return lambda pdf: xmp(pdf, old, new)


def add_property(text: bytes) -> Change:
    return in_xmp(b"</rdf:Description>", text + b"</rdf:Description>")


def renamed_claim(pdf: Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    data = data.replace(b"xmlns:pdfuaid=", b"xmlns:ua=").replace(b"pdfuaid:part", b"ua:part")
    pdf.Root.Metadata.write(data)


def unordered(pdf: Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"(<dc:creator><rdf:)Seq(>.*?</rdf:)Seq>", rb"\1Bag\2Bag>", data))


def first_stream(pdf: Pdf) -> Object:
    return pdf.pages[0].Contents


def external(pdf: Pdf) -> None:
    first_stream(pdf)["/F"] = String("elsewhere")


def strange_filter(pdf: Pdf) -> None:
    extra = pdf.make_stream(b"x")
    pdf.Root.Extra = extra
    extra.write(b"x", filter=Name("/OwnDecode"))


def deep(pdf: Pdf) -> None:
    content(pdf, lambda data: b"q " * 29 + b"Q " * 29 + data)


def half_byte(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\n/Artifact BMC BT /F2 12 Tf 1 0 0 1 50 50 Tm [<00010>] TJ ET EMC")


def inherit(pdf: Pdf) -> None:
    page = pdf.Root.Pages.Kids[0]
    pdf.Root.Pages.Resources = page.Resources
    del page.Resources


def form(pdf: Pdf, data: bytes, shows: int = 1, **values: object) -> None:
    made = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for key, value in values.items():
        made[f"/{key}"] = value
    pdf.pages[0].Resources.XObject["/Fx"] = made
    content(pdf, lambda old: old + b"\n/Artifact BMC /Fx Do EMC" * shows)


def borrowing_form(pdf: Pdf) -> None:
    form(pdf, b"BT /F2 12 Tf 1 0 0 1 0 0 Tm <0001> Tj ET")


def picture(**values: object) -> Change:
    def change(pdf: Pdf) -> None:
        made = pdf.make_stream(b"\0\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        for key, value in {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, **values}.items():
            made[f"/{key}"] = value(pdf) if callable(value) else value
        pdf.pages[0].Resources.XObject["/Px"] = made
        content(pdf, lambda data: b"/Artifact BMC q 9 0 0 9 0 0 cm /Px Do Q EMC\n" + data)

    return change


def intent(**values: object) -> Change:
    return lambda pdf: [pdf.Root.OutputIntents[0].__setattr__(key, value) for key, value in values.items()]


def profile(edit: Callable[[bytes], bytes]) -> Change:
    def change(pdf: Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        stream.write(edit(stream.read_bytes()))

    return change


def channels(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


def two_intents(pdf: Pdf) -> None:
    own = pdf.Root.OutputIntents[0]
    other = pdf.make_stream(own.DestOutputProfile.read_bytes(), N=3)
    pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFX, DestOutputProfile=other))


def based_on_nothing(pdf: Pdf) -> Object:
    return Array([Name.ICCBased, pdf.make_stream(b"no profile" * 20, N=3)])


def outline_action(pdf: Pdf) -> None:
    entry = pdf.Root.Outlines.First
    if "/Dest" in entry:
        del entry["/Dest"]
    entry.A = Dictionary(S=Name.Launch, F=String("x"))


CASES: list[tuple[str, Change]] = [
    ("pdf.metadata", in_xmp(b"</x:xmpmeta>", b"</x:other>")),
    ("pdf.metadata", in_xmp(b'id="W5M0MpCehiHzreSzNTczkc9d"', b'id="W5M0MpCehiHzreSzNTczkc9d" encoding="UTF-8"')),
    ("pdf.metadata", unordered),
    ("pdf.metadata", in_xmp(b"pdfaExtension:schemas", b"pdfaExtension:other")),
    ("pdf.metadata", in_xmp(b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>", b"")),
    ("pdf.metadata", in_xmp(b"<pdfaProperty:category>internal</pdfaProperty:category>", b"")),
    ("pdf.metadata", add_property(b"<pdf:Colour>red</pdf:Colour>")),
    ("pdf.metadata", add_property(b'<own:word xmlns:own="https://clinic.example/">x</own:word>')),
    ("pdf.identified", renamed_claim),
    ("pdf.identified", in_xmp(b"<pdfaid:part>2", b"<pdfaid:part>3")),
    ("pdf.streams", strange_filter),
    ("pdf.limits", deep),
    ("pdf.limits", half_byte),
    ("pdf.limits", lambda pdf: pdf.Root.__setitem__("/" + 128 * "x", 1)),
    ("pdf.limits", lambda pdf: pdf.Root.__setitem__("/Note", String(32768 * "x"))),
    ("pdf.operators", lambda pdf: content(pdf, lambda data: data + b"\n1 2 foo\n")),
    ("pdf.operators", inherit),
    ("pdf.operators", borrowing_form),
    ("pdf.printing", lambda pdf: content(pdf, lambda data: b"/Cheerful ri\n" + data)),
    ("pdf.printing", picture(Intent=Name.Cheerful)),
    ("pdf.printing", picture(BitsPerComponent=3)),
    ("pdf.printing", picture(Alternates=Array())),
    ("pdf.printing", picture(OPI=Dictionary())),
    ("pdf.printing", lambda pdf: add_state(pdf, TR=Name.Identity)),
    ("pdf.printing", lambda pdf: add_state(pdf, TR2=Name.Identity)),
    ("pdf.printing", lambda pdf: add_state(pdf, HTP=Array([0, 0]))),
    ("pdf.colours", intent(S=Name.GTS_PDFX)),
    ("pdf.colours", intent(DestOutputProfileRef=Dictionary())),
    ("pdf.colours", two_intents),
    ("pdf.colours", channels),
    ("pdf.colours", profile(lambda data: data[:36] + b"none" + data[40:])),
    ("pdf.colours", profile(lambda data: data[:12] + b"link" + data[16:])),
    ("pdf.colours", profile(lambda data: data[:8] + b"\x05" + data[9:])),
    ("pdf.colours", profile(lambda data: data[:-4])),
    ("pdf.colours", picture(ColorSpace=based_on_nothing)),
    ("pdf.actions", outline_action),
    ("pdf.annotations", lambda pdf: link(pdf).__setattr__("F", 4 | 1)),
    ("pdf.annotations", lambda pdf: link(pdf).__setattr__("F", 4 | 256)),
    ("pdf.forms", lambda pdf: pdf.Root.__setattr__("NeedsRendering", True)),
    ("pdf.attachments", lambda pdf: pdf.Root.__setattr__("Perms", Dictionary())),
    ("pdf.attachments", lambda pdf: pdf.Root.__setattr__("Requirements", Array())),
    ("pdf.attachments", lambda pdf: pdf.pages[0].__setattr__("PresSteps", Dictionary())),
    ("pdf.attachments", lambda pdf: form(pdf, b"", Ref=Dictionary())),
]


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(CASES)])
def test_one_fault_breaks_one_rule(rule: str, change: Change) -> None:
    assert fired(change) == {rule}


def test_metadata_with_a_document_type_say_nothing() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x:xmpmeta'
    assert "pdf.metadata" in fired(in_xmp(b"<x:xmpmeta", bomb))


HARMLESS: list[Change] = [
    lambda pdf: add_state(pdf, TR2=Name.Default),
    lambda pdf: content(pdf, lambda data: b"/Perceptual ri\n" + data),
    lambda pdf: content(pdf, lambda data: b"q " * 27 + b"Q " * 27 + data),
    lambda pdf: form(pdf, b"0 0 1 1 re f"),
    lambda pdf: form(pdf, b"BT /F2 12 Tf <0001> Tj ET", Resources=Dictionary(Font=Dictionary(F2=font(pdf)))),
    picture(ColorSpace=lambda pdf: Array([Name.ICCBased, pdf.Root.OutputIntents[0].DestOutputProfile])),
    add_property(b"<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>free</rdf:li></rdf:Alt></dc:rights>"),
    add_property(b"<xmp:Label>leaflet</xmp:Label>"),
]


@pytest.mark.parametrize("change", HARMLESS)
def test_what_archives_allow_breaks_none(change: Change) -> None:
    assert fired(change) == set()


def test_a_stream_that_is_not_as_long_as_it_says_is_seen() -> None:
    assert "pdf.streams" in {finding.rule for finding in preflight(other_length(broken(unchanged)))}


def test_a_stream_in_another_file_is_seen() -> None:
    assert "pdf.streams" in fired(external)


def test_saved_by_others_a_good_leaflet_is_still_one() -> None:
    assert fired(unchanged) == set()
    assert preflight(good()) == ()
