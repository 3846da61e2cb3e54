"""``handouts catalogue export`` and ``import``: translations to reviewers and back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from handouts.cli.options import completing, described, issue_date, json_option, library_option, matched
from handouts.console import Console
from handouts.errors import ContentError, UsageProblem
from handouts.exchange.changes import Change, Reviewer
from handouts.exchange.rows import Row
from handouts.exchange.xliff import read_xliff, write_xliff
from handouts.exchange.xlsx import read_xlsx, write_xlsx
from handouts.files import read_file
from handouts.findings import errors
from handouts.library import Library
from handouts.model.locales import SOURCE_LOCALE, describe
from handouts.reviews import Import, exported, imported
from handouts.store import save

_ENDINGS: Final = {"xlsx": (".xlsx",), "xliff": (".xlf", ".xliff")}


@click.command(
    "export",
    short_help="Write translations for people who review them.",
    help=described(
        "Write translations for people who review them: a spreadsheet, or XLIFF for a translation tool. One file for "
        "each locale, with the English beside the translation. “import” takes back what they changed.",
        "handouts catalogue export es -o es.xlsx",
        "handouts catalogue export ar,fa ur -o for-review/",
        "handouts catalogue export all --format xliff -o for-review/",
    ),
)
@click.argument("tags", nargs=-1, required=True, shell_complete=completing("locale"), metavar="LOCALE...")
@click.option("--format", "form", type=click.Choice([*_ENDINGS]), help="By default as the file is named, else xlsx.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="DIR|FILE",
    help="Where the files go.",
)
@library_option
def export_command(tags: tuple[str, ...], form: str | None, output: Path, library: Library) -> None:
    """Write the files, and tell their names."""
    root = library.roots[0]
    asked = tuple(dict.fromkeys(matched(tags, library).values()))
    locales = [locale for locale in asked if locale != SOURCE_LOCALE]
    if not locales:
        raise UsageProblem("English is what the others are translated from.", "Name a locale, for instance es.")
    named = next((kind for kind, endings in _ENDINGS.items() if output.suffix.lower() in endings), None)
    if named and len(locales) > 1:
        raise UsageProblem("One file takes one locale.", "Name a folder with -o.")
    if named and form and named != form:
        raise UsageProblem(f"{output} is not named as {form} is.", f"Name it {output.stem}{_ENDINGS[form][0]}.")
    kind = form or named or "xlsx"
    console = Console()
    for locale in locales:
        target = output if named else output / f"catalogue.{locale}{_ENDINGS[kind][0]}"
        save(target, _written(exported(library, root, locale), locale, kind))
        console.data(str(target))


@click.command(
    "import",
    short_help="Take back what reviewers changed.",
    help=described(
        "Take back what reviewers changed in exported files. Only what they changed is taken over, and nothing that "
        "has changed here since the export is overwritten: that is told, row by row. With --by, rows whose state was "
        "set to reviewed count as reviewed by that person.",
        "handouts catalogue import es.xlsx --dry-run",
        'handouts catalogue import es.xlsx --by "Name, role"',
        "handouts catalogue import for-review/*.xlf",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--by", default="", metavar="NAME", help="Who has read the rows that say reviewed: name and role.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the review; else today.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@json_option
@library_option
def import_command(
    files: tuple[Path, ...], by: str, on: datetime | None, dry_run: bool, as_json: bool, library: Library
) -> int:
    """Take over the changes, tell the files and what was refused, and return the exit code."""
    if by and (not by.strip() or not by.isprintable()):
        raise UsageProblem("A review needs the reviewer's name, on one line.", 'Write --by "Name, role".')
    reviewer = Reviewer(by.strip(), issue_date(on).isoformat())
    came = [(str(file), _read(file)) for file in files]  # all are read before one is taken over
    done = [
        one for file, rows in came for one in imported(library, library.roots[0], rows, file, reviewer, dry=dry_run)
    ]
    console = Console()
    if as_json:
        console.json(done)
    else:
        _tell(done, dry_run, console)
    return ContentError.exit_code if errors(finding for one in done for finding in one.findings) else 0


def _written(rows: tuple[Row, ...], locale: str, kind: str) -> bytes:
    return write_xlsx(rows, locale, describe(locale).direction) if kind == "xlsx" else write_xliff(rows, locale)


def _read(file: Path) -> tuple[Row, ...]:
    """Return a file's rows; what it is, its first bytes tell."""
    data = read_file(file)
    return read_xlsx(data, str(file)) if data.startswith(b"PK") else read_xliff(data, str(file))


def _tell(done: Sequence[Import], dry: bool, console: Console) -> None:
    """Show what changed on stdout, and what was refused on stderr."""
    for one in done:
        for change in one.changes:
            console.data(f"{one.locale} · {one.domain} · {change.key}: {_shown(change)}")
    for one in done:
        console.findings(one.findings)
    changed, refused = sum(len(one.changes) for one in done), sum(len(errors(one.findings)) for one in done)
    written = [one.file for one in done if one.written]
    console.say(f"Changed: {changed}, refused: {refused}. " + ("Nothing was written: --dry-run." if dry else ""))
    for file in written:
        console.say(f"Written: {file}")


def _shown(change: Change) -> str:
    parts = []
    if change.after != change.before:
        parts.append(f"“{change.before}” → “{change.after}”")
    if change.state != change.was:
        parts.append(f"{_named(change.was)} → {_named(change.state)}")
    if change.comment:
        parts.append("comments")
    return "; ".join(parts) or "stamp"


def _named(state: str) -> str:
    return state.replace("-", " ") or "not translated"
