"""A catalogue as rows for people who review: English and translation side by side, with notes, comments and a state.

Each row carries a base: the fingerprints of what it said when it was exported. Against that, an import tells what a
reviewer has changed, and what has changed in the catalogue since.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, get_args

import msgspec

from handouts.compose.po import Entry, PoFile
from handouts.compose.stamp import fingerprint, remarks, review, stale
from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where

State = Literal["", "machine-draft", "translated", "reviewed", "needs-work"]
"""How far a message is; empty: not translated."""

STATES: Final[tuple[State, ...]] = get_args(State)
SEPARATOR: Final = "/"
"""Between domain and key in a row's id."""

_BASE: Final = re.compile(r"([A-Za-z0-9-]{2,30}) ([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{8}) ?([a-z-]*)")


class Base(NamedTuple):
    """What a row said when it was exported: fingerprints of English, translation and comments, and the state."""

    locale: str
    source: str
    text: str
    comment: str
    state: State

    def __str__(self) -> str:
        """Return the base as files carry it; :func:`read_base` reads it again."""
        return " ".join(self).rstrip()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One message as a reviewer sees it. ``place`` is its row in a sheet or its line in a file, from 1.

    ``comment`` are the translator's remarks, a line each; ``notes`` are for the translator. ``base`` is None in a row
    that no export has written.
    """

    domain: str
    key: str
    source: str
    text: str
    state: State
    comment: str = ""
    notes: tuple[str, ...] = ()
    base: Base | None = None
    place: int = 0

    @property
    def id(self) -> str:
        """Return what names the message in all catalogues of a locale."""
        return f"{self.domain}{SEPARATOR}{self.key}"


def rows(domain: str, po: PoFile, locale: str) -> tuple[Row, ...]:
    """Return the messages of a PO file as rows, in their order; obsolete ones are left out."""
    return tuple([_row(domain, entry, po, locale) for entry in po.entries if not entry.obsolete])


def state_of(entry: Entry, po: PoFile) -> State:
    """Return how far a message is: as it says itself, else as its file does."""
    if not entry.text.strip():
        return ""
    if entry.fuzzy or stale(entry):
        return "needs-work"
    if review(entry):
        return "reviewed"
    claimed = po.fields.get("X-Review-Status", "")
    return "translated" if claimed in ("translated", "reviewed") else "machine-draft"


def plain(text: str) -> str:
    """Return a text as it counts when it is compared: line ends are LF, white space around it is none of it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark(text: str) -> str:
    """Return the fingerprint of a text as it counts."""
    return fingerprint(plain(text))


def comment_of(entry: Entry) -> str:
    """Return a translator's remarks on a message, a line each, without the stamps."""
    return plain("\n".join(comment.strip() for comment in remarks(entry.comments)))


def read_base(text: str) -> Base | None:
    """Return the base that a file carries, None for what is none."""
    match = _BASE.fullmatch(text.strip())
    state = next((one for one in STATES if match and one == match[5]), None)
    return Base(match[1], match[2], match[3], match[4], state) if match and state is not None else None


def read_state(text: str) -> State | None:
    """Return the state that a person wrote (“Needs work”, “machine draft”), None for what is none."""
    word = "-".join(text.replace("-", " ").casefold().split())
    return next((state for state in STATES if state == word), None)


def read_id(text: str) -> tuple[str, str]:
    """Return domain and key of a row's id; the key is empty in what is none."""
    domain, _, key = text.strip().partition(SEPARATOR)
    return domain, key


def locale_of(found: Iterable[Row], file: str) -> str:
    """Return the locale that a file's rows are of.

    Raises ContentError for rows of several locales, for none that an export has written, and for a row there twice.
    """
    every = tuple(found)
    locales = list(dict.fromkeys(row.base.locale for row in every if row.base))
    if not locales:
        hint = "Bring back the file that “handouts catalogue export” wrote, with its column or attribute of the base."
        raise refusal(file, "base", "No row says what it was exported from.", hint)
    problems = [*_twice(every, file)]
    if len(locales) > 1:
        stray = [row for row in every if row.base and row.base.locale != locales[0]]
        problems += [
            trouble(file, "locale", f"The row is of “{row.base.locale if row.base else ''}”.", row) for row in stray
        ]
    if problems:
        raise ContentError(f"{file} cannot be taken in.", "Mend what is listed, or export it again.", problems)
    return locales[0]


def trouble(file: str, rule: str, message: str, row: Row | int = 0, hint: str = "") -> Finding:
    """Return an error about a file that came back, or one row of it."""
    key, place = (row.id, row.place) if isinstance(row, Row) else ("", row)
    return Finding(f"exchange.{rule}", Severity.ERROR, message, Where(file=file, key=key, row=place), hint)


def refusal(file: str, rule: str, message: str, hint: str = "", place: int = 0) -> ContentError:
    """Return the error for a file that cannot be taken in at all."""
    return ContentError(f"{file} cannot be taken in.", hint, (trouble(file, rule, message, place),))


def _row(domain: str, entry: Entry, po: PoFile, locale: str) -> Row:
    state, comment = state_of(entry, po), comment_of(entry)
    return Row(
        domain=domain,
        key=entry.context or "",
        source=entry.source,
        text=entry.text,
        state=state,
        comment=comment,
        notes=entry.notes,
        base=Base(locale, mark(entry.source), mark(entry.text), mark(comment), state),
    )


def _twice(every: tuple[Row, ...], file: str) -> Iterator[Finding]:
    counts = Counter(row.id for row in every)
    for row in every:
        if counts[row.id] > 1:
            yield trouble(file, "repeated", "The key stands in more than one row.", row, "Keep the right one.")
