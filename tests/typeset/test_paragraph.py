"""Lines: nothing lost, nothing too wide, what belongs together stays together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.model.leaflet import Span
from handouts.model.page import GlyphRun, LinkArea, Owner
from handouts.typeset.itemise import Fonts, Setting
from handouts.typeset.paragraph import Line, TextStyle, natural_width, set_lines

STYLE = TextStyle(12, 16, "#000000")
OWNER = Owner(1)


def setting(fonts: Fonts, language: str = "en", script: str = "Latn", rtl: bool = False) -> Setting:
    return Setting(fonts, script, language, rtl)


def text_of(lines: tuple[Line, ...]) -> str:
    return "".join(item.text for line in lines for item in line.items if isinstance(item, GlyphRun))


WORDS = st.text(st.sampled_from("abc defg hiñ ß — “x” 20 mg, 5–10 (see) "), min_size=1, max_size=200)


@given(words=WORDS, width=st.floats(40, 500))
@settings(max_examples=80, deadline=None)
def test_no_text_is_lost_at_any_width(fonts: Fonts, words: str, width: float) -> None:
    lines = set_lines((Span(text=words),), STYLE, width, setting(fonts), OWNER)
    assert text_of(lines) == words


@given(words=WORDS, width=st.floats(140, 500))
@settings(max_examples=80, deadline=None)
def test_no_line_is_wider_than_its_column(fonts: Fonts, words: str, width: float) -> None:
    unbroken = max(
        natural_width((Span(text=word),), STYLE, setting(fonts))
        for word in words.replace("mg", "mg").split(" ") or [""]
    )
    for line in set_lines((Span(text=words),), STYLE, width, setting(fonts), OWNER):
        assert line.width <= max(width, unbroken + 60) + 0.02


def test_value_and_unit_stay_on_one_line(fonts: Fonts) -> None:
    words = "Use 20 mg a day for 5–10 days and call 020 7946 0958."
    for width in range(60, 300, 7):
        for line in set_lines((Span(text=words),), STYLE, width, setting(fonts), OWNER):
            text = text_of((line,)).strip()
            assert not text.endswith("20") and not text.startswith("mg")
            assert not text.endswith(("5–", "020", "7946"))


def test_kept_span_is_not_broken(fonts: Fonts) -> None:
    spans = (Span(text="Write to "), Span(text="a b c d e f", keep=True), Span(text=" today"))
    for width in range(80, 200, 9):
        lines = set_lines(spans, STYLE, width, setting(fonts), OWNER)
        assert any("a b c d e f" in text_of((line,)) for line in lines)


def test_last_line_is_not_a_stub(fonts: Fonts) -> None:
    words = "Wash your back every day with lukewarm water and an oil-control cleanser at home"
    for width in range(200, 420, 10):
        lines = set_lines((Span(text=words),), STYLE, width, setting(fonts), OWNER)
        if len(lines) > 1:
            assert len(text_of((lines[-1],)).split()) > 1


def test_missing_glyph_names_character_code_point_and_key(fonts: Fonts) -> None:
    with pytest.raises(ContentError) as caught:
        set_lines((Span(text="sad \U0001f9a0", key="cause.x.why"),), STYLE, 200, setting(fonts), OWNER)
    (finding,) = caught.value.findings
    assert "U+1F9A0" in finding.message
    assert finding.where.key == "cause.x.why"


def test_link_gives_an_area_per_line_and_is_owned(fonts: Fonts) -> None:
    spans = (Span(text="See "), Span(text="our web page", href="https://example.org"), Span(text="."))
    lines = set_lines(spans, STYLE, 60, setting(fonts), OWNER)
    areas = [item for line in lines for item in line.items if isinstance(item, LinkArea)]
    assert len(areas) >= 2
    assert {area.place for area in areas} == {Owner(1, "text", 1)}


def test_empty_paragraph_has_no_lines(fonts: Fonts) -> None:
    assert set_lines((Span(text=""),), STYLE, 100, setting(fonts), OWNER) == ()


def test_right_to_left_text_starts_at_the_right(fonts: Fonts) -> None:
    (line,) = set_lines((Span(text="اغسل ظهرك"),), STYLE, 300, setting(fonts, "ar", "Arab", True), OWNER)
    right = max(item.x + item.width for item in line.items if isinstance(item, GlyphRun))
    assert right == pytest.approx(300, abs=0.01)


def test_latin_name_in_right_to_left_text_keeps_its_order(fonts: Fonts) -> None:
    spans = (Span(text="كريم "), Span(text="vitamin A 24", isolate="ltr"), Span(text=" يوميا"))
    (line,) = set_lines(spans, STYLE, 400, setting(fonts, "ar", "Arab", True), OWNER)
    runs = sorted((item for item in line.items if isinstance(item, GlyphRun)), key=lambda run: run.x)
    latin = "".join(run.text for run in runs if not run.rtl)
    assert latin == "vitamin A 24"
    assert text_of((line,)) == "كريم vitamin A 24 يوميا"
