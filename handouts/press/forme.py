"""Formes: a leaflet composed, checked and set once, with room for what each impression says of one person."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from handouts.compose.localise import localise
from handouts.errors import ContentError
from handouts.findings import Finding
from handouts.library import Library
from handouts.make import load, made
from handouts.model.authored import Format
from handouts.model.leaflet import Block, Leaflet, Row, Slot
from handouts.model.locales import default_paper
from handouts.model.page import FontFile, Owner, Page, Picture
from handouts.model.request import Request
from handouts.press.panel import Desk, Setting
from handouts.press.values import FIELDS
from handouts.typeset.fonts import MANNERS
from handouts.typeset.furniture import Frame, count_foot_lines
from handouts.typeset.pages import PAPERS, paginate, theme_of

SLOT: Final = 900_000
"""The block id of the panel: beyond those of any leaflet and its companion."""

_OTHERS: Final = tuple(dict.fromkeys(f"{kind.family}-Regular" for script, kind in MANNERS.items() if script != "Aran"))
"""Faces for names in scripts other than the leaflet's; Nastaliq is too tall for lines that were not made for it."""

_PLATES: Final = 8  # settings of one leaflet with panels of different heights that are kept


class Room(NamedTuple):
    """Where the panel's text stands: its page (from 0) and its rectangle, in points from that page's top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Plate(NamedTuple):
    """A leaflet's pages around a panel of some number of lines; ``room`` is None without a panel.

    On the panel's page, the items before ``split`` come before the panel.
    """

    leaflet: Leaflet
    pages: tuple[Page, ...]
    room: Room | None = None
    split: int = 0


class Forme:
    """A leaflet ready for impressions; made by :func:`forme_of`. ``findings`` are what its checks saw.

    ``translation`` is the state of its catalogue, ``version`` that of its topic.

    ``desk`` sets its panels, in the leaflet's faces and those for all other scripts: ``fonts`` are both. All
    impressions with panels of one height share one plate.
    """

    def __init__(
        self,
        request: Request,
        plate: Plate,
        size: Format,
        fonts: Sequence[FontFile],
        others: Sequence[FontFile],
        labels: dict[str, str],
        findings: tuple[Finding, ...],
        translation: str,
    ) -> None:
        self.request, self.translation = request, translation
        self.fonts = tuple(dict.fromkeys((*fonts, *others)))
        self.findings = findings
        self.paper = request.paper or default_paper(request.locale)
        self._format, self._own = size, tuple(fonts)
        self._budget = 0 if request.companion else size.pages_tailored if request.cause else size.pages
        self._plates = {0: plate}
        theme = theme_of(plate.leaflet, size, self.fonts)
        foot_lines = count_foot_lines(plate.leaflet, theme, PAPERS[self.paper][0])
        self.desk = Desk(theme, labels, Frame.of(theme, *PAPERS[self.paper], foot_lines))

    @property
    def version(self) -> str:
        """Return the version of the leaflet's topic."""
        return self.leaflet.version

    @property
    def leaflet(self) -> Leaflet:
        """Return the leaflet without a panel."""
        return self._plates[0].leaflet

    def plate(self, lines: int = 0) -> Plate:
        """Return the leaflet's pages with room for a panel of so many lines; 0: without a panel.

        A panel can take a leaflet to one page more than its format allows: nothing is made smaller for it.
        """
        found = self._plates.get(lines)
        if found is None:
            if len(self._plates) > _PLATES:
                del self._plates[next(key for key in self._plates if key)]
            found = self._plates[lines] = self._cast(lines)
        return found

    def height(self, setting: Setting | None) -> int:
        """Return how many lines a panel's box has: the usual ones, or those it needs where the others cost a page."""
        if setting is None:
            return 0
        pages = len(self._plates[0].pages)
        if setting.needed < setting.height and len(self.plate(setting.height).pages) > pages:
            return setting.needed
        return setting.height

    def _cast(self, lines: int) -> Plate:
        leaflet = replace(self.leaflet, blocks=_with_slot(self.leaflet.blocks, lines))
        pages = paginate(leaflet, self._format, self.paper, self._own, self._budget)
        return _opened(leaflet, pages)


def _opened(leaflet: Leaflet, pages: Sequence[Page]) -> Plate:
    """Return the plate of a leaflet that has a slot: the marks of slots are taken off, the panel's is remembered."""
    room, split, clean = None, 0, []
    for index, page in enumerate(pages):
        items = []
        for item in page.items:
            if not isinstance(item, Picture) or item.name:
                items.append(item)
            elif item.place == Owner(SLOT):
                room, split = Room(index, item.x, item.y, item.width, item.height), len(items)
        clean.append(Page(page.width, page.height, tuple(items)))
    if room is None:
        raise ValueError("the leaflet has no room for its panel")
    return Plate(leaflet, tuple(clean), room, split)


def forme_of(request: Request, library: Library) -> Forme:
    """Return the forme of a request. Raises exactly what :func:`handouts.make.make` raises for it."""
    request = replace(request, to="pdf")
    sources = load(request, library)
    rendering = made(request, sources, library)
    words = localise(sources.words, sources.catalogue).words.get("panel", {})
    missing = [field for field in FIELDS if field not in words]
    if missing:
        raise ContentError(f"The shared words have no label for “{missing[0]}”.", "Add it under [words.panel].")
    labels = {field: str(words[field]) for field in FIELDS}
    others = library.fonts(_OTHERS, sources.brand)
    plate = Plate(rendering.leaflet, rendering.pages)
    return Forme(
        request, plate, sources.format, sources.fonts, others, labels, rendering.findings, sources.catalogue.status
    )


def _with_slot(blocks: tuple[Block, ...], lines: int) -> tuple[Block, ...]:
    """Return the blocks with the panel after the title.

    In a pair of languages it is on the leaflet's own side; level with it, the companion has an empty box.
    """
    slot: Block = Slot(id=SLOT, lines=lines)
    if isinstance(blocks[0], Row):
        empty = Slot(id=SLOT + 1, lines=lines)
        cells = [
            replace(cell, id=SLOT + place, blocks=(own,))
            for place, (cell, own) in enumerate(zip(blocks[0].cells, (slot, empty), strict=True), 2)
        ]
        slot = Row(id=SLOT + 4, cells=tuple(cells), pair=True)
    return (blocks[0], slot, *blocks[1:])
