"""The drawings under ``templates/``: plain shapes only, so that they print alike everywhere and can hide nothing."""

import re
from io import BytesIO
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import msgspec
import pytest
from PIL import Image
from svglib.svglib import svg2rlg

from handouts.model.authored import AdviceKind, Brand

TEMPLATES = Path(__file__).parents[1] / "templates"
DRAWINGS = sorted(TEMPLATES.rglob("*.svg"))
PICTOGRAMS = [path for path in DRAWINGS if path.parent.name == "pictures"]
BITMAPS = sorted(TEMPLATES.rglob("*.png"))
BRANDS = sorted(TEMPLATES.glob("brands/*/brand.toml"))

SVG = "{http://www.w3.org/2000/svg}"
PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
ALLOWED = {
    "svg": {"viewBox", "width", "height"},
    "g": PAINT,
    "path": PAINT | {"d"},
    "rect": PAINT | {"x", "y", "width", "height", "rx", "ry"},
    "circle": PAINT | {"cx", "cy", "r"},
    "ellipse": PAINT | {"cx", "cy", "rx", "ry"},
    "line": PAINT | {"x1", "y1", "x2", "y2"},
    "polyline": PAINT | {"points"},
    "polygon": PAINT | {"points"},
}


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def elements(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).getroot().iter())


def colours(path: Path) -> set[str]:
    return {element.get(role, "none") for element in elements(path) for role in ("fill", "stroke")} - {"none"}


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_a_drawing_has_only_plain_shapes(path: Path) -> None:
    for element in elements(path):
        tag = element.tag.removeprefix(SVG)
        assert element.tag.startswith(SVG), element.tag
        assert tag in ALLOWED, tag
        assert set(element.attrib) <= ALLOWED[tag], (tag, element.attrib)


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_a_drawing_has_no_words_and_points_nowhere(path: Path) -> None:
    assert not any((element.text or "").strip() or (element.tail or "").strip() for element in elements(path))
    source = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"://|href|url\(|<!DOCTYPE|<!ENTITY|<\?|data:", source)


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_every_shape_says_how_it_is_filled(path: Path) -> None:
    """SVG's default is black, which no brand chose."""
    tree = ElementTree.parse(path).getroot()
    parents = {child: parent for parent in tree.iter() for child in parent}
    for element in tree.iter():
        if element.tag not in (f"{SVG}svg", f"{SVG}g"):
            assert element.get("fill") or parents[element].get("fill"), element.attrib


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_a_drawing_stays_inside_its_box(path: Path) -> None:
    drawing = svg2rlg(BytesIO(path.read_bytes().replace(b"currentColor", b"#000000")))
    left, bottom, right, top = drawing.getBounds()
    assert drawing.width == pytest.approx(drawing.height)
    assert min(left, bottom) >= -0.01
    assert max(right, top) <= drawing.width + 0.01


@pytest.mark.parametrize("path", PICTOGRAMS, ids=name)
def test_a_pictogram_has_the_brand_s_colour_and_white(path: Path) -> None:
    assert "currentColor" in colours(path)
    assert colours(path) <= {"currentColor", "#ffffff"}
    assert ElementTree.parse(path).getroot().get("viewBox") == "0 0 48 48"


def test_every_kind_of_advice_has_a_pictogram() -> None:
    assert {path.stem for path in TEMPLATES.glob("pictures/*.svg")} >= set(get_args(AdviceKind))


@pytest.mark.parametrize("path", BITMAPS, ids=name)
def test_every_png_decodes(path: Path) -> None:
    with Image.open(path) as image:
        image.load()
        assert image.format == "PNG"
        assert min(image.size) >= 300
    assert path.stat().st_size < 30_000


@pytest.mark.parametrize("path", BRANDS, ids=lambda path: path.parent.name)
def test_a_brand_has_its_logo_and_says_what_it_shows(path: Path) -> None:
    brand = msgspec.toml.decode(path.read_bytes(), type=Brand)
    assert brand.id == path.parent.name
    assert (path.parent / brand.logo).is_file()
    assert brand.logo_alt


@pytest.mark.parametrize("path", BRANDS, ids=lambda path: path.parent.name)
def test_a_built_in_brand_reaches_nobody(path: Path) -> None:
    """Numbers reserved for drama and fiction, and domains reserved for examples (RFC 2606)."""
    contacts = msgspec.toml.decode(path.read_bytes(), type=Brand).contacts
    assert not contacts.phone or re.search(r"^020 7946 0\d{3}$|555-01\d\d$", contacts.phone)
    assert all(not place or re.search(r"example\.(org|com|net)$", place) for place in (contacts.web, contacts.email))
