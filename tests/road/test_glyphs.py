"""The glyphs on paper are those that HarfBuzz, asked in two other ways, gives for the same text in the same order."""

from collections.abc import Iterator
from itertools import groupby

import pytest
from msgspec.structs import replace

from handouts.model.leaflet import Leaflet, Spans
from handouts.model.page import GlyphRun, Owner
from handouts.model.request import Rendering
from handouts.typeset.fonts import chain
from handouts.typeset.itemise import Fonts, Setting
from handouts.typeset.paragraph import TextStyle, set_lines
from handouts.typeset.shape import face
from tests.conftest import CAUSES, built_in, rendered
from tests.road import pango
from tests.road.expected import pieces
from tests.road.shaping import Letter, Paragraph, fribidi, glyphs, isolated

LOCALES = built_in().locales()
SYMBOLS = ("NotoSansSymbols2", "NotoSansMath")

# Where Pango and we differ, and why both are right: our glyph → Pango's, by family.
LEGITIMATE = {
    # Pango shapes a Latin stretch of a Korean text as if its language were English, we as Korean: Noto Sans KR has
    # Korean forms of the space, the brackets and the full stop (OpenType "locl").
    "NotoSansKR": {12733: 1, 12738: 10, 12741: 15},
}

needs_fribidi = pytest.mark.skipif(fribidi() is None, reason="FriBidi (Debian: libfribidi0) is not installed")
needs_pango = pytest.mark.skipif(not pango.loaded(), reason="Pango (Debian: libpangoft2-1.0-0) is not installed")


def paragraphs(rendering: Rendering) -> Iterator[tuple[Spans, list[list[GlyphRun]]]]:
    """Each text of the leaflet's blocks with its painted lines; a line's runs are in the order of painting."""
    texts = {(one.block, one.part): one.spans for one in pieces(rendering.leaflet.blocks) if not one.drawn}
    painted: dict[tuple[int, str], list[tuple[int, GlyphRun]]] = {}
    for number, page in enumerate(rendering.pages):
        for item in page.items:
            if isinstance(item, GlyphRun) and isinstance(item.place, Owner):
                painted.setdefault(item.place[:2], []).append((number, item))
    assert texts.keys() == painted.keys()
    for place, spans in texts.items():
        lines = groupby(painted[place], lambda entry: (entry[0], entry[1].y))
        yield spans, [[run for _, run in line] for _, line in lines]


@needs_fribidi
@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause or "all")
@pytest.mark.parametrize("locale", LOCALES)
def test_every_line_is_shaped_as_harfbuzz_shapes_it(locale: str, cause: str) -> None:
    rendering = rendered(cause, locale)
    leaflet = rendering.leaflet
    count = 0
    for spans, lines in paragraphs(rendering):
        whole = Paragraph("".join(isolated(span.text, span.isolate) for span in spans), leaflet.direction == "rtl")
        languages = [span.lang or leaflet.lang for span in spans for _ in isolated(span.text, span.isolate)]
        first = 0
        for line in lines:
            faces = [(character, run.face) for run in line for character in run.text]
            last = first + len(faces)
            letters = [
                Letter(character, face, languages[at])
                for (character, face), at in zip(faces, whole.painted[first:last], strict=True)
            ]
            assert seen(line) == glyphs(letters, whole.visual(first, last)), "".join(run.text for run in line)
            first, count = last, count + 1
        assert first == len(whole.painted)
    assert count > 20


def seen(line: list[GlyphRun]) -> list[tuple[str, int]]:
    """The painted (face, glyph id) pairs of a line from left to right."""
    runs = sorted(line, key=lambda run: run.x)
    return [(run.face, glyph) for run in runs for cluster in run.clusters for glyph, _, _ in cluster.glyphs]


@needs_pango
@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_has_the_glyphs_that_pango_gives_it(locale: str) -> None:
    """Every text of two leaflets, set on one line here and by WeasyPrint: the same glyphs of the same faces."""
    whole, tailored = rendered("", locale), rendered("follicular-keratosis", locale)
    texts = dict.fromkeys(spans for one in (whole, tailored) for spans in said(one.leaflet))
    ours = [one_line(spans, whole) for spans in texts]
    theirs = pango.lines(list(texts), whole.leaflet, chain(whole.leaflet.script, "Latn"))
    for spans, mine, other in zip(texts, ours, theirs, strict=True):
        assert alike(mine, other) == other, "".join(span.text for span in spans)


def alike(mine: list[tuple[str, int]], other: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Our glyphs, those of a legitimate difference given as Pango's."""
    if len(mine) != len(other):
        return mine
    return [
        theirs if LEGITIMATE.get(face.partition("-")[0], {}).get(glyph) == theirs[1] else (face, glyph)
        for (face, glyph), theirs in zip(mine, other, strict=True)
    ]


def said(leaflet: Leaflet) -> Iterator[Spans]:
    """Every text of a leaflet, its head and foot included."""
    yield from (one.spans for one in pieces(leaflet.blocks) if not one.drawn)
    yield leaflet.furniture.header
    yield from leaflet.furniture.footer
    label = leaflet.furniture.page
    yield (replace(label, text=label.text.replace("{pages}", "24").replace("{page}", "15")),)


def one_line(spans: Spans, rendering: Rendering) -> list[tuple[str, int]]:
    """Our (face, glyph id) pairs of a text on one line, from left to right."""
    leaflet = rendering.leaflet
    opened = [face(file) for file in built_in().fonts(chain(leaflet.script, "Latn"), leaflet.brand)]
    light = tuple(one for one in opened if not one.name.endswith("-Bold"))
    heavy = tuple(one for one in opened if not one.name.endswith("-Regular") or one.name.startswith(SYMBOLS))
    setting = Setting(Fonts(light, heavy), leaflet.script, leaflet.lang, leaflet.direction == "rtl")
    (line,) = set_lines(spans, TextStyle(12, 15, "#000000"), 100_000, setting, Owner(1))
    return seen([item for item in line.items if isinstance(item, GlyphRun)])
