"""Words of values: the short road of plain Latin names leads where the long one does."""

import pytest
from setting import forme

from handouts.model.leaflet import Span
from handouts.press.lines import Setter
from handouts.typeset.itemise import itemise_once

WORDS = ("Bruno ", "O'Neill", "Smith-Jones,", "fi", "AVATAR ", "Wojtyla.", "a")


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "ja", "km", "ru", "ur"])
@pytest.mark.parametrize("word", WORDS)
def test_a_plain_latin_word_is_set_as_any_other(locale: str, word: str) -> None:
    setter = forme(locale=locale).desk.setter
    assert isinstance(setter, Setter)
    (run,) = setter._latin(word)
    (long,) = itemise_once((Span(text=word),), setter._directed[False], False).runs
    assert (run.face, run.units, run.clusters) == (long.face.name, long.face.units, long.shaped.clusters)
    assert (long.level, long.language) == (0, locale)


def test_words_of_other_letters_take_the_long_road() -> None:
    setter = forme(locale="en").desk.setter
    assert len(setter.paragraph("Nguyễn Владимир 王", forme(locale="en").desk.style, 500)) == 1
