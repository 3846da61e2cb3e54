"""One run at a time in a folder."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from handouts.errors import UsageProblem
from handouts.store import cannot_write

NAME: Final = ".run.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder while the block lasts; the lock dies with the process that holds it.

    Raises UsageProblem when another run is at work, CannotWrite when the folder takes no file.
    """
    path = folder / NAME
    handle = _taken(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _taken(path: Path) -> int:
    """Return the open lock file. A file that a dead process left behind is nobody's: its lock is gone."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(handle, 200).decode(errors="replace")
            os.close(handle)
            raise _busy(path, holder) from None
        if _same(handle, path):
            break
        os.close(handle)  # its holder has just finished and deleted it
    holder = os.read(handle, 200).decode(errors="replace")
    if holder and holder.rpartition("@")[2] != socket.gethostname():
        os.close(handle)  # on a shared disk another machine's lock may not be seen
        raise _busy(path, holder)
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}@{socket.gethostname()}".encode(), 0)
    return handle


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _busy(path: Path, holder: str) -> UsageProblem:
    process, _, host = holder.partition("@")
    hint = f"Wait for it. If no run is at work on {host or 'that machine'}, delete {path}."
    return UsageProblem(f"Another run is at work in {path.parent} (process {process or 'not known'}).", hint)
