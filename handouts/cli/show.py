"""``handouts show``: what a topic says, as plain text."""

from collections.abc import Iterator

import click
import msgspec

from handouts.cli.options import completing, described, json_option, library_option
from handouts.console import Console
from handouts.errors import NotFound
from handouts.library import Library
from handouts.model.authored import Cause, Topic
from handouts.model.walk import texts


@click.command(
    "show",
    help=described(
        "Show what a topic says, in its source language, as plain text.",
        "handouts show back-fat-granules",
        "handouts show back-fat-granules --cause oily-skincare",
    ),
)
@click.argument("topics", nargs=1, required=True, shell_complete=completing("topic"), metavar="TOPIC")
@click.option("--cause", default="", shell_complete=completing("cause"), metavar="ID", help="Only this cause.")
@json_option
@library_option
def command(topics: str, cause: str, as_json: bool, library: Library) -> None:
    """Show one topic."""
    topic = library.topic(topics)
    causes = [one for one in topic.cause if cause in ("", one.id)]
    if not causes:
        raise NotFound.among("cause", cause, [one.id for one in topic.cause])
    console = Console()
    if as_json:
        console.json(msgspec.structs.replace(topic, cause=tuple(causes)))
    else:
        console.data("\n".join([*_head(topic), *(line for one in causes for line in _cause(one)), *_rest(topic)]))


def _head(topic: Topic) -> Iterator[str]:
    source = ", ".join(part for part in (topic.source.title, topic.source.author, topic.source.publisher) if part)
    review = topic.review
    yield str(topic.title)
    yield f"  id: {topic.id}, version {topic.version}"
    yield f"  source: {source}"
    yield f"  reviewed: {f'by {review.by} on {review.on}' if review.on else 'never'}"
    if review.next:
        yield f"  next review: {review.next}"
    yield f"  causes: {len(topic.cause)}, messages: {len(list(texts(topic)))}"
    yield ""
    yield from topic.summary
    yield str(topic.introduction)


def _cause(cause: Cause) -> Iterator[str]:
    yield ""
    yield f"{cause.name} ({cause.id})"
    yield f"  {cause.why}"
    yield from (f"  {sign}" for sign in cause.signs)
    yield from (f"  - {advice.text}" for advice in cause.do)
    yield from (f"  - {one.name} ({one.inn}), {one.form}, {one.supply}" for one in cause.medicines)
    if cause.effect:
        yield f"  {cause.effect}"


def _rest(topic: Topic) -> Iterator[str]:
    yield ""
    yield "Every day"
    yield from (f"  - {advice.text}" for advice in topic.daily)
    yield ""
    yield "Safety"
    yield from (f"  ! {message.text}" for message in topic.safety)
    yield ""
    yield "Doctor"
    yield from (f"  {text}" for text in topic.doctor)
