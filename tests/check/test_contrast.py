"""The contrast rule: known WCAG values, what it names, and that every built-in brand satisfies it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.contrast import PAIRS, palette_findings
from handouts.colour import contrast, grey, luminance
from handouts.findings import Severity, Where
from handouts.model.authored import Brand, Palette

BRANDS = sorted((Path(__file__).parents[2] / "templates" / "brands").glob("*/brand.toml"))
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SOUND = Palette(
    ink="#1b262c",
    muted="#4a5a63",
    primary="#0f5160",
    on_primary="#ffffff",
    accent="#3d8796",
    tint="#eaf2f3",
    line="#c3d3d6",
    safety="#9a2a14",
    safety_tint="#fdf0ea",
)


def brand(path: Path) -> Brand:
    return msgspec.toml.decode(path.read_bytes(), type=Brand)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [("#000000", 0.0), ("#ffffff", 1.0), ("#ff0000", 0.2126), ("#00ff00", 0.7152), ("#0000ff", 0.0722)],
)
def test_luminance_of_the_primaries_is_their_weight(colour: str, expected: float) -> None:
    assert luminance(colour) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey that passes on white
        ("#777777", "#ffffff", 4.48),  # the darkest that fails
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_known_ratios(a: str, b: str, expected: float) -> None:
    assert contrast(a, b) == pytest.approx(expected, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_within_its_range(a: str, b: str) -> None:
    assert contrast(a, b) == contrast(b, a)
    assert 1.0 <= contrast(a, b) <= 21.0 + 1e-9


@given(COLOURS)
def test_a_colour_has_no_contrast_with_itself(colour: str) -> None:
    assert contrast(colour, colour) == 1.0


@given(st.integers(0, 255))
def test_a_grey_stays_as_it_is(level: int) -> None:
    colour = f"#{level:02x}{level:02x}{level:02x}"
    assert grey(colour) == colour


def test_grey_weighs_green_most() -> None:
    assert (grey("#ff0000"), grey("#00ff00"), grey("#0000ff")) == ("#4c4c4c", "#969696", "#1c1c1c")


@pytest.mark.parametrize("path", BRANDS, ids=lambda path: path.parent.name)
def test_every_built_in_brand_is_clean(path: Path) -> None:
    assert palette_findings(brand(path).palette, Where(file=path.name)) == ()


def test_there_are_built_in_brands() -> None:
    assert "house" in {path.parent.name for path in BRANDS}


def test_a_faint_pair_is_named_with_what_it_has_and_what_it_needs() -> None:
    where = Where(file="brand.toml")
    palette = msgspec.structs.replace(SOUND, muted="#777777")
    on_paper, on_tint = palette_findings(palette, where)
    assert on_paper.rule == "contrast"
    assert on_paper.severity is Severity.ERROR
    assert on_paper.where == where
    assert "muted #777777 on paper #ffffff" in on_paper.message
    assert "4.47:1 in colour and 4.47:1 in greyscale" in on_paper.message
    assert "4.5:1" in on_paper.message
    assert on_paper.hint == "Darken muted to #767676 or beyond."
    assert "on tint" in on_tint.message


def test_a_pair_that_only_fails_in_greyscale_says_so() -> None:
    lilac = "#a488c6"  # 3.03:1 on white, but its grey has 2.92:1
    (finding,) = palette_findings(msgspec.structs.replace(SOUND, accent=lilac), Where())
    assert "in greyscale" in finding.message
    assert "in colour" not in finding.message


def test_where_the_foreground_cannot_move_the_background_is_advised() -> None:
    palette = msgspec.structs.replace(SOUND, primary="#777777", tint="#ffffff", on_primary="#888888")
    hints = [finding.hint for finding in palette_findings(palette, Where())]
    assert any(hint.startswith("Darken primary") for hint in hints)


@given(COLOURS, COLOURS)
def test_following_the_hint_mends_the_pair(ink: str, paper: str) -> None:
    palette = msgspec.structs.replace(SOUND, ink=ink, paper=paper)
    for finding in palette_findings(palette, Where()):
        named = finding.message.startswith("ink") and " on paper " in finding.message
        if not named or finding.hint.startswith("Choose"):
            continue
        _, role, _, shade, *_ = finding.hint.split()
        mended = msgspec.structs.replace(palette, **{role: shade})
        left = [other.message for other in palette_findings(mended, Where())]
        assert not any(message.startswith("ink") and " on paper " in message for message in left)


def test_every_pair_says_why_and_hairlines_are_left_out() -> None:
    assert all(pair.why and pair.minimum >= 3 for pair in PAIRS)
    assert not any("line" in (pair.foreground, pair.background) for pair in PAIRS)
