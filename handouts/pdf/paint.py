"""Painting: page items become content streams, every mark inside one tagged sequence or an explicit artifact.

Items that follow each other and belong to the same part share one marked-content sequence; it holds whole text
objects and whole saved states, never half of one (ISO 32000-1, 14.6.1; ISO 14289-1, 7.1).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from handouts.errors import ContentError
from handouts.model.leaflet import Artwork
from handouts.model.page import Artifact, Box, FontFile, GlyphRun, Item, LinkArea, Owner, Page, Picture, Place
from handouts.pdf.embed import Encoder
from handouts.pdf.structure import Mark, Tree

_LAYOUT: Final = Artifact("Layout")
_ARC: Final = 0.5522847  # the control points of a quarter circle drawn as a Bézier curve


class Painted(NamedTuple):
    """One painted page: its content, the names of what it uses, its links, and the owner of each mark by MCID."""

    content: bytes
    fonts: tuple[str, ...]
    pictures: tuple[str, ...]
    links: tuple[LinkArea, ...]
    owners: tuple[Owner, ...]


class Stock:
    """The faces and pictures of one file, whatever leaflets it holds, numbered in the order of their first use.

    ``fonts`` maps each face's name in the file (``F1``) to its encoder, ``pictures`` each picture's name (``X1``) to
    its artwork, colour and ground.
    """

    def __init__(self) -> None:
        self.fonts: dict[str, Encoder] = {}
        self.pictures: dict[str, tuple[Artwork, str, str]] = {}
        self._names: dict[FontFile | tuple[Artwork, str, str], str] = {}

    def font(self, file: FontFile) -> str:
        """Return a face's name in the file."""
        known = self._names.get(file)
        if known is None:
            known = self._names[file] = f"F{len(self.fonts) + 1}"
            self.fonts[known] = Encoder(file)
        return known

    def picture(self, artwork: Artwork, colour: str, ground: str) -> str:
        """Return a picture's name in the file."""
        key = (artwork, colour, ground)
        known = self._names.get(key)
        if known is None:
            known = self._names[key] = f"X{len(self.pictures) + 1}"
            self.pictures[known] = key
        return known


class Painter:
    """Paints the pages of one leaflet, in order, and attaches what it paints to the leaflet's structure tree.

    ``stock`` takes the faces and pictures that are used.
    """

    def __init__(
        self, tree: Tree, faces: Sequence[FontFile], pictures: Mapping[str, Artwork], stock: Stock | None = None
    ) -> None:
        self.stock = stock or Stock()
        self._tree = tree
        self._faces = {face.name: face for face in faces}
        self._pictures = pictures
        self._names: dict[str, str] = {}

    def page(self, index: int, page: Page, first: int = 0) -> Painted:
        """Return the painted page, or a part of it whose marks are numbered from ``first``.

        Raises ValueError (a bug) for an item whose owner is no part of the leaflet.
        """
        brush = _Brush(self, page.height)
        owners: list[Owner] = []
        items = (item for item in page.items if not isinstance(item, LinkArea))
        for (place, rtl), group in groupby(items, _sequence):
            if rtl:
                brush.out.append("/ReversedChars BMC")
            if isinstance(place, Artifact):
                brush.out.append(_ARTIFACTS[place.kind])
            else:
                element = self._tree.of(place)
                number = first + len(owners)
                brush.out.append(f"/{element.role} <</MCID {number}>> BDC")
                element.attach(Mark(index, number))
                owners.append(place)
            brush.paint(group)
            brush.out.append("EMC\nEMC" if rtl else "EMC")
            if isinstance(place, Owner):
                element.box = brush.extent() if place.part == "figure" else None
                element.actual = "" if brush.has_text else element.actual
        links = tuple(item for item in page.items if isinstance(item, LinkArea))
        content = "\n".join(brush.out).encode("ascii")
        return Painted(content, tuple(brush.fonts), tuple(brush.pictures), links, tuple(owners))

    def encoder(self, face: str) -> tuple[str, Encoder]:
        """Return a face's name in the file and its encoder. Raises ValueError (a bug) for an unknown face."""
        known = self._names.get(face)
        if known is None:
            if face not in self._faces:
                raise ValueError(f"the pages use the face {face}, which was not given")
            known = self._names[face] = self.stock.font(self._faces[face])
        return known, self.stock.fonts[known]

    def picture(self, picture: Picture) -> str:
        """Return a picture's name in the file."""
        return self.stock.picture(self._pictures[picture.name], picture.colour, picture.ground)


