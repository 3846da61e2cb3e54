"""A tailored leaflet speaks of its own cause alone and keeps all that holds for every cause: read from the PDF."""

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import pikepdf
import pytest

from handouts.model.authored import Topic
from handouts.model.walk import texts
from tests.conftest import CAUSES, TOPIC, built_in, rendered
from tests.road.expected import SPACELESS, folded
from tests.road.reading import read

LOCALES = built_in().locales()
GENERAL = ("daily.", "safety.", "doctor.")
OWN = ("title", "introduction", "why", "effect", "summary.", "signs.", "do.", "medicines.")


@lru_cache(maxsize=64)
def translated(locale: str) -> dict[str, str]:
    """The topic's messages in a locale by key."""
    catalogue = built_in().catalogue(locale, TOPIC)
    said = {id_.context: message.text for id_, message in catalogue.messages.items() if id_.domain == TOPIC}
    return {text.key: said[text.key] if said else str(text) for text in texts(topic())}


def topic() -> Topic:
    return built_in().topic(TOPIC)


@lru_cache(maxsize=512)
def paper(locale: str, cause: str) -> str:
    """All that is painted on the pages, tagged or not, and what is heard only; white space folded."""
    rendering = rendered(cause, locale)
    found = read(rendering.pdf)
    heard = " ".join(f"{node.alt} {node.actual}" for node in found.root.all())
    parts = [
        "\n".join(node.text() for node in found.root.all() if any(isinstance(kid, str) for kid in node.kids)),
        "".join(found.artifacts),
        heard,
    ]
    return folded("\n".join(parts), rendering.leaflet.script)


def of_cause(messages: Mapping[str, str], cause: str) -> dict[str, str]:
    """A cause's own messages: its name, sentences and medicines, by the rest of their key."""
    start = f"cause.{cause}."
    return {key.removeprefix(start): text for key, text in messages.items() if key.startswith(start)}


def foreign(locale: str, cause: str) -> dict[str, str]:
    """What may not appear: other causes' messages and medicines, less what its own messages say word for word."""
    messages = translated(locale)
    own = set(of_cause(messages, cause).values())
    found = {}
    for other in topic().cause:
        if other.id != cause:
            found |= {f"{other.id}.{key}": text for key, text in of_cause(messages, other.id).items()}
            found |= {f"{other.id}.{medicine.id}.inn": medicine.inn for medicine in other.medicines}
    return {key: text for key, text in found.items() if text not in own}


def holds(whole: str, text: str, script: str, own: str = "") -> bool:
    """Whether the words stand in the whole as words: "tretinoin" is not in "isotretinoin", whatever the case.

    Where words have no spaces between them, every place counts but those within the cause's ``own`` words.
    """
    text = folded(text, script)
    if script in SPACELESS:
        return text in whole and text not in folded(own, script)
    found = re.finditer(re.escape(text), whole, re.IGNORECASE)
    return any(not _letter(whole[: match.start()][-1:]) and not _letter(whole[match.end() :][:1]) for match in found)


def _letter(character: str) -> bool:
    """Whether a character is part of a word: a letter, a figure, or a mark on one."""
    return bool(character) and unicodedata.category(character)[0] in "LMN"


@pytest.mark.parametrize("cause", CAUSES[1:])
@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_of_another_cause(locale: str, cause: str) -> None:
    script = rendered(cause, locale).leaflet.script
    whole = paper(locale, cause)
    found = foreign(locale, cause)
    assert len(found) > 30
    names = [medicine.inn for one in topic().cause if one.id == cause for medicine in one.medicines]
    own = "\f".join([*of_cause(translated(locale), cause).values(), *names])
    assert {key: text for key, text in found.items() if holds(whole, text, script, own)} == {}
    other = next(other for other in CAUSES[1:] if other != cause)
    assert sum(holds(paper(locale, other), text, script) for text in found.values()) > 5  # it would be seen


@pytest.mark.parametrize("cause", CAUSES[1:])
@pytest.mark.parametrize("locale", LOCALES)
def test_all_its_own_words_and_all_that_holds_for_every_cause(locale: str, cause: str) -> None:
    script = rendered(cause, locale).leaflet.script
    whole = paper(locale, cause)
    messages = translated(locale)
    own = {key: text for key, text in of_cause(messages, cause).items() if key.startswith(OWN)}
    general = {key: text for key, text in messages.items() if key.startswith(GENERAL)}
    assert "safety.never-squeeze" in general and len(general) == 7
    assert {key: text for key, text in {**own, **general}.items() if folded(text, script) not in whole} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_leaflet_on_all_causes_holds_every_cause(locale: str) -> None:
    script = rendered("", locale).leaflet.script
    whole = paper(locale, "")
    messages = translated(locale)
    openings = {f"cause.{cause}.{field}" for cause in CAUSES for field in ("title", "introduction")}
    due = {key: text for key, text in messages.items() if key not in openings and not _opening_summary(key)}
    assert len(due) > 35
    assert {key: text for key, text in due.items() if folded(text, script) not in whole} == {}


def _opening_summary(key: str) -> bool:
    return key.startswith("cause.") and ".summary." in key


@pytest.mark.parametrize("cause", CAUSES[1:])
@pytest.mark.parametrize("locale", LOCALES)
def test_title_and_metadata_speak_of_the_cause_alone(locale: str, cause: str) -> None:
    messages = translated(locale)
    with pikepdf.open(io.BytesIO(rendered(cause, locale).pdf)) as pdf:
        about = f"{pdf.docinfo.Title} {pdf.docinfo.get('/Subject', '')} {pdf.Root.Metadata.read_bytes().decode()}"
    assert str(messages[f"cause.{cause}.title"]) in about
    for other in topic().cause:
        if other.id != cause:
            assert messages[f"cause.{other.id}.title"] not in about
            assert other.id not in about
