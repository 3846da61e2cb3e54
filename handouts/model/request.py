"""What is asked for, what is read for it, and what comes out."""

from datetime import date
from typing import Literal

import msgspec

from handouts.findings import Finding
from handouts.model.authored import Brand, Format, SharedWords, Topic
from handouts.model.catalogue import Catalogue
from handouts.model.leaflet import Artwork, Leaflet
from handouts.model.page import FontFile, Page

Medium = Literal["pdf", "html", "text"]


class Request(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One leaflet as asked for.

    ``cause`` empty: all causes. ``paper`` empty: by the locale's territory. ``companion``: a second locale, set beside
    the first. ``palette``: the brand's own, or one that derives from it. ``to``: what the leaflet becomes.
    ``faces``: whether a web page carries its faces; else it takes what the reader's system has.
    """

    topic: str
    cause: str = ""
    locale: str = "en"
    companion: str = ""
    brand: str = "house"
    format: str = "standard"
    paper: str = ""
    palette: str = "brand"
    issued: date
    draft: bool = False
    to: Medium = "pdf"
    faces: bool = False

    @property
    def stem(self) -> str:
        """Return the file name without its ending: topic, cause, locale, and what differs from the defaults."""
        languages = f"{self.locale}+{self.companion}" if self.companion else self.locale
        parts = [self.topic, self.cause, languages]
        usual = (("house", self.brand), ("standard", self.format), ("brand", self.palette))
        parts += [own for default, own in usual if own != default]
        parts += [self.paper, "draft" if self.draft else ""]
        return ".".join(part for part in parts if part)

    @property
    def file_name(self) -> str:
        """Return the stem with the ending of what the leaflet becomes."""
        return f"{self.stem}.{'txt' if self.to == 'text' else self.to}"


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
    """A finished leaflet: its composed form, its pages (none but for a PDF), its bytes, their SHA-256, the findings."""

    request: Request
    leaflet: Leaflet
    pages: tuple[Page, ...]
    data: bytes
    sha256: str
    findings: tuple[Finding, ...]

    @property
    def pdf(self) -> bytes:
        """Return the bytes of a leaflet that became a PDF."""
        return self.data
