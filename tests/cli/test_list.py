"""What the libraries hold, listed and shown."""

import json
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("topics", {"id": "back-fat-granules", "reviewed": "never", "causes": "5"}),
        ("causes", {"topic": "back-fat-granules", "id": "oily-skincare"}),
        ("locales", {"tag": "en", "script": "Latn", "direction": "ltr", "state": "source", "own name": "English"}),
        ("brands", {"id": "house"}),
        ("formats", {"id": "giant"}),
    ],
)
def test_what_is_there_is_listed(run, kind: str, expected: dict[str, str]) -> None:
    rows = json.loads(run("list", kind, "--json").stdout)
    assert any(expected.items() <= row.items() for row in rows)
    lines = run("list", kind).stdout.splitlines()
    assert len(lines) == len(rows) + 1
    assert any(all(word in line for word in expected.values()) for line in lines)


def test_a_library_may_be_named_before_or_after_the_command(run, clinic: Path) -> None:
    for line in (["--library", clinic, "list", "topics"], ["list", "topics", "--library", clinic]):
        assert "dry-skin" in run(*line).stdout


def test_a_kind_there_is_not_is_a_usage_error(run) -> None:
    assert run("list", "leaflets").exit_code == 2


def test_a_broken_topic_is_a_content_error(run, clinic: Path) -> None:
    path = clinic / "templates" / "topics" / "dry-skin" / "topic.toml"
    path.write_text("id = ", encoding="utf-8")
    result = run("--library", clinic, "list", "topics")
    assert result.exit_code == 4
    assert f"in {path}:1" in result.stderr
    assert result.stdout == ""


def test_a_topic_is_shown_as_plain_text(run) -> None:
    text = run("show", "back-fat-granules").stdout
    assert "Small hard bumps on your back" in text
    assert "reviewed: never" in text
    assert "causes: 5" in text
    assert "(oily-skincare)" in text
    assert "(urea), ointment, prescribed" in text


def test_one_cause_is_shown(run) -> None:
    text = run("show", "back-fat-granules", "--cause", "oily-skincare").stdout
    assert "(oily-skincare)" in text
    assert "(incomplete-cleansing)" not in text
    shown = json.loads(run("show", "back-fat-granules", "--cause", "oily-skincare", "--json").stdout)
    assert [cause["id"] for cause in shown["cause"]] == ["oily-skincare"]
    assert shown["title"] == "Small hard bumps on your back"


def test_a_cause_nearly_right_gets_the_right_one(run) -> None:
    result = run("show", "back-fat-granules", "--cause", "oily-skin-care")
    assert result.exit_code == 3
    assert "Did you mean “oily-skincare”?" in result.stderr
