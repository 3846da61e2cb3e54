"""The structure tree: what each part of a leaflet is, in reading order, made from the blocks before painting.

Painting only attaches marked content to the elements (ISO 32000-1, 14.7); it cannot change their order. Inside one
text, links and other-language spans take their place when they are first painted, which is the text's logical order.
"""

from functools import singledispatch
from typing import Final, NamedTuple

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Figure,
    Heading,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Slot,
    Spans,
    WriteLines,
)
from handouts.model.page import Owner
from handouts.pdf.objects import name, text_string

ROLES: Final = {"Aside": "Sect"}
"""Roles of ours and the standard ones they stand for (ISO 14289-1, 7.1)."""

_NUMBERING: Final = {"bullet": "Disc", "number": "Decimal", "tick": "Square", "plain": "None"}

Box = tuple[float, float, float, float]


class Mark(NamedTuple):
    """A marked-content sequence: its page (from 0) and its number on that page."""

    page: int
    mcid: int


class Annotation(NamedTuple):
    """A link annotation that belongs to an element: its page and the reference to its object."""

    page: int
    reference: str


class Element:
    """A structure element; ``kids`` are elements, marks and annotations in reading order.

    ``actual`` is its text where it is drawn, not written; ``box`` the rectangle of a figure on its page; an element
    that is ``inline_of`` another is a stretch of that one's text.
    """

    def __init__(self, role: str, *, lang: str = "", alt: str = "", attributes: str = "") -> None:
        self.role = role
        self.lang = lang
        self.alt = alt
        self.attributes = attributes
        self.actual = ""
        self.box: Box | None = None
        self.kids: list[Element | Mark | Annotation] = []
        self.inline_of: Element | None = None

    def add(self, role: str, *, lang: str = "", alt: str = "", attributes: str = "") -> "Element":
        """Append and return a new element."""
        element = Element(role, lang=lang, alt=alt, attributes=attributes)
        self.kids.append(element)
        return element

    def attach(self, kid: Mark | Annotation) -> None:
        """Append painted content; an inline element takes its place in its text the first time."""
        if self.inline_of is not None and not self.kids:
            self.inline_of.kids.append(self)
        self.kids.append(kid)

    def prune(self) -> bool:
        """Drop what was never painted; return whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.prune()]
        return bool(self.kids)

    def elements(self) -> list["Element"]:
        """Return this element and all below it, in reading order."""
        found = [self]
        for kid in self.kids:
            if isinstance(kid, Element):
                found += kid.elements()
        return found


class Bookmark(NamedTuple):
    """A heading as an entry of the outline; ``block`` is its id."""

    block: int
    level: int
    title: str
    element: Element


class Tree:
    """A leaflet's structure tree. ``owners`` finds the element that a page item belongs to.

    ``links`` holds the text of every link by its owner, ``bookmarks`` the headings in reading order.
    """

    def __init__(self, leaflet: Leaflet) -> None:
        self.root = Element("Document")
        self.owners: dict[Owner, Element] = {}
        self.links: dict[Owner, str] = {}
        self.bookmarks: list[Bookmark] = []
        self.grow(leaflet.blocks, self.root)

    def of(self, owner: Owner) -> Element:
        """Return the element of an owner. Raises ValueError (a bug) if the leaflet has no such part."""
        element = self.owners.get(owner)
        if element is None:
            raise ValueError(f"{owner} is painted but is no part of the leaflet")
        return element

    def grow(self, blocks: tuple[Block, ...], parent: Element) -> None:
        """Add the elements of blocks to those of their parent."""
        for block in blocks:
            _grow(block, parent, self)

    def text(self, block: int, part: str, spans: Spans, element: Element) -> None:
        """Note who owns a text and its links and other-language spans."""
        whole = Owner(block, part, -1)  # type: ignore[arg-type]
        self.owners[whole] = element
        for index, span in enumerate(spans):
            if not span.href and not span.lang:
                continue
            inline = Element("Link" if span.href else "Span", lang=span.lang)
            inline.inline_of = element
            owner = whole._replace(span=index)
            self.owners[owner] = inline
            if span.href:
                self.links[owner] = span.text


@singledispatch
def _grow(block: Block, parent: Element, _tree: Tree) -> None:
    """Add a block's elements to those of the parent."""
    raise TypeError(f"no structure for {type(block).__name__} in {parent.role}")


