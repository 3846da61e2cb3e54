"""The parts of a leaflet's PDF as objects, whatever file they go into: its own, or one that holds many leaflets."""

import datetime
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, Protocol, TypeAlias

from handouts.model.leaflet import Artwork
from handouts.model.page import LinkArea, Page
from handouts.pdf.embed import Subset
from handouts.pdf.metadata import About, srgb, xmp
from handouts.pdf.objects import LEVEL, Body, Stream, text_string
from handouts.pdf.paint import Painted
from handouts.pdf.pictures import prepare
from handouts.pdf.structure import ROLES, Annotation, Element, Tree, element_object

_NOT_ASCII: Final = re.compile(r"[^!-~]")


class Numbered(Protocol):
    """What numbers objects: a file, or the draft of a part of one."""

    def add(self, item: Body) -> str:
        """Return the reference to an object, new or added before."""


Link: TypeAlias = tuple[int, str, Element]
"""A link annotation: its page, its reference, the element it belongs to."""


def annotate(
    file: Numbered, tree: Tree, pages: Sequence[Page], painted: Sequence[Painted], key: Callable[[int], str] = str
) -> list[Link]:
    """Add the link annotations and attach them to their elements, after the links' text (ISO 14289-1, 7.18.5).

    ``key`` writes a key of the parent tree; pages come first in it.
    """
    made: list[Link] = []
    for index, one in enumerate(painted):
        for link in one.links:
            element = tree.of(link.place)
            if element.role != "Link" or not element.kids:
                raise ValueError(f"the clickable area of {link.place} has no text of a link")
            place = key(len(pages) + len(made))
            body = Body(_annotation(link, pages[index].height, tree.links[link.place], place))
            reference = file.add(body)
            element.attach(Annotation(index, reference))
            made.append((index, reference, element))
    linked = {element for _, _, element in made}
    for owner in tree.links:
        element = tree.of(owner)
        if element.kids and element not in linked:
            raise ValueError(f"the link of {owner} has no clickable area")
    return made


def _annotation(link: LinkArea, height: float, text: str, key: str) -> str:
    low = height - link.y - link.height
    box = f"{link.x:.2f} {low:.2f} {link.x + link.width:.2f} {low + link.height:.2f}"
    uri = _NOT_ASCII.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link.href)
    return (
        f"<< /Type /Annot /Subtype /Link /Rect [{box}] /F 4 /Border [0 0 0] /StructParent {key}"
        f" /Contents {text_string(text)} /A << /S /URI /URI {text_string(uri)} >> >>"
    )


def structure(
    file: Numbered,
    tree: Tree,
    painted: Sequence[Painted],
    places: list[str],
    links: Sequence[Link],
    root: str,
) -> tuple[str, list[str]]:
    """Add the tree's elements; return the reference to the topmost and the values of the parent tree, by key.

    The parent tree leads from every mark and annotation back to its element (ISO 32000-1, 14.7.4.4). ``places`` are
    the pages' references, ``root`` is that of the structure tree's root.
    """
    bodies = {element: Body() for element in tree.root.elements()}
    references = {element: file.add(body) for element, body in bodies.items()}
    parents = {kid: references[element] for element in bodies for kid in element.kids if isinstance(kid, Element)}
    for element, body in bodies.items():
        body.text = element_object(element, parents.get(element, root), places, references)
    values = [f"[{' '.join(references[tree.of(owner)] for owner in one.owners)}]" for one in painted]
    return references[tree.root], values + [references[element] for _, _, element in links]


def roles() -> str:
    """Return the role map: our own roles and the standard ones they stand for."""
    return f"<< {' '.join(f'/{own} /{standard}' for own, standard in ROLES.items())} >>"


def font_object(file: Numbered, subset: Subset) -> Body:
    """Add a face's parts and return the composite font with two-byte codes (ISO 32000-1, 9.7) that is made of them."""
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
    return Body(
        f"<< /Type /Font /Subtype /Type0 /BaseFont {subset.base_font} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>"
    )


def picture_object(artwork: Artwork, colour: str, ground: str) -> Stream:
    """Return a picture in a colour on a ground. Raises ContentError if it cannot be embedded."""
    ready = prepare(artwork, colour, ground)
    return Stream(ready.entries, ready.data, compressed=True)


def resources_object(fonts: Sequence[str], pictures: Sequence[str], references: Mapping[str, str]) -> str:
    """Return the resource dictionary of what a page uses, by its names in the file."""
    faces = " ".join(f"/{name} {references[name]}" for name in fonts)
    drawn = " ".join(f"/{name} {references[name]}" for name in pictures)
    return f"<< /Font << {faces} >> /XObject << {drawn} >> >>"


def page_object(page: Page, parent: str, resources: str, content: str, key: str, links: Sequence[str]) -> str:
    """Return a page; ``key`` is its own in the parent tree."""
    annots = f" /Annots [{' '.join(links)}]" if links else ""
    return (
        f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {page.width:.3f} {page.height:.3f}]"
        f" /Resources {resources} /Contents {content}"
        f" /StructParents {key} /Tabs /S{annots} >>"
    )


@cache
def _profile() -> bytes:
    return zlib.compress(srgb(), LEVEL)


def catalogue_object(
    file: Numbered, about: About, issued: datetime.date, pages: str, root: str, more: str = "", direction: str = ""
) -> str:
    """Return the document catalogue; its metadata and its colour profile are added to the file.

    ``pages`` and ``root`` are its entries for the page tree and the structure tree, ``more`` further ones,
    ``direction`` an entry of its viewer preferences.
    """
    metadata = file.add(Stream("/Type /Metadata /Subtype /XML", xmp(about, issued), compress=False))
    profile = file.add(Stream("/N 3 /Alternate /DeviceRGB", _profile(), compressed=True))
    return (
        f"<< /Type /Catalog /Version /1.7 {pages} /Lang {text_string(about.lang)}"
        f" /MarkInfo << /Marked true >> {root} /Metadata {metadata}{more}"
        f" /ViewerPreferences << /DisplayDocTitle true{direction} >>"
        f" /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
        f" /Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>] >>"
    )
