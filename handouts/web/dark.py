"""A brand's colours for reading in the dark: the same hues, light on deep grounds."""

from msgspec.structs import replace

from handouts.colour import BLACK, WHITE, contrast, nearest_shade
from handouts.model.authored import Palette

DEEPEST = 20.9
"""Ink on paper from which a palette counts as black on white, and becomes white on black."""


def dark(own: Palette) -> Palette:
    """Return the palette for dark mode.

    All that is read stands at least 7:1 on every ground it meets (WCAG 2.2, 1.4.6), rules and bars 4.5:1. Grounds are
    the brand's primary and safety colours, deepened; for a palette of black on white they are black. ``on_primary``
    stays: a band keeps its own colour in the dark.
    """
    strongest = contrast(own.ink, own.paper) > DEEPEST and own.tint == own.paper

    def ground(colour: str, ratio: float) -> str:
        return BLACK if strongest else nearest_shade(colour, BLACK, WHITE, ratio, first=0) or BLACK

    def on(colour: str, below: str, ratio: float) -> str:
        return nearest_shade(colour, WHITE, below, ratio, first=0) or WHITE

    paper, tint, warning = ground(own.primary, 17.5), ground(own.primary, 14.5), ground(own.safety, 14.5)
    return replace(
        own,
        paper=paper,
        tint=tint,
        safety_tint=warning,
        ink=on(own.tint, tint, 11.0),
        muted=on(own.muted, tint, 7.0),
        primary=on(own.primary, tint, 7.0),
        accent=on(own.accent, tint, 4.5),
        line=on(own.primary, tint, 3.0),
        safety=on(own.safety, warning, 7.0),
    )