class _Brush:
    """The operators of one page, with the colour and the font that are set."""

    def __init__(self, painter: Painter, height: float) -> None:
        self.out: list[str] = []
        self.fonts: dict[str, None] = {}
        self.pictures: dict[str, None] = {}
        self.has_text = False
        self._painter = painter
        self._height = height
        self._fill = self._font = ""
        self._boxes: list[tuple[float, float, float, float]] = []

    def paint(self, items: Iterable[Item]) -> None:
        """Paint the items of one marked-content sequence."""
        self.has_text = False
        self._boxes = []
        for is_text, group in groupby(items, lambda item: isinstance(item, GlyphRun)):
            if is_text:
                self.out.append("BT")
                for run in group:
                    self._text(run)  # type: ignore[arg-type]
                self.out.append("ET")
                self.has_text = True
            else:
                for item in group:
                    if isinstance(item, Picture):
                        self._picture(item)
                    elif isinstance(item, Box):
                        self._box(item)

    def extent(self) -> tuple[float, float, float, float] | None:
        """Return the rectangle around what the last sequence drew besides text, in PDF coordinates."""
        if not self._boxes:
            return None
        lefts, lows, rights, highs = zip(*self._boxes, strict=True)
        return (min(lefts), min(lows), max(rights), max(highs))

    def _low(self, item: Box | Picture) -> float:
        """Note the item's place and return its lower edge in PDF coordinates."""
        low = self._height - item.y - item.height
        self._boxes.append((item.x, low, item.x + item.width, low + item.height))
        return low

    def _text(self, run: GlyphRun) -> None:
        if not run.clusters:
            return
        name, encoder = self._painter.encoder(run.face)
        self.fonts[name] = None
        self._colour(run.colour)
        font = f"/{name} {run.size:.6g} Tf"
        if font != self._font:
            self._font = font
            self.out.append(font)
        turn = "1 0 0 1" if not run.angle else _rotation(run.angle)
        shown = encoder.show(run)
        self.out.append(f"{turn} {run.x:.3f} {self._height - run.y:.3f} Tm")
        self.out.append(f"{shown} TJ")

    def _box(self, box: Box) -> None:
        if box.fill:
            self._colour(box.fill)
        if box.stroke:
            self.out.append(f"{rgb(box.stroke)} RG {box.line:.3f} w")
        paint = ("B" if box.stroke else "f") if box.fill else "S" if box.stroke else ""
        if paint:
            self.out.append(f"{_outline(box, self._low(box))} {paint}")

    def _picture(self, picture: Picture) -> None:
        name = self._painter.picture(picture)
        self.pictures[name] = None
        low = self._low(picture)
        self.out.append(f"q {picture.width:.3f} 0 0 {picture.height:.3f} {picture.x:.3f} {low:.3f} cm /{name} Do Q")

    def _colour(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self.out.append(f"{rgb(colour)} rg")


_ARTIFACTS: Final = {
    "Header": "/Artifact <</Type /Pagination /Subtype /Header>> BDC",
    "Footer": "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
    "Watermark": "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC",
    "Layout": "/Artifact <</Type /Layout>> BDC",
}


def _sequence(item: Item) -> tuple[Place, bool]:
    """Return what items of one marked-content sequence share: where they belong, and whether their text is reversed.

    Reversed text has a sequence of its own around the tagged one, not in it: poppler takes the end of an inner one for
    the end of the tagged one, and loses what follows.
    """
    return _place(item), isinstance(item, GlyphRun) and item.rtl


def _place(item: Item) -> Place:
    """Return where an item belongs; a line or panel drawn for a text (an underline) is layout, not text."""
    if isinstance(item, Box) and isinstance(item.place, Owner) and item.place.part == "text":
        return _LAYOUT
    return item.place


@lru_cache(maxsize=256)
def rgb(colour: str) -> str:
    """Return the operands of a colour written ``#rrggbb``. Raises ContentError for anything else."""
    try:
        red, green, blue = bytes.fromhex(colour[1:])
    except ValueError:
        raise ContentError(f"“{colour}” is no colour.", "Write colours as #rrggbb.") from None
    return f"{red / 255:.4g} {green / 255:.4g} {blue / 255:.4g}"


def _rotation(angle: float) -> str:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f}"


def _outline(box: Box, low: float) -> str:
    """Return the path of a rectangle, its corners round if it has a radius."""
    left, width, height = box.x, box.width, box.height
    radius = min(box.radius, width / 2, height / 2)
    if radius <= 0:
        return f"{left:.3f} {low:.3f} {width:.3f} {height:.3f} re"
    out = radius * (1 - _ARC)
    # Each edge in four places: the corner, where its control points lie, and where the straight part begins.
    l0, l1, l2 = (f"{left + inset:.3f}" for inset in (0, out, radius))
    r0, r1, r2 = (f"{left + width - inset:.3f}" for inset in (0, out, radius))
    b0, b1, b2 = (f"{low + inset:.3f}" for inset in (0, out, radius))
    t0, t1, t2 = (f"{low + height - inset:.3f}" for inset in (0, out, radius))
    return (
        f"{l2} {b0} m {r2} {b0} l {r1} {b0} {r0} {b1} {r0} {b2} c {r0} {t2} l {r0} {t1} {r1} {t0} {r2} {t0} c"
        f" {l2} {t0} l {l1} {t0} {l0} {t1} {l0} {t2} c {l0} {b2} l {l0} {b1} {l1} {b0} {l2} {b0} c h"
    )
