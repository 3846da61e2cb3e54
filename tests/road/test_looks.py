"""The first page's look, against small pictures that were looked at: a broken layout is seen, a changed word is not."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.conftest import rendered
from tests.road.references import FOLDER, updating, write

LOCALES = ("en", "ar", "hi", "th", "zh-Hans")
RESOLUTION = 60
"""Dots per inch: lines and panels are seen, letters are not."""

GREYS = 16
MOST_BYTES = 25_000
APART = 6.0
"""How far pictures may lie apart: mean difference of greys (0 to 255) after blurring.

Two locales differ by 13 or more, a page moved by two dots by 7.
"""


def first_page(locale: str) -> Image.Image:
    """The first page of the leaflet on all causes in a few greys."""
    document = pypdfium2.PdfDocument(rendered("", locale).pdf)
    try:
        picture = document[0].render(scale=RESOLUTION / 72).to_pil().convert("L")
    finally:
        document.close()
    return picture.point([round(grey / 255 * (GREYS - 1)) * 255 // (GREYS - 1) for grey in range(256)])


def apart(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures of one size, each blurred so that a hair's shift counts little."""
    blurred = [picture.filter(ImageFilter.GaussianBlur(1.5)) for picture in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*blurred)).mean[0])


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    few = picture.quantize(GREYS, dither=Image.Dither.NONE)
    few.save(out, "png", optimize=True)
    return out.getvalue()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_page_looks_as_it_was_found_right(locale: str) -> None:
    path, page = FOLDER / "pictures" / f"{locale}.png", first_page(locale)
    if updating():
        write(path, png(page))
    with Image.open(path) as reference:
        assert reference.size == page.size
        assert apart(reference.convert("L"), page) <= APART, "If this is meant, run again with UPDATE_REFERENCES=1."
    assert path.stat().st_size <= MOST_BYTES


def test_a_broken_layout_is_seen() -> None:
    """What the test above is worth: pages that differ lie further apart than it allows."""
    page = first_page("en")
    lower = ImageChops.offset(page, 0, 6)
    mirrored = page.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert apart(page, page) == 0
    assert min(apart(page, other) for other in (lower, mirrored, first_page("th"))) > APART
