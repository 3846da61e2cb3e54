"""Pictures: SVG and PNG files as PDF objects of one by one unit. What could harm, vanish or differ is refused.

A picture file is a stranger's file: no scripts, no entities, nothing from outside, no letters (their faces would not be
embedded), no transparency, and limits on size (ISO 19005-2, 6.2.4 to 6.2.10; ISO 14289-1, 7.21).
"""

import io
import logging
import re
import struct
import zlib
from functools import lru_cache
from typing import Final, NamedTuple
from xml.etree import ElementTree

from handouts.errors import ContentError
from handouts.model.leaflet import Artwork
from handouts.pdf.objects import LEVEL, number

MAX_SVG_BYTES: Final = 200_000
MAX_SVG_ELEMENTS: Final = 5_000
MAX_SVG_DEPTH: Final = 50
MAX_PNG_BYTES: Final = 20_000_000
MAX_PNG_SIDE: Final = 4096

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_ALLOWED: Final = _SHAPES | {"svg", "g", "defs", "use", "symbol", "title", "desc", "metadata"}
_QUIET: Final = frozenset(("title", "desc", "metadata"))
_HINTS: Final = {
    "text": "Convert text to paths.",
    "tspan": "Convert text to paths.",
    "image": "Draw it as paths, or use a PNG file.",
    "script": "Save it as a plain SVG.",
    "style": "Save it with presentation attributes, not a style sheet.",
}
_PLAIN: Final = "Save it as a plain SVG of paths and basic shapes, in flat colours."
_FORBIDDEN_OPERATORS: Final = re.compile(r"(?:^|\s)(?:gs|sh|Do|BI|k|K|cs|CS|scn|SCN|Tj|TJ|inf|-inf|nan)(?:\s|$)")
_OPACITY: Final = re.compile(r"(?:^|[;\s-])opacity\s*:\s*([^;\s]+)")


class Prepared(NamedTuple):
    """A picture as a PDF XObject of one by one unit: its dictionary's entries and its deflated data."""

    entries: str
    data: bytes


@lru_cache(maxsize=256)
def prepare(artwork: Artwork, colour: str) -> Prepared:
    """Return a picture ready to embed; ``colour`` (#rrggbb) takes the place of ``currentColor`` in an SVG.

    Raises ContentError, naming the artwork and what to do, if the file is broken, too large, or holds what a leaflet
    may not: scripts, entities, references to other files, embedded images, text, transparency.
    """
    return _png(artwork) if artwork.media == "png" else _svg(artwork, colour)


def _refused(artwork: Artwork, why: str, hint: str = _PLAIN) -> ContentError:
    return ContentError(f"The picture “{artwork.name}” {why}.", hint)


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
        root = ElementTree.fromstring(text)  # noqa: S314 - no document type, so no entities
    except ElementTree.ParseError as error:
        raise _refused(artwork, f"is not well-formed XML ({error})", "Save it again as a plain SVG.") from None
    _inspect(artwork, root)
    _strip(root)
    plain = re.sub("currentcolor", colour, ElementTree.tostring(root, encoding="unicode"), flags=re.IGNORECASE)
    width, height, operators = _painted(artwork, plain)
    if _FORBIDDEN_OPERATORS.search(operators):
        raise _refused(artwork, "uses transparency, gradients or colours other than RGB and grey")
    return Prepared(
        f"/Type /XObject /Subtype /Form /BBox [0 0 {number(width)} {number(height)}]"
        f" /Matrix [{1 / width:.8f} 0 0 {1 / height:.8f} 0 0] /Resources << >>",
        zlib.compress(operators.encode("ascii"), LEVEL),
    )


