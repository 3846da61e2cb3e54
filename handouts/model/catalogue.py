"""A locale's translations, as read from its PO files."""

from typing import Literal, NamedTuple

import msgspec

from handouts.findings import Finding
from handouts.model.leaflet import Direction
from handouts.model.terms import Terms

ReviewStatus = Literal["source", "machine-draft", "translated", "reviewed"]


class MessageId(NamedTuple):
    """A message's identity: domain, msgctxt and msgid."""

    domain: str
    context: str
    source: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One translated message with its state and the line it stands on (from 1).

    ``stale``: the text is, word for word, the translation of other English. ``reviewed``: by whom and when, empty if
    the message was not reviewed or was changed since.
    """

    text: str
    fuzzy: bool = False
    stale: bool = False
    reviewed: str = ""
    line: int = 0


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """All messages of one locale over the domains of one leaflet. ``findings`` are problems met while reading.

    The source locale has no messages: its texts stand for themselves (``status`` is ``source``). ``files`` names the
    file of each domain that has one. ``terms`` are the language's words for medicines and prohibitions; without them
    neither is checked.
    """

    locale: str
    language: str
    script: str
    direction: Direction
    territory: str = ""
    status: ReviewStatus = "source"
    messages: dict[MessageId, Message] = {}
    files: dict[str, str] = {}
    findings: tuple[Finding, ...] = ()
    terms: Terms | None = None
