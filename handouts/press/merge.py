"""Print files of many leaflets: one PDF that is written as it grows, tagged and archival as each leaflet alone."""

from array import array
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import BinaryIO, Final, Literal, NamedTuple

from handouts.errors import ContentError
from handouts.model.page import FontFile, Page
from handouts.model.request import Request
from handouts.pdf.branches import Branches
from handouts.pdf.metadata import About, information
from handouts.pdf.objects import Body, text_string
from handouts.pdf.paint import Stock
from handouts.pdf.parts import catalogue_object, font_object, picture_object, resources_object, roles
from handouts.pdf.records import Rows
from handouts.pdf.streamed import MAX_OBJECTS, Streamed
from handouts.press.bookmarks import Bookmarks
from handouts.press.forme import Forme
from handouts.press.impression import Cast, Kind
from handouts.press.jobs import Panel
from handouts.press.panel import Setting
from handouts.press.pen import Faces
from handouts.press.separators import separate

_RESERVE: Final = 200_000  # object numbers left for what closes a file


@lru_cache(maxsize=16)
def _blank(width: float, height: float) -> str:
    """Return the rest of an empty page."""
    return f" /MediaBox [0 0 {width:.3f} {height:.3f}] /Resources << >> /Tabs /S >>"


class Placed(NamedTuple):
    """Where a leaflet's copies stand in their file: the first page, from 1, and how many pages and sheets they take."""

    first_page: int
    pages: int
    sheets: int


class Summary(NamedTuple):
    """What a file holds, copies counted one by one, separator sheets apart; its size in bytes and its SHA-256."""

    leaflets: int
    pages: int
    sheets: int
    separators: int
    size: int
    sha256: str


