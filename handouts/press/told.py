"""What is told of rows and kinds of leaflets: why a row was not made, what a separator sheet says. Never a value."""

import msgspec

from handouts.errors import HandoutsError
from handouts.findings import Finding, Severity, Where
from handouts.model.locales import default_paper
from handouts.press.jobs import Job
from handouts.press.ledger import Kind


def separator_lines(job: Job, kind: Kind) -> tuple[str, ...]:
    """Return what stands on a separator sheet: what follows, and how many."""
    asked = job.request
    return (
        asked.topic,
        asked.cause or "all causes",
        " · ".join((asked.locale, asked.brand, asked.format, asked.paper or default_paper(asked.locale))),
        f"{_counted(kind.rows, 'row')}, {_counted(kind.copies, 'leaflet')}",
        _rows(kind),
    )


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _rows(kind: Kind) -> str:
    """Return which rows follow; of those that are not one after the other, between which they are."""
    if kind.rows == 1:
        return f"row {kind.first:,}"
    stretch = f"rows {kind.first:,} to {kind.last:,}"
    return stretch if kind.last - kind.first + 1 == kind.rows else f"{kind.rows:,} of the {stretch}"


def why(error: Exception, row: int) -> tuple[Finding, ...]:
    """Return an error as findings of a row. Of an error that is not ours only the kind is told: it may hold values."""
    if not isinstance(error, HandoutsError):
        message = f"The row met a bug in handouts ({type(error).__name__})."
        return (_finding("bug", message, row, "Please report it, without the row's words."),)
    if error.findings:
        return tuple(of_row(finding, row) for finding in error.findings)
    return (_finding("row", error.message, row, error.hint),)


def _finding(rule: str, message: str, row: int, hint: str) -> Finding:
    return Finding(f"press.{rule}", Severity.ERROR, message, Where(row=row), hint)


def of_row(finding: Finding, row: int) -> Finding:
    """Return a finding of a panel or a leaflet as one of a row."""
    return msgspec.structs.replace(finding, where=msgspec.structs.replace(finding.where, row=row))
