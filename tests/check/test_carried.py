"""The proof of what a copy contains: facts are read back from its bytes, and a lost one is missed."""

import pytest

from handouts.check.carried import carried, lacking, word_count
from handouts.check.tailoring import due_facts
from handouts.compose.localise import localise
from handouts.make import make
from handouts.model.authored import Topic
from handouts.model.request import Request
from tests.conftest import CAUSES, ISSUED, TOPIC, built_in, rendered


def topic(locale: str) -> Topic:
    return localise(built_in().topic(TOPIC), built_in().catalogue(locale, TOPIC))


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("locale", ["en", "ar", "my", "zh-Hans", "ur"])
def test_every_fact_is_in_the_bytes(locale: str, cause: str) -> None:
    made = rendered(cause, locale)
    proof = carried(made.data, made.leaflet, topic(locale), cause)
    assert proof.lacking == ()
    assert proof.present == proof.due == len(due_facts(built_in().topic(TOPIC), cause)) > 10


def test_another_copys_bytes_do_not_carry_this_ones_facts() -> None:
    whole, other = rendered("", "en"), rendered("oily-skincare", "en")
    proof = carried(other.data, whole.leaflet, topic("en"), "")
    assert 0 < proof.present < proof.due
    spanish = carried(rendered("", "es").data, whole.leaflet, topic("en"), "")
    assert spanish.present == 0


def test_a_fact_is_carried_by_all_of_its_texts_or_not_at_all() -> None:
    due = {"one": ("a", "b"), "two": ("a",), "none": ()}
    assert lacking({"a": "Wash", "b": "daily"}, {"a": "Wash", "b": "daily"}, due).lacking == ("none",)
    assert lacking({"a": "Wash", "b": "dail"}, {"a": "Wash", "b": "daily"}, due).lacking == ("one", "none")
    assert lacking({}, {"a": "Wash", "b": "daily"}, due) == (3, ("one", "two", "none"))


def test_words_are_counted_as_readers_of_the_language_do() -> None:
    counts = {locale: word_count(rendered("", locale).leaflet) for locale in ("en", "th", "zh-Hans", "ko")}
    assert 350 < counts["en"] < 550
    assert 400 < counts["th"] < 800
    assert 600 < counts["zh-Hans"] < 1000
    assert 250 < counts["ko"] < 450


def test_the_large_formats_carry_the_same() -> None:
    for form in built_in().formats():
        made = make(Request(topic=TOPIC, locale="he", format=form, issued=ISSUED), built_in())
        assert carried(made.data, made.leaflet, topic("he"), "").lacking == ()
