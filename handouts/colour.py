"""Colours as ``#rrggbb``: luminance, contrast, the grey a printer makes of one, the nearest shade that can be read.

Luminance and ratio are those of WCAG 2.2 (success criterion 1.4.3 and its definitions of relative luminance and
contrast ratio). The grey of a colour is PDF's own conversion from DeviceRGB to DeviceGray (ISO 32000-1:2008, 10.3.2),
which printers and print servers apply when they print a coloured page in black.
"""

from functools import lru_cache

BLACK, WHITE = "#000000", "#ffffff"
_STEPS = 100


@lru_cache(maxsize=1024)
def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1024)
def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of two colours, from 1 (the same) to 21; their order does not matter."""
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def grey(colour: str) -> str:
    """Return the grey, as ``#rrggbb``, that a one-colour printer makes of a colour.

    0.30 red + 0.59 green + 0.11 blue of the encoded values (ISO 32000-1:2008, 10.3.2).
    """
    red, green, blue = _channels(colour)
    return _code((round(0.30 * red + 0.59 * green + 0.11 * blue),) * 3)


def nearest_shade(colour: str, end: str, other: str, minimum: float, first: int = 1) -> str:
    """Return the first shade on the way to ``end`` that contrasts enough with ``other``, or nothing.

    Enough means at least ``minimum`` both in colour and in greyscale. ``first`` 0 lets the colour itself count.
    """
    start, goal = _channels(colour), _channels(end)
    for step in range(first, _STEPS + 1):
        mixed = tuple(round(a + (b - a) * step / _STEPS) for a, b in zip(start, goal, strict=True))
        shade = _code(mixed)
        if min(contrast(shade, other), contrast(grey(shade), grey(other))) >= minimum:
            return shade
    return ""


def _linear(encoded: float) -> float:
    return encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _code(channels: tuple[int, ...]) -> str:
    return "#" + bytes(channels).hex()
