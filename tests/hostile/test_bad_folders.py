"""Folders and files that are not what they should be; nothing of one's own is passed over in silence."""

import os
from pathlib import Path

import pytest

from tests.hostile.conftest import LOGO, PAGE, PO, TOPIC, WORDS, put

FOLDERS = ("templates/topics", "templates/brands", "templates/formats", "templates/pages", "templates/pictures")


@pytest.mark.parametrize("name", [*FOLDERS, "locales"])
def test_a_file_where_a_folder_should_be(render, clinic: Path, name: str) -> None:
    (clinic / name).parent.mkdir(exist_ok=True)
    (clinic / name).write_bytes(b"")
    result = render()
    assert result.exit_code == 4
    assert f"{clinic / name} cannot be read" in result.stderr
    assert "It must be a folder." in result.stderr


@pytest.mark.parametrize("name", [TOPIC, WORDS, PO])
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere", "device"])
def test_what_a_library_has_but_cannot_give_is_not_taken_from_another(
    render, clinic: Path, name: str, kind: str
) -> None:
    path = put(clinic, name, b"")
    path.unlink()
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to({"loop": path.name, "nowhere": "none", "device": "/dev/zero"}[kind])
    result = render("--locale", "es")
    assert result.exit_code in (3, 4)
    assert str(path) in result.stderr


def test_names_too_long_for_the_system(run, tmp_path: Path) -> None:
    name = "x" * 300
    assert run("--library", name, "list", "topics").exit_code == 3
    result = run("render", "back-fat-granules", "-o", tmp_path / f"{name}.pdf")
    assert result.exit_code == 6
    assert "the name is too long" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_long_name_is_not_said_in_full(run) -> None:
    result = run("show", "x" * 5000)
    assert result.exit_code == 3
    assert len(result.stderr) < 200


def test_a_broken_catalogue_does_not_hide_the_other_locales(run, clinic: Path) -> None:
    put(clinic, PO, b'msgid "')
    result = run("--library", clinic, "list", "locales", "--json")
    assert result.exit_code == 0
    assert '"state": "unreadable"' in result.stdout
    assert '"state": "machine-draft"' in result.stdout


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("locale", "spanish", 2),
        ("locale", "xx", 2),
        ("locale", "posix", 2),
        ("locale", "tlh", 0),
        ("topic", "handouts", 2),
        ("brand", "handouts", 2),
        ("brand", "../x", 2),
        ("brand", "\u202ex", 2),
    ],
)
def test_new(run, clinic: Path, kind: str, name: str, code: int) -> None:
    result = run("new", kind, name, "--library", clinic)
    assert result.exit_code == code
    assert bool(list(clinic.rglob("*"))) == (code == 0)
    assert "\u202e" not in result.stderr


def test_new_leaves_no_half_of_a_brand(run, clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from handouts import store

    def full(path: Path, data: bytes, **_: object) -> None:
        if path.suffix == ".svg":
            raise store.cannot_write(path, OSError(28, "full"))
        path.parent.mkdir(parents=True)
        path.write_bytes(data)

    monkeypatch.setattr(store, "save", full)
    result = run("new", "brand", "our-clinic", "--library", clinic)
    assert result.exit_code == 6
    assert result.stdout == ""
    assert [path for path in clinic.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("epoch", ["-1", " 5", "1_000", "1e9", "9" * 20, "yesterday"])
def test_a_date_from_the_environment_that_is_none(render, monkeypatch: pytest.MonkeyPatch, run, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("render", "back-fat-granules", "-o", "-").exit_code == 2


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_leaflet_does_not_go_under_another_mediums_name(run, tmp_path: Path, name: str) -> None:
    result = run("render", "back-fat-granules", "-o", tmp_path / name)
    assert result.exit_code == 2
    assert "Name it a.pdf" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_language_does_not_stand_beside_itself(run, tmp_path: Path) -> None:
    assert run("render", "back-fat-granules", "--companion", "en", "-o", tmp_path).exit_code == 2
    result = run("render", "back-fat-granules", "--locale", "en,es", "--companion", "en", "-o", tmp_path)
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "back-fat-granules.en.pdf",
        "back-fat-granules.es+en.pdf",
    ]


@pytest.mark.parametrize("name", [LOGO, PAGE, "templates/pictures/wash.svg"])
def test_check_finds_what_keeps_a_leaflet_from_being_made(run, clinic: Path, name: str) -> None:
    put(clinic, name, b"<svg><text/>{{ nope }}</svg>")
    result = run("--library", clinic, "check", "--locale", "en")
    assert result.exit_code == 4
    assert name in result.stdout


def test_check_finds_a_logo_that_is_not_there(run, clinic: Path) -> None:
    put(clinic, LOGO, b"").unlink()
    result = run("--library", clinic, "check", "--locale", "en")
    assert result.exit_code == 4
    assert "brand.toml · logo" in result.stdout
