"""One request's sources composed into a leaflet."""

from datetime import date
from functools import lru_cache
from io import BytesIO

from babel.dates import format_date

from handouts.compose.localise import localise
from handouts.compose.markup import parse
from handouts.compose.template import render
from handouts.model.authored import Cause, SharedWords, Text, Topic
from handouts.model.leaflet import Artwork, Furniture, Leaflet, Span
from handouts.model.request import Request, Sources

_UNSPACED = ("Hans", "Hant", "Jpan")
"""Scripts that set no space between sentences."""


def compose(request: Request, sources: Sources, first: int = 1) -> Leaflet:
    """Return the leaflet of the request, tailored to its cause if it names one; block ids count from ``first``.

    The template sees only what the leaflet may say: with a cause, the other causes are not within its reach.
    """
    catalogue, brand = sources.catalogue, sources.brand
    topic, words = localise(sources.topic, catalogue), localise(sources.words, catalogue)
    cause = next((cause for cause in topic.cause if cause.id == request.cause), None)
    rtl = catalogue.direction == "rtl"
    pictures = _pictures(sources)
    gap = "" if catalogue.script in _UNSPACED else " "
    context = {
        "topic": topic,
        "cause": cause,
        "causes": () if cause else topic.cause,
        "words": words.words,
        "brand": brand,
        "issued": issue_date(request.issued, catalogue.locale),
        "review": sources.topic.review,
        "translation": "" if catalogue.status == "source" else catalogue.status.replace("-", "_"),
        "latin": catalogue.script != "Latn",
        "pictures": pictures.keys(),
        "gap": gap,
    }
    page = parse(render(sources.template, context, rtl=rtl), pictures, catalogue.locale, first)
    return Leaflet(
        title=_title(topic, cause),
        subject=gap.join((cause or topic).summary),
        lang=catalogue.locale,
        direction=catalogue.direction,
        script=catalogue.script,
        brand=brand,
        version=topic.version,
        furniture=Furniture(
            header=page.header,
            footer=page.footer,
            page=_span(words, "footer", "page"),
            watermark=_span(words, "draft", "watermark") if request.draft else None,
            logo=pictures.get("logo"),
        ),
        pictures=pictures,
        blocks=page.blocks,
    )


def issue_date(issued: date, locale: str) -> str:
    """Return the date as the locale writes it (CLDR's long form), with ASCII digits.

    The source's English is written the British way. CLDR has no Haitian Creole month names (it answers in French), and
    knows no pseudo-locales (``qps``), so ISO 8601 is used there.
    """
    if locale.partition("-")[0] in ("ht", "qps"):
        return issued.isoformat()
    return format_date(issued, "long", "en_GB" if locale == "en" else locale.replace("-", "_"))


def _title(topic: Topic, cause: Cause | None) -> str:
    return str(cause.title if cause else topic.title)


def _span(words: SharedWords, group: str, name: str) -> Span:
    text: Text = words.words[group][name]
    return Span(text=str(text), key=text.key, lang=text.lang)


def _pictures(sources: Sources) -> dict[str, Artwork]:
    """Return the pictures a template may show: the library's, the brand's logo and the code of its link."""
    link = sources.brand.link
    return {**sources.pictures, "code": _code(link)} if link else sources.pictures


@lru_cache(maxsize=64)
def _code(link: str) -> Artwork:
    """Return a link as a QR code (ISO/IEC 18004, error correction M: readable with 15 % of it worn off)."""
    import segno  # slow to load and not in every leaflet

    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(
        drawn, kind="svg", border=2, light="#ffffff", svgclass="", lineclass=""
    )
    return Artwork(name="code", media="svg", data=drawn.getvalue())
