"""Walking over all texts of an authored value: giving each its key, listing them, replacing them.

A key is dotted: field names; list places from 1 (``summary.1``); an entry that has an id by that id
(``cause.oily-skincare.medicines.urea.name``). The ``text`` of such an entry is its point and adds no word
(``daily.loose-clothes``).
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, TypeVar, cast

import msgspec

from handouts.model.authored import SharedWords, Text, Topic

SHARED_DOMAIN: Final = "handouts"
"""The catalogue domain of the shared words; a topic's domain is its id."""

Value = TypeVar("Value")


def keyed(topic: Topic) -> Topic:
    """Return the topic with every text knowing its key and its domain, the topic's id."""
    placed: Topic = _placed(topic, "", topic.id)
    return placed


def keyed_words(words: SharedWords) -> SharedWords:
    """Return the shared words with every text knowing its key (``group.name``) and the domain ``handouts``."""
    return msgspec.structs.replace(words, words=_placed(words.words, "", SHARED_DOMAIN))


def texts(value: Any) -> Iterator[Text]:
    """Give all texts of a value in the order in which they are authored."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple | list):
        for entry in value:
            yield from texts(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, msgspec.Struct):
        for name in _fields(type(value)):
            yield from texts(getattr(value, name))


def mapped(value: Value, change: Callable[[Text], Text]) -> Value:
    """Return the value rebuilt with every text replaced by what ``change`` makes of it; all else is kept."""
    result: Any = value
    if isinstance(value, Text):
        result = change(value)
    elif isinstance(value, tuple):
        result = tuple([mapped(entry, change) for entry in value])
    elif isinstance(value, dict):
        result = {name: mapped(entry, change) for name, entry in value.items()}
    elif isinstance(value, msgspec.Struct):
        fields = _fields(type(value))
        if fields:
            new = {name: mapped(getattr(value, name), change) for name in fields}
            result = msgspec.structs.replace(value, **new)
    return cast(Value, result)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields that can hold a text, so that walks skip the others."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _holds_text(field.type))


def _holds_text(kind: Any) -> bool:
    """Return whether a field of this declared type can hold a text, however deep."""
    if kind is Text:
        return True
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return bool(_fields(kind))
    return any(_holds_text(part) for part in getattr(kind, "__args__", ()))


def _placed(value: Any, path: str, domain: str) -> Any:
    """Return the value with every text placed under ``path``."""
    if isinstance(value, Text):
        return Text(value, path, domain)
    if isinstance(value, tuple):
        return tuple(
            _placed(entry, _join(path, str(getattr(entry, "id", place))), domain)
            for place, entry in enumerate(value, 1)
        )
    if isinstance(value, dict):
        return {name: _placed(entry, _join(path, name), domain) for name, entry in value.items()}
    if isinstance(value, msgspec.Struct):
        point = "text" if hasattr(value, "id") and path else ""
        new = {
            name: _placed(getattr(value, name), path if name == point else _join(path, name), domain)
            for name in _fields(type(value))
        }
        return msgspec.structs.replace(value, **new)
    return value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
