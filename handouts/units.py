"""Lengths: points inside, millimetres in everything a person writes or reads."""

from typing import Final

POINTS_PER_INCH: Final = 72.0
MM_PER_INCH: Final = 25.4


def points(millimetres: float) -> float:
    """Return a length given in millimetres, in points (1/72 inch)."""
    return millimetres * POINTS_PER_INCH / MM_PER_INCH


def millimetres(length: float) -> float:
    """Return a length given in points, in millimetres."""
    return length * MM_PER_INCH / POINTS_PER_INCH
