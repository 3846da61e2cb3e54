"""Streams that are closed or full, signals, and settings of others: as whole processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

START = "from handouts.cli import main; main(prog_name='handouts')"
RENDER = ("render", "back-fat-granules", "--issued", "2026-11-28")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files like /dev/full, and signals")


def process(*line: str, before: Callable[[], object] | None = None, **streams: object) -> subprocess.Popen[bytes]:
    keeps = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.Popen([sys.executable, "-c", START, *line], preexec_fn=before, **keeps)


@pytest.mark.parametrize("line", [("list", "topics"), ("show", "back-fat-granules", "--json"), ("--help",)])
def test_a_full_standard_output(line: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        one = process(*line, stdout=full)
        talk = one.communicate(timeout=60)[1].decode()
    assert one.returncode == 6
    assert talk.splitlines()[0] == "Error: Standard output cannot be written: the disk is full."
    assert "Traceback" not in talk


def test_a_closed_standard_output() -> None:
    one = process("list", "topics", before=lambda: os.close(1))
    talk = one.communicate(timeout=60)[1].decode()
    assert (one.returncode, talk.splitlines()[0]) == (6, "Error: Standard output cannot be written: it is closed.")


@pytest.mark.parametrize("how", ["closed", "full"])
def test_talk_that_nobody_hears_changes_nothing(how: str) -> None:
    if how == "closed":
        one = process("show", "nothing-like-it", before=lambda: os.close(2))
        one.communicate(timeout=60)
    else:
        with Path("/dev/full").open("wb") as full:
            one = process("show", "nothing-like-it", stderr=full)
            one.communicate(timeout=60)
    assert one.returncode == 3


def test_a_terminal_that_knows_no_other_letters() -> None:
    one = process("list", "locales", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    data, talk = one.communicate(timeout=60)
    assert (one.returncode, talk) == (0, b"")
    assert b"\\u" in data


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    one = process("list", "topics", before=lambda: (os.chdir(gone), gone.rmdir()))
    talk = one.communicate(timeout=60)[1].decode()
    assert (one.returncode, talk.splitlines()[0]) == (3, "Error: The folder that you are in has been deleted.")


def test_settings_for_others_are_neither_run_nor_heard(tmp_path: Path) -> None:
    (tmp_path / ".reportlab_settings").write_text('raise SystemExit("run")\n')
    env = {**os.environ, "HOME": str(tmp_path), "RL_pageCompression": "junk", "RL_invariant": "0"}
    files = [
        process(*RENDER, "-o", "-", env=env).communicate(timeout=60),
        process(*RENDER, "-o", "-").communicate(timeout=60),
    ]
    assert files[0] == files[1]
    assert files[0][0].startswith(b"%PDF")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_end_by_signal_leaves_nothing_half_written(tmp_path: Path, number: int, code: int) -> None:
    listen = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731
    one = process(*RENDER, "--locale", "all", "--jobs", "1", "-o", str(tmp_path), before=listen)
    until = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    one.send_signal(number)
    talk = one.communicate(timeout=60)[1].decode()
    assert one.returncode == code
    assert "Traceback" not in talk
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".pdf"]
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in tmp_path.iterdir())


def test_processes_do_not_outlive_the_one_that_began_them(tmp_path: Path) -> None:
    one = process(*RENDER, "--cause", "each", "--locale", "all", "--jobs", "2", "-o", str(tmp_path))
    until = time.monotonic() + 60
    while not any(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    one.kill()
    one.communicate(timeout=20)  # ends when the last process that holds its streams does
    assert one.returncode == -signal.SIGKILL
