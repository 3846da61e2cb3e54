"""A page template that is wrong is told with its line, or what it made; no words vanish; nothing runs away."""

from pathlib import Path

import pytest

from tests.hostile.conftest import PAGE, TOPIC, put, swap

TITLE = "<h1>{{ about.title }}</h1>"


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ("{{ nope.title }}", "'nope' is undefined"),
        ("{{ about.titel }}", "titel"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion"),
        ('{{ fill("x", a=1) }}', "lang"),
        ('{{ "abc"[::0] }}', "slice step"),
        ('{{ "a" * 10**9 }}', "no operator **"),
        ('{{ "a" * 1000000000 }}', "no operator *"),
        ('{{ "a"|center(2000000) }}', "more than 1000000 characters"),
        ("{% for i in range(9) %}{% endfor %}", "'range' is undefined"),
        ("{{ cause }}", "no text (NoneType)"),
        ("{{ about.summary }}", "no text (tuple)"),
        ('{{ "".__class__ }}', "unsafe"),
        ("{{ fill.__globals__ }}", "unsafe"),
        ('{% include "/etc/passwd" %}', "no loader"),
        ("{% if x %}", "endif"),
    ],
)
def test_jinja(render, clinic: Path, instead: str, says: str) -> None:
    put(clinic, PAGE, swap(TITLE, instead))
    result = render()
    assert result.exit_code == 4
    assert result.stderr.startswith("Error: The page template is wrong: ")
    assert says in result.stderr
    assert "in templates/pages/leaflet.html.j2" in result.stderr


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        (f"{TITLE} loose words", "words stand loose in the page"),
        (f"{TITLE}{{{{ about.introduction }}}}", "words stand loose in the page"),
        (f"{TITLE}<aside>words</aside>", "words stand loose in <aside>"),
        (f"{TITLE}<ul><li>words <p>more</p></li></ul>", "words stand loose in <li>"),
        (f"{TITLE}<ul>words</ul>", "words stand loose in <ul>"),
        (f"{TITLE}<ul><p>words</p></ul>", "a list holds <li>"),
        (f'{TITLE}<p>words <img class="icon" src="wash" alt="x"/></p>', "<img> cannot stand inside running text"),
        (f"{TITLE}<dl><div><dt>a</dt><dd>b</dd><dd>c</dd></div></dl>", "one <dt> and one <dd>"),
        (f'{TITLE}<p><bdi dir="up">a</bdi></p>', "is no direction"),
        (f'{TITLE}<p><bdi lang="a b">a</bdi></p>', "is no language tag"),
        (TITLE + '<section class="plain">' * 3000 + "<p>x</p>" + "</section>" * 3000, "nested too deep"),
        (TITLE + "<p>" + "<b>" * 3000 + "x" + "</b>" * 3000 + "</p>", "nested too deep"),
        (f'{TITLE}<p>{{{{ "\\ud800" }}}}</p>', "not well formed"),
        (f"{TITLE}<marquee>x</marquee>", "It comes from: <h1>"),
    ],
)
def test_html(render, clinic: Path, instead: str, says: str) -> None:
    put(clinic, PAGE, swap(TITLE, instead))
    result = render()
    assert result.exit_code == 4
    assert result.stderr.startswith("Error: The page template is wrong: ")
    assert says in result.stderr
    assert "in templates/pages/leaflet.html.j2" in result.stderr
    assert result.stderr.count("page template is wrong") == 1


def test_an_effect_that_is_left_out_does_not_print_none(render, clinic: Path) -> None:
    put(clinic, PAGE, swap("{% if cause.effect %}<p>{{ cause.effect }}</p>{% endif %}", "<p>{{ cause.effect }}</p>"))
    put(clinic, TOPIC, lambda data: b"\n".join(line for line in data.split(b"\n") if not line.startswith(b"effect")))
    assert render("--cause", "each").exit_code == 4
