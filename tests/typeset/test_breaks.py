"""Break opportunities: dictionaries where scripts have no spaces, kinsoku, and values kept whole."""

import pytest

from handouts.typeset.breaks import opportunities


def parts(text: str, language: str) -> list[str]:
    ends = opportunities(text, language)
    return [text[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def test_thai_breaks_between_words() -> None:
    assert parts("สวัสดีชาวโลก", "th") == ["สวัสดี", "ชาว", "โลก"]


def test_chinese_keeps_punctuation_off_the_lines_ends() -> None:
    for part in parts("请洗背部。“好”（不要）每天，温水。", "zh-Hans"):
        assert part[0] not in "。，”）" and part[-1] not in "“（"


def test_korean_breaks_at_spaces_only() -> None:
    assert parts("매일 미지근한 물로 씻으세요", "ko") == ["매일 ", "미지근한 ", "물로 ", "씻으세요"]


def test_offsets_are_code_points_not_utf16_units() -> None:
    assert parts("😀 ab cd", "en") == ["😀 ", "ab ", "cd"]


@pytest.mark.parametrize("value", ["5–10", "20 mg", "30 %", "020 7946 0958", "5 - 10"])
def test_values_are_kept_whole(value: str) -> None:
    assert any(value in part for part in parts(f"take {value} now and then", "en"))


def test_a_hyphenated_word_is_kept_whole() -> None:
    assert parts("an oil-control cleanser", "en") == ["an ", "oil-control ", "cleanser"]


def test_the_texts_end_is_always_an_opportunity() -> None:
    assert opportunities("5", "en") == (1,)
    assert opportunities("a 5", "en")[-1] == 3
