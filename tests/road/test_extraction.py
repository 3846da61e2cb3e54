"""What a finished leaflet gives back to whoever copies, searches or hears it."""

import re
import shutil
import subprocess
from collections import Counter

import pypdfium2
import pytest

from handouts.model.locales import describe
from tests.conftest import CAUSES, built_in, rendered
from tests.road.expected import CONTROLS, folded, messages, pieces
from tests.road.reading import Node, read

LOCALES = built_in().locales()
LEFT_TO_RIGHT = [locale for locale in LOCALES if describe(locale).direction == "ltr"]
RIGHT_TO_LEFT = [locale for locale in LOCALES if describe(locale).direction == "rtl"]
WORDS_BACK = 0.97
"""The share of a right-to-left leaflet's words that must come back; extractors guess at the order of its marks."""

FAR_LINES = ("Khmr", "Laoo", "Mymr")
"""Scripts whose line distance makes poppler take the rows of two columns for single lines: read as painted instead."""

UNWANTED = re.compile("[\ue000-\uf8ff\ufb50-\ufdff\ufe70-\ufefe\U000f0000-\U0010ffff\ufffd]")
"""Private use (planes 0, 15, 16), presentation forms, the replacement character."""

poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (Debian: poppler-utils) is not installed")
every_leaflet = pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause or "all")


def by_poppler(pdf: bytes, *options: str) -> str:
    line = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(line, input=pdf, capture_output=True, check=True).stdout.decode()


def by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def missed(locale: str, cause: str, extracted: str) -> dict[str, str]:
    """The messages that the extracted text does not hold exactly, by key."""
    rendering = rendered(cause, locale)
    script = rendering.leaflet.script
    whole = folded(extracted, script)
    wanted = messages(rendering, built_in())
    assert len(wanted) > 20
    return {key: text for key, text in wanted.items() if folded(text, script) not in whole}


def words(text: str) -> Counter[str]:
    """The words of a text, punctuation aside; poppler's own direction marks end a word as well."""
    return Counter(re.findall(r"[^\W_]+(?:[\u064b-\u0652\u0670]+[^\W_]*)*", text))


def share(locale: str, cause: str, extracted: str) -> float:
    """The share of the leaflet's words that the extracted text holds."""
    wanted = words(" \n ".join(messages(rendered(cause, locale), built_in()).values()))
    return 1 - (wanted - words(extracted)).total() / wanted.total()


@poppler
@every_leaflet
@pytest.mark.parametrize("locale", LEFT_TO_RIGHT)
def test_poppler_gives_every_message_back(locale: str, cause: str) -> None:
    rendering = rendered(cause, locale)
    options = ("-raw",) if rendering.leaflet.script in FAR_LINES else ()
    assert missed(locale, cause, by_poppler(rendering.pdf, *options)) == {}


@every_leaflet
@pytest.mark.parametrize("locale", LEFT_TO_RIGHT)
def test_pdfium_gives_every_message_back(locale: str, cause: str) -> None:
    assert missed(locale, cause, by_pdfium(rendered(cause, locale).pdf)) == {}


@poppler
@every_leaflet
@pytest.mark.parametrize("locale", RIGHT_TO_LEFT)
def test_poppler_gives_right_to_left_words_back(locale: str, cause: str) -> None:
    assert share(locale, cause, by_poppler(rendered(cause, locale).pdf)) >= WORDS_BACK


@every_leaflet
@pytest.mark.parametrize("locale", RIGHT_TO_LEFT)
def test_pdfium_gives_right_to_left_words_back(locale: str, cause: str) -> None:
    assert share(locale, cause, by_pdfium(rendered(cause, locale).pdf)) >= WORDS_BACK


@every_leaflet
@pytest.mark.parametrize("locale", LOCALES)
def test_the_tags_give_the_whole_text_back(locale: str, cause: str) -> None:
    """Codes through ToUnicode, mark by mark in structure order: all of the leaflet, and nothing else."""
    rendering = rendered(cause, locale)
    wanted = [piece.text for piece in pieces(rendering.leaflet.blocks)]
    assert list(said(read(rendering.pdf).root)) == wanted


def said(node: Node) -> list[str]:
    """The texts under an element in reading order: a text block's own, a figure's alternative text, a drawn label's."""
    if node.alt or node.actual:
        return [node.alt or node.actual]
    if any(isinstance(kid, str) for kid in node.kids):
        return [node.text()]
    return [text for kid in node.kids if isinstance(kid, Node) for text in said(kid)]


@every_leaflet
@pytest.mark.parametrize("locale", LOCALES)
def test_no_character_without_a_meaning_of_its_own(locale: str, cause: str) -> None:
    pdf = rendered(cause, locale).pdf
    found = read(pdf)
    assert not UNWANTED.search(found.root.text() + "".join(found.artifacts))
    assert not UNWANTED.search(by_pdfium(pdf))


@every_leaflet
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_has_its_furniture(locale: str, cause: str) -> None:
    """Head and foot are artifacts: they are painted on every page, whole, and are no part of the tree."""
    rendering = rendered(cause, locale)
    painted = CONTROLS.sub("", "".join(read(rendering.pdf).artifacts))
    for number in range(1, len(rendering.pages) + 1):
        label = rendering.leaflet.furniture.page.text.replace("{pages}", str(len(rendering.pages)))
        assert CONTROLS.sub("", label.replace("{page}", str(number))) in painted
