import io
import zlib

import pytest
from PIL import Image

from handouts.errors import ContentError
from handouts.model.leaflet import Artwork
from handouts.pdf.pictures import MAX_SVG_BYTES, prepare

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24">'


def svg(body: str, opening: str = OPEN) -> Artwork:
    return Artwork(name="drop.svg", media="svg", data=f"{opening}{body}</svg>".encode())


def png(image: Image.Image) -> Artwork:
    out = io.BytesIO()
    image.save(out, "PNG")
    return Artwork(name="logo.png", media="png", data=out.getvalue())


def operators(artwork: Artwork, colour: str = "#000000") -> str:
    return zlib.decompress(prepare(artwork, colour).data).decode()


def test_current_colour_is_replaced():
    assert "1 0 0 rg" in operators(svg('<path fill="currentColor" d="M0 0h9v9z"/>'), "#ff0000")
    assert "0 0 1 rg" in operators(svg('<path style="fill:currentcolor" d="M0 0h9v9z"/>'), "#0000ff")


def test_a_picture_names_no_font_and_no_resources():
    ready = prepare(svg('<circle cx="4" cy="4" r="3"/>'), "#000000")
    assert "BT" not in operators(svg('<circle cx="4" cy="4" r="3"/>')).split()
    assert "/Resources << >>" in ready.entries
    assert "/BBox [0 0 24 24] /Matrix [0.04166667 0 0 0.04166667 0 0]" in ready.entries


def test_an_editors_own_data_is_ignored():
    extra = '<metadata><x xmlns="urn:x" onload="y"/></metadata><title>Drop</title><e:view xmlns:e="urn:e"/>'
    assert operators(svg(extra.replace(' onload="y"', "") + '<path d="M0 0h9v9z"/>')) == operators(
        svg('<path d="M0 0h9v9z"/>')
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<text>a</text>", "uses <text>"),
        ("<script>x</script>", "uses <script>"),
        ('<g onclick="x"/>', "holds a script"),
        ('<image href="a.png"/>', "uses <image>"),
        ('<use href="other.svg#a"/>', "refers to another file"),
        ('<use xlink:href="https://example.org/a.svg#a"/>', "refers to another file"),
        ('<g id="a"><use href="#a"/></g>', "of another <use>"),
        ('<g id="a"><path d="M0 0"/></g><g id="b"><use href="#a"/></g><use href="#b"/>', "of another <use>"),
        ('<g id="a">' + "<path/>" * 100 + "</g>" + '<use href="#a"/>' * 100, "too many parts"),
        ("<g>" * 60 + "</g>" * 60, "too many parts"),
        ("<g/>" * 6000, "too many parts"),
        ('<path fill="url(#a)" d="M0 0h9v9z"/>', "uses fill"),
        ('<path style="fill:url(https://example.org/a)" d="M0 0h9v9z"/>', "uses style"),
        ("<linearGradient/>", "uses <linearGradient>"),
        ("<foreignObject/>", "uses <foreignObject>"),
        ("<style>@import url(x)</style>", "uses <style>"),
        ('<path opacity="0.5" d="M0 0h9v9z"/>', "partly transparent"),
        ('<path style="fill-opacity: .5" d="M0 0h9v9z"/>', "partly transparent"),
        ('<path fill="rgba(0,0,0,.4)" d="M0 0h9v9z"/>', "uses the colour"),
        ('<path fill="oops" d="M0 0h9v9z"/>', "uses the colour"),
        ('<path style="mix-blend-mode:multiply" d="M0 0h9v9z"/>', "uses mix-blend-mode"),
        ('<path stroke-width="5%" d="M0 0h9v9z"/>', "uses the length"),
        ('<path d="M0 0h9e99v9z"/>', "out of range"),
        ('<path d="M0 0 L 5"/>', "path data"),
        ('<g transform="turn(5)"/>', "uses transform"),
        ("<svg/>", "uses <svg>"),
        ("<path", "not well-formed"),
    ],
)
def test_what_could_harm_or_differ_is_refused(body, why):
    with pytest.raises(ContentError, match=r"drop\.svg") as caught:
        prepare(svg(body), "#000000")
    assert why in caught.value.message
    assert caught.value.hint


def test_entities_are_refused():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    with pytest.raises(ContentError, match="document type"):
        prepare(Artwork(name="bomb.svg", media="svg", data=bomb), "#000000")


def test_other_files_and_sizes_are_refused():
    with pytest.raises(ContentError, match="larger than 200 KB"):
        prepare(svg(" " * MAX_SVG_BYTES), "#000000")
    with pytest.raises(ContentError, match="not an SVG"):
        prepare(Artwork(name="a.svg", media="svg", data=b"<html/>"), "#000000")
    with pytest.raises(ContentError, match="not UTF-8"):
        prepare(Artwork(name="a.svg", media="svg", data=b"\xff\xfe<"), "#000000")
    with pytest.raises(ContentError, match=r"drop\.svg"):
        prepare(svg('<path d="M0 0h9v9z"/>', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0">'), "#000000")


def test_transparent_pixels_become_white():
    image = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 255, 255))
    ready = prepare(png(image), "#000000")
    assert zlib.decompress(ready.data) == b"\xff\xff\xff\x00\x00\xff"
    assert "/DeviceRGB" in ready.entries
    assert "SMask" not in ready.entries


def test_grey_stays_grey():
    assert "/DeviceGray" in prepare(png(Image.new("1", (8, 8), 1)), "#000000").entries
    assert "/DeviceGray" in prepare(png(Image.new("LA", (8, 8))), "#000000").entries


def test_damaged_and_huge_pngs_are_refused():
    good = png(Image.effect_noise((64, 64), 50))
    for data in (good.data[:-200], good.data[:60], b"GIF89a" + good.data, good.data[:40] + b"?" + good.data[41:]):
        with pytest.raises(ContentError, match=r"logo\.png"):
            prepare(Artwork(name="logo.png", media="png", data=data), "#000000")
    wide = good.data[:16] + (100_000).to_bytes(4, "big") + good.data[20:]
    with pytest.raises(ContentError, match="4096 pixels"):
        prepare(Artwork(name="logo.png", media="png", data=wide), "#000000")
    with pytest.raises(ContentError, match="more than 8 bits"):
        prepare(png(Image.new("I;16", (4, 4))), "#000000")
