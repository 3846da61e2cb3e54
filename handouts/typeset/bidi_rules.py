"""The resolving rules of UAX #9, X1 to I2, on the bidirectional classes of one paragraph.

Classes go by their short names (``"AL"``); the comments cite the rules. Unicode's conformance files, run in full by
tests/typeset/test_bidi.py, say whether this is right.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import Final, NamedTuple

MAX_DEPTH: Final = 125
"""The deepest explicit level (BD2)."""

MAX_OPEN_BRACKETS: Final = 63
"""How many brackets may be open at once before pairing is given up (BD16)."""

EMBEDDINGS: Final = frozenset(["LRE", "RLE", "LRO", "RLO"])
INITIATORS: Final = frozenset(["LRI", "RLI", "FSI"])
REMOVED: Final = EMBEDDINGS | {"PDF", "BN"}
"""What X9 takes out."""
EXPLICIT: Final = EMBEDDINGS | INITIATORS | {"PDF", "PDI"}
_NEUTRAL: Final = INITIATORS | {"PDI", "B", "S", "WS", "ON"}
"""“NI” of the rules N1 and N2."""
_JOINED: Final = frozenset([("ES", "EN"), ("CS", "EN"), ("CS", "AN")])
"""Which separator joins which numbers (W4)."""


class _Sequence(NamedTuple):
    """An isolating run sequence (BD13): its characters' indexes, its level, the directions at its ends (X10)."""

    indexes: list[int]
    level: int
    sos: str
    eos: str


def resolve(classes: Sequence[str], brackets: Mapping[int, int], base: int | None) -> list[int]:
    """Return the level of each character of a paragraph (X1 to I2).

    ``brackets`` gives the index of each bracket a sign that is one number for a pair, negative for its closing half.
    ``base`` None is found by P2 and P3, 0 if they say nothing. What X9 removes has the level before it.
    """
    closers = matching(classes)
    if base is None:
        base = first_strong(classes, 0, len(classes), closers) or 0
    types, levels = list(classes), [base] * len(classes)
    if not EXPLICIT.isdisjoint(classes):
        _Explicit(base).apply(types, levels, closers)
    for sequence in _sequences(classes, levels, closers, base):
        kinds = [types[at] for at in sequence.indexes]
        signs = [brackets.get(at, 0) for at in sequence.indexes] if brackets else []
        _implicit(kinds, signs, sequence)
        even = sequence.level % 2 == 0
        for at, kind in zip(sequence.indexes, kinds, strict=True):
            if even and kind != "L":  # I1
                levels[at] += 1 if kind == "R" else 2
            elif not even and kind != "R":  # I2
                levels[at] += 1
    if not REMOVED.isdisjoint(classes):
        for at, kind in enumerate(classes):
            if kind in REMOVED:
                levels[at] = levels[at - 1] if at else base
    return levels


def matching(classes: Sequence[str]) -> dict[int, int]:
    """Return the index of the PDI that closes each isolate initiator that is closed (BD9)."""
    pairs: dict[int, int] = {}
    if "PDI" in classes:
        waiting: list[int] = []
        for at, kind in enumerate(classes):
            if kind in INITIATORS:
                waiting.append(at)
            elif kind == "PDI" and waiting:
                pairs[waiting.pop()] = at
    return pairs


def first_strong(classes: Sequence[str], start: int, end: int, closers: Mapping[int, int]) -> int | None:
    """Return the level that the first strong character asks for, isolates passed over (P2, P3); None without one."""
    at = start
    while at < end:
        kind = classes[at]
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
        at = (closers.get(at, end) if kind in INITIATORS else at) + 1
    return None


class _Status(NamedTuple):
    """An entry of the directional status stack: its level, the class it forces on characters, whether an isolate's."""

    level: int
    override: str
    isolate: bool


