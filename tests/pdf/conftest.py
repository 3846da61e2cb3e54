"""A small setter of its own, so that writing is tested without typesetting: lines of text, one under the other."""

import datetime
import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz as hb

import handouts
from handouts.model.authored import Brand, Palette
from handouts.model.leaflet import (
    Artwork,
    Callout,
    Definition,
    Definitions,
    Figure,
    Furniture,
    Heading,
    Item,
    Leaflet,
    Listing,
    Paragraph,
    Row,
    Section,
    Span,
    WriteLines,
)
from handouts.model.page import Artifact, Box, Cluster, FontFile, GlyphRun, LinkArea, Owner, Page, Picture
from handouts.pdf.writer import write

FONTS = Path(handouts.__file__).parent / "fonts"
PALETTE = Palette(
    ink="#222222",
    muted="#555555",
    primary="#004488",
    on_primary="#ffffff",
    accent="#aa2200",
    tint="#eef2f7",
    line="#cccccc",
    safety="#aa0000",
    safety_tint="#ffeeee",
)
ICON = Artwork(
    name="icon.svg",
    media="svg",
    data=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" stroke="currentColor">'
    b'<path d="M3 4a5 5 0 0 1 8 2z" fill="currentColor"/><circle cx="12" cy="12" r="5"/></g></svg>',
)


@cache
def face(name: str) -> FontFile:
    return FontFile(name, (FONTS / f"{name}.ttf").read_bytes())


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(face(name).data))


def clusters(name: str, text: str, rtl: bool = False) -> tuple[Cluster, ...]:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(c) for c in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(_font(name), buffer, {"dlig": False})
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    made: dict[int, list[tuple[int, int, int]]] = {}
    widths: dict[int, int] = {}
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        x = widths.get(info.cluster, 0)
        made.setdefault(info.cluster, []).append((info.codepoint, x + at.x_offset, at.y_offset))
        widths[info.cluster] = x + at.x_advance
    return tuple(Cluster(text[start : ends[start]], tuple(made[start]), widths[start]) for start in made)


class Sheet:
    """Collects lines and other items on one page."""

    def __init__(self) -> None:
        self.items: list[object] = []
        self.y = 40.0

    def line(self, place, *texts: str, name="NotoSans-Regular", size=12.0, rtl=False, x=60.0) -> None:
        """Put runs side by side on the next line; a (span, text) pair gives the run its span."""
        self.y += 1.5 * size
        for text in texts:
            owner = place
            if isinstance(text, tuple):
                owner, text = place._replace(span=text[0]), text[1]
            run = GlyphRun(owner, x, self.y, name, 1000, size, "#222222", clusters(name, text, rtl), rtl)
            if owner is not place and owner.span == 1:
                self.items.append(LinkArea(owner, x, self.y - size, run.width, size, "https://example.org/a"))
            x += run.width
            self.items.append(run)

    def add(self, item: object) -> None:
        self.items.append(item)

    def page(self) -> Page:
        return Page(595.0, 842.0, tuple(self.items))


def leaflet(*blocks, lang="en", direction="ltr", pictures=None, title="Lumps on the back") -> Leaflet:
    return Leaflet(
        title=title,
        subject="What they are & how to care",
        lang=lang,
        direction=direction,
        script="Latn",
        brand=Brand(id="clinic", name="Clinic <North>", palette=PALETTE),
        version="1",
        furniture=Furniture(header=(), footer=(), page=Span(text="")),
        pictures=pictures or {},
        blocks=tuple(blocks),
    )


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(text=text) for text in texts)


@pytest.fixture(scope="session")
def kit():
    """Give tests the pieces above under one name."""

    class Kit:
        pass

    kit = Kit()
    kit.face, kit.clusters, kit.Sheet, kit.leaflet, kit.spans, kit.icon = (
        face,
        clusters,
        Sheet,
        leaflet,
        spans,
        ICON,
    )
    kit.faces = ("NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular", "NotoSansDevanagari-Regular")

    def written(blocks, *pages, **more) -> bytes:
        pictures = more.pop("pictures", {"icon.svg": ICON})
        return write(
            leaflet(*blocks, **more),
            pages,
            tuple(face(name) for name in kit.faces),
            pictures=pictures,
            issued=datetime.date(2026, 3, 31),
        )

    kit.write = written
    kit.read = Read
    kit.blocks, kit.sheets = BLOCKS, sheets
    return kit


