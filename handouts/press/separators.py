"""Separator sheets: what tells the stacks of a print run apart, as a small tagged document of its own."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from handouts.pdf.objects import Body, Stream, text_string
from handouts.pdf.paint import Stock
from handouts.pdf.streamed import Streamed
from handouts.press.forme import Forme
from handouts.press.pen import Faces, Pen

SIZE: Final = 20.0
_LEADING: Final = 1.7


class Separator(NamedTuple):
    """The numbers of what was written, and the resources that are still to be: their number and their fonts."""

    page: int
    document: int
    leaf: int
    resources: int
    fonts: dict[str, None]


def separate(
    file: Streamed, stock: Stock, forme: Forme, lines: Sequence[str], root: int, key: int, parent: int
) -> Separator:
    """Write a separator sheet on a leaflet's paper and in its faces; a line is a paragraph.

    ``root`` is the structure tree's root, ``key`` the page's key in the parent tree, ``parent`` its page tree node.
    """
    paper, desk = forme.plate().pages[0], forme.desk
    fonts, out = dict[str, None](), ["0 g"]
    pen = Pen(Faces(forme.fonts, stock), fonts, SIZE)
    low = 0.62 * paper.height
    for mark, text in enumerate(lines):
        lines_of = desk.plain_lines(text, SIZE, paper.width - 2 * desk.left)
        placed = [(line, desk.left, low - place * _LEADING * SIZE) for place, line in enumerate(lines_of)]
        out.append(f"/P <</MCID {mark}>> BDC\n{pen.text(placed)}\nEMC")
        low -= (len(placed) + 0.4) * _LEADING * SIZE
    content = file.add(Stream("", "\n".join(out).encode("latin-1")))
    page, document, leaf, resources = (file.reserve() for _ in range(4))
    marks = [file.add(Body(f"<< /S /P /P {document} 0 R /Pg {page} 0 R /K {mark} >>")) for mark in range(len(lines))]
    kids = " ".join(marks)
    lang = text_string("en")
    file.put(document, Body(f"<< /S /Document /P {root} 0 R /Lang {lang} /K [{kids}] >>"))
    file.put(leaf, Body(f"<< /Limits [{key} {key}] /Nums [{key} [{kids}]] >>"))
    box = f"/MediaBox [0 0 {paper.width:.3f} {paper.height:.3f}]"
    rest = f"/Resources {resources} 0 R /Contents {content} /StructParents {key} /Tabs /S"
    file.put(page, Body(f"<< /Type /Page /Parent {parent} 0 R {box} {rest} >>"))
    return Separator(page, document, leaf, resources, fonts)
