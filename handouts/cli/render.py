"""``handouts render``: leaflets as PDF files."""

import os
from datetime import datetime
from typing import Final

import click

from handouts.cli.asking import only, requested, targets
from handouts.cli.options import (
    completing,
    described,
    issue_date,
    json_option,
    library_option,
    locales_option,
    strict_option,
)
from handouts.console import Console
from handouts.errors import UsageProblem
from handouts.library import Library
from handouts.model.locales import SOURCE_LOCALE, match_locale
from handouts.model.request import Medium, Request

POOL_FROM: Final = 40
"""From this many leaflets on, more processes pay: one takes about 0.6 s to start, a leaflet about 0.03 s."""

STDOUT: Final = "-"


@click.command(
    "render",
    help=described(
        "Make leaflets as PDF files. Without a topic: every topic. Without a cause: the leaflet of all causes.",
        "handouts render back-fat-granules",
        "handouts render back-fat-granules --cause oily-skincare --locale es,zh-Hant",
        "handouts render --cause each --locale all --format large -o leaflets/",
        "handouts render back-fat-granules --locale ar --companion en --format large",
        "handouts render back-fat-granules --locale ur --to html",
        "handouts render back-fat-granules --locale ar -o - | lpr",
    ),
)
@click.argument("topics", nargs=-1, shell_complete=completing("topic"), metavar="[TOPIC]...")
@click.option("--cause", default="", shell_complete=completing("cause"), metavar="ID", help="One cause, or each.")
@locales_option
@click.option("--brand", default="house", shell_complete=completing("brand"), help="The clinic's; else house.")
@click.option("--format", "form", default="standard", shell_complete=completing("format"), help="Print size.")
@click.option("--companion", default="", metavar="TAG", help="A second language beside the first, line by line.")
@click.option("--palette", default="brand", metavar="NAME", help="brand, high-contrast or greyscale.")
@click.option(
    "--to",
    type=click.Choice(["pdf", "html", "text"], case_sensitive=False),
    default="pdf",
    show_default=True,
    help="Medium.",
)
@click.option("--faces", is_flag=True, help="Put the faces into a web page, cut to the characters it uses.")
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"], case_sensitive=False),
    help="By default as the locale's territory has it.",
)
@click.option("--issued", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="By default today.")
@click.option(
    "-o", "--output", default="output", show_default=True, metavar="DIR|FILE|-", help="Where the leaflets go."
)
@click.option("--draft", is_flag=True, help="Allow missing translations; every page says that it is a draft.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes at once; by default as it pays.")
@strict_option
@json_option
@library_option
def command(
    topics: tuple[str, ...],
    cause: str,
    tags: tuple[str, ...],
    brand: str,
    form: str,
    companion: str,
    palette: str,
    to: Medium,
    faces: bool,
    paper: str | None,
    issued: datetime | None,
    output: str,
    draft: bool,
    jobs: int | None,
    strict: bool,
    as_json: bool,
    library: Library,
) -> int:
    """Make leaflets, tell their files, and return the exit code."""
    from handouts.cli.making import (  # typesetter and PDF writer: not for --help
        Task,
        make_all,
        tell,
        tell_files,
        to_stdout,
    )
    from handouts.compose.palettes import in_palette

    library.format(form)
    in_palette(library.brand(brand), palette)
    first = Request(
        topic="",
        companion=match_locale(companion, library.locales()) if companion else "",
        brand=brand,
        format=form,
        paper=paper or "",
        palette=palette,
        issued=issue_date(issued),
        draft=draft,
        to=to,
        faces=faces,
    )
    requests = requested(first, topics, cause, tags or (SOURCE_LOCALE,), library)
    console = Console()
    if output == STDOUT:
        if as_json:
            raise UsageProblem("Standard output cannot take both the PDF and --json.", "Name a file with -o.")
        outcomes = [to_stdout(only(requests, "standard output"), library, console)]
        return tell(outcomes, console, strict=strict)
    tasks = [Task(request, target) for request, target in zip(requests, targets(requests, output), strict=True)]
    workers = min(jobs or (_cores() if len(tasks) >= POOL_FROM else 1), len(tasks))
    with console.progress(len(tasks), plain=len(tasks) > 1) as step:
        outcomes = make_all(tasks, library, workers, step)
    tell_files(outcomes, console, as_json=as_json)
    return tell(outcomes, console, strict=strict)


def _cores() -> int:
    """Return how many processes can run at once."""
    return os.cpu_count() or 1
