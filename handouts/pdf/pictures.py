"""Pictures: SVG and PNG files as PDF objects of one by one unit. What could harm, vanish or differ is refused.

A picture file is a stranger's file: no scripts, no entities, nothing from outside, no letters (their faces would not be
embedded), no transparency, and limits on size (ISO 19005-2, 6.2.4 to 6.2.10; ISO 14289-1, 7.21).
"""

import io
import re
import struct
import zlib
from functools import lru_cache
from typing import Final, NamedTuple
from warnings import catch_warnings
from xml.etree import ElementTree

from handouts.errors import ContentError
from handouts.model.decode import problem
from handouts.model.leaflet import Artwork
from handouts.pdf.objects import LEVEL, number
from handouts.pdf.shapes import SVG, draw

MAX_SVG_BYTES: Final = 200_000
MAX_SVG_ELEMENTS: Final = 5_000
MAX_SVG_DEPTH: Final = 50
MAX_PNG_BYTES: Final = 20_000_000
MAX_PNG_SIDE: Final = 4096

_HINTS: Final = {
    "text": "Convert text to paths.",
    "tspan": "Convert text to paths.",
    "image": "Draw it as paths, or use a PNG file.",
    "script": "Save it as a plain SVG.",
    "style": "Save it with presentation attributes, not a style sheet.",
}
_SHAPES: Final = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_ALLOWED: Final = _SHAPES | {"g", "defs", "use", "title", "desc", "metadata"}
_PLAIN: Final = "Save it as a plain SVG of paths and basic shapes, in full, flat colours."


class Prepared(NamedTuple):
    """A picture as a PDF XObject of one by one unit: its dictionary's entries and its deflated data."""

    entries: str
    data: bytes


@lru_cache(maxsize=256)
def prepare(artwork: Artwork, colour: str, ground: str = "#ffffff") -> Prepared:
    """Return a picture ready to embed; ``colour`` (#rrggbb) takes the place of ``currentColor`` in an SVG.

    What a PNG leaves transparent shows ``ground``, for an archive file that printers like has no transparency.

    Raises ContentError, naming the artwork and what to do, if the file is broken, too large, or holds what a leaflet
    may not: scripts, entities, references to other files, embedded images, text, transparency.
    """
    return _png(artwork, ground) if artwork.media == "png" else _svg(artwork, colour)


def _refused(artwork: Artwork, why: str, hint: str = _PLAIN) -> ContentError:
    return problem(artwork.file, f"The picture “{artwork.name}” {why}.", hint, rule="picture")


def _svg(artwork: Artwork, colour: str) -> Prepared:
    if len(artwork.data) > MAX_SVG_BYTES:
        raise _refused(artwork, f"is larger than {MAX_SVG_BYTES // 1000} KB", "Simplify it, or use a PNG file.")
    try:
        text = artwork.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(artwork, "is not UTF-8", "Save it as a plain SVG in UTF-8.") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _refused(artwork, "declares a document type or entities", "Delete the <!DOCTYPE …> part.")
    try:
        # Without a document type there are no entities, so no bomb can be in it.
        root = ElementTree.fromstring(re.sub("currentcolor", colour, text, flags=re.IGNORECASE))  # noqa: S314
    except ElementTree.ParseError as error:
        raise _refused(artwork, f"is not well-formed XML ({error})", "Save it again as a plain SVG.") from None
    _inspect(artwork, root)
    try:
        drawing = draw(root)
    except ValueError as error:
        raise _refused(artwork, str(error)) from error
    width, height = drawing.width, drawing.height
    return Prepared(
        f"/Type /XObject /Subtype /Form /BBox [0 0 {number(width)} {number(height)}]"
        f" /Matrix [{1 / width:.8f} 0 0 {1 / height:.8f} 0 0] /Resources << >>",
        zlib.compress(drawing.operators.encode("ascii"), LEVEL),
    )


def _inspect(artwork: Artwork, root: ElementTree.Element) -> None:
    if root.tag != f"{SVG}svg":
        raise _refused(artwork, "is not an SVG file", "Use an SVG or a PNG file.")
    elements = list(root.iter())
    if len(elements) > MAX_SVG_ELEMENTS or _too_deep(root):
        raise _refused(artwork, "has too many parts", "Simplify it, or use a PNG file.")
    for element in elements:
        tag = str(element.tag)
        own = tag.removeprefix(SVG)
        if tag.startswith(SVG) and own not in _ALLOWED and element is not root:
            raise _refused(artwork, f"uses <{own}>", _HINTS.get(own, _PLAIN))
        if any(key.rpartition("}")[2].startswith("on") for key, _ in element.items()):
            raise _refused(artwork, "holds a script", "Save it as a plain SVG.")
    _inspect_uses(artwork, root)


def _inspect_uses(artwork: Artwork, root: ElementTree.Element) -> None:
    """Refuse <use> inside what is itself used, and too many copies: that is how loops and bombs are built."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    copies = 0
    for use in root.iter(f"{SVG}use"):
        href = next((value for key, value in use.items() if key.rpartition("}")[2] == "href"), "")
        if href and not href.startswith("#"):
            raise _refused(artwork, "refers to another file", "Embed everything as paths.")
        target = by_id.get(href[1:])
        if target is None or any(True for _ in target.iter(f"{SVG}use")):
            raise _refused(artwork, "has a <use> of something missing or of another <use>", "Repeat the paths instead.")
        copies += sum(1 for _ in target.iter())
        if copies > MAX_SVG_ELEMENTS:
            raise _refused(artwork, "has too many parts", "Simplify it, or use a PNG file.")


def _too_deep(root: ElementTree.Element) -> bool:
    level = [root]
    for _ in range(MAX_SVG_DEPTH):
        level = [child for parent in level for child in parent]
    return bool(level)


def _png(artwork: Artwork, ground: str) -> Prepared:
    from PIL import Image

    data = artwork.data
    broken = "Save it again as an 8-bit PNG file."
    if len(data) > MAX_PNG_BYTES or data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 33:
        raise _refused(artwork, "is not a PNG file of at most 20 MB", "Use an SVG or a smaller PNG file.")
    width, height = struct.unpack(">II", data[16:24])
    if not (0 < width <= MAX_PNG_SIDE and 0 < height <= MAX_PNG_SIDE):
        raise _refused(artwork, f"is larger than {MAX_PNG_SIDE} pixels a side", "Scale it down.")
    try:
        with catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            image.load()
            if image.mode.startswith(("I", "F")):
                raise _refused(artwork, "has more than 8 bits a colour", broken)
            grey = image.mode in ("1", "L", "LA") and ground == "#ffffff"
            if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info:
                full = image.convert("RGBA")
                below = Image.new("RGBA", full.size, ground)
                flat = Image.alpha_composite(below, full).convert("L" if grey else "RGB")
            else:
                flat = image.convert("L" if grey else "RGB")
            pixels = flat.tobytes()
    except (OSError, ValueError, SyntaxError, struct.error, zlib.error, Image.DecompressionBombError) as error:
        raise _refused(artwork, f"is damaged ({type(error).__name__})", broken) from error
    return Prepared(
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8"
        f" /ColorSpace /{'DeviceGray' if grey else 'DeviceRGB'}",
        zlib.compress(pixels, LEVEL),
    )
