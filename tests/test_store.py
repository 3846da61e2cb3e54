"""A file is written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from handouts.errors import CannotWrite
from handouts.store import save


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refuse(number: int):
    def refusing(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refusing


def test_bytes_go_to_the_file_and_folders_are_made(tmp_path: Path) -> None:
    save(tmp_path / "a" / "b" / "leaflet.pdf", b"%PDF")
    assert (tmp_path / "a" / "b" / "leaflet.pdf").read_bytes() == b"%PDF"
    assert names(tmp_path / "a" / "b") == ["leaflet.pdf"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    save(tmp_path / "x", b"old")
    save(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"


def test_others_may_read_a_leaflet_as_the_umask_says(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    save(tmp_path / "leaflet.pdf", b"x")
    assert (tmp_path / "leaflet.pdf").stat().st_mode == plain.stat().st_mode


def test_bytes_and_folder_are_flushed_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []

    def see(handle: int) -> None:
        kinds.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")

    monkeypatch.setattr("handouts.store.os.fsync", see)
    save(tmp_path / "x", b"x")
    assert kinds == ["file", "folder"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "the folder may not be written to"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    save(tmp_path / "x", b"old")
    monkeypatch.setattr("handouts.store.os.fsync", refuse(number))
    with pytest.raises(CannotWrite) as caught:
        save(tmp_path / "x", b"new")
    assert caught.value.message == f"{tmp_path / 'x'} cannot be written: {reason}."
    assert (tmp_path / "x").read_bytes() == b"old"
    assert names(tmp_path) == ["x"]


def test_a_name_that_cannot_be_given_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.store.Path.replace", refuse(errno.EROFS))
    with pytest.raises(CannotWrite):
        save(tmp_path / "x", b"new")
    assert names(tmp_path) == []


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(CannotWrite, match="it is a folder"):
        save(tmp_path / "x", b"new")


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    for target in (tmp_path / "x" / "y", tmp_path / "x" / "y" / "z"):
        with pytest.raises(CannotWrite, match="is a file, not a folder") as caught:
            save(target, b"new")
        assert caught.value.hint == "Choose another folder."


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="the name is too long"):
        save(tmp_path / ("x" * 300), b"new")
    assert names(tmp_path) == []


def test_what_is_there_can_be_kept(tmp_path: Path) -> None:
    save(tmp_path / "x", b"old", replace=False)
    with pytest.raises(CannotWrite, match="there already"):
        save(tmp_path / "x", b"new", replace=False)
    assert (tmp_path / "x").read_bytes() == b"old"
    assert names(tmp_path) == ["x"]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handouts.store.os.open", refuse(errno.EINVAL))
    save(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"
