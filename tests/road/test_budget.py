"""Pages: two at most for all causes, one for one cause, at standard size, on either paper, under every brand."""

import io

import pikepdf
import pytest
from msgspec.structs import replace

from handouts.errors import ContentError
from handouts.make import load
from handouts.typeset.pages import paginate
from tests.conftest import CAUSES, built_in, rendered

LOCALES = ("en", "es", "ar", "hi", "th", "zh-Hans", "ru")
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""Width and height in millimetres."""

MILLIMETRE = 72 / 25.4


@pytest.mark.parametrize("brand", built_in().brands())
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("locale", LOCALES)
def test_pages_keep_to_the_budget(locale: str, paper: str, brand: str) -> None:
    most = built_in().format("standard")
    assert (most.pages, most.pages_tailored) == (2, 1)
    counts = {cause: len(rendered(cause, locale, paper=paper, brand=brand).pages) for cause in CAUSES}
    assert {cause: count for cause, count in counts.items() if count > (1 if cause else 2)} == {}


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_are_as_large_as_the_paper(paper: str) -> None:
    wide, high = (side * MILLIMETRE for side in PAPERS[paper])
    with pikepdf.open(io.BytesIO(rendered("", "en", paper=paper).pdf)) as pdf:
        for page in pdf.pages:
            assert [float(value) for value in page.mediabox] == pytest.approx([0, 0, wide, high], abs=0.01)


def test_a_leaflet_of_very_many_pages_is_refused() -> None:
    rendering = rendered("", "en")
    sources = load(rendering.request, built_in())
    endless = replace(rendering.leaflet, blocks=rendering.leaflet.blocks * 130)
    with pytest.raises(ContentError, match=r"would have 2\d\d pages; 200 are the most"):
        paginate(endless, sources.format, "a4", sources.fonts)
