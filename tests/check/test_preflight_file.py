"""Each rule on pages, metadata and what must not be in a leaflet: one fault breaks one rule."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from handouts.check.preflight import RULES, Expected, preflight
from handouts.findings import Severity
from tests.check.broken import Change, add_state, broken, cid_font, content, good, link, xmp
from tests.conftest import rendered


def fired(change: Change, expected: Expected | None = None, **save: object) -> set[str]:
    return {finding.rule for finding in preflight(broken(change, **save), expected)}


def unchanged(pdf: Pdf) -> None:
    pass


def set_root(key: str, value: object) -> Change:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def enlarge(pdf: Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, 595, 842 + 8])


def retitled(pdf: Pdf, name: bytes) -> None:
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"dc:title", name))


def drop_xmp(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def in_xmp(old: bytes, new: bytes) -> Change:
    return lambda pdf: xmp(pdf, old, new)


def untitled(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def two_titles(pdf: Pdf) -> None:
    pdf.trailer.Info.Title = String("Another")


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def paint_cmyk(pdf: Pdf) -> None:
    content(pdf, lambda data: b"/Artifact BMC 0 0 0 1 k 0 0 1 1 re f EMC\n" + data)


def cmyk_picture(pdf: Pdf) -> None:
    picture(pdf, ColorSpace=Name.DeviceCMYK)


def picture(pdf: Pdf, **values: object) -> None:
    """Show a picture as an artifact."""
    stream = pdf.make_stream(b"\0\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    for key, value in {"ColorSpace": Name.DeviceGray, **values}.items():
        stream[f"/{key}"] = value
    pdf.pages[0].Resources.XObject["/Px"] = stream
    content(pdf, lambda data: b"/Artifact BMC q 9 0 0 9 0 0 cm /Px Do Q EMC\n" + data)


def masked(pdf: Pdf) -> None:
    mask = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
    picture(pdf, SMask=mask)


def action(**values: object) -> Change:
    return lambda pdf: link(pdf).__setattr__("A", Dictionary(**values))


def flags(value: int) -> Change:
    return lambda pdf: link(pdf).__setattr__("F", value)


def script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))


def attach(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array()))


def lzw(pdf: Pdf) -> None:
    picture(pdf)
    pdf.pages[0].Resources.XObject["/Px"].write(b"\x80\x0b\x60\x50", filter=Name.LZWDecode)


def form_with_untagged(pdf: Pdf) -> None:
    form = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    pdf.pages[0].Resources.XObject["/Fx"] = form
    content(pdf, lambda data: b"/Fx Do\n" + data)


CASES = [
    ("pdf.page-size", enlarge),
    ("pdf.title", lambda pdf: retitled(pdf, b"dc:identifier")),
    ("pdf.title", untitled),
    ("pdf.title", two_titles),
    ("pdf.identified", in_xmp(b"pdfuaid:part>1", b"pdfuaid:part>2")),
    ("pdf.identified", in_xmp(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B")),
    ("pdf.colours", no_intent),
    ("pdf.colours", paint_cmyk),
    ("pdf.colours", cmyk_picture),
    ("pdf.streams", lzw),
    ("pdf.actions", script),
    ("pdf.actions", set_root("/OpenAction", Dictionary(S=Name.GoTo, D=Array()))),
    ("pdf.actions", set_root("/AA", Dictionary())),
    ("pdf.link-targets", action(S=Name.URI, URI=String("http://clinic.example"))),
    ("pdf.link-targets", action(S=Name.URI, URI=String("file:///etc/passwd"))),
    ("pdf.annotations", flags(0)),
    ("pdf.annotations", flags(6)),
    ("pdf.forms", set_root("/AcroForm", Dictionary(Fields=Array()))),
    ("pdf.forms", set_root("/AcroForm", Dictionary(XFA=String("x")))),
    ("pdf.attachments", attach),
    ("pdf.attachments", set_root("/OCProperties", Dictionary(OCGs=Array()))),
    ("pdf.opaque", lambda pdf: add_state(pdf, ca=0.5)),
    ("pdf.opaque", lambda pdf: add_state(pdf, CA=0.99)),
    ("pdf.opaque", lambda pdf: add_state(pdf, BM=Name.Multiply)),
    ("pdf.opaque", lambda pdf: add_state(pdf, SMask=Dictionary(S=Name.Alpha))),
    ("pdf.opaque", masked),
    ("pdf.opaque", lambda pdf: picture(pdf, Interpolate=True)),
    ("pdf.marked-content", form_with_untagged),
]


@pytest.mark.parametrize(("rule", "change"), CASES, ids=[f"{rule}-{place}" for place, (rule, _) in enumerate(CASES)])
def test_one_fault_breaks_one_rule(rule: str, change: Change) -> None:
    assert fired(change) == {rule}


def test_a_good_leaflet_breaks_none() -> None:
    assert preflight(good()) == ()
    assert fired(unchanged) == set()


@pytest.mark.parametrize("harmless", [lambda pdf: add_state(pdf, ca=1, BM=Name.Normal), picture])
def test_what_is_allowed_breaks_none(harmless: Change) -> None:
    assert fired(harmless) == set()


def test_a_file_without_metadata_is_neither_titled_nor_identified() -> None:
    assert fired(drop_xmp) == {"pdf.title", "pdf.identified"}


def test_a_link_that_starts_a_program_breaks_what_it_must() -> None:
    assert fired(action(S=Name.Launch, F=String("x"))) == {"pdf.actions", "pdf.link-targets"}


def test_a_script_on_a_link_breaks_what_it_must() -> None:
    assert fired(action(S=Name.JavaScript, JS=String("x"))) == {"pdf.actions", "pdf.link-targets"}


def test_encryption_is_seen() -> None:
    locked = pikepdf.Encryption(owner="o", user="", R=6)
    assert "pdf.encrypted" in fired(unchanged, encryption=locked)


def test_a_file_that_asks_for_a_password_does_not_open() -> None:
    assert fired(unchanged, encryption=pikepdf.Encryption(owner="o", user="u", R=6)) == {"pdf.opens"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello", good()[:5000], good()[:-400]])
def test_what_does_not_open_is_one_finding(data: bytes) -> None:
    assert [finding.rule for finding in preflight(data)] == ["pdf.opens"]


def test_a_stream_without_a_line_break_before_its_end_is_seen() -> None:
    data = good().replace(b"\nendstream", b" endstream", 1)
    assert {finding.rule for finding in preflight(data)} == {"pdf.streams"}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("pdf.language", Expected(lang="es")),
        ("pdf.title", Expected(title="Another title")),
        ("pdf.page-size", Expected(paper="letter")),
        ("pdf.phrases", Expected(texts=("Always squeeze the bumps.",))),
    ],
)
def test_a_leaflet_that_is_not_the_expected_one_is_seen(rule: str, expected: Expected) -> None:
    assert {finding.rule for finding in preflight(good(), expected)} == {rule}


def test_more_pages_than_expected_are_seen() -> None:
    def add(pdf: Pdf) -> None:
        pdf.add_blank_page(page_size=(595, 842))

    assert fired(add, Expected(pages=1)) == {"pdf.page-count"}
    assert fired(add, Expected(pages=2)) == set()


def test_the_expected_leaflet_passes() -> None:
    leaflet = rendered("follicular-keratosis", brand="harbour-clinic").leaflet
    phrases = ("Never squeeze the bumps by hand. It can cause infection or scars.", "Tretinoin")
    expected = Expected(lang=leaflet.lang, title=leaflet.title, pages=1, paper="a4", texts=phrases)
    assert preflight(good(), expected) == ()


def test_a_value_of_the_wrong_kind_is_a_finding() -> None:
    def scramble(pdf: Pdf) -> None:
        cid_font(pdf).W = Array([Name.A, Array([Name.B])])

    assert fired(scramble) == {"pdf.well-formed"}


@pytest.mark.parametrize("seed", range(24))
def test_no_damage_of_single_values_raises(seed: int) -> None:
    def damage(pdf: Pdf) -> None:
        values = [one for one in pdf.objects if isinstance(one, Dictionary) and len(one.keys())]
        for place, one in enumerate(values):
            if place % 24 == seed and one.get("/Type") not in (Name.Catalog, Name.Pages):
                for key in [*one.keys()][seed % 3 : 3]:
                    one[key] = [String("x"), Array(), -1, Name.Z][seed % 4]

    assert isinstance(fired(damage), set)


def test_every_rule_has_its_own_id_and_says_why() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(rule.rationale.endswith(".") and rule.clause for rule in RULES)
    assert {rule.id for rule in RULES if rule.severity is not Severity.ERROR} == {"pdf.page-count"}


def every_case() -> set[str]:
    from tests.check import test_preflight_archive, test_preflight_fonts, test_preflight_tags

    modules = (test_preflight_archive, test_preflight_fonts, test_preflight_tags)
    cases: list[tuple[str, object]] = [*CASES, *test_preflight_archive.BYTES]
    cases += [case for module in modules for case in module.CASES]
    return {rule for rule, _ in cases} & {rule.id for rule in RULES}


def test_every_rule_has_a_fault_that_breaks_it() -> None:
    apart = {"pdf.page-count", "pdf.phrases", "pdf.encrypted"}  # each has its own test above
    assert {rule.id for rule in RULES} == every_case() | apart
