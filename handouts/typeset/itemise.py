"""From inline spans to shaped runs: one text, its embedding levels, and stretches of one face, script and level."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.model.leaflet import Span
from handouts.typeset import bidi
from handouts.typeset.fonts import DEFAULT, manner
from handouts.typeset.shape import CONTEXT, Face, Shaped, script_of, shape

# UAX #9 isolates: they set an inserted value apart from the direction around it, and are never painted.
_OPEN = {"ltr": "\u2066", "rtl": "\u2067", "auto": "\u2068"}
_CLOSE = "\u2069"
_CONTROLS = frozenset("\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u200e\u200f\u061c\u2060\u00ad\u200b")


class Fonts(NamedTuple):
    """The faces of a leaflet in order of preference, per weight."""

    regular: tuple[Face, ...]
    bold: tuple[Face, ...]

    def led_by(self, family: str) -> "Fonts":
        """Return the same faces with one family's first (a companion's side, in another script)."""
        return Fonts(*(tuple(sorted(faces, key=lambda face: face.family != family)) for faces in self))


class Setting(NamedTuple):
    """What a text is set with: faces, ISO 15924 script, BCP 47 language, base direction."""

    fonts: Fonts
    script: str
    language: str
    rtl: bool


class Run(NamedTuple):
    """A shaped stretch ``[start, end)`` of the paragraph's text: one level, face, script and span."""

    start: int
    end: int
    level: int
    face: Face
    script: str
    language: str
    span: int
    shaped: Shaped

    @property
    def rtl(self) -> bool:
        """Return whether the run reads right to left."""
        return self.level % 2 == 1


class Itemised(NamedTuple):
    """A paragraph ready for breaking into lines. ``text`` includes the isolate controls; runs leave them out.

    ``flat``: everything reads left to right.
    """

    text: str
    levels: tuple[int, ...]
    base: int
    runs: tuple[Run, ...]
    flat: bool


def itemise_once(spans: tuple[Span, ...], setting: Setting, bold: bool) -> Itemised:
    """Return the paragraph's runs in logical order, for a text that will hardly come again.

    Raises ContentError for characters that no face has, naming each with its code point and message key.
    """
    text, owners = _join(spans)
    base = 1 if setting.rtl else 0
    levels = [0] * len(text) if not base and bidi.one_way(text) else bidi.levels(text, base)
    scripts = _scripts(text, setting.script)
    faces = _faces(text, owners, spans, setting, bold)
    runs: list[Run] = []
    start = 0
    while start < len(text):
        if text[start] in _CONTROLS:
            start += 1
            continue
        end = start + 1
        state = (levels[start], scripts[start], faces[start], owners[start])
        while (
            end < len(text)
            and text[end] not in _CONTROLS
            and (levels[end], scripts[end], faces[end], owners[end]) == state
        ):
            end += 1
        level, script, face, owner = state
        language = spans[owner].lang or setting.language
        shaped = _shape(text, start, end, face, level, script, language)
        runs.append(Run(start, end, level, face, script, language, owner, shaped))
        start = end
    return Itemised(text, tuple(levels), base, tuple(runs), not (base or any(levels)))


itemise = lru_cache(maxsize=4096)(itemise_once)
"""The same for texts that come again: in another format, another brand, on another day."""


def cut(text: str, run: Run, start: int, end: int) -> Run:
    """Return the part ``[start, end)`` of a run, shaped anew as a line of its own needs it."""
    if (start, end) == (run.start, run.end):
        return run
    shaped = _shape(text, start, end, run.face, run.level, run.script, run.language, context=False)
    return run._replace(start=start, end=end, shaped=shaped)


def _shape(
    text: str, start: int, end: int, face: Face, level: int, script: str, language: str, context: bool = True
) -> Shaped:
    before = text[max(0, start - CONTEXT) : start] if context else ""
    after = text[end : end + CONTEXT] if context else ""
    return shape(face, before, text[start:end], after, level % 2 == 1, script, language)


def _join(spans: Sequence[Span]) -> tuple[str, list[int]]:
    """Return the spans' text with isolates around those that ask for it, and each character's span."""
    parts: list[str] = []
    owners: list[int] = []
    for index, span in enumerate(spans):
        part = f"{_OPEN[span.isolate]}{span.text}{_CLOSE}" if span.isolate else span.text
        parts.append(part)
        owners.extend([index] * len(part))
    return "".join(parts), owners


def _scripts(text: str, default: str) -> list[str]:
    """Return each character's script; common ones take the script before them, leading ones the first that follows.

    (UAX #24, 5.2: common and inherited characters resolve to the script of the text around them.)
    """
    found = [script_of(character) for character in text]
    current = next((script for script in found if script), _TAGS.get(default, default))
    for index, script in enumerate(found):
        current = script or current
        found[index] = current
    return found


# ISO 15924 codes of writing systems that Unicode's script property resolves into their letters.
_TAGS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang", "Aran": "Arab"}


def _faces(text: str, owners: Sequence[int], spans: Sequence[Span], setting: Setting, bold: bool) -> list[Face]:
    """Return each character's face: the first of the chain that has it; marks stay with their base where they can."""
    chosen: list[Face] = []
    missing: list[Finding] = []
    latin = latin_fonts(setting)
    wholly = [latin is not setting.fonts and _wholly_latin(span.text) for span in spans]
    for character, owner in zip(text, owners, strict=True):
        fonts = latin if wholly[owner] or script_of(character) == "Latn" else setting.fonts
        chain = fonts.bold if bold or spans[owner].bold else fonts.regular
        if _unseen(character):
            face = chosen[-1] if chosen else chain[0]
        elif unicodedata.combining(character) and chosen and chosen[-1].covers(character):
            face = chosen[-1]
        elif (first := _first(chain, character)) is not None:
            face = first
        else:
            missing.append(_missing(character, spans[owner], setting.language))
            face = chain[0]
        chosen.append(face)
    if missing:
        raise ContentError("Some characters have no face that can print them.", missing[0].hint, missing)
    return chosen


@lru_cache(maxsize=8192)
def _unseen(character: str) -> bool:
    return character in _CONTROLS or unicodedata.category(character) == "Cf"


@lru_cache(maxsize=8192)
def _first(chain: tuple[Face, ...], character: str) -> Face | None:
    return next((face for face in chain if face.covers(character)), None)


def latin_fonts(setting: Setting) -> Fonts:
    """Return the faces for Latin words: the setting's own where its first one has good Latin, else the default ones."""
    return setting.fonts if manner(setting.script).latin else setting.fonts.led_by(DEFAULT.family)


def _wholly_latin(text: str) -> bool:
    """Return whether a stretch is Latin words or figures alone, whose spaces and points are then Latin too.

    Nastaliq's own space is too narrow to keep two figures apart.
    """
    found = {script_of(character) for character in text} - {""}
    return found == {"Latn"} or (not found and any("0" <= character <= "9" for character in text))


def _missing(character: str, span: Span, language: str) -> Finding:
    name = unicodedata.name(character, "unnamed character")
    return Finding(
        "missing-glyph",
        Severity.ERROR,
        f"No face has “{character}” (U+{ord(character):04X}, {name}).",
        Where(key=span.key, locale=language),
        "Change the character, or add a face that has it to the brand’s “faces”.",
    )
