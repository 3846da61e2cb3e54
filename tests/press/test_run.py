"""Print runs: what goes into which file, what a bad row costs, and how it all adds up."""

import stat
from datetime import date
from pathlib import Path

import pytest
from listening import Listener, Press, files

from handouts.errors import ContentError, NotFound, UsageProblem
from handouts.press import run as runs
from handouts.press.crew import Crew

ROWS = "es,,,2,Ana,,A\nar,oily-skincare,large,,Bea,,B\nes,,,,Cai,,C\n"


def lines(folder: Path, name: str) -> list[str]:
    return files(folder)[name].decode().splitlines()


# What comes out


def test_each_row_has_a_file_that_only_its_owner_reads(press: Press, tmp_path: Path) -> None:
    report = press(ROWS)
    assert sorted(files(tmp_path / "out")) == ["000001-es.pdf", "000002-ar.pdf", "000003-es.pdf"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert (modes, stat.S_IMODE((tmp_path / "out").stat().st_mode)) == ({0o600}, 0o700)
    assert (report.rows, report.made, report.files, report.leaflets) == (3, 3, 3, 3)
    assert (report.pages, report.sheets, report.copies) == (6, 3, 4)


def test_a_merged_run_is_one_file_in_the_order_of_rows(press: Press, tmp_path: Path) -> None:
    report = press(ROWS, merge=True)
    found = lines(tmp_path / "out", "run.pdf")
    assert [line[2:15] for line in found[1:-1]] == [f"{report.key}-00000{row}" for row in (1, 2, 3)]
    assert (report.leaflets, report.pages, report.sheets, report.files) == (4, 8, 4, 1)


def test_groups_are_files_and_large_ones_are_split(press: Press, tmp_path: Path) -> None:
    report = press(ROWS + "es,,,1,Dan,,D\n", group_by=("locale", "format"), max_leaflets=2)
    assert sorted(files(tmp_path / "out")) == ["ar-large.pdf", "es-standard-01.pdf", "es-standard-02.pdf"]
    assert "Ana" in files(tmp_path / "out")["es-standard-01.pdf"].decode()
    assert (report.files, report.leaflets) == (3, 5)


def test_separators_sort_and_count(press: Press, tmp_path: Path) -> None:
    report = press(ROWS, merge=True, separators=True)
    found = lines(tmp_path / "out", "run.pdf")
    assert [line[:2] for line in found] == ["%P", "--", '["', '["', "--", '["', "%%"]
    assert "2 rows, 3 leaflets | 2 of the rows 1 to 3" in found[1]
    assert "1 row, 1 leaflet | row 2" in found[4]
    assert (report.separators, report.sheets) == (2, 6)


def test_a_run_of_counts_is_as_easy_as_can_be(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("copies,language,cause\n200,Spanish,Follicular Keratosis\n50,Arabic,follicular keratosis\n")
    report = press(path, merge=True)
    assert (report.leaflets, report.made) == (250, 2)
    assert "back-fat-granules.follicular-keratosis.ar" in files(tmp_path / "out")["run.pdf"].decode()


def test_names_follow_a_pattern(press: Press, tmp_path: Path) -> None:
    press(ROWS, name="{locale}/{format}-{row:03}")
    assert sorted(files(tmp_path / "out")) == ["ar/large-002.pdf", "es/standard-001.pdf", "es/standard-003.pdf"]


@pytest.mark.parametrize(
    "name",
    ["x", "{name}", "{row", "{row:>9}", "{row.real}", "../{row}", "/{row}", "a//{row}", "{row}/..", "{row!r}x/."],
)
def test_patterns_that_cannot_be_names_are_refused(press: Press, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem):
        press(ROWS, name=name)


def test_workers_change_nothing(press: Press, tmp_path: Path) -> None:
    rows = "".join(f"{locale},,,,N{n},,R{locale}{n}\n" for n in range(30) for locale in ("es", "ar", "hi"))
    for number, settings in enumerate(({}, {"merge": True}, {"group_by": ("locale",), "max_leaflets": 7})):
        press(rows, f"one{number}", **settings)
        press(rows, f"two{number}", jobs=2, **settings)
        assert files(tmp_path / f"one{number}") == files(tmp_path / f"two{number}")


# Bad rows


@pytest.mark.parametrize(
    ("heads", "settings", "processes"),
    [
        ("locale", {"merge": True}, []),
        ("locale", {"merge": True, "max_leaflets": 2}, [2]),
        ("locale,copies", {"merge": True}, [2]),
        ("locale", {}, [2]),
    ],
)
def test_one_file_is_made_by_one_process(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heads: str, settings: dict[str, object], processes
) -> None:
    started: list[int] = []
    monkeypatch.setattr(runs, "CREW_FROM", 0)
    monkeypatch.setattr(runs.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(runs, "Crew", lambda *told: (started.append(told[3]), Crew(*told))[1])
    cells = "es" + ",1" * heads.count(",")
    path = tmp_path / "run.csv"
    path.write_text("\n".join([heads, *[cells] * 5]))
    assert press(path, jobs=0, **settings).leaflets == 5
    assert started == processes


def test_a_bad_row_costs_itself_only_and_is_found_before_anything_is_made(press: Press, tmp_path: Path) -> None:
    listener = Listener()
    report = press("es,oily-skin,,0,Ana,,A\nxx,,,,Bea,,B\nes,,,,☠,,C\nes,,,,Dan,,D\n", listener=listener)
    assert (report.made, report.refused, report.wrong) == (1, 3, 3)
    told = [(one.where.row, one.where.column, one.rule) for one in listener.found if one.where.row]
    assert told == [
        (1, "cause", "manifest.cause-unknown"),
        (1, "copies", "manifest.copies"),
        (2, "locale", "manifest.locale-unknown"),
        (3, "name", "panel.glyph"),
    ]
    assert listener.found[0].hint == "Did you mean “oily-skincare”?"
    assert sorted(files(tmp_path / "out")) == ["000004-es.pdf"]
    assert listener.phases[-1] == ("make", 1)


def test_a_leaflet_that_cannot_be_set_costs_its_rows(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text("locale,brand,name\nes,Meadow Practice,Ana\nes,,Bea\n")
    listener = Listener()
    report = press(path, listener=listener, jobs=2)
    assert (report.made, report.refused) == (1, 1)
    assert "The brand is broken." in listener.found[0].message


def test_a_row_that_breaks_a_file_is_left_out_of_it(press: Press, tmp_path: Path) -> None:
    for jobs in (1, 2):
        listener = Listener()
        report = press("es,,,,Ana,,A\nes,,,,Bea,spoilt,B\nes,,,,Cai,,C\n", f"m{jobs}", listener, merge=True, jobs=jobs)
        assert (report.made, report.failed, report.leaflets) == (2, 1, 2)
        assert listener.found[0].rule == "press.bug"
        assert "Bea" not in str(listener.found)
        report = press("es,,,,Ana,,A\nes,,,,Bea,spoilt,B\n", f"s{jobs}", jobs=jobs)
        assert (report.made, report.failed) == (1, 1)


def test_references_are_not_given_twice(press: Press, tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        press("es,,,,Ana,,A-1\nar,,,,Bea,,A-2\nes,,,,Cai,,A-1\n")
    (finding,) = caught.value.findings
    assert (finding.where.row, "row 3" in finding.message) == (1, True)
    assert "A-1" not in str(caught.value.findings)
    assert press("es,,,,Ana,,A-1\nar,,,,Bea,,A-2\nes,,,,Cai,,A-3\n").made == 3  # a mended list may follow


def test_nothing_to_do_is_said(press: Press) -> None:
    with pytest.raises(ContentError, match="no rows"):
        press("")


def test_a_locale_must_be_said(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text("copies\n3\n")
    with pytest.raises(UsageProblem, match="no column “locale”"):
        press(path)
    listener = Listener()
    assert press(",,,,Ana,,A\n", listener=listener).refused == 1
    assert listener.found[0].rule == "manifest.locale-empty"


def test_a_dry_run_checks_all_and_writes_nothing(press: Press, tmp_path: Path) -> None:
    listener = Listener()
    report = press("es,,,,Ana,,A\nes,,,,☠,,B\nxx,,,,Cai,,C\n", None, listener)
    assert (report.rows, report.refused, report.left) == (3, 2, 1)
    assert [one.where.row for one in listener.found if one.where.row] == [2, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["run.csv"]


# Going on


def test_a_run_goes_on_where_it_ended(press: Press, tmp_path: Path) -> None:
    rows = "".join(f"es,,,,N{n},,R{n}\n" for n in range(350))
    whole = press(rows, "whole")
    report = press(rows, listener=Listener(1))
    assert (report.made, report.left) == (100, 250)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.pdf")}
    report = press(rows, issued=date(2026, 11, 29))
    assert (report.made, report.key) == (350, whole.key)
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.pdf")}
    assert before.items() <= after.items()  # nothing was made twice


def test_a_finished_run_does_nothing_and_a_file_that_is_gone_is_made_again(press: Press, tmp_path: Path) -> None:
    for settings in ({}, {"merge": True}):
        folder = tmp_path / f"out{len(settings)}"
        press(ROWS, folder.name, **settings)
        before = files(folder)
        stamps = [path.stat().st_mtime_ns for path in folder.glob("*.pdf")]
        assert press(ROWS, folder.name, **settings).made == 3
        assert [path.stat().st_mtime_ns for path in folder.glob("*.pdf")] == stamps
        next(folder.glob("*.pdf")).unlink()
        assert press(ROWS, folder.name, **settings).made == 3
        assert files(folder) == before


def test_another_run_is_refused_in_the_same_folder(press: Press, tmp_path: Path, monkeypatch) -> None:
    press(ROWS)
    with pytest.raises(UsageProblem, match="another manifest"):
        press(ROWS + "es,,,,Dan,,D\n")
    with pytest.raises(UsageProblem, match="another settings"):
        press(ROWS, sides=1)
    with pytest.raises(UsageProblem, match="another issued"):
        press(ROWS, issued=date(2027, 1, 1), exact=True)
    monkeypatch.setattr("handouts.press.settings.versions", lambda: "another")
    with pytest.raises(UsageProblem, match="another version"):
        press(ROWS)


def test_a_folder_with_other_files_is_refused(press: Press, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.pdf").write_bytes(b"x")
    with pytest.raises(UsageProblem, match="not of this run"):
        press(ROWS)


# Only some


def test_only_some_rows_are_made(press: Press, tmp_path: Path) -> None:
    assert press(ROWS, only="2-3").made == 2
    assert sorted(files(tmp_path / "out")) == ["000002-ar.pdf", "000003-es.pdf"]
    assert press(ROWS, only="A").made == 3
    with pytest.raises(NotFound):
        press(ROWS, only="99")
    with pytest.raises(UsageProblem):
        press(ROWS, only="3-2")


def test_a_reference_that_looks_like_a_row_is_asked_about(press: Press, tmp_path: Path) -> None:
    rows = "es,,,,Ana,,2\nar,,,,Bea,,777\n"
    with pytest.raises(UsageProblem, match="both"):
        press(rows, only="2")
    assert press(rows, only="ref:2").made == 1
    assert press(rows, only="777").made == 2


def test_a_part_of_a_merged_run_is_printed_once_more_beside_it(press: Press, tmp_path: Path) -> None:
    press(ROWS, merge=True)
    before = files(tmp_path / "out")
    report = press(ROWS, merge=True, only="B")
    after = files(tmp_path / "out")
    (name,) = set(after) - set(before)
    assert name.startswith("only-")
    assert f"{report.key}-000002R" in after[name].decode()
    assert after["run.pdf"] == before["run.pdf"]
    assert (report.made, report.files, report.leaflets) == (3, 2, 5)


def test_what_failed_is_made_again_if_asked_for(press: Press, tmp_path: Path, monkeypatch) -> None:
    rows = "es,,,,Ana,,A\nes,,,,Bea,spoilt,B\n"
    for settings in ({}, {"merge": True}):
        folder = f"out{len(settings)}"
        assert press(rows, folder, **settings).failed == 1
        assert press(rows, folder, **settings).failed == 1
        with monkeypatch.context() as patch:
            patch.setattr("standins.SPOILT", "never")
            report = press(rows, folder, only="failed", **settings)
        assert (report.failed, report.made) == (0, 2)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_of_which_all_rows_fail_is_not_made(press: Press, tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "run.csv"
    path.write_text("locale,note,copies\nes,spoilt,1\nes,spoilt,1\nar,,1\n")
    report = press(path, merge=False, group_by=("locale",), jobs=jobs)
    assert (report.failed, report.made, report.files) == (2, 1, 1)
    assert list(files(tmp_path / "out")) == ["ar.pdf"]
