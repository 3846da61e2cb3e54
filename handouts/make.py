"""The main flow: one request becomes one finished leaflet. Read this first.

``load → compose → check → paginate → write → preflight``; storing the bytes is the caller's business.
"""

from hashlib import sha256

from msgspec.structs import replace

from handouts.check.content import check
from handouts.check.preflight import Expected, preflight
from handouts.compose.bilingual import COMPANION_IDS, pair
from handouts.compose.leaflet import compose
from handouts.compose.palettes import in_palette
from handouts.errors import ContentError, NotFound, PreflightFailed
from handouts.findings import Finding, errors
from handouts.library import Library
from handouts.model.kept import kept
from handouts.model.leaflet import Leaflet
from handouts.model.locales import default_paper, match_locale
from handouts.model.request import Rendering, Request, Sources
from handouts.pdf.writer import write
from handouts.typeset.fonts import chain
from handouts.typeset.pages import paginate


def make(request: Request, library: Library) -> Rendering:
    """Return the finished leaflet of a request: same request, same library, same bytes.

    Raises NotFound for a name that the library does not have, ContentError with all findings if what was authored is
    wrong or incomplete (a draft tolerates missing translations), PreflightFailed if the finished bytes break a rule.
    """
    return made(request, load(request, library), library)


def made(request: Request, sources: Sources, library: Library) -> Rendering:
    """Return the same, given what was loaded for the request; the library is asked for a companion's sources alone."""
    leaflet, seen = composed(request, sources)
    if request.companion:
        other = replace(request, locale=request.companion, companion="")
        companion, more = composed(other, load(other, library), COMPANION_IDS)
        leaflet, seen = pair(leaflet, companion), (*seen, *more)
    if request.to != "pdf":
        from handouts.web.html import write_html  # a start costs less without them
        from handouts.web.text import write_text

        faces = sources.fonts if request.faces else ()
        data = write_html(leaflet, faces) if request.to == "html" else write_text(leaflet)
        return Rendering(
            request=request, leaflet=leaflet, pages=(), data=data, sha256=sha256(data).hexdigest(), findings=seen
        )
    paper = request.paper or default_paper(request.locale)
    budget = 0 if request.companion else page_budget(request, sources)
    pages = paginate(leaflet, sources.format, paper, sources.fonts, budget)
    pdf = write(leaflet, pages, sources.fonts, pictures=leaflet.pictures, issued=request.issued)
    seen += preflight(pdf, Expected(lang=leaflet.lang, title=leaflet.title, pages=budget, paper=paper))
    if errors(seen):
        raise PreflightFailed(f"{request.stem} was made but did not pass its checks.", "", seen)
    return Rendering(
        request=request, leaflet=leaflet, pages=pages, data=pdf, sha256=sha256(pdf).hexdigest(), findings=seen
    )


def load(request: Request, library: Library) -> Sources:
    """Return everything the request needs, read and validated. All reading ends here.

    Raises NotFound for an unknown topic, cause, locale, brand, format or palette, with the nearest name as a hint.
    """
    topic = library.topic(request.topic)
    causes = [cause.id for cause in topic.cause]
    if request.cause and request.cause not in causes:
        raise NotFound.among("cause", request.cause, causes)
    brand = in_palette(library.brand(request.brand), request.palette)
    locales = [match_locale(tag, library.locales()) for tag in (request.locale, request.companion) if tag]
    catalogues = [library.catalogue(locale, topic.id) for locale in locales]
    scripts = [catalogue.script for catalogue in catalogues]
    return Sources(
        topic=topic,
        words=library.words(),
        catalogue=catalogues[0],
        brand=brand,
        format=library.format(request.format),
        template=library.template("leaflet.html.j2"),
        pictures=library.pictures(topic.id, brand),
        fonts=library.fonts((*brand.faces, *chain(*scripts, "Latn")), brand),
    )


def _words(request: Request, sources: Sources, first: int = 1) -> tuple[object, ...]:
    """Return what a leaflet says depends on; its format and its faces are not among it."""
    asked = (request.cause, request.issued, request.draft, first)
    return (*asked, sources.topic, sources.words, sources.catalogue, sources.brand, sources.template, sources.pictures)


@kept(16, of=_words)
def composed(request: Request, sources: Sources, first: int = 1) -> tuple[Leaflet, tuple[Finding, ...]]:
    """Return the leaflet in one language, and what the checks saw. Raises ContentError if that forbids to make it."""
    leaflet = compose(request, sources, first)
    seen = check(sources, leaflet, request.cause, draft=request.draft, issued=request.issued)
    if errors(seen):
        raise ContentError(f"{request.stem} was not made.", "Mend what is listed, or ask for a --draft.", seen)
    return leaflet, seen


def page_budget(request: Request, sources: Sources) -> int:
    """Return the most pages that the format allows the leaflet, 0 for any number."""
    return sources.format.pages_tailored if request.cause else sources.format.pages
