"""From the words of a command to requests: every name is looked up before any leaflet is begun."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from handouts.cli.options import matched
from handouts.errors import NotFound, UsageProblem
from handouts.library import Library
from handouts.model.authored import Topic
from handouts.model.locales import default_paper
from handouts.model.request import Request

EACH: Final = "each"
"""The word for the leaflet of all causes and one for every cause."""


def requested(
    first: Request, topics: Sequence[str], cause: str, tags: Sequence[str], library: Library
) -> list[Request]:
    """Return the requests for topics × causes × locales, all else as in ``first``, without repeats.

    No topic means every topic (and then those that have the cause, if one is named). A locale tag with a territory that
    the matched locale lacks still decides the paper: ``es-US`` is set in ``es``, on Letter. Among several locales, the
    companion's own is set alone.

    Raises NotFound for a topic, cause or locale that the library does not have, ContentError for a broken topic.
    """
    read = [library.topic(name) for name in dict.fromkeys(topics or library.topics())]
    if not read:
        raise NotFound("No library has a topic.", "Make one: handouts new topic NAME --library DIR.")
    asked = {topic.id: _causes(topic, cause, named=bool(topics)) for topic in read}
    if not any(asked.values()):
        raise NotFound.among("cause", cause, {one.id for topic in read for one in topic.cause})
    locales = matched(tags, library)
    if first.companion and set(locales.values()) == {first.companion}:
        raise UsageProblem(f"“{first.companion}” cannot stand beside itself.", "Choose another --companion.")
    found = []
    for tag, locale in locales.items():
        beside = "" if locale == first.companion else first.companion
        shared = msgspec.structs.replace(first, locale=locale, companion=beside)
        paper = first.paper or default_paper(tag)
        paper = paper if first.paper or paper != default_paper(locale) else ""
        for topic in read:
            for one in asked[topic.id]:
                found.append(msgspec.structs.replace(shared, topic=topic.id, cause=one, paper=paper))
    return list(dict.fromkeys(found))


def targets(requests: Sequence[Request], output: str) -> list[Path]:
    """Return the file of each request: ``output`` itself if it ends like a leaflet and is no folder, else inside it.

    Raises UsageProblem when many leaflets would go to one file, or a leaflet to a file of another kind.
    """
    path = Path(output)
    if path.suffix.lower() not in (".pdf", ".html", ".txt") or _is_folder(path):
        return [path / request.file_name for request in requests]
    name = Path(only(requests, output).file_name)
    if name.suffix != path.suffix.lower():
        hint = f"Name it {path.with_suffix(name.suffix).name}, or ask for another medium: --to pdf, html or text."
        raise UsageProblem(f"{path} is no name for a {name.suffix} file.", hint)
    return [path]


def only(requests: Sequence[Request], output: str) -> Request:
    """Return the one request there is. Raises UsageProblem when there are more, which cannot all go to ``output``."""
    if len(requests) != 1:
        hint = "Name a folder with -o, or ask for one topic, one locale and one cause."
        raise UsageProblem(f"{len(requests)} leaflets were asked for, but {output} takes one.", hint)
    return requests[0]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the system: writing will say so
        return False


def _causes(topic: Topic, cause: str, *, named: bool) -> tuple[str, ...]:
    """Return the causes to be made of a topic, the empty one for all causes together."""
    known = [one.id for one in topic.cause]
    if cause == EACH:
        return ("", *known)
    if not cause or cause in known:
        return (cause,)
    if named:
        raise NotFound.among("cause", cause, known)
    return ()
