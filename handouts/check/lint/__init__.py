"""Clinical lint: what can be seen of a translation's soundness without knowing its language.

Each module holds the rules on one matter; they see a :class:`~handouts.check.lint.subject.Subject`, which is one
catalogue with each English text beside its translation.
"""

from typing import Final

from handouts.check.lint import force, letters, marks, medicines, numbers, wording
from handouts.check.lint.subject import Subject, subject
from handouts.check.rules import Rule

__all__ = ["RULES", "Subject", "subject"]

RULES: Final[tuple[Rule[Subject], ...]] = (
    *numbers.RULES,
    *medicines.RULES,
    *force.RULES,
    *wording.RULES,
    *letters.RULES,
    *marks.RULES,
)
"""All rules, those that can harm first."""
