"""Catalogues sent out to people who review them in a spreadsheet or a translation tool, and taken back.

The files themselves are the business of ``exchange``; here a library's PO files become rows, and rows that came back
become changes of PO files.
"""

from collections.abc import Collection
from pathlib import Path

import msgspec

from handouts.catalogues import REVIEWS, authored, domains, label, parsed, po_path
from handouts.check.catalogue import INCOMPLETE, findings
from handouts.compose.catalogue import read
from handouts.compose.extract import messages
from handouts.compose.merge import merge
from handouts.compose.po import PoFile, dump
from handouts.errors import ContentError, NotFound
from handouts.exchange.changes import Change, Reviewer, Taken, taken
from handouts.exchange.rows import Row, locale_of, rows, trouble
from handouts.findings import Finding, errors
from handouts.library import Library
from handouts.model.walk import texts
from handouts.store import save


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """What a file that came back changed in one PO file, and what was not taken over, or is to be known."""

    file: str
    domain: str
    locale: str
    written: bool
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def exported(library: Library, root: Path, locale: str) -> tuple[Row, ...]:
    """Return all messages of a locale's PO files for people to review.

    Raises NotFound if there are none, ContentError if one cannot be read or is not up to the English of today.
    """
    found: list[Row] = []
    for domain, path in _po_files(library, root, locale):
        po = parsed(library, path)
        if dump(merge(po, messages(authored(library, domain)))) != dump(po):
            hint = f"Run: handouts catalogue update --locale {locale}"
            raise ContentError(f"{label(library, path)} is not up to the English of today.", hint)
        found += rows(domain, po, locale)
    return tuple(found)


def imported(
    library: Library, root: Path, came: Collection[Row], file: str, reviewer: Reviewer, *, dry: bool = False
) -> tuple[Import, ...]:
    """Take over what reviewers changed in rows that were exported, and say of each PO file what became of it.

    Only what differs from the export is looked at, and nothing that changed in the catalogue since is overwritten:
    each such row is a finding, and the others are taken over. ``dry``: nothing is written. Raises ContentError for
    rows that cannot be told apart, NotFound for a locale that the folder does not have.
    """
    locale = locale_of(came, file)
    paths = dict(_po_files(library, root, locale))
    done = []
    for domain in dict.fromkeys((*paths, *(row.domain for row in came))):
        own = [row for row in came if row.domain == domain]
        if domain not in paths:
            strange = tuple([trouble(file, "unknown", "There is no such catalogue.", row) for row in own])
            done.append(Import(file="", domain=domain, locale=locale, written=False, changes=(), findings=strange))
            continue
        old = parsed(library, paths[domain])
        result = _sound(library, locale, domain, old, own, file, reviewer)
        changed = result.po != old
        if changed and not dry:
            save(paths[domain], dump(result.po))
        done.append(
            Import(
                file=label(library, paths[domain]),
                domain=domain,
                locale=locale,
                written=changed and not dry,
                changes=result.changes,
                findings=result.findings,
            )
        )
    return tuple(done)


def _sound(
    library: Library, locale: str, domain: str, old: PoFile, own: Collection[Row], file: str, reviewer: Reviewer
) -> Taken:
    """Return what rows change, less the rows whose words would break a rule: these are findings."""
    first = taken(old, own, file, reviewer)
    english = [*texts(authored(library, domain))]
    seen = findings(read(locale, {domain: (file, dump(first.po))}, library.terms(locale)), english)
    placed = {
        change.key: change.row
        for change in first.changes
        if change.after != change.before or change.state == "reviewed"
    }
    wrong = [
        msgspec.structs.replace(one, where=msgspec.structs.replace(one.where, line=0, row=placed[one.where.key]))
        for one in errors(seen)
        if one.where.key in placed and one.rule not in (*INCOMPLETE, *REVIEWS)
    ]
    if not wrong:
        return first
    again = taken(old, own, file, reviewer, {one.where.key for one in wrong})
    return msgspec.structs.replace(again, findings=(*again.findings, *wrong))


def _po_files(library: Library, root: Path, locale: str) -> list[tuple[str, Path]]:
    """Return the PO files of a locale in this folder by domain. Raises NotFound if there are none."""
    placed = [(domain, po_path(root, locale, domain)) for domain in domains(library)]
    if found := [(domain, path) for domain, path in placed if path.is_file()]:
        return found
    raise NotFound(f"There are no PO files of “{locale}” in {root}.", "Name its library with --library.")
