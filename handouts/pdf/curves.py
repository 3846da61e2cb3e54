"""Outlines as PDF path segments: SVG path data (SVG 1.1, 8.3 and F.6) and basic shapes."""

import math
import re
from collections.abc import Sequence
from typing import Final

Segment = tuple[str, tuple[float, ...]]
"""A path operator (``m``, ``l``, ``c``, ``h``) and its operands."""

LIMIT: Final = 1e9
"""Numbers are smaller than this; no picture needs greater ones, and their squares stay numbers."""

_THIN: Final = 1e-6  # an arc with such a radius is a line
_ARC: Final = 0.5522847498  # the control points of a quarter circle drawn as a Bézier curve
_COMMAND: Final = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_NUMBER: Final = re.compile(r"[\s,]*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)")
_FLAG: Final = re.compile(r"[\s,]*([01])")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def path(data: str) -> list[Segment]:
    """Return the segments of SVG path data. Raises ValueError if it is not well formed."""
    pen = _Pen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return pen.segments


def within(text: str) -> float:
    """Return a number as SVG writes it. Raises ValueError if it is too great to be drawn, or to be reckoned with."""
    value = float(text)
    if not abs(value) < LIMIT:
        raise ValueError("uses a number out of range")
    return value


def rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> list[Segment]:
    """Return a rectangle with round corners; nothing if it has no area."""
    if width <= 0 or height <= 0:
        return []
    rx, ry = min(max(rx, 0.0), width / 2), min(max(ry, 0.0), height / 2)
    right, low = x + width, y + height
    if not rx or not ry:
        return [("m", (x, y)), ("l", (right, y)), ("l", (right, low)), ("l", (x, low)), ("h", ())]
    dx, dy = rx * (1 - _ARC), ry * (1 - _ARC)
    return [
        ("m", (x + rx, y)),
        ("l", (right - rx, y)),
        ("c", (right - dx, y, right, y + dy, right, y + ry)),
        ("l", (right, low - ry)),
        ("c", (right, low - dy, right - dx, low, right - rx, low)),
        ("l", (x + rx, low)),
        ("c", (x + dx, low, x, low - dy, x, low - ry)),
        ("l", (x, y + ry)),
        ("c", (x, y + dy, x + dx, y, x + rx, y)),
        ("h", ()),
    ]


def ellipse(cx: float, cy: float, rx: float, ry: float) -> list[Segment]:
    """Return an ellipse; nothing if it has no area."""
    return rectangle(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)


def polygon(values: Sequence[float], *, closed: bool) -> list[Segment]:
    """Return lines through points, which are given as x and y in turn."""
    points = list(zip(values[::2], values[1::2], strict=False))
    if len(points) < 2:
        return []
    lines: list[Segment] = [("m", points[0]), *(("l", point) for point in points[1:])]
    return [*lines, ("h", ())] if closed else lines


def _commands(data: str) -> list[tuple[str, list[float]]]:
    """Return path data as commands, each with exactly the numbers it takes."""
    found: list[tuple[str, list[float]]] = []
    at, end = 0, len(data.rstrip(" \t\r\n,"))
    command = ""
    while at < end:
        match = _COMMAND.match(data, at)
        if match:
            command, at = match[1], match.end()
        elif command in ("", "Z", "z"):
            raise ValueError("has path data that is not well formed")
        values, at = _values(data, at, command)
        found.append((command, values))
        command = {"M": "L", "m": "l"}.get(command, command)
    return found


def _values(data: str, at: int, command: str) -> tuple[list[float], int]:
    values: list[float] = []
    for place in range(_COUNTS[command.upper()]):
        match = (_FLAG if command in "Aa" and place in (3, 4) else _NUMBER).match(data, at)
        if not match:
            raise ValueError("has path data that is not well formed")
        values.append(within(match[1]))
        at = match.end()
    return values, at


