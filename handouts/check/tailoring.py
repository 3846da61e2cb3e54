"""Which texts a leaflet must carry, and which it must not: all facts of its cause, nothing of another.

A leaflet on all causes uses the topic's title, summary and introduction and the causes' names. A tailored one uses its
cause's own title, summary and introduction in their place.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from handouts.model.authored import Cause, Topic
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
    """Give what only other causes say, in the topic's language: key and words; medicines by their Latin name, too.

    What the cause itself or the general part says as well is not foreign.
    """
    own = {word.casefold() for word in own_words(topic, cause)}
    for other in topic.cause:
        if other.id != cause:
            for key, words in _words(other):
                if words.casefold() not in own:
                    yield key, words


def own_words(topic: Topic, cause: str) -> Iterator[str]:
    """Give what the leaflet of a cause may say: its cause's words and the general ones."""
    for text in texts(topic):
        found = _CAUSE.fullmatch(text.key)
        if found is None or found[1] == cause:
            yield str(text)
    for one in topic.cause:
        if one.id == cause:
            yield from (words for _, words in _words(one))


def _words(cause: Cause) -> Iterator[tuple[str, str]]:
    for text in texts(cause):
        yield text.key, str(text)
    for medicine in cause.medicines:
        for name in medicine.inn.split(","):
            yield medicine.name.key, name.strip()
