"""Balanced trees that are written as they grow: pages (ISO 32000-1, 7.7.3.2) and number trees (7.9.7).

A node is written when it is full, and becomes one kid of a node above it; so only one node of each level is in memory.
"""

from typing import Final, Literal

from handouts.pdf.objects import Body
from handouts.pdf.streamed import Streamed

FAN: Final = 48
"""Most kids of a node."""


class _Node:
    def __init__(self, number: int) -> None:
        self.number = number
        self.kids: list[str] = []
        self.weight = 0
        self.low = self.high = -1


class Branches:
    """A growing tree of one kind.

    ``pages``; ``kids``: a number tree whose leaves are objects of their own; ``nums``: a number tree whose entries
    stand in its lowest nodes.
    """

    def __init__(self, file: Streamed, kind: Literal["pages", "kids", "nums"]) -> None:
        self._file = file
        self._kind = kind
        self._levels: list[_Node] = []

    @property
    def parent(self) -> int:
        """Return the number of the node that the next kid will belong to."""
        if len(self._open(0).kids) == FAN:
            self._finish(0)
        return self._levels[0].number

    def add(self, kid: str, low: int, high: int) -> None:
        """Add a kid, a reference or an entry, for the keys from ``low`` to ``high``: as many pages as it holds."""
        self._add(0, kid, low, high)

    def close(self) -> int:
        """Write what is left; return the number of the tree's root."""
        level = 0
        self._open(0)
        while level + 1 < len(self._levels):
            if self._levels[level].kids:
                self._finish(level)
            level += 1
        root = self._levels[level]
        self._file.put(root.number, Body(self._text(level, root, 0)))
        return root.number

    def _open(self, level: int) -> _Node:
        if level == len(self._levels):
            self._levels.append(_Node(self._file.reserve()))
        return self._levels[level]

    def _add(self, level: int, kid: str, low: int, high: int) -> None:
        if len(self._open(level).kids) == FAN:
            self._finish(level)
        node = self._levels[level]
        node.kids.append(kid)
        node.low = low if len(node.kids) == 1 else node.low
        node.high = high
        node.weight += high - low + 1

    def _finish(self, level: int) -> None:
        """Write a node that has a level above it, and begin the next in its place."""
        node = self._levels[level]
        if len(self._open(level + 1).kids) == FAN:
            self._finish(level + 1)
        above = self._levels[level + 1]
        self._file.put(node.number, Body(self._text(level, node, above.number)))
        self._add(level + 1, f"{node.number} 0 R", node.low, node.high)
        self._levels[level] = _Node(self._file.reserve())

    def _text(self, level: int, node: _Node, parent: int) -> str:
        kids = " ".join(node.kids)
        if self._kind == "pages":
            above = f" /Parent {parent} 0 R" if parent else ""
            return f"<< /Type /Pages{above} /Count {node.weight} /Kids [{kids}] >>"
        limits = f" /Limits [{node.low} {node.high}]" if parent else ""
        return f"<< /{'Nums' if self._kind == 'nums' and level == 0 else 'Kids'} [{kids}]{limits} >>"
