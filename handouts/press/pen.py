"""Writing lines into content streams, in few operators and few steps: what was found for a word is kept."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from handouts.model.kept import keep
from handouts.model.page import FontFile, GlyphRun
from handouts.pdf.paint import Stock
from handouts.press.lines import ASCII_WORDS, Line, Setter

_RUNS: Final = 4096
_LINES: Final = 512

_DIGITS: Final = re.compile("<([0-9A-F]+)>")
_SPECIAL: Final = re.compile(r"[\\()\r]")

Shown = list[tuple[str, str]]
"""What is shown one after the other: fonts by their names in the file, and codes."""


class Faces:
    """A leaflet's faces in a file.

    While ``extra`` is set, it takes the words of which the file's own subsets do not have all letters. ``written``
    holds lines that were written in the one font that was set already, by line, place, size and font.
    """

    def __init__(self, files: Iterable[FontFile], stock: Stock) -> None:
        self.extra: Stock | None = None
        self._files = {file.name: file for file in files}
        self._stock = stock
        self._runs: dict[int, tuple[GlyphRun, tuple[str, str]]] = {}
        self._words: dict[str, Shown] = {}
        self.written: dict[tuple[int, float, float, float, str], tuple[Line, str]] = {}

    def line(self, line: Line) -> list[Shown]:
        """Return what each stretch of a line is to show."""
        return [self._stretch(stretch.runs) for stretch in line.stretches]

    def plain(self, text: str, setter: Setter) -> Shown:
        """Return what shows a text of ASCII: the words of it were nearly all met before."""
        shown: Shown = []
        for word in ASCII_WORDS.findall(text):
            known = self._words.get(word)
            if known is None:
                (known,) = self.line(setter.plain_line(word))
                if not self.extra or not self.extra.fonts:
                    keep(self._words, word, known, _RUNS)
            shown += known
        return _merged(shown)

    def _stretch(self, runs: Sequence[GlyphRun]) -> Shown:
        return _merged([self._run(run) for run in runs])

    def _run(self, run: GlyphRun) -> tuple[str, str]:
        known = self._runs.get(id(run))
        if known is not None and known[0] is run:
            return known[1]
        file = self._files[run.face]
        name = self._stock.font(file)
        encoder = self._stock.fonts[name]
        if self.extra is not None and not encoder.has(run):
            name = self.extra.font(file)
            return f"E{name}", _literal(self.extra.fonts[name].show(run))
        return keep(self._runs, id(run), (run, (name, _literal(encoder.show(run)))), _RUNS)[1]


def _merged(shown: Shown) -> Shown:
    """Return the same, neighbours in one font put together."""
    if len(shown) == 1:
        return shown
    if len({name for name, _ in shown}) == 1:
        return [(shown[0][0], "".join([text for _, text in shown]).replace(")(", ""))]
    groups = groupby(shown, itemgetter(0))
    return [(name, "".join([text for _, text in group]).replace(")(", "")) for name, group in groups]


def _literal(shown: str) -> str:
    """Return the operand of ``TJ`` without its brackets, its codes as bytes instead of digits: half as long.

    A backslash stands before what a literal string cannot hold as it is (ISO 32000-1, 7.3.4.2), so ``)(`` is always
    where two strings meet.
    """
    return _DIGITS.sub(_bytes, shown[1:-1])


def _bytes(found: re.Match[str]) -> str:
    return f"({_SPECIAL.sub(_escaped, bytes.fromhex(found[1]).decode('latin-1'))})"


def _escaped(found: re.Match[str]) -> str:
    return "\\r" if found[0] == "\r" else f"\\{found[0]}"


class Pen:
    """Writes lines of one size. ``font`` is the font that is set already; used ones are added to ``fonts``."""

    def __init__(self, faces: Faces, fonts: dict[str, None], size: float, font: str = "") -> None:
        self._faces, self._fonts, self._size = faces, fonts, size
        self.font = font

    def text(self, lines: Iterable[tuple[Line, float, float]]) -> str:
        """Return one text object with lines, each with its left end and its baseline in PDF coordinates."""
        out, left, low = ["BT"], 0.0, 0.0
        for line, x, y in lines:
            for stretch, parts in zip(line.stretches, self._faces.line(line), strict=True):
                across = x + stretch.x * self._size
                shown = "".join([self.shown(name, codes) for name, codes in parts])
                if stretch.runs[0].rtl:
                    shown = f"/ReversedChars BMC{shown} EMC"
                out.append(f"{across - left:.2f} {y - low:.2f} Td{shown}")
                left, low = across, y
        out.append("ET")
        return "\n".join(out)

    def common(self, line: Line, x: float, y: float) -> str:
        """Return one text object with one line that was probably written there before (dates, clinicians)."""
        key = (id(line), x, y, self._size, self.font)
        known = self._faces.written.get(key)
        if known is not None and known[0] is line:
            return known[1]
        shown = self._faces.line(line)
        if len(shown) != 1 or [name for name, _ in shown[0]] != [self.font] or line.stretches[0].runs[0].rtl:
            return self.text([(line, x, y)])  # it says which fonts a page uses, so it cannot be kept for other pages
        text = f"BT\n{x + line.stretches[0].x * self._size:.2f} {y:.2f} Td[{shown[0][0][1]}]TJ\nET"
        return keep(self._faces.written, key, (line, text), _LINES)[1]

    def shown(self, name: str, codes: str) -> str:
        """Return the operators that show codes in a font."""
        if name == self.font:
            return f"[{codes}]TJ"
        self.font = name
        self._fonts[name] = None
        return f"/{name} {self._size:g} Tf[{codes}]TJ"
