"""Impressions: a forme painted into one file once, and what each copy adds to it: its panel and its sheet codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from handouts.model.page import FontFile, GlyphRun, Owner, Page
from handouts.pdf.objects import Body, Stream
from handouts.pdf.outline import outline
from handouts.pdf.paint import Painted, Painter, Stock, rgb
from handouts.pdf.parts import annotate, page_object, resources_object, structure
from handouts.pdf.records import Draft, Record, given, key
from handouts.pdf.streamed import Streamed
from handouts.pdf.structure import Mark, Tree
from handouts.press.forme import SLOT, Forme, Plate
from handouts.press.panel import Line, Setting
from handouts.press.sheetcode import MODULE, QUIET, sheet_label, symbol
from handouts.units import points

CODE_SIZE: Final = 9.0
_RUNS: Final = 4096
_LINES: Final = 512
_EDGE: Final = points(4.0)  # from the paper's edge, which printers leave blank
_UNNUMBERED: Final = "<< /O /List /ListNumbering /None >>"


class Faces:
    """A leaflet's faces in a file. ``extra`` takes what the file's own subsets must not be given any more."""

    def __init__(self, files: Iterable[FontFile], stock: Stock, extra: Stock | None = None) -> None:
        self._files = {file.name: file for file in files}
        self._stock = stock
        self._extra = extra
        self._runs: dict[int, tuple[GlyphRun, tuple[str, str]]] = {}
        self._lines: dict[int, tuple[Line, list[list[tuple[str, str]]]]] = {}

    def line(self, line: Line) -> list[list[tuple[str, str]]]:
        """Return what each stretch of a line is to show, by font: the font's name in the file, and the codes.

        Words and values come again and again, as the same objects: what was found for them is kept.
        """
        known = self._lines.get(id(line))
        if known is None or known[0] is not line:
            if len(self._lines) >= _LINES:
                self._lines.clear()
            known = self._lines[id(line)] = (line, [self._stretch(stretch.runs) for stretch in line.stretches])
        return known[1]

    def _stretch(self, runs: Sequence[GlyphRun]) -> list[tuple[str, str]]:
        seen = [self.show(run) for run in runs]
        return [
            (name, "".join([text for _, text in group]).replace("><", ""))
            for name, group in groupby(seen, itemgetter(0))
        ]

    def show(self, run: GlyphRun) -> tuple[str, str]:
        """Return the name of the font in the file and what it is to show, without the brackets around it."""
        known = self._runs.get(id(run))
        if known is None or known[0] is not run:
            if len(self._runs) >= _RUNS:
                self._runs.clear()
            known = self._runs[id(run)] = (run, self._shown(run))
        return known[1]

    def _shown(self, run: GlyphRun) -> tuple[str, str]:
        file = self._files[run.face]
        name = self._stock.font(file)
        encoder = self._stock.fonts[name]
        if self._extra and not encoder.has(run):
            name = self._extra.font(file)
            encoder = self._extra.fonts[name]
            return f"E{name}", encoder.show(run)[1:-1]
        return name, encoder.show(run)[1:-1]


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
        self._panel_mark = 0
        parts = [self._painted(painter, index) for index in range(self.pages)]
        painted = [_joined(part) for part in parts]
        self.fonts = [dict.fromkeys(one.fonts) for one in painted]
        self._pictures = [one.pictures for one in painted]
        self.resources = [file.reserve() for _ in plate.pages]
        fronts = range(0, self.pages, kind.sides) if kind.coded else ()
        panel = [plate.room.page] if plate.room else []
        self.rows = sorted({*fronts, *panel})
        self._labels: dict[tuple[tuple[str, int, float], ...], int] = {}
        self._draft(painted, [[file.add(Stream("", one.content)) for one in part] for part in parts], root)

    def _painted(self, painter: Painter, index: int) -> list[Painted]:
        """Return a page painted; the panel's page in two parts, with the panel's marks numbered after both."""
        plate, page = self.plate, self.plate.pages[index]
        if not plate.room or plate.room.page != index:
            return [painter.page(index, page)]
        before = painter.page(index, Page(page.width, page.height, page.items[: plate.split]))
        rest = Page(page.width, page.height, page.items[plate.split :])
        after = painter.page(index, rest, len(before.owners))
        self._panel_mark = len(before.owners) + len(after.owners)
        listing = self._tree.of(Owner(SLOT)).add("L", attributes=_UNNUMBERED)
        owners = []
        for place in range(len(self.kind.fields)):
            item = listing.add("LI")
            for part, role in (("label", "Lbl"), ("text", "LBody")):
                owner = Owner(SLOT, part, place)  # type: ignore[arg-type]
                self._tree.owners[owner] = item.add(role)
                self._tree.of(owner).attach(Mark(index, self._panel_mark + len(owners)))
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
        layout = tuple((cell.field, cell.line, cell.offset) for cell in setting.cells)
        known = self._labels.get(layout)
        if known is None:
            known = self._labels[layout] = self._file.reserve()
            self._file.put(known, Stream("", self.label_content(setting, Faces(self.forme.fonts, self._stock))))
        return known

    def label_content(self, setting: Setting, faces: Faces) -> bytes:
        """Return the operators that paint the labels of a panel."""
        desk = self.forme.desk
        out = [f"{rgb(self.plate.leaflet.brand.palette.primary)} rg"]
        for cell in setting.cells:
            lines = [(desk.labels[cell.field][0], cell.offset, cell.line)]
            out += self._marked("Lbl", 2 * self.kind.fields.index(cell.field), lines, faces)
        return "\n".join(out).encode("ascii")

    def contents(self, setting: Setting | None, code: str, faces: Faces) -> Iterator[bytes]:
        """Give the operators that each page of ``rows`` adds for one impression."""
        sheets = -(-self.pages // self.kind.sides)
        for index in self.rows:
            out: list[str] = []
            if setting and self.plate.room and self.plate.room.page == index:
                out.append(f"{rgb(self.forme.desk.style.colour)} rg")
                for cell in setting.cells:
                    lines = [(line, cell.indent, cell.first + at) for at, line in enumerate(cell.lines)]
                    out += self._marked("LBody", 2 * self.kind.fields.index(cell.field) + 1, lines, faces)
            if self.kind.coded and index % self.kind.sides == 0:
                out += self._code(index, sheet_label(code, index // self.kind.sides + 1, sheets), faces)
            yield "\n".join(out).encode("ascii")

    def _marked(self, role: str, mark: int, lines: list[tuple[Line, float, int]], faces: Faces) -> list[str]:
        """Return lines of text, each with its distance from the start side and its number, as one mark."""
        desk, room = self.forme.desk, self.plate.room
        if room is None:
            raise ValueError("a panel was set for a leaflet without room for it")
        fonts, high = self.fonts[room.page], self.plate.pages[room.page].height
        rtl = self.plate.leaflet.direction == "rtl"
        out = [f"/{role}<</MCID {self._panel_mark + mark}>>BDC", "BT"]
        for line, offset, number in lines:
            left = room.x + (room.width - offset - line.width * desk.size if rtl else offset)
            low = high - room.y - number * desk.leading - desk.baseline
            out += shown(line, left, low, desk.size, faces, fonts)
        return [*out, "ET", "EMC"]

    def _code(self, index: int, text: str, faces: Faces) -> list[str]:
        """Return the operators of a sheet's code in the bottom margin, at the left edge of the text."""
        drawn = symbol(text)
        left = self.forme.desk.left
        beside = left + (drawn.columns + 2 * QUIET) * MODULE
        line = self.forme.desk.plain_line(text)
        middle = _EDGE + drawn.rows * MODULE / 2
        fonts = self.fonts[index]
        return [
            "/Artifact <</Type /Pagination /Subtype /Footer>> BDC",
            f"q 0 g {MODULE:.4f} 0 0 {MODULE:.4f} {left:.2f} {_EDGE:.2f} cm",
            drawn.path,
            "Q 0 g BT",
            *shown(line, beside, middle - 0.35 * CODE_SIZE, CODE_SIZE, faces, fonts),
            "ET EMC",
        ]

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


def shown(line: Line, left: float, low: float, size: float, faces: Faces, fonts: dict[str, None]) -> list[str]:
    """Return the operators that show a line from its left end; the names of the fonts are added to ``fonts``."""
    out = []
    for stretch, parts in zip(line.stretches, faces.line(line), strict=True):
        for name, _ in parts:
            fonts[name] = None
        operators = " ".join([f"/{name} {size:g} Tf[{text}]TJ" for name, text in parts])
        where = f"1 0 0 1 {left + stretch.x * size:.2f} {low:.2f} Tm"
        rtl = stretch.runs[0].rtl
        out.append(f"{where}/ReversedChars BMC {operators} EMC" if rtl else where + operators)
    return out


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
