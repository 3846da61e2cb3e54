"""How languages are written, as far as the lint asks: scripts, stops, quotes, joiners, length. Data, by tag.

Sources: CLDR (scripts, quotation marks), Unicode's core specification for joiners and full stops of each script, and
for the lengths the catalogues themselves, with room to spare.
"""

from typing import Final, NamedTuple

_ZW: Final = "\u200c\u200d"


class Manners(NamedTuple):
    """How one language is written.

    ``scripts`` are the first words of its letters' Unicode names; ``avoid`` its neighbours' letters in the same
    script. ``stops`` may end a sentence (``bare_end``: so may nothing). ``quotes`` are pairs of opening and closing
    mark. ``joiners``: zero-width characters that its spelling needs. ``spaced``: blanks part its words. ``repeats``
    are words that it says twice. ``longest`` and ``shortest``: a translation's length in lengths of the English.
    """

    scripts: frozenset[str] = frozenset({"LATIN"})
    stops: str = "."
    bare_end: bool = False
    quotes: tuple[str, ...] = ("“”", "«»", "„“", "„”", '""')
    joiners: str = ""
    spaced: bool = True
    avoid: str = ""
    repeats: tuple[str, ...] = ()
    longest: float = 1.9
    shortest: float = 0.4


_DANDA: Final = "।"
_HAN: Final = frozenset({"CJK", "IDEOGRAPHIC"})

_SCRIPTS: Final = {
    "Latn": Manners(),
    "Cyrl": Manners(frozenset({"CYRILLIC"}), quotes=("«»", "„“")),
    "Grek": Manners(frozenset({"GREEK"}), quotes=("«»", "“”")),
    "Arab": Manners(frozenset({"ARABIC"}), quotes=("«»", "“”", '""'), shortest=0.35),
    "Aran": Manners(frozenset({"ARABIC"}), "۔", quotes=("“”", "«»", '""'), joiners=_ZW, shortest=0.35),
    "Hebr": Manners(frozenset({"HEBREW"}), quotes=('""', "”“", "“”", "„”"), shortest=0.35),
    "Deva": Manners(frozenset({"DEVANAGARI"}), _DANDA, quotes=("“”", '""'), joiners=_ZW),
    "Beng": Manners(frozenset({"BENGALI"}), _DANDA, quotes=("“”", '""'), joiners=_ZW),
    "Guru": Manners(frozenset({"GURMUKHI"}), _DANDA, quotes=("“”", '""'), joiners=_ZW),
    "Gujr": Manners(frozenset({"GUJARATI"}), quotes=("“”", '""'), joiners=_ZW),
    "Taml": Manners(frozenset({"TAMIL"}), quotes=("“”", '""'), joiners=_ZW, longest=2.3),
    "Ethi": Manners(frozenset({"ETHIOPIC"}), "።", quotes=("«»", "“”"), shortest=0.3),
    "Thai": Manners(frozenset({"THAI"}), bare_end=True, quotes=("“”", '""'), spaced=False),
    "Laoo": Manners(frozenset({"LAO"}), bare_end=True, quotes=("“”", '""'), spaced=False),
    "Khmr": Manners(frozenset({"KHMER"}), "។៕", quotes=("«»", "“”"), spaced=False, longest=2.1),
    "Mymr": Manners(frozenset({"MYANMAR"}), "။", quotes=("“”", '""'), joiners=_ZW, spaced=False, longest=2.3),
    "Hans": Manners(_HAN, "。", quotes=("“”", "‘’", "「」"), spaced=False, longest=0.8, shortest=0.12),
    "Hant": Manners(_HAN, "。", quotes=("「」", "『』"), spaced=False, longest=0.8, shortest=0.12),
    "Jpan": Manners(
        _HAN | {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
        "。",
        quotes=("「」", "『』"),
        spaced=False,
        longest=1.1,
        shortest=0.15,
    ),
    "Kore": Manners(frozenset({"HANGUL"}), quotes=("“”", "‘’", '""'), longest=1.1, shortest=0.2),
}
"""ISO 15924 script → how it is written, where its language does not say otherwise."""

_YEH_KAF: Final = "\u064a\u0643"  # Arabic yeh and kaf, where the language writes its own (U+06CC, U+06A9)

_LANGUAGES: Final = {
    "bn": {"repeats": ("ধীরে", "ছোট", "বারে")},
    "ckb": {"avoid": _YEH_KAF, "joiners": _ZW},
    "de": {"quotes": ("„“", "»«", "‚‘")},
    "es": {"quotes": ("«»", "“”")},
    "fa": {"avoid": _YEH_KAF, "joiners": _ZW, "quotes": ("«»",)},
    "fil": {"repeats": ("unti", "araw")},
    "fr": {"quotes": ("«»", "“”")},
    "gu": {"repeats": ("ધીમે", "નાના", "ધીરે")},
    "hi": {"repeats": ("धीरे", "छोटे", "छोटी", "बार", "साथ")},
    "id": {"repeats": ("pelan", "perlahan")},
    "it": {"quotes": ("«»", "“”")},
    "ne": {"repeats": ("बिस्तारै", "साना", "स")},
    "pa": {"repeats": ("ਹੌਲੀ", "ਛੋਟੇ", "ਨਿੱਕੇ")},
    "pl": {"quotes": ("„”", "«»", "»«")},
    "ps": {"avoid": "\u0643"},
    "ro": {"avoid": "\u015e\u015f\u0162\u0163", "quotes": ("„”", "«»")},
    "ru": {"avoid": "іїєґІЇЄҐ"},
    "sw": {"repeats": ("pole", "mara")},
    "ta": {"repeats": ("மெல்ல", "சிறு")},
    "tr": {"repeats": ("yavaş",)},
    "uk": {"avoid": "ыэъёЫЭЪЁ"},
    "ur": {"avoid": _YEH_KAF + "\u0647", "repeats": ("آہستہ", "چھوٹے", "چھوٹی")},
    "vi": {"repeats": ("từ", "dần", "nhẹ", "nho")},
}
"""Language → what differs from its script's manners."""


def manners(locale: str, script: str) -> Manners:
    """Return how a locale is written; an unknown script is written like Latin, but in letters of its own."""
    base = _SCRIPTS.get(script) or Manners(scripts=frozenset())
    return base._replace(**_LANGUAGES.get(locale.partition("-")[0], {}))  # type: ignore[arg-type]
