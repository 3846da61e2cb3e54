"""Which texts a leaflet must carry, and which it must not: all facts of its cause, nothing of another.

A leaflet on all causes uses the topic's title, summary and introduction and the causes' names. A tailored one uses its
cause's own title, summary and introduction in their place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from handouts.model.authored import Cause, Text, Topic
from handouts.model.walk import texts

_OPENING: Final = re.compile(r"(?:title|introduction|summary\.\d+)")
_CAUSE: Final = re.compile(r"cause\.([^.]+)\.(.+)")


def due_facts(topic: Topic, cause: str) -> Mapping[str, tuple[str, ...]]:
    """Return the facts that a leaflet must carry, each with the keys of the texts that carry it in such a leaflet.

    ``cause`` empty: the leaflet on all causes. A fact without any key of its own in such a leaflet has none here. A
    topic without a table of facts owes every text.
    """
    if not topic.facts:
        return {text.key: (text.key,) for text in texts(topic) if _in_leaflet(text.key, cause)}
    return {
        fact: tuple(key for key in keys if _in_leaflet(key, cause))
        for fact, keys in topic.facts.items()
        if not all(foreign_key(key, cause) for key in keys)
    }


def _in_leaflet(key: str, cause: str) -> bool:
    """Return whether a leaflet of this kind uses the text of a key."""
    found = _CAUSE.fullmatch(key)
    if found is None:
        return not (cause and _OPENING.fullmatch(key))
    own, field = found.groups()
    if not cause:
        return not _OPENING.fullmatch(field)
    return own == cause and field != "name"


def foreign_key(key: str, cause: str) -> bool:
    """Return whether a key belongs to another cause than the leaflet's."""
    found = _CAUSE.fullmatch(key)
    return bool(cause and found and found[1] != cause)


def foreign_words(topic: Topic, cause: str) -> Iterator[tuple[str, str]]:
    """Give what only other causes say, in the topic's language and in small letters: key and words.

    Medicines count by their local and by their Latin name, unless the general part names them, too; other words unless
    the leaflet's own cause or the general part says the same.
    """
    general = _joined(text for text in texts(topic) if not _CAUSE.fullmatch(text.key))
    own = general + _joined(text for one in topic.cause if one.id == cause for text in texts(one))
    for other in topic.cause:
        if other.id == cause:
            continue
        names = [*_medicines(other)]
        yield from ((key, name) for key, name in names if name not in general)
        named = {key for key, _ in names}
        for text in texts(other):
            if text.key not in named and (words := text.casefold()) not in own:
                yield text.key, words


def own_names(topic: Topic, cause: str) -> tuple[str, ...]:
    """Return the names of the cause's medicines in small letters, the longest first."""
    names = [name for one in topic.cause if one.id == cause for _, name in _medicines(one)]
    return tuple(sorted(names, key=len, reverse=True))


def _medicines(cause: Cause) -> Iterator[tuple[str, str]]:
    for medicine in cause.medicines:
        for name in (medicine.name, *medicine.inn.split(",")):
            yield medicine.name.key, name.strip().casefold()


def _joined(found: Iterable[Text]) -> str:
    return "\n".join(found).casefold() + "\n"
