"""What a screen reader says, element by element, is the leaflet: its words, order, roles and languages, nothing else.

It goes from the structure tree over the marks to the characters, with nothing of ours; what has to be heard comes
from the leaflet's blocks.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pytest

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    Spans,
)
from handouts.model.request import Rendering
from tests.conftest import built_in, rendered
from tests.road.expected import CONTROLS, all_spans, joined
from tests.road.reading import Node, Read, read

LOCALES = built_in().locales()
SAMPLE = ("en", "ar", "hi", "km", "ta", "th", "ur", "zh-Hans")
PAIRS = (("ar", "en"), ("en", "ur"), ("hi", "en"), ("th", "zh-Hans"), ("he", "ar"))
CAUSE = "seborrheic-dermatitis"
GROUPS = ("Document", "Aside", "Sect", "Div", "L", "LI", "LBody")


class Said(NamedTuple):
    """One thing that a screen reader says: in which role, in which language, how deep in the tree."""

    depth: int
    role: str
    lang: str
    text: str = ""


def heard(node: Node, lang: str, depth: int = 0) -> Iterator[Said]:
    """What is said of an element and of all below it."""
    lang = node.lang or lang
    instead = node.alt or node.actual
    texts = [kid for kid in node.kids if isinstance(kid, str)]
    inline = [kid for kid in node.kids if isinstance(kid, Node) and kid.role in ("Span", "Link")]
    if instead or not (texts or inline):
        yield Said(depth, node.role, lang, instead)
        below = () if instead else node.kids
    else:
        yield Said(depth, node.role, lang)
        below = node.kids
    for is_text, kids in groupby(below, key=lambda kid: isinstance(kid, str)):
        if is_text:
            yield Said(depth + 1, "text", lang, "".join(kids))
        else:
            for kid in kids:
                yield from heard(kid, lang, depth + 1)


def due(blocks: tuple[Block, ...], lang: str, depth: int) -> Iterator[Said]:
    """What has to be said of blocks."""
    for block in blocks:
        match block:
            case Heading():
                yield from words(f"H{block.level}", block.spans, lang, depth)
            case Paragraph():
                yield from words("P", block.spans, lang, depth)
            case Figure():
                yield Said(depth, "Figure", lang, block.alt)
            case Listing() | Definitions():
                yield Said(depth, "L", lang)
                yield from entries(block, lang, depth + 1)
            case Callout():
                yield Said(depth, "Aside", lang)
                yield from due((block.figure, *block.blocks) if block.figure else block.blocks, lang, depth + 1)
            case Section():
                yield from section(block, lang, depth)
            case Row():
                for cell in block.cells:
                    yield from section(cell, lang, depth, in_row=True)


def entries(block: Listing | Definitions, lang: str, depth: int) -> Iterator[Said]:
    if isinstance(block, Definitions):
        for entry in block.entries:
            yield Said(depth, "LI", lang)
            yield from words("Lbl", entry.term, lang, depth + 1)
            yield from words("LBody", entry.details, lang, depth + 1)
        return
    for item in block.items:
        yield Said(depth, "LI", lang)
        if block.kind == "tick":  # drawn, not written
            yield Said(depth + 1, "Lbl", lang, item.label)
        else:
            yield from words("Lbl", (Span(text=item.label),), lang, depth + 1)
        yield Said(depth + 1, "LBody", lang)
        yield from due((item.figure, *item.blocks) if item.figure else item.blocks, lang, depth + 2)


def section(block: Section, lang: str, depth: int, *, in_row: bool = False) -> Iterator[Said]:
    inner = list(due(block.blocks, block.lang or lang, depth + 1))
    role = "Sect" if block.kind == "card" else "Div" if in_row or block.lang else ""
    if role and inner:
        yield Said(depth, role, block.lang or lang)
        yield from inner
    else:
        yield from due(block.blocks, lang, depth)


def words(role: str, spans: Spans, lang: str, depth: int) -> Iterator[Said]:
    """What has to be said of one text: its plain stretches, and links and other languages as elements of their own."""
    yield Said(depth, role, lang)
    for own, stretch in groupby(enumerate(spans), key=lambda pair: pair[0] if pair[1].href or pair[1].lang else -1):
        parts = tuple(span for _, span in stretch)
        text = joined(parts)
        if own >= 0:
            yield Said(depth + 1, "Link" if parts[0].href else "Span", parts[0].lang or lang)
            yield Said(depth + 2, "text", parts[0].lang or lang, text)
        elif text:
            yield Said(depth + 1, "text", lang, text)


def furniture(rendering: Rendering) -> str:
    """All letters that head, foot and watermark may have."""
    held = rendering.leaflet.furniture
    spans = [*all_spans((held.header, *held.footer, held.page)), *([held.watermark] if held.watermark else [])]
    digits = "".join(str(number) for number in range(10))
    return CONTROLS.sub("", "".join(span.text for span in spans)) + rendering.leaflet.title + digits


def assert_heard(rendering: Rendering) -> None:
    leaflet, found = rendering.leaflet, read(rendering.pdf)
    assert list(heard(found.root, leaflet.lang)) == [
        Said(0, "Document", leaflet.lang),
        *due(leaflet.blocks, leaflet.lang, 1),
    ]
    assert_nothing_else(found, rendering)


def assert_nothing_else(found: Read, rendering: Rendering) -> None:
    """Every mark is said once; what is not said is furniture."""
    assert found.stray == ()
    assert sorted(found.named) == sorted(found.marks)
    assert set("".join(found.artifacts)) <= set(furniture(rendering)) | {" "}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_leaflet_on_all_causes_is_heard_as_it_was_composed(locale: str) -> None:
    assert_heard(rendered("", locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_one_cause_in_giant_print_is_heard_as_it_was_composed(locale: str) -> None:
    assert_heard(rendered(CAUSE, locale, format="giant"))


@pytest.mark.parametrize("form", ["standard", "large", "giant"])
@pytest.mark.parametrize("locale", SAMPLE)
def test_every_format_says_the_same_and_a_draft_no_more(locale: str, form: str) -> None:
    assert_heard(rendered(CAUSE, locale, format=form, brand="harbour-clinic"))
    assert_heard(rendered(CAUSE, locale, format=form, draft=True))


@pytest.mark.parametrize("form", ["standard", "large", "giant"])
@pytest.mark.parametrize("pair", PAIRS, ids="+".join)
def test_two_languages_are_heard_in_turn_each_as_itself(pair: tuple[str, str], form: str) -> None:
    for cause, draft in (("", False), (CAUSE, True)):
        rendering = rendered(cause, pair[0], companion=pair[1], format=form, draft=draft)
        assert_heard(rendering)
        assert {pair[0], pair[1]} <= {said.lang for said in heard(read(rendering.pdf).root, pair[0])}


def test_a_word_more_or_another_role_would_be_noticed() -> None:
    rendering = rendered(CAUSE)
    found = list(heard(read(rendering.pdf).root, "en"))
    wanted = [Said(0, "Document", "en"), *due(rendering.leaflet.blocks, "en", 1)]
    assert found == wanted
    assert len([said for said in found if said.text]) > 20
    assert {"H1", "H2", "P", "Figure", "L", "LI", "Lbl", "LBody", "Aside", "Sect"} <= {said.role for said in found}
