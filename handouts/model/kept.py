"""Results kept for values that cannot be hashed (a catalogue holds a dictionary) but never change.

They are known by identity, plain strings by their letters. What is kept holds the values alive, so that no other can
take their place in memory.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Result = TypeVar("Result")
Key = TypeVar("Key")


def kept(
    size: int, of: Callable[..., tuple[object, ...]] | None = None
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Return a decorator for a pure function of frozen values: its last ``size`` results are not computed again.

    ``of`` gives what the result depends on, where that is less than the function is given.
    """

    def decorate(function: Callable[..., Result]) -> Callable[..., Result]:
        known: dict[tuple[object, ...], tuple[tuple[object, ...], Result]] = {}

        @wraps(function)
        def call(*values: object) -> Result:
            needed = of(*values) if of else values
            key = tuple([value if type(value) is str else id(value) for value in needed])
            found = known.get(key)
            if found is None:
                if len(known) >= size:
                    del known[next(iter(known))]
                found = known[key] = (needed, function(*values))
            return found[1]

        return call

    return decorate


def keep(known: dict[Key, Result], key: Key, value: Result, most: int) -> Result:
    """Keep a value under a key and return it; what was kept before is forgotten when it would become too much."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value
