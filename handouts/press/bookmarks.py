"""The outline of a print file: an entry a leaflet, under one a group where there are groups, written as it grows."""

from handouts.pdf.objects import Body, text_string
from handouts.pdf.streamed import Streamed


class _Entry:
    """An entry whose next neighbour is not known yet; a group also counts its kids."""

    def __init__(self, number: int, title: str, page: int, before: int) -> None:
        self.number, self.title, self.page, self.before = number, title, page, before
        self.first = self.last = self.count = 0

    def gained(self, kid: int) -> None:
        """Note a kid."""
        self.first = self.first or kid
        self.last = kid
        self.count += 1


class Bookmarks:
    """An outline of one or two levels (ISO 32000-1, 12.3.3); an entry is written when the next one is known."""

    def __init__(self, file: Streamed) -> None:
        self._file = file
        self._root = _Entry(file.reserve(), "", 0, 0)
        self._group: _Entry | None = None
        self._entry: _Entry | None = None

    def group(self, title: str, page: int) -> None:
        """Begin a group; entries stand under it until the next one begins."""
        self._end_entry(0)
        number = self._file.reserve()
        self._end_group(number)
        before = self._root.last
        self._root.gained(number)
        self._group = _Entry(number, title, page, before)

    def add(self, title: str, page: int) -> None:
        """Add an entry that leads to the page of this object number."""
        parent = self._group or self._root
        number = self._file.reserve()
        self._end_entry(number)
        self._entry = _Entry(number, title, page, parent.last)
        parent.gained(number)

    def close(self) -> int:
        """Write what is left; return the number of the outline."""
        self._end_entry(0)
        self._end_group(0)
        root = self._root
        kids = f" /First {root.first} 0 R /Last {root.last} 0 R /Count {root.count}" if root.count else ""
        self._file.put(root.number, Body(f"<< /Type /Outlines{kids} >>"))
        return root.number

    def _end_entry(self, following: int) -> None:
        if self._entry:
            self._write(self._entry, (self._group or self._root).number, following)
        self._entry = None

    def _end_group(self, following: int) -> None:
        if self._group:
            self._write(self._group, self._root.number, following)
        self._group = None

    def _write(self, entry: _Entry, parent: int, following: int) -> None:
        before = f" /Prev {entry.before} 0 R" if entry.before else ""
        after = f" /Next {following} 0 R" if following else ""
        kids = f" /First {entry.first} 0 R /Last {entry.last} 0 R /Count -{entry.count}" if entry.count else ""
        place = f"/Parent {parent} 0 R /Dest [{entry.page} 0 R /Fit]"
        self._file.put(entry.number, Body(f"<< /Title {text_string(entry.title)} {place}{before}{after}{kids} >>"))
