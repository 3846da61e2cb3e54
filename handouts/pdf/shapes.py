"""SVG shapes as PDF operators: paths, basic shapes, groups, transforms, flat colours (SVG 1.1, 7 to 11).

A deliberate part of SVG, for pictograms and logos. What it does not know raises ValueError with words for a person, so
that nothing vanishes or looks different unseen. (svglib knows more, but loading it takes a fifth of a command's time.)
"""

import math
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from handouts.pdf.curves import LIMIT, Segment, ellipse, path, polygon, rectangle, within

SVG: Final = "{http://www.w3.org/2000/svg}"
_CONTAINERS: Final = frozenset(("g", "use"))
_SILENT: Final = frozenset(("defs", "title", "desc", "metadata"))
_INHERITED: Final = {
    "fill": "#000000",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "fill-rule": "nonzero",
    "visibility": "visible",
}
_OPACITIES: Final = frozenset(("opacity", "fill-opacity", "stroke-opacity"))
_MARKERS: Final = frozenset(("marker", "marker-start", "marker-mid", "marker-end"))
_UNABLE: Final = _MARKERS | {
    "filter",
    "mask",
    "clip-path",
    "mix-blend-mode",
    "paint-order",
    "vector-effect",
    "transform-origin",
}
_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH: Final = re.compile(rf"\s*({_NUMBER.pattern})(?:px)?\s*")
_TRANSFORM: Final = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")

Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawing(NamedTuple):
    """An SVG as operators in a coordinate system of its own size, origin at the bottom left."""

    width: float
    height: float
    operators: str


def draw(root: Element) -> Drawing:
    """Return the drawing of an ``<svg>`` element. Raises ValueError, saying why, if it cannot be drawn faithfully."""
    left, top, width, height = _view(root)
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise ValueError("has no size")
    known = {element.get("id", ""): element for element in root.iter()}
    look = _look(_given(root), _INHERITED)
    inner = [step for child in root for step in _element(child, look, known)]
    return Drawing(width, height, "\n".join([f"1 0 0 -1 {_n(-left)} {_n(top + height)} cm", *inner]))


def _view(root: Element) -> tuple[float, float, float, float]:
    box = _numbers(root.get("viewBox", ""))
    if len(box) == 4:
        return box[0], box[1], box[2], box[3]
    return 0.0, 0.0, _length(root, "width"), _length(root, "height")


def _element(element: Element, above: dict[str, str], known: dict[str, Element]) -> Iterator[str]:
    tag = str(element.tag)
    own = tag.removeprefix(SVG)
    if not tag.startswith(SVG) or own in _SILENT:
        return
    given = _given(element)
    if given.get("display") == "none":
        return
    look = _look(given, above)
    place = _transform(given.get("transform", ""))
    if own == "use":
        place = _times(place, (1, 0, 0, 1, _length(element, "x"), _length(element, "y")))
    if own in _CONTAINERS:
        inner = [step for child in _children(element, own, known) for step in _element(child, look, known)]
    else:
        inner = list(_shape(element, own, look))
    if not inner or place == _UNMOVED:
        yield from inner
    else:
        yield f"q {' '.join(map(_n, place))} cm"
        yield from inner
        yield "Q"


def _given(element: Element) -> dict[str, str]:
    """Return an element's attributes and style declarations. Raises ValueError for what cannot be drawn."""
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    given = {key: value.strip() for key, value in element.items()}
    given |= {key.strip(): value.strip() for key, _, value in pairs}
    for key, value in given.items():
        if key in _OPACITIES and value not in ("1", "1.0", "100%"):
            raise ValueError("is partly transparent")
        if "url(" in value or (key in _UNABLE and value not in ("none", "normal")):
            raise ValueError(f"uses {key}=“{value[:40]}”")
    return given


