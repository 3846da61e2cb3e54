"""Rules on marks and their parents: all that is painted is read out once, or is furniture."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from handouts.check.preflight.subject import Inspected, on_page, only_if
from handouts.check.preflight.tree import STANDARD, Content, Element, plain, standard_role
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity


def marked(subject: Inspected) -> Iterator[Breach]:
    """Give the documents that do not say that they are tagged, or that say it and doubt it."""
    root = subject.document.root
    info = subject.document.table(root, "/MarkInfo")
    yield from only_if(info.get("/Marked") is not True, "The document does not say that it is tagged (MarkInfo).")
    yield from only_if(info.get("/Suspects"), "The document says that its tags are suspect.")
    yield from only_if(not subject.document.tree.elements, "The document has no structure tree.")


def all_marked(subject: Inspected) -> Iterator[Breach]:
    """Give the pages on which something is painted that is neither tagged nor an artifact."""
    for sheet in subject.document.sheets:
        unmarked = sum(painted.unmarked for painted, _ in sheet.contents)
        xobjects = 0
        for painted, resources in sheet.contents:
            for name, owners in painted.xobjects:
                kind = subject.document.table(resources, "/XObject", name).get("/Subtype")
                xobjects += owners == 0 and kind != "/Form"
        if unmarked + xobjects:
            yield on_page(sheet.number, f"{unmarked + xobjects} painted objects are neither tagged nor artifacts.")


def marks_apart(subject: Inspected) -> Iterator[Breach]:
    """Give the pages whose marks overlap, or are not closed in their content stream."""
    for sheet in subject.document.sheets:
        clashes = sum(painted.clashes for painted, _ in sheet.contents)
        if clashes:
            yield on_page(sheet.number, f"{clashes} marks stand inside a tagged mark or an artifact.")
        if any(painted.unbalanced for painted, _ in sheet.contents):
            yield on_page(sheet.number, "A mark is not closed, or is closed twice.")


def one_parent(subject: Inspected) -> Iterator[Breach]:
    """Give the marks that no element or more than one owns, and owners of marks that are not there."""
    document = subject.document
    owned = Counter(content for element in document.tree.elements for content in element.contents)
    there: Counter[Content] = Counter()
    for sheet in document.sheets:
        there.update(Content(sheet.ref, mcid) for painted, _ in sheet.contents for mcid in painted.mcids)
    for content, count in there.items():
        page = subject.page_numbers[content.page]
        if count > 1:
            yield on_page(page, f"The mark {content.mcid} stands {count} times on its page.")
        if owned[content] == 0:
            yield on_page(page, f"The mark {content.mcid} has no element: nobody hears it.")
        elif owned[content] > 1:
            yield on_page(page, f"The mark {content.mcid} has {owned[content]} elements: it is heard twice.")
    for content in owned.keys() - there.keys():
        number = subject.page_numbers.get(content.page, 0)
        yield on_page(number, f"An element owns the mark {content.mcid}, which is not there.")
    for ref in document.tree.dangling:
        yield Breach(f"The structure tree leads to {ref}, which is not there or is met twice.")


def forms_once(subject: Inspected) -> Iterator[Breach]:
    """Give the forms with marked content that pages show more than once: nobody can tell which time is meant."""
    sheets = subject.document.sheets  # counts what is shown
    shown = subject.document.shown if sheets else {}
    for ref, count in shown.items():
        yield from only_if(count > 1 and b"/MCID" in subject.document.data(ref), "A tagged form is shown twice.")


def way_back(subject: Inspected) -> Iterator[Breach]:
    """Give the marks whose way back through the parent tree is not the way from the element to them."""
    document = subject.document
    parents = document.tree.parents
    forth = {content: element.ref for element in document.tree.elements for content in element.contents}
    back = {}
    for sheet in document.sheets:
        listed = parents.get(sheet.values.get("/StructParents", -1))
        for mcid, ref in enumerate(listed if type(listed) is list else ()):
            if ref is not None:
                back[Content(sheet.ref, mcid)] = ref
    for content in sorted(forth.keys() | back.keys()) if forth != back else ():
        if forth.get(content) != back.get(content):
            number = subject.page_numbers.get(content.page, 0)
            yield on_page(number, f"The parent tree and the element of mark {content.mcid} do not agree.")
    elements = document.tree.elements
    root = document.root.get("/StructTreeRoot")
    for element in elements:
        parent = elements[element.parent].ref if element.parent >= 0 else root
        if element.values.get("/P") != parent:
            yield Breach(f"A {_name(element.role)} element does not know its parent.")


def standard_roles(subject: Inspected) -> Iterator[Breach]:
    """Give the roles that do not lead to a standard one, and standard ones that are led elsewhere."""
    roles = subject.document.tree.roles
    used = dict.fromkeys(element.named for element in subject.document.tree.elements)
    for name in used:
        if standard_role(name, roles) not in STANDARD:
            yield Breach(f"The role {_name(name)} leads to no standard one.")
    for name in roles.keys() & STANDARD:
        yield Breach(f"The standard role {_name(name)} is mapped to another.")


def alternatives(subject: Inspected) -> Iterator[Breach]:
    """Give the figures and formulas without a text that tells what they show."""
    for element in subject.document.tree.elements:
        if element.role in ("/Figure", "/Formula"):
            said = element.text("/Alt") or element.text("/ActualText")
            if not said.strip():
                yield Breach(f"A {_name(element.role)} has no alternative text.")
            elif _file_name(said):
                yield Breach("An alternative text is the name of a file.", hint="Say what the picture shows.")


def links(subject: Inspected) -> Iterator[Breach]:
    """Give the links that cannot be heard and followed as links."""
    document = subject.document
    owners: dict[str, list[Element]] = {}
    for element in document.tree.elements:
        for ref in element.objects:
            owners.setdefault(ref, []).append(element)
    for number, ref, values in subject.annotations:
        if values.get("/Subtype") not in ("/Popup", "/PrinterMark", "/Widget"):
            found = _annotation(values, owners.get(ref, []), document.tree.parents)
            yield from (on_page(number, message) for message in found)
    known = {ref for _, ref, _ in subject.annotations}
    for ref in owners.keys() - known:
        yield Breach(f"The structure tree leads to the annotation {ref}, which is on no page.")
    for element in document.tree.elements:
        if element.role == "/Link" and not element.objects:
            yield Breach("A Link element has no link to follow (OBJR).")


def _annotation(values: Mapping[str, Any], owners: list[Element], parents: Mapping[int, Any]) -> Iterator[str]:
    """Give what is wrong with one annotation, given the elements that hold it."""
    role = "/Link" if values.get("/Subtype") == "/Link" else "/Annot"
    if len(owners) != 1 or owners[0].role != role:
        yield f"An annotation stands in {len(owners)} elements, not in one {_name(role)}."
    elif parents.get(values.get("/StructParent", -1)) != owners[0].ref:
        yield "A link does not lead back to its element (StructParent)."
    if not plain(values.get("/Contents")).strip() and not (owners and owners[0].text("/Alt")):
        yield "A link has no description (Contents)."


def tab_order(subject: Inspected) -> Iterator[Breach]:
    """Give the pages on which the tab key does not follow the structure."""
    for sheet in subject.document.sheets:
        if sheet.values.get("/Annots") and sheet.values.get("/Tabs") != "/S":
            yield on_page(sheet.number, "The tab key does not follow the reading order (Tabs).")


def _file_name(text: str) -> bool:
    stem, dot, ending = text.strip().rpartition(".")
    return bool(stem and dot) and ending.lower() in ("svg", "png", "jpg", "jpeg", "gif", "webp", "pdf", "tif", "tiff")


def _name(role: str) -> str:
    return role.removeprefix("/")


RULES: Final = (
    Rule(
        "pdf.tagged",
        Severity.ERROR,
        "Readers only use tags that the document vouches for.",
        marked,
        "ISO 14289-1 7.1, Matterhorn 01-007",
    ),
    Rule(
        "pdf.marked-content",
        Severity.ERROR,
        "What is neither tagged nor an artifact is never heard, or heard in the wrong place.",
        all_marked,
        "Matterhorn 01-005",
    ),
    Rule(
        "pdf.marks-apart",
        Severity.ERROR,
        "Where a tag stands inside an artifact, or the other way, readers differ on whether it is heard.",
        marks_apart,
        "Matterhorn 01-003, 01-004",
    ),
    Rule(
        "pdf.one-parent",
        Severity.ERROR,
        "A mark without an element is silent, one with two is heard twice.",
        one_parent,
        "ISO 32000-1 14.7.4",
    ),
    Rule(
        "pdf.forms-once",
        Severity.ERROR,
        "A form that is shown twice has one place in the reading order, and two on paper.",
        forms_once,
        "Matterhorn 30-002",
    ),
    Rule(
        "pdf.parent-tree",
        Severity.ERROR,
        "Readers that start from the page find elements only through the parent tree.",
        way_back,
        "ISO 32000-1 14.7.4.4",
    ),
    Rule(
        "pdf.roles",
        Severity.ERROR,
        "A role that no reader knows is read as plain text or not at all.",
        standard_roles,
        "Matterhorn 02-001, 02-003, 02-004",
    ),
    Rule(
        "pdf.alternative-text",
        Severity.ERROR,
        "Who cannot see a picture hears only this.",
        alternatives,
        "Matterhorn 13-004, 17-002",
    ),
    Rule(
        "pdf.links",
        Severity.ERROR,
        "A link that is not tagged, described and led back to cannot be followed without a mouse.",
        links,
        "Matterhorn 28-002, 28-004, 28-011, 28-012",
    ),
    Rule(
        "pdf.tab-order",
        Severity.ERROR,
        "The tab key must follow the reading order.",
        tab_order,
        "Matterhorn 28-008, 28-009",
    ),
)
