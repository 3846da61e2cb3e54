"""Reading a finished leaflet back with nothing of ours: pikepdf walks the tags, this file decodes the codes.

What a screen reader does: StructTreeRoot → marked-content ids → show strings of the content streams → two-byte codes →
ToUnicode. Right-to-left runs stand in visual order inside /ReversedChars (ISO 32000-1, 14.8.2.3.3) and are turned.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import pikepdf

Place: TypeAlias = tuple[int, int]  # page from 0, MCID


class Shown(NamedTuple):
    """One show string: its text in logical order, its codes, its face (``F1`` → base font without the subset tag)."""

    text: str
    codes: tuple[int, ...]
    font: str
    rtl: bool


class Node(NamedTuple):
    """A structure element as a reader meets it; kids are elements and the texts of marks."""

    role: str
    lang: str
    alt: str
    actual: str
    kids: tuple["Node | str", ...]

    def text(self) -> str:
        """All text below, as the marks give it."""
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)

    def all(self) -> Iterator["Node"]:
        """This element and all below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all()


class Read(NamedTuple):
    """A whole file: the tree's root, the text of every mark, the artifacts' texts, and the marks the tree names."""

    root: Node
    marks: dict[Place, tuple[Shown, ...]]
    artifacts: tuple[str, ...]
    stray: tuple[str, ...]
    named: tuple[Place, ...]


@lru_cache(maxsize=256)
def read(data: bytes) -> Read:
    """Everything that a PDF says."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        marks: dict[Place, tuple[Shown, ...]] = {}
        artifacts: list[str] = []
        stray: list[str] = []
        for index, page in enumerate(pdf.pages):
            _page(index, page, marks, artifacts, stray)
        named: list[Place] = []
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        root = _node(pdf.Root.StructTreeRoot.K, None, numbers, marks, named)
        return Read(root, marks, tuple(artifacts), tuple(stray), tuple(named))


def _page(
    index: int,
    page: pikepdf.Page,
    marks: dict[Place, tuple[Shown, ...]],
    artifacts: list[str],
    stray: list[str],
) -> None:
    fonts = {name: (_base(font), to_unicode(font)) for name, font in page.obj.Resources.Font.items()}
    open_marks: list[tuple[str, int]] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                mcid = int(operands[1].MCID) if len(operands) > 1 and "/MCID" in operands[1] else -1
                open_marks.append((str(operands[0]), mcid))
                if mcid >= 0:
                    marks[index, mcid] = ()
            case "EMC":
                open_marks.pop()
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ":
                strings = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = tuple(code for string in strings for code in _codes(string))
                name, table = fonts[font]
                text = "".join(table[code] for code in codes)
                rtl = any(tag == "/ReversedChars" for tag, _ in open_marks)
                shown = Shown(text[::-1] if rtl else text, codes, name, rtl)
                place = next((mcid for _, mcid in reversed(open_marks) if mcid >= 0), -1)
                if place >= 0:
                    marks[index, place] += (shown,)
                elif any(tag == "/Artifact" for tag, _ in open_marks):
                    artifacts.append(shown.text)
                else:
                    stray.append(shown.text)
    assert not open_marks, "a marked-content sequence is left open"


def _codes(string: object) -> list[int]:
    if not isinstance(string, pikepdf.String):
        return []
    data = bytes(string)
    assert len(data) % 2 == 0
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _base(font: pikepdf.Object) -> str:
    return str(font.BaseFont).partition("+")[2]


def to_unicode(font: pikepdf.Object) -> dict[int, str]:
    """The ToUnicode table of a font: code → text (bfchar entries, the only kind that we write)."""
    source = font.ToUnicode.read_bytes().decode("ascii")
    assert "bfrange" not in source
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-F]+)>\s*<([0-9A-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def _node(
    element: pikepdf.Object,
    page: int | None,
    numbers: dict[tuple[int, int], int],
    marks: dict[Place, tuple[Shown, ...]],
    named: list[Place],
) -> Node:
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    found: list[Node | str] = []
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and str(kid.get("/Type", "")) == "/OBJR":
            continue
        if isinstance(kid, pikepdf.Dictionary) and str(kid.get("/Type", "")) != "/MCR":
            found.append(_node(kid, page, numbers, marks, named))
            continue
        is_reference = isinstance(kid, pikepdf.Dictionary)
        place = (numbers[kid.Pg.objgen], int(kid.MCID)) if is_reference else (page, int(kid))
        named.append(place)
        found.append("".join(shown.text for shown in marks[place]))
    return Node(
        str(element.S)[1:],
        str(element.get("/Lang", "")),
        str(element.get("/Alt", "")),
        str(element.get("/ActualText", "")),
        tuple(found),
    )
