"""``handouts list``: what the libraries hold."""

from typing import Literal

import click

from handouts.cli.options import described, json_option, library_option
from handouts.console import Console
from handouts.errors import ContentError
from handouts.library import Library
from handouts.model.locales import describe

Kind = Literal["topics", "causes", "locales", "brands", "formats"]
Row = dict[str, str]


@click.command(
    "list",
    help=described(
        "List topics, causes, locales, brands or formats. The state of a locale is its translations' review.",
        "handouts list topics",
        "handouts list locales --json",
        "handouts --library clinic list brands",
    ),
)
@click.argument("kind", type=click.Choice(["topics", "causes", "locales", "brands", "formats"]))
@json_option
@library_option
def command(kind: Kind, as_json: bool, library: Library) -> None:
    """Show one kind of thing as a table or as JSON."""
    console = Console()
    rows = {"topics": _topics, "causes": _causes, "locales": _locales, "brands": _brands, "formats": _formats}[kind](
        library
    )
    if as_json:
        console.json(rows)
    elif rows:
        console.table(kind.capitalize(), list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.say(f"There are no {kind}.")


def _topics(library: Library) -> list[Row]:
    topics = [library.topic(name) for name in library.topics()]
    return [
        {
            "id": topic.id,
            "title": str(topic.title),
            "version": topic.version,
            "causes": str(len(topic.cause)),
            "reviewed": topic.review.on or "never",
        }
        for topic in topics
    ]


def _causes(library: Library) -> list[Row]:
    topics = [library.topic(name) for name in library.topics()]
    return [{"topic": topic.id, "id": cause.id, "name": str(cause.name)} for topic in topics for cause in topic.cause]


def _locales(library: Library) -> list[Row]:
    rows = []
    for tag in library.locales():
        facts = describe(tag)
        rows.append(
            {
                "tag": tag,
                "name": facts.name,
                "own name": facts.own_name,
                "script": facts.script,
                "direction": facts.direction,
                "state": _state(library, tag),
            }
        )
    return rows


def _state(library: Library, tag: str) -> str:
    """Return the states of a locale's catalogues; topics with the same files are looked at once."""
    topics = {frozenset(library.catalogue_files(tag, topic).items()): topic for topic in library.topics()}
    try:
        return ", ".join(sorted({library.catalogue(tag, topic).status for topic in topics.values()}))
    except ContentError:
        return "unreadable"


def _brands(library: Library) -> list[Row]:
    brands = [library.brand(name) for name in library.brands()]
    return [{"id": brand.id, "name": brand.name, "language": brand.lang} for brand in brands]


def _formats(library: Library) -> list[Row]:
    formats = [library.format(name) for name in library.formats()]
    return [
        {"id": form.id, "name": form.name, "body": f"{form.type.body:g} pt", "pages": str(form.pages or "any")}
        for form in formats
    ]
