"""Rules on tables and on annotated text: each part is where its kind belongs (ISO 32000-1, 14.8.4.3)."""

from collections.abc import Iterator
from typing import Any, Final

from handouts.check.preflight.subject import Inspected
from handouts.check.preflight.tree import Element
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_GROUPS: Final = ("/THead", "/TBody", "/TFoot")
_RUBY: Final = {
    "/Ruby": ({"/RB", "/RT", "/RP"}, ""),
    "/RB": (None, "/Ruby"),
    "/RT": (None, "/Ruby"),
    "/RP": (None, "/Ruby"),
    "/Warichu": ({"/WT", "/WP"}, ""),
    "/WT": (None, "/Warichu"),
    "/WP": (None, "/Warichu"),
}


def grids(subject: Inspected) -> Iterator[Breach]:
    """Give the tables with more than one head, foot or caption, or with rows of different lengths."""
    elements = subject.document.tree.elements
    for table in elements:
        if table.role in ("/Table", "/L", "/TOC"):
            kids = [elements[kid].role for kid in table.kids]
            if kids.count("/Caption") > 1 or "/Caption" in kids[1:-1]:
                yield Breach("A caption is neither first nor last in what it names, or not the only one.")
        if table.role == "/Table":
            if kids.count("/THead") > 1 or kids.count("/TFoot") > 1:
                yield Breach("A table has more than one head or foot.")
            if {"/THead", "/TFoot"} & {*kids} and "/TBody" not in kids:
                yield Breach("A table has a head or foot and no body (TBody).")
            rows = [*_rows(table, elements)]
            if len({*_widths(subject, rows, elements)}) > 1:
                yield Breach("A table has rows of different lengths.")


def annotated(subject: Inspected) -> Iterator[Breach]:
    """Give the parts of ruby and warichu that do not stand where they belong."""
    elements = subject.document.tree.elements
    for element in elements:
        if element.role in _RUBY:
            allowed, parent = _RUBY[element.role]
            above = elements[element.parent].role if element.parent >= 0 else ""
            if parent and above != parent:
                yield Breach(f"A {element.role[1:]} stands in a {above[1:] or 'document'}.")
            for kid in element.kids:
                if allowed is not None and elements[kid].role not in allowed:
                    yield Breach(f"A {elements[kid].role[1:]} stands in a {element.role[1:]}.")


def _rows(table: Element, elements: tuple[Element, ...]) -> Iterator[Element]:
    for kid in table.kids:
        if elements[kid].role == "/TR":
            yield elements[kid]
        elif elements[kid].role in _GROUPS:
            yield from _rows(elements[kid], elements)


def _widths(subject: Inspected, rows: list[Element], elements: tuple[Element, ...]) -> Iterator[int]:
    """Give how many columns each row fills, cells that reach down from rows above included."""
    reaching: dict[int, int] = {}  # column → rows still to fill
    for row in rows:
        column = 0
        taken = {place for place, left in reaching.items() if left}
        reaching = {place: left - 1 for place, left in reaching.items() if left > 1}
        for kid in row.kids:
            across, down = (_span(subject, elements[kid], key) for key in ("/ColSpan", "/RowSpan"))
            for _ in range(across):
                while column in taken:
                    column += 1
                taken.add(column)
                if down > 1:
                    reaching[column] = down - 1
        yield max(taken, default=-1) + 1


def _span(subject: Inspected, cell: Element, key: str) -> int:
    given = subject.document.get(cell.values.get("/A"))
    for owner in given if isinstance(given, list) else [given]:
        values: dict[str, Any] = subject.document.table(owner)
        if isinstance(values.get(key), int):
            return max(1, min(int(values[key]), 1000))
    return 1


RULES: Final = (
    Rule(
        "pdf.table-grid",
        Severity.ERROR,
        "A listener is told row and column numbers; where rows differ in length, they are wrong.",
        grids,
        "Matterhorn 09-004; ISO 14289-1 7.2",
    ),
    Rule(
        "pdf.ruby",
        Severity.ERROR,
        "Readings beside characters are read out in their place only where they are tagged as such.",
        annotated,
        "Matterhorn 09-007, 09-008",
    ),
)
