"""The closed subset of HTML (in XML's syntax) that templates may speak, parsed into blocks.

Elements: ``header footer h1 h2 h3 p ul ol li dl div dt dd aside section hr img`` and, inline, ``b a bdi span m``.
Anything else is an error: a template says what things are, never how they look.
"""

import re
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple, get_args

from msgspec.structs import replace

from handouts.compose.elements import INLINE, Node, WrongPageError, read
from handouts.compose.template import FILE
from handouts.model.decode import problem
from handouts.model.leaflet import (
    Artwork,
    Block,
    Callout,
    Definition,
    Definitions,
    Direction,
    Figure,
    Heading,
    Item,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    Spans,
    WriteLines,
)

_LABELS = {"bullet": "•", "tick": "☐", "plain": ""}
_LINK = re.compile(r"^(https://|mailto:|tel:)\S+$")
_LANG = re.compile(r"[A-Za-z0-9-]*")
_BLANKS = re.compile(r"[ \t\r\n]+")


class Markup(NamedTuple):
    """A parsed page: the words of its head and foot, and its blocks."""

    header: Spans
    footer: tuple[Spans, ...]
    blocks: tuple[Block, ...]


def parse(html: str, pictures: Mapping[str, Artwork], language: str, first: int = 1) -> Markup:
    """Return the page's blocks, numbered in reading order from ``first``.

    Raises ContentError, showing the line, for an element, class, attribute, picture or link that the subset does not
    know, and for words that stand where none may.
    """
    try:
        return _Reader(pictures, language, first).page(read(html))
    except WrongPageError as wrong:
        lines = html.split("\n")[wrong.line - 1 : wrong.line]  # of the filled page; the template's own are others
        shown = f" It comes from: {lines[0].strip()[:80]}" if lines and wrong.line else ""
        raise problem(FILE, f"The page template is wrong: {wrong}.{shown}", wrong.hint, rule="template") from wrong


