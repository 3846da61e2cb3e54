"""Impressions: a forme painted into one file once, and what each copy adds to it: its panel and its sheet codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from handouts.model.page import Owner, Page
from handouts.pdf.objects import Body, Stream
from handouts.pdf.outline import outline
from handouts.pdf.paint import Painted, Painter, Stock, rgb
from handouts.pdf.parts import annotate, page_object, resources_object, structure
from handouts.pdf.records import Draft, Record, given, key
from handouts.pdf.streamed import Streamed
from handouts.pdf.structure import Mark, Tree
from handouts.press.forme import SLOT, Forme, Plate
from handouts.press.lines import Line
from handouts.press.panel import COMMON, Cell, Setting
from handouts.press.pen import Faces, Pen
from handouts.press.sheetcode import HIGHEST, MODULE, QUIET, WIDEST, sheet_label, symbol
from handouts.units import points

_CODE_SIZE: Final = 9 / MODULE
_CODE_LOW: Final = 6 - 0.35 * _CODE_SIZE  # the letters' middle beside that of a symbol of twelve rows
# The code runs up the left edge, clear of the foot: so far from the paper's edges, which printers leave blank.
_EDGE: Final = points(5.0)
_FOOT: Final = points(14.0)
_UNNUMBERED: Final = "<< /O /List /ListNumbering /None >>"


class Cast:
    """A plate painted into a file, for panels with certain fields and with or without sheet codes.

    ``fonts`` are the names of the fonts that each page uses so far; its resources are written when the file is closed.
    ``rows`` are the pages that get a stream of each impression's own.
    """

    def __init__(self, file: Streamed, stock: Stock, forme: Forme, plate: Plate, kind: "Kind", root: str) -> None:
        self.forme, self.plate, self.kind = forme, plate, kind
        self.pages = len(plate.pages)
        self._file, self._stock = file, stock
        self._tree = Tree(plate.leaflet)
        self._tree.root.lang = plate.leaflet.lang
        painter = Painter(self._tree, forme.fonts, plate.leaflet.pictures, stock)
        self._marks: dict[str, list[str]] = {}
        parts = [self._painted(painter, index) for index in range(self.pages)]
        painted = [_joined(part) for part in parts]
        self.fonts = [dict.fromkeys(one.fonts) for one in painted]
        self._pictures = [one.pictures for one in painted]
        self.resources = [file.reserve() for _ in plate.pages]
        fronts = range(0, self.pages, kind.sides) if kind.coded else ()
        panel = [plate.room.page] if plate.room else []
        self.rows = sorted({*fronts, *panel})
        self._panel_page = plate.room.page if plate.room else -1
        self._labels: dict[tuple[tuple[str, int, float], ...], int] = {}
        self._starts: dict[tuple[float, int], tuple[float, float]] = {}
        self._faces = Faces(forme.fonts, stock)
        self._font = self._faces.line(forme.desk.plain_line("0"))[0][0][0]
        self._rtl = plate.leaflet.direction == "rtl"
        streams = [
            [file.add(Stream("", one.content + self._closing(index, len(part)))) for one in part]
            for index, part in enumerate(parts)
        ]
        self._draft(painted, streams, root)

    def _closing(self, index: int, parts: int) -> bytes:
        """Return what stands at the end of a page's content if its impressions follow directly."""
        return "\n".join(["", *self._opening(index)]).encode("ascii") if parts == 1 else b""

    def _painted(self, painter: Painter, index: int) -> list[Painted]:
        """Return a page painted; the panel's page in two parts, with the panel's marks numbered after both."""
        plate, page = self.plate, self.plate.pages[index]
        if not plate.room or plate.room.page != index:
            return [painter.page(index, page)]
        before = painter.page(index, Page(page.width, page.height, page.items[: plate.split]))
        rest = Page(page.width, page.height, page.items[plate.split :])
        after = painter.page(index, rest, len(before.owners))
        listing = self._tree.of(Owner(SLOT)).add("L", attributes=_UNNUMBERED)
        owners: list[Owner] = []
        for place, field in enumerate(self.kind.fields):
            item = listing.add("LI")
            for part, role in (("label", "Lbl"), ("text", "LBody")):
                owner = Owner(SLOT, part, place)  # type: ignore[arg-type]
                self._tree.owners[owner] = item.add(role)
                mark = len(before.owners) + len(after.owners) + len(owners)
                self._tree.of(owner).attach(Mark(index, mark))
                self._marks.setdefault(field, []).append(f"/{role}<</MCID {mark}>>BDC\n")
                owners.append(owner)
        return [before, after._replace(owners=(*after.owners, *owners))]

    def _draft(self, painted: list[Painted], contents: list[list[str]], root: str) -> None:
        """Make the record of an impression's objects: its pages, links, elements and its leaf of the parent tree."""
        plate, draft, tree = self.plate, Draft(), self._tree
        tree.root.prune()
        bodies = [Body() for _ in plate.pages]
        places = [draft.add(body) for body in bodies]
        links = annotate(draft, tree, plate.pages, painted, key)
        top, values = structure(draft, tree, painted, places, links, root)
        self.keys = len(values)
        nums = " ".join(f"{key(place)} {value}" for place, value in enumerate(values))
        self.leaf = len(draft.bodies)
        draft.add(Body(f"<< /Limits [{key(0)} {key(self.keys - 1)}] /Nums [{nums}] >>"))
        self.document = int(top[2 : top.index("\0", 1)])
        for index, body in enumerate(bodies):
            own = [reference for page, reference, _ in links if page == index]
            content = self._contents(index, contents[index])
            drawn = f"{self.resources[index]} 0 R"
            body.text = page_object(plate.pages[index], f"{given(index)} 0 R", drawn, content, key(index), own)
        self.outline = outline(draft, tree.bookmarks, plate.pages, places) if self.kind.alone else ""
        self.record = Record([body.text for body in draft.bodies])

    def _contents(self, index: int, streams: list[str]) -> str:
        """Return a page's streams in reading order: the panel stands between the two parts of its page."""
        row = [f"{given(self.pages + 1 + self.rows.index(index))} 0 R"] if index in self.rows else []
        if len(streams) == 2:
            return f"[{streams[0]} {given(self.pages)} 0 R {row[0]} {streams[1]}]"
        return f"[{' '.join([*streams, *row])}]" if row else streams[0]

    def labels(self, setting: Setting | None) -> int:
        """Return the number of the stream that paints a panel's labels; panels that are laid out alike share it."""
        if setting is None:
            return 0
        layout = setting.layout
        known = self._labels.get(layout)
        if known is None:
            known = self._labels[layout] = self._file.reserve()
            self._file.put(known, Stream("", self.label_content(setting)))
        return known

    def label_content(self, setting: Setting) -> bytes:
        """Return the operators that paint the labels of a panel, and what its impressions begin with."""
        desk, index = self.forme.desk, self._panel_page
        pen = Pen(self._faces, self.fonts[index], desk.size)
        out = [f"{rgb(self.plate.leaflet.brand.palette.primary)} rg"]
        for cell in setting.cells:
            lines = [(desk.labels[cell.field][0], cell.offset, cell.line)]
            out.append(f"{self._marks[cell.field][0]}{pen.text(self._placed(lines))}\nEMC")
        out.append(f"{rgb(desk.style.colour)} rg")
        self.fonts[index][self._font] = None
        if pen.font != self._font:
            out.append(f"/{self._font} {desk.size:g} Tf")
        return "\n".join([*out, *self._opening(index)]).encode("latin-1")

    def contents(self, setting: Setting | None, code: str, faces: Faces) -> Iterator[bytes]:
        """Give the operators that each page of ``rows`` adds for one impression."""
        sides = self.kind.sides
        sheets = -(-self.pages // sides)
        for index in self.rows:
            out = []
            if self.kind.coded and index % sides == 0:
                out.append(self._code(index, sheet_label(code, index // sides + 1, sheets), faces))
            if setting and index == self._panel_page:
                pen = Pen(faces, self.fonts[index], self.forme.desk.size, self._font)
                out += [f"{self._marks[cell.field][1]}{self._value(cell, pen)}\nEMC" for cell in setting.cells]
            yield "\n".join(out).encode("latin-1")

    def _value(self, cell: Cell, pen: Pen) -> str:
        """Return the text object of a value."""
        if len(cell.lines) > 1 or self._rtl:
            lines = [(line, cell.indent, cell.first + at) for at, line in enumerate(cell.lines)]
            return pen.text(self._placed(lines))
        place = (cell.indent, cell.first)
        start = self._starts.get(place)
        if start is None:
            (placed,) = self._placed([(cell.lines[0], *place)])
            start = self._starts[place] = placed[1:]
        return pen.common(cell.lines[0], *start) if cell.field in COMMON else pen.text([(cell.lines[0], *start)])

    def _placed(self, lines: Iterable[tuple[Line, float, int]]) -> Iterator[tuple[Line, float, float]]:
        """Give lines, each with its distance from the start side and its number, with their places on the page."""
        desk, room = self.forme.desk, self.plate.room
        if room is None:
            raise ValueError("a panel was set for a leaflet without room for it")
        high = self.plate.pages[room.page].height - room.y - desk.baseline
        for line, offset, number in lines:
            start = room.width - offset - line.width * desk.size if self._rtl else offset
            yield line, room.x + start, high - number * desk.leading

    def _opening(self, index: int) -> list[str]:
        """Return how the sheet code of a page begins: its artifact, its place, turned and scaled to a unit a module."""
        if not self.kind.coded or index % self.kind.sides:
            return []
        self.fonts[index][self._font] = None
        return [
            "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
            f"q 0 g 0 {MODULE:g} -{MODULE:g} 0 {_EDGE + HIGHEST * MODULE:.2f} {_FOOT:.2f} cm",
            f"BT /{self._font} {_CODE_SIZE:g} Tf {WIDEST + QUIET} {_CODE_LOW:.2f} Td",
        ]

    def _code(self, index: int, text: str, faces: Faces) -> str:
        """Return the rest of a sheet's code: its letters, then its modules."""
        pen = Pen(faces, self.fonts[index], _CODE_SIZE, self._font)
        letters = "".join([pen.shown(*shown) for shown in faces.plain(text, self.forme.desk.setter)])
        return f"{letters} ET\n{symbol(text).operators} Q EMC"

    def drawn(self, references: Mapping[str, str]) -> Iterator[tuple[int, Body]]:
        """Give the numbers and the bodies of the pages' resources, given references to all fonts and pictures."""
        for number, fonts, pictures in zip(self.resources, self.fonts, self._pictures, strict=True):
            yield number, Body(resources_object([*fonts], pictures, references))


class Kind(NamedTuple):
    """What impressions of one forme share: their panel's fields, pages a sheet, whether sheets have codes.

    ``alone``: the leaflet has a file of its own, and its headings are the file's outline.
    """

    fields: tuple[str, ...]
    sides: int
    coded: bool
    alone: bool = False


def _joined(parts: list[Painted]) -> Painted:
    if len(parts) == 1:
        return parts[0]
    first, second = parts
    return Painted(
        b"",
        tuple(dict.fromkeys((*first.fonts, *second.fonts))),
        tuple(dict.fromkeys((*first.pictures, *second.pictures))),
        (*first.links, *second.links),
        (*first.owners, *second.owners),
    )
