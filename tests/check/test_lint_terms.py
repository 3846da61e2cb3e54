"""Names of medicines and prohibitive forms are found as a reader would find them, and nothing else is."""

import re

import pytest

from handouts.check.lint.phrases import named, plain, says, without
from handouts.model.terms import ENGLISH, Force, Glossary, Prohibitions, Terms, terms_for
from tests.conftest import TOPIC, built_in

LOCALES = [locale for locale in built_in().locales() if locale != "en"]
_NEGATED = re.compile(r"\b(not|never|no|cannot|avoid|off|only|without|less|abnormal|promptly|more than)\b", re.I)
_KNOWN_NEGATIVE = {"id": {"picture.food"}}  # “not heavy” for “light”


def terms(locale: str) -> Terms:
    return built_in().terms(locale)


def names(locale: str, text: str) -> set[str]:
    return set(named(plain(text), terms(locale).medicines))


@pytest.mark.parametrize(
    ("locale", "text", "inns"),
    [
        ("es", "Isotretinoína", {"isotretinoin"}),
        ("es", "la tretinoína.", {"tretinoin"}),
        ("pl", "Szampon z ketokonazolem i siarczkiem selenu", {"ketoconazole", "selenium sulfide"}),
        ("pl", "maści z mocznikiem i kwasem salicylowym", {"urea", "salicylic acid"}),
        ("ru", "крем с третиноином и 10 % мочевины", {"tretinoin", "urea"}),
        ("ru", "изотретиноина", {"isotretinoin"}),
        ("ar", "والإيزوتريتينوين", {"isotretinoin"}),
        ("ar", "بالتريتينوين", {"tretinoin"}),
        ("ar", "فيتامين هـ", {"vitamin E"}),
        ("fr", "l’adapalène", {"adapalene"}),
        ("tr", "İzotretinoin’i", {"isotretinoin"}),
        ("tr", "A vitamini", {"vitamin A"}),
        ("zh-Hans", "异维A酸乳膏", {"isotretinoin"}),
        ("zh-Hans", "维A酸和异维A酸", {"tretinoin", "isotretinoin"}),
        ("zh-Hans", "维生素E", {"vitamin E"}),
        ("zh-Hant", "維他命A酸", {"tretinoin"}),
        ("ja", "イソトレチノインと尿素", {"isotretinoin", "urea"}),
        ("th", "ยาไอโซเตรทติโนอิน", {"isotretinoin"}),
        ("es", "Vitaminas A y E", {"vitamin A", "vitamin E"}),
        ("es", "Vitamina E a diario", {"vitamin E"}),
        ("de", "Vitamin A", {"vitamin A"}),
        ("es", "un bureau y una ureasa", set()),
        ("el", "Βιταμίνη Α και Ε", {"vitamin A", "vitamin E"}),
    ],
)
def test_medicines_are_found_inflected_and_not_within_others(locale: str, text: str, inns: set[str]) -> None:
    assert names(locale, text) == inns


@pytest.mark.parametrize("locale", LOCALES)
def test_every_medicine_has_a_name_in_every_language_and_no_two_share_one(locale: str) -> None:
    owners: dict[str, str] = {}
    for inn, forms in terms(locale).medicines:
        assert forms, inn
        for form in forms:
            assert plain(form).strip()
            assert owners.setdefault(form, inn) == inn


@pytest.mark.parametrize("locale", LOCALES)
def test_the_glossary_covers_the_topic(locale: str) -> None:
    inns = {
        inn.strip() for cause in built_in().topic(TOPIC).cause for one in cause.medicines for inn in one.inn.split(",")
    }
    assert inns <= {inn for inn, _ in terms(locale).medicines}


@pytest.mark.parametrize("locale", LOCALES)
def test_prohibitive_forms_are_not_found_where_nothing_is_forbidden_or_denied(locale: str) -> None:
    force = terms(locale).force
    assert force is not None
    for key, message in built_in().catalogue(locale, TOPIC).messages.items():
        if _NEGATED.search(key.source) or key.context in _KNOWN_NEGATIVE.get(locale, ()):
            continue
        words = without(plain(message.text), force.apart)
        assert not says(words, force.forbid), key.context
        assert not says(words, force.deny), key.context


@pytest.mark.parametrize(
    ("locale", "text", "forbids"),
    [
        ("th", "ทาอย่างเบามือ", False),
        ("th", "อย่าบีบอย่างแรง", True),
        ("sw", "usiku", False),
        ("ja", "油分の少ないもの", False),
        ("fa", "استفاده نمایید", False),
        ("ne", "निचोर्नुहोस्", False),
        ("ne", "ननिचोर्नुहोस्", True),
        ("so", "Dhakhtar ha idinku hago", False),
        ("fr", "N’appuyez pas", True),
        ("tr", "Sıkmayın!", True),
        ("he", "אין לסחוט", True),
    ],
)
def test_forms_that_only_look_prohibitive_are_not(locale: str, text: str, forbids: bool) -> None:
    force = terms(locale).force
    assert force is not None
    assert says(without(plain(text), force.apart), force.forbid) is forbids


def test_an_earlier_library_wins_by_medicine_and_by_language() -> None:
    own = Glossary(medicines={"urea": {"es": ("ureum",)}}, borrowed={"es": ("urea gel",)})
    other = Glossary(
        medicines={"urea": {"es": ("urea",), "fr": ("urée",), ENGLISH: ("urea",)}, "zinc": {"es": ("zinc",)}}
    )
    force = Force(forbid=("no",), never=("nunca",), deny=("no",))
    found = terms_for("es-MX", (own, other), (Prohibitions(languages={"es": force}),))
    assert found.medicines == (("urea", ("ureum",)), ("zinc", ("zinc",)))
    assert found.english == (("urea", ("urea",)), ("zinc", ("zinc",)))
    assert (found.force, found.borrowed) == (force, ("urea gel",))
    assert dict(terms_for("fr", (own, other), ()).medicines) == {"urea": ("urée",), "zinc": ()}
    assert terms_for("fr", (own, other), ()).force is None
