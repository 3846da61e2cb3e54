"""What sets leaflets for a run: the press's own formes, panels and files."""

from datetime import date
from io import BytesIO
from typing import BinaryIO, Final

from handouts.findings import Finding
from handouts.library import Library
from handouts.model.request import Request
from handouts.pdf.paint import Stock
from handouts.pdf.streamed import Streamed
from handouts.press.alone import single as one_file
from handouts.press.forme import Forme
from handouts.press.forme import forme_of as set_forme
from handouts.press.impression import Cast, Kind
from handouts.press.jobs import Panel
from handouts.press.merge import MergedFile
from handouts.press.settings import Settings
from handouts.press.work import Tools

_LONG: Final = 6  # pages: shorter leaflets surely have no more parts than a print file can repeat


def forme_of(request: Request, library: Library) -> Forme:
    """Return the forme of a request; a long leaflet is painted once, to see that print files can repeat it."""
    forme = set_forme(request, library)
    plate = forme.plate()
    if len(plate.pages) > _LONG:
        Cast(Streamed(BytesIO()), Stock(), forme, plate, Kind((), 1, False), "1 0 R")
    return forme


def check_panel(panel: Panel, forme: Forme, allow_overflow: bool) -> tuple[Finding, ...]:
    """Return what forbids to print a panel; nothing of its values."""
    return forme.desk.check(panel, allow_overflow=allow_overflow)


def single(forme: Forme, panel: Panel, code: str, settings: Settings) -> tuple[bytes, int]:
    """Return one row's PDF and how many pages it has."""
    return one_file(forme, panel, code, settings.sides)


def merged(stream: BinaryIO, settings: Settings, key: str, issued: date) -> MergedFile:
    """Return a file of many leaflets on its way to a stream."""
    return MergedFile(stream, title=f"Print run {key}", issued=issued, sides=settings.sides)


TOOLS: Final = Tools(forme_of, check_panel, single, merged)
