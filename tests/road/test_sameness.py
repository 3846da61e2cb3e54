"""The same request gives the same bytes, wherever and whenever; and not too many of them."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import CAUSES, ISSUED, ROOT, TOPIC, built_in, rendered

LOCALES = built_in().locales()
KILOBYTE = 1000
MOST = {"Arab": 60, "Cyrl": 60, "Deva": 60, "Latn": 60, "Thai": 60}
MOST_OTHERS = 120
"""Kilobytes a leaflet may have, by script: nearly every sign of a Chinese leaflet is an outline of its own."""

PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"},
)


def elsewhere(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """The digests, by file name, of what a process of its own makes in a folder of its own."""
    for name in ("home", "work", "out"):
        (folder / name).mkdir(parents=True)
    line = [
        sys.executable,
        "-m",
        "handouts",
        "render",
        TOPIC,
        "--issued",
        ISSUED.isoformat(),
        "-o",
        str(folder / "out"),
    ]
    line += ["--cause", "each", "--locale", "en,ar,th,zh-Hans,ur", "--brand", "harbour-clinic"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **settings}
    subprocess.run(line, cwd=folder / "work", env=environment, check=True, capture_output=True)
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / "out").iterdir()}


def test_two_places_two_processes_the_same_bytes(tmp_path: Path) -> None:
    first, second = (elsewhere(tmp_path / str(number), settings) for number, settings in enumerate(PLACES))
    assert len(first) == 5 * len(CAUSES)
    assert first == second
    for locale in ("ar", "zh-Hans"):  # made here, after other leaflets or before them
        here = rendered("oily-skincare", locale, brand="harbour-clinic")
        assert first[f"{here.request.stem}.pdf"] == here.sha256
    line = [sys.executable, "-m", "handouts", "render", TOPIC, "--issued", ISSUED.isoformat(), "-o", "-"]
    line += ["--locale", "ur", "--cause", CAUSES[-1], "--brand", "harbour-clinic"]
    alone = subprocess.run(line, cwd=ROOT, check=True, capture_output=True).stdout
    assert sha256(alone).hexdigest() == first[f"{TOPIC}.{CAUSES[-1]}.ur.harbour-clinic.pdf"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_leaflet_is_small(locale: str) -> None:
    sizes = {cause: len(rendered(cause, locale).pdf) for cause in CAUSES}
    most = MOST.get(rendered("", locale).leaflet.script, MOST_OTHERS) * KILOBYTE
    assert {cause: size for cause, size in sizes.items() if size > most} == {}
