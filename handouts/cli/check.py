"""``handouts check``: mistakes in what is authored, in translations, and in finished files."""

from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from handouts.cli.options import (
    completing,
    described,
    json_option,
    library_option,
    locales_option,
    matched,
    strict_option,
)
from handouts.console import Console
from handouts.errors import ContentError, PreflightFailed
from handouts.files import read_file
from handouts.findings import Finding, Severity, errors
from handouts.library import Library

_PDF_LIMIT = 200_000_000


@click.command(
    "check",
    help=described(
        "Look for mistakes: in topics with their translations, or in finished PDF files. Without a name: everything.",
        "handouts check",
        "handouts check back-fat-granules --locale es",
        "handouts check output/back-fat-granules.es.pdf",
        "handouts check --strict --json",
    ),
)
@click.argument("names", nargs=-1, shell_complete=completing("topic"), metavar="[TOPIC|FILE.pdf]...")
@locales_option
@strict_option
@json_option
@library_option
def command(names: tuple[str, ...], tags: tuple[str, ...], strict: bool, as_json: bool, library: Library) -> int:
    """Show all findings, and return the exit code of the worst."""
    files = [name for name in names if name.lower().endswith(".pdf")]
    topics = [name for name in names if name not in files]
    authored = _authored(library, topics, tags) if topics or not files else ()
    finished = tuple(finding for file in files for finding in _finished(file))
    found = (*authored, *finished)
    console = Console()
    if as_json:
        console.json(found)
    else:
        console.findings(found, asked=True)
        wrong, warned = len(errors(found)), sum(one.severity is Severity.WARNING for one in found)
        console.say(f"Errors: {wrong}, warnings: {warned}.")
    if errors(authored):
        return ContentError.exit_code
    if errors(finished):
        return PreflightFailed.exit_code
    return int(strict and any(finding.severity is Severity.WARNING for finding in found))


def _authored(library: Library, topics: list[str], tags: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings of the named topics, or of all topics, brands and formats: one broken file hides no other.

    Raises NotFound for a topic or locale that no library has.
    """
    from handouts.check.content import check_library

    locales = tuple(dict.fromkeys(matched(tags or ("all",), library).values()))
    asked = topics or library.topics()
    broken = {name: _broken(library.topic, name) for name in asked}
    found = [*library.shadowed(), *(finding for findings in broken.values() for finding in findings)]
    if not topics:
        found += [finding for name in library.brands() for finding in _broken(library.brand, name)]
        found += [finding for name in library.formats() for finding in _broken(library.format, name)]
    whole = tuple(name for name in asked if not broken[name])
    try:
        found += check_library(library, whole, locales)
    except ContentError as error:
        found += error.findings
    return tuple(dict.fromkeys(found))


def _broken(read: Callable[[str], object], name: str) -> tuple[Finding, ...]:
    """Return what keeps a file from being read, nothing if it can be."""
    try:
        read(name)
    except ContentError as error:
        return error.findings
    return ()


def _finished(file: str) -> tuple[Finding, ...]:
    """Return the findings of one PDF file, each naming the file."""
    from handouts.check.preflight import preflight

    place = msgspec.structs.replace
    found = preflight(read_file(Path(file), limit=_PDF_LIMIT))
    return tuple(place(finding, where=place(finding.where, file=file)) for finding in found)
