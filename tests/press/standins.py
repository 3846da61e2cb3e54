"""Stand-ins for what sets leaflets: as fast as can be, with files that say plainly what is in them.

Module-level functions, so that workers in other processes can be told of them.
"""

import json
import os
import signal
import time
from datetime import date
from typing import BinaryIO, NamedTuple

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.library import Library
from handouts.model.request import Request
from handouts.press.jobs import Panel
from handouts.press.settings import Settings
from handouts.press.work import Tools

DEADLY = "deadly"
SLOW = "slow"
SPOILT = "spoilt"
SKULL = "☠"


class Forme(NamedTuple):
    stem: str
    version: str
    translation: str
    findings: tuple[Finding, ...] = (Finding("topic.unreviewed", Severity.WARNING, "Never reviewed."),)


class Placed(NamedTuple):
    pages: int
    sheets: int


def forme_of(request: Request, library: Library) -> Forme:
    topic = library.topic(request.topic)
    if request.brand == "meadow-practice":
        raise ContentError("The brand is broken.", "Mend it.")
    return Forme(request.stem, topic.version, library.catalogue(request.locale, topic.id).status)


def deadly_forme_of(request: Request, library: Library) -> Forme:
    if request.locale == "ar":
        os.kill(os.getpid(), signal.SIGKILL)
    return forme_of(request, library)


def check_panel(panel: Panel, forme: Forme, allow_overflow: bool) -> tuple[Finding, ...]:
    if SKULL in panel.name:
        return (Finding("panel.glyph", Severity.ERROR, "No face has U+2620.", Where(column="name"), "Write it."),)
    return ()


def single(forme: Forme, panel: Panel, code: str, settings: Settings) -> tuple[bytes, int]:
    _suffer(panel)
    return b"%PDF " + _line(forme, panel, 1, code), 2


def merged(stream: BinaryIO, settings: Settings, key: str, issued: date) -> "Merged":
    return Merged(stream)


class Merged:
    full = False

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        stream.write(b"%PDF\n")

    def add(self, forme: Forme, panel: Panel, copies: int, code: str) -> Placed:
        _suffer(panel)
        self.stream.write(_line(forme, panel, copies, code))
        return Placed(2 * copies, copies)

    def separator(self, lines: tuple[str, ...]) -> Placed:
        self.stream.write(("-- " + " | ".join(lines) + "\n").encode())
        return Placed(2, 1)

    def close(self) -> None:
        self.stream.write(b"%%EOF\n")


def _line(forme: Forme, panel: Panel, copies: int, code: str) -> bytes:
    words = {name: getattr(panel, name) for name in panel.__struct_fields__}
    return (json.dumps([code, forme.stem, copies, words]) + "\n").encode()


def _suffer(panel: Panel) -> None:
    if panel.note == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    if panel.note == SLOW:
        time.sleep(0.02)
    if panel.note == SPOILT:
        raise ValueError(panel.name)


TOOLS = Tools(forme_of, check_panel, single, merged)
