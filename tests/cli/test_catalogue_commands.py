"""The catalogue commands: what they write, what they say, and how they end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.catalogues import scaffold
from handouts.cli import main
from handouts.library import Library
from handouts.store import save


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    for path, data in scaffold(Library(), tmp_path, "eo").items():
        save(path, data)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["catalogue", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_status_is_a_table_and_json(clinic: Path) -> None:
    code, table, _ = run("status", "--locale", "eo", "--library", str(clinic))
    assert (code, table.splitlines()[0].split()[:2]) == (0, ["locale", "domain"])
    assert "machine draft" in table
    code, data, _ = run("status", "--locale", "eo", "--library", str(clinic), "--json")
    rows = json.loads(data)
    assert all(row["missing"] == row["total"] > 0 and row["translated"] == 0 for row in rows)


def test_update_names_what_it_wrote_and_a_second_time_nothing(clinic: Path) -> None:
    path = next(clinic.glob("locales/eo/LC_MESSAGES/handouts.po"))
    path.write_bytes(path.read_bytes().replace(b'msgctxt "plan.lead"', b'msgctxt "plan.led"'))
    code, out, talk = run("update", "--library", str(clinic))
    assert (code, out.split()) == (0, [str(path)])
    assert "1 files written" in talk
    assert run("update", "--library", str(clinic))[1] == ""


def test_a_file_that_is_no_po_ends_with_4_its_line_and_no_traceback(clinic: Path) -> None:
    path = next(clinic.glob("locales/eo/LC_MESSAGES/handouts.po"))
    path.write_bytes(path.read_bytes() + b'\nmsgid "cut')
    code, _, talk = run("update", "--library", str(clinic))
    assert code == 4
    assert f"{path}:{path.read_bytes().count(bytes([10])) + 1}" in talk
    assert "Traceback" not in talk


def test_a_review_is_refused_while_messages_are_missing(clinic: Path) -> None:
    code, _, talk = run("review", "eo", "--by", "A. B., nurse", "--on", "2026-01-02", "--library", str(clinic))
    assert code == 4
    assert "cannot be reviewed yet" in talk


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status", "--locale", "tlh"], 3),
        (["update", "--accept", "no.such.key"], 3),
        (["review", "eo", "--by", " "], 2),
        (["review", "eo"], 2),
    ],
)
def test_what_cannot_be_ends_with_its_code(arguments: list[str], code: int, clinic: Path) -> None:
    assert run(*arguments, "--library", str(clinic))[0] == code
