"""What is asked for, what is read for it, and what comes out."""

from datetime import date

import msgspec

from handouts.findings import Finding
from handouts.model.authored import Brand, Format, SharedWords, Topic
from handouts.model.catalogue import Catalogue
from handouts.model.leaflet import Artwork, Leaflet
from handouts.model.page import FontFile, Page


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One leaflet as asked for. ``cause`` empty: all causes. ``paper`` empty: by the locale's territory."""

    topic: str
    cause: str = ""
    locale: str = "en"
    brand: str = "house"
    format: str = "standard"
    paper: str = ""
    issued: date
    draft: bool = False

    @property
    def stem(self) -> str:
        """Return the file name without its ending: topic, cause, locale, and what differs from the defaults."""
        parts = [self.topic, self.cause, self.locale]
        parts += [self.brand if self.brand != "house" else "", self.format if self.format != "standard" else ""]
        parts += [self.paper, "draft" if self.draft else ""]
        return ".".join(part for part in parts if part)


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Everything read for one request; what follows is pure."""

    topic: Topic
    words: SharedWords
    catalogue: Catalogue
    brand: Brand
    format: Format
    template: str
    pictures: dict[str, Artwork]
    fonts: tuple[FontFile, ...]


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """A finished leaflet: its composed form, its pages, the PDF's bytes, their SHA-256, and what the checks saw."""

    request: Request
    leaflet: Leaflet
    pages: tuple[Page, ...]
    pdf: bytes
    sha256: str
    findings: tuple[Finding, ...]
