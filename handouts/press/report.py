"""What a run came to: rows, leaflets, pages and sheets, added up from both ends of the ledger."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from handouts.errors import HandoutsError
from handouts.findings import Finding, Where
from handouts.press.ledger import Ledger, unpacked

_STATES: Final = ("made", "refused", "failed", "planned")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A run in numbers. ``left`` are rows that are still to be made; ``pages`` and ``sheets`` count separators too.

    ``leaflets`` are copies in files; a file of one row holds one, whatever copies it is to be printed in (``copies``).
    """

    key: str
    folder: str
    rows: int
    made: int
    refused: int
    failed: int
    left: int
    files: int
    leaflets: int
    copies: int
    pages: int
    sheets: int
    separators: int
    notes: tuple[Finding, ...] = ()

    @property
    def wrong(self) -> int:
        """Return how many rows could not be made."""
        return self.refused + self.failed


def reported(ledger: Ledger, *, many: bool, folder: str = "", notes: tuple[Finding, ...] = ()) -> Report:
    """Return the run in numbers. Raises HandoutsError when rows and files do not add up to the same."""
    states = dict(ledger.all("SELECT state, count(*) FROM rows GROUP BY state"))
    made, refused, failed, left = (states.get(name, 0) for name in _STATES)
    sums = "coalesce(sum({}), 0)"
    copies = ledger.one(f"SELECT {sums.format('copies')} FROM rows WHERE state = 'made'")  # noqa: S608
    if many:
        columns = ", ".join(sums.format(name) for name in ("leaflets", "pages", "sheets", "separators"))
        query = f"SELECT count(*), {columns} FROM files WHERE state = 'made'"  # noqa: S608
        files, leaflets, pages, sheets, separators = ledger.all(query)[0]
        _add_up(ledger)
    else:
        columns = ", ".join(sums.format(name) for name in ("pages", "sheets"))
        pages, sheets = ledger.all(f"SELECT {columns} FROM rows WHERE state = 'made'")[0]  # noqa: S608
        files, leaflets, separators = made, made, 0
    return Report(
        key=ledger.settings.get("key", ""),
        folder=folder,
        rows=made + refused + failed + left,
        made=made,
        refused=refused,
        failed=failed,
        left=left,
        files=files,
        leaflets=leaflets,
        copies=copies,
        pages=pages,
        sheets=sheets,
        separators=separators,
        notes=notes,
    )


def problems(ledger: Ledger) -> Iterator[Finding]:
    """Give what is to be said: of rows, in their order, then of leaflets, each thing once with how many have it."""
    row = 0
    query = "SELECT row, findings FROM rows WHERE row > ? AND findings <> '' ORDER BY row LIMIT 1000"
    while found := ledger.all(query, row):
        for number, text in found:
            for finding in unpacked(text):
                yield msgspec.structs.replace(finding, where=_at(finding.where, number))
        row = found[-1][0]
    texts = ledger.all("SELECT findings FROM leaflets WHERE findings <> ''")
    seen = Counter(finding for (text,) in texts for finding in unpacked(text))
    for finding, count in seen.items():
        times = f" (in {count} kinds of leaflet)" if count > 1 else ""
        yield msgspec.structs.replace(finding, message=finding.message + times)


def _at(where: Where, row: int) -> Where:
    return msgspec.structs.replace(where, row=row)


def _add_up(ledger: Ledger) -> None:
    """See that each file holds what its rows say it holds."""
    query = """
        SELECT f.name FROM files f JOIN (
            SELECT file, sum(copies) c, sum(copies * pages) p, sum(copies * sheets) s FROM rows
            WHERE state = 'made' GROUP BY file) r ON r.file = f.name
        WHERE f.state = 'made' AND f.only = '' AND (f.leaflets <> c OR f.sheets - f.separators <> s)
        LIMIT 1"""
    name = ledger.one(query)
    if name is not None:
        hint = "Do not print it; report this with the ledger."
        raise HandoutsError(f"{name} does not hold what its rows add up to.", hint)
