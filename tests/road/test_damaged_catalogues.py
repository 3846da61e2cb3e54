"""Random edits to PO files, on the whole road to the leaflet: an error with its place, or the leaflet as it was.

An edit that leaves a sound PO file with other words in it is a translation, and nothing can tell it from a person's.
What holds of it is that the leaflet says what the file says: polib, which shares no code with us, reads the same.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from handouts.errors import ContentError
from handouts.findings import errors
from handouts.library import Library
from handouts.make import make
from handouts.model.request import Rendering, Request
from tests.conftest import CAUSES, FUZZ, ISSUED, ROOT, TOPIC

LOCALES = ("es", "ar", "th")
DOMAINS = (TOPIC, "handouts")
HUGE = b'\nmsgctxt "huge"\nmsgid "Huge"\nmsgstr "' + b"x" * 10_000_000 + b'"\n'
PLURALS = (
    b"nplurals=INTEGER; plural=EXPRESSION;",
    b"nplurals=99; plural=n",
    b"",
    b"nplurals=2; plural=__import__('os');",
    b"\\n\\n",
    b"nplurals=2; plural=(n != 1",
)
PIECES = (
    b'"',
    b"\\",
    b"\n",
    b"#",
    b"#~ ",
    b"#| ",
    b"#, fuzzy\n",
    b"msgid ",
    b'msgstr ""\n',
    b"msgctxt ",
    b"\x00",
    b"\r",
)


def place_in(draw: st.DrawFn, data: bytes) -> int:
    return draw(st.integers(0, len(data)))


def truncated(draw: st.DrawFn, data: bytes) -> bytes:
    return data[: place_in(draw, data)]


def beheaded(draw: st.DrawFn, data: bytes) -> bytes:
    return data[place_in(draw, data) :]


def with_bad_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    at = place_in(draw, data)
    return data[:at] + draw(st.binary(min_size=1, max_size=6)) + data[at:]


def overwritten(draw: st.DrawFn, data: bytes) -> bytes:
    at, size = place_in(draw, data), draw(st.integers(0, 60))
    return data[:at] + draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))) + data[at + size :]


def repeated(draw: st.DrawFn, data: bytes) -> bytes:
    """A message twice, its second time perhaps with other words or among the obsolete ones."""
    blocks = data.split(b"\n\n")
    block = draw(st.sampled_from(blocks))
    block = draw(
        st.sampled_from(
            [
                block,
                re.sub(rb'(?m)^msgstr ".*"$', b'msgstr "Otra cosa"', block),
                re.sub(rb"(?m)^(?=msg)", b"#~ ", block),
                re.sub(rb"(?m)^msgctxt .*\n", b"", block),
            ]
        )
    )
    blocks.insert(draw(st.integers(0, len(blocks))), block)
    return b"\n\n".join(blocks)


def without_a_message(draw: st.DrawFn, data: bytes) -> bytes:
    blocks = data.split(b"\n\n")
    del blocks[draw(st.integers(0, len(blocks) - 1))]
    return b"\n\n".join(blocks)


def without_a_line(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.split(b"\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    return b"\n".join(lines)


def with_lines_swapped(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def with_wrong_plurals(draw: st.DrawFn, data: bytes) -> bytes:
    new = draw(st.sampled_from(PLURALS))
    if draw(st.booleans()):
        return re.sub(rb"(?<=Plural-Forms: )[^\\]*", lambda _: new, data)
    return data.replace(b"\nmsgstr ", b"\nmsgstr[0] ", draw(st.integers(1, 90)))


def recoded(draw: st.DrawFn, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    coding = draw(st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1"]))
    return text.encode(coding, "replace")


def with_nul(draw: st.DrawFn, data: bytes) -> bytes:
    at = place_in(draw, data)
    return data[:at] + b"\x00" + data[at:]


def with_huge_message(draw: st.DrawFn, data: bytes) -> bytes:
    """Mostly just over the longest message: ten million bytes at a time would only wear the disk."""
    return data + (HUGE if draw(st.integers(0, 9)) == 5 else HUGE.replace(b"x" * 9_989_000, b""))


def with_long_message(draw: st.DrawFn, data: bytes) -> bytes:
    return re.sub(
        rb'(?m)(?<=^msgstr ")(?=.*"$)', b"x" * draw(st.integers(1, 20_000)), data, count=draw(st.integers(1, 9))
    )


def with_crlf(draw: st.DrawFn, data: bytes) -> bytes:
    return data.replace(b"\n", draw(st.sampled_from([b"\r\n", b"\r", b"\n\n", b" \n"])))


EDITS = (
    truncated,
    beheaded,
    with_bad_bytes,
    overwritten,
    overwritten,
    repeated,
    without_a_message,
    without_a_line,
    with_lines_swapped,
    with_wrong_plurals,
    recoded,
    with_nul,
    with_long_message,
    with_crlf,
    with_huge_message,
)


class Shelf:
    """A library with some locales, and what its leaflets say when nothing is damaged."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.sound = {}
        self.outcomes: Counter[str] = Counter()
        for locale in LOCALES:
            shutil.copytree(ROOT / "locales" / locale, root / "locales" / locale)
        self.library = Library((root,))
        for locale in LOCALES:
            for domain in DOMAINS:
                self.sound[locale, domain] = self.path(locale, domain).read_bytes()
        self.texts = {(locale, cause): self.made(locale, cause).data for locale in LOCALES for cause in CAUSES}
        self.words = {place: read_by_polib(data) for place, data in self.sound.items()}

    def path(self, locale: str, domain: str) -> Path:
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"

    def put(self, locale: str, domain: str, data: bytes) -> None:
        """Write a file so that the library sees that it has changed, however fast we are."""
        self.written += 1
        path = self.path(locale, domain)
        path.write_bytes(data)
        os.utime(path, ns=(self.written, self.written))

    def made(self, locale: str, cause: str) -> Rendering:
        return make(Request(topic=TOPIC, cause=cause, locale=locale, issued=ISSUED, to="text"), self.library)


