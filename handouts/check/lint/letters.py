"""Letters: the right script, none that only look right, and no characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.check.lint.phrases import named, plain, without_names
from handouts.check.lint.subject import Pair, Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity
from handouts.model.kept import kept

_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd]"
)
_CAPITALS: Final = re.compile(r"(?<=[a-z] )[A-Z]{1,3}\b|\b[A-Z]{2,3}\b")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK"})

_LOOK_ALIKE: Final = {
    ("CYRILLIC", "LATIN"): "асеорхуіјѕһԁԛԝАВЕЅІЈКМНОРСТХУҮԌЗ",
    ("LATIN", "CYRILLIC"): "aceopxyijshABEIJKMHOPCTXYSë",
    ("GREEK", "LATIN"): "οαινυρκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    ("LATIN", "GREEK"): "oavuipkABEZHIKMNOPTYX",
    ("CYRILLIC", "GREEK"): "оакпрАВЕНІКМОРТХФГП",
    ("GREEK", "CYRILLIC"): "οακπρΑΒΕΗΙΚΜΟΡΤΧΦΓΠ",
}
"""Letters of one script that pass for letters of another (Unicode, confusables.txt, those without accents)."""


class Foreign(NamedTuple):
    """A word with letters that are not the language's own. ``kind``: mixed, look-alike or foreign."""

    pair: Pair
    word: str
    kind: str


def script(subject: Subject) -> Iterator[Breach]:
    """Give the words in a script that the language does not use, and its neighbours' letters."""
    for found in _foreign(subject):
        if found.kind == "foreign":
            hint = "Write it in the language’s own letters."
            yield Breach(f"“{found.word}” is in another script than the language’s.", found.pair.where, hint)
    if avoid := subject.manners.avoid:
        for pair in subject.pairs:
            if others := sorted({letter for letter in pair.text if letter in avoid}):
                codes = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in others)
                hint = "Type it on this language’s keyboard."
                yield Breach(f"{codes}: another language’s letter.", pair.where, hint)


def mixed(subject: Subject) -> Iterator[Breach]:
    """Give the words whose letters come from several alphabets."""
    for found in _foreign(subject):
        if found.kind == "mixed":
            names = ", ".join(_spelled(found.word))
            yield Breach(f"“{found.word}” mixes alphabets: {names}.", found.pair.where, "Type the word anew.")


def look_alike(subject: Subject) -> Iterator[Breach]:
    """Give the words that are wholly in another alphabet's letters but look like the language's own."""
    for found in _foreign(subject):
        if found.kind == "look-alike":
            what = f"“{found.word}” looks right, but its letters are of another alphabet: {_script(found.word[0])}."
            yield Breach(what, found.pair.where, "Type the word anew.")


def bidi(subject: Subject) -> Iterator[Breach]:
    """Give the translations that hold bidi controls."""
    yield from _holding(subject, _BIDI, "", "Delete it: inserted values and Latin words are set apart by themselves.")


def unseen(subject: Subject) -> Iterator[Breach]:
    """Give the translations that hold control characters or others that nobody sees and the spelling does not need."""
    yield from _holding(subject, _UNSEEN, subject.manners.joiners, "Delete it.")


def normal(subject: Subject) -> Iterator[Breach]:
    """Give the translations that are not in Unicode's composed form (NFC)."""
    for pair in subject.pairs:
        if not unicodedata.is_normalized("NFC", pair.text):
            yield Breach("The translation is not in Unicode’s form NFC.", pair.where, "Save it normalised.")


def _holding(subject: Subject, what: re.Pattern[str], allowed: str, hint: str) -> Iterator[Breach]:
    for pair in subject.pairs:
        if found := sorted(set(what.findall(pair.text)) - set(allowed)):
            names = ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, 'control character')}" for one in found)
            yield Breach(f"The translation holds {names}.", pair.where, hint)


@kept(4)
def _foreign(subject: Subject) -> tuple[Foreign, ...]:
    """Return the words with foreign letters that are not allowed where they stand."""
    return tuple(_sought(subject))


def _sought(subject: Subject) -> Iterator[Foreign]:
    own = subject.manners.scripts
    usual: set[str] = set()
    for pair in subject.pairs:
        letters = set(pair.bare) - usual
        strange = {letter for letter in letters if letter.isalpha() and _script(letter) not in own}
        usual |= letters - strange
        if not strange or pair.said == pair.english:  # words left in English are another rule's
            continue
        allowed = _allowed(subject, pair)
        for word in dict.fromkeys(_WORD.findall(pair.bare)):
            scripts = {_script(letter) for letter in word}
            if scripts <= own:
                continue
            if len(scripts & _ALPHABETS) > 1:
                yield Foreign(pair, word, "mixed")
            elif not _latin_parts(word) <= allowed or scripts - own - {"LATIN"}:
                yield Foreign(pair, word, _kind(word, own))


def _kind(word: str, own: frozenset[str]) -> str:
    alike = any(all(letter in _LOOK_ALIKE.get((_script(word[0]), one), "") for letter in word) for one in own)
    return "look-alike" if alike else "foreign"


def _latin_parts(word: str) -> set[str]:
    """Return the stretches of Latin letters of a word."""
    return set("".join(letter if _script(letter) == "LATIN" else " " for letter in word).split())


def _allowed(subject: Subject, pair: Pair) -> set[str]:
    """Return the Latin words that may stand in a text: capitals that the English has, names of its medicines, QR."""
    allowed = {"QR", *_CAPITALS.findall(pair.bare_source)}
    terms = subject.catalogue.terms
    if terms is not None and (inns := named(pair.english, terms.english)):
        accepted = tuple((inn, forms) for inn, forms in terms.medicines if inn in inns)
        allowed |= {word for inn in inns for word in (*inn.split(), *inn.title().split(), inn.capitalize())}
        rest = set(without_names(pair.said, accepted).split())
        allowed |= {
            part for word in _WORD.findall(pair.bare) if plain(word).strip() not in rest for part in _latin_parts(word)
        }
    return allowed


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    """Return the first word of a letter's name, which is its script for all scripts in use."""
    if letter in "ªº":
        return "LATIN"
    return unicodedata.name(letter, "UNNAMED").partition(" ")[0]


def _spelled(word: str) -> Iterator[str]:
    for name in dict.fromkeys(map(_script, word)):
        yield f"{name.title()} {''.join(letter for letter in word if _script(letter) == name)}"


RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.script",
        Severity.ERROR,
        "Words in letters that the reader does not know are words left out.",
        script,
    ),
    Rule(
        "lint.mixed-script",
        Severity.ERROR,
        "A word of mixed alphabets looks right, but cannot be found, read aloud or compared with a label.",
        mixed,
    ),
    Rule(
        "lint.look-alike",
        Severity.ERROR,
        "A word in another alphabet’s letters looks right, but cannot be found, read aloud or compared with a label.",
        look_alike,
    ),
    Rule(
        "lint.bidi",
        Severity.ERROR,
        "A stray direction control can print a number backwards.",
        bidi,
    ),
    Rule(
        "lint.unseen",
        Severity.ERROR,
        "What nobody sees nobody reviews; it can split a name or a number.",
        unseen,
    ),
    Rule(
        "lint.nfc",
        Severity.WARNING,
        "The same word in two forms is two words to search, to screen readers and to these rules.",
        normal,
    ),
)
"""The rules on letters."""
