"""Locale tags as people write them, and the locale that serves them."""

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from handouts.errors import NotFound
from handouts.model.locales import default_paper, describe, match_locale, parse_tag

THERE = ("ar", "en", "es", "fa", "fil", "he", "hmn", "ht", "ku", "pa", "pa-Arab", "pt", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("en", "en"),
        ("en_GB", "en"),
        ("AR", "ar"),
        ("zh_CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("ZH_hant_hk", "zh-Hant"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("pt-br", "pt"),
        ("es_MX", "es"),
        ("es-419", "es"),
        ("tl", "fil"),
        ("fil", "fil"),
        ("iw", "he"),
        ("prs", "fa"),
        ("pa-IN", "pa"),
        ("pa_PK", "pa-Arab"),
        ("hmn", "hmn"),
        (" es ", "es"),
    ],
)
def test_a_tag_finds_the_locale_its_reader_reads(written: str, served: str) -> None:
    assert match_locale(written, THERE) == served


def test_the_nearest_parent_wins() -> None:
    assert match_locale("es-MX", ("es", "es-419")) == "es-419"
    assert match_locale("es-ES", ("es", "es-419")) == "es"
    assert match_locale("pt", ("en", "pt-BR")) == "pt-BR"


def test_the_answer_is_written_as_the_library_writes_it() -> None:
    assert match_locale("zh-cn", ("en", "zh_Hans")) == "zh_Hans"


@pytest.mark.parametrize("tag", ["fr", "ckb", "zh-Latn", "ku-Arab", "nl"])
def test_never_another_language_or_script(tag: str) -> None:
    with pytest.raises(NotFound):
        match_locale(tag, THERE)


def test_portugal_is_not_served_brazils_leaflet_unasked() -> None:
    with pytest.raises(NotFound) as caught:
        match_locale("pt-PT", ("en", "pt-BR"))
    assert "pt-BR" in caught.value.hint


@pytest.mark.parametrize("name", ["Spanish", "español", "SPANISH"])
def test_a_languages_name_is_answered_with_its_tag(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        match_locale(name, THERE)
    assert "“es”" in caught.value.hint


@pytest.mark.parametrize("tag", ["", "../es", "e", "es/../..", "x" * 99, "es-MX-", "arab"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(NotFound):
        match_locale(tag, THERE)


def test_a_tag_is_put_in_its_customary_case() -> None:
    assert str(parse_tag("ZH_hant_tw")) == "zh-Hant-TW"
    assert parse_tag("ES_419").territory == "419"


def test_what_is_told_of_a_locale() -> None:
    chinese = describe("zh-Hant")
    assert (chinese.language, chinese.script, chinese.direction, chinese.territory) == ("zh", "Hant", "ltr", "")
    assert (chinese.name, chinese.own_name) == ("Chinese (Traditional)", "中文 (繁體)")
    arabic = describe("ar")
    assert (arabic.script, arabic.direction, arabic.own_name) == ("Arab", "rtl", "العربية")


def test_a_language_that_cldr_does_not_describe_still_has_a_script() -> None:
    assert describe("ksw").script == "Mymr"
    assert describe("ku-Arab").direction == "rtl"
    assert describe("hmn").name == "Hmong"


def test_directions_agree_with_cldr_wherever_cldr_has_one() -> None:
    plain = [name for name in locale_identifiers() if not {len(part) for part in name.split("_")} & {5, 6, 7, 8}]
    wrong = [
        name
        for name in plain
        if (describe(name).direction == "rtl") != (Locale.parse(name).character_order == "right-to-left")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("tag", "paper"),
    [("en", "a4"), ("es", "a4"), ("en-US", "letter"), ("es_MX", "letter"), ("es-ES", "a4"), ("fil-PH", "letter")],
)
def test_only_a_territory_in_the_tag_decides_the_paper(tag: str, paper: str) -> None:
    assert default_paper(tag) == paper