def read_by_polib(data: bytes) -> dict[str, str]:
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return {entry.msgctxt: entry.msgstr for entry in polib.pofile(text) if not entry.obsolete}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    found = Shelf(tmp_path_factory.mktemp("shelf"))
    yield found
    assert found.outcomes["refused"]
    assert found.outcomes["the same"]


@st.composite
def edits(draw: st.DrawFn) -> list[Callable[[st.DrawFn, bytes], bytes]]:
    return draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3))


@settings(max_examples=FUZZ, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_catalogue_never_makes_a_wrong_leaflet(shelf: Shelf, data: st.DataObject) -> None:
    locale = data.draw(st.sampled_from(LOCALES))
    domain = data.draw(st.sampled_from(DOMAINS))
    cause = data.draw(st.sampled_from(CAUSES))
    damaged = shelf.sound[locale, domain]
    for edit in data.draw(edits()):
        damaged = edit(data.draw, damaged)
    try:
        shelf.put(locale, domain, damaged)
        outcome = look(shelf, locale, domain, cause, damaged)
    finally:
        shelf.put(locale, domain, shelf.sound[locale, domain])
    shelf.outcomes[outcome] += 1
    event(outcome)


def look(shelf: Shelf, locale: str, domain: str, cause: str, damaged: bytes) -> str:
    try:
        made = shelf.made(locale, cause)
    except ContentError as error:
        found = errors(error.findings)
        assert found, error.message
        for finding in found:
            assert finding.where.file or finding.where.key or finding.where.domain
            if finding.rule.startswith("po.") or finding.rule == "file.encoding":
                assert finding.where.line, finding
        return "refused"
    catalogue = shelf.library.catalogue(locale, TOPIC)
    said = {key.context: message.text for key, message in catalogue.messages.items() if key.domain == domain}
    changed = {key: text for key, text in said.items() if text != shelf.words[locale, domain].get(key)}
    if not changed:
        assert made.data == shelf.texts[locale, cause]
        return "the same"
    theirs = read_by_polib(damaged)
    assert changed == {key: theirs.get(key) for key in changed}
    return "other words"
