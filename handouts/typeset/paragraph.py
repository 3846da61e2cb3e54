"""Paragraphs: shaped runs broken into lines and put in visual order."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from handouts.model.leaflet import Span
from handouts.model.page import Artifact, Box, GlyphRun, Item, LinkArea, Owner, Place
from handouts.typeset import bidi
from handouts.typeset.breaks import opportunities
from handouts.typeset.fonts import manner
from handouts.typeset.itemise import Itemised, Run, Setting, cut, itemise

_SPACES = " \u00a0\u3000\t"


class TextStyle(NamedTuple):
    """How a paragraph looks. Lengths in points; ``leading`` is the line distance; ``link`` the colour of links."""

    size: float
    leading: float
    colour: str
    bold: bool = False
    align: Literal["start", "center", "end"] = "start"
    link: str = ""
    balance: bool = False


class Line(NamedTuple):
    """One line: its items relative to its top left corner, its height, and its width without trailing spaces."""

    height: float
    width: float
    items: tuple[Item, ...]


@lru_cache(maxsize=8192)
def set_lines(
    spans: tuple[Span, ...], style: TextStyle, width: float, setting: Setting, place: Place
) -> tuple[Line, ...]:
    """Return the lines of a paragraph, none wider than ``width``; a word that is wider is broken between clusters.

    Runs are given in logical order, so that a reader of the content stream meets the text as it is written.
    """
    if not any(span.text for span in spans):
        return ()
    text = itemise(spans, setting, style.bold)
    cuts = _breaks(text, spans, setting.language)
    widths = _Widths(text, style.size)
    cuts = _forced(text, cuts, widths, width)
    ends = _fill(cuts, widths, width)
    if style.balance or len(ends) > 1:
        ends = _even_out(ends, cuts, widths, width, style.balance)
    job = _Job(text, spans, style, width, setting, place)
    return tuple(_line(job, start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True))


def natural_width(spans: tuple[Span, ...], style: TextStyle, setting: Setting) -> float:
    """Return the width in points of the text on one line."""
    text = itemise(spans, setting, style.bold)
    return _Widths(text, style.size).between(0, len(text.text))


@lru_cache(maxsize=1024)
def longest_word(spans: tuple[Span, ...], style: TextStyle, setting: Setting) -> float:
    """Return the width in points of the widest stretch of the text that does not go on a new line."""
    text = itemise(spans, setting, style.bold)
    cuts = _breaks(text, spans, setting.language)
    widths = _Widths(text, style.size)
    return max((widths.between(start, end) for start, end in pairwise((0, *cuts))), default=0.0)


def _breaks(text: Itemised, spans: Sequence[Span], language: str) -> tuple[int, ...]:
    """Return the break opportunities that do not cut a span that is to be kept whole."""
    cuts = opportunities(text.text, language)
    offset = 0
    for span in spans:
        length = len(span.text) + (2 if span.isolate else 0)
        if span.keep:
            cuts = tuple(c for c in cuts if not offset < c < offset + length)
        offset += length
    return cuts


def _forced(text: Itemised, cuts: tuple[int, ...], widths: "_Widths", width: float) -> tuple[int, ...]:
    """Return the break opportunities with those in words that are wider than a line; what is cut off misleads."""
    wide = [(start, end) for start, end in pairwise((0, *cuts)) if widths.between(start, end) > width]
    if not wide:
        return cuts
    starts = {run.start + start for run in text.runs for start in run.shaped.starts}
    return tuple(sorted({*cuts, *(at for at in starts for start, end in wide if start < at < end)}))


class _Widths:
    """Widths of stretches of a paragraph, by running totals over its characters."""

    def __init__(self, text: Itemised, size: float) -> None:
        totals = [0.0] * (len(text.text) + 1)
        for run in text.runs:
            scale = size / run.face.units
            for cluster, start in zip(run.shaped.clusters, run.shaped.starts, strict=True):
                totals[run.start + start + 1] += cluster.advance * scale
        self._totals = [*accumulate(totals)]
        self._text = text.text

    def between(self, start: int, end: int) -> float:
        """Return the width of ``[start, end)`` in points without the spaces at its end."""
        while end > start and self._text[end - 1] in _SPACES:
            end -= 1
        return self._totals[end] - self._totals[start]


def _fill(cuts: Sequence[int], widths: _Widths, width: float) -> list[int]:
    """Return line ends by filling each line with as much as it holds."""
    ends: list[int] = []
    start, last = 0, 0
    for candidate in cuts:
        if last > start and widths.between(start, candidate) > width + 0.01:
            ends.append(last)
            start = last
        last = candidate
    return [*ends, cuts[-1]]


def _even_out(ends: list[int], cuts: Sequence[int], widths: _Widths, width: float, balance: bool) -> list[int]:
    """Return line ends with the same number of lines but no stub at the end; balanced lines where asked for.

    A last line of one short word looks lost; narrowing the column a little moves company down to it.
    """
    best = ends
    for step in range(1, 13 if balance else 7):
        start = best[-2] if len(best) > 1 else 0
        last = widths.between(start, best[-1])
        if len(best) == 1 or last >= width * (0.75 if balance else 0.25):
            break
        narrower = _fill(cuts, widths, width * (1 - 0.04 * step))
        if len(narrower) != len(ends):
            break
        best = narrower
    return best


class _Job(NamedTuple):
    """What every line of one paragraph shares."""

    text: Itemised
    spans: Sequence[Span]
    style: TextStyle
    width: float
    setting: Setting
    place: Place


def _line(job: _Job, start: int, end: int) -> Line:
    text, size = job.text, job.style.size
    pieces = [
        cut(text.text, run, max(run.start, start), min(run.end, end))
        for run in text.runs
        if run.start < end and run.end > start
    ]
    pieces, levels = _split_levels(text, pieces, start, end)
    drawn = [_width(piece, size) for piece in pieces]
    content = end
    while content > start and text.text[content - 1] in _SPACES:
        content -= 1
    visible = sum(
        [
            wide if piece.end <= content else _visible_width(piece, size, content)
            for piece, wide in zip(pieces, drawn, strict=True)
        ]
    )
    xs = _positions(levels, drawn, visible, job)
    baseline = _baseline(job.style, job.setting.script)
    items: list[Item] = []
    for piece, x, width in zip(pieces, xs, drawn, strict=True):
        items.extend(_paint(piece, x, width, baseline, job))
    return Line(job.style.leading, visible, tuple(items))


def _split_levels(text: Itemised, pieces: list[Run], start: int, end: int) -> tuple[list[Run], list[int]]:
    """Return the pieces with trailing spaces at the base level (UAX #9, L1), and each piece's level."""
    if text.flat:
        return pieces, [0] * len(pieces)
    levels = bidi.line_levels(text.text, text.levels, start, end, text.base)
    result: list[Run] = []
    for piece in pieces:
        at = piece.start
        while at < piece.end:
            stop = at + 1
            while stop < piece.end and levels[stop - start] == levels[at - start]:
                stop += 1
            part = piece._replace(level=levels[at - start])
            result.append(cut(text.text, part, at, stop))
            at = stop
    return result, [piece.level for piece in result]


def _positions(levels: Sequence[int], drawn: Sequence[float], visible: float, job: _Job) -> list[float]:
    """Return each piece's left edge. Spaces at the line's end hang outside the text's edge."""
    hanging, room, rtl = sum(drawn) - visible, job.width - visible, job.setting.rtl
    left = {"center": room / 2, "start": room if rtl else 0.0, "end": 0.0 if rtl else room}[job.style.align]
    x = left - (hanging if rtl else 0.0)
    xs = [0.0] * len(drawn)
    for index in bidi.reorder(levels):
        xs[index] = x
        x += drawn[index]
    return xs


def _width(piece: Run, size: float) -> float:
    return sum(cluster.advance for cluster in piece.shaped.clusters) * size / piece.face.units


def _visible_width(piece: Run, size: float, content: int) -> float:
    """Return the width of what stands before the spaces at the line's end."""
    shaped = piece.shaped
    return sum(
        cluster.advance * size / piece.face.units
        for cluster, start in zip(shaped.clusters, shaped.starts, strict=True)
        if piece.start + start < content
    )


def _baseline(style: TextStyle, script: str) -> float:
    """Return the baseline's distance from the line's top: the letters' own room is centred in the leading."""
    kind = manner(script)
    return (style.leading - (kind.ascent + kind.descent) * style.size) / 2 + kind.ascent * style.size


def _paint(piece: Run, x: float, width: float, baseline: float, job: _Job) -> list[Item]:
    span, style, place = job.spans[piece.span], job.style, job.place
    if isinstance(place, Owner) and (span.href or span.lang):
        place = place._replace(span=piece.span)
    linked = span.href and isinstance(place, Owner)
    colour = style.link if linked and style.link else style.colour
    face = piece.face
    run = GlyphRun(place, x, baseline, face.name, face.units, style.size, colour, piece.shaped.clusters, piece.rtl)
    if not span.href or not isinstance(place, Owner):
        return [run]
    rule = style.size * 0.06
    return [
        Box(Artifact("Layout"), x, baseline + style.size * 0.14, width, rule, fill=colour),
        run,
        LinkArea(place, x, baseline - style.size, width, style.size * 1.3, span.href),
    ]
