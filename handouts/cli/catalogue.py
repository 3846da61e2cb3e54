"""``handouts catalogue``: templates for translators, translations kept up to date, and how far they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import click

from handouts.catalogues import Change, Status, extract, locales_in, review, status, update
from handouts.cli.exchange import export_command, import_command
from handouts.cli.options import described, issue_date, json_option, library_option, locales_option, matched
from handouts.console import Console
from handouts.library import Library
from handouts.model.locales import match_locale

_COLUMNS = ("locale", "domain", "total", "translated", "fuzzy", "stale", "missing", "orphaned", "reviewed", "findings")


@click.group(
    "catalogue",
    help=described(
        "Extract, update and survey translations. Files are written into the first library that is named.",
        "handouts catalogue status",
        "handouts catalogue extract",
        "handouts catalogue update --locale es,zh-Hans",
        'handouts catalogue review es --by "Name, role"',
        "handouts catalogue export es -o es.xlsx",
        "handouts catalogue import es.xlsx",
    ),
)
def command() -> None:
    """Hold the commands on catalogues."""


command.add_command(export_command)
command.add_command(import_command)


@command.command(
    "extract",
    short_help="Write the templates for translators.",
    help=described(
        "Write the templates (.pot): every English text with its key and its notes to translators.",
        "handouts catalogue extract",
        "handouts catalogue extract --library clinic",
    ),
)
@json_option
@library_option
def extract_command(as_json: bool, library: Library) -> None:
    """Write the templates, and tell their files."""
    _tell(extract(library, library.roots[0]), as_json)


@command.command(
    "update",
    short_help="Bring translations up to the English of today.",
    help=described(
        "Write the templates, and bring translations (.po) up to the English of today. Nothing translated is lost: "
        "words whose English changed are marked fuzzy, words whose English is gone become obsolete. Without --locale: "
        "every locale of the library.",
        "handouts catalogue update",
        "handouts catalogue update --locale es --accept daily.light-food",
    ),
)
@locales_option
@click.option(
    "--accept",
    multiple=True,
    metavar="KEY",
    help="The translation of this message (msgctxt) is still right though the English changed. May be repeated.",
)
@json_option
@library_option
def update_command(tags: tuple[str, ...], accept: tuple[str, ...], as_json: bool, library: Library) -> None:
    """Update the PO files, and tell those that changed."""
    root = library.roots[0]
    extracted = extract(library, root)
    locales = _locales(tags, library) if tags else locales_in(root)
    _tell((*extracted, *update(library, root, locales, accept)), as_json)


@command.command(
    "status",
    short_help="Show how far the translations are.",
    help=described(
        "Show how far each topic, and the shared words, are translated into each locale.",
        "handouts catalogue status",
        "handouts catalogue status --locale ar --json",
    ),
)
@locales_option
@json_option
@library_option
def status_command(tags: tuple[str, ...], as_json: bool, library: Library) -> None:
    """Show the table."""
    rows = status(library, _locales(tags or ("all",), library))
    console = Console()
    if as_json:
        console.json(rows)
    else:
        console.table("Catalogues", (*_COLUMNS, "state"), [_row(row) for row in rows])


@command.command(
    "review",
    short_help="Record that a person has read a locale.",
    help=described(
        "Record that a person has read a whole locale and stands for it. Refused while there are findings.",
        'handouts catalogue review es --by "Name, role"',
        'handouts catalogue review pt-BR --by "Name, role" --on 2026-03-31',
    ),
)
@click.argument("tag", metavar="LOCALE")
@click.option("--by", required=True, metavar="NAME", help="Who has read it: name and role.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="By default today.")
@json_option
@library_option
def review_command(tag: str, by: str, on: datetime | None, as_json: bool, library: Library) -> None:
    """Record the review, and tell the files."""
    locale = match_locale(tag, library.locales())
    _tell(review(library, library.roots[0], locale, by, issue_date(on).isoformat()), as_json)


def _locales(tags: Sequence[str], library: Library) -> tuple[str, ...]:
    return tuple(dict.fromkeys(matched(tags, library).values()))


def _tell(changes: Iterable[Change], as_json: bool) -> None:
    """Name the files that were written on stdout, and say on stderr how many were not."""
    console, all_of_them = Console(), tuple(changes)
    if as_json:
        console.json(all_of_them)
        return
    written = [change for change in all_of_them if change.written]
    for change in written:
        console.data(change.file)
    console.say(f"{len(written)} files written, {len(all_of_them) - len(written)} are as they should be.")


def _row(row: Status) -> tuple[str, ...]:
    return (*(str(getattr(row, name)) for name in _COLUMNS), row.state.replace("-", " "))
