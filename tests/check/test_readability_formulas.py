"""Readability in other languages: syllables by their spelling, and the formulas as they were published."""

import pytest

from handouts.check.formulas import FORMULAS, UNSCORED, counted, scores, why_not
from handouts.check.tally import Sentence, Tally, sentences, tally
from handouts.check.vowels import COUNTERS, german, polish, russian, spanish, turkish

COUNTED = {
    spanish: {
        1: "pan muy hoy ley rey y o que bien dos piel pus buey seis",
        2: "día baúl leer agua guerra causa ciudad leyes aire quiere cuidar viuda oír raíz siempre limpiáis",
        3: "médico pingüino espalda prohíbe ahora poeta limpieza grasientos vivíais",
        4: "apriételos medicina aéreo saludable enfermedad peligroso tratamiento",
        6: "dermatología",
    },
    german: {
        1: "und die Arzt ein weil neu Haut frei quer schrien",
        2: "Rücken Salbe Körper heilen Seife Yoga Häute viele Beine bauen dienen verdient",
        3: "behandeln Patient Museum speziell geeignet Linie beachten",
        4: "Bakterien Hygiene Familie Patienten Medikament Therapien",
        5: "beeinträchtigen Salicylsäure",
    },
    russian: {
        0: "в к с",
        1: "врач боль",
        2: "кожа врачу",
        3: "лекарство одежда",
        5: "воспаление",
        6: "заболевание",
    },
    polish: {
        0: "w z",
        1: "nie się dla",
        2: "lekarz skóra Maria ciało plecy auto wiele",
        3: "nauka lekarza zapytaj",
        4: "dermatolog zapalenie",
    },
    turkish: {1: "sırt ve kan", 2: "doktor ilaç saat İlaç IŞIK", 3: "doktora giysiler", 4: "kıyafetler doktorunuz"},
}
CASES = [
    (count, number, word)
    for count, found in COUNTED.items()
    for number, words in found.items()
    for word in words.split()
]


@pytest.mark.parametrize(("count", "number", "word"), CASES)
def test_a_known_word_has_its_syllables(count, number: int, word: str) -> None:
    assert count(word) == number


def of(**counts: int) -> Tally:
    """A text of 10 sentences and 100 words."""
    zero = dict.fromkeys(("letters", "long", "syllables", "hard", "very_hard", "single"), 0)
    return Tally(**{"sentences": 10, "words": 100, "hardest": (), "longest": (), **zero, **counts})


def score(language: str, found: Tally) -> dict[str, float]:
    return {one.formula: one.value for one in scores(found, language)}


def test_formulas_are_as_they_were_published() -> None:
    assert score("en", of(syllables=150, hard=10)) == {"Flesch-Kincaid": 6.0, "SMOG": 8.8}
    # Flesch's own scale, Spanish: 100 words of 200 syllables in 10 sentences
    assert score("es", of(syllables=200)) == {"INFLESZ": 72.2, "Fernández Huerta": 76.6}
    assert score("de", of(syllables=170, hard=20, long=30, single=50)) == {
        "Amstad": 70.5,
        "Wiener Sachtextformel 1": 6.9,
    }
    assert score("it", of(letters=450)) == {"Gulpease": 74.0}
    assert score("ru", of(syllables=220)) == {"Oborneva": 61.6}
    assert score("pl", of(very_hard=10)) == {"Pisarek": 7.1}
    assert score("tr", of(syllables=260)) == {"Ateşman": 68.3}


def test_flesch_kincaid_of_the_cat_is_the_known_one() -> None:
    (grade, _) = scores(counted(["The cat sat on the mat."], "en"), "en")
    assert grade.value == -1.4  # −1.45, as every description of the formula has it


@pytest.mark.parametrize(
    ("value", "reads"),
    [(1.5, "very easy"), (2.1, "quite easy"), (2.25, "normal"), (2.4, "somewhat hard"), (3, "very hard")],
)
def test_a_value_reads_as_its_band(value: float, reads: str) -> None:
    assert scores(of(syllables=round(value * 100)), "es")[0].reads == reads


def test_a_language_without_a_formula_is_not_scored_and_says_why() -> None:
    for language in ("fr", "pt", "am", "th", "ar"):
        assert scores(counted(["Bonjour tout le monde."], language), language) == ()
        assert why_not(language)
    assert set(UNSCORED).isdisjoint(FORMULAS)


def test_every_formula_has_its_source_and_every_language_its_counter() -> None:
    for language, formulas in FORMULAS.items():
        assert language in COUNTERS or language == "it"  # Gulpease counts letters
        assert all(formula.source for formula in formulas)


def test_a_text_without_words_is_not_scored() -> None:
    assert scores(counted(["", "…"], "es"), "es") == ()


def test_sentences_end_in_any_script_and_names_count_as_one_short_word() -> None:
    found = sentences(["¿Qué es? Vea a un médico.", "«Стоп!» Идите к врачу", "Use ketoconazol"], ["Ketoconazol"])
    assert [len(one.words) for one in found] == [2, 4, 1, 3, 2]
    assert tally(sentences(["Use ketoconazol"], ["ketoconazol"]), spanish).syllables == 3


def test_what_makes_a_text_hard_is_counted() -> None:
    found = counted(["La inflamación y más inflamación.", "Medicina."], "es")
    assert found.hardest == (("inflamación", 2), ("medicina", 1))
    assert found.longest[0] == Sentence(
        ("La", "inflamación", "y", "más", "inflamación"), "La inflamación y más inflamación"
    )
