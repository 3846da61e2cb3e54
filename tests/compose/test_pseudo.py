"""Pseudo-locales: every text is there, changed, and each leaflet of them is set without overflow or missing glyph."""

import re

import pytest

from handouts.compose.pseudo import LONGER, pseudo_text
from handouts.errors import NotFound
from handouts.findings import Severity
from handouts.model.authored import Text
from handouts.model.locales import PSEUDO_LOCALES, match_locale
from handouts.model.page import GlyphRun
from handouts.model.walk import texts
from tests.conftest import CAUSES, TOPIC, built_in, rendered

FRAME = re.compile(r"\{[^{}]*\}|</?b>")


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
def test_every_text_is_longer_and_keeps_its_frame(locale: str) -> None:
    catalogue = built_in().catalogue(locale, TOPIC)
    english = [*texts(built_in().words()), *texts(built_in().topic(TOPIC))]
    assert [key.source for key in catalogue.messages] == english
    for key, message in catalogue.messages.items():
        assert FRAME.findall(message.text) == FRAME.findall(key.source)
        assert len(message.text) >= (1 + LONGER) * len(key.source)
        assert not re.search("[A-Za-z]", FRAME.sub("", message.text))


def test_bold_placeholders_and_the_end_are_kept() -> None:
    assert pseudo_text(Text("Page <b>{page}</b>."), mirrored=False) == "[Þåĝé <b>{page}</b> öñé ţŵö ţĥŕéé]."
    assert pseudo_text(Text("Do"), mirrored=True) == "\u202e[Ðö\u202c \u202eöñé]\u202c"


def test_they_are_found_by_name_alone() -> None:
    assert not set(PSEUDO_LOCALES) & set(built_in().locales())
    assert [match_locale(tag, ["en"]) for tag in ("qps-ploc", "QPS_PLOCM")] == [*PSEUDO_LOCALES]
    for tag in ("qps", "qps-Latn", "qps-AA"):
        with pytest.raises(NotFound):
            match_locale(tag, built_in().locales())


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
@pytest.mark.parametrize("form", built_in().formats())
@pytest.mark.parametrize("cause", CAUSES)
def test_every_leaflet_holds_longer_words(locale: str, form: str, cause: str) -> None:
    made = rendered(cause, locale, format=form)
    assert {one.rule for one in made.findings if one.severity is not Severity.NOTE} <= {"pdf.page-count"}
    assert made.leaflet.direction == ("rtl" if locale.endswith("m") else "ltr")
    for page in made.pages:
        runs = [item for item in page.items if isinstance(item, GlyphRun) and not item.angle]
        assert runs
        for run in runs:
            width = sum(cluster.advance for cluster in run.clusters) * run.size / run.units
            assert run.x >= 0
            assert run.x + width <= page.width
            assert 0 <= run.y <= page.height
            assert all(glyph for cluster in run.clusters for glyph, _, _ in cluster.glyphs)
