"""The ledger: whole at any moment, its files read again, its rows given to other programs."""

import csv
import io
from contextlib import closing
from pathlib import Path

import pytest
from listening import Press, files

from handouts.errors import HandoutsError, NotFound
from handouts.press.export import Row, rows, spreadsheet
from handouts.press.ledger import NAME, Ledger, Made
from handouts.press.report import reported
from handouts.press.verify import verify

ROWS = "es,,,2,Ana,,A\nar,oily-skincare,large,,Bea,,B\nes,x,,,Cai,,C\n"


def test_a_step_is_in_the_ledger_whole_or_not_at_all(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / NAME, new=True)) as ledger:
        with pytest.raises(RuntimeError), ledger.together():
            ledger.set({"key": "x"})
            raise RuntimeError
        assert ledger.settings == {}
        with ledger.together():
            ledger.set({"key": "x"})
    with closing(Ledger(tmp_path / NAME)) as ledger:
        assert ledger.settings == {"key": "x"}
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotFound):
        Ledger(tmp_path / "none" / NAME)


def test_every_row_can_be_exported(press: Press, tmp_path: Path) -> None:
    press(ROWS)
    with closing(Ledger(tmp_path / "out" / NAME)) as ledger:
        first, second, third = rows(ledger)
        assert (first.state, first.file, first.copies, first.catalogue) == ("made", "000001-es.pdf", 2, "machine-draft")
        assert (second.cause, second.format, second.pages) == ("oily-skincare", "large", 2)
        assert (third.state, third.findings[0].where.column) == ("refused", "cause")
        table = list(csv.DictReader(io.StringIO("".join(spreadsheet(rows(ledger))))))
    assert [row["state"] for row in table] == ["made", "made", "refused"]
    assert table[2]["findings"] == "cause: There is no such cause."


def test_spreadsheets_calculate_nothing_of_ours() -> None:
    _, line = spreadsheet([Row(row=1, line=2, state="made", topic="=1+1", brand="@x", cause="-y")])
    assert "'=1+1" in line
    assert "'@x" in line
    assert "'-y" in line


@pytest.mark.parametrize("settings", [{}, {"merge": True}])
def test_every_file_is_read_again(press: Press, tmp_path: Path, settings: dict[str, bool]) -> None:
    press(ROWS, **settings)
    folder = tmp_path / "out"
    with closing(Ledger(folder / NAME)) as ledger:
        count, found = verify(ledger, folder)
        assert (count, found) == (len(files(folder)), ())
        name, data = next(iter(files(folder).items()))
        (folder / name).write_bytes(data[:-1] + b"!")
        (folder / "other.pdf").write_bytes(b"x")
        (folder / ".x.part").write_bytes(b"x")
        assert {finding.rule for finding in verify(ledger, folder)[1]} == {
            "ledger.damaged",
            "ledger.unknown",
            "ledger.half-written",
        }
        (folder / name).unlink()
        assert "ledger.missing" in {finding.rule for finding in verify(ledger, folder)[1]}


def test_rows_and_files_that_do_not_add_up_are_no_report(press: Press, tmp_path: Path) -> None:
    press(ROWS, merge=True)
    with closing(Ledger(tmp_path / "out" / NAME)) as ledger:
        with ledger.together():
            ledger.made([Made(1, "run.pdf", 2, 7)])
        with pytest.raises(HandoutsError, match="add up"):
            reported(ledger, many=True)
