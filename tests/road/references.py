"""Reference files: what was looked at by a person and found right. They change only when asked to.

``UPDATE_REFERENCES=1 python -m pytest tests/road`` writes them anew; look at the difference before committing it.
"""

import os
from difflib import unified_diff
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def updating() -> bool:
    """Whether the reference files are to be written anew."""
    return os.environ.get("UPDATE_REFERENCES") == "1"


def write(path: Path, data: bytes) -> None:
    """Write a reference anew, and say so instead of passing."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    pytest.skip(f"{path.name} was written anew: look at it")


def compare_text(path: Path, text: str) -> None:
    """Fail with the difference unless the text is that of the reference."""
    if updating():
        write(path, text.encode())
    before = path.read_text("utf-8") if path.exists() else ""
    changes = unified_diff(before.splitlines(), text.splitlines(), path.name, "now", lineterm="", n=1)
    assert before == text, "\n".join(changes) + "\nIf this is meant, run again with UPDATE_REFERENCES=1."
