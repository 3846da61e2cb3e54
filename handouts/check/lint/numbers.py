"""Numbers and units: a dose, a count or a span of time must survive translation, in whatever digits it is written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.check.lint.subject import Pair, Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_NUMBER: Final = re.compile(r"\d+(?:[.,٫]\d+)*")

UNITS: Final = {
    "%": ("%", "٪", "％"),
    "°C": ("°C", "℃", "°م", "°س"),
    "µg": ("µg", "μg", "mcg", "мкг", "微克", "میکروگرم", "ميكروغرام", "마이크로그램", "マイクログラム"),
    "mg": ("mg", "мг", "毫克", "ملغ", "ملجم", "مجم", "میلی‌گرم", "ملی‌گرام", "मिग्रा", "มก", "มิลลิกรัม", "밀리그램"),
    "kg": ("kg", "кг", "公斤", "千克", "كغ", "كجم", "کیلوگرم", "किग्रा", "กก", "กิโลกรัม"),
    "g": ("g", "г", "克", "غ", "جم", "گرم", "ग्रा", "กรัม"),
    "ml": ("ml", "mL", "мл", "毫升", "مل", "میلی‌لیتر", "मिली", "มล", "มิลลิลิตร", "밀리리터"),
    "mm": ("mm", "мм", "毫米", "公釐", "مم", "میلی‌متر", "मिमी", "มม", "มิลลิเมตร"),
    "cm": ("cm", "см", "厘米", "公分", "سم", "سانتی‌متر", "सेमी", "ซม", "เซนติเมตร"),
}
"""Unit → how it is written, the sign first."""


def numbers(subject: Subject) -> Iterator[Breach]:
    """Give the translations that have other numbers than the English."""
    for pair in subject.pairs:
        wanted, got = _numbers(pair.bare_source), _numbers(pair.bare)
        if wanted != got:
            lacking, extra = _listed(wanted - got), _listed(got - wanted)
            what = f"The numbers differ: lacking {lacking}; besides {extra}."
            yield Breach(what, pair.where, "Write the same numbers, in your language’s digits.")


def units(subject: Subject) -> Iterator[Breach]:
    """Give the translations whose numbers stand with other units than in the English."""
    for pair in subject.pairs:
        if _has_digit(pair) and (wanted := _units(pair.bare_source)) != (got := _units(pair.bare)):
            what = f"The units differ: the English has {_listed(wanted)}, the translation {_listed(got)}."
            yield Breach(what, pair.where, "Write the same unit beside each number.")


def _has_digit(pair: Pair) -> bool:
    return any(map(str.isdecimal, pair.bare_source))


def _numbers(text: str) -> Counter[str]:
    if not any(map(str.isdecimal, text)):
        return Counter()
    return Counter("".join(map(_ascii, found)) for found in _NUMBER.findall(text))


def _ascii(character: str) -> str:
    return str(unicodedata.decimal(character, "."))


@lru_cache(maxsize=256)
def _units(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for unit, pattern in _UNIT.items():
        found[unit] += len(pattern.findall(text))
    return +found


def _listed(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def _beside(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a unit after a number, or before one (Turkish writes %5)."""
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.compile(rf"\d[\s\u00a0]?(?:{either})(?!\w)|(?<!\w)(?<!\d)(?<!\d\s)(?:{either})[\s\u00a0]?(?=\d)")


_UNIT: Final = {unit: _beside(forms) for unit, forms in UNITS.items()}

RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.numbers",
        Severity.ERROR,
        "A patient who reads another dose, count or span of time takes it.",
        numbers,
    ),
    Rule(
        "lint.units",
        Severity.ERROR,
        "Milligrams read as grams are a thousandfold dose.",
        units,
    ),
)
"""The rules on numbers."""
