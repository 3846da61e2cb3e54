"""Lines of values: short texts of any script, set as the leaflet is, from words that were set before.

A value is shaped word by word where all of it reads in one direction, which is nearly always; words come again and
again in a run. Anything else takes the road of all other text.
"""

import re
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from handouts.model.kept import keep
from handouts.model.leaflet import Span
from handouts.model.page import Artifact, GlyphRun
from handouts.typeset import bidi
from handouts.typeset.breaks import opportunities
from handouts.typeset.itemise import Run, Setting, itemise_once, latin_fonts
from handouts.typeset.paragraph import TextStyle, set_lines
from handouts.typeset.shape import shape
from handouts.typeset.strips import flat

ASCII_WORDS: Final = re.compile(r"[0-9]{1,2} ?|[^0-9 ]+ ?| ")
"""What a text of ASCII is set by: words, and figures by twos."""

_WORDS: Final = re.compile(r"[^ ]+ ?| ")
_NAME: Final = re.compile("[A-Za-z][A-Za-z.,'-]* ?")
_WORDS_KEPT: Final = 20_000
_LINES_KEPT: Final = 512
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


class Setter:
    """Sets lines in one language and its faces; words and whole lines are kept, in memory that does not grow."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        latin = latin_fonts(setting).regular
        self._face_of = cache(lambda letter: next((face for face in latin if face.covers(letter)), None))
        self._directed = (setting._replace(rtl=False), setting._replace(rtl=True))
        self._plain = setting._replace(rtl=False, fonts=latin_fonts(setting))
        self._lines: dict[str, Line] = {}

    def paragraph(self, text: str, style: TextStyle, width: float, *, common: bool = False) -> tuple[Line, ...]:
        """Return a value's lines; its own direction is that of its first letter that has one (UAX #9, FSI).

        A ``common`` value's line is kept, for it comes again.
        """
        known = self._lines.get(text)
        if known and known.width * style.size <= width:
            return (known,)
        if not text:
            return (Line(0.0, ()),)
        levels = [0] if text.isascii() else bidi.levels(text, 0)
        if not any(levels) or all(level == 1 for level in levels):
            return self._uniform(text, width / style.size, levels[0] == 1, common)
        return self.general(text, style, width)

    def general(self, text: str, style: TextStyle, width: float) -> tuple[Line, ...]:
        """Return a text's lines by the road that all other text takes."""
        spans = _parted(text) if bidi.paragraph_level(text) else (Span(text=text, isolate="auto"),)
        result = []
        for line in set_lines(spans, style, width, self._setting, _FACE):
            runs = [item for item in flat(line.items) if isinstance(item, GlyphRun)]
            left = min((run.x for run in runs), default=0.0)
            stretches = tuple(Stretch((run.x - left) / style.size, (run,)) for run in runs)
            result.append(Line(line.width / style.size, stretches))
        return tuple(result)

    def _uniform(self, text: str, width: float, rtl: bool, common: bool) -> tuple[Line, ...]:
        """Return the lines of a text of one direction, ``width`` in units of the font size."""
        line = _line(self._pieces(text, rtl), rtl)
        if line.width <= width:
            if common:
                keep(self._lines, text, line, _LINES_KEPT)
            return (line,)
        lines: list[Line] = []
        kept: list[Piece] = []
        used, start = 0.0, 0
        for end in opportunities(text, self._setting.language):
            added = self._pieces(text[start:end], rtl)
            wide = sum([piece.width for piece in added])
            if kept and used + wide - added[-1].width + added[-1].bare > width:
                lines.append(_line(kept, rtl))
                kept, used = [], 0.0
            kept += added
            used += wide
            start = end
        return (*lines, _line(kept, rtl))

    def plain_line(self, text: str) -> Line:
        """Return a text of ASCII as one line."""
        return _line(self._pieces(text, False), False)

    def _pieces(self, text: str, rtl: bool) -> list[Piece]:
        pattern = ASCII_WORDS if text.isascii() else _WORDS
        return [_words.get((self, rtl, word)) or self._piece(word, rtl) for word in pattern.findall(text)]

    def _latin(self, word: str) -> tuple[GlyphRun, ...]:
        """Return a word of plain Latin letters as one run; nothing if its letters are not all in one face.

        It is what the longer road gives, for nothing in such a word divides it.
        """
        first, *others = dict.fromkeys(map(self._face_of, word))
        if others or first is None:
            return ()
        shaped = shape(first, "", word, "", False, "Latn", self._setting.language)
        return (GlyphRun(_FACE, 0, 0, first.name, first.units, 1, "", shaped.clusters, False),)

    def _piece(self, word: str, rtl: bool) -> Piece:
        runs = self._latin(word) if not rtl and _NAME.fullmatch(word) else ()
        setting = self._plain if word.isascii() and not rtl else self._directed[rtl]
        runs = runs or tuple([_run(run, rtl) for run in itemise_once((Span(text=word),), setting, False).runs])
        width = sum(run.width for run in runs)
        space = runs[-1].clusters[0 if rtl else -1] if word.endswith(" ") else None
        bare = width - (space.advance / runs[-1].units if space and space.text == " " else 0.0)
        return keep(_words, (self, rtl, word), Piece(runs, width, bare), _WORDS_KEPT)


_words: dict[tuple[Setter, bool, str], Piece] = {}  # of all setters together, so that many locales take no more


@lru_cache(maxsize=64)
def setter(setting: Setting) -> Setter:
    """Return the setter of a setting, which all formes in one language with the same faces share."""
    return Setter(setting)


def _parted(text: str) -> tuple[Span, ...]:
    """Return a right-to-left value, isolated as a whole, with each Latin stretch a span of its own."""
    spans, at = [Span(text="\u2068")], 0
    for found in _LATIN.finditer(text):
        spans += (Span(text=text[at : found.start()]), Span(text=found[0], isolate="ltr"))
        at = found.end()
    return (*spans, Span(text=text[at:] + "\u2069"))


def _run(run: Run, rtl: bool) -> GlyphRun:
    return GlyphRun(_FACE, 0, 0, run.face.name, run.face.units, 1, "", run.shaped.clusters, rtl)


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
