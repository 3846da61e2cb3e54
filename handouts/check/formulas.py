"""Readability formulas of record, by language, each with its source. Languages without one are not scored.

A score says how long words and sentences are, no more: it finds hard text, and does not prove that a text is clear.
Scores of different formulas cannot be compared.
"""

from collections.abc import Callable, Iterable, Mapping
from math import sqrt
from typing import Final, NamedTuple

import msgspec

from handouts.check.readability import flesch_kincaid, smog
from handouts.check.tally import Tally, sentences, tally
from handouts.check.vowels import COUNTERS


class Formula(NamedTuple):
    """One formula: its name, its source, what its values mean, and how they are found.

    ``bands`` are words for values, each from its limit on, the highest limit first; none for grades of school.
    """

    name: str
    source: str
    scale: str
    bands: tuple[tuple[float, str], ...]
    value: Callable[[Tally], float]


class Score(msgspec.Struct, frozen=True):
    """What one formula says of a text: the value to one decimal, and how that reads."""

    formula: str
    value: float
    reads: str


def scores(found: Tally, language: str) -> tuple[Score, ...]:
    """Return what the formulas of a language say of a text; nothing for a language without, or a text without words."""
    formulas = FORMULAS.get(language, ()) if found.words else ()
    return tuple([_score(formula, found) for formula in formulas])


def counted(passages: Iterable[str], language: str, names: Iterable[str] = ()) -> Tally:
    """Return the counts of a text in a language: syllables only where its spelling tells them."""
    return tally(sentences(passages, names), COUNTERS.get(language))


def hard_words(found: Tally, language: str) -> tuple[tuple[str, int], ...]:
    """Return the words that a language's formulas count as hard with their numbers, the most frequent first."""
    if language not in HARD_WORDS:
        return ()
    count = COUNTERS[language]
    return tuple([(word, number) for word, number in found.hardest if count(word) >= HARD_WORDS[language]])


def why_not(language: str) -> str:
    """Return why a language is not scored."""
    return UNSCORED.get(language, "no formula of record")


def _score(formula: Formula, found: Tally) -> Score:
    value = round(formula.value(found), 1)
    band = next(
        (words for limit, words in formula.bands if value >= limit), formula.bands[-1][1] if formula.bands else ""
    )
    return Score(formula.name, value, band or formula.scale)


def _pace(found: Tally) -> float:
    """Words per sentence."""
    return found.words / found.sentences


def _weight(found: Tally) -> float:
    """Syllables per word."""
    return found.syllables / found.words


def _wiener(found: Tally) -> float:
    hard, long, single = (100 * part / found.words for part in (found.hard, found.long, found.single))
    return 0.1935 * hard + 0.1672 * _pace(found) + 0.1297 * long - 0.0327 * single - 0.875


def _pisarek(found: Tally) -> float:
    return sqrt(_pace(found) ** 2 + (100 * found.very_hard / found.words) ** 2) / 2


_GRADE: Final = "school grade"
_FLESCH: Final = (
    (90.0, "very easy"),
    (80.0, "easy"),
    (70.0, "fairly easy"),
    (60.0, "standard"),
    (50.0, "fairly hard"),
    (30.0, "hard"),
    (-1e9, "very hard"),
)
_INFLESZ: Final = (
    (80.0, "very easy"),
    (65.0, "quite easy"),
    (55.0, "normal"),
    (40.0, "somewhat hard"),
    (-1e9, "very hard"),
)
_ATESMAN: Final = ((90.0, "very easy"), (70.0, "easy"), (50.0, "medium"), (30.0, "hard"), (-1e9, "very hard"))
_GULPEASE: Final = (
    (80.0, "easy with primary school"),
    (60.0, "easy with middle school"),
    (40.0, "easy with high school"),
    (-1e9, "hard with high school"),
)

FORMULAS: Final[Mapping[str, tuple[Formula, ...]]] = {
    "en": (
        Formula("Flesch-Kincaid", "Kincaid et al., Research Branch Report 8-75 (1975)", _GRADE, (), flesch_kincaid),
        Formula("SMOG", "McLaughlin, Journal of Reading 12 (1969)", _GRADE, (), smog),
    ),
    "es": (
        Formula(
            "INFLESZ",
            "Szigriszt Pazos (1993); Barrio Cantalejo et al., An Sist Sanit Navar 31 (2008)",
            "0 to 100",
            _INFLESZ,
            lambda found: 206.835 - 62.3 * _weight(found) - _pace(found),
        ),
        Formula(
            "Fernández Huerta",
            "Fernández Huerta, Consigna 214 (1959), with the sentence term as corrected by Law (2011)",
            "0 to 100",
            _FLESCH,
            lambda found: 206.84 - 60 * _weight(found) - 1.02 * _pace(found),
        ),
    ),
    "de": (
        Formula(
            "Amstad",
            "Amstad, Wie verständlich sind unsere Zeitungen? (Zürich 1978)",
            "0 to 100",
            _FLESCH,
            lambda found: 180 - _pace(found) - 58.5 * _weight(found),
        ),
        Formula(
            "Wiener Sachtextformel 1", "Bamberger, Vanecek, Lesen – Verstehen – Lernen (1984)", _GRADE, (), _wiener
        ),
    ),
    "it": (
        Formula(
            "Gulpease",
            "Lucisano, Piemontese, Scuola e Città 39 (1988)",
            "0 to 100",
            _GULPEASE,
            lambda found: 89 + (300 * found.sentences - 10 * found.letters) / found.words,
        ),
    ),
    "ru": (
        Formula(
            "Oborneva",
            "Оборнева, Автоматизированная оценка сложности учебных текстов (2006)",
            "0 to 100",
            _FLESCH,
            lambda found: 206.835 - 1.3 * _pace(found) - 60.1 * _weight(found),
        ),
    ),
    "pl": (
        Formula(
            "Pisarek", "Pisarek, Jak mierzyć zrozumiałość tekstu?, Zeszyty Prasoznawcze 4 (1969)", _GRADE, (), _pisarek
        ),
    ),
    "tr": (
        Formula(
            "Ateşman",
            "Ateşman, Dil Dergisi 58 (1997)",
            "0 to 100",
            _ATESMAN,
            lambda found: 198.825 - 40.175 * _weight(found) - 2.610 * _pace(found),
        ),
    ),
}
"""The formulas by language, the one that health publishers use most first."""

HARD_WORDS: Final[Mapping[str, int]] = {"de": 3, "en": 3, "pl": 4}
"""From how many syllables on a word is hard, in the languages whose formulas count such words."""

UNSCORED: Final[Mapping[str, str]] = {
    "fr": "Kandel and Moles count spoken syllables, which French spelling does not tell",
    "pt": "Martins et al. count syllables, which Portuguese spelling tells only with the stress",
}
"""Why a language that has a formula is not scored."""
