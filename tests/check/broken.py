"""A good leaflet, and ways to break it in one point each."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

from tests.conftest import rendered

Change = Callable[[Pdf], object]


@lru_cache(maxsize=1)
def good() -> bytes:
    """Return a real leaflet with headings, lists, pictures and links, on one page."""
    return rendered("follicular-keratosis", brand="harbour-clinic").pdf


def broken(change: Change, **save: object) -> bytes:
    """Return the good leaflet with one thing changed."""
    with pikepdf.open(BytesIO(good())) as pdf:
        change(pdf)
        out = BytesIO()
        how = save or {"static_id": True, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
        mode = pikepdf.ObjectStreamMode.disable
        pdf.save(out, object_stream_mode=mode, compress_streams=False, fix_metadata_version=False, **how)
    return out.getvalue()


def elements(pdf: Pdf, role: str = "") -> Iterator[Object]:
    """Give the structure elements of a role, or all."""
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/P" in one and "/S" in one and (not role or role == one.S):
            yield one


def first(pdf: Pdf, role: str) -> Object:
    return next(elements(pdf, role))


def holder(pdf: Pdf, role: str = "") -> Object:
    """Return an element of a role that owns a mark."""
    return next(one for one in elements(pdf, role) if "/K" in one and _marks(one))


def _marks(one: Object) -> list[int]:
    kids = one.K if isinstance(one.K, Array) else [one.K]
    return [int(kid) for kid in kids if not isinstance(kid, Object)]


def font(pdf: Pdf) -> Object:
    """Return the font of the body text."""
    return pdf.pages[0].Resources.Font["/F2"]


def cid_font(pdf: Pdf) -> Object:
    return font(pdf).DescendantFonts[0]


def content(pdf: Pdf, edit: Callable[[bytes], bytes]) -> None:
    """Replace the first page's content."""
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(edit(page.Contents.read_bytes()))


def to_unicode(pdf: Pdf, edit: Callable[[bytes], bytes]) -> None:
    stream = font(pdf).ToUnicode
    stream.write(edit(stream.read_bytes()))


def xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


def link(pdf: Pdf) -> Object:
    return pdf.pages[0].Annots[0]


def add_state(pdf: Pdf, **values: object) -> None:
    page = pdf.pages[0]
    states = page.Resources.get("/ExtGState", Dictionary())
    states["/GSx"] = Dictionary(**values)
    page.Resources.ExtGState = states