class MergedFile:
    """A print file on its way to ``target``, in memory that does not grow with it.

    Each leaflet begins on a fresh sheet (``sides``: the pages a sheet). The same calls give the same bytes.
    ``title`` names the file in ``lang``; ``author`` is the clinic's.
    """

    def __init__(
        self,
        target: BinaryIO,
        *,
        title: str,
        issued: date,
        sides: Literal[1, 2] = 1,
        author: str = "",
        lang: str = "en",
    ) -> None:
        self._file = Streamed(target)
        self._about = About(title, title, author or title, lang)
        self._issued, self._sides = issued, sides
        self._stock = Stock()
        self._root = self._file.reserve()
        self._tree = Branches(self._file, "pages")
        self._parents = Branches(self._file, "kids")
        self._labels = Branches(self._file, "nums")
        self._bookmarks = Bookmarks(self._file)
        self._documents = array("I")
        self._casts: dict[tuple[Request, int, Kind], tuple[Cast, Rows]] = {}
        self._pages = self._keys = self._leaflets = self._sheets = self._separators = 0
        self._faces: dict[tuple[FontFile, ...], Faces] = {}
        self._waiting: tuple[str, ...] = ()
        self._drawn: list[tuple[int, list[str]]] = []

    @property
    def full(self) -> bool:
        """Return whether nothing more can be added: readers refuse files of very many objects.

        A leaflet takes 100 to 300 of four million numbers.
        """
        return self._file.count > MAX_OBJECTS - _RESERVE

    def add(self, forme: Forme, panel: Panel, copies: int, code: str) -> Placed:
        """Add a leaflet, with every copy a leaflet of its own. ``code`` stands on its sheets; empty for none.

        Raises ContentError for a panel that cannot be printed and for a file that is full; the file is then as it was.
        """
        setting = forme.desk.set(panel) if panel else None
        if self.full:
            raise ContentError("The print file is full.", "Split the run with --max-leaflets.")
        self._separate(forme)
        cast, rows = self._cast(forme, setting, code)
        first = self._pages
        labels = cast.labels(setting)
        streams = [self._file.stream(content) for content in cast.contents(setting, code, self._faces_of(forme))]
        for _ in range(copies):
            self._impress(cast, rows, code, [labels, *streams])
        self._leaflets += copies
        pages = self._pages - first
        self._sheets += pages // self._sides
        return Placed(first + 1, pages, pages // self._sides)

    def separator(self, lines: Sequence[str]) -> Placed:
        """Put a sheet with these lines before the next leaflet; the leaflets after it are gathered under the first.

        It takes the paper and the faces of the leaflet that follows.
        """
        self._waiting = tuple(lines)
        return Placed(self._pages + 1, self._sides, 1)

    def close(self) -> Summary:
        """Write the rest of the file: fonts, trees, outline, metadata."""
        file = self._file
        for _, rows in self._casts.values():
            rows.flush()
        references = {name: file.add(font_object(file, one.subset())) for name, one in self._stock.fonts.items()}
        references |= {name: file.add(picture_object(*one)) for name, one in self._stock.pictures.items()}
        for cast, _ in self._casts.values():
            for number, body in cast.drawn(references):
                file.put(number, body)
        for number, fonts in self._drawn:
            file.put(number, Body(resources_object(fonts, (), references)))
        self._close_structure()
        more = f" /Outlines {self._bookmarks.close()} 0 R /PageLabels {self._labels.close()} 0 R"
        pages, root = f"/Pages {self._tree.close()} 0 R", f"/StructTreeRoot {self._root} 0 R"
        catalogue = file.add(Body(catalogue_object(file, self._about, self._issued, pages, root, more)))
        file.close(catalogue, file.add(Body(information(self._about, self._issued))))
        return Summary(self._leaflets, self._pages, self._sheets, self._separators, file.size, file.sha256)

    def _close_structure(self) -> None:
        kids = " ".join([f"{number} 0 R" for number in self._documents])
        top = f"/K [{kids}] /ParentTree {self._parents.close()} 0 R /ParentTreeNextKey {self._keys}"
        self._file.put(self._root, Body(f"<< /Type /StructTreeRoot {top} /RoleMap {roles()} >>"))

    def _faces_of(self, forme: Forme) -> Faces:
        """Return the faces of a forme's chain; formes with the same chain share them."""
        known = self._faces.get(forme.fonts)
        if known is None:
            known = self._faces[forme.fonts] = Faces(forme.fonts, self._stock)
        return known

    def _cast(self, forme: Forme, setting: Setting | None, code: str) -> tuple[Cast, Rows]:
        fields = tuple(cell.field for cell in setting.cells) if setting else ()
        key = (forme.request, forme.height(setting), Kind(fields, self._sides, bool(code)))
        known = self._casts.get(key)
        if known is None:
            plate = forme.plate(key[1])
            cast = Cast(self._file, self._stock, forme, plate, key[2], f"{self._root} 0 R")
            known = self._casts[key] = (cast, Rows(self._file, cast.record))
        return known

    def _impress(self, cast: Cast, rows: Rows, code: str, streams: list[int]) -> None:
        """Add one leaflet: its objects, and its place in the page tree, the structure, the outline and the labels."""
        first, start = rows.next(), self._pages
        parents = []
        for page in range(cast.pages):
            parents.append(self._tree.parent)
            self._tree.add(f"{first + page} 0 R", self._pages, self._pages)
            self._pages += 1
        rows.add(self._keys, [*parents, *streams])
        self._parents.add(f"{first + cast.leaf} 0 R", self._keys, self._keys + cast.keys - 1)
        self._keys += cast.keys
        self._documents.append(first + cast.document)
        title = f"{code} · {cast.plate.leaflet.title}" if code else cast.plate.leaflet.title
        self._bookmarks.add(title, first)
        prefix = f"{code} · " if code else f"{len(self._documents)} · "
        self._labels.add(f"{start} << /P {text_string(prefix)} /S /D >>", start, start)
        self._fill_sheet(cast.plate.pages[0])

    def _separate(self, forme: Forme) -> None:
        """Add the separator sheet that waits."""
        lines, self._waiting = self._waiting, ()
        if not lines:
            return
        made = separate(self._file, self._stock, forme, lines, self._root, self._keys, self._tree.parent)
        self._drawn.append((made.resources, [*made.fonts]))
        self._tree.add(f"{made.page} 0 R", self._pages, self._pages)
        self._parents.add(f"{made.leaf} 0 R", self._keys, self._keys)
        self._documents.append(made.document)
        self._bookmarks.group(" · ".join(lines), made.page)
        self._labels.add(f"{self._pages} << /P {text_string(lines[0])} >>", self._pages, self._pages)
        self._pages += 1
        self._keys += 1
        self._separators += 1
        self._sheets += 1
        self._fill_sheet(forme.plate().pages[0])

    def _fill_sheet(self, paper: Page) -> None:
        """Add empty pages, so that what follows begins on a fresh sheet."""
        while self._pages % self._sides:
            head = f"<< /Type /Page /Parent {self._tree.parent} 0 R"
            self._tree.add(self._file.add(Body(head + _blank(paper.width, paper.height))), self._pages, self._pages)
            self._pages += 1
