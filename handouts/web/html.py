"""A leaflet as one self-contained, accessible web page: semantic HTML, WCAG 2.2 AA, light, dark and print styles."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from itertools import pairwise
from string import Template
from typing import Final

from handouts.model.authored import Palette
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
    Slot,
    Span,
    Spans,
    WriteLines,
)
from handouts.model.page import FontFile
from handouts.web.dark import dark
from handouts.web.faces import face_rules
from handouts.web.pictures import drawing
from handouts.web.text import write_text

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a browser may do with the page (Content Security Policy 3): show it. No script runs, nothing is fetched."""

_PAGE: Final = Template("""\
<!DOCTYPE html>
<html lang="$lang" dir="$direction">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="$subject">
<title>$title</title>
<link rel="icon" href="data:,">
<style>
$style</style>
</head>
<body class="$look">
<header>$logo<p>$header</p></header>
<main>
$draft$blocks</main>
<footer>$footer</footer>
</body>
</html>
""")


def write_html(leaflet: Leaflet, faces: Iterable[FontFile] = ()) -> bytes:
    """Return the page as UTF-8: no script, no outside resource; system fonts, or the given faces cut to its text.

    The blocks stand in the leaflet's order with the same words. What a pen fills in on paper can be filled in here:
    boxes can be ticked, lines written on; nothing is kept or sent. Furniture is the page's ``header`` and ``footer``.
    Raises ContentError for a picture that cannot be shown safely.
    """
    furniture, brand = leaflet.furniture, leaflet.brand
    logo = Figure(id=0, artwork=furniture.logo, alt=brand.logo_alt, style="logo") if furniture.logo else None
    words = write_text(leaflet).decode()
    style = Template(files("handouts.web").joinpath("page.css").read_text(encoding="utf-8")).substitute(
        light=_colours(brand.palette),
        band=brand.palette.primary,
        dark=_colours(dark(brand.palette)),
        corner=f"{brand.look.corner:g}px",
        faces=face_rules(faces, words) if faces else "",
    )
    page = _PAGE.substitute(
        lang=escape(leaflet.lang),
        direction=leaflet.direction,
        policy=POLICY,
        subject=escape(leaflet.subject),
        title=escape(leaflet.title),
        style=style,
        look=f"head-{brand.look.header} panels-{brand.look.panels}",
        # The logo stands beside the brand's name, and says no more than that.
        logo=drawing(logo, hidden=True) if logo else "",
        header=_inline(furniture.header),
        draft=f'<p class="draft" role="note">{_inline((furniture.watermark,))}</p>\n' if furniture.watermark else "",
        blocks=_Body(brand.link).blocks(leaflet.blocks),
        footer="".join(f"<p>{_inline(spans)}</p>" for spans in furniture.footer),
    )
    return page.encode()


def _colours(palette: Palette) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {getattr(palette, name)};" for name in palette.__struct_fields__)


class _Body:
    """The blocks as HTML. ``link`` is where the brand's code leads."""

    def __init__(self, link: str) -> None:
        self._link = escape(link)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return blocks; lines to write on are named by the heading before them."""
        return "".join(self._block(block, before) for before, block in pairwise((None, *blocks)) if block)

    def _block(self, block: Block, before: Block | None) -> str:
        match block:
            case Heading():
                return f'<h{block.level} id="b{block.id}">{_inline(block.spans)}</h{block.level}>\n'
            case Paragraph():
                kind = f' class="{block.style}"' if block.style != "body" else ""
                return f"<p{kind}>{_inline(block.spans)}</p>\n"
            case Figure():
                return f'<figure class="{block.style}">{self._drawing(block)}</figure>\n'
            case Listing():
                return self._listing(block)
            case Definitions():
                entries = (f"<dt>{_inline(one.term)}</dt><dd>{_inline(one.details)}</dd>" for one in block.entries)
                return "<dl>\n" + "".join(f"<div>{entry}</div>\n" for entry in entries) + "</dl>\n"
            case WriteLines():
                return _lines(block, before)
            case Callout() | Section() | Row():
                return self._group(block)
            case Slot():
                return ""

    def _group(self, block: Callout | Section | Row) -> str:
        if isinstance(block, Row):
            return f'<div class="row{" pair" if block.pair else ""}">{self.blocks(block.cells)}</div>\n'
        inside = self.blocks(block.blocks)
        # What a heading names is a section.
        tag = "section" if block.blocks and isinstance(block.blocks[0], Heading) else "div"
        if isinstance(block, Section):
            foreign = f' lang="{escape(block.lang)}" dir="{block.direction or "ltr"}"' if block.lang else ""
            return f'<{tag} class="{block.kind}"{foreign}>{inside}</{tag}>\n'
        picture = self._drawing(block.figure) if block.figure else ""
        return f'<{tag} class="callout {block.kind}">{picture}<div>{inside}</div></{tag}>\n'

    def _listing(self, block: Listing) -> str:
        tag = "ol" if block.kind == "number" else "ul"
        # A list without marks is no list to some screen readers, unless it says so.
        role = ' role="list"' if block.kind in ("tick", "plain") else ""
        entries = "".join(f"<li>{self._entry(item, tick=block.kind == 'tick')}</li>\n" for item in block.items)
        return f'<{tag} class="{block.kind}"{role}>\n{entries}</{tag}>\n'

    def _entry(self, item: Item, *, tick: bool) -> str:
        picture = self._drawing(item.figure) if item.figure else ""
        first, *rest = item.blocks
        if not (tick and isinstance(first, Paragraph)):
            return picture + self.blocks(item.blocks)
        box = '<input type="checkbox" autocomplete="off">'
        return f"<label>{box}{picture}<span>{_inline(first.spans)}</span></label>{self.blocks(rest)}"

    def _drawing(self, figure: Figure) -> str:
        """Return a picture; a code, which a telephone cannot read off its own screen, is a link as well."""
        if figure.style == "code" and self._link:
            return f'<a href="{self._link}">{drawing(figure)}</a>'
        return drawing(figure)


def _lines(block: WriteLines, before: Block | None) -> str:
    if isinstance(before, Heading):
        return f'<textarea rows="{block.count}" aria-labelledby="b{before.id}" autocomplete="off"></textarea>\n'
    return f'<div class="lines" aria-hidden="true">{"<hr>" * block.count}</div>\n'


def _inline(spans: Spans) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    html = escape(span.text, quote=False)
    if span.bold:
        html = f"<strong>{html}</strong>"
    if span.href:
        html = f'<a href="{escape(span.href)}">{html}</a>'
    attributes = f' lang="{escape(span.lang)}"' if span.lang else ""
    if span.keep:
        attributes += ' class="keep"'
    if span.isolate:
        return f'<bdi dir="{span.isolate}"{attributes}>{html}</bdi>'
    return f"<span{attributes}>{html}</span>" if attributes else html
