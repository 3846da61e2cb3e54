"""A web page as a screen reader goes through it, and what it has to hear of a leaflet's blocks."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

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
    WriteLines,
)
from tests.road.expected import joined

VOID = frozenset(("meta", "link", "input", "img", "hr", "br"))
SAYS = {"h1": "h1", "h2": "h2", "h3": "h3", "p": "p", "label": "p", "dt": "dt", "dd": "dd"}


class Said(NamedTuple):
    """What a reader meets: a role, its words, the language they are in."""

    role: str
    text: str
    lang: str


class Page(HTMLParser):
    """A page as a screen reader goes through it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[Said] = []
        self.title = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[tuple[int, str]] = []
        self.feed(html)
        self.close()
        assert not self._open, "an element is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self._open.append((tag, given))
        if self._within("main"):
            self._meet(tag, given)

    def handle_endtag(self, tag: str) -> None:
        opened, given = self._open.pop()
        assert opened == tag
        if tag in SAYS and self._texts and self._texts[-1][0] == len(self._open):
            _, text = self._texts.pop()
            if given.get("role") != "note":
                self.said.append(Said(SAYS[tag], text, given.get("lang") or self._lang()))

    def handle_data(self, data: str) -> None:
        if self._texts:
            depth, text = self._texts[-1]
            self._texts[-1] = (depth, text + data)
        elif self._within("title"):
            self.title += data
        elif self._within("main"):
            assert not data.strip(), "words outside any block"

    def _meet(self, tag: str, given: dict[str, str]) -> None:
        if tag in SAYS:
            self._texts.append((len(self._open) - 1, ""))
        if tag == "li":
            listing = next(one for one, _ in reversed(self._open) if one in ("ul", "ol"))
            self.said.append(Said("item", listing, self._lang()))
        if tag == "input":
            self.said.append(Said(given["type"], "", self._lang()))
        if tag == "img" or given.get("role") == "img":
            self.said.append(Said("img", given.get("alt") or given["aria-label"], self._lang()))
        if tag == "textarea":
            self.said.append(Said("textbox", given["aria-labelledby"], self._lang()))

    def _within(self, name: str) -> bool:
        return any(tag == name for tag, _ in self._open)

    def _lang(self) -> str:
        return next(given["lang"] for _, given in reversed(self._open) if "lang" in given)


def expected(blocks: tuple[Block, ...], lang: str) -> Iterator[Said]:  # noqa: C901 - one case a kind of block
    """What the page of these blocks has to say."""
    heading = 0
    for block in blocks:
        match block:
            case Heading():
                heading = block.id
                yield Said(f"h{block.level}", joined(block.spans), lang)
            case Paragraph():
                yield Said("p", joined(block.spans), lang)
            case Figure():
                yield Said("img", block.alt, lang)
            case Listing():
                for item in block.items:
                    yield Said("item", "ol" if block.kind == "number" else "ul", lang)
                    if block.kind == "tick":
                        yield Said("checkbox", "", lang)
                    yield from expected((item.figure, *item.blocks) if item.figure else item.blocks, lang)
            case Definitions():
                for entry in block.entries:
                    yield Said("dt", joined(entry.term), lang)
                    yield Said("dd", joined(entry.details), lang)
            case Callout():
                yield from expected((block.figure, *block.blocks) if block.figure else block.blocks, lang)
            case Section():
                yield from expected(block.blocks, block.lang or lang)
            case Row():
                yield from expected(block.cells, lang)
            case WriteLines():
                yield Said("textbox", f"b{heading}", lang)
