"""The only writer of files: a file is there whole or not at all."""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Final

from handouts.errors import CannotWrite

PART: Final = ".part"
"""The ending of a file that is being written; its name begins with a full stop."""

_REASONS: Final = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another folder."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.EACCES: ("the folder may not be written to", "Look at its permissions, or choose another folder."),
    errno.EPERM: ("the folder may not be written to", "Look at its permissions, or choose another folder."),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another folder."),
    errno.EEXIST: ("a part of the path is a file, not a folder", "Choose another folder."),
    errno.EISDIR: ("it is a folder", "Name a file."),
    errno.EBADF: ("it is closed", "Send it to a file, or to the null device."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one."),
}


def save(path: Path, data: bytes, *, replace: bool = True, mode: int | None = None, flush: bool = True) -> None:
    """Write a file whole: a reader sees the old bytes or the new ones, also after a power cut.

    Missing folders are made. The new file has the permissions ``mode``, by default those that the user's umask gives.
    With ``replace=False`` a file that is there already is left alone and refused. Raises CannotWrite, and leaves
    nothing half-written. With ``flush=False`` the file is safe from a power cut only after :func:`flushed`.
    """
    with saving(path, replace=replace, mode=mode, flush=flush) as file:
        file.write(data)


@contextmanager
def saving(path: Path, *, replace: bool = True, mode: int | None = None, flush: bool = True) -> Iterator[BinaryIO]:
    """Give a stream for a file's bytes; the file has its name when the block has ended, and only if it ended well.

    All else as in :func:`save`. The stream is on the disk beside the target, so it may be larger than memory.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        temporary = _beside(path)
        try:
            with _begun(temporary, mode) as file:
                yield file
                file.flush()
                if flush:
                    os.fsync(file.fileno())
            _place(temporary, path, replace=replace)
            if flush:
                _flush_folder(path.parent)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def scratch(path: Path, *, mode: int | None = None) -> Iterator[BinaryIO]:
    """Give a stream to write and read beside a file that is being made; it is gone when the block has ended.

    Raises CannotWrite.
    """
    temporary = _beside(path)
    try:
        with _begun(temporary, mode) as file:
            yield file
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sweep(folder: Path) -> int:
    """Delete what runs that were killed have left half-written in a folder and below; return how many files."""
    left = [path for path in folder.rglob(f".*{PART}") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def save_new(files: Mapping[Path, bytes]) -> None:
    """Write new files, all or none. Raises CannotWrite, also for a name that is taken, and leaves nothing behind."""
    done: list[Path] = []
    try:
        for path, data in files.items():
            save(path, data, replace=False)
            done.append(path)
    except CannotWrite:
        for path in done:
            path.unlink(missing_ok=True)
        raise


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the error for people that stands for the system's own, as it refused to write a file."""
    reason, hint = _REASONS.get(error.errno or 0, (error.strerror or "the system refused", ""))
    return CannotWrite(f"{path} cannot be written: {reason}.", hint)


def _beside(path: Path) -> Path:
    """Return a fresh name beside a file: hidden, short enough, and known to :func:`sweep`."""
    return path.with_name(f".{path.name[:40]}.{token_hex(6)}{PART}")


def _begun(path: Path, mode: int | None) -> BinaryIO:
    """Return a new file, which nobody but its owner may read from its first moment on if ``mode`` says so."""
    if mode is None:
        return path.open("x+b")
    return open(path, "x+b", opener=lambda name, flags: os.open(name, flags, mode))


def _place(temporary: Path, path: Path, *, replace: bool) -> None:
    """Give the finished file its name, and never taking one that is not to be replaced."""
    if replace:
        temporary.replace(path)
    else:
        try:
            path.hardlink_to(temporary)  # fails if the name is taken: no gap between looking and writing
        except FileExistsError:
            raise CannotWrite(f"{path} is there already.", "Nothing was changed; move it away first.") from None


def flushed(paths: Sequence[Path]) -> None:
    """See that files saved with ``flush=False`` are on the disk, all at once, which is far quicker than one by one.

    Raises CannotWrite when the disk refuses.
    """
    folders = {path.parent for path in paths}
    for folder in folders:
        if not _flush_system(folder):
            for path in paths:
                if path.parent == folder:
                    _flush_file(path)
            _flush_folder(folder)


def _flush_system(folder: Path) -> bool:
    """Flush the file system that a folder is on, where there is a call for it (Linux); return whether it was done."""
    from ctypes import CDLL, get_errno

    call = getattr(CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) == 0:
            return True
        if get_errno() in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise cannot_write(folder, OSError(get_errno(), os.strerror(get_errno())))
        return False
    finally:
        os.close(handle)


def _flush_file(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise cannot_write(path, error) from error


def _flush_folder(path: Path) -> None:
    with suppress(OSError):  # some file systems refuse to sync a folder; the file itself is safe
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
