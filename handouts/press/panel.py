"""The personal panel: labelled values in a box, checked as data and set as the leaflet is."""

import re
from functools import lru_cache
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import Any, Final, NamedTuple

from handouts.errors import ContentError
from handouts.findings import Finding
from handouts.model.leaflet import Span
from handouts.model.page import Artifact, GlyphRun
from handouts.press.jobs import Panel
from handouts.press.values import FIELDS, Letters, finding
from handouts.typeset import bidi
from handouts.typeset.breaks import opportunities
from handouts.typeset.frames import Frame as Box
from handouts.typeset.frames import FrameStyle
from handouts.typeset.furniture import Frame
from handouts.typeset.itemise import Setting as Setter
from handouts.typeset.itemise import itemise
from handouts.typeset.paragraph import TextStyle, set_lines
from handouts.typeset.strips import flat
from handouts.typeset.theme import Theme

_PAIRS: Final = (("name", "date"), ("clinician", "reference"), ("appointment",), ("note",))
_GROUPS: Final = {field: place for place, pair in enumerate(_PAIRS) for field in pair}
_SHARE: Final = 0.58  # of the line, for the first of a pair
_NOTE_ROOM: Final = 200  # characters for which a box has lines

_PIECES: Final = re.compile(r"[0-9]{1,2} ?|[^0-9 ]+ ?| ")
_WORDS: Final = re.compile(r"[^ ]+ ?| ")
_WORDS_KEPT: Final = 4096
_LINES: Final = 512
# Latin words, doses and telephone numbers within right-to-left text stay together, left to right, as in the leaflet.
_LATIN: Final = re.compile(r"[A-Za-z0-9+][A-Za-z0-9 .,:/@®%+–—-]*[A-Za-z0-9+®%]")
_FACE: Final = Artifact("Layout")


class Piece(NamedTuple):
    """A word with the space after it, set at one point; ``bare`` is its width without that space."""

    runs: tuple[GlyphRun, ...]
    width: float
    bare: float


class Stretch(NamedTuple):
    """Runs that follow each other on a line in one direction, ``x`` from the line's left end."""

    x: float
    runs: tuple[GlyphRun, ...]


class Line(NamedTuple):
    """One line of a value or a label, its stretches in reading order; measured in units of the font size."""

    width: float
    stretches: tuple[Stretch, ...]


class Cell(NamedTuple):
    """A labelled value.

    Its label stands on line ``line``, ``offset`` from the start side, the value's first line on ``first``, ``indent``
    from there.
    """

    field: str
    line: int
    offset: float
    first: int
    indent: float
    lines: tuple[Line, ...]


class Setting(NamedTuple):
    """A panel as set: how many lines it needs, how many its box usually has (a note gets some room), its cells."""

    needed: int
    height: int
    cells: tuple[Cell, ...]

    @property
    def layout(self) -> tuple[tuple[str, int, float], ...]:
        """Return where the labels stand; panels of one forme with the same layout have the same labels."""
        return tuple([(cell.field, cell.line, cell.offset) for cell in self.cells])


