"""``handouts new``: the beginning of a brand, a topic or a locale, whole enough to be made into a leaflet at once."""

import re
from pathlib import Path
from typing import Literal

import click

from handouts.cli.options import described
from handouts.cli.skeletons import BRAND, LOGO, TOPIC
from handouts.console import Console
from handouts.errors import CannotWrite, UsageProblem
from handouts.library import Library
from handouts.model.locales import SOURCE_LOCALE, describe, parse_tag
from handouts.model.walk import SHARED_DOMAIN
from handouts.store import save_new

Kind = Literal["brand", "topic", "locale"]


@click.command(
    "new",
    help=described(
        "Begin a brand, a topic or a locale in a library of your own. What is there already is never overwritten.",
        "handouts new brand our-clinic --library clinic",
        "handouts new topic dry-skin --library clinic",
        "handouts new locale pt_BR --library clinic",
    ),
)
@click.argument("kind", type=click.Choice(["brand", "topic", "locale"]))
@click.argument("name")
@click.option(
    "--library",
    "root",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The library to write to; made if it is not there.",
)
def command(kind: Kind, name: str, root: Path) -> None:
    """Write the files of a beginning, and tell their names."""
    files = _locale_files(name, root) if kind == "locale" else _authored_files(kind, name, root)
    taken = [path for path in files if path.exists()]
    if taken:
        raise CannotWrite(f"{taken[0]} is there already.", "Nothing was written; choose another name.")
    console = Console()
    save_new(files)
    for path in files:
        console.data(str(path))
    if kind == "brand":
        console.say(f"Edit it, then: handouts --library {root} render --brand {name}")
    elif kind == "topic":
        console.say(f"Replace its words, then: handouts --library {root} render {name}")
    else:
        console.say(f"Translate it, then: handouts --library {root} render --locale {parse_tag(name)} --draft")


def _authored_files(kind: Kind, name: str, root: Path) -> dict[Path, bytes]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 60:
        hint = "Write it in small letters, digits and single hyphens, like our-clinic."
        raise UsageProblem(f"“{name[:60]}” cannot be the name of a {kind}.", hint)
    if name == SHARED_DOMAIN:
        raise UsageProblem(f"“{name}” is taken: it is the catalogue of the shared words.", "Choose another name.")
    words = {"id": name, "name": name.replace("-", " ").capitalize(), "library": str(root).replace("\n", " ")}
    if kind == "brand":
        folder = root / "templates" / "brands" / name
        return {folder / "brand.toml": BRAND.substitute(words).encode(), folder / "logo.svg": LOGO.encode()}
    return {root / "templates" / "topics" / name / "topic.toml": TOPIC.substitute(words).encode()}


def _locale_files(name: str, root: Path) -> dict[Path, bytes]:
    """Return the PO files that a locale lacks, with every message still to be translated."""
    tag = str(parse_tag(name))
    language = parse_tag(name).language
    if describe(language).name == language:
        raise UsageProblem(f"“{language}” is the code of no language.", "Write it like es, pt-BR or zh-Hant.")
    if tag == SOURCE_LOCALE:
        raise UsageProblem("“en” is the source locale: its texts stand in the topics.", "Choose another.")
    from handouts.catalogues import scaffold

    library = Library((root,) if root.is_dir() else ())
    files = scaffold(library, root, tag)
    if tag in library.locales():  # an empty file must not hide a translation that another library has
        there = {domain for topic in library.topics() for domain in library.catalogue_files(tag, topic)}
        files = {path: data for path, data in files.items() if path.stem not in there}
    if not files:
        raise CannotWrite(f"The locale {tag} is there already.", "To bring it up to date: handouts catalogue update.")
    return files
