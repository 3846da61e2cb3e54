"""The wheel: built from the tree, installed in an empty folder, it makes the same leaflet with nothing of the tree."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ISSUED, ROOT, TOPIC, rendered

pytest.importorskip("hatchling", reason="hatchling is not installed")


def install(folder: Path) -> Path:
    """A folder that holds the installed wheel and nothing else."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("handouts-*.whl")
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", "--quiet"]
    unpack = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder / "site"), str(wheel)]
    subprocess.run(unpack, cwd=folder, check=True, capture_output=True)
    return folder / "site"


def run(installed: Path, *line: str) -> str:
    """What a Python that finds the wheel first says, far from the tree."""
    away = installed.parent / "away"
    away.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(away), "PYTHONPATH": str(installed), "LANG": "C.UTF-8"}
    done = subprocess.run([sys.executable, *line], cwd=away, env=environment, check=True, capture_output=True)
    return done.stdout.decode()


def test_a_wheel_in_an_empty_folder_makes_the_same_leaflet(tmp_path: Path) -> None:
    """One test, for the wheel takes seconds to build."""
    installed = install(tmp_path)
    place = "import handouts.library as l; print(l.__file__); print(l.built_in_root())"
    module, root = run(installed, "-c", place).splitlines()
    assert Path(module) == installed / "handouts" / "library.py"
    assert Path(root) == installed / "handouts"
    assert run(installed, str(installed / "bin" / "handouts"), "--version").startswith("handouts ")

    out = tmp_path / "leaflets"
    line = ["-m", "handouts", "render", TOPIC, "--locale", "ar", "--issued", ISSUED.isoformat(), "-o", str(out)]
    (file,) = run(installed, *line).splitlines()
    assert sha256(Path(file).read_bytes()).hexdigest() == rendered("", "ar").sha256

    for folder, place in (("templates", ROOT), ("locales", ROOT), ("fonts", ROOT / "handouts")):
        mine = {path.relative_to(place) for path in (place / folder).rglob("*") if wanted(path)}
        assert len(mine) > 5
        assert {path for path in mine if not (installed / "handouts" / path).is_file()} == set()
    assert (installed / "handouts" / "typeset" / "LICENSE-Unicode.txt").is_file()


def wanted(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts
