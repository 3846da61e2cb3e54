"""Makes the README's pictures of web pages: ``.venv/bin/python .ci/build_web_pictures.py`` (needs Chromium)."""

import io
import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image, ImageOps

from handouts.library import Library
from handouts.make import make
from handouts.model.request import Request

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.web.browser import Browser, Scheme  # noqa: E402 - the tests' browser is not installed

FOLDER = ROOT / ".ci" / "pictures"
WIDTH, HEIGHT, GAP = 390, 760, 16
PLAN = 'document.querySelector(".tick").previousElementSibling.previousElementSibling.scrollIntoView()'
TOP = "scrollTo(0, 0)"


def screen(browser: Browser, page: Path, scheme: Scheme, scroll: str) -> Image.Image:
    """Return what a telephone shows of a page, with a hairline around."""
    browser.open(page, scheme, WIDTH, HEIGHT)
    browser.run("document.fonts.ready.then(() => 0)")
    browser.run(scroll)
    return ImageOps.expand(Image.open(io.BytesIO(browser.picture())).convert("RGB"), 1, "#b8c0c4")


def main() -> None:
    """Write one picture a locale: the page's start by day, its plan by night."""
    library = Library()
    with Browser() as browser, tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        for locale, brand in (("en", "harbour-clinic"), ("ar", "meadow-practice")):
            asked = Request(
                topic="back-fat-granules",
                cause="seborrheic-dermatitis",
                locale=locale,
                brand=brand,
                issued=date(2026, 11, 28),
                to="html",
                faces=True,
            )
            page.write_bytes(make(asked, library).data)
            whole = Image.new("RGB", (2 * (WIDTH + 2) + 3 * GAP, HEIGHT + 2 + 2 * GAP), "#f4f6f7")
            whole.paste(screen(browser, page, "light", TOP), (GAP, GAP))
            whole.paste(screen(browser, page, "dark", PLAN), (WIDTH + 2 + 2 * GAP, GAP))
            whole.quantize(192).save(FOLDER / f"web.{locale}.png", optimize=True)


if __name__ == "__main__":
    main()
