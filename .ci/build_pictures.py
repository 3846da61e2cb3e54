"""Makes the README's pictures from real pages: ``.venv/bin/python .ci/build_pictures.py`` (needs the test group)."""

import tempfile
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from handouts.library import Library
from handouts.make import make
from handouts.model.request import Request
from handouts.press.run import run
from handouts.press.settings import Settings

FOLDER = Path(__file__).parent / "pictures"
TOPIC = "back-fat-granules"
ISSUED = date(2026, 11, 28)
LIBRARY = Library()
GAP = 12


def pages(width: int, **asked: str) -> list[Image.Image]:
    """Return a leaflet's pages, ``width`` pixels wide, with a hairline around each."""
    made = make(Request(topic=TOPIC, issued=ISSUED, **asked), LIBRARY)
    document = pypdfium2.PdfDocument(made.data)
    found = []
    for page in document:
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        found.append(ImageOps.expand(picture, 1, "#b8c0c4"))
    return found


def sheet(name: str, pictures: list[Image.Image], columns: int) -> None:
    """Write pictures as rows of a sheet."""
    rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
    width = max(sum(one.width for one in row) + GAP * (len(row) + 1) for row in rows)
    height = sum(max(one.height for one in row) + GAP for row in rows) + GAP
    whole = Image.new("RGB", (width, height), "#f4f6f7")
    y = GAP
    for row in rows:
        x = GAP
        for one in row:
            whole.paste(one, (x, y))
            x += one.width + GAP
        y += max(one.height for one in row) + GAP
    whole.quantize(96).save(FOLDER / name, optimize=True)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    sheet(
        "tailored.png",
        [
            *pages(420, cause="follicular-keratosis", brand="harbour-clinic"),
            *pages(420, cause="incomplete-cleansing", locale="ar", brand="meadow-practice"),
        ],
        2,
    )
    sheet("all-causes.png", pages(420), 2)
    sheet(
        "sizes.png",
        [
            pages(260, cause="oily-skincare")[0],
            pages(260, cause="oily-skincare", format="large")[0],
            pages(260, cause="oily-skincare", format="giant")[0],
        ],
        3,
    )
    sheet("bilingual.png", pages(420, locale="en", companion="ar", cause="oily-skincare", brand="harbour-clinic"), 2)
    sheet("locales.png", [pages(150, locale=tag, cause="oily-skincare")[0] for tag in LIBRARY.locales()], 8)
    press()


def press() -> None:
    """Write the first sheets of a merged run of three leaflets, each with its panel."""
    rows = ("oily-skincare,en,Example Person,2026-11-28", "oily-skincare,ar,مريم مثال,2026-11-28")
    with tempfile.TemporaryDirectory() as folder:
        manifest = Path(folder) / "run.csv"
        manifest.write_text("cause,locale,name,date\n" + "\n".join(rows) + "\n", encoding="utf-8")
        run(manifest, Path(folder) / "stack", LIBRARY, Settings(merge=True, sides=1), ISSUED)
        document = pypdfium2.PdfDocument((Path(folder) / "stack" / "run.pdf").read_bytes())
        found = [page.render(scale=400 / page.get_width()).to_pil().convert("RGB") for page in document]
    sheet("press.png", [ImageOps.expand(one, 1, "#b8c0c4") for one in found[:2]], 2)


if __name__ == "__main__":
    main()