class Desk:
    """Sets and checks the panels of one forme. ``leading`` and ``baseline`` are those of its lines, in points."""

    def __init__(self, theme: Theme, labels: dict[str, str], frame: Frame) -> None:
        self.style = theme.style(theme.format.type.body, theme.palette.ink)
        self.size, self.leading = self.style.size, self.style.leading
        self.left = frame.left
        self.room = Box.around(frame.width, theme, FrameStyle("")).room
        self._setting = theme.setting
        self._gap = 0.6 * self.size
        bold = theme.style(self.size, theme.palette.primary, bold=True)
        self.labels = {field: self._general(label, bold, self.room) for field, label in labels.items()}
        first = next(run for line in self.labels["name"] for stretch in line.stretches for run in stretch.runs)
        self.baseline = first.y
        self._indents = {field: lines[0].width * self.size + self._gap for field, lines in self.labels.items()}
        self.note_lines = ceil(_NOTE_ROOM * self.size * 0.53 / (self.room - self._indents["note"]))
        self._most = int((frame.bottom - max(frame.top(0), frame.top(1)) - 6 * self.size) // self.leading)
        self._shelf = _shelf(theme.setting)

    def check(self, panel: Panel, *, allow_overflow: bool = False) -> tuple[Finding, ...]:
        """Return what forbids to print a panel, by column; no finding holds anything of a value but code points."""
        found = self._shelf.letters.refused(panel, allow_overflow)
        if found or self._plainly_fits(panel):
            return found
        cells = self._cells(panel)
        note = next((len(cell.lines) for cell in cells if cell.field == "note"), 0)
        if note > self.note_lines and not allow_overflow:
            about = int(self.note_lines * (self.room - self._indents["note"]) / (0.53 * self.size))
            message = f"The note takes {note} lines; there is room for {self.note_lines}, about {about} characters."
            return (finding("too-long", message, "note", "Shorten it, or let it flow on with --allow-overflow."),)
        return self._misfits(cells)

    def _misfits(self, cells: tuple[Cell, ...]) -> tuple[Finding, ...]:
        """Return what does not fit on any page."""
        wide = [
            cell.field
            for cell in cells
            if self.size * max([line.width for line in cell.lines]) > self.room - cell.indent + 0.5
        ]
        if wide:
            return tuple(finding("too-wide", "A word is longer than a line.", field, "Divide it.") for field in wide)
        if _needed(cells) > self._most:
            message = f"The panel takes {_needed(cells)} lines; a page has room for {self._most}."
            return (finding("too-long", message, cells[-1].field),)
        return ()

    def set(self, panel: Panel) -> Setting:
        """Return the panel set. Raises ContentError for a value that :meth:`check` refuses even with overflow."""
        found = self._shelf.letters.refused(panel, allow_overflow=True)
        cells = () if found else self._cells(panel)
        found = found or self._misfits(cells)
        if found:
            raise ContentError("The personal panel cannot be printed.", found[0].hint, found)
        needed = _needed(cells)
        usual = len({_GROUPS[cell.field] for cell in cells}) + (self.note_lines - 1 if panel.note else 0)
        return Setting(needed, max(needed, usual), cells)

    def plain_line(self, text: str) -> Line:
        """Return a text of ASCII as one line, for use at any size."""
        return _line(self._pieces(text, False), False)

    def plain_lines(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        """Return a text in English at some size as lines no longer than ``width``."""
        setting = self._setting._replace(rtl=False, language="en", script="Latn")
        return self._general(text, self.style._replace(size=size), width, setting)

    def _plainly_fits(self, panel: Panel) -> bool:
        """Return whether the values surely fit, going by the widths of their letters alone."""
        total = 0
        for field in FIELDS:
            value = getattr(panel, field)
            if value:
                wide = self.size * 1.1 * sum(map(self._shelf.letters.widths.__getitem__, value))
                lines = 1 if field != "note" else self.note_lines - value.count("\n")
                room = self.room - self._indents[field]
                if wide > room and (wide > 0.8 * (lines - 1) * room or len(max(value.split(), key=len)) > 20):
                    return False
                total += lines if field == "note" else 1
        return total <= self._most

    def _cells(self, panel: Panel) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        line = 0
        for pair in _PAIRS:
            before: Cell | None = None
            for field in pair:
                value = getattr(panel, field)
                if value:
                    beside = self._beside(field, value, before) if before else None
                    before = beside or self._cell(field, value, line)
                    cells.append(before)
                    line = before.first + len(before.lines)
        return tuple(cells)

    def _beside(self, field: str, value: str, before: Cell) -> Cell | None:
        """Return a value on the line of another, if both fit there."""
        share = _SHARE * self.room
        indent = share + self._indents[field]
        if before.first > before.line or before.indent + before.lines[-1].width * self.size > share - self._gap:
            return None
        if len(before.lines) > 1 or indent > self.room or "\n" in value:
            return None
        lines = self._paragraph(value.strip(), self.room - indent)
        if len(lines) > 1 or lines[0].width * self.size > self.room - indent:
            return None
        return Cell(field, before.line, share, before.line, indent, lines)

    def _cell(self, field: str, value: str, line: int) -> Cell:
        indent = self._indents[field]
        if indent > self.room / 2:
            return Cell(field, line, 0.0, line + 1, 0.0, self._lines(value, self.room))
        return Cell(field, line, 0.0, line, indent, self._lines(value, self.room - indent))

    def _lines(self, value: str, width: float) -> tuple[Line, ...]:
        if "\n" not in value:
            return self._paragraph(value.strip(), width)
        return tuple(line for part in value.split("\n") for line in self._paragraph(part.strip(), width))

    def _paragraph(self, text: str, width: float) -> tuple[Line, ...]:
        """Return a value's lines; its own direction is that of its first letter that has one (UAX #9, FSI)."""
        known = self._shelf.lines.get(text)
        if known and known.width * self.size <= width:
            return (known,)
        if not text:
            return (Line(0.0, ()),)
        levels = [0] if text.isascii() else bidi.levels(text, 0)
        if not any(levels) or all(level == 1 for level in levels):
            return self._uniform(text, width, levels[0] == 1)
        return self._general(text, self.style, width)

    def _general(self, text: str, style: TextStyle, width: float, setting: Setter | None = None) -> tuple[Line, ...]:
        """Return a text's lines by the road that all other text takes."""
        if bidi.paragraph_level(text):
            text = _LATIN.sub("\u2066\\g<0>\u2069", text)
        spans = (Span(text=text, isolate="auto"),)
        result = []
        for line in set_lines(spans, style, width, setting or self._setting, _FACE):
            runs = [item for item in flat(line.items) if isinstance(item, GlyphRun)]
            left = min((run.x for run in runs), default=0.0)
            stretches = tuple(Stretch((run.x - left) / style.size, (run,)) for run in runs)
            result.append(Line(line.width / style.size, stretches))
        return tuple(result)

    def _uniform(self, text: str, width: float, rtl: bool) -> tuple[Line, ...]:
        """Return the lines of a text of one direction, put together from words that were set before."""
        line = _line(self._pieces(text, rtl), rtl)
        if line.width * self.size <= width:
            _keep(self._shelf.lines, text, line, _LINES)
            return (line,)
        lines: list[Line] = []
        kept: list[Piece] = []
        used, start, room = 0.0, 0, width / self.size
        for end in opportunities(text, self._setting.language):
            added = self._pieces(text[start:end], rtl)
            wide = sum([piece.width for piece in added])
            if kept and used + wide - added[-1].width + added[-1].bare > room:
                lines.append(_line(kept, rtl))
                kept, used = [], 0.0
            kept += added
            used += wide
            start = end
        return (*lines, _line(kept, rtl))

    def _pieces(self, text: str, rtl: bool) -> list[Piece]:
        known = self._shelf.words
        pattern = _PIECES if text.isascii() else _WORDS
        return [known.get((rtl, word)) or self._piece(word, rtl) for word in pattern.findall(text)]

    def _piece(self, word: str, rtl: bool) -> Piece:
        text = itemise((Span(text=word),), self._setting._replace(rtl=rtl), False)
        runs = tuple(
            GlyphRun(_FACE, 0, 0, run.face.name, run.face.units, 1, "", run.shaped.clusters, rtl) for run in text.runs
        )
        width = sum(run.width for run in runs)
        space = runs[-1].clusters[0 if rtl else -1] if word.endswith(" ") else None
        bare = width - (space.advance / runs[-1].units if space and space.text == " " else 0.0)
        piece = Piece(runs, width, bare)
        _keep(self._shelf.words, (rtl, word), piece, _WORDS_KEPT)
        return piece


def _needed(cells: tuple[Cell, ...]) -> int:
    """Return how many lines cells take."""
    return max([cell.first + len(cell.lines) for cell in cells])


class _Shelf(NamedTuple):
    """Words and lines set before, and the letters met; shared by all formes in one language with the same faces."""

    words: dict[tuple[bool, str], Piece]
    lines: dict[str, Line]
    letters: Letters


@lru_cache(maxsize=64)
def _shelf(setting: Setter) -> _Shelf:
    return _Shelf({}, {}, Letters(setting.fonts))


def _keep(known: dict[Any, Any], key: object, value: object, most: int) -> None:
    """Keep a value, in memory that does not grow with the run."""
    if len(known) >= most:
        known.clear()
    known[key] = value


def _line(pieces: list[Piece], rtl: bool) -> Line:
    hanging = pieces[-1].width - pieces[-1].bare
    width = sum([piece.width for piece in pieces]) - hanging
    runs = [run for piece in pieces for run in piece.runs]
    if not rtl:
        return Line(width, (Stretch(0.0, tuple(runs)),))
    # Readers turn each shown string round, so the strings follow each other in reading order, from right to left.
    stretches, right = [], width
    for _, group in groupby(runs, attrgetter("face")):
        same = tuple(group)
        right -= sum([run.width for run in same])
        stretches.append(Stretch(right, same[::-1]))
    return Line(width, tuple(stretches))
