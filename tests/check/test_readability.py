import pytest

from handouts.check.readability import medical_parts, readability
from handouts.check.syllables import syllables

COUNTED = {
    1: "the back skin oil bumps squeeze clothes loose washed clogged used makes pores does build scars be me cause "
    "called eye once tongue league through fruit friend while blocked ache don't rules 24",
    2: "doctor washday oily uses causes people little table bubbles needed guided handled daily pressure lotion "
    "cleanser lukewarm bristled improve treatment ointment safety closely movement being drying going quiet diet "
    "layer doesn't fluid lion facial patient fatigue technique every someone something moisture cotton doctor's",
    3: "medicine medicines abnormal deposits follicle follicles usual breathable infection idea video area period "
    "serious various previous essential physician easier easiest created theory family everyone soft-bristled "
    "vitamin sebaceous royalty medium audience keratin openings regular",
    4: "moisturiser inflammation ingredient experience information january bacteria emergency continuous dermatitis "
    "organism",
    5: "individual examination university international",
}
CASES = [(count, word) for count, words in COUNTED.items() for word in words.split()]


@pytest.mark.parametrize(("count", "word"), CASES)
def test_a_known_word_has_its_syllables(count: int, word: str) -> None:
    assert syllables(word) == count


def test_flesch_kincaid_is_the_formula_of_1975() -> None:
    found = readability(["The cat sat on the mat."])  # 6 words, 6 syllables, 1 sentence
    assert found.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert (found.words, found.sentences) == (6, 1)


def test_smog_is_the_formula_of_1969() -> None:
    found = readability(["Wash daily."] * 29 + ["Avoid infection, inflammation and continuous examination."])
    assert found.sentences == 30
    assert found.smog == pytest.approx(1.0430 * 4**0.5 + 3.1291)


def test_every_passage_ends_a_sentence() -> None:
    assert readability(["In short", "See a doctor", "Wash your back. Do it gently!"]).sentences == 4


def test_names_count_as_one_short_word() -> None:
    plain = readability(["Use it every day."])
    named = readability(["Use selenium sulfide every day."], ["Selenium sulfide", "selenium"])
    assert named == plain._replace(longest=named.longest)


def test_a_passage_that_is_only_a_name_is_left_out() -> None:
    assert readability(["Ketoconazole"], ["ketoconazole"]).sentences == 0


def test_what_makes_a_text_hard_is_named() -> None:
    found = readability(["Inflammation and more inflammation of the follicles hurts.", "Short."])
    assert found.hard == ("inflammation", "follicles")
    assert found.longest[0].startswith("Inflammation and more")


def test_the_medical_parts_of_a_cause_are_its_hard_ones() -> None:
    assert medical_parts("Blocked oil ducts (sebaceous ducts)") == ("sebaceous ducts",)
    assert medical_parts("Follicular keratosis") == ("Follicular keratosis",)
    assert medical_parts("Skin not fully cleansed") == ()


def test_nothing_has_grade_nought() -> None:
    assert readability([]).grade == 0
    assert readability(["", "…"]).grade == 0
