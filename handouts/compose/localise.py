"""Authored values in the reader's language."""

from typing import TypeVar

import msgspec

from handouts.model.authored import Text
from handouts.model.catalogue import Catalogue, MessageId
from handouts.model.kept import kept
from handouts.model.walk import mapped

SOURCE_LANGUAGE = "en"
Value = TypeVar("Value", bound=msgspec.Struct)


@kept(512)
def localise(value: Value, catalogue: Catalogue) -> Value:
    """Return the same value with every text replaced by its translation; each keeps its key.

    A message without a translation stays in English and says so (``Text.lang``): the checks refuse it, and only a
    draft shows it. Nothing falls back unseen.
    """
    if catalogue.status == "source":
        return value

    def translate(text: Text) -> Text:
        message = catalogue.messages.get(MessageId(text.domain, text.key, str(text)))
        if message is None or not message.text:
            return Text(text, text.key, text.domain, SOURCE_LANGUAGE)
        return Text(message.text, text.key, text.domain)

    return mapped(value, translate)
