"""Punctuation: brackets and quotes in pairs, sentences that end and headings that do not, nothing said twice."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.lint.subject import Subject
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_BRACKETS: Final = {
    "(": ")",
    "[": "]",
    "（": "）",
    "［": "］",
    "【": "】",
    "〔": "〕",
    "〈": "〉",
    "《": "》",
    "༼": "༽",
}
_QUOTES: Final = frozenset('"“”„«»‹›「」『』‟〝〞＂')
_CLOSING: Final = frozenset(_BRACKETS.values())
_ANY_BRACKET: Final = re.compile(f"[{re.escape(''.join(_BRACKETS) + ''.join(_BRACKETS.values()))}]")
_ANY_QUOTE: Final = re.compile(f"[{''.join(_QUOTES)}]")
_CLOSERS: Final = ')]）］】〕〉》"”“»«’‘」』 \u00a0\u202f'

_ENDS: Final = {
    **dict.fromkeys(".。．｡।॥۔።។៕။…", "."),
    **dict.fromkeys("?？؟፧;", "?"),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：፡፦៖", ":"),
}
"""Mark → the English one that it stands for (Greek asks with a semicolon)."""

_TWICE: Final = re.compile(r"(?<!\S)(\S+)\s+\1(?=[\s.,;:!?)。،؟।۔።]|$)", re.IGNORECASE)
_TWICE_JOINED: Final = re.compile(r"([^\W\d_]{3,})\1|([的是和在你请請会會]|を|が)\2")
_MARKS_TWICE: Final = re.compile(r"([,;:!?。،؟।۔።၊])\1|(?<!\.)\.\.(?!\.)|\s\s|^\s|\s$")


def brackets(subject: Subject) -> Iterator[Breach]:
    """Give the translations whose brackets do not close, or close another."""
    for pair in subject.pairs:
        if _ANY_BRACKET.search(pair.bare) and (stray := _stray(pair.bare)):
            yield Breach(f"The bracket “{stray}” has no partner.", pair.where, "Close each bracket with its own kind.")


def quotes(subject: Subject) -> Iterator[Breach]:
    """Give the translations whose quotation marks do not pair as the language pairs them."""
    pairs = subject.manners.quotes
    for pair in subject.pairs:
        if _ANY_QUOTE.search(pair.bare) and not _paired(pair.bare, pairs):
            hint = f"The language’s quotation marks: {', '.join(f'{one[0]}…{one[1]}' for one in pairs)}."
            yield Breach("The quotation marks are not in pairs, or not the language’s.", pair.where, hint)


def ending(subject: Subject) -> Iterator[Breach]:
    """Give the translations that end like a heading where the English ends like a sentence, or the other way round."""
    manners = subject.manners
    for pair in subject.pairs:
        wanted, mark = _ENDS.get(_last(pair.source), ""), _last(pair.text)
        got = _ENDS.get(mark, "")
        if wanted == "." and got == "." and mark not in manners.stops:
            yield Breach(f"“{mark}” is not how the language ends a sentence.", pair.where, f"Write {manners.stops[0]}")
        elif wanted != got and not (wanted == "." and not got and manners.bare_end):
            what = f"The English ends with {_shown(wanted)}, the translation with {_shown(got)}."
            yield Breach(what, pair.where, "Sentences end with a mark, headings without: end it like the English.")


def doubled(subject: Subject) -> Iterator[Breach]:
    """Give the translations that say a word, or write a mark or a blank, twice."""
    manners = subject.manners
    words = _TWICE if manners.spaced else _TWICE_JOINED
    for pair in subject.pairs:
        for found in (*words.finditer(pair.text), *_MARKS_TWICE.finditer(pair.text)):
            if found[1] is None or found[1].casefold() not in manners.repeats:
                yield Breach(f"“{found[0]}” stands twice.", pair.where, "Delete one.")


def _stray(text: str) -> str:
    """Return the first bracket without a partner, nothing if all have one."""
    due: list[tuple[str, str]] = []
    for mark in text:
        if mark in _BRACKETS:
            due.append((_BRACKETS[mark], mark))
        elif mark in _CLOSING and (not due or due.pop()[0] != mark):
            return mark
    return due[-1][1] if due else ""


def _paired(text: str, pairs: tuple[str, ...]) -> bool:
    """Return whether each quotation mark opens or closes a pair of the language's, one within the other."""
    due: list[str] = []
    for mark in text:
        if mark not in _QUOTES:
            continue
        if due and due[-1] == mark:
            due.pop()
        elif closing := next((one[1] for one in pairs if one[0] == mark), ""):
            due.append(closing)
        else:
            return False
    return not due


def _last(text: str) -> str:
    return text.rstrip(_CLOSERS)[-1:]


def _shown(mark: str) -> str:
    return f"“{mark}”" if mark else "no mark"


RULES: Final[tuple[Rule[Subject], ...]] = (
    Rule(
        "lint.brackets",
        Severity.WARNING,
        "An explanation that does not end swallows the sentence after it.",
        brackets,
    ),
    Rule(
        "lint.quotes",
        Severity.WARNING,
        "Quotation marks that are not the reader’s own look like a mistake, and make the rest look like one.",
        quotes,
    ),
    Rule(
        "lint.end",
        Severity.WARNING,
        "A sentence without its end is often a sentence cut off.",
        ending,
    ),
    Rule(
        "lint.doubled",
        Severity.WARNING,
        "A word twice is a slip that nobody read over.",
        doubled,
    ),
)
"""The rules on punctuation."""
