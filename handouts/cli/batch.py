"""``handouts batch``: a print run from a list."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Final, Literal

import click

from handouts.cli.options import completing, described, issue_date, json_option, library_option
from handouts.console import Console, Meter
from handouts.errors import SomeJobsFailed, UsageProblem
from handouts.findings import Finding, Severity
from handouts.library import Library
from handouts.press.report import Report
from handouts.press.watch import Watch

PASSWORD: Final = "HANDOUTS_PASSWORD"  # noqa: S105 (the name of the variable)
SHOWN: Final = 50
"""How many findings are shown; the ledger has all."""


@click.command(
    "batch",
    help=described(
        "Make a print run from a list (CSV, JSON Lines or .xlsx): one leaflet a row. Everything is checked before "
        "anything is made. The same command again goes on where the last one ended, whatever ended it.",
        "handouts batch --example > run.csv",
        "handouts batch run.csv --dry-run",
        "handouts batch run.csv --merge -o stack",
        "handouts batch run.csv --group-by locale,format --max-leaflets 500 --separators -o stacks",
        "handouts batch run.csv -o stack --only failed",
    ),
)
@click.argument("manifest", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="By default output/LIST.")
@click.option("--example", is_flag=True, help="Write a list to begin with to stdout.")
@click.option("--dry-run", "dry", is_flag=True, help="Check every row; write nothing.")
@click.option("--merge", is_flag=True, help="One file for all rows.")
@click.option("--group-by", default="", metavar="COLUMNS", help="One file a group, e.g. brand,locale,format.")
@click.option("--max-leaflets", type=click.IntRange(1), metavar="N", help="Split files of many leaflets.")
@click.option("--sides", type=click.IntRange(1, 2), default=2, show_default=True, help="Printed sides of a sheet.")
@click.option("--separators", is_flag=True, help="Sort files of many by leaflet, a sheet with counts before each kind.")
@click.option("--name", default="", metavar="PATTERN", help='Names of files, e.g. "{row:06}-{locale}".')
@click.option("--encrypt", is_flag=True, help="Lock files with a password, from HANDOUTS_PASSWORD or asked for.")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE", help="Its first line locks files.")
@click.option("--allow-overflow", is_flag=True, help="Let a note that is too long flow on.")
@click.option("--only", default="", metavar="ROWS", help="failed, 120-140, or a reference.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="Processes at once.")
@click.option("--topic", default="", shell_complete=completing("topic"), help="For rows that do not say.")
@click.option("--cause", default="", shell_complete=completing("cause"), help="For rows that do not say.")
@click.option("--locale", default="", shell_complete=completing("locale"), help="For rows that do not say.")
@click.option("--brand", default="house", shell_complete=completing("brand"), help="For rows that do not say.")
@click.option("--format", "form", default="standard", shell_complete=completing("format"), help="Likewise.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default=None, help="By default as the locale has it.")
@click.option("--issued", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="By default today.")
@click.option("--draft", is_flag=True, help="Allow missing translations; every page says that it is a draft.")
@json_option
@library_option
def command(
    manifest: Path | None,
    output: Path | None,
    example: bool,
    dry: bool,
    merge: bool,
    group_by: str,
    max_leaflets: int | None,
    sides: Literal[1, 2],
    separators: bool,
    name: str,
    encrypt: bool,
    password_file: Path | None,
    allow_overflow: bool,
    only: str,
    jobs: int | None,
    topic: str,
    cause: str,
    locale: str,
    brand: str,
    form: str,
    paper: str | None,
    issued: datetime | None,
    draft: bool,
    as_json: bool,
    library: Library,
) -> int:
    """Make the run, and return the exit code."""
    console = Console()
    if example:
        from handouts.press.sample import SAMPLE

        console.bytes(SAMPLE.encode())
        return 0
    if manifest is None:
        raise UsageProblem("No list was named.", "Begin with: handouts batch --example > run.csv")
    from handouts.press.matching import Choice  # typesetter and PDF writer: not for --help
    from handouts.press.run import run
    from handouts.press.settings import Settings
    from handouts.press.tools import TOOLS

    settings = Settings(
        choice=Choice(topic=topic, cause=cause, locale=locale, brand=brand, format=form, paper=paper or ""),
        merge=merge,
        group_by=tuple(part.strip() for part in group_by.split(",") if part.strip()),
        max_leaflets=max_leaflets or 0,
        sides=sides,
        separators=separators,
        name=name,
        encrypt=encrypt,
        allow_overflow=allow_overflow,
        draft=draft,
    )
    folder = None if dry else output or Path("output") / manifest.stem
    password = _password(password_file) if encrypt and not dry else ""
    with _signals() as caught, console.meter() as meter:
        teller = _Teller(console, meter, caught, as_json=as_json)
        report = run(
            manifest,
            folder,
            library,
            settings,
            issue_date(issued),
            tools=TOOLS,
            exact=issued is not None,
            jobs=jobs or 0,
            only=only,
            password=password,
            watch=teller,
        )
    teller.end(report, dry=dry)
    if caught:
        return 128 + caught[0]
    return SomeJobsFailed.exit_code if report.wrong else 0


def _password(file: Path | None) -> str:
    """Return the password: from a file, from the environment, or asked for; it is never part of a command line."""
    if file is not None:
        from handouts.files import read_file

        lines = read_file(file, limit=10_000).decode("utf-8", "replace").splitlines()
        found = lines[0] if lines else ""
    else:
        found = os.environ.get(PASSWORD, "") or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not found:
        raise UsageProblem("The password is empty.", f"Set {PASSWORD}, or name a --password-file.")
    return str(found)


class _Teller(Watch):
    """Tells how far the run is and how it ended: on a terminal, or as lines of JSON."""

    def __init__(self, console: Console, meter: Meter, caught: list[int], *, as_json: bool) -> None:
        self._console, self._meter, self._caught, self._json = console, meter, caught, as_json
        self._told = 0.0
        self._problems = 0

    def phase(self, name: str, total: int) -> None:
        """Begin the bar anew."""
        self._meter.phase(name, total)
        if self._json:
            self._console.json_line({"event": "phase", "phase": name, "rows": total})

    def at(self, done: int, failed: int) -> None:
        """Move the bar; as JSON once a second."""
        self._meter.at(done, failed)
        if self._json and monotonic() - self._told >= 1:
            self._told = monotonic()
            self._console.json_line({"event": "progress", "done": done, "failed": failed})

    def problem(self, finding: Finding) -> None:
        """Show what was found, the first ones of very many."""
        self._meter.clear()
        if self._json:
            self._console.json_line({"event": "finding", "finding": finding})
            return
        self._problems += finding.severity is not Severity.NOTE
        if finding.severity is not Severity.NOTE and self._problems <= SHOWN:
            self._console.findings([finding])

    def stop(self) -> bool:
        """Return whether the run was told to end."""
        return bool(self._caught)

    def end(self, report: Report, *, dry: bool) -> None:
        """Tell what the run came to."""
        console = self._console
        if self._json:
            console.json_line({"event": "report", "report": report})
            return
        if self._problems > SHOWN:
            where = "" if dry else f" See all: handouts ledger show {report.folder}"
            console.say(f"… and {self._problems - SHOWN:,} findings more.{where}")
        for note in report.notes:
            console.say(note.message)
        for line in summary(report, dry=dry):
            console.data(line)
        if self._caught:
            console.say("Interrupted. The same command goes on where this one ended.")


def summary(report: Report, *, dry: bool = False) -> Iterator[str]:
    """Give the lines that add a run up."""
    parts = [("made", report.made), ("refused", report.refused), ("failed", report.failed)]
    parts.append(("good" if dry else "still to make", report.left))
    yield f"{report.rows:,} rows = " + " + ".join(f"{count:,} {name}" for name, count in parts if count)
    if not dry:
        apart = f" (with {report.separators:,} separators)" if report.separators else ""
        counts = f"{report.leaflets:,} leaflets = {report.pages:,} pages = {report.sheets:,} sheets{apart}"
        yield f"{counts} in {report.files:,} {'file' if report.files == 1 else 'files'}"
        if report.copies > report.leaflets:
            yield f"{report.copies:,} leaflets to print: the rows’ copies are not in the files, print them so often"
        yield f"run {report.key} in {report.folder}"


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Note Ctrl-C and the order to end, so that the run ends cleanly; the second one ends it at once."""
    caught: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)

    before = {}
    with suppress(ValueError):  # only the main thread may; others are not asked to end
        before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
