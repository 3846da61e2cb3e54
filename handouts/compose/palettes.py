"""Palettes that derive from any brand: for eyes that need the strongest contrast, and for one-colour printers."""

from typing import Literal, get_args

from msgspec.structs import replace

from handouts.colour import BLACK, WHITE, grey, nearest_shade
from handouts.errors import NotFound
from handouts.model.authored import Brand, Palette

PaletteName = Literal["brand", "high-contrast", "greyscale"]
PALETTES: tuple[str, ...] = get_args(PaletteName)
# WCAG 2.2, 1.4.6 (enhanced contrast, level AAA).
_STRONGEST = 7.0
_ENOUGH = 4.5


def in_palette(brand: Brand, name: str) -> Brand:
    """Return the brand in one of the derived palettes (``brand``: its own).

    ``high-contrast`` sets black on white and darkens each colour until it stands 7:1 on white; ``greyscale`` is what a
    one-colour printer makes of the brand, darkened where that would fall below 4.5:1. Raises NotFound for another name.
    """
    if name == "brand":
        return brand
    if name == "high-contrast":
        return replace(brand, palette=_high_contrast(brand.palette), look=replace(brand.look, panels="outlined"))
    if name == "greyscale":
        return replace(brand, palette=_greyscale(brand.palette))
    raise NotFound.among("palette", name, PALETTES)


def _high_contrast(own: Palette) -> Palette:
    return Palette(
        ink=BLACK,
        muted=BLACK,
        primary=_darkened(own.primary, WHITE, _STRONGEST),
        on_primary=WHITE,
        accent=_darkened(own.accent, WHITE, _STRONGEST),
        tint=WHITE,
        line=BLACK,
        safety=_darkened(own.safety, WHITE, _STRONGEST),
        safety_tint=WHITE,
        paper=WHITE,
    )


def _greyscale(own: Palette) -> Palette:
    greys = {role: grey(getattr(own, role)) for role in own.__struct_fields__}
    for role in ("ink", "muted", "primary"):
        greys[role] = _darkened(greys[role], greys["tint"], _ENOUGH)
    greys["ink"] = _darkened(greys["ink"], greys["safety_tint"], _ENOUGH)
    greys["safety"] = _darkened(greys["safety"], greys["safety_tint"], _ENOUGH)
    greys["accent"] = _darkened(greys["accent"], greys["paper"], _ENOUGH)
    greys["on_primary"] = WHITE
    return Palette(**greys)


def _darkened(colour: str, ground: str, ratio: float) -> str:
    """Return the colour, or the first shade of it towards black that has the ratio on the ground."""
    return nearest_shade(colour, BLACK, ground, ratio, first=0) or BLACK
