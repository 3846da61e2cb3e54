"""The personal panel: labelled values in a box, checked as data and set as the leaflet is."""

import math
from typing import Final, NamedTuple

from msgspec.structs import astuple

from handouts.errors import ContentError
from handouts.findings import Finding
from handouts.press.jobs import Panel
from handouts.press.lines import Line, setter
from handouts.press.values import FIELDS, LIMIT, NOTE_LIMIT, finding, letters_of
from handouts.typeset.frames import Frame as Box
from handouts.typeset.frames import FrameStyle
from handouts.typeset.furniture import Frame
from handouts.typeset.theme import Theme

_PAIRS: Final = (("name", "date"), ("clinician", "reference"), ("appointment",), ("note",))
COMMON: Final = frozenset(("date", "clinician", "appointment"))
"""Fields whose values many rows share."""

_GROUPS: Final = {field: place for place, pair in enumerate(_PAIRS) for field in pair}
_SHARE: Final = 0.58  # of the line, for the first of a pair
_NOTE_ROOM: Final = 200  # characters for which a box has lines
_SHORT_NOTE: Final = (
    2  # lines of a note that gets no more room than it needs; longer ones share the room of the longest
)
_SHORT_WORD: Final = 20  # letters of a word that leaves no line half empty


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
    """A panel as set: how many lines it needs, how many its box usually has (long notes get some room), its cells."""

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
        self.setter, self._letters = setter(theme.setting), letters_of(theme.setting.fonts)
        self._english = theme.setting._replace(rtl=False, language="en", script="Latn")
        self._gap = 0.6 * self.size
        bold = theme.style(self.size, theme.palette.primary, bold=True)
        self.labels = {field: self.setter.general(label, bold, self.room) for field, label in labels.items()}
        first = next(run for line in self.labels["name"] for stretch in line.stretches for run in stretch.runs)
        self.baseline = first.y
        self._indents = {field: lines[0].width * self.size + self._gap for field, lines in self.labels.items()}
        self._note_room = self.room - self._indents["note"]
        ascii_widths = [self._letters.width(chr(code)) for code in range(32, 127)]
        widest = max(ascii_widths) if min(ascii_widths) >= 0 else math.inf
        # How wide a value of each field may be, and how many letters of ASCII surely are not wider, but for a note.
        self._widest = [(self.room - self._indents[field]) / (1.1 * self.size) for field in FIELDS]
        self._brief = [min(LIMIT, int(room / widest)) for room in self._widest]
        self.note_lines = math.ceil(_NOTE_ROOM * self.size * 0.53 / self._note_room)
        self._most = int((frame.bottom - max(frame.top(0), frame.top(1)) - 6 * self.size) // self.leading)

    def check(self, panel: Panel, *, allow_overflow: bool = False) -> tuple[Finding, ...]:
        """Return what forbids to print a panel, by column; no finding holds anything of a value but code points."""
        if self._plainly_fits(panel):
            return ()
        found = self._letters.refused(panel, allow_overflow)
        if found:
            return found
        cells = self._cells(panel)
        note = next((len(cell.lines) for cell in cells if cell.field == "note"), 0)
        if note > self.note_lines and not allow_overflow:
            about = int(self.note_lines * self._note_room / (0.53 * self.size))
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
        plain = self._plainly_fits(panel)
        found = () if plain else self._letters.refused(panel, allow_overflow=True)
        cells = () if found else self._cells(panel)
        found = found or (() if plain else self._misfits(cells))
        if found:
            raise ContentError("The personal panel cannot be printed.", found[0].hint, found)
        needed = _needed(cells)
        usual = len({_GROUPS[cell.field] for cell in cells})
        if any(cell.field == "note" and len(cell.lines) > _SHORT_NOTE for cell in cells):
            usual += self.note_lines - 1
        return Setting(needed, max(needed, usual), cells)

    def plain_line(self, text: str) -> Line:
        """Return a text of ASCII as one line, for use at any size."""
        return self.setter.plain_line(text)

    def plain_lines(self, text: str, size: float, width: float) -> tuple[Line, ...]:
        """Return a text in English at some size as lines no longer than ``width``."""
        return setter(self._english).general(text, self.style._replace(size=size), width)

    def _plainly_fits(self, panel: Panel) -> bool:
        """Return whether the values surely can be printed and fit, going by their letters alone."""
        plain, total = self._letters.plain, 0
        for field, room, brief, value in zip(FIELDS, self._widest, self._brief, astuple(panel), strict=True):
            if not value:
                continue
            total += self.note_lines if field == "note" else 1
            if len(value) <= brief and value.isascii() and value.isprintable():
                continue
            if field == "note":
                fits = self._plain_note(value, room)
            else:
                fits = 0 <= (plain[value] if field in COMMON else plain.of(value)) <= room
            if not fits:
                return False
        return total <= self._most

    def _plain_note(self, note: str, room: float) -> bool:
        wide = self._letters.width(note) if len(note) <= NOTE_LIMIT else -1.0
        lines = self.note_lines - note.count("\n")
        short = max(map(len, note.split()), default=0) <= _SHORT_WORD
        return lines > 0 and (0 <= wide <= room or (0 <= wide <= 0.8 * (lines - 1) * room and short))

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
        lines = self.setter.paragraph(value.strip(), self.style, self.room - indent, common=field in COMMON)
        if len(lines) > 1 or lines[0].width * self.size > self.room - indent:
            return None
        return Cell(field, before.line, share, before.line, indent, lines)

    def _cell(self, field: str, value: str, line: int) -> Cell:
        indent = self._indents[field]
        if indent > self.room / 2:
            return Cell(field, line, 0.0, line + 1, 0.0, self._lines(field, value, self.room))
        return Cell(field, line, 0.0, line, indent, self._lines(field, value, self.room - indent))

    def _lines(self, field: str, value: str, width: float) -> tuple[Line, ...]:
        set_, common = self.setter.paragraph, field in COMMON
        if "\n" not in value:
            return set_(value.strip(), self.style, width, common=common)
        return tuple(
            line for part in value.split("\n") for line in set_(part.strip(), self.style, width, common=common)
        )


def _needed(cells: tuple[Cell, ...]) -> int:
    """Return how many lines cells take."""
    return max([cell.first + len(cell.lines) for cell in cells])
