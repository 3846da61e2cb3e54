"""How things look, on a terminal and off it."""

import io
import json

import pytest

from handouts.console import Console
from handouts.errors import ContentError, NotFound
from handouts.findings import Finding, Severity, Where

WARNING = Finding("topic.unreviewed", Severity.WARNING, "Never reviewed.", Where(file="a.toml", line=3), "Review it.")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_finding_says_what_where_and_how_out() -> None:
    talk = io.StringIO()
    Console(io.StringIO(), talk).findings([WARNING])
    assert talk.getvalue() == "warning: a.toml:3: Never reviewed. [topic.unreviewed]\n  → Review it.\n"


def test_findings_that_were_asked_for_go_to_stdout() -> None:
    out, talk = io.StringIO(), io.StringIO()
    Console(out, talk).findings([WARNING], asked=True)
    assert "Never reviewed." in out.getvalue()
    assert talk.getvalue() == ""


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value, coloured in (("TERM", "xterm", True), ("TERM", "dumb", False), ("NO_COLOR", "1", False)):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            talk = Terminal()
            Console(io.StringIO(), talk).findings([WARNING])
            assert ("\x1b[" in talk.getvalue()) is coloured


def test_an_error_says_what_and_how_out() -> None:
    talk = io.StringIO()
    Console(io.StringIO(), talk).error(NotFound("There is no topic “x”.", "Did you mean “y”?"))
    assert talk.getvalue() == "Error: There is no topic “x”.\n  → Did you mean “y”?\n"


def test_an_error_of_one_finding_is_not_said_twice() -> None:
    talk = io.StringIO()
    wrong = Finding("toml.syntax", Severity.ERROR, "It is broken.", Where(file="a.toml", line=2), "Mend it.")
    Console(io.StringIO(), talk).error(ContentError("It is broken.", "Mend it.", [wrong]))
    assert talk.getvalue() == "Error: It is broken.\n  in a.toml:2\n  → Mend it.\n"


def test_an_error_of_many_findings_shows_them_all() -> None:
    talk = io.StringIO()
    Console(io.StringIO(), talk).error(ContentError("It was not made.", findings=[WARNING, WARNING]))
    assert talk.getvalue().count("Never reviewed.") == 2


def test_a_table_off_a_terminal_is_aligned_columns() -> None:
    out = io.StringIO()
    Console(out, io.StringIO()).table("Locales", ["tag", "name", "x"], [["zh", "中文", "1"], ["es", "español", "2"]])
    assert out.getvalue() == "tag  name     x\nzh   中文     1\nes   español  2\n"


def test_a_table_on_a_terminal_is_framed_and_takes_no_markup() -> None:
    out = Terminal()
    Console(out, io.StringIO()).table("Locales", ["tag"], [["[red]x[/red]"]])
    assert "Locales" in out.getvalue()
    assert "[red]x[/red]" in out.getvalue()


def test_json_is_sorted_utf8_and_not_coloured() -> None:
    out = Terminal()
    Console(out, io.StringIO()).json({"b": [WARNING], "a": "é"})
    assert out.getvalue().startswith('{\n  "a": "é",\n  "b"')
    assert json.loads(out.getvalue())["b"][0]["rule"] == "topic.unreviewed"


def test_json_is_utf8_whatever_the_terminal_speaks() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii") as out:
        Console(out, io.StringIO()).json("é")
        assert raw.getvalue() == '"é"\n'.encode()


def test_progress_moves_on_a_terminal_and_clears_its_line() -> None:
    talk = Terminal()
    with Console(io.StringIO(), talk).progress(2) as step:
        step("one")
        step("two")
    assert talk.getvalue() == "\r\x1b[K[1/2] one\r\x1b[K[2/2] two\r\x1b[K"


def test_progress_off_a_terminal_is_silent_unless_asked() -> None:
    silent, plain = io.StringIO(), io.StringIO()
    for talk, asked in ((silent, False), (plain, True)):
        with Console(io.StringIO(), talk).progress(12, plain=asked) as step:
            for place in range(12):
                step(f"leaflet {place}")
    assert silent.getvalue() == ""
    assert plain.getvalue() == "[10/12] leaflet 9\n[12/12] leaflet 11\n"
