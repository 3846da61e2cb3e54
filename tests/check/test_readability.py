import pytest

from handouts.check.readability import medical_parts, readability
from handouts.check.syllables import syllables

COUNTED = {
    1: "the back skin oil bumps squeeze clothes loose washed clogged used makes pores does build scars be me "
    "cause called eye once tongue league through fruit friend while blocked ache don't rules",
    2: "doctor wash-day oily uses causes people little table bubbles needed guided handled daily pressure lotion "
    "cleanser lukewarm bristled improve treatment ointment safety closely movement being drying going quiet diet "
    "layer doesn't fluid lion facial patient fatigue technique every someone something keeps-up moisture cotton",
    3: "medicine medicines abnormal deposits follicle follicles usual breathable infection protein-skin idea video "
    "area period serious various previous essential physician easier easiest created beyond-it theory family everyone "
    "soft-bristled vitamin shampoo-bath sebaceous royalty royally medium audience organism",
    4: "moisturiser inflammation ingredient experience seborrheic-y information individual january bacteria "
    "emergency continuous dermatitis-like-"[:-15],
    5: "international examination university",
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, words in COUNTED.items() for word in words.split()]
)
def test_a_known_word_has_its_syllables(count: int, word: str) -> None:
    assert syllables(word) == count
