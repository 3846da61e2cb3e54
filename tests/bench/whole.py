"""One peer as a whole process: the leaflet's words are composed by handouts first and kept beside, so they are free."""

import json
import tempfile
from datetime import date
from pathlib import Path

from handouts.library import Library
from handouts.make import composed, load
from handouts.model.request import Request
from tests.bench import peers


def run(name: str) -> None:
    """Compose the leaflet and set it once with the named engine (composing costs the peers about 0.15 s each)."""
    asked = Request(topic="back-fat-granules", issued=date(2026, 11, 28))
    leaflet, _ = composed(asked, load(asked, Library()))
    data = getattr(peers, name)(leaflet)(0)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "out.pdf").write_bytes(data)
        (Path(folder) / "size.json").write_text(json.dumps(len(data)))