def _look(given: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    return above | {key: given[key] for key in _INHERITED if given.get(key, "inherit") != "inherit"}


def _children(element: Element, own: str, known: dict[str, Element]) -> list[Element]:
    if own != "use":
        return list(element)
    href = next((value for key, value in element.items() if key.rpartition("}")[2] == "href"), "")
    return [known[href[1:]]]


def _shape(element: Element, own: str, look: dict[str, str]) -> Iterator[str]:
    fill, stroke = _colour(look["fill"]), _colour(look["stroke"])
    width = _number(look["stroke-width"])
    painted = (1 if fill else 0) + (2 if stroke and width > 0 else 0)
    if not painted or look["visibility"] != "visible":
        return
    segments = _segments(element, own)
    if not segments:
        return
    steps = ["q"]
    if fill:
        steps.append(f"{fill} rg")
    if painted & 2:
        steps.append(f"{stroke} RG {_n(width)} w {_line(look)}")
    steps += [" ".join(map(_n, points)) + f" {operator}" if points else operator for operator, points in segments]
    even_odd = "*" if look["fill-rule"] == "evenodd" and fill else ""
    steps.append(("f", "S", "B")[painted - 1] + even_odd)
    steps.append("Q")
    yield " ".join(steps)


def _segments(element: Element, own: str) -> list[Segment]:
    def at(name: str) -> float:
        return _length(element, name)

    if own == "path":
        return path(element.get("d", ""))
    if own == "rect":
        rx, ry = element.get("rx", element.get("ry", "0")), element.get("ry", element.get("rx", "0"))
        return rectangle(at("x"), at("y"), at("width"), at("height"), _number(rx), _number(ry))
    if own == "circle":
        return ellipse(at("cx"), at("cy"), at("r"), at("r"))
    if own == "ellipse":
        return ellipse(at("cx"), at("cy"), at("rx"), at("ry"))
    if own == "line":
        return [("m", (at("x1"), at("y1"))), ("l", (at("x2"), at("y2")))]
    if own in ("polygon", "polyline"):
        return polygon(_numbers(element.get("points", "")), closed=own == "polygon")
    raise ValueError(f"uses <{own}>")


def _line(look: dict[str, str]) -> str:
    try:
        cap, join = _CAPS[look["stroke-linecap"]], _JOINS[look["stroke-linejoin"]]
    except KeyError as error:
        raise ValueError(f"uses the line style {error}") from None
    dashes = " ".join(map(_n, _dashes(look["stroke-dasharray"])))
    offset = _n(_number(look["stroke-dashoffset"]))
    limit = _n(max(1.0, _number(look["stroke-miterlimit"])))
    return f"{cap} J {join} j {limit} M" + (f" [{dashes}] {offset} d" if dashes else "")


def _dashes(text: str) -> list[float]:
    """Return the lengths of dashes and gaps, none for a whole line (SVG 1.1, 11.4)."""
    lengths = [] if text == "none" else [_number(part) for part in re.split(r"[\s,]+", text.strip())]
    if any(length < 0 for length in lengths):
        raise ValueError(f"uses stroke-dasharray=“{text[:40]}”")
    return lengths if any(lengths) else []


def _colour(text: str) -> str:
    """Return a colour's operands for ``rg``, empty for none."""
    if text in ("none", "transparent"):
        return ""
    if re.fullmatch("#[0-9a-fA-F]{3}", text):
        text = "#" + "".join(2 * digit for digit in text[1:])
    if re.fullmatch("#[0-9a-fA-F]{6}", text):
        return " ".join(_n(value / 255) for value in bytes.fromhex(text[1:]))
    if found := re.fullmatch(r"rgb\(\s*(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*\)", text):
        return " ".join(_n(min(255, int(value)) / 255) for value in found.groups())
    from reportlab.lib.colors import getAllNamedColors  # slow to load and seldom needed

    named = getAllNamedColors().get(text.lower())
    if named is None:
        raise ValueError(f"uses the colour “{text[:40]}”")
    return " ".join(_n(value) for value in named.rgb())


def _transform(text: str) -> Matrix:
    at, whole = 0, _UNMOVED
    while text[at:].strip(" \t\r\n,"):
        found = _TRANSFORM.match(text, at)
        if not found:
            raise ValueError(f"uses transform=“{text[:40]}”")
        at = found.end()
        whole = _times(whole, _matrix(found[1], _numbers(found[2])))
    return whole


def _matrix(kind: str, v: list[float]) -> Matrix:
    count = len(v)
    if kind == "matrix" and count == 6:
        return v[0], v[1], v[2], v[3], v[4], v[5]
    if kind == "translate" and count in (1, 2):
        return 1, 0, 0, 1, v[0], v[-1] if count == 2 else 0
    if kind == "scale" and count in (1, 2):
        return v[0], 0, 0, v[-1], 0, 0
    if kind == "rotate" and count in (1, 3):
        cosine, sine = math.cos(math.radians(v[0])), math.sin(math.radians(v[0]))
        x, y = (v[1], v[2]) if count == 3 else (0.0, 0.0)
        return cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y
    if kind in ("skewX", "skewY") and count == 1:
        slope = math.tan(math.radians(v[0]))
        return (1, 0, slope, 1, 0, 0) if kind == "skewX" else (1, slope, 0, 1, 0, 0)
    raise ValueError(f"uses {kind} with {count} numbers")


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _length(element: Element, name: str) -> float:
    return _number(element.get(name, "0"))


def _number(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    if not found:
        raise ValueError(f"uses the length “{text[:40]}”")
    return within(found[1])


def _numbers(text: str) -> list[float]:
    return [within(value) for value in _NUMBER.findall(text)]


def _n(value: float) -> str:
    if not abs(value) < LIMIT:
        raise ValueError("uses a number out of range")
    short = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
