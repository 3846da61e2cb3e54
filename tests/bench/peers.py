"""The same composed leaflet through other engines: Typst, WeasyPrint, ReportLab's Platypus. Same words, same faces.

Each engine is a function of a turn's number, which it prints, so that no engine can give back what it made before.
Typst and WeasyPrint are asked for tagged files as handouts makes them; Platypus cannot make any.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from handouts.model.leaflet import (
    Block,
    Callout,
    Definitions,
    Heading,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Spans,
)
from handouts.typeset.fonts import manner
from handouts.web.html import write_html

FONTS = Path(__file__).parents[2] / "handouts" / "fonts"
Kinds = Iterable[tuple[str, str]]


def plain(leaflet: Leaflet) -> list[tuple[str, str]]:
    """Return the leaflet as (kind, text) pairs: title, heading, text, item, term, and pictures as SVG."""
    return list(_plain(leaflet.blocks))


def _plain(blocks: Iterable[Block]) -> Kinds:  # noqa: C901 (one arm a block type)
    for block in blocks:
        match block:
            case Heading():
                yield ("title" if block.level == 1 else "heading", _words(block.spans))
            case Paragraph():
                yield ("text", _words(block.spans))
            case Listing():
                for item in block.items:
                    if item.figure:
                        yield ("picture", item.figure.artwork.data.decode())
                    yield from (("item", text) for _, text in _plain(item.blocks))
            case Definitions():
                for entry in block.entries:
                    yield ("term", f"{_words(entry.term)}\t{_words(entry.details)}")
            case Callout() | Section():
                yield ("open", "")
                if isinstance(block, Callout) and block.figure:
                    yield ("picture", block.figure.artwork.data.decode())
                yield from _plain(block.blocks)
                yield ("close", "")
            case Row():
                yield from _plain(block.cells)


def _words(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def typst_source(leaflet: Leaflet, panel: Sequence[str] = (), *, title: bool = True) -> str:
    """Return Typst markup with the same words, pictures, lists and panels, and what PDF/UA asks for.

    ``panel`` are values that stand in a box under the title; without ``title`` it can follow another one.
    """
    family = {"NotoSansArabic": "Noto Sans Arabic", "NotoNastaliqUrdu": "Noto Nastaliq Urdu"}
    own = manner(leaflet.script).family
    name = family.get(own, "Noto Sans" + own.removeprefix("NotoSans").replace("ThaiLooped", " Thai Looped"))
    spaced = name if " " in name.removeprefix("Noto Sans ") or name == "Noto Sans" else _spaced(own)
    lines = [f'#set document(title: "{leaflet.title}")'] if title else []
    lines += [
        f'#set page(paper: "a4", margin: 15mm, footer: [{_typ(_words(leaflet.furniture.footer[0]))}])',
        f'#set text(font: ("{spaced}", "Noto Sans", "Noto Sans Symbols 2"), size: 12pt, lang: "{leaflet.lang[:2]}", '
        f"dir: {leaflet.direction})",
    ]
    for kind, text in plain(leaflet):
        match kind:
            case "title":
                lines.append(f"= {_typ(text)}\n")
                if panel:
                    boxed = " \\ ".join(map(_typ, panel))
                    lines.append(f"#block(stroke: 0.5pt, inset: 8pt, width: 100%)[{boxed}]\n")
            case "heading":
                lines.append(f"== {_typ(text)}\n")
            case "item":
                lines.append(f"- {_typ(text)}")
            case "term":
                term, _, details = text.partition("\t")
                lines.append(f"/ {_typ(term)}: {_typ(details)}")
            case "picture":
                quoted = text.replace("\\", "\\\\").replace('"', '\\"')
                lines.append(f'#image(bytes("{quoted}"), width: 22pt, alt: "picture")')
            case "open":
                lines.append('#block(fill: rgb("#eaf2f3"), inset: 8pt, radius: 4pt, width: 100%)[')
            case "close":
                lines.append("]\n")
            case _:
                lines.append(f"{_typ(text)}\n")
    return "\n".join(lines)


def _spaced(family: str) -> str:
    rest = family.removeprefix("NotoSans").removeprefix("Noto")
    parts = "".join(f" {c}" if c.isupper() and i else c for i, c in enumerate(rest)) if not rest.isupper() else rest
    return f"Noto Sans {parts}".strip()


def _typ(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\#*_`$@<>[]~=-+/" else c for c in text)


def typst(leaflet: Leaflet) -> Callable[[int], bytes]:
    source = typst_source(leaflet)
    foot = _typ(_words(leaflet.furniture.footer[0]))
    compiled = typst_compiler()
    return lambda turn: compiled(source.replace(foot, f"{foot} {turn}"))


def typst_compiler() -> Callable[[str], bytes]:
    """Return what makes a tagged archival PDF of Typst markup."""
    import typst as engine

    compiler = engine.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)
    return lambda text: compiler.compile(input=text.encode(), format="pdf", pdf_standards=["a-2a", "ua-1"])


def weasyprint(leaflet: Leaflet, panel: Sequence[str] = ()) -> Callable[[int], bytes]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    family = manner(leaflet.script).family
    faces = "".join(
        f"@font-face {{ font-family: own; src: url({(FONTS / f'{name}-{weight}.ttf').as_uri()});"
        f" font-weight: {400 if weight == 'Regular' else 700} }}"
        for name in dict.fromkeys((family, "NotoSans"))
        for weight in ("Regular", "Bold")
    )
    style = CSS(
        string=f"{faces} @page {{ size: A4; margin: 15mm }} body {{ font: 12pt own !important }}", font_config=config
    )
    html = write_html(leaflet).decode()
    boxed = "".join(f"<p>{escape(value)}</p>" for value in panel)
    html = html.replace("</h1>", f"</h1><div style='border: 1pt solid'>{boxed}</div>", 1)
    foot = _words(leaflet.furniture.footer[0])

    def run(turn: int) -> bytes:
        text = html.replace(foot, f"{foot} {turn}")
        return HTML(string=text).write_pdf(stylesheets=[style], font_config=config, pdf_variant="pdf/ua-1")

    return run


def platypus(leaflet: Leaflet) -> Callable[[int], bytes]:
    from io import BytesIO

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph as Flow
    from reportlab.platypus import SimpleDocTemplate

    family = manner(leaflet.script).family
    for weight in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"{family}-{weight}", str(FONTS / f"{family}-{weight}.ttf"), shapable=True))
    body = ParagraphStyle("body", fontName=f"{family}-Regular", fontSize=12, leading=16, shaping=1)
    head = ParagraphStyle("head", parent=body, fontName=f"{family}-Bold", fontSize=15, leading=19)
    words = plain(leaflet)

    def run(turn: int) -> bytes:
        out = BytesIO()
        said = [*((kind, text) for kind, text in words if text and kind != "picture"), ("text", str(turn))]
        flows = [Flow(escape(text), head if kind in ("title", "heading") else body) for kind, text in said]
        SimpleDocTemplate(out, pagesize=(595.28, 841.89)).build(flows)
        return out.getvalue()

    return run
