"""A clinic's folder with the built-in catalogues, and files on their round trip."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from handouts.compose.po import Entry, PoFile, dump
from handouts.compose.po_reader import parse
from handouts.exchange.changes import Reviewer
from handouts.exchange.rows import Row
from handouts.exchange.xliff import read_xliff, write_xliff
from handouts.exchange.xlsx import read_xlsx, write_xlsx
from handouts.library import Library
from handouts.model.locales import describe
from handouts.reviews import Import, exported, imported
from tests.conftest import ROOT, TOPIC

FORMATS = ("xlsx", "xliff")


def packed(rows: tuple[Row, ...], locale: str, form: str) -> bytes:
    return write_xlsx(rows, locale, describe(locale).direction) if form == "xlsx" else write_xliff(rows, locale)


def unpacked(data: bytes, form: str) -> tuple[Row, ...]:
    return read_xlsx(data, "back.xlsx") if form == "xlsx" else read_xliff(data, "back.xlf")


class Clinic:
    """A folder with the built-in PO files of some locales."""

    def __init__(self, root: Path, *locales: str) -> None:
        self.root, self.locale = root, locales[0]
        for locale in locales:
            folder = locale.replace("-", "_")
            shutil.copytree(ROOT / "locales" / folder, root / "locales" / folder)
        self.library = Library((root,))

    def path(self, domain: str = TOPIC) -> Path:
        return self.root / "locales" / self.locale.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"

    def po(self, domain: str = TOPIC) -> PoFile:
        return parse(self.path(domain).read_bytes(), "x.po")

    def entry(self, key: str) -> Entry:
        return next(entry for entry in self.po().entries if entry.context == key)

    def edit(self, key: str, **changes: object) -> None:
        """Change a message as somebody does who works on the catalogue itself."""
        po = self.po()
        entries = tuple(
            msgspec.structs.replace(entry, **changes) if entry.context == key else entry for entry in po.entries
        )
        self.path().write_bytes(dump(msgspec.structs.replace(po, entries=entries)))

    def out(self) -> tuple[Row, ...]:
        return exported(self.library, self.root, self.locale)

    def back(self, rows: tuple[Row, ...], by: str = "", **other: bool) -> tuple[Import, ...]:
        return imported(self.library, self.root, rows, "back.xlsx", Reviewer(by, "2026-01-02" if by else ""), **other)


def with_row(rows: tuple[Row, ...], key: str, **changes: object) -> tuple[Row, ...]:
    """What a reviewer sends back who changed one row."""
    assert key in [row.key for row in rows]
    return tuple(msgspec.structs.replace(row, **changes) if row.key == key else row for row in rows)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path, "es")


@pytest.fixture
def rules() -> Callable[[tuple[Import, ...]], list[tuple[str, str]]]:
    def found(done: tuple[Import, ...]) -> list[tuple[str, str]]:
        return [(finding.rule, finding.where.key) for one in done for finding in one.findings]

    return found
