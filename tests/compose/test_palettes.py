"""Derived palettes keep every contrast floor, whatever the brand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.contrast import palette_findings
from handouts.colour import contrast
from handouts.compose.palettes import PALETTES, in_palette
from handouts.errors import NotFound
from handouts.findings import Where
from handouts.library import Library
from handouts.model.authored import Brand, Palette

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LIGHT = st.tuples(*[st.integers(0xE0, 0xFF)] * 3).map(lambda rgb: "#" + bytes(rgb).hex())
BRANDS = st.builds(
    Palette, ink=COLOUR, muted=COLOUR, primary=COLOUR, on_primary=COLOUR, accent=COLOUR, tint=LIGHT, line=COLOUR,
    safety=COLOUR, safety_tint=LIGHT,
)  # fmt: skip


@given(palette=BRANDS, name=st.sampled_from(PALETTES[1:]))
def test_floors_hold_for_any_brand(palette: Palette, name: str) -> None:
    derived = in_palette(Brand(id="x", name="X", palette=palette), name).palette
    assert palette_findings(derived, Where()) == ()


def test_high_contrast_is_aaa(library: Library) -> None:
    for name in library.brands():
        palette = in_palette(library.brand(name), "high-contrast").palette
        assert min(contrast(getattr(palette, role), "#ffffff") for role in ("ink", "muted", "primary", "safety")) >= 7


def test_greyscale_is_grey(library: Library) -> None:
    palette = in_palette(library.brand("harbour-clinic"), "greyscale").palette
    for role in palette.__struct_fields__:
        colour = getattr(palette, role)
        assert colour[1:3] == colour[3:5] == colour[5:7]


def test_own_palette_is_untouched(library: Library) -> None:
    brand = library.brand("house")
    assert in_palette(brand, "brand") is brand


def test_unknown_palette_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="palette"):
        in_palette(library.brand("house"), "gray")
