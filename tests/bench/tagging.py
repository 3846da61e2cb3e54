"""What tags cost: time against the same pages painted without a structure, size against the same file without tags."""

import io
import re
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import pikepdf
from msgspec.structs import replace
from rich.table import Table

from handouts.library import Library
from handouts.make import load, make
from handouts.model.leaflet import Leaflet
from handouts.model.page import Artifact, LinkArea, Page
from handouts.model.request import Rendering, Request
from handouts.pdf.writer import write
from tests.conftest import ISSUED, TOPIC

MOST_TIME, MOST_SIZE = 0.25, 0.30
"""The bars: how much tags may add to the time of a warm leaflet, and to its size."""

ROUNDS = 25
LOCALES = ("en", "ar", "hi", "th", "zh-Hans", "ru")
_MARKS = re.compile(rb"^(?:/\S+ (?:<<.*>> BDC|BMC)|EMC)\n?", re.MULTILINE)


class Cost(NamedTuple):
    """What tags add to one leaflet: milliseconds and bytes, each with its share of what there would be without."""

    locale: str
    time: float
    time_share: float
    size: int
    size_share: float


def measure(locale: str, library: Library) -> Cost:
    """Return what tags add to a leaflet on all causes."""
    rendering = make(Request(topic=TOPIC, locale=locale, issued=ISSUED), library)
    sources = load(rendering.request, library)
    bare = replace(rendering.leaflet, blocks=())
    blank = tuple(untagged(page) for page in rendering.pages)

    def written(leaflet: Leaflet, pages: tuple[Page, ...]) -> Callable[[], object]:
        return lambda: write(leaflet, pages, sources.fonts, pictures=rendering.leaflet.pictures, issued=ISSUED)

    whole, tagged, plain = in_turn(
        lambda: make(rendering.request, library),
        written(rendering.leaflet, rendering.pages),
        written(bare, blank),
    )
    spent = max(0.0, tagged - plain)
    with_tags, without = sizes(rendering)
    size = with_tags - without
    return Cost(locale, spent, spent / (whole - spent), size, size / without)


def untagged(page: Page) -> Page:
    """The page with everything on it painted as decoration, and no links."""
    layout = Artifact("Layout")
    items = (item for item in page.items if not isinstance(item, LinkArea))
    return Page(page.width, page.height, tuple(item._replace(place=layout) for item in items))


def in_turn(*runs: Callable[[], object]) -> list[float]:
    """The median time of each in milliseconds, measured in turn so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS + 2):
        for run, spent in zip(runs, times, strict=True):
            start = time.process_time()
            run()
            spent.append((time.process_time() - start) * 1000)
    return [statistics.median(spent[2:]) for spent in times]


def sizes(rendering: Rendering) -> tuple[int, int]:
    """The size of the file with and without its tags, both saved in the same way."""

    def saved(*, tagged: bool) -> int:
        with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
            if not tagged:
                del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
                for page in pdf.pages:
                    del page.StructParents
                    for link in page.get("/Annots", ()):
                        del link.StructParent
                    page.Contents = pdf.make_stream(_MARKS.sub(b"", page.Contents.read_bytes()))
            out = io.BytesIO()
            mode = pikepdf.ObjectStreamMode.generate
            pdf.save(out, object_stream_mode=mode, compress_streams=True, recompress_flate=True, static_id=True)
            return len(out.getvalue())

    return saved(tagged=True), saved(tagged=False)


def table(library: Library) -> Table:
    """The costs of some locales beside the bars."""
    found = Table("locale", "ms", f"of time (bar {MOST_TIME:.0%})", "bytes", f"of size (bar {MOST_SIZE:.0%})")
    found.title = "What tags cost, all causes, warm (median)"
    for cost in (measure(locale, library) for locale in LOCALES):
        found.add_row(
            cost.locale, f"{cost.time:.1f}", f"{cost.time_share:.0%}", str(cost.size), f"{cost.size_share:.0%}"
        )
    return found
