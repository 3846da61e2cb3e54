"""Unicode's two conformance files in full, and what a leaflet meets of bidirectional text.

The files are Unicode's own (15.0.0), packed; their licence lies beside them. `.ci/build_ucd.py` renews them.
"""

import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.typeset import bidi
from handouts.typeset.bidi_rules import REMOVED

DATA = Path(__file__).parent / "data"
CHUNKS = 16
LRI, RLI, FSI, PDI = "\u2066\u2067\u2068\u2069"

SPECIMENS = (
    {"L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "0", "AN": "\u0660", "NSM": "\u0300", "BN": "\xad"}
    | {"ES": "+", "ET": "%", "CS": ",", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!"}
    | {"LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c"}
    | {"LRI": LRI, "RLI": RLI, "FSI": FSI, "PDI": PDI}
)
"""A character of each class."""


@cache
def conformance(name: str) -> list[str]:
    """The lines of one of Unicode's files, without comments."""
    lines = lzma.decompress((DATA / f"{name}.xz").read_bytes()).decode("utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


@cache
def class_cases() -> list[tuple[str, str, list[str]]]:
    """BidiTest.txt as groups of one outcome: the levels, the visual order, the lines of ``classes; bits``."""
    groups: list[tuple[str, str, list[str]]] = []
    for line in conformance("BidiTest.txt"):
        name, _, value = line.partition(":")
        if name == "@Levels":
            levels = value
        elif name == "@Reorder":
            groups.append((levels, value, []))
        else:
            groups[-1][2].append(line)
    return groups


def visual(levels: Sequence[int], kept: Sequence[int]) -> list[int]:
    return [kept[at] for at in bidi.reorder([levels[at] for at in kept])]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_case_of_unicodes_test_of_classes(chunk: int) -> None:
    failures = []
    for levels, order, lines in class_cases()[chunk::CHUNKS]:
        expected = levels.split()
        kept = [at for at, level in enumerate(expected) if level != "x"]
        wanted = [int(expected[at]) for at in kept]
        assert bidi.reorder(wanted) == [kept.index(int(at)) for at in order.split()]
        for case in lines:
            classes, _, bits = case.partition(";")
            text = "".join([SPECIMENS[kind] for kind in classes.split()])
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits) & bit:
                    line = bidi.paragraph_level(text) if base is None else base
                    found = bidi.line_levels(text, bidi.levels(text, base), 0, len(text), line)
                    if [found[at] for at in kept] != wanted:
                        failures.append((classes, base, found))
    assert not failures


def test_unicodes_tests_are_all_there() -> None:
    assert sum(int(case.partition(";")[2]).bit_count() for _, _, lines in class_cases() for case in lines) == 770_241
    assert len(conformance("BidiCharacterTest.txt")) == 91_707


@pytest.mark.parametrize("chunk", range(4))
def test_every_case_of_unicodes_test_of_characters(chunk: int) -> None:
    failures = []
    for case in conformance("BidiCharacterTest.txt")[chunk::4]:
        codes, direction, base, wanted, order = case.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        asked = {"0": 0, "1": 1, "2": None}[direction]
        level = bidi.paragraph_level(text) if asked is None else asked
        levels = bidi.line_levels(text, bidi.levels(text, asked), 0, len(text), level)
        kept = [at for at, char in enumerate(text) if bidi.bidi_class(char) not in REMOVED]
        shown = " ".join(str(levels[at]) if at in kept else "x" for at in range(len(text)))
        if (str(level), shown, " ".join(map(str, visual(levels, kept)))) != (base, wanted, order):
            failures.append(case)
    assert not failures


# What a leaflet meets. The lines are written as they look on paper, letters and words from left to right.


def shown(text: str, base: int) -> str:
    """A text of one line in visual order, without what is never painted."""
    levels = bidi.line_levels(text, bidi.levels(text, base), 0, len(text), base)
    return "".join(
        text[at]
        for at in bidi.reorder(levels)
        if bidi.bidi_class(text[at]) not in REMOVED | {"LRI", "RLI", "FSI", "PDI"}
    )


def test_a_hebrew_dose_keeps_its_digits() -> None:
    assert shown("ב-24 שעות", 1) == "תועש 24-ב"


def test_a_persian_dose_keeps_its_digits() -> None:
    assert shown("هر ۲۴ ساعت", 1) == "تعاس ۲۴ ره"


def test_an_isolated_phone_number_is_not_turned_round() -> None:
    number = "020 7946 0958"
    assert shown(f"الهاتف: {LRI}{number}{PDI}.", 1) == ".020 7946 0958 :فتاهلا"
    assert shown(f"الهاتف: {number}.", 1) == ".0958 7946 020 :فتاهلا"  # why values are isolated


def test_an_isolated_medicine_keeps_its_mark_and_brackets() -> None:
    assert shown(f"دواء {LRI}isotretinoin (Accutane®){PDI} فقط", 1) == "طقف isotretinoin (Accutane®) ءاود"


def test_an_isolated_sun_factor_keeps_its_plus_behind() -> None:
    assert shown(f"واقي {LRI}SPF 30+{PDI}", 1) == "SPF 30+ يقاو"


def test_an_arabic_name_in_an_english_line_turns_alone() -> None:
    assert shown(f"See {FSI}د. سلمى{PDI}, ward 3", 0) == "See ىملس .د, ward 3"


def test_brackets_follow_the_paragraph_round_a_foreign_word() -> None:
    assert bidi.levels("كريم (urea)", 1) == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1]


def test_canonically_equivalent_brackets_pair() -> None:
    paired = bidi.levels("א\u2329b\u3009", 1)
    assert paired == bidi.levels("א\u2329b\u232a", 1) == [1, 1, 2, 1]
    assert bidi.levels("א(b]c", 1) == [1, 1, 2, 2, 2]  # these do not


def test_left_to_right_text_is_all_of_level_zero() -> None:
    text = "Take 2 tablets (5–10 mg) – ask 医生 or แพทย์!"
    assert bidi.levels(text, 0) == bidi.levels(text, None) == [0] * len(text)


def test_an_empty_text_has_no_levels() -> None:
    assert bidi.levels("", None) == bidi.levels("", 1) == bidi.reorder([]) == []
    assert bidi.paragraph_level("") == 0


def test_the_paragraph_level_comes_from_the_first_strong_letter_outside_isolates() -> None:
    assert bidi.paragraph_level(f"{LRI}urea{PDI} كريم") == 1
    assert bidi.paragraph_level("24 %") == 0
    assert bidi.paragraph_level("24 %", default=1) == 1
    assert bidi.paragraph_level("24\u2029كريم", default=0) == 0


def test_each_paragraph_of_a_text_is_resolved_alone() -> None:
    assert bidi.levels("a\u2029א\u2029b", None) == [0, 0, 1, 1, 0]
    assert bidi.levels("\u202bא\u2029א b", 0) == [0, 1, 0, 1, 0, 0]  # an embedding ends with its paragraph


def test_a_blank_at_the_end_of_a_line_takes_the_paragraphs_level() -> None:
    text = "كريم urea gel"
    levels = bidi.levels(text, 1)
    assert levels[9] == 2
    assert bidi.line_levels(text, levels, 5, 10, 1) == [2, 2, 2, 2, 1]
    assert bidi.line_levels(text, levels, 5, 9, 1) == [2, 2, 2, 2]


def test_runs_are_reordered_like_characters() -> None:
    assert bidi.reorder([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert bidi.reorder([1, 2, 2, 1]) == [3, 1, 2, 0]


def test_unassigned_code_points_have_the_direction_of_their_block() -> None:
    assert [bidi.bidi_class(char) for char in "\u05ff\u08ff\U0001efff\U00020000\U0010ffff"] == [
        *("R", "NSM", "R", "L", "BN"),
    ]


@pytest.mark.parametrize("text", [LRI * 400 + "א", "\u202b" * 400 + "a" + PDI * 3, "(" * 400 + "א" + ")" * 400])
def test_depths_past_the_limit_are_survived(text: str) -> None:
    assert max(bidi.levels(text, 0)) <= 126


@given(st.text(st.sampled_from("aZ é1-.,(·) \u2066\u2068\u2069\u05d0\u0661\u0628\u202b\u2067"), max_size=40))
def test_what_reads_one_way_is_nowhere_turned(text: str) -> None:
    if bidi.one_way(text):
        levels = bidi.levels(text, 0)
        assert not [level for level in levels if level % 2]
        assert bidi.reorder(levels) == [*range(len(text))]


def test_what_has_a_letter_or_a_sign_of_the_other_direction_does_not_read_one_way() -> None:
    assert bidi.one_way("Version \u20681.0\u2069 · a")
    assert not [sign for sign in "\u05d0\u0628\u0661\u202b\u202e\u2067\u202a\u202c" if bidi.one_way(f"a {sign} b")]
