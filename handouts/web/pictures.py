"""Pictures within the page: PNG as data, SVG drawn anew from a short list of shapes. A picture is a stranger's file.

Nothing of an SVG reaches the page but the elements and attributes named here: no script, no style sheet, no reference
to anything outside, no text in faces that we do not know.
"""

import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import Final
from xml.etree import ElementTree

from handouts.errors import ContentError
from handouts.model.leaflet import Artwork, Figure

SVG: Final = "{http://www.w3.org/2000/svg}"
SHAPES: Final = frozenset(("g", "defs", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
"""The elements that a picture is drawn with; ``title``, ``desc``, ``metadata`` and foreign ones are left out."""
_SILENT: Final = frozenset(("title", "desc", "metadata"))
_ATTRIBUTES: Final = (
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height",
    "transform", "display", "visibility", "fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "fill-opacity",
    "stroke-opacity",
)  # fmt: skip
_DEEPEST: Final = 50
_HINT: Final = "Save it as a plain SVG of paths and basic shapes."


def drawing(figure: Figure, *, hidden: bool = False) -> str:
    """Return a picture as HTML with its alternative text; a ``hidden`` one only decorates.

    Raises ContentError, naming the picture, for an SVG that is broken or holds more than shapes.
    """
    artwork, label = figure.artwork, escape(figure.alt)
    if artwork.media == "png":
        source = f"data:image/png;base64,{b64encode(artwork.data).decode()}"
        return f'<img class="{figure.style}" src="{source}" alt="{"" if hidden else label}">'
    role = 'aria-hidden="true"' if hidden else f'role="img" aria-label="{label}"'
    box, shapes = _shapes(artwork)
    # Ids are the document's: each copy of a picture has its own.
    own = shapes.replace("\0", f"i{figure.id}-")
    return f'<svg class="{figure.style}" viewBox="{escape(box)}" {role}>{own}</svg>'


@lru_cache(maxsize=256)
def _shapes(artwork: Artwork) -> tuple[str, str]:
    """Return an SVG's view box and its shapes as HTML; ids begin with a NUL, for the copy's own number."""
    text = artwork.data.decode("utf-8-sig", errors="replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _refused(artwork, "declares a document type or entities")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ElementTree.ParseError as error:
        raise _refused(artwork, f"is not well-formed XML ({error})") from None
    given = _given(root, artwork)
    box = root.get("viewBox") or f"0 0 {root.get('width', '1')} {root.get('height', '1')}"
    return box, f"<g{given}>{_inside(root, artwork, _DEEPEST)}</g>" if given else _inside(root, artwork, _DEEPEST)


def _inside(parent: ElementTree.Element, artwork: Artwork, depth: int) -> str:
    if not depth:
        raise _refused(artwork, "is nested too deep")
    html = ""
    for element in parent:
        tag = str(element.tag)
        own = tag.removeprefix(SVG)
        if not tag.startswith(SVG) or own in _SILENT:
            continue
        if own not in SHAPES:
            raise _refused(artwork, f"uses <{own}>")
        html += f"<{own}{_given(element, artwork)}>{_inside(element, artwork, depth - 1)}</{own}>"
    return html


def _given(element: ElementTree.Element, artwork: Artwork) -> str:
    """Return an element's attributes, of those that are known; style declarations become attributes."""
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    given = dict(element.items()) | {key.strip(): value.strip() for key, _, value in pairs}
    html = "".join(f' {name}="{escape(given[name])}"' for name in _ATTRIBUTES if name in given)
    if "url(" in html or any(key.rpartition("}")[2].startswith("on") for key in given):
        raise _refused(artwork, "refers to something else, or holds a script")
    if "id" in given:
        html += f' id="\0{escape(given["id"])}"'
    href = next((value for key, value in given.items() if key.rpartition("}")[2] == "href"), "")
    if href and not re.fullmatch(r"#[^\s\0]+", href):
        raise _refused(artwork, "refers to another file")
    return html + (f' href="#\0{escape(href[1:])}"' if href else "")


def _refused(artwork: Artwork, why: str) -> ContentError:
    return ContentError(f"The picture “{artwork.name}” {why}.", _HINT)