BLOCKS = (
    Heading(id=1, level=1, spans=spans("Lumps on your back")),
    Paragraph(
        id=2,
        spans=(
            Span(text="Read more at "),
            Span(text="our page (free)", href="https://example.org/a"),
            Span(text=" or ask "),
            Span(text="den Arzt", lang="de"),
            Span(text="."),
        ),
    ),
    Callout(
        id=3,
        kind="safety",
        figure=Figure(id=4, artwork=ICON, alt="No squeezing"),
        blocks=(Heading(id=5, level=2, spans=spans("Never squeeze")), Paragraph(id=6, spans=spans("It hurts."))),
    ),
    Section(
        id=7,
        kind="card",
        blocks=(
            Heading(id=8, level=2, spans=spans("What to do")),
            Listing(
                id=9,
                kind="number",
                items=(
                    Item(
                        id=10,
                        label="1.",
                        blocks=(Paragraph(id=11, spans=spans("Wash every day")),),
                        figure=Figure(id=12, artwork=ICON, alt="A shower"),
                    ),
                    Item(id=13, label="2.", blocks=(Paragraph(id=14, spans=spans("Brush gently")),)),
                ),
            ),
        ),
    ),
    Section(
        id=15,
        kind="plain",
        blocks=(
            Definitions(
                id=16,
                entries=(Definition(id=17, term=spans("Urea"), details=spans("An ointment")),),
            ),
            Paragraph(id=18, spans=spans("This is never painted")),
        ),
    ),
    Row(
        id=19,
        cells=(
            Section(
                id=20, kind="plain", lang="ar", direction="rtl", blocks=(Paragraph(id=21, spans=spans("اغسل ظهرك")),)
            ),
            Section(id=22, kind="card", blocks=(Paragraph(id=23, spans=spans("हिन्दी कर्म")),)),
        ),
    ),
    Listing(id=24, kind="tick", items=(Item(id=25, label="☐", blocks=(Paragraph(id=26, spans=spans("Done")),)),)),
    WriteLines(id=27, count=3),
)


def sheets() -> tuple[Page, Page]:
    """Paint the blocks above, partly out of order, on two pages."""
    one, two = Sheet(), Sheet()
    one.line(Artifact("Header"), "The clinic")
    one.line(Owner(1), "Lumps on your back", name="NotoSans-Bold", size=20)
    one.line(Owner(2), "Read more at ", (1, "our page "))
    one.line(Owner(2), (1, "(free)"), " or ask ", (3, "den Arzt"), ".")
    one.add(Box(Artifact("Layout"), 50, 200, 400, 80, "#eef2f7", "#aa0000", 1.0, 4.0))
    one.line(Owner(6), "It hurts.", size=11)
    one.line(Owner(5), "Never squeeze")
    one.add(Picture(Owner(4, "figure"), 60, 210, 24, 24, "icon.svg", "#aa0000"))
    one.line(Owner(8), "What to do")
    one.add(Box(Owner(8), 60, 300, 50, 1, "#000000"))
    one.line(Owner(10, "label"), "1. ")
    one.add(Picture(Owner(12, "figure"), 60, 310, 24, 24, "icon.svg", "#004488"))
    one.line(Owner(11), "Wash every ")
    one.line(Artifact("Footer"), "Page 1 of 2")
    two.line(Owner(11), "day")
    two.line(Owner(13, "label"), "2. ")
    two.line(Owner(14), "Brush gently")
    two.line(Owner(17, "label"), "Urea")
    two.line(Owner(17), "An ointment")
    two.line(Owner(21), "اغسل ظهرك", name="NotoSansArabic-Regular", rtl=True)
    two.line(Owner(23), "हिन्दी कर्म", name="NotoSansDevanagari-Regular")
    two.add(Box(Owner(25, "label"), 60, 400, 10, 10, stroke="#000000", line=0.8))
    two.line(Owner(26), "Done")
    two.add(Box(Artifact("Layout"), 60, 500, 300, 0.5, "#cccccc"))
    return one.page(), two.page()


