"""The web page says what the leaflet says: the same blocks in the same order, in the right language, and no more."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from handouts.check.contrast import PAIRS
from handouts.colour import contrast
from handouts.compose.palettes import PALETTES, in_palette
from handouts.errors import ContentError
from handouts.make import make
from handouts.model.leaflet import Artwork, Figure, Heading, Leaflet, Span
from handouts.model.locales import describe
from handouts.model.request import Request
from handouts.web.dark import dark
from handouts.web.html import write_html
from handouts.web.pictures import drawing
from tests.conftest import CAUSES, ISSUED, TOPIC, built_in, rendered
from tests.road.reading import Node, read
from tests.web.hearing import Page, Said, expected

LOCALES = built_in().locales()
BRANDS = built_in().brands()
every_locale = pytest.mark.parametrize("locale", LOCALES)


def page(cause: str = "", locale: str = "en", **other: str) -> tuple[Leaflet, Page, str]:
    rendering = rendered(cause, locale, to="html", **other)
    html = rendering.data.decode()
    return rendering.leaflet, Page(html), html


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause or "all")
@every_locale
def test_the_page_has_the_leaflets_blocks_in_order(locale: str, cause: str) -> None:
    leaflet, found, _ = page(cause, locale, brand="harbour-clinic")
    assert found.said == list(expected(leaflet.blocks, leaflet.lang))
    assert found.title == leaflet.title


@every_locale
def test_the_page_and_the_pdf_say_the_same(locale: str) -> None:
    """Texts and alternative texts, read from the page's elements and from the PDF's tags."""
    _, found, _ = page("seborrheic-dermatitis", locale)
    pdf = rendered("seborrheic-dermatitis", locale).pdf
    labels = {"item": "•", "checkbox": "☐"}
    on_screen = [labels.get(one.role, one.text) for one in found.said if one.role != "textbox"]
    # A tick box is the label of its item.
    on_screen = [text for text, after in zip(on_screen, [*on_screen[1:], ""], strict=True) if after != "☐"]
    assert on_screen == list(tagged(read(pdf).root))


def tagged(node: Node) -> Iterator[str]:
    """The texts under a structure element in reading order; a figure's or a drawn label's replacement counts."""
    if node.alt or node.actual:
        yield node.alt or node.actual
    elif any(isinstance(kid, str) for kid in node.kids):
        yield node.text()
    else:
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from tagged(kid)


@every_locale
def test_language_and_direction_are_declared(locale: str) -> None:
    _, found, _ = page("", locale)
    assert found.elements[0] == ("html", {"lang": locale, "dir": describe(locale).direction})


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_a_companions_side_has_its_own_language(locale: str) -> None:
    leaflet, found, _ = page("oily-skincare", "en", companion=locale)
    assert found.said == list(expected(leaflet.blocks, "en"))
    sides = [given for tag, given in found.elements if tag in ("div", "section") and given.get("lang") == locale]
    assert sides
    assert all(given["dir"] == describe(locale).direction for given in sides)
    assert {one.lang for one in found.said} == {"en", locale}


@every_locale
def test_nothing_runs_and_nothing_is_fetched(locale: str) -> None:
    _, found, html = page("", locale, brand="harbour-clinic")
    for tag, given in found.elements:
        assert tag not in ("script", "iframe", "object", "embed", "form", "base")
        assert not [name for name in given if name.startswith("on")]
        assert given.get("src", "data:").startswith("data:")
        assert tag != "link" or given["href"].startswith("data:")
    assert "url(" not in html
    assert "@import" not in html


def test_a_pages_landmarks_and_headings() -> None:
    _, found, _ = page(brand="meadow-practice")
    tags = [tag for tag, _ in found.elements]
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(one.role[1]) for one in found.said if one.role in ("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


def test_ids_are_unique() -> None:
    _, found, _ = page(brand="meadow-practice", companion="ar")
    ids = [given["id"] for _, given in found.elements if "id" in given]
    assert len(ids) == len(set(ids))


def test_the_code_is_a_link_on_a_screen() -> None:
    leaflet, found, _ = page(brand="harbour-clinic")
    assert ("a", {"href": leaflet.brand.link}) in found.elements


def test_a_draft_says_so_in_its_language() -> None:
    rendering = make(
        Request(topic=TOPIC, locale="ar", issued=ISSUED, draft=True, to="html"),
        built_in(),
    )
    watermark = rendering.leaflet.furniture.watermark
    assert watermark
    assert f'<p class="draft" role="note">{watermark.text}</p>' in rendering.data.decode()
    _, _, html = page("", "ar")
    assert 'class="draft"' not in html


def test_words_are_never_markup() -> None:
    leaflet = rendered().leaflet
    name = "</p><script>alert(1)</script>&amp;\"'>"
    span = (Span(text=name),)
    furniture = replace(leaflet.furniture, header=span, footer=(span,))
    hostile = replace(
        leaflet, title=name, subject=name, furniture=furniture, blocks=(Heading(id=1, level=1, spans=span),)
    )
    html = write_html(hostile).decode()
    found = Page(html)
    assert "<script" not in html
    assert found.title == name
    assert found.said == [Said("h1", name, "en")]
    assert ("meta", {"name": "description", "content": name}) in found.elements


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/a.png"/>',
        "<style>path{fill:red}</style>",
        "<foreignObject/>",
        "<text>words</text>",
        '<path onload="alert(1)"/>',
        '<path fill="url(https://example.org/a)"/>',
        '<path style="fill:url(#a)"/>',
        '<use href="other.svg#a"/>',
        "<g>" * 60 + "</g>" * 60,
        "<unclosed>",
    ],
)
def test_a_picture_that_is_more_than_shapes_is_refused(inside: str) -> None:
    with pytest.raises(ContentError, match="The picture “spy”"):
        drawing(picture(inside))


def test_a_document_type_is_refused() -> None:
    data = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'
    with pytest.raises(ContentError, match="document type"):
        drawing(Figure(id=1, artwork=Artwork(name="spy", media="svg", data=data), alt="a"))


def test_a_picture_keeps_its_shapes_and_nothing_else() -> None:
    html = drawing(
        picture('<title>t</title><path id="a" d="M0 0" style="fill:#fff;font-size:9px" class="c"/><use href="#a"/>')
    )
    assert html == (
        '<svg class="icon" viewBox="0 0 8 8" role="img" aria-label="&lt;a&gt;">'
        '<path d="M0 0" fill="#fff" id="i7-a"></path><use href="#i7-a"></use></svg>'
    )


def picture(inside: str) -> Figure:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{inside}</svg>'.encode()
    return Figure(id=7, artwork=Artwork(name="spy", media="svg", data=data), alt="<a>")


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("brand", BRANDS)
def test_colours_can_be_read_in_light_and_dark(brand: str, palette: str) -> None:
    """Measured from the page's own style, for each pair of colours that meets; 7:1 in high contrast."""
    own = in_palette(built_in().brand(brand), palette).palette
    _, _, html = page(brand=brand, palette=palette)
    light, night = re.search(
        r"\n:?root \{(.*?)\n\}\n@media screen and \(prefers-color-scheme: dark\) \{(.*?)\n\}", html, re.S
    ).groups()
    assert colours(night)["ink"] == dark(own).ink
    band = colours(light)["primary"]
    for shown in (colours(light), colours(night)):
        for pair in PAIRS:
            ground = band if pair.background == "primary" else shown[pair.background]
            least = 7.0 if palette == "high-contrast" and pair.minimum >= 4.5 else pair.minimum
            assert contrast(shown[pair.foreground], ground) >= least, pair


def colours(style: str) -> dict[str, str]:
    return {name.replace("-", "_"): code for name, code in re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style)}


def test_the_same_leaflet_is_the_same_bytes() -> None:
    request = Request(topic=TOPIC, locale="ur", issued=ISSUED, to="html", faces=True)
    assert make(request, built_in()).sha256 == make(request, built_in()).sha256


@every_locale
def test_faces_travel_with_the_page_when_asked(locale: str) -> None:
    data = make(Request(topic=TOPIC, locale=locale, issued=ISSUED, to="html", faces=True), built_in()).data.decode()
    families = re.search(r":root \{ --faces: (.*?); \}", data)
    assert families
    named = set(re.findall(r'@font-face \{ font-family: ("\w+")', data))
    assert named == set(families[1].split(", "))
    assert all(source.startswith("data:font/ttf;base64,") for source in re.findall(r'url\("(.*?)"\)', data))
    assert "--faces:" not in rendered("", locale, to="html").data.decode()
