"""Errors meant for people: what is wrong, where, and a way out. Each class owns one exit code (a tested contract)."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Final

from handouts.findings import Finding

_SHOWN: Final = 60  # so much is shown of a name that is not known


class HandoutsError(Exception):
    """Anything handouts refuses to do; ``hint`` says what to do instead, ``findings`` lists the reasons."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, hint: str = "", findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = tuple(findings)


class UsageProblem(HandoutsError):
    """The request contradicts itself or names an option that cannot be (exit 2)."""

    exit_code = 2


class NotFound(HandoutsError):
    """A topic, cause, locale, brand, format or file that no library has (exit 3)."""

    exit_code = 3

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str]) -> "NotFound":
        """Return the error for a name that is not among the known ones, with the nearest as a suggestion."""
        name = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        names = sorted(known)
        near = get_close_matches(name, names, n=1, cutoff=0.6)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(names) or 'none'}."
        return cls(f"There is no {kind} “{name}”.", hint)


class ContentError(HandoutsError):
    """What a person authored (TOML, PO, SVG, template, colours) is wrong (exit 4)."""

    exit_code = 4


class PreflightFailed(HandoutsError):
    """The finished bytes break a rule; they were not stored (exit 5)."""

    exit_code = 5


class CannotWrite(HandoutsError):
    """The target folder or disk refuses; nothing half-written is left (exit 6)."""

    exit_code = 6


class SomeJobsFailed(HandoutsError):
    """Some leaflets of a run were made and some were not (exit 7)."""

    exit_code = 7
