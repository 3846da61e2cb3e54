"""The closed subset of HTML (in XML's syntax) that templates may speak, parsed into blocks.

Elements: ``header footer h1 h2 h3 p ul ol li dl div dt dd aside section hr img`` and, inline, ``b a bdi span m``.
Anything else is an error: a template says what things are, never how they look.
"""

import re
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple, get_args
from xml.parsers import expat

from msgspec.structs import replace

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
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

_ROOT = "leaflet"
_INLINE = frozenset(("b", "a", "bdi", "span", "m"))
_BLOCKS = frozenset(
    ("header", "footer", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "div", "dt", "dd", "aside", "section")
) | {"hr", "img"}
_ATTRIBUTES = frozenset(("class", "src", "alt", "href", "lang", "dir", "k"))
_LABELS = {"bullet": "•", "tick": "☐", "plain": ""}
_LINK = re.compile(r"^(https://|mailto:|tel:)\S+$")
_BLANKS = re.compile(r"[ \t\r\n]+")


class Markup(NamedTuple):
    """A parsed page: the words of its head and foot, and its blocks."""

    header: Spans
    footer: tuple[Spans, ...]
    blocks: tuple[Block, ...]


class _Node:
    __slots__ = ("attributes", "children", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[_Node | str] = []
        self.line = line

    @property
    def kind(self) -> str:
        return self.attributes.get("class", "")

    def elements(self) -> "list[_Node]":
        return [child for child in self.children if isinstance(child, _Node)]


def parse(html: str, pictures: Mapping[str, Artwork], language: str, first: int = 1) -> Markup:
    """Return the page's blocks, numbered in reading order from ``first``.

    Raises ContentError, with the line of the rendered page, for an element, class, attribute, picture or link that the
    subset does not know.
    """
    return _Reader(pictures, language, first).page(_Tree().read(html))


class _Tree:
    """Builds the element tree; every element must be known, closed and properly nested (XML's syntax of HTML)."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._open = [_Node("", {}, 0)]

    def read(self, html: str) -> _Node:
        try:
            self._parser.Parse(f"<{_ROOT}>{html}</{_ROOT}>".encode(), True)
        except expat.ExpatError as error:
            raise _wrong(error.lineno, f"it is not well formed ({expat.ErrorString(error.code)})") from error
        return self._open[0]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _ROOT and len(self._open) == 1:
            self._open.append(self._open[0])
            return
        line = self._parser.CurrentLineNumber
        if tag not in _BLOCKS and tag not in _INLINE:
            raise _wrong(line, f"the element <{tag}> is not part of a leaflet")
        for name in attributes:
            if name not in _ATTRIBUTES:
                raise _wrong(line, f"<{tag}> has the attribute “{name}”, which says how, not what")
        node = _Node(tag, attributes, line)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _doctype(self, *_: object) -> None:
        raise _wrong(self._parser.CurrentLineNumber, "a page template has no DOCTYPE")


class _Reader:
    """Turns elements into blocks and numbers them."""

    def __init__(self, pictures: Mapping[str, Artwork], language: str, first: int) -> None:
        self._pictures = pictures
        self._language = language
        self._ids = count(first)

    def page(self, root: _Node) -> Markup:
        header: Spans = ()
        footer: tuple[Spans, ...] = ()
        body: list[_Node] = []
        for node in root.elements():
            if node.tag == "header":
                header = self._spans(node)
            elif node.tag == "footer":
                footer = tuple(self._spans(child) for child in node.elements())
            else:
                body.append(node)
        return Markup(header, footer, self._blocks(body))

    def _blocks(self, nodes: list[_Node]) -> tuple[Block, ...]:
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

    def _block(self, node: _Node) -> Block:
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
                figure, rest = self._figure_first(node)
                kind = _choice(node, Callout, "kind", "note")
                return Callout(id=number, kind=kind, blocks=self._blocks(rest), figure=figure)
            case "section":
                return self._section(node, number)
            case "div":
                return Row(id=number, cells=tuple(self._section(child, next(self._ids)) for child in node.elements()))
            case "img":
                return self._figure(node, number)
        raise _wrong(node.line, f"<{node.tag}> cannot stand here")

    def _section(self, node: _Node, number: int) -> Section:
        if node.tag != "section":
            raise _wrong(node.line, f"a row holds sections, not <{node.tag}>")
        lang = self._foreign(node.attributes.get("lang", ""))
        direction: Direction | None = _direction(node) if lang else None
        kind = _choice(node, Section, "kind", "plain")
        return Section(id=number, kind=kind, blocks=self._blocks(node.elements()), lang=lang, direction=direction)

    def _listing(self, node: _Node, number: int) -> Listing:
        kind = "number" if node.tag == "ol" else _choice(node, Listing, "kind", "bullet")
        items = []
        for index, child in enumerate(node.elements(), 1):
            item_id = next(self._ids)
            figure, rest = self._figure_first(child)
            blocks = self._blocks(rest) if rest else (Paragraph(id=next(self._ids), spans=self._spans(child)),)
            label = f"{index}." if kind == "number" else _LABELS[kind]
            items.append(Item(id=item_id, label=label, blocks=blocks, figure=figure))
        return Listing(id=number, kind=kind, items=tuple(items))  # type: ignore[arg-type]

    def _definition(self, node: _Node) -> Definition:
        number = next(self._ids)
        parts = {child.tag: child for child in node.elements()}
        if parts.keys() != {"dt", "dd"}:
            raise _wrong(node.line, "each <div> of a <dl> holds one <dt> and one <dd>")
        return Definition(id=number, term=self._spans(parts["dt"]), details=self._spans(parts["dd"]))

    def _figure_first(self, node: _Node) -> tuple[Figure | None, list[_Node]]:
        """Return the picture that an item or callout begins with, and its other block elements."""
        children = [child for child in node.elements() if child.tag not in _INLINE]
        if children and children[0].tag == "img":
            return self._figure(children[0], next(self._ids)), children[1:]
        return None, children

    def _figure(self, node: _Node, number: int) -> Figure:
        name, alt = node.attributes.get("src", ""), _BLANKS.sub(" ", node.attributes.get("alt", "")).strip()
        if name not in self._pictures:
            raise _wrong(node.line, f"there is no picture “{name}”", f"Known: {', '.join(sorted(self._pictures))}.")
        if not alt:
            raise _wrong(node.line, f"the picture “{name}” has no alternative text (alt)")
        style = _choice(node, Figure, "style", "icon")
        return Figure(id=number, artwork=self._pictures[name], alt=alt, style=style)

    def _spans(self, node: _Node) -> Spans:
        spans: list[Span] = []
        self._collect(node, Span(text=""), spans)
        return _trimmed(spans)

    def _collect(self, node: _Node, outer: Span, spans: list[Span]) -> None:
        for child in node.children:
            if isinstance(child, str):
                spans.append(replace(outer, text=_BLANKS.sub(" ", child)))
            elif child.tag in _INLINE:
                self._collect(child, self._inner(child, outer), spans)
            elif child.tag != "img":
                raise _wrong(child.line, f"<{child.tag}> cannot stand inside running text")

    def _inner(self, node: _Node, outer: Span) -> Span:
        attributes = node.attributes
        match node.tag:
            case "b":
                return replace(outer, bold=True)
            case "bdi":
                lang = self._foreign(attributes.get("lang", "")) or outer.lang
                keep = "keep" in node.kind or outer.keep
                return replace(outer, isolate=attributes.get("dir", "auto"), lang=lang, keep=keep)
            case "a":
                href = attributes.get("href", "")
                if not _LINK.match(href):
                    raise _wrong(node.line, f"the link “{href[:60]}” is neither https:, mailto: nor tel:")
                return replace(outer, href=href)
            case _:
                lang = self._foreign(attributes.get("lang", "")) or outer.lang
                return replace(outer, key=attributes.get("k", outer.key), lang=lang)

    def _foreign(self, lang: str) -> str:
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


def _direction(node: _Node) -> Direction:
    return "rtl" if node.attributes.get("dir") == "rtl" else "ltr"


def _choice(node: _Node, block: type, field: str, default: str):  # type: ignore[no-untyped-def]
    """Return the element's class if the block's field allows it."""
    value = node.kind or default
    allowed = get_args(block.__annotations__[field])
    if value not in allowed:
        raise _wrong(node.line, f"<{node.tag}> has no class “{value}”", f"Known: {', '.join(allowed)}.")
    return value


def _wrong(line: int, what: str, hint: str = "") -> ContentError:
    finding = Finding("template", Severity.ERROR, what, Where(file="page template", line=line), hint)
    return ContentError(f"The page template is wrong: {what}.", hint, [finding])
