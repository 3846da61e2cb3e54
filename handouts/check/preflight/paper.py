"""Rules on pages: their size, their number, and what must be read out from them."""

from collections.abc import Iterator
from typing import Final

from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity
from handouts.units import millimetres

PAPERS: Final = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Millimetres, upright."""

TOLERANCE: Final = 2.0
"""Millimetres by which a page may differ from its paper."""


def page_size(subject: Inspected) -> Iterator[Breach]:
    """Give the pages that are not of the expected paper; without an expectation, those of no paper a clinic has."""
    wanted = [PAPERS[subject.expected.paper]] if subject.expected.paper in PAPERS else [*PAPERS.values()]
    for sheet in subject.document.sheets:
        box = subject.document.array(sheet.values, "/MediaBox")
        if len(box) != 4:
            yield on_page(sheet.number, "The page has no size.")
            continue
        size = sorted((millimetres(abs(box[2] - box[0])), millimetres(abs(box[3] - box[1]))))
        if not any(abs(size[0] - a) <= TOLERANCE and abs(size[1] - b) <= TOLERANCE for a, b in wanted):
            names = subject.expected.paper or " or ".join(PAPERS)
            yield on_page(sheet.number, f"The page is {size[0]:.0f} × {size[1]:.0f} mm, not {names}.")


def page_count(subject: Inspected) -> Iterator[Breach]:
    """Give a document without pages, or with more than it may have."""
    count, most = len(subject.document.sheets), subject.expected.pages
    yield from only_if(not count, "The document has no pages.")
    hint = "Shorten the words, or take a format that allows more pages; the type is never made smaller."
    yield from only_if(most and count > most, f"The document has {count} pages; {most} are allowed.", hint)


def phrases(subject: Inspected) -> Iterator[Breach]:
    """Give the phrases that must be read out and are in no element of the structure."""
    if not subject.expected.texts:
        return
    from handouts.check.preflight.reading import letters, read_out

    heard = [letters(part.text) for part in read_out(subject)]
    for number, text in enumerate(subject.expected.texts, 1):
        if letters(text) not in heard:
            yield Breach(f"The expected phrase {number} is not read out as a whole anywhere.")


RULES: Final = (
    Rule(
        "pdf.page-size",
        Severity.ERROR,
        "A page of another size is cut off, or shrunk below what can be read.",
        page_size,
        "leaflet rule P8",
    ),
    Rule(
        "pdf.page-count",
        Severity.WARNING,
        "A leaflet that grew is not read to its end, and print runs are planned by its sheets.",
        page_count,
        "leaflet rule P8",
    ),
    Rule(
        "pdf.phrases",
        Severity.ERROR,
        "What no patient may miss must reach those who listen, too.",
        phrases,
        "leaflet rule W9",
    ),
)
