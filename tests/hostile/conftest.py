"""Libraries with one thing wrong in them, and what the command line makes of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handouts.cli import main

ROOT = Path(__file__).parent.parent.parent
TOPIC = "templates/topics/back-fat-granules/topic.toml"
BRAND = "templates/brands/house/brand.toml"
LOGO = "templates/brands/house/logo.svg"
FORMAT = "templates/formats/standard.toml"
WORDS = "templates/words.toml"
PAGE = "templates/pages/leaflet.html.j2"
PO = "locales/es/LC_MESSAGES/back-fat-granules.po"

Render = Callable[..., Result]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """An empty library, to hold what is wrong."""
    root = tmp_path / "clinic"
    root.mkdir()
    return root


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a line of the command line, away from the caller's environment. No line may end in a bug or a traceback."""
    for name in ("HANDOUTS_LIBRARY", "HANDOUTS_DEBUG", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def line(*words: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code != 70, result.stderr
        assert "Traceback" not in result.stderr
        return result

    return line


@pytest.fixture
def render(run: Callable[..., Result], clinic: Path, tmp_path: Path) -> Render:
    """Render from the clinic's library; what was refused leaves no file behind."""

    def line(*words: str | Path) -> Result:
        out = tmp_path / "out"
        result = run("--library", clinic, "render", "back-fat-granules", "--issued", "2026-11-28", "-o", out, *words)
        left = sorted(out.rglob("*")) if out.exists() else []
        assert result.exit_code == 0 or left == []
        return result

    return line


def put(root: Path, name: str, change: Callable[[bytes], bytes] | bytes) -> Path:
    """Put a built-in file into a library, changed, or other bytes under its name (with all that lies beside it)."""
    target = root / name
    shutil.copytree((ROOT / name).parent, target.parent, dirs_exist_ok=True)
    target.write_bytes(change if isinstance(change, bytes) else change((ROOT / name).read_bytes()))
    return target


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """Return the change that puts some text in place of another."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return change
