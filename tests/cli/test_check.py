"""`handouts check`: all findings together, and the exit code of the worst."""

import json
from pathlib import Path

import pytest

from handouts.findings import Finding, Severity, Where

ERROR = Finding("a.rule", Severity.ERROR, "It is wrong.", Where(key="title"))
WARNING = Finding("a.rule", Severity.WARNING, "It is odd.", Where(page=2))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Finding]]:
    """What the checks are made to see, and (under `asked`) what they were asked."""
    found: dict[str, list] = {"content": [], "preflight": [], "asked": []}

    def check_library(library: object, topics: tuple[str, ...], locales: tuple[str, ...]) -> tuple[Finding, ...]:
        found["asked"].append((topics, locales))
        return tuple(found["content"])

    monkeypatch.setattr("handouts.check.content.check_library", check_library)
    monkeypatch.setattr("handouts.check.preflight.preflight", lambda pdf: tuple(found["preflight"]))
    return found


def test_all_is_well(run, seen) -> None:
    result = run("check", "back-fat-granules", "--locale", "en")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Errors: 0, warnings: 0.\n"
    assert seen["asked"] == [(("back-fat-granules",), ("en",))]


def test_without_a_name_everything_is_checked(run, seen) -> None:
    run("check")
    ((topics, locales),) = seen["asked"]
    assert "back-fat-granules" in topics
    assert "en" in locales


def test_findings_are_what_was_asked_for(run, seen) -> None:
    seen["content"] += [ERROR, WARNING]
    result = run("check", "back-fat-granules")
    assert result.exit_code == 4
    assert result.stdout.splitlines()[-2:] == [
        "error: title: It is wrong. [a.rule]",
        "warning: page 2: It is odd. [a.rule]",
    ]
    assert result.stderr == "Errors: 1, warnings: 1.\n"


def test_warnings_count_only_if_strict(run, seen) -> None:
    seen["content"].append(WARNING)
    assert run("check", "back-fat-granules").exit_code == 0
    assert run("check", "back-fat-granules", "--strict").exit_code == 1


def test_a_finished_file_is_checked_by_itself(run, seen, tmp_path: Path) -> None:
    file = tmp_path / "a.PDF"
    file.write_bytes(b"%PDF")
    seen["preflight"].append(WARNING)
    result = run("check", file, "--json")
    assert (result.exit_code, seen["asked"]) == (0, [])
    assert json.loads(result.stdout)[0]["where"] == {"file": str(file), "page": 2}
    seen["preflight"].append(ERROR)
    assert run("check", file).exit_code == 5


def test_what_is_not_there_is_not_found(run, seen, tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.pdf").exit_code == 3
    assert run("check", "none").exit_code == 3
    assert run("check", "--locale", "tlh").exit_code == 3


def test_one_broken_file_hides_no_other(run, seen, clinic: Path) -> None:
    for path in clinic.rglob("*.toml"):
        path.write_text("id = ", encoding="utf-8")
    result = run("check", "--library", clinic)
    assert result.exit_code == 4
    assert result.stdout.count("toml.syntax") == 2
    ((topics, _),) = seen["asked"]
    assert topics == ("back-fat-granules",)
