"""Options that commands share, and the completion of the names they take."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Literal

import click

from handouts.errors import HandoutsError, UsageProblem
from handouts.library import Library
from handouts.model.locales import match_locale

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def completing(kind: Literal["topic", "cause", "locale", "brand", "format"]) -> Completer:
    """Return what completes a name of this kind as it is typed; a locale may follow others after a comma."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        start, comma, last = incomplete.rpartition(",") if kind == "locale" else ("", "", incomplete)
        try:
            return [start + comma + name for name in _names(kind, ctx) if name.startswith(last)]
        except HandoutsError:
            return []  # a library is broken; Tab is no place to say so

    return complete


def _names(kind: str, ctx: click.Context) -> Iterable[str]:
    library = ctx.params.get("library") or Library(_roots(ctx))
    match kind:
        case "topic":
            return library.topics()
        case "locale":
            return (*library.locales(), "all")
        case "brand":
            return library.brands()
        case "format":
            return library.formats()
        case _:
            chosen = ctx.params.get("topics") or library.topics()
            topics = [library.topic(name) for name in chosen]
            return ("each", *(cause.id for topic in topics for cause in topic.cause))


def described(text: str, *examples: str) -> str:
    """Return a command's help: its examples first, as they are typed, then what it does."""
    return "\n".join(["\b", "Examples:", *(f"  {example}" for example in examples), "", text])


def _roots(ctx: click.Context) -> tuple[Path, ...]:
    return tuple(ctx.find_root().params.get("roots") or ())


def _open(ctx: click.Context, param: click.Parameter, value: tuple[Path, ...]) -> Library:  # noqa: ARG001
    return Library((*value, *_roots(ctx)))


library_option: Final[Decorator] = click.option(
    "--library",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    callback=_open,
    help="A leaflet library of your own (also: HANDOUTS_LIBRARY). May be repeated; the first hit wins.",
)
"""Gives the command its ``library: Library``, opened over the folders named here and before the command."""

json_option: Final[Decorator] = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")
"""Gives the command ``as_json: bool``."""

strict_option: Final[Decorator] = click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings.")
"""Gives the command ``strict: bool``."""

locales_option: Final[Decorator] = click.option(
    "--locale",
    "tags",
    multiple=True,
    shell_complete=completing("locale"),
    metavar="TAG",
    help="Locales, comma separated or repeated: es, zh-Hant, pt_BR … or all.",
)
"""Gives the command ``tags: tuple[str, ...]``; :func:`matched` reads them."""


def matched(tags: Iterable[str], library: Library) -> dict[str, str]:
    """Return each locale tag as typed with the library's locale that serves it; ``all`` stands for every locale.

    Raises NotFound for a tag that no locale serves, UsageProblem for an empty one.
    """
    found: dict[str, str] = {}
    for tag in (part.strip() for tags_at_once in tags for part in tags_at_once.split(",")):
        if not tag:
            raise UsageProblem("A locale is empty.", "Write --locale es,fr without a blank entry.")
        for one in library.locales() if tag == "all" else (tag,):
            found[one] = match_locale(one, library.locales())
    return found


def issue_date(typed: datetime | None) -> date:
    """Return the date printed on leaflets: as typed, else SOURCE_DATE_EPOCH (UTC), else today.

    This is the one place that reads the clock. Raises UsageProblem when SOURCE_DATE_EPOCH is no number of seconds.
    """
    if typed is not None:
        return typed.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date()
    with suppress(ValueError, OverflowError, OSError):  # beyond what dates can say
        if epoch.isascii() and epoch.isdigit():
            return datetime.fromtimestamp(int(epoch), UTC).date()
    message = "SOURCE_DATE_EPOCH in the environment is not a number of seconds since 1970."
    raise UsageProblem(message, "Unset it, or use --issued.")
