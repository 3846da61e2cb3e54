"""What typesetting gives and the PDF writer paints: pages of positioned items.

Coordinates are points from the page's top left corner, y growing downwards. An item either belongs to a block of the
leaflet (:class:`Owner`) or is an :class:`Artifact`.
"""

from typing import Literal, NamedTuple, TypeAlias

import msgspec


class Owner(NamedTuple):
    """The part of a block that an item paints.

    ``part``: ``text`` (the block's own text), ``label`` and ``body`` (of a list item or definition), ``figure``.
    ``span`` is the index of the inline span in that text, where it is a link or in another language, else -1.
    """

    block: int
    part: Literal["text", "label", "figure"] = "text"
    span: int = -1


class Artifact(NamedTuple):
    """Furniture or decoration; ``kind`` is PDF's artifact subtype (ISO 32000-1, 14.8.2.2.2)."""

    kind: Literal["Header", "Footer", "Watermark", "Layout"]


Place: TypeAlias = Owner | Artifact


class Cluster(NamedTuple):
    """One grapheme cluster as shaped.

    ``text`` is its source in logical order; ``glyphs`` are (glyph id, x, y) in font units from the cluster's origin;
    ``advance`` is its width in font units, kerning included.
    """

    text: str
    glyphs: tuple[tuple[int, int, int], ...]
    advance: int


class GlyphRun(NamedTuple):
    """Clusters of one face, size, direction and owner on one baseline, in visual order (left to right).

    ``x``, ``y``: the left end of the baseline. ``face`` names the face. ``units`` is its units per em.
    """

    place: Place
    x: float
    y: float
    face: str
    units: int
    size: float
    colour: str
    clusters: tuple[Cluster, ...]
    rtl: bool = False
    angle: float = 0.0

    @property
    def width(self) -> float:
        """Return the advance width in points."""
        return sum(cluster.advance for cluster in self.clusters) * self.size / self.units

    @property
    def text(self) -> str:
        """Return the source text in logical order."""
        clusters = reversed(self.clusters) if self.rtl else self.clusters
        return "".join(cluster.text for cluster in clusters)


class Box(NamedTuple):
    """A rectangle, filled and/or stroked, with round corners of ``radius`` points."""

    place: Place
    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.0
    radius: float = 0.0


class Picture(NamedTuple):
    """A picture fitted into a rectangle; ``name`` is its artwork.

    ``colour`` replaces ``currentColor``; ``ground`` is what it stands on, seen where the picture is transparent.
    """

    place: Place
    x: float
    y: float
    width: float
    height: float
    name: str
    colour: str = "#000000"
    ground: str = "#ffffff"


class LinkArea(NamedTuple):
    """The clickable rectangle of a link's text on one line."""

    place: Owner
    x: float
    y: float
    width: float
    height: float
    href: str


Item: TypeAlias = GlyphRun | Box | Picture | LinkArea


class Page(msgspec.Struct, frozen=True):
    """One page: its size in points and its items in painting order."""

    width: float
    height: float
    items: tuple[Item, ...]


class FontFile(msgspec.Struct, frozen=True):
    """A face's file: ``name`` is its id (file stem), ``data`` its bytes (TrueType outlines)."""

    name: str
    data: bytes
