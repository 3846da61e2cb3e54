"""Rules on the shape of the structure tree: headings in steps, lists and tables made of their parts, language known."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.preflight.subject import Inspected
from handouts.check.preflight.tree import Element, Tree
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_LEVEL: Final = re.compile(r"/H([1-6])")
_TAG: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]+",
    re.IGNORECASE,
)
"""BCP 47 (RFC 5646, 2.1), without the grandfathered tags that nobody needs."""

_KIDS: Final = {
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TFoot": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/TOC": {"/TOC", "/TOCI", "/Caption"},
    "/TOCI": {"/Lbl", "/Reference", "/NonStruct", "/P", "/TOC"},
}
_PARENTS: Final = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
    "/TOCI": {"/TOC"},
}
_LIST: Final = ("/L", "/LI", "/LBody")


def headings(subject: Inspected) -> Iterator[Breach]:
    """Give the headings that skip a level, a first one that is not H1, and unnumbered ones among numbered."""
    tree = subject.document.tree
    before = 0
    for element in tree.elements:
        if found := _LEVEL.fullmatch(element.role):
            level = int(found[1])
            if level > before + 1:
                wrong = f"A heading of level {level} follows one of level {before}."
                yield Breach(wrong if before else f"The first heading is H{level}, not H1.")
            before = level
    unnumbered = [element for element in tree.elements if element.role == "/H"]
    if unnumbered and before:
        yield Breach("Numbered and unnumbered headings stand in one document.")
    holders = [element.parent for element in unnumbered]
    if len(holders) > len(set(holders)):
        yield Breach("An element has more than one unnumbered heading.")


def lists(subject: Inspected) -> Iterator[Breach]:
    """Give the lists that are not made of items, and items not made of label and body."""
    tree = subject.document.tree
    yield from _misplaced(tree, listed=True)
    for element in tree.elements:
        kids = [tree.elements[kid].role for kid in element.kids]
        if element.role == "/LI" and (kids.count("/LBody") != 1 or kids.count("/Lbl") > 1):
            yield Breach("A list item has not one body and at most one label.")
        if element.role in ("/L", "/LI") and element.contents:
            yield Breach(f"An {element.role.removeprefix('/')} element holds text of its own.")
        if element.role == "/L" and "/LI" not in kids and "/L" not in kids:
            yield Breach("A list has no items.")


def tables(subject: Inspected) -> Iterator[Breach]:
    """Give the tables and contents lists whose parts are not nested as such, and header cells without a scope."""
    tree = subject.document.tree
    yield from _misplaced(tree, listed=False)
    for element in tree.elements:
        if element.role == "/TH" and "/Scope" not in str(subject.document.get(element.values.get("/A"))):
            yield Breach("A header cell does not say of which cells (Scope).")


def notes(subject: Inspected) -> Iterator[Breach]:
    """Give the notes without an ID of their own."""
    ids = [element.text("/ID") for element in subject.document.tree.elements if element.role == "/Note"]
    if not all(ids) or len(ids) > len(set(ids)):
        yield Breach("A Note has no ID, or shares it with another.")


def language(subject: Inspected) -> Iterator[Breach]:
    """Give a document without a language, or with another than the leaflet's."""
    lang = subject.document.root.get("/Lang", "")[2:]
    wanted = subject.expected.lang
    if not lang.strip():
        yield Breach("The document does not say its language.", hint="A voice for another language would read it.")
    elif wanted and lang.lower() != wanted.lower():
        yield Breach(f"The document says that its language is {lang}, not {wanted}.")


def language_tags(subject: Inspected) -> Iterator[Breach]:
    """Give the language entries that are no BCP 47 tags."""
    document = subject.document
    said = {element.lang for element in document.tree.elements} | {document.root.get("/Lang", "")[2:]}
    said.update(lang for sheet in document.sheets for painted, _ in sheet.contents for lang in painted.foreign)
    for lang in sorted(said - {""}):
        if not _TAG.fullmatch(lang):
            yield Breach(f"“{lang[:40]}” is not a language tag.")


def _misplaced(tree: Tree, *, listed: bool) -> Iterator[Breach]:
    """Give the parts of lists (or of tables and contents lists) under a wrong parent or with a wrong kid."""
    for element in tree.elements:
        role = element.role
        above = tree.elements[element.parent].role if element.parent >= 0 else ""
        if role not in _PARENTS and above not in _KIDS and above != "/NonStruct":
            continue
        above = _structural_parent(tree, element)
        if (role in _PARENTS and (role in _LIST) is listed) and above not in _PARENTS[role]:
            yield Breach(f"A {role[1:]} stands in a {above[1:] or 'document'}.")
        elif (above in _KIDS and (above in _LIST) is listed) and role not in _KIDS[above]:
            yield Breach(f"A {role[1:]} stands in a {above[1:]}.")


def _structural_parent(tree: Tree, element: Element) -> str:
    """Return the role of the nearest ancestor that is not transparent."""
    place = element.parent
    while place >= 0 and tree.elements[place].role == "/NonStruct":
        place = tree.elements[place].parent
    return tree.elements[place].role if place >= 0 else ""


RULES: Final = (
    Rule(
        "pdf.headings",
        Severity.ERROR,
        "People who listen jump from heading to heading; a skipped level sounds like a missing part.",
        headings,
        "Matterhorn 14-002, 14-003, 14-006, 14-007",
    ),
    Rule(
        "pdf.lists",
        Severity.ERROR,
        "Only a proper list is announced with the number of its items.",
        lists,
        "Matterhorn 09-005",
    ),
    Rule(
        "pdf.tables",
        Severity.ERROR,
        "Cells make sense to a listener only with their row and their header.",
        tables,
        "Matterhorn 09-004, 09-006, 15-003",
    ),
    Rule(
        "pdf.notes",
        Severity.ERROR,
        "A note is found from its reference by its ID.",
        notes,
        "Matterhorn 19-003, 19-004",
    ),
    Rule(
        "pdf.language",
        Severity.ERROR,
        "The language decides with which voice and sounds the text is read out.",
        language,
        "Matterhorn 11-001, 11-003, 11-004, 11-006; ISO 19005-2 6.7.4",
    ),
    Rule(
        "pdf.language-tag",
        Severity.ERROR,
        "A tag that is no tag chooses no voice.",
        language_tags,
        "Matterhorn 11-001, 11-002; ISO 14289-1 7.2",
    ),
)
