"""What the lint looks at: each English text beside its translation, both also made plain."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from handouts.check.lint.manners import Manners, manners
from handouts.check.lint.phrases import plain
from handouts.findings import Where
from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue

_FRAME: Final = re.compile(r"\{[^{}]*\}|</?[A-Za-z][^<>]*>")


class Pair(NamedTuple):
    """A text and its translation: as written, without placeholders and tags (``bare``), and as plain words."""

    source: Text
    text: str
    bare_source: str
    bare: str
    english: str
    said: str
    where: Where


class Subject(NamedTuple):
    """One catalogue under the lint."""

    catalogue: Catalogue
    manners: Manners
    pairs: tuple[Pair, ...]


def subject(catalogue: Catalogue, translations: Iterable[tuple[Text, str, Where]]) -> Subject:
    """Return a catalogue's translations ready for the lint: each text with its words and their place."""
    pairs = []
    for source, text, where in translations:
        bare_source, bare = bared(source), bared(text)
        pairs.append(Pair(source, text, bare_source, bare, plain(bare_source), plain(bare), where))
    return Subject(catalogue, manners(catalogue.locale, catalogue.script), tuple(pairs))


def bared(text: str) -> str:
    """Return a text without placeholders and tags."""
    return _FRAME.sub(" ", text) if "{" in text or "<" in text else str(text)
