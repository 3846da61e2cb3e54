"""What a print run is made of: one job a row, with what is printed for one person kept apart from everything else."""

from hashlib import sha256

import msgspec

from handouts.model.request import Request


class Panel(msgspec.Struct, frozen=True):
    """The personal panel of one impression, its fields in the order of the manifest's columns.

    Its values are data: never markup, a path, a name of a file or in a log.
    """

    name: str = ""
    date: str = ""
    clinician: str = ""
    appointment: str = ""
    note: str = ""
    reference: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is to be printed in the panel."""
        return self != NOBODY

    def __repr__(self) -> str:
        """Return a form that shows nothing of the person, whatever log it ends in."""
        return "Panel(…)"


NOBODY = Panel()
"""The panel of leaflets that are for nobody in particular."""


class Job(msgspec.Struct, frozen=True):
    """One row of a manifest: ``row`` counts from 1, ``copies`` from 1; ``group`` is what rows are gathered by."""

    row: int
    request: Request
    copies: int = 1
    panel: Panel = NOBODY
    group: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """Return the first 16 hex digits of the SHA-256 of the row's reference, empty without one."""
        own = self.panel.reference
        return sha256(own.encode("utf-8", "surrogatepass")).digest()[:8].hex() if own else ""