@pytest.fixture(scope="session")
def sample(kit) -> bytes:
    """A leaflet with every kind of block on two pages, as written."""
    return kit.write(BLOCKS, *sheets())


class Read:
    """A written file as a strict reader sees it: structure with logical text, marks and artifacts per page."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.marks: dict[tuple[int, int], str] = {}
        self.artifacts: list[str] = []
        self.loose: list[str] = []
        for index, page in enumerate(self.pdf.pages):
            self._page(index, page)

    def tree(self) -> list:
        """Return the structure as nested lists: role, then texts (joined) and elements in reading order."""
        return self._element(self.pdf.Root.StructTreeRoot.K)

    def kids(self, element) -> list:
        kids = element.get("/K")
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def mark_of(self, element, kid) -> tuple[int, int] | None:
        """Return the page and the MCID that a kid stands for, if it is one."""
        pages = [page.objgen for page in self.pdf.pages]
        if isinstance(kid, int):
            return pages.index(element.Pg.objgen), kid
        if kid.get("/Type") == "/MCR":
            return pages.index(kid.Pg.objgen), int(kid.MCID)
        return None

    def elements(self):
        todo = [self.pdf.Root.StructTreeRoot.K]
        while todo:
            element = todo.pop()
            yield element
            todo += [kid for kid in self.kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    def _element(self, element) -> list:
        found: list = [str(element.S)[1:]]
        for kid in self.kids(element):
            mark = self.mark_of(element, kid)
            if mark is not None:
                text = self.marks[mark]
                if len(found) > 1 and isinstance(found[-1], str):
                    found[-1] += text
                else:
                    found.append(text)
            elif kid.get("/Type") == "/OBJR":
                found.append(("link", str(kid.Obj.A.URI)))
            else:
                found.append(self._element(kid))
        return found

    def _page(self, index: int, page) -> None:
        stack: list[tuple[str, int | None]] = []
        depth = {"BT": 0, "q": 0}
        opened: list[dict[str, int]] = []
        table: dict[str, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                mcid = operands[1].get("/MCID") if name == "BDC" else None
                assert mcid is None or not any(one is not None for _, one in stack), "nested MCIDs"
                stack.append((str(operands[0]), mcid))
                opened.append(dict(depth))
            elif name == "EMC":
                stack.pop()
                assert opened.pop() == depth, "a sequence straddles a text object or a saved state"
            elif name in ("BT", "q"):
                depth[name] += 1
            elif name in ("ET", "Q"):
                depth["BT" if name == "ET" else "q"] -= 1
            elif name == "Tf":
                table = _unicode(page.Resources.Font[str(operands[0])])
            elif name in ("TJ", "f", "S", "B", "Do", "sh", "Tj"):
                self._painted(index, stack, _shown(operands[0], table, stack) if name == "TJ" else "")

    def _painted(self, index: int, stack: list, text: str) -> None:
        mcid = next((one for _, one in stack if one is not None), None)
        if mcid is not None:
            self.marks[index, int(mcid)] = self.marks.get((index, int(mcid)), "") + text
        elif any(tag == "/Artifact" for tag, _ in stack):
            self.artifacts.append(text)
        else:
            self.loose.append(text)


def _shown(operand, table: dict[str, str], stack: list) -> str:
    codes = b"".join(bytes(part) for part in operand if isinstance(part, pikepdf.String)).hex().upper()
    text = "".join(table[codes[at : at + 4]] for at in range(0, len(codes), 4))
    return text[::-1] if any(tag == "/ReversedChars" for tag, _ in stack) else text


def _unicode(font) -> dict[str, str]:
    lines = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().decode())
    return {code: bytes.fromhex(text).decode("utf-16-be") for code, text in lines if code != "0000"}


@pytest.fixture(scope="session")
def read(sample) -> Read:
    return Read(sample)
