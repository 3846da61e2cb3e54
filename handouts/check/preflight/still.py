"""Rules on what a leaflet on paper has no use for: anything that acts, hides, shines through or is locked."""

import re
from collections.abc import Iterator
from typing import Any, Final

from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.preflight.tree import plain
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_TARGET: Final = re.compile(r"(?:https://|mailto:|tel:)\S+")
_QUIET_ACTIONS: Final = ("/URI", "/GoTo")
_HIDDEN, _PRINTED = 1 << 1 | 1 << 5, 1 << 2  # Hidden or NoView; Print (ISO 32000-1, table 165)


def locked(subject: Inspected) -> Iterator[Breach]:
    """Give a document that is encrypted."""
    yield from only_if(subject.document.encrypted, "The document is encrypted.", "Screen readers may be shut out.")


def actions(subject: Inspected) -> Iterator[Breach]:
    """Give a document that does something by itself: scripts, launches, actions on opening."""
    json = subject.document.json
    for key, what in (("/JS", "a script"), ("/JavaScript", "a script"), ("/AA", "actions on events")):
        yield from only_if(f'"{key}"'.encode() in json, f"The document holds {what} ({key[1:]}).")
    opening = subject.document.get(subject.document.root, "/OpenAction")
    if isinstance(opening, dict):
        yield Breach("The document does something when it is opened (OpenAction).")


def targets(subject: Inspected) -> Iterator[Breach]:
    """Give the links that lead elsewhere than to a secure page, an address, a telephone or a place in the document."""
    for number, _, values in subject.annotations:
        action: Any = subject.document.table(values, "/A")
        kind = action.get("/S", "/GoTo")
        if kind not in _QUIET_ACTIONS:
            yield on_page(number, f"A link does something else than lead to a page: {kind[1:]}.")
        elif kind == "/URI" and not _TARGET.fullmatch(plain(subject.document.get(action, "/URI"))):
            yield on_page(number, "A link leads neither to https:, mailto: nor tel:.")


def annotations(subject: Inspected) -> Iterator[Breach]:
    """Give the annotations that are not links, are hidden or are not printed."""
    for number, _, values in subject.annotations:
        flags: Any = values.get("/F", 0)
        if values.get("/Subtype") != "/Link":
            yield on_page(number, f"An annotation is no link but a {str(values.get('/Subtype'))[1:]}.")
        if not flags & _PRINTED or flags & _HIDDEN:
            yield on_page(number, "An annotation is hidden or is not printed (F).")


def forms(subject: Inspected) -> Iterator[Breach]:
    """Give a document with a form to fill in."""
    form = subject.document.table(subject.document.root, "/AcroForm")
    yield from only_if(form, "The document has a form." if "/XFA" not in form else "The document has an XFA form.")


def attachments(subject: Inspected) -> Iterator[Breach]:
    """Give a document that carries or needs other files, or content that is not always shown."""
    json, root = subject.document.json, subject.document.root
    embedded = b'"/EmbeddedFiles"' in json or b'"/EF"' in json or b'"/FileAttachment"' in json
    yield from only_if(embedded, "The document carries other files.")
    yield from only_if("/OCProperties" in root, "The document has layers that can be hidden.")
    media = any(f'"/{kind}"'.encode() in json for kind in ("RichMedia", "Movie", "Sound", "Screen", "3D"))
    yield from only_if(media, "The document holds sound, film or 3D.")
    outside = b'"/FFilter"' in json or b'"/Ref": {' in json or b'"/PS"' in json
    yield from only_if(outside, "The document needs content from outside, or PostScript.")


def opaque(subject: Inspected) -> Iterator[Breach]:
    """Give a document with anything that shines through."""
    document = subject.document
    states = [
        state
        for sheet in document.sheets
        for _, resources in sheet.contents
        for name in document.table(resources, "/ExtGState")
        if (state := document.table(resources, "/ExtGState", name))
    ]
    clear = any(
        state.get("/ca", 1) < 1
        or state.get("/CA", 1) < 1
        or state.get("/SMask", "/None") != "/None"
        or state.get("/BM", "/Normal") not in ("/Normal", "/Compatible")
        for state in states
    )
    masked = any(
        document.get(resources, "/XObject", name, "/SMask") is not None
        for sheet in document.sheets
        for _, resources in sheet.contents
        for name in document.table(resources, "/XObject")
    )
    yield from only_if(clear or masked, "Something on a page is transparent.", "Give it the colour it should have.")
    yield from only_if(b'"/Interpolate": true' in document.json, "A picture is smoothed by the viewer (Interpolate).")


RULES: Final = (
    Rule(
        "pdf.encrypted",
        Severity.ERROR,
        "Encryption can shut out screen readers, printers and archives.",
        locked,
        "Matterhorn 26-001, 26-002; ISO 19005-2 6.1.3",
    ),
    Rule(
        "pdf.actions",
        Severity.ERROR,
        "A leaflet is paper: a file that acts is not to be trusted.",
        actions,
        "ISO 19005-2 6.5",
    ),
    Rule(
        "pdf.link-targets",
        Severity.ERROR,
        "A link must lead where a patient can safely go.",
        targets,
        "ISO 19005-2 6.5.1",
    ),
    Rule(
        "pdf.annotations",
        Severity.ERROR,
        "What is not printed is missing on paper.",
        annotations,
        "Matterhorn 28-006, 28-007; ISO 19005-2 6.3",
    ),
    Rule(
        "pdf.forms",
        Severity.ERROR,
        "What a patient types into a leaflet goes nowhere, and fields need labels of their own.",
        forms,
        "Matterhorn 25-001, 28-005; ISO 19005-2 6.4",
    ),
    Rule(
        "pdf.attachments",
        Severity.ERROR,
        "All that a leaflet says must be on its pages.",
        attachments,
        "Matterhorn 20-001, 21-001, 30-001; ISO 19005-2 6.8, 6.9",
    ),
    Rule(
        "pdf.opaque",
        Severity.ERROR,
        "Transparency prints differently from printer to printer, and contrast through it cannot be measured.",
        opaque,
        "ISO 19005-2 6.2.10",
    ),
)
