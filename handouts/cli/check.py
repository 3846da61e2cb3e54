"""``handouts check``: mistakes in what is authored, in translations, and in finished files."""

from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from handouts.cli.asking import EACH, requested
from handouts.cli.options import (
    completing,
    described,
    issue_date,
    json_option,
    library_option,
    locales_option,
    matched,
    strict_option,
)
from handouts.console import Console
from handouts.errors import ContentError, PreflightFailed, UsageProblem
from handouts.files import read_file
from handouts.findings import Finding, Severity, errors
from handouts.library import Library
from handouts.model.request import Request

_PDF_LIMIT = 200_000_000


@click.command(
    "check",
    help=described(
        "Look for mistakes: in topics with their translations, or in finished PDF files. Without a name: everything.",
        "handouts check",
        "handouts check back-fat-granules --locale es",
        "handouts check output/back-fat-granules.es.pdf",
        "handouts check --strict --json",
        "handouts check --readability --locale en",
        "handouts check --matrix --locale es,ar --format large",
    ),
)
@click.argument("names", nargs=-1, shell_complete=completing("topic"), metavar="[TOPIC|FILE.pdf]...")
@locales_option
@click.option("--readability", is_flag=True, help="Show how easy each leaflet is to read, by formulas of record.")
@click.option("--matrix", is_flag=True, help="Make every copy, and show its pages, words, facts and findings.")
@click.option(
    "--format",
    "forms",
    multiple=True,
    shell_complete=completing("format"),
    metavar="ID",
    help="Only these formats in the matrix. May be repeated.",
)
@strict_option
@json_option
@library_option
def command(
    names: tuple[str, ...],
    tags: tuple[str, ...],
    readability: bool,
    matrix: bool,
    forms: tuple[str, ...],
    strict: bool,
    as_json: bool,
    library: Library,
) -> int:
    """Show all findings, and return the exit code of the worst."""
    if readability and matrix:
        raise UsageProblem("One table at a time.", "Ask for --readability or for --matrix.")
    if forms and not matrix:
        raise UsageProblem("--format is for the matrix.", "Add --matrix.")
    if readability or matrix:
        asked = requested(_first(), names, EACH, tags or ("all",), library)
        if readability:
            return _show_readings(asked, library, strict=strict, as_json=as_json)
        return _show_matrix(asked, forms, library, strict=strict, as_json=as_json)
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


def _first() -> Request:
    """Return what all leaflets of a table have in common."""
    return Request(topic="", issued=issue_date(None))


def _show_readings(asked: list[Request], library: Library, *, strict: bool, as_json: bool) -> int:
    from handouts.cli.readings import readings, show

    console, found = Console(), readings(asked, library)
    if as_json:
        console.json(found)
    else:
        show(found, console)
    return int(strict and any(one.too_hard for one in found))


def _show_matrix(asked: list[Request], forms: tuple[str, ...], library: Library, *, strict: bool, as_json: bool) -> int:
    """Show what each copy contains, and return the exit code: content errors if one lacks a fact or was not made."""
    from handouts.cli.matrix import copies, show

    formats = [library.format(name).id for name in forms or library.formats()]
    place = msgspec.structs.replace
    requests = [place(request, format=form) for request in asked for form in dict.fromkeys(formats)]
    console = Console()
    with console.progress(len(requests)) as step:
        found = copies(requests, library, step)
    if as_json:
        console.json(found)
    else:
        show(found, console)
    if any(one.failed or one.lacking for one in found):
        return ContentError.exit_code
    return int(strict and any(seen.severity is Severity.WARNING for one in found for seen in one.findings))


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
    made = [(name, "house") for name in whole] + [(name, brand) for name in whole[:1] for brand in library.brands()]
    found += [finding for topic, brand in made for finding in _unmade(library, topic, brand)]
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


def _unmade(library: Library, topic: str, brand: str) -> tuple[Finding, ...]:
    """Return what keeps a topic in English under a brand from being composed: the page template, a picture, a logo."""
    from handouts.make import composed, load
    from handouts.pdf.pictures import prepare

    request = Request(topic=topic, brand=brand, issued=issue_date(None))
    try:
        sources = load(request, library)
        composed(request, sources)
        for picture in sources.pictures.values():
            prepare(picture, sources.brand.palette.primary)
    except ContentError as error:
        return errors(error.findings)
    return ()


def _finished(file: str) -> tuple[Finding, ...]:
    """Return the findings of one PDF file, each naming the file."""
    from handouts.check.preflight import preflight

    place = msgspec.structs.replace
    found = preflight(read_file(Path(file), limit=_PDF_LIMIT))
    return tuple(place(finding, where=place(finding.where, file=file)) for finding in found)
