"""What is wrong in an authored file is said with its place and a way out."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.findings import Finding
from handouts.model.authored import Advice, Brand, Format, Text, Topic
from handouts.model.decode import MAX_TEXT, artwork, decode, line_of

ADVICE = 'id = "gloves"\nkind = "clothes"\ntext = "Wear gloves."\n'


def finding(data: str | bytes, kind: type = Advice) -> Finding:
    with pytest.raises(ContentError) as caught:
        decode(data if isinstance(data, bytes) else data.encode(), kind, "a/topic.toml")
    (found,) = caught.value.findings
    assert found.where.file == "a/topic.toml"
    return found


def test_good_toml_becomes_the_value() -> None:
    advice = decode(ADVICE.encode(), Advice, "x")
    assert advice == Advice(id="gloves", kind="clothes", text=Text("Wear gloves."))
    assert isinstance(advice.text, Text)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert decode(b"\xef\xbb\xbf" + ADVICE.replace("\n", "\r\n").encode(), Advice, "x").id == "gloves"


def test_bad_toml_is_shown_with_its_line() -> None:
    found = finding('id = "a"\nkind = wash\n')
    assert found.where.line == 2
    assert "Invalid value" in found.message
    assert "quotes" in found.hint


def test_a_text_that_never_ends_is_shown_at_the_end() -> None:
    assert finding('id = "a"\n\ntext = """abc\n').where.line == 4


def test_an_unknown_key_gets_the_near_one() -> None:
    found = finding(ADVICE + 'txet = "x"\n')
    assert (found.where.line, found.where.key) == (4, "txet")
    assert "“txet” is not known" in found.message
    assert found.hint == "Did you mean “text”?"


def test_a_key_like_no_other_gets_the_known_ones() -> None:
    assert finding(ADVICE + "zzz = 1\n").hint == "Known: id, kind, text."


def test_a_missing_key_is_named() -> None:
    found = finding('id = "a"\nkind = "wash"\n')
    assert "“text” is missing" in found.message


def test_a_wrong_word_gets_the_near_one() -> None:
    found = finding('id = "a"\nkind = "wahs"\ntext = "x"\n')
    assert found.hint == "Did you mean “wash”?"
    assert (found.where.line, found.where.key) == (2, "kind")


def test_a_number_in_place_of_a_text_is_refused() -> None:
    found = finding('id = "a"\nkind = "wash"\ntext = 3\n')
    assert found.message == "Expected a text in quotes, got a whole number."
    assert found.where.line == 3


def test_an_id_with_a_slash_is_refused() -> None:
    assert finding('id = "../a"\nkind = "wash"\ntext = "x"\n').where.key == "id"


def test_a_value_deep_in_a_file_has_its_dotted_key_and_line() -> None:
    topic = (
        'id = "a"\nversion = "1"\ntitle = "T"\nsummary = ["S"]\nintroduction = "I"\ndoctor = ["D"]\n'
        'safety = []\ndaily = []\n[source]\ntitle = "S"\n'
        '[[cause]]\nid = "one"\nname = "N"\ntitle = "T"\nsummary = ["S"]\nintroduction = "I"\nwhy = "W"\n'
        '[[cause]]\nid = "two"\nname = "N"\ntitle = "T"\nsummary = ["S"]\nintroduction = "I"\nwhy = "W"\n'
        '[[cause.do]]\nid = "act"\nkind = "swim"\ntext = "x"\n'
    )
    found = finding(topic, Topic)
    assert found.where.key == "cause.two.do.act.kind"
    assert topic.split("\n")[found.where.line - 1] == 'kind = "swim"'


def test_a_colour_that_is_none_is_explained() -> None:
    found = finding('id = "a"\nname = "A"\n[palette]\nink = "red"\n', Brand)
    assert (found.where.key, found.where.line) == ("palette.ink", 4)
    assert "#1a5276" in found.hint


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_number_that_is_not_finite_is_refused(number: str) -> None:
    assert "finite" in finding(f"leading = {number}\n", Format).message


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    found = finding(b'id = "a"\ntext = "caf\xe9"\n')
    assert (found.message, found.where.line) == ("The file is not UTF-8.", 2)


def test_control_characters_are_refused() -> None:
    assert "U+0007" in finding('id = "a"\nkind = "wash"\ntext = "a\\u0007b"\n').message


def test_a_book_in_one_text_is_refused() -> None:
    assert str(MAX_TEXT) in finding(f'id = "a"\nkind = "wash"\ntext = "{"x" * (MAX_TEXT + 1)}"\n').message


def test_nesting_without_end_is_refused() -> None:
    assert finding("a = " + "[" * 5000).where.file


def test_the_line_of_what_cannot_be_found_is_unknown() -> None:
    assert line_of("a = 1\n", ("b",)) == 0


def test_a_picture_must_be_what_its_ending_says() -> None:
    assert artwork("x", b"<svg/>", "x.svg").media == "svg"
    assert artwork("x", b"\x89PNG\r\n\x1a\n", "x.PNG").media == "png"
    for data, file in ((b"<svg/>", "x.png"), (b"GIF89a", "x.svg"), (b"", "x.svg")):
        with pytest.raises(ContentError):
            artwork("x", data, file)


VALUES = st.recursive(
    st.one_of(st.text("aé\x07 ", max_size=5), st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "kind", "text", "cause", "do", "title"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(Topic.__struct_fields__)), VALUES))
def test_whatever_a_topic_holds_it_is_read_or_explained(values: dict[str, object]) -> None:
    with patch("handouts.model.decode.tomllib.loads", return_value=values):
        try:
            decode(b"", Topic, "a/topic.toml")
        except ContentError as error:
            assert error.findings[0].where.file == "a/topic.toml"


@given(st.binary(max_size=60))
def test_whatever_bytes_come_they_are_read_or_explained(data: bytes) -> None:
    for kind in (Topic, Brand, Format):
        with pytest.raises(ContentError):
            decode(data, kind, "x")
