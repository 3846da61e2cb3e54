"""Which encoding a text file is in that is not UTF-8: a guess, for the message that refuses it."""

import codecs
import unicodedata
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_PAGES: Final = {
    "cp1252": ("Windows-1252 (Western European)", "áéíóúñüöäßçèêàâôîÁÉÍÓÚÑÜÖÄ«»–’“”€°"),
    "cp1250": ("Windows-1250 (Central European)", "áéíóúýřžščěłąęśżćńůťďőűŁŚŻŘČŠ–’“”"),
    "cp1251": ("Windows-1251 (Cyrillic)", "оеаинтсрвлкмдпуя"),
    "cp1253": ("Windows-1253 (Greek)", "αοιετσνρηυςπκλμ"),
    "cp1255": ("Windows-1255 (Hebrew)", "יוהלאמרבתשנ"),
    "cp1256": ("Windows-1256 (Arabic)", "اليمنترةدبحعو"),
    "cp874": ("Windows-874 (Thai)", "านรกอเงมย่ลวดท้สคบพหตไจใชีัิุูำ"),
    "cp932": ("Shift-JIS, GB 18030 or another East Asian code page", ""),
    "gb18030": ("Shift-JIS, GB 18030 or another East Asian code page", ""),
    "cp949": ("Shift-JIS, GB 18030 or another East Asian code page", ""),
}
"""Each code page with its readable name and the letters that are frequent in it."""

_ALPHABETS: Final = ("CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI")
_WHOLE: Final = ("HIRAGANA", "KATAKANA", "HANGUL", "CJK", "IDEOGRAPHIC", "FULLWIDTH")


def wide(start: bytes) -> str:
    """Return the name of a wide encoding (UTF-16 or UTF-32) that a file's first bytes show, empty if of none."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    head = start[:400]
    zeros = head.count(0)
    if len(head) >= 4 and zeros > len(head) * 0.3 and max(head[0::2].count(0), head[1::2].count(0)) > zeros * 0.9:
        return "UTF-16"
    return ""


def guess(sample: bytes) -> str:
    """Return a readable name of the code page that bytes which are not UTF-8 are most likely in."""
    return _PAGES[max(_PAGES, key=lambda page: _likeness(sample, page))][0]


def _likeness(sample: bytes, page: str) -> float:
    """Return how much the bytes, read in a code page, look like words: 0 to 1, below 0 if they cannot be it."""
    try:
        text = codecs.getincrementaldecoder(page)("strict").decode(sample)
    except UnicodeDecodeError:
        return -1.0
    odd = [at for at, char in enumerate(text) if char > "\x7f"]
    score = sum(_fitting(text[max(at - 1, 0) : at], text[at], text[at + 1 : at + 2], _PAGES[page][1]) for at in odd)
    return score / len(odd) if odd else 0.0


def _fitting(before: str, char: str, after: str, frequent: str) -> float:
    """Return how well a character sits between its neighbours, 0 to 1.

    Latin letters with marks stand among plain ones; letters of other scripts among their own.
    """
    script = _script(char)
    beside = [_script(one) for one in (before, after) if one > "\x7f" and one.isalpha()]
    if script in _WHOLE:
        return 0.9 if any(one in _WHOLE for one in beside) else 0.3
    if script == "THAI" and char in frequent:
        return 0.95
    if script in _ALPHABETS:
        plain = any(one.isascii() and one.isalpha() for one in (before, after))
        fits = not plain and not (char.isupper() and before.islower())
        return (0.6 if fits else 0.1) + (0.4 if char.lower() in frequent else 0.0)
    if char in frequent:
        return 0.4 if beside else 0.95
    return 0.1 if beside or not char.isalpha() else 0.7


def _script(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0].partition("-")[0]
