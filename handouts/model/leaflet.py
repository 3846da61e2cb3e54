"""The waist between composing and typesetting: a leaflet as blocks of meaning, with no sizes, colours or positions.

Every block has an ``id`` that is unique in its leaflet and grows in reading order; page items name it as their owner.
"""

from typing import Literal, TypeAlias

import msgspec

from handouts.model.authored import Brand

Direction = Literal["ltr", "rtl"]


class Struct(msgspec.Struct, frozen=True):
    """Base of the leaflet's values."""


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of text of one kind. ``key`` is the msgctxt it came from, for diagnostics.

    ``lang`` is set where it differs from the leaflet's; ``isolate`` sets the stretch apart from its surroundings
    (UAX #9); ``href`` makes it a link; ``keep`` holds it on one line (a telephone number, a dose).
    """

    text: str
    bold: bool = False
    lang: str = ""
    href: str = ""
    isolate: Literal["", "ltr", "rtl", "auto"] = ""
    keep: bool = False
    key: str = ""


Spans: TypeAlias = tuple[Span, ...]


class Artwork(Struct, frozen=True, kw_only=True):
    """A picture as read: its ``name`` in page templates, its bytes, its ``file`` for messages (empty: made by us)."""

    name: str
    media: Literal["svg", "png"]
    data: bytes
    file: str = ""


class Heading(Struct, frozen=True, kw_only=True):
    """A heading; levels run 1, 2, 3 without a skip."""

    id: int
    level: Literal[1, 2, 3]
    spans: Spans


class Paragraph(Struct, frozen=True, kw_only=True):
    """Running text."""

    id: int
    spans: Spans
    style: Literal["body", "lead", "small", "strong"] = "body"


class Figure(Struct, frozen=True, kw_only=True):
    """A picture with its alternative text (never empty)."""

    id: int
    artwork: Artwork
    alt: str
    style: Literal["icon", "logo", "code", "picture"] = "icon"


class Item(Struct, frozen=True, kw_only=True):
    """One entry of a list: its painted label (bullet, number, tick box), an optional pictogram, its blocks."""

    id: int
    label: str
    blocks: "tuple[Block, ...]"
    figure: Figure | None = None


class Listing(Struct, frozen=True, kw_only=True):
    """A list; ``tick`` is a plan whose boxes a patient ticks with a pen."""

    id: int
    kind: Literal["bullet", "number", "tick", "plain"]
    items: tuple[Item, ...]


class Definition(Struct, frozen=True, kw_only=True):
    """One term and what is said of it (for instance a medicine, its form and its Latin name)."""

    id: int
    term: Spans
    details: Spans


class Definitions(Struct, frozen=True, kw_only=True):
    """A definition panel."""

    id: int
    entries: tuple[Definition, ...]


class Callout(Struct, frozen=True, kw_only=True):
    """A message set apart; never split over pages."""

    id: int
    kind: Literal["key", "safety", "doctor", "note"]
    blocks: "tuple[Block, ...]"
    figure: Figure | None = None


class Section(Struct, frozen=True, kw_only=True):
    """Blocks that belong together: a card has a frame, a plain one has none.

    ``lang``, ``script`` and ``direction`` are set where they are not the leaflet's (a companion's side).
    """

    id: int
    kind: Literal["plain", "card"]
    blocks: "tuple[Block, ...]"
    lang: str = ""
    script: str = ""
    direction: Direction | None = None


class Row(Struct, frozen=True, kw_only=True):
    """Sections side by side, in reading order from the start side.

    ``pair``: the same matter in two languages, which goes on facing pages where a format has no room for two columns.
    """

    id: int
    cells: tuple[Section, ...]
    pair: bool = False


class WriteLines(Struct, frozen=True, kw_only=True):
    """Empty ruled lines to write on by hand; furniture to a screen reader."""

    id: int
    count: int


class Slot(Struct, frozen=True, kw_only=True):
    """A framed box of ``lines`` lines of body text, left empty for what is set later (a print run's personal panel)."""

    id: int
    lines: int


Block: TypeAlias = Heading | Paragraph | Figure | Listing | Definitions | Callout | Section | Row | WriteLines | Slot


class Furniture(Struct, frozen=True, kw_only=True):
    """Repeated page matter (artifacts). ``page`` holds the placeholders ``{page}`` and ``{pages}``."""

    header: Spans
    footer: tuple[Spans, ...]
    page: Span
    watermark: Span | None = None
    logo: Artwork | None = None


class Leaflet(Struct, frozen=True, kw_only=True):
    """One composed document, ready to be set.

    ``subject`` is a one-line description for the file's metadata; ``pictures`` holds every artwork by its name.
    """

    title: str
    subject: str
    lang: str
    direction: Direction
    script: str
    brand: Brand
    version: str
    furniture: Furniture
    pictures: dict[str, Artwork]
    blocks: tuple[Block, ...]
