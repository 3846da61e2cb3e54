"""A leaflet as one self-contained, accessible web page: semantic HTML, WCAG 2.2 AA, light, dark and print styles."""

import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Figure,
    Heading,
    Item,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    Spans,
    WriteLines,
)

_SVG_OPEN = re.compile(rb"<svg\b[^>]*>")
_VIEWBOX = re.compile(rb"viewBox\s*=\s*[\"']([^\"']*)[\"']")
_XML_NOISE = re.compile(rb"<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE.*?>", re.S)


def write_html(leaflet: Leaflet) -> bytes:
    """Return the page as UTF-8: no script, no outside resource, system fonts.

    The blocks stand in the leaflet's order with the same words; furniture is the page's ``header`` and ``footer``.
    """
    furniture, palette = leaflet.furniture, leaflet.brand.palette
    style = Template(_resource("page.css")).substitute(
        {name: getattr(palette, name) for name in palette.__struct_fields__}
    )
    logo = _drawing(Figure(id=0, artwork=furniture.logo, alt=" ", style="logo"), hidden=True) if furniture.logo else ""
    draft = f'<p class="draft" role="note">{_inline((furniture.watermark,))}</p>' if furniture.watermark else ""
    foot = "".join(f"<p>{_inline(spans)}</p>" for spans in furniture.footer)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(leaflet.lang)}" dir="{leaflet.direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(leaflet.title)}</title>\n"
        f'<meta name="description" content="{escape(leaflet.subject)}">\n<style>\n{style}</style>\n</head>\n<body>\n'
        f'<header class="{leaflet.brand.look.header}">{logo}<p>{_inline(furniture.header)}</p></header>\n'
        f"<main>\n{draft}{_blocks(leaflet.blocks)}</main>\n<footer>{foot}</footer>\n</body>\n</html>\n"
    ).encode()


def _resource(name: str) -> str:
    return files("handouts.web").joinpath(name).read_text(encoding="utf-8")


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_inline(block.spans)}</h{block.level}>\n"
        case Paragraph():
            kind = f' class="{block.style}"' if block.style != "body" else ""
            return f"<p{kind}>{_inline(block.spans)}</p>\n"
        case Figure():
            return f'<figure class="{block.style}">{_drawing(block)}</figure>\n'
        case Listing():
            tag = "ol" if block.kind == "number" else "ul"
            entries = "".join(_entry(item, block.kind) for item in block.items)
            return f'<{tag} class="{block.kind}">\n{entries}</{tag}>\n'
        case Definitions():
            entries = "".join(
                f"<div><dt>{_inline(one.term)}</dt><dd>{_inline(one.details)}</dd></div>\n" for one in block.entries
            )
            return f"<dl>\n{entries}</dl>\n"
        case Callout():
            picture = _drawing(block.figure) if block.figure else ""
            return f'<section class="callout {block.kind}">{picture}<div>{_blocks(block.blocks)}</div></section>\n'
        case Section():
            foreign = f' lang="{escape(block.lang)}" dir="{block.direction or "ltr"}"' if block.lang else ""
            return f'<div class="{block.kind}"{foreign}>{_blocks(block.blocks)}</div>\n'
        case Row():
            return f'<div class="row">{_blocks(block.cells)}</div>\n'
        case WriteLines():
            return '<div class="lines" aria-hidden="true">' + "<hr>" * block.count + "</div>\n"


def _entry(item: Item, kind: str) -> str:
    picture = _drawing(item.figure) if item.figure else ""
    if kind != "tick":
        return f"<li>{picture}{_blocks(item.blocks)}</li>\n"
    box = f'<span class="box" aria-hidden="true">{escape(item.label)}</span>'
    return f"<li>{box}{picture}<div>{_blocks(item.blocks)}</div></li>\n"


def _inline(spans: Spans) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    html = escape(span.text, quote=False)
    if span.bold:
        html = f"<b>{html}</b>"
    if span.href:
        html = f'<a href="{escape(span.href)}">{html}</a>'
    attributes = f' lang="{escape(span.lang)}"' if span.lang else ""
    if span.keep:
        attributes += ' class="keep"'
    if span.isolate:
        return f'<bdi dir="{span.isolate}"{attributes}>{html}</bdi>'
    return f"<span{attributes}>{html}</span>" if attributes else html


def _drawing(figure: Figure, *, hidden: bool = False) -> str:
    """Return a picture inline; one that only repeats the brand's name is hidden from screen readers."""
    artwork = figure.artwork
    if artwork.media == "png":
        source = f"data:image/png;base64,{b64encode(artwork.data).decode()}"
        return f'<img class="{figure.style}" src="{source}" alt="{"" if hidden else escape(figure.alt)}">'
    role = 'aria-hidden="true"' if hidden else f'role="img" aria-label="{escape(figure.alt)}"'
    clean = _XML_NOISE.sub(b"", artwork.data).strip()
    box = _VIEWBOX.search(clean)
    view = f' viewBox="{box[1].decode()}"' if box else ""
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" class="{figure.style}"{view} {role} focusable="false">'
    return _SVG_OPEN.sub(lambda _: opening.encode(), clean, count=1).decode()
