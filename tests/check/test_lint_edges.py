"""What the lint lets pass: what languages rightly do. What it catches besides the plain planted errors."""

import pytest

from handouts.check.catalogue import findings
from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, Message, MessageId
from tests.conftest import built_in

SCRIPTS = {"zh-Hans": "Hans", "ja": "Jpan", "ur": "Aran", "fa": "Arab", "ar": "Arab", "th": "Thai", "hi": "Deva"}
SCRIPTS |= {"ru": "Cyrl", "el": "Grek", "he": "Hebr"}


def seen(locale: str, english: str, translation: str, key: str = "daily.x") -> list[str]:
    catalogue = Catalogue(
        locale=locale,
        language=locale.partition("-")[0],
        script=SCRIPTS.get(locale, "Latn"),
        direction="ltr",
        status="machine-draft",
        messages={MessageId("skin", key, english): Message(text=translation, line=1)},
        files={"skin": "x.po"},
        terms=built_in().terms(locale),
    )
    return [finding.rule for finding in findings(catalogue, [Text(english, key, "skin")])]


@pytest.mark.parametrize(
    ("locale", "english", "translation"),
    [
        ("ar", "Wait 5 days.", "انتظر ٥ أيام."),
        ("fa", "Use 10% cream.", "از کرم ۱۰٪ استفاده کنید."),
        ("hi", "Use 1.5 ml.", "१.५ मिली लगाएँ।"),
        ("tr", "A 10% cream", "%10’luk krem"),
        ("es", "Use 2.5 mg.", "Tome 2,5 mg."),
        ("ru", "Use 5 mg.", "Используйте 5 мг."),
        ("zh-Hans", "Tretinoin", "维A酸"),
        ("ru", "Tretinoin", "Третиноин (tretinoin)"),
        ("th", "Code that opens {url}", "คิวอาร์โค้ด QR เปิด {url}"),
        ("fr", "Skin oil (sebum) builds up.", "Le gras (« sébum ») de la peau s’accumule."),
        ("de", "Say “stop” to rubbing.", "Sagen Sie „Stopp“ zum Reiben."),
        ("el", "Is it red?", "Είναι κόκκινο;"),
        ("ar", "Is it red?", "هل هو أحمر؟"),
        ("th", "Wash it gently.", "ล้างเบา ๆ"),
        ("hi", "Wash it slowly.", "धीरे धीरे धोएँ।"),
        ("vi", "Wash it slowly and gently.", "Rửa từ từ và nhẹ nhàng."),
        ("fa", "These are loose.", "این‌ها گشاد می‌شوند."),
        ("fil", "Salicylic acid", "Salicylic acid"),
        ("he", "So-called “pores”", 'מה שנקרא "נקבוביות"'),
    ],
)
def test_what_languages_rightly_do_passes(locale: str, english: str, translation: str) -> None:
    assert seen(locale, english, translation) == []


@pytest.mark.parametrize(
    ("locale", "english", "translation", "rule"),
    [
        ("ar", "Wait 5 days.", "انتظر ٦ أيام.", "lint.numbers"),
        ("he", "Wait 24 hours.", "יש לחכות 42 שעות.", "lint.numbers"),
        ("es", "Wait a day.", "Espere 1 día.", "lint.numbers"),
        ("es", "Use 5 mg.", "Use 5 g.", "lint.units"),
        ("ru", "Use 5 mg.", "Используйте 5 г.", "lint.units"),
        ("es", "Tretinoin", "Isotretinoína", "lint.medicine"),
        ("zh-Hans", "Isotretinoin", "维A酸", "lint.medicine"),
        ("es", "Vitamin A and E", "Vitamina A", "lint.medicine"),
        ("es", "Keep your skin clean.", "Limpie la piel con urea.", "lint.other-medicine"),
        ("es", "Never scratch the skin.", "Es mejor no rascarse la piel.", "lint.never"),
        ("de", "Never scratch the skin.", "Kratzen Sie sich immer wieder.", "lint.prohibition"),
        ("es", "Wash your back and keep it dry.", "Lave: wash your back and keep seca.", "lint.untranslated"),
        ("fa", "Wash it.", "آن را بشوييد.", "lint.script"),
        ("ro", "Wash your skin.", "Spălaţi pielea.", "lint.script"),
        ("es", "Wash your skin.", "Lаve la piel.", "lint.mixed-script"),
        ("es", "Wash it, or not.", "Lave, о bien seque.", "lint.look-alike"),
        ("ru", "Wash it, or not.", "Мойте, a потом сушите.", "lint.look-alike"),
        ("ru", "Wash it with soap.", "Мойте cream.", "lint.script"),
        ("es", "Wash your skin.", "Lave la\u00ad piel.", "lint.unseen"),
        ("es", "Wash your skin.", "Lave la pi\u200del.", "lint.unseen"),
        ("fa", "Wash it.", "\u202bبشویید.", "lint.bidi"),
        ("es", "Wash (gently).", "Lave (con cuidado.", "lint.brackets"),
        ("zh-Hans", "Wash (gently).", "清洗（轻轻地)。", "lint.brackets"),
        ("de", "So-called “pores”", "Sogenannte “Poren”", "lint.quotes"),
        ("hi", "Wash it.", "धोएँ.", "lint.end"),
        ("zh-Hans", "Wash it.", "清洗.", "lint.end"),
        ("es", "My plan", "Mi plan.", "lint.end"),
        ("es", "Wash the skin.", "Lave la la piel.", "lint.doubled"),
        ("zh-Hans", "Wash the skin.", "请请清洗皮肤。", "lint.doubled"),
        ("es", "Wash your whole back every day, with water.", "Lave.", "lint.length"),
    ],
)
def test_what_must_not_pass_is_named(locale: str, english: str, translation: str, rule: str) -> None:
    assert rule in seen(locale, english, translation)


def test_a_medicine_that_the_glossary_lacks_is_said_not_to_be_checked() -> None:
    assert seen("es", "Clindamycin", "Clindamicina", "cause.x.medicines.clindamycin.name") == ["lint.glossary"]
    assert seen("eo", "Urea", "Ureo", "cause.x.medicines.urea.name") == ["lint.glossary"]


def test_a_language_whose_prohibitions_are_not_known_is_said_not_to_be_checked() -> None:
    assert seen("eo", "Do not scratch.", "Ne gratu.") == ["lint.force"]
