"""Manifests for benches: personalised rows in 7 locales, of 6 leaflets (all causes, and each), in 2 formats."""

import csv
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from tests.conftest import CAUSES

LOCALES = ("en", "es", "ar", "hi", "th", "zh-Hans", "ru")
FORMATS = ("standard", "large")
HEADS = ("locale", "cause", "format", "name", "date", "clinician", "appointment", "reference")
_GIVEN = ("Amina", "Bruno", "Chandra", "Dolores", "Elif", "Farid", "Grace", "Huda", "Ivan", "Jun", "Kofi", "Lucía")
_HEADS = ("Abb", "Bian", "Cast", "Duar", "Erik", "Fof", "Gup", "Hadd", "Itos", "Jans", "Kay", "Lind", "Moh", "Nov")
_TAILS = (
    "ott",
    "chi",
    "illo",
    "te",
    "sen",
    "ana",
    "ta",
    "ad",
    "ovic",
    "berg",
    "ari",
    "escu",
    "mann",
    "ski",
    "ez",
    "wala",
)
_ENDS = ("", "s", "o", "a", "in", "u", "er", "y", "is")
_LOCAL = {"ar": "ليلى حسن", "hi": "राम शर्मा", "th": "สมชาย ใจดี", "zh-Hans": "王小明", "ru": "Иван Петров"}


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Give so many rows; every third name is in the letters of the leaflet's language."""
    kinds = [*product(LOCALES, CAUSES, FORMATS)]
    for number in range(count):
        locale, cause, form = kinds[number % len(kinds)]
        family = f"{_HEADS[number // 7 % len(_HEADS)]}{_TAILS[number // 3 % len(_TAILS)]}{_ENDS[number % len(_ENDS)]}"
        name = f"{_GIVEN[number % len(_GIVEN)]} {family}"
        if number % 3 == 0:
            name = _LOCAL.get(locale, name)
        day, hour = 1 + number % 28, 8 + number % 9
        yield (
            locale,
            cause,
            form,
            name,
            f"2026-11-{day:02d}",
            f"Dr {_HEADS[number % len(_HEADS)]}{_TAILS[number % 4]}",
            f"2026-12-{day:02d} {hour:02d}:{number % 4 * 15:02d}",
            f"R-{number:07d}",
        )


def write(path: Path, count: int, skip: int = 0) -> Path:
    """Write a manifest of so many rows and return its path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADS)
        out.writerows(islice(rows(count + skip), skip, None))
    return path
