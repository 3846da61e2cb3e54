import pytest

from handouts.pdf.objects import name, number, text_string


@pytest.mark.parametrize(
    ("text", "written"), [("Plain-1.2", "/Plain-1.2"), ("a b/c", "/a#20b#2Fc"), ("é", "/#C3#A9"), ("#", "/#23")]
)
def test_names(text, written):
    assert name(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a (b)", r"(a \(b\))"),
        ("\\", r"(\\)"),
        ("é", "<FEFF00E9>"),
        ("😀", "<FEFFD83DDE00>"),
        ("a\nb", "<FEFF0061000A0062>"),
    ],
)
def test_text_strings(text, written):
    assert text_string(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (0.5, "0.5"), (-0.0001, "0"), (1e-9, "0"), (1.23456, "1.235"), (100, "100")],
)
def test_numbers(value, written):
    assert number(value) == written
