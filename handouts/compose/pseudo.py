"""Pseudo-locales: catalogues made up from the English, to try whether layouts hold. Never stored, never handed out.

``qps-ploc`` accents every letter and is longer by three fifths, as the longest languages are; ``qps-plocm`` runs from
right to left besides, as Arabic does (its words are set under a right-to-left override, so that they can be read).
"""

import re
from itertools import cycle
from typing import Final

from handouts.model.authored import SharedWords, Text, Topic
from handouts.model.catalogue import Catalogue, Message, MessageId
from handouts.model.walk import texts

LONGER: Final = 0.6
"""By how much a text grows, as a part of its length."""

_ACCENTED: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž",
)
_KEPT: Final = re.compile(r"(\{[^{}]*\}|</?[A-Za-z][^<>]*>)")
_PADDING: Final = ("one", "two", "three", "four", "five", "six")
_END: Final = ".!?:"
_OVERRIDE: Final = ("\u202e", "\u202c")


def pseudo(locale: str, words: SharedWords, topic: Topic) -> Catalogue:
    """Return the catalogue of a pseudo-locale for the shared words and one topic: every text is there, changed."""
    mirrored = locale.endswith("m")
    return Catalogue(
        locale=locale,
        language="qps",
        script="Latn",
        direction="rtl" if mirrored else "ltr",
        status="machine-draft",
        messages={
            MessageId(text.domain, text.key, str(text)): Message(text=pseudo_text(text, mirrored))
            for text in (*texts(words), *texts(topic))
        },
        files={text.domain: "" for text in (*texts(words), *texts(topic))},
    )


def pseudo_text(text: Text, mirrored: bool) -> str:
    """Return a text accented and longer, in brackets that show where it is cut off; placeholders and tags are kept."""
    end = text[-1] if text[-1:] in _END else ""
    body = str(text).removesuffix(end)
    more = ""
    for word in cycle(_PADDING):
        if len(more) >= LONGER * len(text):
            break
        more += f" {word}"
    parts = _KEPT.split(f"[{body}{more}]{end}")
    changed = [part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts)]
    if not mirrored:
        return "".join(changed)
    return "".join(part if at % 2 else _overridden(part) for at, part in enumerate(changed))


def _overridden(part: str) -> str:
    """Return words each under a right-to-left override, so that every line is one of right-to-left text."""
    return re.sub(r"\S+", lambda word: word[0].join(_OVERRIDE), part)
