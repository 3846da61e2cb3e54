"""The structure tree as a flat list in reading order (ISO 32000-1, 14.7), and the parent tree that leads back."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

# fmt: off
STANDARD: Final = frozenset((
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI", "/Index",
    "/NonStruct", "/Private", "/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Lbl",
    "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note",
    "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby", "/RB", "/RT", "/RP", "/Warichu", "/WT",
    "/WP", "/Figure", "/Formula", "/Form",
))
# fmt: on
"""The structure types of PDF 1.7 (ISO 32000-1, 14.8.4)."""

_MAX_DEPTH: Final = 100


class Content(NamedTuple):
    """A piece of page content that an element owns: a marked-content id on a page."""

    page: str
    mcid: int


class Element(NamedTuple):
    """One structure element. ``role`` is standard where the role map leads there; ``named`` is what the file says.

    ``parent`` and ``kids`` are places in :attr:`Tree.elements` (parent -1: the root). ``lang`` is inherited within the
    tree, empty where nothing says. ``contents`` and ``objects`` (references of annotations) are its own, in order.
    """

    ref: str
    role: str
    named: str
    parent: int
    lang: str
    values: Mapping[str, Any]
    kids: tuple[int, ...]
    contents: tuple[Content, ...]
    objects: tuple[str, ...]

    def text(self, key: str) -> str:
        """Return a text entry (``/Alt``, ``/ActualText``, ``/E``), empty where there is none."""
        return plain(self.values.get(key))


class Tree(NamedTuple):
    """The whole tree: elements in reading order, role map, parent tree (key → reference or list), dangling kids."""

    elements: tuple[Element, ...]
    roles: Mapping[str, str]
    parents: Mapping[int, Any]
    dangling: tuple[str, ...]


def plain(value: Any) -> str:
    """Return a PDF text string as text; empty for anything else."""
    if type(value) is not str:
        return ""
    if value.startswith("u:"):
        return value[2:]
    return bytes.fromhex(value[2:]).decode("latin-1") if value.startswith("b:") else ""


def standard_role(name: str, roles: Mapping[str, str]) -> str:
    """Return the standard type that a role map leads to, the name itself where it leads nowhere or in a circle."""
    seen = {name}
    role = name
    while role not in STANDARD:
        role = roles.get(role, name)
        if role in seen:
            return name
        seen.add(role)
    return role


def read_tree(objects: Mapping[str, Any], root: Any) -> Tree:
    """Return the tree under a StructTreeRoot reference; an empty one where there is none."""
    start = objects.get(root, root) if isinstance(root, str) else root
    if not isinstance(start, dict):
        return Tree((), {}, {}, ())
    roles = objects.get(str(start.get("/RoleMap")), start.get("/RoleMap")) or {}
    walk = _Walk(objects, roles)
    walk.kids_of(start, -1, "", "", 0)
    parents: dict[int, Any] = {}
    _number_tree(objects, start.get("/ParentTree"), parents, 0)
    ordered = tuple([element for element in walk.elements if element is not None])
    return Tree(ordered, roles, parents, tuple(walk.dangling))


class _Walk:
    """Collects the elements before their kids, so that places grow in reading order."""

    def __init__(self, objects: Mapping[str, Any], roles: Mapping[str, str]) -> None:
        self.objects = objects
        self.roles = roles
        self.elements: list[Element | None] = []
        self.dangling: list[str] = []
        self.known: dict[str, str] = {}
        self.seen: set[str] = set()

    def element(self, ref: str, values: dict[str, Any], parent: int, page: str, lang: str, depth: int) -> int:
        place = len(self.elements)
        self.elements.append(None)
        named = str(values.get("/S", ""))
        role = self.known.get(named)
        if role is None:
            role = self.known[named] = standard_role(named, self.roles)
        page = values.get("/Pg", page)
        if "/Lang" in values:
            lang = plain(values["/Lang"])
        kids, contents, objects = self.kids_of(values, place, page, lang, depth)
        self.elements[place] = Element(ref, role, named, parent, lang, values, kids, contents, objects)
        return place

    def kids_of(
        self, values: Mapping[str, Any], place: int, page: str, lang: str, depth: int
    ) -> tuple[tuple[int, ...], tuple[Content, ...], tuple[str, ...]]:
        kids = values.get("/K")
        if type(kids) is int:  # most elements have one mark and no more
            return (), (Content(page, kids),), ()
        elements: list[int] = []
        contents: list[Content] = []
        references: list[str] = []
        if type(kids) is str:
            kids = self.objects.get(kids, kids) if type(self.objects.get(kids)) is list else kids
        for kid in kids if type(kids) is list else [kids]:
            if type(kid) is int:
                contents.append(Content(page, kid))
                continue
            entry = self.objects.get(kid) if type(kid) is str else kid
            if type(entry) is not dict:
                if kid is not None:
                    self.dangling.append(str(kid))
            elif "/MCID" in entry:
                contents.append(Content(entry.get("/Pg", page), entry["/MCID"]))
            elif "/Obj" in entry:
                references.append(str(entry["/Obj"]))
            elif depth > _MAX_DEPTH or (type(kid) is str and kid in self.seen):
                self.dangling.append(str(kid)[:40])
            else:
                self.seen.add(str(kid))
                elements.append(self.element(str(kid), entry, place, page, lang, depth + 1))
        return tuple(elements), tuple(contents), tuple(references)


def _number_tree(objects: Mapping[str, Any], ref: Any, into: dict[int, Any], depth: int) -> None:
    node = objects.get(ref, {}) if isinstance(ref, str) else ref
    if not isinstance(node, dict) or depth > _MAX_DEPTH:
        return
    numbers = objects.get(str(node.get("/Nums")), node.get("/Nums")) or []
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        found = objects.get(value) if isinstance(value, str) else value
        into[key] = found if isinstance(found, list) else value
    for kid in objects.get(str(node.get("/Kids")), node.get("/Kids")) or []:
        _number_tree(objects, kid, into, depth + 1)
