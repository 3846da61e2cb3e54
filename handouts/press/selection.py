"""``--only``: some rows of a run instead of all, to make again what failed or to print a part once more."""

import re
from hashlib import sha256
from typing import NamedTuple

from handouts.errors import NotFound, UsageProblem
from handouts.press.ledger import Ledger


class Selection(NamedTuple):
    """Some rows: a condition on ``rows r`` with its values, and a name for them that tells nothing of a person."""

    condition: str
    values: tuple[int | str, ...]
    name: str


def select(only: str, ledger: Ledger) -> Selection:
    """Return the rows that ``only`` means: ``failed``, a row, ``FIRST-LAST``, or a reference as the manifest has it.

    A reference that looks like rows is written ``ref:…``. Raises NotFound when there are no such rows, UsageProblem for
    a range that runs backwards.
    """
    told, _, rest = only.partition(":")
    hashed = hashed_reference(rest if told == "ref" else only)
    rows = re.fullmatch(r"([0-9]{1,12})(?:-([0-9]{1,12}))?", only)
    if only == "failed":
        return Selection("r.state = 'failed'", (), "failed")
    if not rows or ledger.one("SELECT 1 FROM rows WHERE reference = ?", hashed):
        found = Selection("r.reference = ?", (hashed,), hashed[:8])
        if rows and told != "ref" and ledger.one("SELECT 1 FROM rows WHERE row = ?", int(rows[1])):
            raise UsageProblem("--only means both a row and a reference.", "Write ref:… for the reference, or 7-7.")
    else:
        first, last = int(rows[1]), int(rows[2] or rows[1])
        if last < first:
            raise UsageProblem("The range of --only runs backwards.", f"Write {last}-{first}.")
        found = Selection("r.row BETWEEN ? AND ?", (first, last), f"{first}-{last}" if last > first else str(first))
    if not ledger.one(f"SELECT 1 FROM rows r WHERE {found.condition}", *found.values):  # noqa: S608
        raise NotFound("The run has no such rows.", "Write failed, 120-140, or a reference of the manifest.")
    return found


def hashed_reference(reference: str) -> str:
    """Return the hash by which a reference stands in the ledger."""
    return sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()[:16]
