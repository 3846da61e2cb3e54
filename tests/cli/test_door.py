"""The door of the command line: help, errors and exit codes, the start's cost."""

import os
import subprocess
import sys

import click
import pytest

from handouts import __version__
from handouts.cli import COMMANDS
from handouts.errors import (
    CannotWrite,
    ContentError,
    HandoutsError,
    NotFound,
    PreflightFailed,
    SomeJobsFailed,
    UsageProblem,
)


def shell(*line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "from handouts.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *line],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `handouts show x` come to this end."""

    @click.command()
    @click.argument("name")
    def broken(name: str) -> None:
        raise error

    monkeypatch.setattr("handouts.cli.show.command", broken)


def test_the_help_lists_every_command_with_examples_first(run) -> None:
    text = run("--help").output
    assert all(name in text for name in COMMANDS)
    assert text.index("Examples:") < text.index("Options:")
    assert run("-h").output == text


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "catalogue"])
def test_every_command_shows_examples_before_options(run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"handouts {name}" in result.output or "handouts --library" in result.output
    assert result.output.index("Examples:") < result.output.index("Options:")


def test_the_help_imports_no_more_than_click(run) -> None:
    code = (
        "import sys\nfrom handouts.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'msgspec', 'babel', 'rich', 'reportlab', 'uharfbuzz', 'jinja2', 'pikepdf', 'icu4py', 'tomllib'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_version_is_told(run) -> None:
    assert run("--version").output == f"handouts {__version__}\n"


def test_a_command_nearly_right_gets_the_right_one(run) -> None:
    result = run("rendr")
    assert result.exit_code == 2
    assert "Did you mean “render”?" in result.stderr


def test_an_option_there_is_not_is_a_usage_error(run) -> None:
    assert run("list", "topics", "--nonsense").exit_code == 2
    assert run("list").exit_code == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageProblem("m", "h"), 2),
        (NotFound("m", "h"), 3),
        (ContentError("m", "h"), 4),
        (PreflightFailed("m", "h"), 5),
        (CannotWrite("m", "h"), 6),
        (SomeJobsFailed("m", "h"), 7),
        (HandoutsError("m", "h"), 70),
    ],
)
def test_every_error_has_its_exit_code(run, monkeypatch: pytest.MonkeyPatch, error: HandoutsError, code: int) -> None:
    raising(monkeypatch, error)
    result = run("show", "x")
    assert result.exit_code == code
    assert result.stderr == "Error: m\n  → h\n"
    assert result.stdout == ""


def test_a_bug_is_called_a_bug_and_shows_no_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDOUTS_DEBUG", raising=False)
    raising(monkeypatch, ZeroDivisionError("secret words of a person"))
    result = run("show", "x")
    assert result.exit_code == 70
    assert "This is a bug in handouts" in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert "HANDOUTS_DEBUG=1" in result.stderr
    assert "secret" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_traceback_is_there_for_the_asking(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_DEBUG", "1")
    raising(monkeypatch, ZeroDivisionError("x"))
    assert "Traceback" in run("show", "x").stderr


def test_an_interrupt_is_130(run, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, KeyboardInterrupt())
    assert run("show", "x").exit_code == 130


def test_a_reader_that_leaves_is_no_bug(run) -> None:
    code = (
        "import os, sys\nos.dup2(os.open(os.devnull, os.O_WRONLY), 2)\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "from handouts.cli import main\nmain(['list', 'topics'])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (found.returncode, found.stderr) == (6, "")


def test_the_installed_command_leaves_with_the_exit_code() -> None:
    found = shell("show", "nothing-like-it")
    assert found.returncode == 3
    assert found.stdout == ""
    assert found.stderr.startswith("Error: There is no topic “nothing-like-it”.")


def test_libraries_come_from_the_environment_too(tmp_path: os.PathLike[str]) -> None:
    found = shell("list", "topics", HANDOUTS_LIBRARY=os.pathsep.join([str(tmp_path), "/nowhere/at-all"]))
    assert found.returncode == 3
    assert "There is no library folder /nowhere/at-all." in found.stderr


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ("handouts re", 1, "plain,render"),
        ("handouts render back", 2, "plain,back-fat-granules"),
        ("handouts render back-fat-granules --cause oily", 4, "plain,oily-skincare"),
        ("handouts render --brand ho", 3, "plain,house"),
        ("handouts render --format gi", 3, "plain,giant"),
        ("handouts render --locale en,al", 3, "plain,en,all"),
        ("handouts render --locale a", 3, "plain,all"),
    ],
)
def test_names_are_completed(run, words: str, word: int, expected: str) -> None:
    environment = {"_HANDOUTS_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(word)}
    code = "from handouts.cli import main; main(prog_name='handouts')"
    found = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert expected in found.stdout.splitlines()
