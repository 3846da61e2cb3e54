"""What a screen reader gets from the bytes: the structure tree's text, decoded code by code."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from handouts.check.preflight.glyphs import codes, to_unicode
from handouts.check.preflight.painted import Painted, strings
from handouts.check.preflight.subject import Inspected
from handouts.check.preflight.tree import Content


class Heard(NamedTuple):
    """One structure element with its own text and all text below it, in structure order.

    Clusters stand in the order in which they are painted: visual order, which right-to-left text has reversed line by
    line. ``depth`` counts from 0.
    """

    role: str
    depth: int
    lang: str
    alt: str
    own: str
    text: str


def read_out(subject: Inspected) -> tuple[Heard, ...]:
    """Return every structure element in reading order, with the text that its marks paint."""
    marks = _texts(subject)
    elements = subject.document.tree.elements
    own = ["".join([marks.get(content, "") for content in element.contents]) for element in elements]
    whole = [*own]
    for place in range(len(elements) - 1, -1, -1):
        whole[place] = own[place] + "".join([whole[kid] for kid in elements[place].kids])
    depths: list[int] = []
    for element in elements:
        depths.append(depths[element.parent] + 1 if element.parent >= 0 else 0)
    return tuple(
        Heard(element.role, depths[place], element.lang, element.text("/Alt"), own[place], whole[place])
        for place, element in enumerate(elements)
    )


def letters(text: str) -> str:
    """Return a text's characters sorted, white space and bidirectional controls aside: the same in any visual order."""
    kept = [char for char in unicodedata.normalize("NFC", text) if not char.isspace() and not _control(char)]
    return "".join(sorted(kept))


def _control(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and unicodedata.bidirectional(char) != "BN"


def _texts(subject: Inspected) -> Mapping[Content, str]:
    found: dict[Content, list[str]] = {}
    for sheet in subject.document.sheets:
        for painted, resources in sheet.contents:
            for mcid, text in _decoded(subject, painted, resources):
                found.setdefault(Content(sheet.ref, mcid), []).append(text)
    return {content: "".join(parts) for content, parts in found.items()}


def _decoded(subject: Inspected, painted: Painted, resources: Mapping[str, object]) -> list[tuple[int, str]]:
    fonts = subject.document.table(resources, "/Font")
    decoded = []
    for show in painted.shown:
        values = subject.document.table(fonts.get(show.font))
        unicode = to_unicode(subject.document.data(values.get("/ToUnicode")))
        shown = codes(strings(show.operands), values.get("/Subtype") == "/Type0")
        decoded.append((show.mcid, "".join([unicode.get(code, "\ufffd") for code in shown])))
    return decoded
