"""Strings of codes as bytes: whatever they are, readers get them back."""

import pikepdf
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.preflight.painted import text_of
from handouts.press.pen import _literal, _merged

CODES = st.lists(st.integers(1, 0xFFFF), min_size=1, max_size=40)


@given(st.lists(CODES, min_size=1, max_size=4))
def test_literal_strings_hold_what_digits_held(stretches: list[list[int]]) -> None:
    digits = "-120".join(f"<{''.join(f'{code:04X}' for code in codes)}>" for codes in stretches)
    operand = f"[{_literal(f'[{digits}]')}]".encode("latin-1")
    wanted = [b"".join(code.to_bytes(2) for code in codes) for codes in stretches]
    with pikepdf.new() as pdf:
        ((operands, operator),) = pikepdf.parse_content_stream(pikepdf.Stream(pdf, operand + b"TJ"))
    assert str(operator) == "TJ"
    assert [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)] == wanted
    assert text_of(operand) == (b"".join(wanted), False)


@given(st.lists(CODES, min_size=2, max_size=5))
def test_strings_that_meet_become_one(words: list[list[int]]) -> None:
    shown = [("F1", _literal(f"[<{''.join(f'{code:04X}' for code in codes)}>]")) for codes in words]
    ((name, together),) = _merged(shown)
    wanted = b"".join(code.to_bytes(2) for codes in words for code in codes)
    with pikepdf.new() as pdf:
        ((operands, _),) = pikepdf.parse_content_stream(pikepdf.Stream(pdf, f"[{together}]TJ".encode("latin-1")))
    assert (name, [bytes(part) for part in operands[0]]) == ("F1", [wanted])
