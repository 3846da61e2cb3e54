"""What the tests share: the built-in library, its fonts, and finished leaflets (each made once a process)."""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from PIL import ImageFile

from handouts.library import Library
from handouts.make import make
from handouts.model.page import FontFile
from handouts.model.request import Rendering, Request
from handouts.typeset.itemise import Fonts
from handouts.typeset.shape import face

ROOT = Path(__file__).parent.parent
FUZZ = int(os.environ.get("HANDOUTS_FUZZ", "300"))
"""How many damaged catalogues each test of them tries: HANDOUTS_FUZZ=10000 for the long run."""
ISSUED = date(2026, 11, 28)
TOPIC = "back-fat-granules"
CAUSES = (
    "",
    "incomplete-cleansing",
    "oily-skincare",
    "follicular-keratosis",
    "blocked-sebaceous-ducts",
    "seborrheic-dermatitis",
)


@lru_cache(maxsize=1)
def built_in() -> Library:
    return Library()


@lru_cache(maxsize=512)
def rendered(cause: str = "", locale: str = "en", **other: str) -> Rendering:
    return make(Request(topic=TOPIC, cause=cause, locale=locale, issued=ISSUED, **other), built_in())


def font_files(*names: str) -> tuple[FontFile, ...]:
    folder = ROOT / "handouts" / "fonts"
    return tuple(FontFile(name, (folder / f"{name}.ttf").read_bytes()) for name in names)


@pytest.fixture(autouse=True)
def whole_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what importing WeasyPrint does to the whole process: Pillow would take truncated pictures."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


@pytest.fixture(scope="session")
def library() -> Library:
    return built_in()


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Faces for Latin, Arabic, Devanagari, Thai and Chinese, in one chain."""
    families = ("NotoSans", "NotoSansArabic", "NotoSansDevanagari", "NotoSansThaiLooped", "NotoSansSC")
    symbols = [face(file) for file in font_files("NotoSansSymbols2-Regular", "NotoSansMath-Regular")]
    regular = [face(file) for file in font_files(*(f"{family}-Regular" for family in families))]
    bold = [face(file) for file in font_files(*(f"{family}-Bold" for family in families))]
    return Fonts((*regular, *symbols), (*bold, *symbols))
