"""Drawings are judged by what they look like: svglib draws the same pictures in these tests."""

import io
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas
from svglib.svglib import svg2rlg

from handouts.pdf.curves import path
from handouts.pdf.shapes import draw

SIDE = 240
DRAWINGS = sorted((Path(__file__).parents[2] / "templates").rglob("*.svg"))
SHAPES = {
    "curves": '<path d="M2 2h5v5q3 3 6 0t3 4 s2 2 4 0 l-3 9z" fill="red"/>',
    "nested": '<g transform="translate(4 4) rotate(30 8 8) scale(.8)" style="fill:none;stroke:#000">'
    '<rect x="1" y="1" width="12" height="9" rx="2" style="stroke-width:2px"/></g>',
    "arcs": '<path d="M5 10a5 3 20 1 0 9 2a4 4 0 01-3-3.5.5.5 0 10.1.1" fill="none" stroke="black"/>',
    "use": '<defs><g id="a"><circle cx="4" cy="4" r="3"/></g></defs><use href="#a" x="3"/>'
    '<use xlink:href="#a" transform="translate(10,10) skewX(20)" fill="#0a0"/>',
    "rules": '<path fill-rule="evenodd" d="M1 1h20v20h-20zM5 5h10v10h-10z"/>'
    '<line x1="0" y1="0" x2="24" y2="24" stroke="blue" stroke-linecap="round" stroke-width="3"/>',
    "basic": '<polyline points="1,20 5,15 9,20" fill="none" stroke="orange" stroke-dasharray="2 1"/>'
    '<polygon points="15 2 20 2 18 9" fill="rgb(10,200,30)"/><ellipse cx="12" cy="12" rx="6" ry="2" fill="#ccc"/>',
    "hidden": '<rect width="9" height="9"/><g display="none"><rect width="24" height="24"/></g>',
}


def rendered(data: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(data)[0].render().to_pil().convert("L")


def ours(text: str) -> Image.Image:
    drawing = draw(ElementTree.fromstring(text))
    scale = SIDE / drawing.width
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(SIDE, SIDE * drawing.height / drawing.width))
    content = f"q {scale} 0 0 {scale} 0 0 cm\n{drawing.operators}\nQ"
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    out = io.BytesIO()
    pdf.save(out)
    return rendered(out.getvalue())


def theirs(text: str) -> Image.Image:
    drawing = svg2rlg(io.BytesIO(text.encode()))
    scale = SIDE / drawing.width
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(SIDE, SIDE * drawing.height / drawing.width))
    canvas.scale(scale, scale)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.save()
    return rendered(out.getvalue())


def alike(one: Image.Image, other: Image.Image) -> bool:
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return False
    histogram = ImageChops.difference(one, other.resize(one.size)).histogram()
    return sum(histogram[64:]) < 0.001 * one.width * one.height


def svg(body: str) -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24">'
    return f"{head}{body}</svg>"


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_house_drawings_look_as_svglib_draws_them(drawing):
    text = drawing.read_text(encoding="utf-8").replace("currentColor", "#102030")
    assert alike(ours(text), theirs(text))


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES)
def test_shapes_look_as_svglib_draws_them(body):
    assert alike(ours(svg(body)), theirs(svg(body)))


def test_a_picture_that_is_not_the_same_is_seen():
    assert not alike(ours(svg(SHAPES["use"])), ours(svg(SHAPES["rules"])))


def test_the_view_box_moves_the_drawing():
    drawing = draw(ElementTree.fromstring('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 10 20 30"/>'))
    assert drawing == (20, 30, "1 0 0 -1 5 40 cm")


@pytest.mark.parametrize(
    ("data", "segments"),
    [
        ("M1-2.5.5", None),
        ("m1 1 2 0", [("m", (1, 1)), ("l", (3, 1))]),
        ("M1,1h2v2z l-1 0", [("m", (1, 1)), ("l", (3, 1)), ("l", (3, 3)), ("h", ()), ("m", (1, 1)), ("l", (0, 1))]),
        ("M0 0A0 5 0 0 1 4 4", [("m", (0, 0)), ("l", (4, 4))]),
        ("", []),
        ("L1 1", None),
        ("M0 0 5", None),
        ("M0 0z5 5", None),
        ("M0 0 A1 1 0 2 0 3 3", None),
        ("M0 0 nonsense", None),
    ],
)
def test_path_data(data, segments):
    if segments is None:
        with pytest.raises(ValueError, match="not well formed"):
            path(data)
    else:
        assert path(data) == segments