class _Pen:
    """Follows path commands: the current point, the start of the subpath, the last control point."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._x = self._y = 0.0
        self._start = (0.0, 0.0)
        self._control: tuple[str, float, float] = ("", 0.0, 0.0)
        self._open = False

    def draw(self, command: str, values: list[float]) -> None:
        """Draw one command."""
        kind = command.upper()
        v = self._absolute(kind, values) if command.islower() else values
        if kind == "Z":
            self._add("h")
            self._x, self._y = self._start
            self._open = False
            return
        if kind != "M" and not self._open:
            if not self.segments:
                raise ValueError("has path data that is not well formed")
            self._add("m", self._x, self._y)
            self._open = True
        match kind:
            case "M":
                self._start, self._open = (v[0], v[1]), True
                self._add("m", *v)
            case "L":
                self._add("l", *v)
            case "H":
                self._add("l", v[0], self._y)
            case "V":
                self._add("l", self._x, v[0])
            case "A":
                self._arc(*v)
            case _:
                self._curve(kind, v)

    def _absolute(self, kind: str, values: list[float]) -> list[float]:
        if kind == "H":
            return [values[0] + self._x]
        if kind == "V":
            return [values[0] + self._y]
        if kind == "A":
            return [*values[:5], values[5] + self._x, values[6] + self._y]
        return [value + (self._y if place % 2 else self._x) for place, value in enumerate(values)]

    def _add(self, operator: str, *points: float) -> None:
        self.segments.append((operator, points))
        if points:
            self._x, self._y = points[-2:]
        self._control = ("", self._x, self._y)

    def _curve(self, kind: str, v: list[float]) -> None:
        family, last_x, last_y = self._control
        same = family == ("C" if kind in "CS" else "Q")
        mirror = (2 * self._x - last_x, 2 * self._y - last_y) if same else (self._x, self._y)
        if kind in "CS":
            points = v if kind == "C" else [*mirror, *v]
            self._add("c", *points)
            self._control = ("C", points[2], points[3])
            return
        qx, qy, x, y = v if kind == "Q" else [*mirror, *v]
        first = (self._x + 2 / 3 * (qx - self._x), self._y + 2 / 3 * (qy - self._y))
        self._add("c", *first, x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), x, y)
        self._control = ("Q", qx, qy)

    def _arc(self, rx: float, ry: float, turn: float, large: float, sweep: float, x: float, y: float) -> None:
        """Draw an elliptical arc as curves of at most a quarter turn (SVG 1.1, F.6.5 and F.6.6)."""
        rx, ry = abs(rx), abs(ry)
        if min(rx, ry) < _THIN or (x, y) == (self._x, self._y):
            self._add("l", x, y)
            return
        cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        half_x, half_y = (self._x - x) / 2, (self._y - y) / 2
        px, py = cosine * half_x + sine * half_y, cosine * half_y - sine * half_x
        excess = (px / rx) ** 2 + (py / ry) ** 2
        if excess > 1:
            rx, ry = rx * math.sqrt(excess), ry * math.sqrt(excess)
        rest = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
        factor = math.sqrt(max(0.0, rest / ((rx * py) ** 2 + (ry * px) ** 2))) * (-1 if large == sweep else 1)
        ox, oy = factor * rx * py / ry, -factor * ry * px / rx
        cx, cy = cosine * ox - sine * oy + (self._x + x) / 2, sine * ox + cosine * oy + (self._y + y) / 2
        begin = math.atan2((py - oy) / ry, (px - ox) / rx)
        extent = math.atan2((-py - oy) / ry, (-px - ox) / rx) - begin
        if sweep and extent < 0:
            extent += 2 * math.pi
        elif not sweep and extent > 0:
            extent -= 2 * math.pi
        count = max(1, math.ceil(abs(extent) / (math.pi / 2) - 1e-9))
        step = extent / count
        reach = 4 / 3 * math.tan(step / 4)

        def point(angle: float, along: float) -> tuple[float, float]:
            u = rx * (math.cos(angle) - along * math.sin(angle))
            w = ry * (math.sin(angle) + along * math.cos(angle))
            return cosine * u - sine * w + cx, sine * u + cosine * w + cy

        for index in range(count):
            a, b = begin + index * step, begin + (index + 1) * step
            target = (x, y) if index == count - 1 else point(b, 0)
            self._add("c", *point(a, reach), *point(b, -reach), *target)
