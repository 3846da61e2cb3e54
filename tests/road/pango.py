"""The same texts set by WeasyPrint, which lays out with Pango: whole other code for order, fallback and shaping."""

import io
import re
from collections.abc import Iterator, Sequence
from html import escape

import pikepdf

from handouts.model.leaflet import Leaflet, Span, Spans
from tests.conftest import ROOT

Glyph = tuple[str, int]

_LATIN_APART = ("Aran",)
"""Scripts whose Latin words and figures we take from the default family by choice (handouts/typeset/fonts.py)."""
_DEFAULT = "NotoSans"
_LATIN = re.compile("[A-Za-z0-9]")


def loaded() -> bool:
    """Whether WeasyPrint finds Pango on this machine."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def lines(texts: Sequence[Spans], leaflet: Leaflet, faces: Sequence[str]) -> list[list[Glyph]]:
    """The (face, glyph id) pairs of each text on one line, from left to right.

    WeasyPrint keeps a font's glyph ids in its content streams. Every text has a page of its own.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(string=_style(faces), font_config=fonts)
    apart = leaflet.script in _LATIN_APART
    body = "".join(f"<p>{''.join(_span(span, apart) for span in spans)}</p>" for spans in texts)
    page = f'<html lang="{leaflet.lang}" dir="{leaflet.direction}"><body>{body}</body></html>'
    data = HTML(string=page, url_fetcher=None).write_pdf(stylesheets=[style], font_config=fonts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == len(texts)
        return [_page(page, faces) for page in pdf.pages]


def _style(faces: Sequence[str]) -> str:
    folder = (ROOT / "handouts" / "fonts").as_uri()
    families = dict.fromkeys(face.partition("-")[0] for face in faces)
    rules = [
        f"@font-face {{ font-family: {face.partition('-')[0]}; src: url({folder}/{face}.ttf);"
        f" font-weight: {700 if face.endswith('-Bold') else 400} }}"
        for face in faces
    ]
    return "\n".join(
        [
            *rules,
            "@page { size: 9000pt 60pt; margin: 0 }",
            f"p {{ margin: 0; white-space: nowrap; break-after: page; font: 12pt {', '.join(families)};"
            " font-variant-ligatures: no-discretionary-ligatures }",
            f"i {{ font-style: normal; font-family: {', '.join(sorted(families, key=_DEFAULT.__ne__))} }}",
            "p:last-child { break-after: auto }",
        ]
    )


def _span(span: Span, latin_apart: bool) -> str:
    text = escape(span.text)
    if latin_apart and _LATIN.search(text) and text.isascii():
        text = f"<i>{text}</i>"
    if span.bold:
        text = f"<b>{text}</b>"
    lang = f' lang="{span.lang}"' if span.lang else ""
    if span.isolate:
        return f'<bdi dir="{span.isolate}"{lang}>{text}</bdi>'
    return f"<span{lang}>{text}</span>" if lang else text


def _page(page: pikepdf.Page, faces: Sequence[str]) -> list[Glyph]:
    runs = sorted(_runs(page, faces))
    return [glyph for _, run in runs for glyph in run]


def _runs(page: pikepdf.Page, faces: Sequence[str]) -> Iterator[tuple[float, list[Glyph]]]:
    """Each run's left edge and its glyphs from left to right."""
    names = {name: _face(font, faces) for name, font in page.obj.Resources.get("/Font", {}).items()}
    font, left, run = "", 0.0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tm":
                yield left, run
                left, run = float(operands[4]), []
            case "Tf":
                font = str(operands[0])
            case "TJ":
                data = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                ids = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
                run += [(names[font], glyph) for glyph in ids]
    yield left, run


def _face(font: pikepdf.Object, faces: Sequence[str]) -> str:
    """Our name of a face that WeasyPrint has embedded: family, and Bold where it says so."""
    family, _, weight = str(font.BaseFont).partition("+")[2].partition("-")
    wanted = [f"{family}-Bold"] if "Bold" in weight else []
    return next(face for face in (*wanted, f"{family}-Regular") if face in faces)
