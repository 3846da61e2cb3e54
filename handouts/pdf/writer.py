"""A leaflet and its pages become the bytes of one PDF: PDF/UA-1 and PDF/A-2a at once, the same bytes every time."""

import datetime
from collections.abc import Mapping, Sequence

from handouts.model.leaflet import Artwork, Leaflet
from handouts.model.page import FontFile, Page
from handouts.pdf.metadata import About, information
from handouts.pdf.objects import Body, File, Stream
from handouts.pdf.outline import outline
from handouts.pdf.paint import Painted, Painter
from handouts.pdf.parts import (
    Link,
    annotate,
    catalogue_object,
    font_object,
    page_object,
    picture_object,
    resources_object,
    roles,
    structure,
)
from handouts.pdf.structure import Tree


def write(
    leaflet: Leaflet,
    pages: Sequence[Page],
    fonts: Sequence[FontFile],
    *,
    pictures: Mapping[str, Artwork],
    issued: datetime.date,
) -> bytes:
    """Return the leaflet as a tagged PDF 1.7 that claims, and keeps, PDF/UA-1 and PDF/A-2a.

    Pure: the same input gives the same bytes. The structure tree is made from ``leaflet.blocks`` first; the pages are
    then painted and attached to it. ``issued`` is the date the file gives as its own, at midnight UTC.

    Raises ContentError for a picture or face that cannot be embedded or a character without a glyph, ValueError (a
    bug) if a page item belongs to no part of the leaflet.
    """
    file, tree = File(), Tree(leaflet)
    painter = Painter(tree, fonts, pictures)
    painted = [painter.page(index, page) for index, page in enumerate(pages)]
    bodies = [Body() for _ in pages]
    places = [file.add(body) for body in bodies]
    annotations = annotate(file, tree, pages, painted)
    root = _structure(file, tree, painted, places, annotations)
    stock = painter.stock
    resources = {name: file.add(font_object(file, encoder.subset())) for name, encoder in stock.fonts.items()}
    resources |= {name: file.add(picture_object(*picture)) for name, picture in stock.pictures.items()}
    kids = Body(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(places)}] >>")
    parent = file.add(kids)
    for index, body in enumerate(bodies):
        links = [reference for page, reference, _ in annotations if page == index]
        one = painted[index]
        content = file.add(Stream("", one.content))
        drawn = resources_object(one.fonts, one.pictures, resources)
        body.text = page_object(pages[index], parent, drawn, content, str(index), links)
    bookmarks = outline(file, tree.bookmarks, pages, places)
    about = About.of(leaflet)
    direction = " /Direction /R2L" if leaflet.direction == "rtl" else ""
    outlines = f" /Outlines {bookmarks}" if bookmarks else ""
    catalogue = catalogue_object(
        file, about, issued, f"/Pages {parent}", f"/StructTreeRoot {root}", outlines, direction
    )
    return file.save(Body(catalogue), Body(information(about, issued)))


def _structure(file: File, tree: Tree, painted: Sequence[Painted], places: list[str], links: Sequence[Link]) -> str:
    """Add the structure tree and return the reference to its root."""
    tree.root.prune()
    root = Body()
    reference = file.add(root)
    top, values = structure(file, tree, painted, places, links, reference)
    entries = " ".join(f"{key} {value}" for key, value in enumerate(values))
    parents = file.add(Body(f"<< /Nums [{entries}] >>"))
    root.text = (
        f"<< /Type /StructTreeRoot /K {top} /ParentTree {parents}"
        f" /ParentTreeNextKey {len(values)} /RoleMap {roles()} >>"
    )
    return reference
