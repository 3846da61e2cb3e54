"""What a leaflet says is composed once for all formats, and anew for all else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from handouts.make import composed, load
from handouts.model.leaflet import Leaflet
from handouts.model.request import Request
from tests.conftest import ISSUED, TOPIC, built_in

REQUEST = Request(topic=TOPIC, cause="oily-skincare", locale="es", issued=ISSUED)


def said(**other: object) -> Leaflet:
    request = replace(REQUEST, **other)
    return composed(request, load(request, built_in()))[0]


def test_formats_and_papers_share_their_words() -> None:
    assert said() is said(format="large") is said(paper="letter")


@pytest.mark.parametrize(
    "other",
    [
        {"cause": ""},
        {"cause": "follicular-keratosis"},
        {"locale": "ar"},
        {"issued": ISSUED + timedelta(1)},
        {"draft": True},
        {"brand": "harbour-clinic"},
        {"palette": "greyscale"},
    ],
)
def test_everything_else_says_something_else(other: dict[str, object]) -> None:
    assert said(**other) != said()
