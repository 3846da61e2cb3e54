"""What a format, a brand and a script make of each role: text styles, white space, the reading direction."""

import math
from typing import NamedTuple

from handouts.model.authored import Format, Look, Palette
from handouts.model.leaflet import Direction
from handouts.typeset.fonts import manner
from handouts.typeset.itemise import Fonts, Setting
from handouts.typeset.paragraph import TextStyle


class Theme(NamedTuple):
    """Everything that setting a block needs besides the block and its width.

    ``fit`` is the factor in force on white space between lines (1: as the format says). Type never shrinks, and white
    space across the line does not either: lines stay as they are while a page is being fitted.
    """

    format: Format
    palette: Palette
    look: Look
    setting: Setting
    fit: float = 1.0
    tallest: float = math.inf

    @property
    def across(self) -> float:
        """Return the unit of white space beside text, in points."""
        return self.format.space * self.format.type.body

    @property
    def unit(self) -> float:
        """Return the unit of white space above and below text, in points."""
        return self.across * self.fit

    @property
    def rtl(self) -> bool:
        """Return whether the start side is the right."""
        return self.setting.rtl

    def style(self, size: float, colour: str, *, bold: bool = False, tight: bool = False) -> TextStyle:
        """Return a text style; ``tight`` is for headings, whose short lines need less leading in Latin scripts."""
        kind = manner(self.setting.script)
        leading = max(1.2 if tight else self.format.leading, kind.leading)
        return TextStyle(size, size * leading, colour, bold, link=self.palette.primary, balance=tight)

    def start(self, offset: float, content: float, width: float) -> float:
        """Return the left edge of something ``content`` wide that begins ``offset`` from the start side."""
        return width - offset - content if self.rtl else offset

    def foreign(self, script: str, language: str, direction: Direction) -> "Theme":
        """Return the theme for a section in another language."""
        fonts: Fonts = self.setting.fonts.led_by(manner(script).family)
        return self._replace(setting=Setting(fonts, script, language, direction == "rtl"))
