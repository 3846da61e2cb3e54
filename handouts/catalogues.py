"""The life of the catalogues: extracted from what is authored, begun for a locale, kept up to date, surveyed, reviewed.

A catalogue belongs to a library's folder (``root``): ``locales/<domain>.pot`` are the templates,
``locales/<locale>/LC_MESSAGES/<domain>.po`` the translations. Files carry no dates but that of a review: they change
only when what they say changes.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from handouts.check.catalogue import findings, state, translation
from handouts.compose.catalogue import read
from handouts.compose.extract import header, messages, project, source_file
from handouts.compose.merge import finished, merge
from handouts.compose.po import PoFile, dump
from handouts.compose.po_reader import parse
from handouts.compose.stamp import with_review
from handouts.errors import ContentError, NotFound, UsageProblem
from handouts.files import read_file
from handouts.findings import Finding, errors
from handouts.library import Library
from handouts.model.authored import SharedWords, Topic
from handouts.model.locales import PSEUDO_LOCALES, SOURCE_LOCALE, parse_tag
from handouts.model.walk import SHARED_DOMAIN, texts
from handouts.store import save

REVIEWS: Final = ("catalogue.review", "catalogue.review-status")
"""Rules that speak of reviews, not of words."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file. ``written`` is false if it was as it should be; counts are of messages.

    ``new`` ones were not there before, ``obsolete`` ones are kept but used no more.
    """

    file: str
    domain: str
    locale: str = ""
    written: bool
    messages: int
    new: int
    obsolete: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How far a domain is translated into a locale: each of ``total`` texts counts in one of the next four columns.

    ``reviewed`` counts messages, ``state`` is the file's claim as far as it holds, or ``unreadable``, or ``absent``.
    """

    locale: str
    domain: str
    total: int
    translated: int
    fuzzy: int
    stale: int
    missing: int
    orphaned: int
    reviewed: int
    findings: int
    state: str


def locales_in(root: Path) -> tuple[str, ...]:
    """Return the tags of the locales that have a folder in this library, sorted."""
    return tuple(sorted(_locale_folders(root)))


def extract(library: Library, root: Path) -> tuple[Change, ...]:
    """Write a template for each topic of a library's folder, and for its shared words if it has its own."""
    changes = []
    for domain in _own_domains(library, root):
        value = authored(library, domain)
        path = root / "locales" / f"{domain}.pot"
        old = parsed(library, path)
        changes.append(_change(library, path, domain, old, PoFile(header(value), tuple(messages(value)))))
    return tuple(changes)


def scaffold(library: Library, root: Path, locale: str) -> dict[Path, bytes]:
    """Return the files of a locale to be begun, for every topic there is: path → bytes. Nothing is written."""
    files = {}
    for domain in domains(library):
        value = authored(library, domain)
        files[po_path(root, locale, domain)] = dump(PoFile(header(value, locale), tuple(messages(value))))
    return files


def update(library: Library, root: Path, locales: Iterable[str], accept: Collection[str] = ()) -> tuple[Change, ...]:
    """Bring the PO files of locales up to the English of today (the rules are in ``compose.merge``).

    Files that lack for the folder's own topics are begun. ``accept`` are keys whose words stay right though the
    English changed. Raises ContentError, before anything is written, if one of the files cannot be read, NotFound for
    a key to accept that no message has.
    """
    own = _own_domains(library, root)
    values = {domain: authored(library, domain) for domain in domains(library)}
    keys = {text.key for value in values.values() for text in texts(value)}
    if unknown := [key for key in accept if key not in keys]:
        raise NotFound.among("message", unknown[0], keys)
    planned = []
    for locale in (locale for locale in locales if locale not in (SOURCE_LOCALE, *PSEUDO_LOCALES)):
        for domain, value in values.items():
            path = po_path(root, locale, domain)
            if path.is_file() or domain in own:
                old = parsed(library, path)
                new = merge(old, messages(value), accept)
                if new.header is None:
                    new = msgspec.structs.replace(new, header=header(value, locale))
                new = new.with_fields({"Project-Id-Version": project(value)})
                planned.append((path, domain, old, new, locale))
    return tuple([_change(library, *plan) for plan in planned])


def status(library: Library, locales: Iterable[str]) -> tuple[Status, ...]:
    """Return how far each domain is translated into each locale, files that cannot be read among them."""
    return tuple([_status(library, locale, domain) for locale in locales for domain in domains(library)])


