"""Processes that work side by side: begun afresh, deaf to Ctrl-C, and gone when the one that began them is."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from handouts.cli import TOLD_TO_END
from handouts.library import Library

Result = TypeVar("Result")


def each(
    work: Callable[..., Result], lines: Sequence[tuple[Any, ...]], jobs: int
) -> Iterator[tuple[int, Result | None]]:
    """Give the place of each line of arguments and what the work made of it, as it is done, on so many processes.

    A process that dies takes nothing with it: what was left is done again, each line in a process of its own. None
    stands for the result of a line that kills even that.
    """
    left = dict(enumerate(lines))
    with fresh_processes(jobs) as pool:
        try:
            futures = {pool.submit(work, *line): place for place, line in left.items()}
            for future in as_completed(futures):
                with suppress(BrokenProcessPool):
                    result = future.result()
                    del left[futures[future]]
                    yield futures[future], result
        finally:
            # An interrupt waits for what is being done, and drops the rest. (Not to wait here would let the pool's own
            # end, which drops nothing, come first.)
            pool.shutdown(cancel_futures=True)
    for place, line in left.items():
        yield place, _apart(work, line)


def fresh_processes(jobs: int) -> ProcessPoolExecutor:
    """Return fresh processes; Ctrl-C is for the one that started them, and they do not outlive it."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin)


@cache
def worker_library(roots: tuple[Path, ...]) -> Library:
    """Return this process's library, opened once so that it reads each file once."""
    return Library(roots)


def _apart(work: Callable[..., Result], line: tuple[Any, ...]) -> Result | None:
    with suppress(BrokenProcessPool), fresh_processes(1) as pool:
        return pool.submit(work, *line).result()
    return None


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End this process when the one that started it has ended: killed, it could not say so."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(TOLD_TO_END)
