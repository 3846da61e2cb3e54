"""What a clinic gets wrong in TOML is told with file, key and a way out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.conftest import BRAND, FORMAT, TOPIC, put, swap

Change = Callable[[bytes], bytes]
RLO = "\\u202e"
TITLE = 'title = "Small'


@pytest.mark.parametrize(
    ("change", "key", "says"),
    [
        (swap('version = "1.0"', "version = 1"), "version", "straight quotes"),
        (swap('version = "1.0"', "version = 2026-01-31"), "version", "got a date without quotes"),
        (swap('version = "1.0"', f"version = {'9' * 6000}"), "", "too many digits"),
        (swap("summary = [", 'summary = "" #'), "", "cannot be read"),
        (swap('summary = [\n    "See', 'summary = "See" # [\n#  "See'), "", "cannot be read"),
        (swap("locked = true", "locked = false"), "safety.never-squeeze.locked", "Known: true."),
        (swap("[facts]", '[facts]\nzz = "daily"'), "facts.zz", "Expected a list in brackets, got a text"),
        (swap("[facts]", f"[{'.'.join('a' * 4000)}]\n[facts]"), "", "nested too deep"),
        (swap(TITLE, f'title = "{RLO}Small'), "title", "control character U+202E"),
        (swap(TITLE, 'title = "\\ufeffSmall'), "title", "control character U+FEFF"),
        (swap(TITLE, 'title = "\\tSmall'), "title", "control character U+0009"),
        (swap(TITLE, 'title = "a\\nSmall'), "title", "line break"),
        (swap(TITLE, f'title = "S{chr(0x301) * 31}mall'), "title", "more than 30 marks"),
    ],
)
def test_a_topic(render, clinic: Path, change: Change, key: str, says: str) -> None:
    put(clinic, TOPIC, change)
    result = render()
    assert result.exit_code == 4
    assert says in result.stderr
    assert "topic.toml" in result.stderr
    assert key in result.stderr
    assert "→" in result.stderr


@pytest.mark.parametrize("words", ["<b>Small", "</b>Small<b>", "<b>Small</b></b>", "<b><b>Small</b></b>"])
def test_bold_words_that_do_not_begin_and_end_are_laid_to_the_text_not_to_the_page(render, clinic, words: str) -> None:
    put(clinic, TOPIC, swap(TITLE, f'title = "{words}'))
    result = render()
    assert result.exit_code == 4
    assert "in back-fat-granules · title" in result.stderr
    assert "Each <b> is followed by its </b>." in result.stderr


def test_thirty_marks_on_a_letter_are_still_text(render, clinic: Path) -> None:
    put(clinic, TOPIC, swap(TITLE, f'title = "S{chr(0x301) * 30}mall'))
    assert render().exit_code == 0


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (swap('ink = "#1b262c"', 'ink = "#1b262c\\n"'), "palette.ink"),
        (swap('lang = "en"', 'lang = "english please"'), "lang"),
        (swap('lang = "en"', 'lang = "e\\"n"'), "lang"),
        (swap('lang = "en"', 'lang = "en"\nfaces = ["NotoSans-Regula"]'), "faces"),
        (swap('link = ""', 'link = "javascript:alert(1)"'), "link"),
        (swap('link = ""', 'link = "   "'), "link"),
        (swap('link = ""', f'link = "https://a.example/{"x" * 300}"'), "link"),
        (swap('web = ""', 'web = "https://a.example"'), "contacts.web"),
        (swap('web = ""', 'web = "a b"'), "contacts.web"),
        (swap('email = ""', 'email = "nobody"'), "contacts.email"),
        (swap('phone = ""', f'phone = "{"1" * 61}"'), "contacts.phone"),
        (swap('footer = ""', f'footer = "{"words " * 40}"'), "footer"),
        (swap('name = "Handouts"', f'name = "{"W" * 81}"'), "name"),
        (swap('name = "Handouts"', f'name = "a{RLO}b"'), "name"),
        (swap("corner = 4", "corner = -4"), "look.corner"),
        (swap("corner = 4", "corner = 1e9"), "look.corner"),
    ],
)
def test_a_brand(render, clinic: Path, change: Change, key: str) -> None:
    put(clinic, BRAND, change)
    result = render()
    assert result.exit_code == 4
    place = next(line for line in result.stderr.splitlines() if line.startswith("  in "))
    assert "brand.toml" in place
    assert place.endswith(f" · {key}")


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "</bdi><script>", "Ünï\u200bcode", "क्लिनिक"])
def test_a_brand_may_be_called_what_it_likes(render, clinic: Path, name: str) -> None:
    put(clinic, BRAND, swap('name = "Handouts"', f'name = "{name}"'))
    assert render().exit_code == 0


@pytest.mark.parametrize("line", ["pages = -1", "pages = 99999999999999999999999"])
def test_a_format(render, clinic: Path, line: str) -> None:
    put(clinic, FORMAT, swap("pages = 2", line))
    result = render()
    assert result.exit_code == 4
    assert "standard.toml · pages" in result.stderr


def test_utf_16_without_a_mark_is_told_to_be_saved_anew(render, clinic: Path) -> None:
    put(clinic, TOPIC, lambda data: data.decode().encode("utf-16-le"))
    result = render()
    assert result.exit_code == 4
    assert "UTF-8" in result.stderr


def test_what_a_file_says_does_not_steer_the_terminal(render, clinic: Path) -> None:
    put(clinic, TOPIC, swap('version = "1.0"', 'version = "1.0"\n"\\u001b[31m\\u202e" = 1'))
    result = render()
    assert result.exit_code == 4
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
    assert "<U+001B>[31m" in result.stderr


def test_notes_do_not_hide_what_is_wrong(render, clinic: Path) -> None:
    put(clinic, BRAND, swap('ink = "#1b262c"', 'ink = "#eeeeee"'))
    result = render()
    assert result.exit_code == 4
    assert "error: brand.house.palette" in result.stderr
    assert "note:" not in result.stderr
