"""The plain text has the leaflet's words in the leaflet's order, and numbers that cannot turn round."""

import re

import pytest
from msgspec.structs import replace

from handouts.model.leaflet import Span
from handouts.web.text import words, write_text
from tests.conftest import built_in, rendered
from tests.road.expected import CONTROLS, pieces

LOCALES = built_in().locales()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_text_has_every_word_in_order(locale: str) -> None:
    rendering = rendered("follicular-keratosis", locale, brand="harbour-clinic", to="text")
    text = CONTROLS.sub("", rendering.data.decode())
    place = 0
    for piece in pieces(rendering.leaflet.blocks):
        if piece.part != "figure":
            place = text.index(piece.text, place) + len(piece.text)
    for spans in (rendering.leaflet.furniture.header, *rendering.leaflet.furniture.footer):
        place = text.index("".join(span.text for span in spans), place)


def test_the_text_adds_nothing_but_the_codes_link() -> None:
    rendering = rendered("", "en", brand="harbour-clinic", to="text")
    furniture, link = rendering.leaflet.furniture, rendering.leaflet.brand.link
    said = [piece.text for piece in pieces(rendering.leaflet.blocks) if piece.part != "figure"]
    said += ["".join(span.text for span in spans) for spans in (furniture.header, *furniture.footer)]
    left = rendering.data.decode()
    assert link in left
    for text in [link, *said]:
        left = left.replace(text, "", 1)
    assert left.replace(":", "").strip() == ""


def test_plain_means_plain() -> None:
    data = rendered("", "en", to="text").data
    text = data.decode()
    assert not re.search(r"[<>\t\r]|\n\n\n|[ ]\n", text)
    assert text.endswith("\n")
    assert not text.startswith("\n")
    assert not CONTROLS.search(text)


def test_a_telephone_number_stands_apart_in_a_right_to_left_line() -> None:
    number = (Span(text="020 7946 0123", isolate="ltr", keep=True),)
    assert words(number, "rtl") == "\u2066020 7946 0123\u2069"
    assert words(number, "ltr") == "020 7946 0123"
    text = rendered("", "ar", brand="harbour-clinic", to="text").data.decode()
    assert "\u2066020 7946 0123\u2069" in text


def test_a_right_to_left_name_stands_apart_in_a_left_to_right_line() -> None:
    assert words((Span(text="עיר", isolate="auto"),), "ltr") == "\u2068עיר\u2069"
    assert words((Span(text="עיר", isolate="auto"),), "rtl") == "עיר"


def test_a_draft_says_so_first() -> None:
    leaflet = rendered("", "en").leaflet
    assert not write_text(leaflet).decode().startswith("DRAFT\n")
    draft = replace(leaflet.furniture, watermark=Span(text="DRAFT"))
    assert write_text(replace(leaflet, furniture=draft)).decode().startswith("DRAFT\n")