def review(library: Library, root: Path, locale: str, by: str, on: str) -> tuple[Change, ...]:
    """Record that a person has read a whole locale and stands for it: in the header, and with every message.

    ``by`` is the person's name and role, ``on`` an ISO date. Raises ContentError with the findings that are still
    open, and records nothing then.
    """
    if not by.strip() or not by.isprintable():
        raise UsageProblem("A review needs the reviewer's name, on one line.", 'Write --by "Name, role".')
    still = [finding for domain in domains(library) for finding in _open(library, locale, domain)]
    if errors(still):
        raise ContentError(f"“{locale}” cannot be reviewed yet.", "Mend what is listed.", still)
    fields = {"X-Review-Status": "reviewed", "X-Reviewed-By": by.strip(), "X-Review-Date": on}
    planned = []
    for domain in domains(library):
        path = po_path(root, locale, domain)
        if path.is_file():
            old = parsed(library, path)
            entries = [
                msgspec.structs.replace(entry, comments=with_review(entry, by.strip(), on))
                if finished(entry) and not entry.obsolete
                else entry
                for entry in old.entries
            ]
            new = msgspec.structs.replace(old, entries=tuple(entries)).with_fields(fields)
            planned.append((path, domain, old, new, locale))
    if not planned:
        raise NotFound(f"There are no PO files of “{locale}” in {root}.", "Name its library with --library.")
    return tuple([_change(library, *plan) for plan in planned])


def domains(library: Library) -> tuple[str, ...]:
    """Return the domains of all catalogues: the shared words, and each topic."""
    return (SHARED_DOMAIN, *library.topics())


def _own_domains(library: Library, root: Path) -> tuple[str, ...]:
    """Return the domains whose English stands in this folder of the library."""
    return tuple([domain for domain in domains(library) if (root / source_file(domain)).is_file()])


def authored(library: Library, domain: str) -> Topic | SharedWords:
    """Return the English that a domain's catalogues translate."""
    return library.words() if domain == SHARED_DOMAIN else library.topic(domain)


def _locale_folders(root: Path) -> dict[str, str]:
    """Return the locales' folders by tag; a name that is no tag is passed over."""
    found: dict[str, str] = {}
    for path in sorted((root / "locales").glob("*/LC_MESSAGES")):
        with suppress(NotFound):
            found.setdefault(str(parse_tag(path.parent.name)), path.parent.name)
    return found


def po_path(root: Path, locale: str, domain: str) -> Path:
    """Return where a PO file stands: in the locale's folder as it is named there, else named as Babel names it."""
    folder = _locale_folders(root).get(locale, locale.replace("-", "_"))
    return root / "locales" / folder / "LC_MESSAGES" / f"{domain}.po"


def label(library: Library, path: Path) -> str:
    """Return how messages name a file: from the built-in library's folder, else as the user named the library."""
    inside = path.is_relative_to(library.built_in)
    return path.relative_to(library.built_in).as_posix() if inside else str(path)


def parsed(library: Library, path: Path) -> PoFile:
    """Return what a PO file holds, nothing if it is not there."""
    name = label(library, path)
    return parse(read_file(path, label=name), name) if path.is_file() else PoFile(None, ())


def _change(library: Library, path: Path, domain: str, old: PoFile, new: PoFile, locale: str = "") -> Change:
    """Write a file if its bytes change, and return what became of it."""
    keys = {entry.context for entry in old.entries}
    live = [entry for entry in new.entries if not entry.obsolete]
    data = dump(new)
    written = not path.is_file() or read_file(path) != data
    if written:
        save(path, data)
    return Change(
        file=label(library, path),
        domain=domain,
        locale=locale,
        written=written,
        messages=len(live),
        new=sum(entry.context not in keys for entry in live),
        obsolete=len(new.entries) - len(live),
    )


def _files(library: Library, locale: str, domain: str) -> dict[str, tuple[str, bytes]]:
    """Return the PO file of one domain as the library has it, if there is one."""
    return {name: file for name, file in library.catalogue_files(locale, domain).items() if name == domain}


def _open(library: Library, locale: str, domain: str) -> list[Finding]:
    """Return what speaks against a review; that there was none yet, or an older one, does not."""
    catalogue = read(locale, _files(library, locale, domain))
    found = findings(catalogue, texts(authored(library, domain)))
    return [finding for finding in found if finding.rule not in REVIEWS]


def _status(library: Library, locale: str, domain: str) -> Status:
    english = tuple(texts(authored(library, domain)))
    files = _files(library, locale, domain)
    counts = dict.fromkeys(("translated", "fuzzy", "stale", "missing"), 0)
    try:
        catalogue = read(locale, files)
    except ContentError as error:
        counts["missing"] = len(english)
        found, reviewed, claim = error.findings, 0, "unreadable"
    else:
        subject = translation(catalogue, english)
        for text in english:
            counts["translated" if locale == SOURCE_LOCALE else state(subject, text)] += 1
        found = findings(catalogue, english)
        reviewed = sum(bool(message.reviewed) for message in catalogue.messages.values())
        claim = catalogue.status if files or locale == SOURCE_LOCALE else "absent"
    return Status(
        locale=locale,
        domain=domain,
        total=len(english),
        **counts,
        orphaned=sum(finding.rule == "catalogue.orphaned" for finding in found),
        reviewed=reviewed,
        findings=len(found),
        state=claim,
    )
