"""One file for one row: a forme's bytes are made once, and each row adds its own few streams."""

from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from handouts.pdf.metadata import About, information
from handouts.pdf.objects import Body, Stream
from handouts.pdf.paint import Stock
from handouts.pdf.parts import catalogue_object, font_object, picture_object, roles
from handouts.pdf.records import Rows
from handouts.pdf.streamed import Streamed
from handouts.press.forme import Forme
from handouts.press.impression import Cast, Kind
from handouts.press.jobs import Panel
from handouts.press.panel import Setting
from handouts.press.pen import Faces

_BASIC: Final = "".join(map(chr, range(32, 127)))
"""What the fonts of every file with a panel have, so that most rows need no font of their own."""

_MASTERS: Final = 1_000


class Single(NamedTuple):
    """One row's PDF and how many pages it has."""

    pdf: bytes
    pages: int


def single(forme: Forme, panel: Panel, code: str, sides: int = 1) -> Single:
    """Return one row's leaflet as a PDF of its own: tagged, archival, the same bytes for the same row.

    ``code`` is what stands on its sheets before the sheet's number; empty for none. ``sides`` is the pages a sheet.
    Raises ContentError for a panel that cannot be printed.
    """
    setting = forme.desk.set(panel) if panel else None
    fields = tuple(cell.field for cell in setting.cells) if setting else ()
    kind = Kind(fields, sides, bool(code), alone=True)
    master = _master(forme, forme.height(setting), kind)
    return Single(master.impression(setting, code), master.pages)


@lru_cache(maxsize=_MASTERS)
def _master(forme: Forme, height: int, kind: Kind) -> "_Master":
    return _Master(forme, height, kind)


class _Master:
    """The part of a file that all rows of one kind share, written already."""

    def __init__(self, forme: Forme, height: int, kind: Kind) -> None:
        self._held = BytesIO()
        file = self._file = Streamed(self._held)
        self._stock = stock = Stock()
        root = file.reserve()
        self._cast = cast = Cast(file, stock, forme, forme.plate(height), kind, f"{root} 0 R")
        self._labels = file.reserve() if kind.fields else 0
        self._streams = [file.reserve() for _ in cast.rows]
        self.pages = cast.pages
        self._prepare(forme)
        self._references = {name: file.add(font_object(file, one.subset())) for name, one in stock.fonts.items()}
        self._references |= {name: file.add(picture_object(*one)) for name, one in stock.pictures.items()}
        pages = file.reserve()
        rows = Rows(file, cast.record)
        first = rows.next()
        rows.add(0, [*[pages] * cast.pages, self._labels, *self._streams])
        rows.flush()
        kids = " ".join(f"{first + place} 0 R" for place in range(cast.pages))
        file.put(pages, Body(f"<< /Type /Pages /Count {cast.pages} /Kids [{kids}] >>"))
        parents = file.add(Body(f"<< /Kids [{first + cast.leaf} 0 R] >>"))
        top = f"/K {first + cast.document} 0 R /ParentTree {parents} /ParentTreeNextKey {cast.keys}"
        file.put(root, Body(f"<< /Type /StructTreeRoot {top} /RoleMap {roles()} >>"))
        self._end(forme, f"/Pages {pages} 0 R", f"/StructTreeRoot {root} 0 R", first)

    def _prepare(self, forme: Forme) -> None:
        """Give codes to the letters that every panel and sheet code may use."""
        self._faces = faces = Faces(forme.fonts, self._stock)
        self._known: dict[tuple[tuple[str, int, float], ...], Stream] = {}
        if self._cast.kind.fields:
            for line in (forme.desk.plain_line(_BASIC), *(lines[0] for lines in forme.desk.labels.values())):
                faces.line(line)

    def _end(self, forme: Forme, pages: str, root: str, first: int) -> None:
        file, cast = self._file, self._cast
        about = About.of(forme.leaflet)
        issued = forme.request.issued
        outlines = f" /Outlines {first + int(cast.outline[2:-5])} 0 R" if cast.outline else ""
        direction = " /Direction /R2L" if forme.leaflet.direction == "rtl" else ""
        self._root = file.add(Body(catalogue_object(file, about, issued, pages, root, outlines, direction)))
        self._about = file.add(Body(information(about, issued)))
        file.flush()
        self._fonts = cast.fonts

    def _label_stream(self, setting: Setting) -> Stream:
        known = self._known.get(setting.layout)
        if known is None:
            known = self._known[setting.layout] = Stream("", self._cast.label_content(setting))
        return known

    def impression(self, setting: Setting | None, code: str) -> bytes:
        """Return the whole file of one row."""
        cast = self._cast
        target = BytesIO()
        target.write(self._held.getbuffer())
        file = self._file.copy(target)
        extra = self._faces.extra = Stock()
        cast.fonts = [dict(fonts) for fonts in self._fonts]
        if setting:
            file.put(self._labels, self._label_stream(setting))
        for number, content in zip(self._streams, cast.contents(setting, code, self._faces), strict=True):
            file.put(number, Stream("", content, compress=False))
        references = self._references
        if extra.fonts:
            own = {f"E{name}": file.add(font_object(file, one.subset())) for name, one in extra.fonts.items()}
            references = {**references, **own}
        for number, body in cast.drawn(references):
            file.put(number, body, alone=True)
        file.close(self._root, self._about)
        return target.getvalue()