class _Explicit:
    """The explicit levels of one paragraph: the stack and the three counters of X1."""

    def __init__(self, base: int) -> None:
        self.stack = [_Status(base, "", False)]
        self.overflow_isolates = self.overflow_embeddings = self.valid_isolates = 0

    def apply(self, types: list[str], levels: list[int], closers: Mapping[int, int]) -> None:
        """Set the levels, and the types under an override, in place (X2 to X8)."""
        base = self.stack[0].level
        classes = tuple(types)
        for at, kind in enumerate(classes):
            if kind in EMBEDDINGS:
                self._embed(kind)
            elif kind == "PDF":
                self._end_embedding()
            elif kind == "B":  # X8
                levels[at] = base
            elif kind != "BN":
                if kind == "PDI":
                    self._end_isolate()
                levels[at] = self.stack[-1].level  # X5a to X5c, X6, X6a
                types[at] = self.stack[-1].override or kind
                if kind in INITIATORS:
                    rtl = kind == "RLI"
                    if kind == "FSI":  # X5c
                        rtl = first_strong(classes, at + 1, closers.get(at, len(classes)), closers) == 1
                    self._isolate(rtl)

    def _next_level(self, rtl: bool) -> int | None:
        """Return the least level above the last that has this direction, None if it would be too deep."""
        level = self.stack[-1].level + 1
        level += (level % 2 == 1) != rtl
        fits = level <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings
        return level if fits else None

    def _embed(self, kind: str) -> None:
        """X2 to X5."""
        level = self._next_level(kind[0] == "R")
        if level is not None:
            self.stack.append(_Status(level, kind[0] if kind.endswith("O") else "", False))
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def _isolate(self, rtl: bool) -> None:
        """X5a, X5b."""
        level = self._next_level(rtl)
        if level is None:
            self.overflow_isolates += 1
        else:
            self.valid_isolates += 1
            self.stack.append(_Status(level, "", True))

    def _end_isolate(self) -> None:
        """X6a."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1].isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def _end_embedding(self) -> None:
        """X7."""
        if self.overflow_embeddings and not self.overflow_isolates:
            self.overflow_embeddings -= 1
        elif not self.overflow_isolates and not self.stack[-1].isolate and len(self.stack) > 1:
            self.stack.pop()


def _sequences(
    classes: Sequence[str], levels: Sequence[int], closers: Mapping[int, int], base: int
) -> Iterator[_Sequence]:
    """Give the isolating run sequences of what X9 leaves, with the directions at their ends (X9, X10)."""
    kept = [at for at, kind in enumerate(classes) if kind not in REMOVED]
    runs = [list(run) for _, run in groupby(kept, levels.__getitem__)]
    openers = {closer: opener for opener, closer in closers.items()}
    chains: list[list[int]] = []  # of numbers of runs
    waiting: dict[int, list[int]] = {}  # by the isolate initiator at the chain's end
    for number, run in enumerate(runs):
        chain = waiting.pop(openers.get(run[0], -1), None)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(number)
        if classes[run[-1]] in INITIATORS:
            waiting[run[-1]] = chain
    around = [base, *(levels[run[0]] for run in runs), base]
    for chain in chains:
        indexes = [at for number in chain for at in runs[number]]
        level = around[chain[0] + 1]
        after = base if classes[indexes[-1]] in INITIATORS else around[chain[-1] + 2]
        sos, eos = ("R" if max(level, beside) % 2 else "L" for beside in (around[chain[0]], after))
        yield _Sequence(indexes, level, sos, eos)


def _implicit(kinds: list[str], signs: Sequence[int], sequence: _Sequence) -> None:
    """Turn a sequence's classes into L, R, EN and AN in place (W1 to N2)."""
    present = set(kinds)
    marks = {at for at, kind in enumerate(kinds) if kind == "NSM"} if any(signs) else set()
    _weak_by_context(kinds, present, sequence.sos)
    if not present.isdisjoint(("ES", "ET", "CS")):
        _separators(kinds)
    if "EN" in present:
        strong = sequence.sos
        for at, kind in enumerate(kinds):  # W7
            strong = kind if kind in ("L", "R") else strong
            kinds[at] = "L" if kind == "EN" and strong == "L" else kind
    embedding = "R" if sequence.level % 2 else "L"
    if any(signs):
        _bracket_pairs(kinds, signs, marks, embedding, sequence.sos)
    _neutrals(kinds, embedding, sequence)


def _weak_by_context(kinds: list[str], present: set[str], sos: str) -> None:
    if "NSM" in present:
        before = sos
        for at, kind in enumerate(kinds):  # W1
            if kind == "NSM":
                kinds[at] = "ON" if before in INITIATORS or before == "PDI" else before
            before = kinds[at]
    if "AL" in present:
        strong = sos
        for at, kind in enumerate(kinds):
            if kind in ("L", "R", "AL"):
                strong = kind
                kinds[at] = "R" if kind == "AL" else kind  # W3
            elif kind == "EN" and strong == "AL":  # W2
                kinds[at] = "AN"


def _separators(kinds: list[str]) -> None:
    for at in range(1, len(kinds) - 1):  # W4
        if kinds[at - 1] == kinds[at + 1] and (kinds[at], kinds[at - 1]) in _JOINED:
            kinds[at] = kinds[at - 1]
    for start, end in _stretches(kinds, ("ET",)):  # W5
        if "EN" in (*kinds[max(start - 1, 0) : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    for at, kind in enumerate(kinds):  # W6
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"


def _bracket_pairs(kinds: list[str], signs: Sequence[int], marks: Container[int], embedding: str, sos: str) -> None:
    """N0; ``marks`` are the indexes of what was NSM before W1."""
    for opening, closing in _pairs(kinds, signs):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:  # d
            continue
        chosen = embedding  # b, unless c:
        if embedding not in inside:
            context = (_direction(kinds[at]) for at in range(opening - 1, -1, -1))
            chosen = next((strong for strong in context if strong), sos)
        for at in (opening, closing):
            end = next(end for end in count(at + 1) if end not in marks)
            kinds[at:end] = [chosen] * (end - at)


def _pairs(kinds: Sequence[str], signs: Sequence[int]) -> list[tuple[int, int]]:
    """Return the bracket pairs in the order of their opening (BD14 to BD16); only neutral brackets pair."""
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for at, sign in enumerate(signs):
        if not sign or kinds[at] != "ON":
            continue
        if sign < 0:
            depth = next((n for n in range(len(waiting) - 1, -1, -1) if signs[waiting[n]] == -sign), None)
            if depth is not None:
                pairs.append((waiting[depth], at))
                del waiting[depth:]
        elif len(waiting) == MAX_OPEN_BRACKETS:
            break  # what has paired so far stands
        else:
            waiting.append(at)
    return sorted(pairs)


def _neutrals(kinds: list[str], embedding: str, sequence: _Sequence) -> None:
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _direction(kinds[start - 1]) if start else sequence.sos
        after = _direction(kinds[end]) if end < len(kinds) else sequence.eos
        kinds[start:end] = [before if before == after else embedding] * (end - start)  # N1, N2


def _stretches(kinds: Sequence[str], wanted: Container[str]) -> list[tuple[int, int]]:
    """Return the ``[start, end)`` of each longest stretch of the wanted classes."""
    found: list[tuple[int, int]] = []
    start = -1
    for at, kind in enumerate(kinds):
        if kind in wanted:
            start = at if start < 0 else start
        elif start >= 0:
            found.append((start, at))
            start = -1
    return [*found, (start, len(kinds))] if start >= 0 else found


def _direction(kind: str) -> str:
    """Return the direction that a resolved class counts as for neutrals: numbers as R, neutrals as none."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""
