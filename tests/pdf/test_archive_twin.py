"""A validator of archive files, which is not ours, finds nothing in any kind of leaflet.

It knows PDF/A-2b without extension schemas: it judges a twin of each file without the two claims that it does not know.
"""

import re
from pathlib import Path

import pytest

from handouts.library import Library
from handouts.make import make
from handouts.model.request import Request
from tests.conftest import ISSUED, ROOT, TOPIC, built_in, rendered

pdfa = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)

LOCALES = built_in().locales()
SAMPLE = ("en", "ar", "hi", "km", "ta", "th", "ur", "zh-Hans")
CAUSE = "follicular-keratosis"


def twin(pdf: bytes) -> bytes:
    """The file without its claims to PDF/UA and to level A, every byte else in its place."""
    found = re.sub(rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", _blank, pdf, flags=re.DOTALL)
    found = re.sub(rb"<pdfuaid:part>1</pdfuaid:part>|xmlns:pdfa(?:Extension|Schema|Property)=\"[^\"]*\"", _blank, found)
    found = found.replace(b"conformance>A<", b"conformance>B<")
    assert found != pdf and len(found) == len(pdf)
    return found


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


def complaints(pdf: bytes, folder: Path) -> list[object]:
    target = folder / "twin.pdf"
    target.write_bytes(twin(pdf))
    return list(pdfa.validate_written(target, "2b").findings)


def test_what_the_writer_can_paint(sample: bytes, tmp_path: Path) -> None:
    assert complaints(sample, tmp_path) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale(locale: str, tmp_path: Path) -> None:
    assert complaints(rendered("", locale).pdf, tmp_path) == []


@pytest.mark.parametrize(
    "other", [{"format": "large"}, {"format": "giant"}, {"draft": True}, {"paper": "letter"}], ids=str
)
@pytest.mark.parametrize("locale", SAMPLE)
def test_every_format_paper_and_drafts(locale: str, other: dict[str, str], tmp_path: Path) -> None:
    assert complaints(rendered(CAUSE, locale, **other).pdf, tmp_path) == []


@pytest.mark.parametrize("form", ["standard", "giant"])
@pytest.mark.parametrize("pair", [("ar", "en"), ("en", "ur"), ("th", "zh-Hans")], ids="+".join)
def test_two_languages(pair: tuple[str, str], form: str, tmp_path: Path) -> None:
    assert complaints(rendered("", pair[0], companion=pair[1], format=form).pdf, tmp_path) == []


@pytest.mark.parametrize("palette", ["brand", "high-contrast", "greyscale"])
@pytest.mark.parametrize("brand", ["house", "harbour-clinic", "meadow-practice"])
def test_brands_and_palettes(brand: str, palette: str, tmp_path: Path) -> None:
    assert complaints(rendered(CAUSE, "en", brand=brand, palette=palette).pdf, tmp_path) == []


def test_a_logo_of_pixels_with_alpha(tmp_path: Path) -> None:
    from PIL import Image

    folder = tmp_path / "templates" / "brands" / "own"
    folder.mkdir(parents=True)
    text = (ROOT / "templates" / "brands" / "house" / "brand.toml").read_text(encoding="utf-8")
    text = re.sub(r"^id = .*$", 'id = "own"', text, flags=re.MULTILINE)
    text = re.sub(r"^logo = .*$", 'logo = "logo.png"', text, flags=re.MULTILINE)
    (folder / "brand.toml").write_text(text, encoding="utf-8")
    Image.new("RGBA", (120, 60), (10, 80, 120, 140)).save(folder / "logo.png")
    request = Request(topic=TOPIC, cause=CAUSE, brand="own", issued=ISSUED)
    pdf = make(request, Library((tmp_path,))).pdf
    assert b"/Subtype /Image" in pdf
    assert b"/SMask" not in pdf
    assert complaints(pdf, tmp_path) == []


def test_what_is_wrong_is_complained_of(tmp_path: Path) -> None:
    pdf = rendered(CAUSE, "en").pdf
    assert complaints(pdf.replace(b"/GTS_PDFA1", b"/GTS_PDFX1"), tmp_path) or complaints(
        pdf.replace(b"<pdfaid:part>2", b"<pdfaid:part>9"), tmp_path
    )