class _Reader:
    """Turns elements into blocks and numbers them."""

    def __init__(self, pictures: Mapping[str, Artwork], language: str, first: int) -> None:
        self._pictures = pictures
        self._language = language
        self._ids = count(first)

    def page(self, root: Node) -> Markup:
        header: Spans = ()
        footer: tuple[Spans, ...] = ()
        body: list[Node] = []
        for node in root.elements():
            if node.tag == "header":
                header = self._spans(node)
            elif node.tag == "footer":
                footer = tuple(self._spans(child) for child in node.elements())
            else:
                body.append(node)
        return Markup(header, footer, self._blocks(body))

    def _blocks(self, nodes: list[Node]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for node in nodes:
            if node.tag == "hr":
                if blocks and isinstance(blocks[-1], WriteLines):
                    blocks[-1] = WriteLines(id=blocks[-1].id, count=blocks[-1].count + 1)
                else:
                    blocks.append(WriteLines(id=next(self._ids), count=1))
            else:
                blocks.append(self._block(node))
        return tuple(blocks)

    def _block(self, node: Node) -> Block:
        number = next(self._ids)
        match node.tag:
            case "h1" | "h2" | "h3":
                level: dict[str, int] = {"h1": 1, "h2": 2, "h3": 3}
                return Heading(id=number, level=level[node.tag], spans=self._spans(node))  # type: ignore[arg-type]
            case "p":
                return Paragraph(id=number, spans=self._spans(node), style=_choice(node, Paragraph, "style", "body"))
            case "ul" | "ol":
                return self._listing(node, number)
            case "dl":
                return Definitions(id=number, entries=tuple(self._definition(child) for child in node.elements()))
            case "aside":
                figure, blocks = self._figure_and_blocks(node)
                return Callout(id=number, kind=_choice(node, Callout, "kind", "note"), blocks=blocks, figure=figure)
            case "section":
                return self._section(node, number)
            case "div":
                return Row(id=number, cells=tuple(self._section(child, next(self._ids)) for child in node.elements()))
            case "img":
                return self._figure(node, number)
        raise WrongPageError(node.line, f"<{node.tag}> cannot stand here")

    def _section(self, node: Node, number: int) -> Section:
        if node.tag != "section":
            raise WrongPageError(node.line, f"a row holds sections, not <{node.tag}>")
        lang = self._foreign(node)
        direction: Direction | None = _direction(node) if lang else None
        kind = _choice(node, Section, "kind", "plain")
        return Section(id=number, kind=kind, blocks=self._blocks(node.elements()), lang=lang, direction=direction)

    def _listing(self, node: Node, number: int) -> Listing:
        kind = "number" if node.tag == "ol" else _choice(node, Listing, "kind", "bullet")
        items = []
        for index, child in enumerate(node.elements(), 1):
            item_id = next(self._ids)
            if child.tag != "li":
                raise WrongPageError(child.line, f"a list holds <li>, not <{child.tag}>")
            if child.holds_words():
                figure = self._figure_of(child)
                blocks: tuple[Block, ...] = (Paragraph(id=next(self._ids), spans=self._spans(child)),)
            else:
                figure, blocks = self._figure_and_blocks(child)
            label = f"{index}." if kind == "number" else _LABELS[kind]
            items.append(Item(id=item_id, label=label, blocks=blocks, figure=figure))
        return Listing(id=number, kind=kind, items=tuple(items))  # type: ignore[arg-type]

    def _definition(self, node: Node) -> Definition:
        number = next(self._ids)
        parts = {child.tag: child for child in node.elements()}
        if [child.tag for child in node.elements()] != ["dt", "dd"]:
            raise WrongPageError(node.line, "each <div> of a <dl> holds one <dt> and one <dd>")
        return Definition(id=number, term=self._spans(parts["dt"]), details=self._spans(parts["dd"]))

    def _figure_and_blocks(self, node: Node) -> tuple[Figure | None, tuple[Block, ...]]:
        """Return the picture that an item or callout begins with, and its other blocks."""
        first = node.elements()[:1]
        figure = self._figure_of(node) if first and first[0].tag == "img" else None
        return figure, self._blocks(node.elements())

    def _figure_of(self, node: Node) -> Figure | None:
        picture = node.take_picture()
        return self._figure(picture, next(self._ids)) if picture else None

    def _figure(self, node: Node, number: int) -> Figure:
        name, alt = node.attributes.get("src", ""), _BLANKS.sub(" ", node.attributes.get("alt", "")).strip()
        if name not in self._pictures:
            raise WrongPageError(
                node.line, f"there is no picture “{name}”", f"Known: {', '.join(sorted(self._pictures))}."
            )
        if not alt:
            raise WrongPageError(node.line, f"the picture “{name}” has no alternative text (alt)")
        style = _choice(node, Figure, "style", "icon")
        return Figure(id=number, artwork=self._pictures[name], alt=alt, style=style)

    def _spans(self, node: Node) -> Spans:
        spans: list[Span] = []
        self._collect(node, Span(text=""), spans)
        return _trimmed(spans)

    def _collect(self, node: Node, outer: Span, spans: list[Span]) -> None:
        for child in node.children:
            if isinstance(child, str):
                spans.append(replace(outer, text=_BLANKS.sub(" ", child)))
            elif child.tag in INLINE:
                self._collect(child, self._inner(child, outer), spans)
            else:
                raise WrongPageError(child.line, f"<{child.tag}> cannot stand inside running text")

    def _inner(self, node: Node, outer: Span) -> Span:
        attributes = node.attributes
        match node.tag:
            case "b":
                return replace(outer, bold=True)
            case "bdi":
                lang = self._foreign(node) or outer.lang
                keep = "keep" in node.kind or outer.keep
                return replace(outer, isolate=_isolate(node), lang=lang, keep=keep)
            case "a":
                href = attributes.get("href", "")
                if not _LINK.match(href):
                    raise WrongPageError(node.line, f"the link “{href[:60]}” is neither https:, mailto: nor tel:")
                return replace(outer, href=href)
            case _:
                lang = self._foreign(node) or outer.lang
                return replace(outer, key=attributes.get("k", outer.key), lang=lang)

    def _foreign(self, node: Node) -> str:
        lang = node.attributes.get("lang", "")
        if not _LANG.fullmatch(lang):
            raise WrongPageError(node.line, f"“{lang[:40]}” is no language tag")
        return "" if lang == self._language else lang


def _trimmed(spans: list[Span]) -> Spans:
    """Return the spans with blanks folded across their borders and none at the ends."""
    result: list[Span] = []
    blank = True
    for span in spans:
        text = span.text.lstrip(" ") if blank else span.text
        if text:
            blank = text.endswith(" ")
            result.append(replace(span, text=text))
    if result and result[-1].text.endswith(" "):
        last = result.pop()
        if last.text.rstrip(" "):
            result.append(replace(last, text=last.text.rstrip(" ")))
    return tuple(result)


def _direction(node: Node) -> Direction:
    return "rtl" if node.attributes.get("dir") == "rtl" else "ltr"


def _isolate(node: Node) -> str:
    direction = node.attributes.get("dir", "auto")
    if direction not in ("ltr", "rtl", "auto"):
        raise WrongPageError(node.line, f"dir=“{direction[:40]}” is no direction", "Known: ltr, rtl, auto.")
    return direction


def _choice(node: Node, block: type, field: str, default: str):  # type: ignore[no-untyped-def]
    """Return the element's class if the block's field allows it."""
    value = node.kind or default
    allowed = get_args(block.__annotations__[field])
    if value not in allowed:
        raise WrongPageError(node.line, f"<{node.tag}> has no class “{value}”", f"Known: {', '.join(allowed)}.")
    return value
