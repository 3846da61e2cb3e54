"""What happens to a run when processes are killed, the disk is full, or the rows are hostile."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from listening import HEAD, Listener, Press, files
from standins import DEADLY

from handouts.errors import CannotWrite, UsageProblem
from handouts.press.crew import TRIES

KILLS = int(os.environ.get("HANDOUTS_KILLS", "2"))
"""How many random moments are tried; a release tries 50."""

SLOW_ROWS = HEAD + "".join(f"{('es', 'ar')[n % 2]},,,,N{n},slow,R{n}\n" for n in range(120))


GROUPED = {"group_by": ("locale",), "max_leaflets": 40}  # as the victim has it


def begun(rows: Path, folder: Path, jobs: int, merge: bool) -> subprocess.Popen[bytes]:
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parents[1])])
    command = [sys.executable, str(here / "victim.py"), str(rows), str(folder), str(jobs), str(int(merge))]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": paths}, stderr=subprocess.DEVNULL)


def children(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in text.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("merge", [False, True])
def test_killed_at_any_moment_it_ends_as_if_nothing_had_been(press: Press, tmp_path: Path, merge: bool) -> None:
    rows = tmp_path / "run.csv"
    rows.write_text(SLOW_ROWS)
    began = time.monotonic()
    assert begun(rows, tmp_path / "whole", 2, merge).wait(60) == 0
    took = time.monotonic() - began
    chance = random.Random(KILLS)
    for number in range(KILLS):
        folder = tmp_path / f"killed{number}"
        process = begun(rows, folder, 1 + number % 2, merge)
        time.sleep(chance.uniform(0.1, 1.0) * took)
        for worker in children(process.pid)[:1]:
            if chance.random() < 0.5:
                os.kill(worker, signal.SIGKILL)
                time.sleep(chance.uniform(0, 0.3))
        process.kill()
        process.wait()
        assert press(rows, folder.name, **(GROUPED if merge else {})).made == 120
        assert files(folder) == files(tmp_path / "whole")


@pytest.mark.parametrize("merge", [False, True])
def test_a_row_that_kills_its_process_costs_itself_only(press: Press, tmp_path: Path, merge: bool) -> None:
    listener = Listener()
    rows = f"es,,,,Ana,,A\nes,,,,Bea,{DEADLY},B\nes,,,,Cai,,C\nar,,,,Dan,,D\n"
    report = press(rows, "out", listener, jobs=2, merge=merge)
    assert (report.made, report.failed) == (3, 1)
    (died,) = [one for one in listener.found if one.rule == "press.died"]
    assert died.where.row == 2
    assert f"{TRIES} times" in died.message


def test_after_a_crash_a_single_process_is_watched_over(press: Press, tmp_path: Path) -> None:
    rows = tmp_path / "run.csv"
    rows.write_text(HEAD + f"es,,,,Ana,,A\nes,,,,Bea,{DEADLY},B\nes,,,,Cai,,C\n")
    assert begun(rows, tmp_path / "out", 1, merge=False).wait(60) == -signal.SIGKILL
    report = press(rows, "out")
    assert (report.made, report.failed) == (2, 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_told_to_end_it_keeps_what_is_done(press: Press, tmp_path: Path, jobs: int) -> None:
    rows = "".join(f"es,,,,N{n},,R{n}\n" for n in range(350))
    report = press(rows, listener=Listener(1), jobs=jobs, merge=True)
    assert report.left == 350
    assert not list((tmp_path / "out").glob(".*"))
    assert press(rows, merge=True).made == 350


def test_one_run_at_a_time_works_in_a_folder(press: Press, tmp_path: Path) -> None:
    rows = tmp_path / "run.csv"
    rows.write_text(SLOW_ROWS)
    process = begun(rows, tmp_path / "out", 1, merge=False)
    try:
        while not list((tmp_path / "out").glob("*.pdf")):
            time.sleep(0.02)
        with pytest.raises(UsageProblem, match=f"process {process.pid}"):
            press(rows)
    finally:
        process.kill()
        process.wait()
    assert (tmp_path / "out" / ".run.lock").exists()  # a dead process's lock holds nobody up
    assert press(rows).made == 120
    assert not (tmp_path / "out" / ".run.lock").exists()


@pytest.fixture(params=[errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def full(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A disk that refuses the third file."""
    left = [2]
    place = Path.replace

    def refusing(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(request.param, os.strerror(request.param))
        return place(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refusing)
        yield patch


def test_a_full_disk_stops_the_run_which_goes_on_later(press: Press, tmp_path: Path, full) -> None:
    rows = "".join(f"es,,,,N{n},,R{n}\n" for n in range(5))
    with pytest.raises(CannotWrite, match="cannot be written"):
        press(rows)
    assert len(files(tmp_path / "out")) == 2  # whole ones; nothing half-written
    full.undo()
    assert press(rows).made == 5


def test_a_folder_that_cannot_be_written_to_is_told_before_anything(press: Press, tmp_path: Path, monkeypatch) -> None:
    opening = os.open

    def refusing(path: str | Path, *told: int, **named: int) -> int:
        if Path(path).name == ".run.lock":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opening(path, *told, **named)

    monkeypatch.setattr("handouts.press.lock.os.open", refusing)
    listener = Listener()
    with pytest.raises(CannotWrite, match="may not be written to"):
        press("es,,,,Ana,,A\n", listener=listener)
    assert listener.phases == []
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        press("es,,,,Ana,,A\n", "file/out")


def test_a_ledger_that_is_none_is_told(press: Press, tmp_path: Path) -> None:
    from handouts.errors import ContentError

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ledger.sqlite").write_bytes(b"not a ledger at all, but long enough to be one" * 40)
    with pytest.raises(ContentError, match="no ledger"):
        press("es,,,,Ana,,A\n")


# Hostile rows

CANARY = "Kanarienvogel"
HOSTILE = (
    f"<b>{CANARY}</b>",
    f"<img src=/etc/passwd>{CANARY}",
    f"{{{{7*7}}}}{CANARY}",
    f"%({CANARY})s {{0}} ${{x}}",
    f"=cmd|' /C calc'!{CANARY}",
    f"../../etc/{CANARY}",
    f"CON{CANARY}",
    f"-rf {CANARY}",
    f"{CANARY}\u202egnp.exe",
    f"\u2067{CANARY}",
    f"{CANARY}\0",
    f"{CANARY}😀☠",
    f"{CANARY}\ud800",
    f"{CANARY}" * 800_000,
    f"محمد {CANARY} 24",
    f"Ana\n{CANARY}",
    "é" + CANARY,
    "e\u0301" + CANARY,
)


def test_hostile_rows_leave_their_words_in_their_own_leaflet_only(
    press: Press, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    rows = tmp_path / "run.csv"
    columns = ("locale", "cause", "format", "copies", "name", "note", "reference")
    text = ",".join(columns) + "\n"
    for number, word in enumerate(HOSTILE):
        cell = '"' + word.replace('"', '""') + '"'
        for column in columns:
            cells = {"locale": "es", "reference": f'"{CANARY}{number}{column}"', column: cell}
            text += ",".join(cells.get(one, "") for one in columns) + "\n"
    rows.write_bytes(text.encode("utf-8", "surrogatepass"))
    listener = Listener()
    report = press(rows, "out", listener, jobs=2)
    assert report.rows == report.made + report.refused == len(HOSTILE) * len(columns)
    assert report.made > 20
    said = capfd.readouterr()
    told = [str(listener.found), said.out, said.err, caplog.text, str(report)]
    told += [path.name for path in tmp_path.rglob("*")]
    assert CANARY not in "".join(told)
    assert CANARY.encode() not in (tmp_path / "out" / "ledger.sqlite").read_bytes()
    assert list((tmp_path / "tmp").iterdir()) == []
    with_it = [name for name, data in files(tmp_path / "out").items() if CANARY.encode() in data]
    assert len(with_it) == report.made  # each file has its own row's words, as they stand
    assert all(len(name) < 40 for name in with_it)
