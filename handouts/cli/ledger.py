"""``handouts ledger``: what became of a print run."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from handouts.cli.batch import summary
from handouts.cli.options import described, json_option
from handouts.console import Console
from handouts.errors import CannotWrite, PreflightFailed
from handouts.press.export import Row, rows, spreadsheet
from handouts.press.ledger import NAME, Ledger
from handouts.press.report import problems, reported
from handouts.press.verify import verify

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group(
    "ledger",
    help=described(
        "See what became of a print run: its ledger lies in its folder. Rows are told by number, never by their words.",
        "handouts ledger show stack",
        "handouts ledger export stack > run.csv",
        "handouts ledger verify stack",
    ),
)
def command() -> None:
    """Hold the commands on ledgers."""


@command.command("show", short_help="Show the run in numbers, and what went wrong.")
@_FOLDER
@json_option
def show_command(folder: Path, as_json: bool) -> None:
    """Show the run in numbers, and every finding."""
    console = Console()
    with closing(_opened(folder)) as ledger:
        report = reported(ledger, many=bool(ledger.files()), folder=str(folder))
        found = tuple(problems(ledger))
        files = [file._asdict() for file in ledger.files()]
        if as_json:
            console.json({"report": report, "findings": found, "settings": ledger.settings, "files": files})
            return
        for line in summary(report):
            console.data(line)
        console.findings(found, asked=True)


@command.command("export", short_help="Write what became of every row, as CSV or JSON Lines.")
@_FOLDER
@json_option
def export_command(folder: Path, as_json: bool) -> None:
    """Write a line for every row to stdout: CSV for spreadsheets, or one JSON object a line."""
    console = Console()
    with closing(_opened(folder)) as ledger:
        found: Iterator[Row] = rows(ledger)
        if as_json:
            for row in found:
                console.json_line(row)
        else:
            for line in spreadsheet(found):
                console.bytes(line.encode())


@command.command("verify", short_help="Read every file again, and compare it with the ledger.")
@_FOLDER
@json_option
def verify_command(folder: Path, as_json: bool) -> int:
    """Read every file again; exit with 5 if any is missing, damaged, or not of the run."""
    console = Console()
    with closing(_opened(folder)) as ledger:
        count, found = verify(ledger, folder)
    if as_json:
        console.json({"files": count, "findings": found})
    else:
        console.findings(found, asked=True)
        console.say(f"{count:,} files were read again; findings: {len(found)}.")
    return PreflightFailed.exit_code if found else 0


def _opened(folder: Path) -> Ledger:
    """Return a run's ledger. Raises NotFound for a folder without one, CannotWrite for one whose plan was not ended."""
    ledger = Ledger(folder / NAME)
    if not ledger.settings:
        ledger.close()
        raise CannotWrite(f"The run in {folder} ended before its list was read.", "Give its command again.")
    return ledger
