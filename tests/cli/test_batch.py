"""`handouts batch` and `handouts ledger`: a run by the command line, and how it ends."""

import json
import os
import signal
import sys
from pathlib import Path

import pikepdf
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "press"))

import standins

from handouts.console import Meter

ROWS = "locale,cause,name,reference\nes,,Ana,A\nar,oily-skincare,Bea,B\nes,oily-skin,Cai,C\n"
GOOD = ROWS.rpartition("es,oily-skin")[0]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.press.tools.TOOLS", standins.TOOLS)


@pytest.fixture
def rows(tmp_path: Path, plain: None) -> Path:
    path = tmp_path / "run.csv"
    path.write_text(ROWS)
    return path


def test_the_example_is_a_list_that_can_be_run(run, plain, tmp_path: Path) -> None:
    example = run("batch", "--example")
    path = tmp_path / "run.csv"
    path.write_bytes(example.stdout_bytes)
    result = run("batch", path, "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "3 rows = 3 good\n")


def test_a_bad_row_is_told_and_ends_with_7(run, rows: Path, tmp_path: Path) -> None:
    result = run("batch", rows, "-o", tmp_path / "out")
    assert result.exit_code == 7
    assert "row 3 · column cause: There is no such cause. [manifest.cause-unknown]" in result.stderr
    assert "→ Did you mean “oily-skincare”?" in result.stderr
    assert "parted by commas" in result.stderr
    first, second, third = result.stdout.splitlines()
    assert first == "3 rows = 2 made + 1 refused"
    assert second == "2 leaflets = 4 pages = 2 sheets in 2 files"
    assert third.endswith(f" in {tmp_path / 'out'}")
    assert run("batch", rows, "--dry-run").exit_code == 7


def test_lines_of_json(run, rows: Path, tmp_path: Path) -> None:
    result = run("batch", rows, "-o", tmp_path / "out", "--json")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "phase"
    assert kinds[-1] == "report"
    assert {event["finding"]["where"].get("row") for event in events if event["event"] == "finding"} == {3, None}
    assert events[-1]["report"]["refused"] == 1
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--merge", "--group-by", "locale"], "not both"),
        (["--group-by", "name"], "cannot be grouped"),
        (["--max-leaflets", "5"], "many leaflets"),
        (["--separators"], "many leaflets"),
        (["--name", "{name}"], "no “{name}”"),
    ],
)
def test_what_cannot_be_is_usage(run, rows: Path, tmp_path: Path, words: list[str], told: str) -> None:
    result = run("batch", rows, "-o", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_errors_have_their_codes(run, plain, tmp_path: Path) -> None:
    assert run("batch").exit_code == 2
    assert run("batch", tmp_path / "none.csv").exit_code == 3
    (tmp_path / "empty.csv").touch()
    assert run("batch", tmp_path / "empty.csv", "--dry-run").exit_code == 4
    assert run("ledger", "show", tmp_path).exit_code == 3


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_cleanly(run, rows: Path, tmp_path: Path, monkeypatch, number: int, code: int) -> None:
    def single(*told: object) -> tuple[bytes, int]:
        os.kill(os.getpid(), number)
        return standins.single(*told)

    rows.write_text(GOOD)
    with monkeypatch.context() as patch:
        patch.setattr("handouts.press.tools.TOOLS", standins.TOOLS._replace(single=single))
        result = run("batch", rows, "-o", tmp_path / "out")
    assert result.exit_code == code
    assert "goes on where this one ended" in result.stderr
    assert not (tmp_path / "out" / ".run.lock").exists()
    assert run("batch", rows, "-o", tmp_path / "out", "--jobs", "1").exit_code == 0


def test_a_ledger_is_shown_exported_and_verified(run, rows: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("batch", rows, "-o", folder, "--merge")
    shown = run("ledger", "show", folder)
    assert shown.stdout.splitlines()[0] == "3 rows = 2 made + 1 refused"
    assert "manifest.cause-unknown" in shown.stdout
    assert json.loads(run("ledger", "show", folder, "--json").stdout)["files"][0]["name"] == "run.pdf"
    assert len(run("ledger", "export", folder).stdout.splitlines()) == 4
    assert [json.loads(line)["row"] for line in run("ledger", "export", folder, "--json").stdout.splitlines()] == [
        1,
        2,
        3,
    ]
    assert run("ledger", "verify", folder).exit_code == 0
    (folder / "run.pdf").write_bytes(b"x")
    damaged = run("ledger", "verify", folder)
    assert damaged.exit_code == 5
    assert "[ledger.damaged]" in damaged.stdout


# With real leaflets


@pytest.mark.parametrize("words", [[], ["--merge"]])
def test_locked_files_open_with_the_password_only(run, tmp_path: Path, monkeypatch, words: list[str]) -> None:
    path, folder = tmp_path / "run.csv", tmp_path / "out"
    path.write_text(GOOD)
    (tmp_path / "word").write_text("pässword\n")
    result = run("batch", path, "-o", folder, "--encrypt", "--password-file", tmp_path / "word", *words)
    assert result.exit_code == 0, result.output
    for file in folder.glob("*.pdf"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(file)
        with pikepdf.open(file, password="pässword") as pdf:
            assert (pdf.encryption.R, pdf.encryption.bits, pdf.allow.accessibility) == (6, 256, True)
    assert run("ledger", "verify", folder).exit_code == 0
    monkeypatch.setenv("HANDOUTS_PASSWORD", "another")
    wrong = run("batch", path, "-o", folder, "--encrypt", *words)
    assert (wrong.exit_code, "password" in wrong.stderr) == (2, True)


# The bar


def test_the_bar_shows_rate_time_left_and_failures() -> None:
    meter = Meter(sys.stderr, lively=False)
    meter.phase("make", 4_000)
    line = meter.line(1_000, 3, 10.0)
    assert line == f"make {'━' * 6}{'·' * 18}  25% · 1,000 of 4,000 · 100/s · 0:31 left · 3 failed"
    meter.phase("read", 0)
    assert meter.line(12, 0, 2.0) == "read 12 · 6.0/s"


def test_a_leaflet_of_too_many_parts_is_refused_before_anything_is_made(run, tmp_path: Path) -> None:
    library = tmp_path / "own"
    run("new", "topic", "dry-skin", "--library", library)
    topic = library / "templates" / "topics" / "dry-skin" / "topic.toml"
    steps = "".join(f'[[daily]]\nid = "step-{at}"\nkind = "sleep"\ntext = "Do it {at} times."\n\n' for at in range(700))
    topic.write_text(topic.read_text().replace("[[daily]]", f"{steps}[[daily]]", 1))
    path = tmp_path / "run.csv"
    path.write_text("locale,copies\nen,1\n")
    for more in (("--dry-run",), ("--merge", "-o", tmp_path / "out")):
        result = run("batch", path, "--library", library, "--topic", "dry-skin", *more)
        assert (result.exit_code, result.stdout.splitlines()[0]) == (7, "1 rows = 1 refused")
        assert "too many for a print run" in result.stderr
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["ledger.sqlite"]
