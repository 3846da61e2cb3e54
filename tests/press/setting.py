"""What tests of formes and impressions share: formes made once, a panel, and what a file says of each leaflet."""

from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

import pikepdf

from handouts.model.request import Request
from handouts.press.forme import Forme, forme_of
from handouts.press.jobs import Panel
from handouts.press.merge import MergedFile, Summary
from tests.conftest import ISSUED, TOPIC, built_in
from tests.road.reading import to_unicode

PANEL = Panel(
    name="Anna Maria Sample",
    date="3 December 2026",
    clinician="Dr O. Fernández",
    appointment="12 January 2027, 10:30",
    note="Bring your medicines and creams.",
    reference="R-000123",
)


@lru_cache(maxsize=64)
def forme(locale: str = "en", cause: str = "follicular-keratosis", **other: str) -> Forme:
    request = Request(topic=TOPIC, cause=cause, locale=locale, issued=ISSUED, draft=True, **other)
    return forme_of(request, built_in())


def merged(*leaflets: tuple[Forme, Panel], sides: int = 1, copies: int = 1, code: str = "K7M2QX-") -> bytes:
    """A file with these leaflets, numbered from 1."""
    return merged_with(*leaflets, sides=sides, copies=copies, code=code)[0]


def merged_with(
    *leaflets: tuple[Forme, Panel], sides: int = 1, copies: int = 1, code: str = "K7M2QX-"
) -> tuple[bytes, Summary]:
    out = BytesIO()
    file = MergedFile(out, title="Print run K7M2QX", issued=ISSUED, sides=sides)  # type: ignore[arg-type]
    for number, (one, panel) in enumerate(leaflets, 1):
        file.add(one, panel, copies, f"{code}{number:06}" if code else "")
    summary = file.close()
    return out.getvalue(), summary


class Part(NamedTuple):
    """One document of a file's structure: its language, and the texts of its panel by the roles of their elements."""

    lang: str
    text: str
    values: tuple[str, ...]


def documents(data: bytes) -> list[Part]:
    """Every document that the structure tree holds, read as a screen reader does: marks by element, codes by font."""
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = {page.obj.objgen: _marks(page) for page in pdf.pages}
        top = pdf.Root.StructTreeRoot.K
        roots = top if isinstance(top, pikepdf.Array) else [top]
        return [_part(root, pages) for root in roots]


def _part(root: pikepdf.Object, pages: dict[tuple[int, int], dict[int, str]]) -> Part:
    asides = [kid for kid in root.K if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Aside"]
    panel = next((kid for kid in asides if isinstance(kid.K, pikepdf.Dictionary) and kid.K.S == "/L"), None)
    inner = None if panel is None else panel.K.K
    items = inner if isinstance(inner, pikepdf.Array) else [] if inner is None else [inner]
    values = tuple(_text(item.K[1], pages) for item in items)
    return Part(str(root.get("/Lang", "")), _text(root, pages), values)


def _text(element: pikepdf.Object, pages: dict[tuple[int, int], dict[int, str]]) -> str:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    parts = []
    for kid in kids:
        if isinstance(kid, int):
            parts.append(pages[element.Pg.objgen].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            parts.append(pages[kid.Pg.objgen].get(int(kid.MCID), ""))
        elif "/S" in kid:
            parts.append(_text(kid, pages))
    return " ".join(parts)


def _marks(page: pikepdf.Page) -> dict[int, str]:
    fonts = {name: to_unicode(font) for name, font in page.obj.Resources.get("/Font", pikepdf.Dictionary()).items()}
    marks: dict[int, str] = {}
    stack: list[tuple[str, int]] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                mark = operands[1].get("/MCID") if len(operands) > 1 else None
                stack.append((str(operands[0]), -1 if mark is None else int(mark)))
            case "EMC":
                stack.pop()
            case "Tf":
                font = str(operands[0])
            case "TJ":
                codes = b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
                pairs = [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
                text = "".join(fonts[font][code] for code in pairs)
                text = text[::-1] if any(tag == "/ReversedChars" for tag, _ in stack) else text
                place = next((mark for _, mark in reversed(stack) if mark >= 0), -1)
                marks[place] = marks.get(place, "") + text
    return marks
