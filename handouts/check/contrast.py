"""Contrast of a brand's colours, on screen and as a one-colour printer shows them.

The pairs of colours that meet on paper stand in a table; :mod:`handouts.colour` measures them.
"""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from handouts.colour import BLACK, WHITE, contrast, grey, luminance, nearest_shade
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Palette

RULE: Final = "contrast"
Role: TypeAlias = Literal["ink", "muted", "primary", "on_primary", "accent", "tint", "safety", "safety_tint", "paper"]

TEXT: Final = 4.5
"""WCAG 2.2, 1.4.3: text below 18 pt (14 pt bold). Asked of headings too, since a format may set them smaller."""

GRAPHIC: Final = 3.0
"""WCAG 2.2, 1.4.11: parts of graphics that carry meaning."""


class Pair(NamedTuple):
    """Two roles that meet on paper, the least ratio between them, and where they meet."""

    foreground: Role
    background: Role
    minimum: float
    why: str


PAIRS: Final = (
    Pair("ink", "paper", TEXT, "body text"),
    Pair("ink", "tint", TEXT, "body text in panels"),
    Pair("ink", "safety_tint", TEXT, "the text of the warning"),
    Pair("muted", "paper", TEXT, "small print, header and footer"),
    Pair("muted", "tint", TEXT, "small print in panels"),
    Pair("primary", "paper", TEXT, "headings, links and pictograms"),
    Pair("primary", "tint", TEXT, "headings, links and pictograms in panels"),
    Pair("on_primary", "primary", TEXT, "the brand's name on a band"),
    Pair("safety", "safety_tint", TEXT, "the heading and pictogram of the warning"),
    Pair("accent", "paper", GRAPHIC, "rules and bars that set parts off"),
)
"""What is checked. ``line`` is absent: hairlines only decorate, and nothing depends on seeing them."""


def palette_findings(palette: Palette, where: Where) -> tuple[Finding, ...]:
    """Return an error for every pair of :data:`PAIRS` that is too faint in colour, in greyscale, or in both.

    Each names the pair, the ratio it has, the ratio it needs, and the nearest shade that would do.
    """
    return tuple(finding for pair in PAIRS for finding in _pair_findings(pair, palette, where))


def _pair_findings(pair: Pair, palette: Palette, where: Where) -> Iterator[Finding]:
    foreground: str = getattr(palette, pair.foreground)
    background: str = getattr(palette, pair.background)
    ratios = {
        "in colour": contrast(foreground, background),
        "in greyscale": contrast(grey(foreground), grey(background)),
    }
    low = [f"{_shown(ratio)}:1 {manner}" for manner, ratio in ratios.items() if ratio < pair.minimum]
    if not low:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.ERROR,
        message=f"{pair.foreground} {foreground} on {pair.background} {background} ({pair.why}) has a contrast of "
        f"{' and '.join(low)}; it needs {pair.minimum:g}:1.",
        where=where,
        hint=_way_out(pair, foreground, background),
    )


def _way_out(pair: Pair, foreground: str, background: str) -> str:
    """Return the smallest step of the foreground away from the background that is enough, else of the background."""
    darker = luminance(foreground) <= luminance(background)
    for role, colour, other, darken in (
        (pair.foreground, foreground, background, darker),
        (pair.background, background, foreground, not darker),
    ):
        shade = nearest_shade(colour, BLACK if darken else WHITE, other, pair.minimum)
        if shade:
            return f"{'Darken' if darken else 'Lighten'} {role} to {shade} or beyond."
    return f"Choose {pair.foreground} and {pair.background} further apart."


def _shown(ratio: float) -> str:
    # Rounded down, so that a pair that just fails never reads as one that passes.
    return f"{int(ratio * 100) / 100:.2f}"