def _strip(root: ElementTree.Element) -> None:
    """Drop what is not painted: titles, descriptions, an editor's own data."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not str(child.tag).startswith(_SVG) or str(child.tag).removeprefix(_SVG) in _QUIET:
                parent.remove(child)


def _inspect(artwork: Artwork, root: ElementTree.Element) -> None:
    if root.tag != f"{_SVG}svg":
        raise _refused(artwork, "is not an SVG file", "Use an SVG or a PNG file.")
    elements = list(root.iter())
    if len(elements) > MAX_SVG_ELEMENTS or _too_deep(root):
        raise _refused(artwork, "has too many parts", "Simplify it, or use a PNG file.")
    for element in elements:
        tag = str(element.tag)
        if tag.startswith(_SVG) and (own := tag.removeprefix(_SVG)) not in _ALLOWED:
            raise _refused(artwork, f"uses <{own}>", _HINTS.get(own, _PLAIN))
        for key, value in element.items():
            _inspect_attribute(artwork, key.rpartition("}")[2], value)
    _inspect_uses(artwork, root)


def _inspect_attribute(artwork: Artwork, key: str, value: str) -> None:
    if key == "href" and not value.startswith("#"):
        raise _refused(artwork, "refers to another file", "Embed everything as paths.")
    if key.startswith("on"):
        raise _refused(artwork, "holds a script", "Save it as a plain SVG.")
    if "url(" in value or key in ("filter", "mask", "clip-path"):
        raise _refused(artwork, f"uses {key}=“{value[:40]}”")
    if "var(" in value or "rgba(" in value or "hsla(" in value:
        raise _refused(artwork, f"uses the colour “{value[:40]}”")
    amounts = [value] if key in ("opacity", "fill-opacity", "stroke-opacity") else _OPACITY.findall(value)
    if any(amount.strip() not in ("1", "1.0", "100%") for amount in amounts):
        raise _refused(artwork, "is partly transparent", "Use full, flat colours.")


def _inspect_uses(artwork: Artwork, root: ElementTree.Element) -> None:
    """Refuse <use> inside what is itself used, and too many copies: that is how loops and bombs are built."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    copies = 0
    for use in root.iter(f"{_SVG}use"):
        href = next((value for key, value in use.items() if key.rpartition("}")[2] == "href"), "")
        target = by_id.get(href[1:])
        if target is None or any(True for _ in target.iter(f"{_SVG}use")):
            raise _refused(artwork, "has a <use> of something missing or of another <use>", "Repeat the paths instead.")
        copies += sum(1 for _ in target.iter())
        if copies > MAX_SVG_ELEMENTS:
            raise _refused(artwork, "has too many parts", "Simplify it, or use a PNG file.")


def _too_deep(root: ElementTree.Element) -> bool:
    level = [root]
    for _ in range(MAX_SVG_DEPTH):
        level = [child for parent in level for child in parent]
    return bool(level)


def _painted(artwork: Artwork, text: str) -> tuple[float, float, str]:
    """Return a drawing's size and operators. svglib is loaded here: only the first SVG of a process pays for it."""
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas
    from svglib.svglib import svg2rlg

    logging.getLogger("svglib").setLevel(logging.CRITICAL)
    try:
        drawing = svg2rlg(io.BytesIO(text.encode("utf-8")))
        canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=0)
        renderPDF.draw(drawing, canvas, 0, 0)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise _refused(artwork, f"cannot be drawn ({type(error).__name__})") from error
    if drawing is None or not (drawing.width > 0 and drawing.height > 0):
        raise _refused(artwork, "has no size", "Give the <svg> a viewBox.")
    # A renderer's state always names a font (Helvetica, not embedded); pictures have no letters, so it can go. So can
    # the no-operation before each path.
    steps = [step for step in canvas._code if not step.startswith("BT ")]
    return drawing.width, drawing.height, "\n".join(re.sub(r"^n\s", "", step) for step in steps)


def _png(artwork: Artwork) -> Prepared:
    from PIL import Image

    data = artwork.data
    broken = "Save it again as an 8-bit PNG file."
    if len(data) > MAX_PNG_BYTES or data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 33:
        raise _refused(artwork, "is not a PNG file of at most 20 MB", "Use an SVG or a smaller PNG file.")
    width, height = struct.unpack(">II", data[16:24])
    if not (0 < width <= MAX_PNG_SIDE and 0 < height <= MAX_PNG_SIDE):
        raise _refused(artwork, f"is larger than {MAX_PNG_SIDE} pixels a side", "Scale it down.")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            image.load()
            if image.mode.startswith(("I", "F")):
                raise _refused(artwork, "has more than 8 bits a colour", broken)
            grey = image.mode in ("1", "L", "LA")
            if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info:
                full = image.convert("RGBA")
                white = Image.new("RGBA", full.size, "white")
                flat = Image.alpha_composite(white, full).convert("L" if grey else "RGB")
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
