"""What the preflight rules look at: one opened PDF, and what is known of the leaflet it should be."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec

from handouts.check.preflight.document import Document
from handouts.check.preflight.glyphs import Font, painted_fonts
from handouts.check.preflight.xmp import Claims, claims
from handouts.check.rules import Breach
from handouts.findings import Where


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF must be beyond well made; an empty part is not asked for.

    ``pages``: the most pages it may have, 0 for no limit. ``paper``: ``a4`` or ``letter``. ``texts``: phrases that
    must be read out somewhere, white space aside.
    """

    lang: str = ""
    title: str = ""
    pages: int = 0
    paper: str = ""
    texts: tuple[str, ...] = ()


class Inspected:
    """One PDF under inspection; facts that several rules need are found once."""

    def __init__(self, document: Document, expected: Expected) -> None:
        self.document = document
        self.expected = expected

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """The fonts that pages show text in."""
        return painted_fonts(self.document)

    @cached_property
    def claims(self) -> Claims:
        """What the file says of itself in XMP."""
        return claims(self.document.data(self.document.root.get("/Metadata")))

    @cached_property
    def annotations(self) -> tuple[tuple[int, str, dict[str, Any]], ...]:
        """All annotations: page number, reference, values."""
        table = self.document.table
        return tuple(
            (sheet.number, str(ref), table(ref))
            for sheet in self.document.sheets
            for ref in self.document.array(sheet.values, "/Annots")
        )

    @cached_property
    def page_numbers(self) -> dict[str, int]:
        """Page numbers by reference."""
        return {sheet.ref: sheet.number for sheet in self.document.sheets}


def on_page(number: int, message: str, hint: str = "") -> Breach:
    """Return a breach on a page."""
    return Breach(message, Where(page=number), hint)


def only_if(wrong: object, message: str, hint: str = "") -> Iterator[Breach]:
    """Give the breach if something is wrong."""
    if wrong:
        yield Breach(message, hint=hint)
