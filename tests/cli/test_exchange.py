"""`handouts catalogue export` and `import`: files by their names, what is told, and how it ends."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import TOPIC
from tests.exchange.conftest import Clinic

KEY = f"{TOPIC}/summary.2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    Clinic(tmp_path / "clinic", "es", "ar")
    return tmp_path / "clinic"


def edit(path: Path, **cells: str) -> None:
    """Write into the columns of one row, as a reviewer does."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = next(line[0].row for line in sheet.iter_rows(min_row=2) if line[0].value == KEY)
    for name, value in cells.items():
        sheet.cell(row, heads.index(name) + 1).value = value
    book.save(path)


def test_files_are_named_by_format_and_locale(run, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("catalogue", "export", "es", "ar", "--library", root, "-o", out)
    assert result.stdout.split() == [str(out / "catalogue.es.xlsx"), str(out / "catalogue.ar.xlsx")]
    run("catalogue", "export", "es,ar", "--format", "xliff", "--library", root, "-o", out)
    assert sorted(path.name for path in out.glob("*.xlf")) == ["catalogue.ar.xlf", "catalogue.es.xlf"]
    result = run("catalogue", "export", "es", "--library", root, "-o", out / "mine.xliff")
    assert result.stdout.split() == [str(out / "mine.xliff")]
    assert (out / "mine.xliff").read_bytes() == (out / "catalogue.es.xlf").read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "xlf"])
def test_a_round_trip_changes_nothing(run, root: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"es.{ending}"
    before = {path: path.read_bytes() for path in root.rglob("*.po")}
    run("catalogue", "export", "es", "--library", root, "-o", file)
    result = run("catalogue", "import", file, "--library", root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Changed: 0, refused: 0." in result.stderr
    assert before == {path: path.read_bytes() for path in root.rglob("*.po")}


def test_an_edit_is_told_first_and_then_taken_over(run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "es.xlsx"
    po = root / "locales" / "es" / "LC_MESSAGES" / f"{TOPIC}.po"
    run("catalogue", "export", "es", "--library", root, "-o", file)
    edit(file, Translation="No apriete nunca los bultos.", State="Reviewed")
    before = po.read_bytes()
    dry = run("catalogue", "import", file, "--by", "A. B., nurse", "--on", "2026-01-02", "--dry-run", "--library", root)
    assert "“No apriete nunca los bultos.”; machine draft → reviewed" in dry.stdout
    assert "Nothing was written" in dry.stderr
    assert po.read_bytes() == before
    real = run("catalogue", "import", file, "--by", "A. B., nurse", "--on", "2026-01-02", "--library", root)
    assert (real.exit_code, real.stdout) == (0, dry.stdout)
    assert f"Written: {po}" in real.stderr
    assert b"2026-01-02 A. B., nurse" in po.read_bytes()


def test_what_is_refused_ends_with_4_and_its_row(run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "es.xlsx"
    run("catalogue", "export", "es", "--library", root, "-o", file)
    edit(file, Translation="No apriete <b>nunca los bultos.")
    result = run("catalogue", "import", file, "--library", root)
    assert result.exit_code == 4
    assert " · row " in result.stderr
    data = json.loads(run("catalogue", "import", file, "--library", root, "--json").stdout)
    assert [one["domain"] for one in data if one["findings"]] == [TOPIC]


def test_one_bad_file_keeps_all_from_being_taken_in(run, root: Path, tmp_path: Path) -> None:
    file, bad = tmp_path / "es.xlsx", tmp_path / "bad.xlf"
    run("catalogue", "export", "es", "--library", root, "-o", file)
    edit(file, Translation="No apriete nunca los bultos.")
    bad.write_text("<xliff", encoding="utf-8")
    result = run("catalogue", "import", file, bad, "--library", root)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export", "en"], 2),
        (["export", "es", "ar", "-o", "both.xlsx"], 2),
        (["export", "es", "--format", "xliff", "-o", "es.xlsx"], 2),
        (["export", "tlh"], 3),
        (["export", "fr"], 3),
        (["import", "none.xlsx"], 3),
        (["import", "none.xlsx", "--by", " "], 2),
        (["export"], 2),
    ],
)
def test_what_cannot_be_ends_with_its_code(run, root: Path, words: list[str], code: int) -> None:
    assert run("catalogue", *words, "--library", root).exit_code == code
