"""How things look to a person or a machine: findings, tables, progress, errors.

What was asked for goes to stdout, talk goes to stderr. Colour and motion only on a terminal, and not with ``NO_COLOR``
or ``TERM=dumb``.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import Any, Final, Protocol, TextIO

from handouts.errors import CannotWrite, HandoutsError
from handouts.findings import Finding, Severity

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}

_BAR: Final = 24
# What a file or a person wrote must neither steer the terminal nor turn its line around.
_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Progress(Protocol):
    """What a long task calls after each step."""

    def __call__(self, label: str) -> None:
        """Say that one more step is done, and which."""


class Console:
    """The streams of one command. Nothing is kept: every call writes at once; talk that nobody hears is passed over."""

    def __init__(self, out: TextIO | None = None, talk: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.talk = talk or sys.stderr

    def data(self, text: str, head: str = "") -> None:
        """Write a line of what was asked for to stdout; ``head`` is a beginning of ours, perhaps in colour."""
        self.out.write(f"{head}{visible(text)}\n")

    def say(self, text: str, head: str = "") -> None:
        """Write a line of talk to stderr."""
        with suppress(OSError):
            self.talk.write(f"{head}{visible(text)}\n")
            self.talk.flush()

    def json(self, value: Any) -> None:
        """Write a value to stdout as JSON: keys sorted, two blanks of indent, UTF-8 as it is."""
        import msgspec

        packed = msgspec.json.format(msgspec.json.encode(value, order="sorted", enc_hook=_plain_text), indent=2) + b"\n"
        self.bytes(packed)

    def json_line(self, value: Any) -> None:
        """Write a value to stdout as one line of JSON, at once."""
        import msgspec

        self.bytes(msgspec.json.encode(value, order="sorted", enc_hook=_plain_text) + b"\n")

    def bytes(self, data: bytes) -> None:
        """Write bytes to stdout as they are, whatever encoding the terminal has."""
        self.out.flush()
        if isinstance(self.out, TextIOWrapper):
            self.out.buffer.write(data)
            self.out.buffer.flush()
        else:
            self.out.write(data.decode())

    def findings(self, findings: Iterable[Finding], *, asked: bool = False) -> None:
        """Show findings in their order, each with its place and its way out: on stdout if they were asked for."""
        stream, write = (self.out, self.data) if asked else (self.talk, self.say)
        for finding in findings:
            name = _paint(stream, finding.severity.value, _COLOURS[finding.severity])
            where = f"{finding.where}: " if str(finding.where) else ""
            write(f": {where}{finding.message} [{finding.rule}]", name)
            if finding.hint:
                write(f"  → {finding.hint}")

    def error(self, error: HandoutsError) -> None:
        """Show an error on stderr: what is wrong, where, and what to do; notes are left out, errors come first."""
        self.say(f": {error.message}", _paint(self.talk, "Error", "1;31"))
        only = error.findings[0] if len(error.findings) == 1 else None
        if only is not None and only.message == error.message:
            if str(only.where):
                self.say(f"  in {only.where}")
        else:
            grave = [finding for finding in error.findings if finding.severity is not Severity.NOTE]
            self.findings(sorted(grave, key=lambda finding: finding.severity is not Severity.ERROR))
        if error.hint:
            self.say(f"  → {error.hint}")

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show a table on stdout: framed on a terminal, else aligned columns under one line of heads."""
        cells = [tuple(map(visible, row)) for row in rows]
        if _lively(self.out):
            self._framed(title, columns, cells)
            return
        grid = [tuple(columns), *cells]
        widths = [max(_width(row[at]) for row in grid) for at in range(len(columns))]
        for row in grid:
            padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
            self.data("  ".join(padded).rstrip())

    @contextmanager
    def progress(self, total: int, *, plain: bool = False) -> Iterator[Progress]:
        """Give a call to make after each step: one line that moves on a terminal.

        Off a terminal nothing is shown, unless ``plain`` asks for a line every ten steps and one at the end.
        """
        lively, done, width = _lively(self.talk), 0, len(str(total))

        def step(label: str) -> None:
            nonlocal done
            done += 1
            line = f"[{done:>{width}}/{total}] {label}"
            if lively:
                self.talk.write(f"\r\x1b[K{line}")
                self.talk.flush()
            elif plain and (done % 10 == 0 or done == total):
                self.say(line)

        try:
            yield step
        finally:
            if lively and done:
                self.talk.write("\r\x1b[K")
                self.talk.flush()

    @contextmanager
    def meter(self) -> Iterator["Meter"]:
        """Give a bar that moves on a terminal while the block lasts, and shows nothing elsewhere."""
        meter = Meter(self.talk, lively=_lively(self.talk))
        try:
            yield meter
        finally:
            meter.clear()

    def _framed(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        import rich.console
        import rich.table
        import rich.text

        table = rich.table.Table(title=title, title_justify="left")
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*(rich.text.Text(cell) for cell in row))
        rich.console.Console(file=self.out).print(table)


class Meter:
    """How far a long task is: a bar with the rate, the time left, and how many steps failed."""

    def __init__(self, stream: TextIO, *, lively: bool) -> None:
        self._stream, self._lively = stream, lively
        self._name, self._total = "", 0
        self._begun = self._drawn = 0.0

    def phase(self, name: str, total: int) -> None:
        """Begin anew, with what is done now and how many steps it has; 0: not known."""
        self._name, self._total = name, total
        self._begun, self._drawn = monotonic(), 0.0

    def at(self, done: int, failed: int) -> None:
        """Show how many steps are done, at most ten times a second."""
        now = monotonic()
        if self._lively and now - self._drawn >= 0.1:
            self._drawn = now
            self._stream.write(f"\r\x1b[K{self.line(done, failed, now - self._begun)}")
            self._stream.flush()

    def line(self, done: int, failed: int, seconds: float) -> str:
        """Return what is shown after some seconds."""
        rate = done / seconds if seconds > 0 else 0.0
        parts = [f"{done:,}"]
        if self._total:
            part = min(done / self._total, 1.0)
            full = round(part * _BAR)
            parts = [f"{'━' * full}{'·' * (_BAR - full)} {part:4.0%}", f"{done:,} of {self._total:,}"]
        parts.append(f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
        if self._total and rate > 0 and done < self._total:
            minutes, left = divmod(int((self._total - done) / rate) + 1, 60)
            hours, minutes = divmod(minutes, 60)
            parts.append(f"{hours}:{minutes:02}:{left:02} left" if hours else f"{minutes}:{left:02} left")
        if failed:
            parts.append(f"{failed:,} failed")
        return f"{self._name} {' · '.join(parts)}"

    def clear(self) -> None:
        """Take the bar away."""
        if self._lively and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def unheard(error: OSError) -> CannotWrite:
    """Return the error for people that stands for the system's own, as standard output took nothing more."""
    from handouts.store import cannot_write

    return cannot_write(Path("Standard output"), error)


def visible(text: str) -> str:
    """Return a text with what could steer a terminal spelt out: control characters, embeddings (``<U+202E>``)."""
    return _STEERING.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def _plain_text(value: object) -> str:
    """Return a kind of string that msgspec does not know as a string."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no JSON form")


def _paint(stream: TextIO, text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _lively(stream) else text


def _lively(stream: TextIO) -> bool:
    """Return whether colour and motion may be written to a stream (no-color.org; TERM=dumb)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width(text: str) -> int:
    """Return how many columns a terminal gives a text: wide East Asian letters two, marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
