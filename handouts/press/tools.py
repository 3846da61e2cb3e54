"""What sets leaflets for a run: the press's own formes, panels and files."""

from typing import BinaryIO, Final

from handouts.findings import Finding
from handouts.press.alone import single as one_file
from handouts.press.forme import Forme, forme_of
from handouts.press.jobs import Panel
from handouts.press.settings import Settings
from handouts.press.work import Tools
