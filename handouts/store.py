"""The only writer of files: a file is there whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from handouts.errors import CannotWrite

_REASONS: Final = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another folder."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another folder."),
    errno.EROFS: ("the disk is read-only", "Choose another folder."),
    errno.EACCES: ("the folder may not be written to", "Look at its permissions, or choose another folder."),
    errno.EPERM: ("the folder may not be written to", "Look at its permissions, or choose another folder."),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another folder."),
    errno.EEXIST: ("a part of the path is a file, not a folder", "Choose another folder."),
    errno.EISDIR: ("it is a folder", "Name a file."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one."),
}


def save(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file whole: a reader sees the old bytes or the new ones, also after a power cut.

    Missing folders are made. The new file has the permissions that the user's umask gives. With ``replace=False`` a
    file that is there already is left alone and refused. Raises CannotWrite, and leaves nothing half-written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        temporary = path.with_name(f".{path.name[:40]}.{token_hex(6)}.part")
        try:
            _fill(temporary, data)
            _place(temporary, path, replace=replace)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (error.strerror or "the system refused", ""))
        raise CannotWrite(f"{path} cannot be written: {reason}.", hint) from error


def _fill(path: Path, data: bytes) -> None:
    """Write a new file and see that all its bytes are on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _place(temporary: Path, path: Path, *, replace: bool) -> None:
    """Give the finished file its name, and see that the folder's entry is on the disk."""
    if replace:
        temporary.replace(path)
    else:
        try:
            path.hardlink_to(temporary)  # fails if the name is taken: no gap between looking and writing
        except FileExistsError:
            raise CannotWrite(f"{path} is there already.", "Nothing was changed; move it away first.") from None
    with suppress(OSError):  # some file systems refuse to sync a folder; the file itself is safe
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
