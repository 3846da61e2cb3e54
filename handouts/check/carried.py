"""Which facts a finished copy carries, as its bytes are read out: the proof, not the intention."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from handouts.check.preflight.document import Document
from handouts.check.preflight.reading import letters, read_out
from handouts.check.preflight.subject import Expected, Inspected
from handouts.check.tailoring import due_facts
from handouts.check.words import by_key, passages, squeezed
from handouts.model.authored import Topic
from handouts.model.leaflet import Leaflet
from handouts.model.walk import texts
from handouts.typeset.breaks import opportunities

_BY_LETTER: Final = ("ja", "zh")
"""Languages whose length is told in characters."""

_BY_DICTIONARY: Final = ("km", "lo", "my", "th")
"""Languages that part words by no blank, and for which ICU has a dictionary."""


class Carried(NamedTuple):
    """How many facts a copy must carry, and which it does not."""

    due: int
    lacking: tuple[str, ...]

    @property
    def present(self) -> int:
        """Return how many it carries."""
        return self.due - len(self.lacking)


def carried(pdf: bytes, leaflet: Leaflet, topic: Topic, cause: str) -> Carried:
    """Return which of its cause's facts a finished PDF carries. ``topic`` is in the leaflet's language.

    A fact is carried if every text that holds it stands whole in passages that are read out from the PDF's own
    structure and codes, letter for letter.
    """
    with Document(pdf) as document:
        heard = {letters(part.text) for part in read_out(Inspected(document, Expected()))}
    read = [passage for passage in passages(leaflet) if letters(passage.text) in heard]
    said = {key: squeezed(text) for key, text in by_key(read).items()}
    return lacking(said, {text.key: squeezed(text) for text in texts(topic)}, due_facts(topic, cause))


def lacking(said: Mapping[str, str], meant: Mapping[str, str], due: Mapping[str, tuple[str, ...]]) -> Carried:
    """Return which facts are not carried whole by what is said of each key; one without a key is not, either."""
    absent = [
        fact
        for fact, keys in due.items()
        if not keys or any(meant.get(key, "\0") not in said.get(key, "") for key in keys)
    ]
    return Carried(len(due), tuple(absent))


def word_count(leaflet: Leaflet) -> int:
    """Return how many words a leaflet has: parted by blanks, or by ICU's dictionary where the script has none.

    Chinese and Japanese are counted in characters, as their readers do.
    """
    language = leaflet.lang.partition("-")[0]
    return sum(_words(passage.text, language) for passage in passages(leaflet))


def _words(text: str, language: str) -> int:
    if language in _BY_LETTER:
        return sum(char.isalnum() for char in text)
    if language not in _BY_DICTIONARY:
        return sum(any(char.isalnum() for char in word) for word in text.split())
    ends = opportunities(text, language)
    parts = [text[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return sum(any(char.isalnum() for char in part) for part in parts)
