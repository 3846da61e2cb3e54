"""What the finished bytes say, element by element, against what was composed."""

from collections import Counter

import pytest

from handouts.check.preflight.document import Document
from handouts.check.preflight.reading import Heard, letters, read_out
from handouts.check.preflight.subject import Expected, Inspected
from handouts.check.words import alternatives, passages
from tests.conftest import built_in, rendered

CAUSE = "seborrheic-dermatitis"


def heard(locale: str) -> tuple[Heard, ...]:
    with Document(rendered(CAUSE, locale).pdf) as document:
        return read_out(Inspected(document, Expected()))


@pytest.mark.parametrize("locale", built_in().locales())
def test_every_passage_is_read_out_and_nothing_else(locale: str) -> None:
    parts = heard(locale)
    composed = passages(rendered(CAUSE, locale).leaflet)
    said = Counter(letters(part.own) for part in parts if part.own.strip() and part.role != "/Lbl")
    whole = {letters(part.text) for part in parts}
    assert [passage.text for passage in composed if letters(passage.text) not in whole] == []
    labels = Counter(letters("".join(part.own for part in parts if part.role == "/Lbl")))
    everything = Counter(letters("".join(passage.text for passage in composed)))
    assert sum((Counter("".join(said.elements())) - everything - labels).values()) == 0


@pytest.mark.parametrize("locale", built_in().locales())
def test_pictures_tell_what_they_show_in_order(locale: str) -> None:
    told = [part.alt for part in heard(locale) if part.role == "/Figure"]
    assert told == [*alternatives(rendered(CAUSE, locale).leaflet)]


def test_left_to_right_text_is_read_out_word_for_word() -> None:
    said = [" ".join(part.text.split()) for part in heard("en")]
    for passage in passages(rendered(CAUSE).leaflet):
        assert " ".join(passage.text.split()) in said


def test_letters_are_the_same_in_any_visual_order() -> None:
    assert letters("abc \u2067de\u2069 f") == letters("fed cba")
    assert letters("abc") != letters("abd")
