"""A leaflet and its pages become the bytes of one PDF: PDF/UA-1 and PDF/A-2a at once, the same bytes every time."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Final

from handouts.model.leaflet import Artwork, Leaflet
from handouts.model.page import FontFile, LinkArea, Page
from handouts.pdf.embed import Subset
from handouts.pdf.metadata import information, srgb, xmp
from handouts.pdf.objects import Body, File, Stream, text_string
from handouts.pdf.outline import outline
from handouts.pdf.paint import Painted, Painter
from handouts.pdf.pictures import prepare
from handouts.pdf.structure import ROLES, Annotation, Element, Tree, element_object

_NOT_ASCII: Final = re.compile(r"[^!-~]")


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
    painter = Painter(tree, fonts)
    painted = [painter.page(index, page) for index, page in enumerate(pages)]
    bodies = [Body() for _ in pages]
    places = [file.add(body) for body in bodies]
    annotations = _annotations(file, tree, pages, painted)
    root = _structure(file, tree, painted, places, annotations)
    resources = {name: _font(file, encoder.subset()) for name, encoder in painter.fonts.items()}
    for name, (artwork, colour, ground) in painter.pictures.items():
        ready = prepare(pictures[artwork], colour, ground)
        resources[name] = file.add(Stream(ready.entries, ready.data, compressed=True))
    kids = Body(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(places)}] >>")
    parent = file.add(kids)
    for index, body in enumerate(bodies):
        links = [reference for page, reference, _ in annotations if page == index]
        body.text = _page(file, pages[index], painted[index], index, parent, resources, links)
    bookmarks = outline(file, tree.bookmarks, pages, places)
    catalogue = Body(_catalogue(file, leaflet, parent, root, bookmarks, issued))
    return file.save(catalogue, Body(information(leaflet, issued)))


_Link = tuple[int, str, Element]  # page, the annotation's reference, the element it belongs to


def _annotations(file: File, tree: Tree, pages: Sequence[Page], painted: Sequence[Painted]) -> list[_Link]:
    """Add the link annotations and attach them to their elements, after the links' text (ISO 14289-1, 7.18.5)."""
    made: list[_Link] = []
    for index, one in enumerate(painted):
        for link in one.links:
            element = tree.of(link.place)
            if element.role != "Link" or not element.kids:
                raise ValueError(f"the clickable area of {link.place} has no text of a link")
            body = Body(_annotation(link, pages[index].height, tree.links[link.place], len(pages) + len(made)))
            reference = file.add(body)
            element.attach(Annotation(index, reference))
            made.append((index, reference, element))
    linked = {element for _, _, element in made}
    for owner in tree.links:
        element = tree.of(owner)
        if element.kids and element not in linked:
            raise ValueError(f"the link of {owner} has no clickable area")
    return made


def _annotation(link: LinkArea, height: float, text: str, key: int) -> str:
    low = height - link.y - link.height
    box = f"{link.x:.2f} {low:.2f} {link.x + link.width:.2f} {low + link.height:.2f}"
    uri = _NOT_ASCII.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link.href)
    return (
        f"<< /Type /Annot /Subtype /Link /Rect [{box}] /F 4 /Border [0 0 0] /StructParent {key}"
        f" /Contents {text_string(text)} /A << /S /URI /URI {text_string(uri)} >> >>"
    )


def _structure(
    file: File,
    tree: Tree,
    painted: Sequence[Painted],
    places: list[str],
    annotations: Sequence[_Link],
) -> str:
    """Add the structure tree and return the reference to its root.

    ParentTree leads from every mark and annotation back to its element (ISO 32000-1, 14.7.4.4).
    """
    tree.root.prune()
    root = Body()
    root_reference = file.add(root)
    bodies = {element: Body() for element in tree.root.elements()}
    references = {element: file.add(body) for element, body in bodies.items()}
    parents = {kid: references[element] for element in bodies for kid in element.kids if isinstance(kid, Element)}
    for element, body in bodies.items():
        body.text = element_object(element, parents.get(element, root_reference), places, references)
    entries = [
        f"{index} [{' '.join(references[tree.of(owner)] for owner in one.owners)}]" for index, one in enumerate(painted)
    ]
    entries += [f"{len(painted) + at} {references[element]}" for at, (_, _, element) in enumerate(annotations)]
    parent_tree = file.add(Body(f"<< /Nums [{' '.join(entries)}] >>"))
    roles = " ".join(f"/{own} /{standard}" for own, standard in ROLES.items())
    root.text = (
        f"<< /Type /StructTreeRoot /K {references[tree.root]} /ParentTree {parent_tree}"
        f" /ParentTreeNextKey {len(entries)} /RoleMap << {roles} >> >>"
    )
    return root_reference


def _font(file: File, subset: Subset) -> str:
    """Add a face as a composite font with two-byte codes (ISO 32000-1, 9.7)."""
    program = file.add(Stream(f"/Length1 {subset.length}", subset.program, compressed=True))
    glyph_map = file.add(Stream("", subset.glyph_map, compressed=True))
    to_unicode = file.add(Stream("", subset.to_unicode, compressed=True))
    descriptor = file.add(Body(f"<< {subset.descriptor} /FontFile2 {program} >>"))
    system = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    descendant = file.add(
        Body(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {subset.base_font} /CIDSystemInfo {system}"
            f" /FontDescriptor {descriptor} /DW 0 /W {subset.widths} /CIDToGIDMap {glyph_map} >>"
        )
    )
    return file.add(
        Body(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {subset.base_font} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
        )
    )


def _page(
    file: File,
    page: Page,
    painted: Painted,
    index: int,
    parent: str,
    resources: Mapping[str, str],
    links: Sequence[str],
) -> str:
    content = file.add(Stream("", painted.content))
    fonts = " ".join(f"/{name} {resources[name]}" for name in painted.fonts)
    pictures = " ".join(f"/{name} {resources[name]}" for name in painted.pictures)
    annots = f" /Annots [{' '.join(links)}]" if links else ""
    return (
        f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {page.width:.3f} {page.height:.3f}]"
        f" /Resources << /Font << {fonts} >> /XObject << {pictures} >> >> /Contents {content}"
        f" /StructParents {index} /Tabs /S{annots} >>"
    )


def _catalogue(file: File, leaflet: Leaflet, parent: str, root: str, bookmarks: str, issued: datetime.date) -> str:
    metadata = file.add(Stream("/Type /Metadata /Subtype /XML", xmp(leaflet, issued), compress=False))
    profile = file.add(Stream("/N 3 /Alternate /DeviceRGB", srgb()))
    direction = " /Direction /R2L" if leaflet.direction == "rtl" else ""
    outlines = f" /Outlines {bookmarks}" if bookmarks else ""
    return (
        f"<< /Type /Catalog /Version /1.7 /Pages {parent} /Lang {text_string(leaflet.lang)}"
        f" /MarkInfo << /Marked true >> /StructTreeRoot {root} /Metadata {metadata}{outlines}"
        f" /ViewerPreferences << /DisplayDocTitle true{direction} >>"
        f" /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
        f" /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>] >>"
    )
