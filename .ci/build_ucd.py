"""Write ``handouts/typeset/ucd.py`` and the conformance files of its tests from the Unicode Character Database.

    python .ci/build_ucd.py [FOLDER]

FOLDER holds the database as Debian's package ``unicode-data`` lays it out. Generated, because Python's own tables
change with Python: a leaflet must not be ordered differently by 3.11 and 3.14.
"""

import lzma
import sys
from itertools import groupby
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).resolve().parents[1]
MODULE = ROOT / "handouts" / "typeset" / "ucd.py"
DATA = ROOT / "tests" / "typeset" / "data"
SHORT = {"Left_To_Right": "L", "Right_To_Left": "R", "Arabic_Letter": "AL", "European_Terminator": "ET"}


def rows(path: Path, marker: str = "") -> list[list[str]]:
    """Return the fields of a database file's lines, or only of the comment lines that start with the marker."""
    lines = path.read_text(encoding="utf-8").splitlines()
    chosen = [line.removeprefix(marker) for line in lines if line.startswith(marker)] if marker else lines
    return [[field.strip() for field in line.partition("#")[0].split(";")] for line in chosen if line.partition("#")[0]]


def span(field: str) -> range:
    """Return the code points of a field like ``0590`` or ``0590..05FF``."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def classes(folder: Path) -> dict[str, str]:
    """Return the code points of each Bidi_Class but L, as ranges in hexadecimal; unassigned ones have their default."""
    path = folder / "extracted" / "DerivedBidiClass.txt"
    table = ["L"] * 0x110000
    for field, name in rows(path, "# @missing: "):
        for code in span(field):
            table[code] = SHORT[name]
    for field, name in rows(path):
        for code in span(field):
            table[code] = name
    ranges: dict[str, list[str]] = {}
    for name, group in groupby(range(0x110000), key=table.__getitem__):
        codes = list(group)
        text = f"{codes[0]:X}" if len(codes) == 1 else f"{codes[0]:X}-{codes[-1]:X}"
        ranges.setdefault(name, []).append(text)
    return {name: " ".join(ranges[name]) for name in sorted(ranges) if name != "L"}


def brackets(folder: Path) -> str:
    """Return the bracket pairs in hexadecimal, ``opening-closing``, canonical equivalents added as ``=same``."""
    single = {row[0]: row[5] for row in rows(folder / "UnicodeData.txt") if row[5] and " " not in row[5]}
    pairs = [(opening, closing) for opening, closing, kind in rows(folder / "BidiBrackets.txt") if kind == "o"]
    return " ".join(
        f"{int(opening, 16):X}-{int(closing, 16):X}" + (f"={int(single[closing], 16):X}" if closing in single else "")
        for opening, closing in pairs
    )


def literal(text: str) -> str:
    """Return a long text as a Python literal of many lines."""
    return f'"""\n{fill(text, 110, break_long_words=False, break_on_hyphens=False)}\n"""'


def module(folder: Path) -> str:
    """Return the generated module's source."""
    heading = (folder / "BidiBrackets.txt").read_text(encoding="utf-8").partition("\n")[0]
    version = heading.removeprefix("# BidiBrackets-").removesuffix(".txt")
    entries = "\n".join(f'    "{name}": {literal(text)},' for name, text in classes(folder).items())
    return f'''\
"""Bidi_Class and Bidi_Paired_Bracket of Unicode {version}. Written by ``.ci/build_ucd.py``: change that, not this.

Derived from DerivedBidiClass.txt and BidiBrackets.txt of the Unicode Character Database, © Unicode, Inc.; the terms
are in LICENSE-Unicode.txt. Code points are hexadecimal; whatever is not listed has class L.
"""

from typing import Final

VERSION: Final = "{version}"

BIDI_CLASSES: Final = {{
{entries}
}}
"""The code points of each bidirectional class: single ones, and ranges with both ends in them."""

BRACKETS: Final = {literal(brackets(folder))}
"""Opening bracket, closing bracket, and after “=” the closing bracket that this one is canonically equivalent to."""
'''


def main() -> None:
    """Write the module and the packed conformance files."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
    MODULE.write_text(module(folder), encoding="utf-8")
    DATA.mkdir(parents=True, exist_ok=True)
    for name in ("BidiTest.txt", "BidiCharacterTest.txt"):
        (DATA / f"{name}.xz").write_bytes(lzma.compress((folder / name).read_bytes(), preset=9))


if __name__ == "__main__":
    main()
