"""What the README tells programs to do works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_the_program_of_the_readme_makes_a_leaflet_and_a_run(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "run.csv").write_text("locale,copies\nes,3\nar,2\n")
    (tmp_path / "program.py").write_text(program)
    ended = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("2 of 2\n", "")
    assert (tmp_path / "leaflet.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in (tmp_path / "stack").glob("*.pdf")] == ["run.pdf"]
