"""What an authored file must hold together."""

import msgspec
import pytest

from handouts.cli.skeletons import BRAND, TOPIC
from handouts.model.authored import Brand, Format, SharedWords, Text, Topic
from handouts.model.decode import decode
from handouts.model.sound import brand_findings, format_findings, topic_findings, words_findings
from handouts.model.walk import keyed, keyed_words

WORDS = {"id": "dry-skin", "name": "Dry skin", "library": "x"}
PLAIN = TOPIC.substitute(WORDS)
FORMAT = """
id = "standard"
name = "Standard"
leading = 1.3
space = 0.5
[type]
body = 12
lead = 13
title = 24
h2 = 15
h3 = 12
small = 10
furniture = 9
[margins]
top = 14
bottom = 14
start = 15
end = 15
"""


def topic(text: str = PLAIN) -> Topic:
    return keyed(decode(text.encode(), Topic, "topic.toml"))


def rules(value: Topic) -> list[tuple[str, str]]:
    return [(found.rule, found.where.key) for found in topic_findings(value, "dry-skin", "topic.toml")]


def test_a_whole_topic_has_no_findings() -> None:
    assert rules(topic()) == []


def test_the_id_is_the_folders_name() -> None:
    (found,) = topic_findings(topic(), "wet-skin", "topic.toml")
    assert found.rule == "topic.id"


def test_a_topic_cannot_take_the_shared_words_domain() -> None:
    named = msgspec.structs.replace(topic(), id="handouts")
    assert [found.rule for found in topic_findings(named, "handouts", "t")] == ["topic.id"]


def test_ids_are_not_repeated() -> None:
    one = topic()
    twice = msgspec.structs.replace(one, cause=one.cause * 2, daily=one.daily * 3)
    found = [found for found in rules(twice) if found[0] == "topic.repeated-id"]
    assert found == [("topic.repeated-id", "cause.first-cause"), ("topic.repeated-id", "daily.every-day")]


def test_no_cause_may_be_called_each() -> None:
    assert ("topic.id", "cause.each") in rules(topic(PLAIN.replace('"first-cause"', '"each"')))


@pytest.mark.parametrize("count", [0, 4])
def test_the_key_message_has_one_to_three_sentences(count: int) -> None:
    wordy = msgspec.structs.replace(topic(), summary=tuple(Text("Go.", f"summary.{i}") for i in range(count)))
    assert rules(wordy) == [("topic.summary", "summary")]


@pytest.mark.parametrize("field", ["safety", "cause", "doctor"])
def test_no_topic_without_a_warning_a_cause_and_a_doctor(field: str) -> None:
    assert (f"topic.{field}", field) in rules(msgspec.structs.replace(topic(), **{field: ()}))


@pytest.mark.parametrize("text", [" Stray", "Stray ", "Two  blanks", "A\nbreak"])
def test_stray_white_space_is_found(text: str) -> None:
    assert rules(msgspec.structs.replace(topic(), title=Text(text, "title"))) == [("topic.blanks", "title")]


def test_an_empty_text_is_found() -> None:
    assert rules(msgspec.structs.replace(topic(), title=Text("", "title"))) == [("topic.empty", "title")]


def test_facts_name_texts_that_are_there() -> None:
    facts = PLAIN + '[facts]\nG1 = ["title", "daily.nothing"]\n'
    assert rules(topic(facts)) == [("topic.facts", "facts.G1")]


def test_notes_fit_a_text_by_pattern() -> None:
    notes = PLAIN + '[notes]\n"cause.*.name" = "A name."\n"daily.*" = "Orders."\n"cuase.*" = "x"\n'
    assert rules(topic(notes)) == [("topic.notes", "notes.cuase.*")]


def test_review_has_real_dates_and_a_reviewer() -> None:
    reviewed = PLAIN.replace('by = ""\non = ""', 'by = "Dr A"\non = "2026-02-30"')
    assert rules(topic(reviewed)) == [("topic.date", "review.on")]
    assert rules(topic(PLAIN.replace('on = ""', 'on = "2026-02-28"'))) == [("topic.review", "review")]


def test_a_brand_with_a_logo_says_what_it_shows() -> None:
    brand = decode(BRAND.substitute(WORDS).encode(), Brand, "brand.toml")
    assert brand_findings(brand, "dry-skin", "brand.toml") == ()
    silent = msgspec.structs.replace(brand, logo_alt=" ", name="")
    found = {found.rule for found in brand_findings(silent, "dry-skin", "brand.toml")}
    assert found == {"brand.logo-alt", "brand.name"}


def test_a_format_stays_within_what_can_be_printed() -> None:
    form = decode(FORMAT.encode(), Format, "standard.toml")
    assert format_findings(form, "standard", "standard.toml") == ()
    tiny = msgspec.structs.replace(form.type, body=2)
    edge = msgspec.structs.replace(form.margins, top=0)
    wild = msgspec.structs.replace(form, type=tiny, margins=edge, space=9, fit=())
    found = {found.where.key for found in format_findings(wild, "standard", "standard.toml")}
    assert found == {"type.body", "margins.top", "space", "fit"}


def test_shared_words_are_not_empty() -> None:
    words = keyed_words(SharedWords(words={"heading": {"why": Text("")}}, notes={"heading.*": "x", "other": "y"}))
    found = [(found.rule, found.where.key) for found in words_findings(words, "words.toml")]
    assert found == [("words.empty", "heading.why"), ("words.notes", "notes.other")]
