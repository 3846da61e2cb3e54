"""PO files to a locale's catalogue: what is said, in which state it is, and whether the file may be believed.

The header says how far a catalogue has been checked (``X-Review-Status``, ``X-Reviewed-By``, ``X-Review-Date``). A
catalogue never counts as better than the least of its files, and never as reviewed while one of its messages was
changed after the review.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, get_args

from handouts.compose.po import Entry, PoFile
from handouts.compose.po_reader import parse
from handouts.compose.stamp import review, stale
from handouts.errors import ContentError, NotFound
from handouts.findings import Finding, Severity, Where
from handouts.model.catalogue import Catalogue, Message, MessageId, ReviewStatus
from handouts.model.locales import SOURCE_LOCALE, parse_tag, writing
from handouts.model.terms import Terms

STATES: Final[tuple[ReviewStatus, ...]] = get_args(ReviewStatus)
"""The review states from the least checked to the most, the source before them."""

_DRAFT: Final[ReviewStatus] = "machine-draft"
_PLURAL: Final = re.compile(r"nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*[n0-9 ()?:%!=<>&|*/+-]+;?")
_NO_CONTROL: Final = re.compile(r"[\x00-\x1f]")

_Breach = tuple[str, Severity, int, str, str, str]  # rule, severity, line, key, message, hint


def read(locale: str, files: Mapping[str, tuple[str, bytes]], terms: Terms | None = None) -> Catalogue:
    """Return a locale's catalogue from its PO files: domain → (file's label, bytes), and the language's terms.

    The source locale has none and needs none. Raises ContentError for files that cannot be read, with one finding,
    file and line for each problem; what is readable but wrong is in the catalogue's ``findings``.
    """
    facts = writing(locale)
    parsed, unreadable = _parsed(files)
    if unreadable:
        raise ContentError(f"The catalogue of “{locale}” cannot be read.", "Mend what is listed.", unreadable)
    messages: dict[MessageId, Message] = {}
    findings: list[Finding] = []
    states: list[ReviewStatus] = []
    for domain, po in parsed.items():
        live = [entry for entry in po.entries if not entry.obsolete]
        messages.update({MessageId(domain, entry.context or "", entry.source): _message(entry) for entry in live})
        breaches = [*_header(po, locale), *_entries(live), *_review(po, live)]
        where = Where(file=files[domain][0], domain=domain, locale=locale)
        findings += [_finding(breach, where) for breach in breaches]
        states.append(_state(po, live))
    return Catalogue(
        locale=locale,
        language=facts.language,
        script=facts.script,
        direction=facts.direction,
        territory=facts.territory,
        status=min(states, key=STATES.index, default="source" if locale == SOURCE_LOCALE else _DRAFT),
        messages=messages,
        files={domain: label for domain, (label, _) in files.items()},
        findings=tuple(findings),
        terms=terms,
    )


def _parsed(files: Mapping[str, tuple[str, bytes]]) -> tuple[dict[str, PoFile], list[Finding]]:
    """Return the files that can be read, and the problems of those that cannot."""
    parsed: dict[str, PoFile] = {}
    problems: list[Finding] = []
    for domain, (label, data) in files.items():
        try:
            parsed[domain] = parse(data, label)
        except ContentError as error:
            problems += error.findings
    return parsed, problems


def _message(entry: Entry) -> Message:
    return Message(
        text=entry.text,
        fuzzy=entry.fuzzy,
        stale=stale(entry),
        reviewed=review(entry),
        line=entry.line,
    )


def _finding(breach: _Breach, where: Where) -> Finding:
    rule, severity, line, key, message, hint = breach
    place = Where(file=where.file, line=line, key=key, domain=where.domain, locale=where.locale)
    return Finding(f"catalogue.{rule}", severity, message, place, hint)


def _header(po: PoFile, locale: str) -> Iterator[_Breach]:
    """Give what is wrong with a file's header."""
    if po.header is None:
        hint = "Restore it, or run: handouts catalogue update"
        yield "header", Severity.ERROR, 1, "", "The file has no header.", hint
        return
    line, fields = po.header.line, po.fields
    if "charset" not in fields.get("Content-Type", ""):
        hint = "Add: Content-Type: text/plain; charset=UTF-8"
        yield "header", Severity.WARNING, line, "Content-Type", "The header does not name the charset.", hint
    language = fields.get("Language", "")
    if not _same(language, locale):
        said = f"says “{language[:40]}”" if language else "says nothing"
        what = f"The header's Language {said}, but the file is in the folder of “{locale}”."
        hint = f"Write Language: {locale.replace('-', '_')}, if the words are in that language."
        yield "language", Severity.ERROR, line, "Language", what, hint
    plural = fields.get("Plural-Forms", "")
    if plural and not _PLURAL.fullmatch(plural):
        hint = "It does no harm here, but other tools refuse it."
        yield "plural", Severity.WARNING, line, "Plural-Forms", "The header's Plural-Forms cannot be read.", hint
    status = fields.get("X-Review-Status", "")
    if status not in STATES[1:]:
        what = f"The header's X-Review-Status is “{status[:40]}”." if status else "The header has no X-Review-Status."
        hint = f"Write one of {', '.join(STATES[1:])}. Until then it counts as {_DRAFT}."
        yield "review-status", Severity.ERROR, line, "X-Review-Status", what, hint


def _entries(live: list[Entry]) -> Iterator[_Breach]:
    """Give what is wrong with single messages, whatever the topic says."""
    for entry in live:
        if not entry.context:
            hint = "Each has its dotted key as msgctxt; run: handouts catalogue update"
            yield "context", Severity.ERROR, entry.line, "", "The message has no msgctxt.", hint
        elif not entry.source:
            hint = "Run: handouts catalogue update"
            yield "context", Severity.ERROR, entry.line, entry.context, "The message has no msgid.", hint
        if found := _NO_CONTROL.search(entry.text):
            what = f"The translation holds {found.group()!r}: it must be one line, without tabs."
            yield "control", Severity.ERROR, entry.line, entry.context or "", what, "Delete it."


def _review(po: PoFile, live: list[Entry]) -> Iterator[_Breach]:
    """Give what a file that says it is reviewed lacks for being believed."""
    fields = po.fields
    if po.header is None or fields.get("X-Review-Status") != "reviewed":
        return
    hint = "Run: handouts catalogue review. Until then it counts as translated."
    if not fields.get("X-Reviewed-By"):
        what = "The header says reviewed, but not by whom (X-Reviewed-By)."
        yield "review", Severity.ERROR, po.header.line, "X-Reviewed-By", what, hint
    if not _is_date(fields.get("X-Review-Date", "")):
        what = "The header says reviewed, but has no date such as 2026-03-31 (X-Review-Date)."
        yield "review", Severity.ERROR, po.header.line, "X-Review-Date", what, hint
    for entry in live:
        if not review(entry):
            what = "The file says reviewed, but this message was not, or was changed since."
            yield "review", Severity.ERROR, entry.line, entry.context or "", what, hint


def _state(po: PoFile, live: list[Entry]) -> ReviewStatus:
    """Return the state a file may claim."""
    claimed = next((state for state in STATES[1:] if state == po.fields.get("X-Review-Status")), _DRAFT)
    return "translated" if claimed == "reviewed" and any(_review(po, live)) else claimed


def _same(language: str, locale: str) -> bool:
    try:
        return parse_tag(language) == parse_tag(locale)
    except NotFound:
        return False


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
