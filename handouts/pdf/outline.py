"""The outline (bookmarks): the headings, nested by level, each leading to its place (ISO 32000-1, 12.3.3)."""

from collections.abc import Sequence
from typing import NamedTuple

from handouts.model.page import GlyphRun, Owner, Page
from handouts.pdf.objects import Body, text_string
from handouts.pdf.parts import Numbered
from handouts.pdf.structure import Bookmark


class _Node(NamedTuple):
    body: Body
    children: list["_Node"]
    entries: str = ""


def outline(
    file: Numbered,
    bookmarks: Sequence[Bookmark],
    pages: Sequence[Page],
    page_references: Sequence[str],
) -> str:
    """Add the outline to the file and return the reference to it; empty if no heading was painted."""
    places = _places({bookmark.block for bookmark in bookmarks}, pages)
    root = _Node(Body(), [])
    open_nodes: list[tuple[int, _Node]] = [(0, root)]
    for bookmark in bookmarks:
        place = places.get(bookmark.block)
        if place is None:
            continue
        page, x, y = place
        node = _Node(
            Body(),
            [],
            f"/Title {text_string(bookmark.title)} /Dest [{page_references[page]} /XYZ {x:.2f} {y:.2f} null]",
        )
        while open_nodes[-1][0] >= bookmark.level:
            open_nodes.pop()
        open_nodes[-1][1].children.append(node)
        open_nodes.append((bookmark.level, node))
    if not root.children:
        return ""
    file.add(root.body)
    root.body.text = f"<< /Type /Outlines {_family(file, root)} >>"
    return file.add(root.body)


def _family(file: Numbered, parent: _Node) -> str:
    """Write the children of a node and return its entries that point to them."""
    references = [file.add(child.body) for child in parent.children]
    if not references:
        return ""
    for at, child in enumerate(parent.children):
        before = f" /Prev {references[at - 1]}" if at else ""
        after = f" /Next {references[at + 1]}" if at + 1 < len(references) else ""
        inner = _family(file, child)
        child.body.text = f"<< {child.entries} /Parent {file.add(parent.body)}{before}{after} {inner} >>"
    return f"/First {references[0]} /Last {references[-1]} /Count {_count(parent)}"


def _count(parent: _Node) -> int:
    return sum(1 + _count(child) for child in parent.children)


def _places(blocks: set[int], pages: Sequence[Page]) -> dict[int, tuple[int, float, float]]:
    """Return where each block's text begins: page, x, y (PDF coordinates, just above the letters)."""
    found: dict[int, tuple[int, float, float]] = {}
    for index, page in enumerate(pages):
        for item in page.items:
            if (
                isinstance(item, GlyphRun)
                and isinstance(item.place, Owner)
                and item.place.block in blocks
                and item.place.block not in found
            ):
                found[item.place.block] = (index, 0.0, page.height - item.y + 1.2 * item.size)
    return found
