"""Authored values in the reader's language."""

from typing import Final, TypeVar

import msgspec

from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, MessageId
from handouts.model.walk import mapped

SOURCE_LANGUAGE = "en"
Value = TypeVar("Value", bound=msgspec.Struct)

# By identity, which is sound because the values themselves are kept too: a library reads each once.
_done: dict[tuple[int, int], tuple[msgspec.Struct, Catalogue, msgspec.Struct]] = {}
_MOST: Final = 512


def localise(value: Value, catalogue: Catalogue) -> Value:
    """Return the same value with every text replaced by its translation; each keeps its key.

    A message without a translation stays in English and says so (``Text.lang``): the checks refuse it, and only a
    draft shows it. Nothing falls back unseen.
    """
    if catalogue.status == "source":
        return value
    kept = _done.get((id(value), id(catalogue)))
    if kept is None or kept[0] is not value or kept[1] is not catalogue:
        if len(_done) >= _MOST:
            _done.clear()
        kept = _done[id(value), id(catalogue)] = (value, catalogue, _localised(value, catalogue))
    return kept[2]  # type: ignore[return-value]


def _localised(value: Value, catalogue: Catalogue) -> Value:

    def translate(text: Text) -> Text:
        message = catalogue.messages.get(MessageId(text.domain, text.key, str(text)))
        if message is None or not message.text:
            return Text(text, text.key, text.domain, SOURCE_LANGUAGE)
        return Text(message.text, text.key, text.domain)

    return mapped(value, translate)
