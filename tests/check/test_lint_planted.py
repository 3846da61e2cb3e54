"""Each rule of the lint fires on its planted error, in every language, and on nothing in the built-in catalogues."""

from collections.abc import Callable

import msgspec
import pytest

from handouts.check.catalogue import findings
from handouts.check.lint import RULES
from handouts.check.lint.manners import manners
from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, Message, MessageId
from handouts.model.walk import texts
from tests.conftest import TOPIC, built_in

LOCALES = [locale for locale in built_in().locales() if locale != "en"]
PLAIN = "daily.no-long-pressure"  # a sentence without medicine, number or prohibition
FORBIDDEN = "summary.2"
put = msgspec.structs.replace


def own(locale: str) -> Catalogue:
    return built_in().catalogue(locale, TOPIC)


def said(locale: str, key: str) -> tuple[str, str]:
    """Return the English of a key and its translation."""
    catalogue = own(locale)
    return next((place.source, message.text) for place, message in catalogue.messages.items() if place.context == key)


def bare(locale: str, key: str = PLAIN) -> str:
    return said(locale, key)[1].rstrip(" .。।۔።။។")


def end(locale: str, key: str = PLAIN) -> str:
    return said(locale, key)[1].removeprefix(bare(locale, key))


def sentence(change: Callable[[str], str]) -> Callable[[str], tuple[str, str]]:
    """Plant an error in the plain sentence, before its end."""
    return lambda locale: (said(locale, PLAIN)[0], change(bare(locale)) + end(locale))


def added(word: str) -> Callable[[str], tuple[str, str]]:
    return sentence(lambda text: f"{text} {word}")


def swapped(key: str, other: str) -> Callable[[str], tuple[str, str]]:
    """Put the translation of another text in place of the right one."""
    return lambda locale: (said(locale, key)[0], said(locale, other)[1])


def unknown_script(locale: str) -> tuple[str, str]:
    return added("ไทย" if own(locale).script in ("Hans", "Hant", "Jpan") else "文字")(locale)


def look_alike(locale: str) -> tuple[str, str]:
    return added({"Latn": "сор", "Cyrl": "cop", "Grek": "vao"}.get(own(locale).script, "cиc"))(locale)


def long(locale: str) -> tuple[str, str]:
    keys = ("cause.oily-skincare.why", "introduction", "cause.incomplete-cleansing.why", "daily.cotton-clothes")
    return said(locale, PLAIN)[0], " ".join(said(locale, key)[1] for key in keys)


def twice(locale: str) -> tuple[str, str]:
    if manners(locale, own(locale).script).spaced:
        return sentence(lambda text: f"{text.split()[0]} {text}")(locale)
    return sentence(lambda text: f"{text[:3]}{text[:3]}{text[3:]}" if text[:3].isalpha() else f"  {text}")(locale)


PLANTED: dict[str, Callable[[str], tuple[str, str]]] = {
    "lint.numbers": added("7"),
    "lint.units": lambda locale: ("5 %", "5"),
    "lint.medicine": swapped("cause.follicular-keratosis.medicines.tretinoin.name", "form.cream"),
    "lint.other-medicine": swapped("form.cream", "cause.follicular-keratosis.medicines.urea.name"),
    "lint.glossary": lambda locale: ("Clindamycin", said(locale, "form.cream")[1]),
    "lint.prohibition": swapped(FORBIDDEN, "cause.follicular-keratosis.summary.2"),
    "lint.never": lambda locale: ("Never squeeze the bumps.", said(locale, FORBIDDEN)[1]),
    "lint.denial": swapped("footer.not_reviewed", "footer.translation_reviewed"),
    "lint.force": swapped(FORBIDDEN, FORBIDDEN),
    "lint.untranslated": lambda locale: (said(locale, "heading.questions")[0],) * 2,
    "lint.length": long,
    "lint.script": unknown_script,
    "lint.mixed-script": added("cиc"),
    "lint.look-alike": look_alike,
    "lint.bidi": sentence(lambda text: f"\u200f{text}"),
    "lint.unseen": sentence(lambda text: f"{text[:2]}\u200b{text[2:]}"),
    "lint.nfc": sentence(lambda text: f"{text[:1]}\u0301\u0323{text[1:]}"),
    "lint.brackets": sentence(lambda text: f"({text}]"),
    "lint.quotes": sentence(lambda text: f'"{text}'),
    "lint.end": lambda locale: (said(locale, PLAIN)[0], f"{bare(locale)}?"),
    "lint.doubled": twice,
}


def planted(locale: str, rule: str) -> tuple[str, ...]:
    """Return the rules that fire on a planted error."""
    english, translation = PLANTED[rule](locale)
    key = "cause.x.medicines.y.name" if rule == "lint.glossary" else "planted"
    catalogue = own(locale)
    if rule == "lint.force":
        catalogue = put(catalogue, terms=put(catalogue.terms, force=None))
    messages = {MessageId(TOPIC, key, english): Message(text=translation, line=7)}
    found = findings(put(catalogue, messages=messages), [Text(english, key, TOPIC)])
    assert all((one.where.key, one.where.line, one.where.locale) == (key, 7, locale) for one in found)
    assert all(one.hint for one in found)
    return tuple(one.rule for one in found)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_rule_fires_on_its_planted_error_alone(locale: str) -> None:
    expected = {rule: (rule,) for rule in PLANTED}
    if own(locale).language == "en":
        expected["lint.untranslated"] = ()
    if own(locale).script not in ("Latn", "Cyrl", "Grek"):
        expected["lint.look-alike"] = ("lint.mixed-script",)
    assert {rule: planted(locale, rule) for rule in PLANTED} == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_the_built_in_catalogues_are_clean(locale: str) -> None:
    english = [*texts(built_in().words()), *texts(built_in().topic(TOPIC))]
    assert findings(own(locale), english) == ()


def test_every_rule_has_its_planted_error() -> None:
    assert {rule.id for rule in RULES} == set(PLANTED)


def test_what_was_found_is_kept_for_the_same_catalogue() -> None:
    english = [*texts(built_in().words()), *texts(built_in().topic(TOPIC))]
    assert findings(own("es"), english) is findings(own("es"), english)
