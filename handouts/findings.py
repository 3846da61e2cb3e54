"""Findings: what a check saw, as values that can be collected, shown and counted.

A finding never carries what a person typed into a form: it says where (file, line, key, row) and what is wrong.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters; an error stops the road, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Where(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The place a finding speaks of; every part is optional. ``page``, ``line`` and ``row`` count from 1.

    ``row`` and ``column`` are of a print run's manifest; ``column`` is ours, whatever its head is called there.
    """

    file: str = ""
    line: int = 0
    key: str = ""
    domain: str = ""
    locale: str = ""
    page: int = 0
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        """Return the place as one readable phrase, most general part first."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        parts = [
            self.locale,
            self.domain,
            place,
            self.key,
            f"page {self.page}" if self.page else "",
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        ]
        return " · ".join(part for part in parts if part)


class Finding(msgspec.Struct, frozen=True):
    """One thing a rule saw: the rule's id, how much it matters, what is wrong, where, and a way out."""

    rule: str
    severity: Severity
    message: str
    where: Where = Where()
    hint: str = ""


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop the road, in their given order."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