@_grow.register
def _(block: Heading, parent: Element, tree: Tree) -> None:
    element = parent.add(f"H{block.level}")
    tree.text(block.id, "text", block.spans, element)
    title = "".join(span.text for span in block.spans)
    tree.bookmarks.append(Bookmark(block.id, block.level, title, element))


@_grow.register
def _(block: Paragraph, parent: Element, tree: Tree) -> None:
    tree.text(block.id, "text", block.spans, parent.add("P"))


@_grow.register
def _(block: Figure, parent: Element, tree: Tree) -> None:
    tree.owners[Owner(block.id, "figure")] = parent.add("Figure", alt=block.alt)


@_grow.register
def _(block: Listing, parent: Element, tree: Tree) -> None:
    listing = parent.add("L", attributes=_list_attributes(_NUMBERING[block.kind]))
    for item in block.items:
        entry = listing.add("LI")
        label = tree.owners[Owner(item.id, "label")] = entry.add("Lbl")
        label.actual = item.label
        body = entry.add("LBody")
        if item.figure is not None:
            _grow(item.figure, body, tree)
        tree.grow(item.blocks, body)


@_grow.register
def _(block: Definitions, parent: Element, tree: Tree) -> None:
    listing = parent.add("L", attributes=_list_attributes("None"))
    for entry in block.entries:
        item = listing.add("LI")
        tree.text(entry.id, "label", entry.term, item.add("Lbl"))
        tree.text(entry.id, "text", entry.details, item.add("LBody"))


@_grow.register
def _(block: Callout, parent: Element, tree: Tree) -> None:
    aside = parent.add("Aside")
    if block.figure is not None:
        _grow(block.figure, aside, tree)
    tree.grow(block.blocks, aside)


@_grow.register
def _(block: Section, parent: Element, tree: Tree) -> None:
    if block.kind == "card":
        parent = parent.add("Sect", lang=block.lang)
    elif block.lang:
        parent = parent.add("Div", lang=block.lang)
    tree.grow(block.blocks, parent)


@_grow.register
def _(block: Row, parent: Element, tree: Tree) -> None:
    for cell in block.cells:
        tree.grow(cell.blocks, parent.add("Sect" if cell.kind == "card" else "Div", lang=cell.lang))


@_grow.register
def _(block: Slot, parent: Element, tree: Tree) -> None:
    tree.owners[Owner(block.id)] = parent.add("Aside")


@_grow.register
def _(block: WriteLines, parent: Element, tree: Tree) -> None:
    """Lines to write on are nothing to hear."""


def _list_attributes(numbering: str) -> str:
    return f"<< /O /List /ListNumbering {name(numbering)} >>"


def element_object(element: Element, parent: str, pages: list[str], references: dict[Element, str]) -> str:
    """Return a structure element's dictionary (ISO 32000-1, 14.7.2). ``references`` finds the elements' objects."""
    first = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
    parts = [f"<< /S {name(element.role)} /P {parent}"]
    if first is not None:
        parts.append(f"/Pg {pages[first]}")
    kids = [_kid(kid, first, pages, references) for kid in element.kids]
    parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
    if element.lang:
        parts.append(f"/Lang {text_string(element.lang)}")
    if element.alt:
        parts.append(f"/Alt {text_string(element.alt)}")
    if element.actual:
        parts.append(f"/ActualText {text_string(element.actual)}")
    if element.box:
        box = " ".join(f"{value:.2f}" for value in element.box)
        parts.append(f"/A << /O /Layout /Placement /Block /BBox [{box}] >>")
    elif element.attributes:
        parts.append(f"/A {element.attributes}")
    parts.append(">>")
    return " ".join(parts)


def _kid(kid: Element | Mark | Annotation, page: int | None, pages: list[str], references: dict[Element, str]) -> str:
    if isinstance(kid, Element):
        return references[kid]
    if isinstance(kid, Annotation):
        return f"<< /Type /OBJR /Obj {kid.reference} /Pg {pages[kid.page]} >>"
    if kid.page == page:
        return str(kid.mcid)
    return f"<< /Type /MCR /Pg {pages[kid.page]} /MCID {kid.mcid} >>"
