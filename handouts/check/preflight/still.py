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
_PRINTED: Final = 1 << 2
# Invisible, Hidden, NoView, ToggleNoView (ISO 32000-1, table 165)
_HIDDEN: Final = 1 << 0 | 1 << 1 | 1 << 5 | 1 << 8
# fmt: off
_ACTING: Final = (
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/SetState", "/NOP",
)
# fmt: on
_ACTION: Final = rb'"/S": "(?:%b)"'


def locked(subject: Inspected) -> Iterator[Breach]:
    """Give a document that is encrypted."""
    yield from only_if(subject.document.encrypted, "The document is encrypted.", "Screen readers may be shut out.")


def actions(subject: Inspected) -> Iterator[Breach]:
    """Give a document that does something by itself: scripts, launches, actions on opening."""
    document = subject.document
    script = document.holds("/JS", "/JavaScript") or document.names("/JavaScript")
    yield from only_if(script, "The document holds a script (JavaScript).")
    yield from only_if(document.holds("/AA"), "The document holds actions on events (AA).")
    acting = document.names(*_ACTING) and re.search(_ACTION % "|".join(_ACTING).encode(), document.json)
    yield from only_if(acting, "The document holds an action that does something to the reader's device.")
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
    yield from only_if("/NeedsRendering" in subject.document.root, "The document has to be drawn anew by its form.")
    yield from only_if(form, "The document has a form." if "/XFA" not in form else "The document has an XFA form.")


def attachments(subject: Inspected) -> Iterator[Breach]:
    """Give a document that carries or needs other files, or content that is not always shown."""
    document, root = subject.document, subject.document.root
    embedded = document.holds("/EmbeddedFiles", "/EF") or document.names("/FileAttachment")
    yield from only_if(embedded, "The document carries other files.")
    yield from only_if("/OCProperties" in root, "The document has layers that can be hidden.")
    media = document.names("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D") or document.holds("/Movie", "/Sound")
    yield from only_if(media, "The document holds sound, film or 3D.")
    yield from only_if("/Perms" in root, "The document restricts what may be done with it (Perms).")
    shows = document.holds("/PresSteps", "/AlternatePresentations") or "/Requirements" in root
    yield from only_if(shows, "The document is a show, or asks a reader for more than to show it.")
    outside = document.holds("/FFilter", "/Ref") or document.names("/PS")
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
    smooth = document.holds("/Interpolate") and b'"/Interpolate": true' in document.json
    yield from only_if(clear or masked, "Something on a page is transparent.", "Give it the colour it should have.")
    yield from only_if(smooth, "A picture is smoothed by the viewer (Interpolate).")


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
        "Matterhorn 03-001, 03-003, 05-003, 29-001; ISO 19005-2 6.5",
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
        "Matterhorn 28-006, 28-007, 28-017, 28-018; ISO 19005-2 6.3",
    ),
    Rule(
        "pdf.forms",
        Severity.ERROR,
        "What a patient types into a leaflet goes nowhere, and fields need labels of their own.",
        forms,
        "Matterhorn 11-005, 25-001, 28-005, 28-010; ISO 19005-2 6.4",
    ),
    Rule(
        "pdf.attachments",
        Severity.ERROR,
        "All that a leaflet says must be on its pages.",
        attachments,
        "Matterhorn 03-002, 05-001, 05-002, 20-001, 20-002, 20-003, 21-001, 28-014, 28-015, 28-016, 30-001;"
        " ISO 19005-2 6.1.12, 6.8, 6.9, 6.10, 6.11",
    ),
    Rule(
        "pdf.opaque",
        Severity.ERROR,
        "Transparency prints differently from printer to printer, and contrast through it cannot be measured.",
        opaque,
        "ISO 19005-2 6.2.10",
    ),
)
