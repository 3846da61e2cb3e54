"""Sheet codes: what stands on the paper is what a scanner reads."""

import pytest
import zxingcpp
from PIL import Image
from ppf.datamatrix.datamatrix import DataMatrix

from handouts.press.sheetcode import Symbol, sheet_label, symbol


def drawn(one: Symbol, side: int = 6) -> Image.Image:
    image = Image.new("L", ((one.columns + 4) * side, (one.rows + 4) * side), 255)
    wide = len(one.digits) // one.rows
    for row in range(one.rows):
        bits = f"{int(one.digits[row * wide : (row + 1) * wide], 16):0{4 * wide}b}"
        assert not bits[one.columns :].strip("0")
        for column in range(one.columns):
            if bits[column] == "1":
                left, top = (column + 2) * side, (row + 2) * side
                image.paste(0, (left, top, left + side, top + side))
    return image


@pytest.mark.parametrize(
    "text",
    [
        "A-1",
        "A-1 1/1",
        "K7M2QX-000001 1/1",
        "K7M2QX-000123 1/2",
        "K7M2QX-12345678 10/12",
        "K7M2QX-99999999R 100/120",
        "~ !",
    ],
)
def test_scanners_read_what_is_written(text: str) -> None:
    (found,) = zxingcpp.read_barcodes(drawn(symbol(text)))
    assert (found.text, str(found.format)) == (text, "Data Matrix")


def test_every_number_has_the_modules_that_the_library_gives() -> None:
    for number in range(0, 400, 7):
        text = f"K7M2QX-{number:06} 1/1"
        rows = DataMatrix(text, rect=True, codecs=["ascii"]).matrix
        image = drawn(symbol(text), 1)
        modules = [[int(image.getpixel((x + 2, y + 2)) == 0) for x in range(len(rows[0]))] for y in range(len(rows))]
        assert modules == rows


def test_labels_say_which_sheet_of_how_many() -> None:
    assert sheet_label("K7M2QX-000123", 2, 3) == "K7M2QX-000123 2/3"


@pytest.mark.parametrize("text", ["", "é", "a\n", "x" * 23])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="code"):
        symbol(text)
