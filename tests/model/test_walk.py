"""Every text knows its key; walks see all texts and nothing else."""

import pickle

import msgspec

from handouts.model.authored import (
    Advice,
    Cause,
    Medicine,
    Review,
    SafetyMessage,
    SharedWords,
    Source,
    Text,
    Topic,
)
from handouts.model.walk import keyed, keyed_words, mapped, texts

TOPIC = Topic(
    id="dry-skin",
    version="1",
    title=Text("Dry skin"),
    summary=(Text("Use cream."), Text("See a doctor.")),
    introduction=Text("About dry skin."),
    doctor=(Text("Go soon."),),
    source=Source(title="A book"),
    review=Review(),
    cause=(
        Cause(
            id="cold-air",
            name=Text("Cold air"),
            title=Text("Dry skin: cold air"),
            summary=(Text("It is the cold."),),
            introduction=Text("About the cold."),
            why=Text("Cold air dries."),
            signs=(Text("Itching."),),
            do=(Advice(id="gloves", kind="clothes", text=Text("Wear gloves.")),),
            medicines=(Medicine(id="urea", inn="urea", name=Text("Urea"), form="cream", supply="guided"),),
        ),
    ),
    daily=(Advice(id="sleep", kind="sleep", text=Text("Sleep.")),),
    safety=(SafetyMessage(id="no-scratch", text=Text("Do not scratch."), locked=True),),
)
KEYS = {
    "title": "Dry skin",
    "summary.1": "Use cream.",
    "summary.2": "See a doctor.",
    "introduction": "About dry skin.",
    "doctor.1": "Go soon.",
    "cause.cold-air.name": "Cold air",
    "cause.cold-air.title": "Dry skin: cold air",
    "cause.cold-air.summary.1": "It is the cold.",
    "cause.cold-air.introduction": "About the cold.",
    "cause.cold-air.why": "Cold air dries.",
    "cause.cold-air.signs.1": "Itching.",
    "cause.cold-air.do.gloves": "Wear gloves.",
    "cause.cold-air.medicines.urea.name": "Urea",
    "daily.sleep": "Sleep.",
    "safety.no-scratch": "Do not scratch.",
}


def test_every_text_of_a_topic_knows_its_key_and_domain_in_authored_order() -> None:
    found = list(texts(keyed(TOPIC)))
    assert [(text.key, str(text)) for text in found] == list(KEYS.items())
    assert {text.domain for text in found} == {"dry-skin"}


def test_keys_survive_the_way_to_another_process() -> None:
    assert [text.key for text in texts(pickle.loads(pickle.dumps(keyed(TOPIC))))] == list(KEYS)


def test_shared_words_are_keyed_by_group_and_name() -> None:
    words = keyed_words(SharedWords(words={"heading": {"why": Text("Why"), "do": Text("What to do")}}))
    assert [(text.key, text.domain) for text in texts(words)] == [
        ("heading.why", "handouts"),
        ("heading.do", "handouts"),
    ]


def test_mapping_replaces_every_text_and_keeps_all_else() -> None:
    topic = keyed(TOPIC)
    loud = mapped(topic, lambda text: Text(text.upper(), text.key, text.domain))
    assert [str(text) for text in texts(loud)] == [text.upper() for text in KEYS.values()]
    assert [text.key for text in texts(loud)] == list(KEYS)
    assert loud.cause[0].medicines[0].inn == "urea"
    assert msgspec.structs.asdict(loud).keys() == msgspec.structs.asdict(topic).keys()
    assert mapped(topic, lambda text: text) == topic


def test_mapping_reaches_into_words_and_tuples() -> None:
    assert mapped({"a": (Text("x"),)}, lambda text: Text(text * 2)) == {"a": ("xx",)}
    assert mapped("not a Text", lambda text: Text("changed")) == "not a Text"
