"""A filled page as a tree of elements, in XML's syntax of HTML: every element is known, closed and properly nested."""

from typing import Final
from xml.parsers import expat

INLINE: Final = frozenset(("b", "a", "bdi", "span", "m"))
BLOCKS: Final = frozenset(
    ("header", "footer", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "div", "dt", "dd", "aside", "section")
) | {"hr", "img"}
MAX_DEPTH: Final = 40
"""So deep may elements be nested."""

_ROOT: Final = "leaflet"
_ATTRIBUTES: Final = frozenset(("class", "src", "alt", "href", "lang", "dir", "k"))


class WrongPageError(Exception):
    """What is wrong in a line of the filled page, and a way out."""

    def __init__(self, line: int, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.line = line
        self.hint = hint


class Node:
    """One element: its tag, its attributes, its words and elements in order, and its line in the filled page."""

    __slots__ = ("attributes", "children", "line", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []
        self.line = line

    @property
    def kind(self) -> str:
        """The element's class, empty if it has none."""
        return self.attributes.get("class", "")

    def elements(self) -> "list[Node]":
        """Return the children, where no words may stand. Raises WrongPageError if some do, for they would vanish."""
        for child in self.children:
            loose = child.strip() if isinstance(child, str) else child.tag in INLINE
            if loose:
                place = f"<{self.tag}>" if self.tag else "the page"
                raise WrongPageError(self.line, f"words stand loose in {place}", "Put them into a <p>.")
        return [child for child in self.children if isinstance(child, Node)]

    def holds_words(self) -> bool:
        """Return whether the element is running text, be it with a picture."""
        return not any(isinstance(child, Node) and child.tag in BLOCKS - {"img"} for child in self.children)

    def take_picture(self) -> "Node | None":
        """Take the first picture out of the element and return it, None if it has none."""
        picture = next((child for child in self.children if isinstance(child, Node) and child.tag == "img"), None)
        self.children = [child for child in self.children if child is not picture]
        return picture


def read(html: str) -> Node:
    """Return the root of a page's tree. Raises WrongPageError for what is not well formed, or no part of a leaflet."""
    return _Tree().read(html)


class _Tree:
    """Builds the element tree; every element must be known, closed and properly nested (XML's syntax of HTML)."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._open = [Node("", {}, 0)]

    def read(self, html: str) -> Node:
        try:
            self._parser.Parse(f"<{_ROOT}>{html}</{_ROOT}>".encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            raise WrongPageError(error.lineno, f"it is not well formed ({expat.ErrorString(error.code)})") from error
        return self._open[0]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _ROOT and len(self._open) == 1:
            self._open.append(self._open[0])
            return
        line = self._parser.CurrentLineNumber
        if tag not in BLOCKS and tag not in INLINE:
            raise WrongPageError(line, f"the element <{tag}> is not part of a leaflet")
        for name in attributes:
            if name not in _ATTRIBUTES:
                raise WrongPageError(line, f"<{tag}> has the attribute “{name}”, which says how, not what")
        if len(self._open) > MAX_DEPTH:
            raise WrongPageError(line, "its elements are nested too deep")
        node = Node(tag, attributes, line)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _doctype(self, *_: object) -> None:
        raise WrongPageError(self._parser.CurrentLineNumber, "a page template has no DOCTYPE")
