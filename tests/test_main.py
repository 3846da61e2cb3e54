"""The door: an interrupt that comes early ends the process like any other, without a traceback."""

import signal
import subprocess
import sys

import pytest

EARLY = """
import os, signal, sys


class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "handouts.cli":
            os.kill(os.getpid(), signal.SIGINT)


sys.meta_path.insert(0, Interrupting())
from handouts.__main__ import start
start()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_an_interrupt_while_the_command_is_loading_ends_it_without_a_word() -> None:
    ended = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")
