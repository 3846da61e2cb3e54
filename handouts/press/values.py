"""What may stand in a panel: its values are data of any kind, and what no paper can show is a finding."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import category

from msgspec.structs import astuple

from handouts.findings import Finding, Severity, Where
from handouts.model.kept import keep
from handouts.press.jobs import Panel
from handouts.typeset.itemise import Fonts

FIELDS: Final = Panel.__struct_fields__

LIMIT: Final = 120
"""The longest value in characters; of a note, :data:`NOTE_LIMIT`, or :data:`OVERFLOW_LIMIT` where it may flow on."""
NOTE_LIMIT: Final = 600
OVERFLOW_LIMIT: Final = 4000

# What no paper can show, or what changes how the rest is read: controls, surrogates, private use; invisible and
# directional characters (ZWNJ and ZWJ aside, which Persian and Indic names need); noncharacters; presentation forms,
# which are read out as noise (U+FB00 to FDFF, FE70 to FEFE).
_CONTROL: Final = "\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"
_HIDDEN: Final = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_BROKEN: Final = "\ud800-\udfff\ue000-\uf8ff\ufb00-\ufdff\ufe70-\ufefe\ufffe\uffff\U000f0000-\U0010ffff"
_REFUSED: Final = re.compile(f"[{_CONTROL}{_HIDDEN}{_BROKEN}]")

_KEPT: Final = 4_000
"""Values and letters that are remembered, in memory that does not grow with the run."""


class Letters:
    """The letters that a leaflet's faces have; ``widths`` are those met so far, in units of the font size."""

    def __init__(self, fonts: Fonts) -> None:
        self._faces = fonts.regular
        self.widths: dict[str, float] = {"\n": 0.0}
        self.plain = _Plain(self)
        self._absent: set[str] = set()

    def width(self, value: str) -> float:
        """Return how wide a value's letters are together, in units of the font size; -1 if it must be looked at."""
        if not (value.isascii() and value.isprintable()) and _REFUSED.search(value):
            return -1.0
        try:
            return sum(map(self.widths.__getitem__, value))
        except KeyError:
            known = all(map(self._covered, self._strangers(value)))
            return self.width(value) if known else -1.0

    def refused(self, panel: Panel, allow_overflow: bool) -> tuple[Finding, ...]:
        """Return what forbids to print a panel, whatever room there is; findings hold code points, no values."""
        values = astuple(panel)
        note = OVERFLOW_LIMIT if allow_overflow else NOTE_LIMIT
        if max(map(len, values)) > LIMIT:
            long = [
                finding("too-long", f"The value has {len(value):,} characters; the limit is {limit:,}.", field)
                for field, value in zip(FIELDS, values, strict=True)
                if len(value) > (limit := note if field == "note" else LIMIT)
            ]
            if long:
                return tuple(long)
        text = "\n".join(values)
        plain = text.isascii() and text.replace("\n", "").isprintable()
        lines = text.count("\n") == len(values) - 1 + panel.note.count("\n")
        if lines and (plain or not _REFUSED.search(text)) and all(map(self._covered, self._strangers(text))):
            return ()
        return tuple(one for field, value in zip(FIELDS, values, strict=True) for one in self._strange(field, value))

    def _strangers(self, text: str) -> set[str]:
        """Return the letters that were not met yet; they are few, those that were met are many."""
        return {char for char in text if char not in self.widths}

    def _strange(self, field: str, value: str) -> list[Finding]:
        found = []
        refused = {*_REFUSED.findall(value)} | ({"\n"} & {*value} if field != "note" else set())
        if refused:
            hint = f"Delete {_points(refused)}; copied text often brings such characters along."
            found.append(finding("character", "The value has characters that cannot be printed.", field, hint))
        missing = {char for char in value if char not in refused and not self._covered(char)}
        if missing:
            hint = f"Replace {_points(missing)}, or add a face that has it to the brand's “faces”."
            found.append(finding("glyph", "The value has characters that no face of the leaflet has.", field, hint))
        return found

    def _covered(self, character: str) -> bool:
        """Return whether a face has the character, and learn its width in units of the font size."""
        if character in self.widths:
            return True
        if character in "\u200c\u200d":
            self.widths[character] = 0.0
            return True
        if character in self._absent:
            return False
        face = next((face for face in self._faces if face.covers(character)), None)
        if face is None or category(character) == "Cf":
            if len(self._absent) >= _KEPT:
                self._absent.clear()
            self._absent.add(character)
            return False
        glyph = face.font.get_nominal_glyph(ord(character))
        self.widths[character] = face.font.get_glyph_h_advance(glyph) / face.units
        return True


class _Plain(dict[str, float]):
    """The widths of values of one line that nothing forbids to print; -1 for others. Many come again and again."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def __missing__(self, value: str) -> float:
        return keep(self, value, self.of(value), _KEPT)

    def of(self, value: str) -> float:
        """Return the width of a value that will hardly come again."""
        return self._letters.width(value) if len(value) <= LIMIT and "\n" not in value else -1.0


@lru_cache(maxsize=64)
def letters_of(fonts: Fonts) -> Letters:
    """Return the letters of some faces, which all formes with these faces share."""
    return Letters(fonts)


def finding(rule: str, message: str, field: str, hint: str = "Shorten it.") -> Finding:
    """Return an error in a column of the manifest."""
    return Finding(f"panel.{rule}", Severity.ERROR, message, Where(column=field), hint)


def _points(characters: set[str]) -> str:
    named = [f"U+{ord(character):04X}" for character in sorted(characters)]
    return ", ".join(named[:5]) + (" and more" if len(named) > 5 else "")
