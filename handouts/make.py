"""The main flow: one request becomes one finished leaflet. Read this first.

``load → compose → check → paginate → write → preflight``; storing the bytes is the caller's business.
"""

from hashlib import sha256

from handouts.check.content import check
from handouts.check.preflight import Expected, preflight
from handouts.compose.leaflet import compose
from handouts.errors import ContentError, NotFound, PreflightFailed
from handouts.findings import errors
from handouts.library import Library
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
    sources = load(request, library)
    leaflet = compose(request, sources)
    seen = check(sources, leaflet, request.cause, draft=request.draft, issued=request.issued)
    if errors(seen):
        raise ContentError(f"{request.stem} was not made.", "Mend what is listed, or ask for a --draft.", seen)
    paper = request.paper or default_paper(request.locale)
    budget = sources.format.pages_tailored if request.cause else sources.format.pages
    pages = paginate(leaflet, sources.format, paper, sources.fonts, budget)
    pdf = write(leaflet, pages, sources.fonts, pictures=leaflet.pictures, issued=request.issued)
    seen += preflight(pdf, Expected(lang=leaflet.lang, title=leaflet.title, pages=budget, paper=paper))
    if errors(seen):
        raise PreflightFailed(f"{request.stem} was made but did not pass its checks.", "", seen)
    digest = sha256(pdf).hexdigest()
    return Rendering(request=request, leaflet=leaflet, pages=pages, pdf=pdf, sha256=digest, findings=seen)


def load(request: Request, library: Library) -> Sources:
    """Return everything the request needs, read and validated. All reading ends here.

    Raises NotFound for an unknown topic, cause, locale, brand or format, with the nearest name as a hint.
    """
    topic = library.topic(request.topic)
    causes = [cause.id for cause in topic.cause]
    if request.cause and request.cause not in causes:
        raise NotFound.among("cause", request.cause, causes)
    brand = library.brand(request.brand)
    locale = match_locale(request.locale, library.locales())
    catalogue = library.catalogue(locale, topic.id)
    return Sources(
        topic=topic,
        words=library.words(),
        catalogue=catalogue,
        brand=brand,
        format=library.format(request.format),
        template=library.template("leaflet.html.j2"),
        pictures=library.pictures(topic.id, brand),
        fonts=library.fonts((*brand.faces, *chain(catalogue.script, "Latn")), brand),
    )
