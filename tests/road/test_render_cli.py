"""The command as a process of its own: what it writes, where, and how it ends when something is wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.conftest import CAUSES, ISSUED, ROOT, TOPIC, rendered

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ISSUE = ("--issued", ISSUED.isoformat())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `handouts` in an empty folder, with no settings but those that it needs."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def line(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "handouts", *map(str, words)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False)
        assert b"Traceback" not in done.stderr
        return done

    return line


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A library of the clinic's own, with a copy of the topic, a brand and a catalogue in it."""
    root = tmp_path / "clinic"
    for part in (f"templates/topics/{TOPIC}", "templates/brands/meadow-practice", "locales/es"):
        copytree(ROOT / part, root / part)
    return root


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def refused(done: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
    """Assert that a run ended with this code, wrote nothing to stdout, and named these words on stderr."""
    told = done.stderr.decode()
    assert done.returncode == code, told
    assert done.stdout == b""
    for word in words:
        assert word in told, told


def test_by_default_one_leaflet_goes_to_output(run: Run, tmp_path: Path) -> None:
    done = run("render", TOPIC)
    name = f"{TOPIC}.en.pdf"
    assert (done.returncode, done.stdout.decode()) == (0, f"{Path('output') / name}\n")
    assert files(tmp_path) == [name]
    assert (tmp_path / "output" / name).read_bytes().startswith(b"%PDF-1.7")


def test_a_leaflet_may_go_through_a_pipe(run: Run, tmp_path: Path) -> None:
    done = run("render", TOPIC, "--locale", "zh-Hans", "-o", "-", *ISSUE)
    assert (done.returncode, done.stdout) == (0, rendered("", "zh-Hans").pdf)
    assert files(tmp_path) == []


def test_each_cause_has_its_leaflet(run: Run, tmp_path: Path) -> None:
    done = run("render", TOPIC, "--cause", "each", "--locale", "ar", "-o", "leaflets", *ISSUE)
    assert done.returncode == 0
    names = [".".join(part for part in (TOPIC, cause, "ar", "pdf") if part) for cause in CAUSES]
    assert done.stdout.decode().split() == [str(Path("leaflets") / name) for name in names]
    assert files(tmp_path) == sorted(names)
    for cause, name in zip(CAUSES, names, strict=True):
        assert (tmp_path / "leaflets" / name).read_bytes() == rendered(cause, "ar").pdf


@pytest.mark.parametrize(
    ("code", "words", "named"),
    [
        (3, ["render", "back-fat"], ["topic", "back-fat", TOPIC]),
        (3, ["render", TOPIC, "--cause", "oily-skin"], ["cause", "oily-skin", "oily-skincare"]),
        (3, ["render", TOPIC, "--locale", "tlh"], ["locale", "tlh"]),
        (3, ["render", TOPIC, "--brand", "hose"], ["brand", "hose", "house"]),
        (3, ["render", TOPIC, "--format", "larg"], ["format", "larg", "large"]),
        (3, ["--library", "nowhere", "render", TOPIC], ["nowhere"]),
        (2, ["render", TOPIC, "--paper", "a5"], ["--paper", "a5"]),
        (2, ["render", TOPIC, "--issued", "soon"], ["--issued", "soon"]),
        (2, ["render", TOPIC, "--cause", "each", "-o", "-"], ["-o"]),
        (2, ["rendre"], ["rendre", "render"]),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, list) else str(value),
)
def test_a_wrong_word_is_refused(run: Run, tmp_path: Path, code: int, words: list[str], named: list[str]) -> None:
    refused(run(*words), code, *named)
    assert files(tmp_path) == []


def spoilt(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def refused_content(run: Run, clinic: Path, *words: str) -> None:
    """Assert that the clinic's leaflet is refused for what is in its files, and that no leaflet is left."""
    line = ["--library", clinic, "render", TOPIC, "--brand", "meadow-practice", "--locale", "es", "-o", "out"]
    refused(run(*line), 4, *words)
    assert not (clinic.parent / "out").exists() or files(clinic.parent / "out") == []


def test_a_topic_that_is_no_toml_is_refused(run: Run, clinic: Path) -> None:
    spoilt(clinic / "templates" / "topics" / TOPIC / "topic.toml", 'version = "1.0"', "version = 1.0.0")
    refused_content(run, clinic, "topic.toml:9")


def test_a_topic_with_an_unknown_key_is_refused(run: Run, clinic: Path) -> None:
    spoilt(clinic / "templates" / "topics" / TOPIC / "topic.toml", 'version = "1.0"', 'version = "1.0"\ntitel = "x"')
    refused_content(run, clinic, "topic.toml", "titel")


def test_a_catalogue_that_is_no_po_is_refused(run: Run, clinic: Path) -> None:
    spoilt(clinic / "locales" / "es" / "LC_MESSAGES" / f"{TOPIC}.po", 'msgid "', 'msgid oops "')
    refused_content(run, clinic, f"{TOPIC}.po", "es")


def test_a_missing_translation_is_refused_with_its_key(run: Run, clinic: Path) -> None:
    po = clinic / "locales" / "es" / "LC_MESSAGES" / f"{TOPIC}.po"
    spoilt(po, 'msgctxt "daily.cotton-clothes"', 'msgctxt "daily.no-such-thing"')
    refused_content(run, clinic, TOPIC, "daily.cotton-clothes", "es")


@pytest.mark.parametrize(
    ("logo", "named"),
    [
        ("<svg", "logo"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script></svg>', "script"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "logo"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/hosts"/></svg>', "image"),
    ],
    ids=["not-xml", "script", "entity", "outside"],
)
def test_a_bad_picture_is_refused(run: Run, clinic: Path, logo: str, named: str) -> None:
    (clinic / "templates" / "brands" / "meadow-practice" / "logo.svg").write_text(logo, "utf-8")
    refused_content(run, clinic, "logo", named)


def test_a_brand_too_pale_to_read_is_refused(run: Run, clinic: Path) -> None:
    spoilt(clinic / "templates" / "brands" / "meadow-practice" / "brand.toml", 'ink = "#22281c"', 'ink = "#c0c0c0"')
    refused_content(run, clinic, "ink")


def test_where_nothing_can_be_written_nothing_is(run: Run, tmp_path: Path) -> None:
    """A file stands where a folder should be; a folder without write permission stops nobody who is root."""
    (tmp_path / "taken").write_bytes(b"mine")
    refused(run("render", TOPIC, "-o", Path("taken") / "leaflets"), 6, "taken")
    refused(run("render", TOPIC, "-o", Path("taken") / "one.pdf"), 6, "taken")
    assert files(tmp_path) == ["taken"]
    assert (tmp_path / "taken").read_bytes() == b"mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "handouts", "render", TOPIC, "-o", "-"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 6, done.stderr.decode()
    assert b"Traceback" not in done.stderr
