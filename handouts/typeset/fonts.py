"""Which faces set which script, and how much room its letters need."""

from typing import NamedTuple

SYMBOLS = ("NotoSansSymbols2-Regular", "NotoSansMath-Regular")


class Manner(NamedTuple):
    """How a script is set.

    ``family`` is its face family; ``leading`` the least line distance in units of the font size that keeps its
    marks apart; ``ascent`` and ``descent`` the part of the line its letters use, in units of the font size. ``latin``:
    whether Latin letters are taken from the same family.
    """

    family: str
    leading: float = 1.25
    ascent: float = 0.95
    descent: float = 0.25
    latin: bool = True


DEFAULT = Manner("NotoSans")
MANNERS = {
    "Arab": Manner("NotoSansArabic", 1.45, 0.98, 0.37),
    "Aran": Manner("NotoNastaliqUrdu", 2.05, 1.6, 0.5, latin=False),
    "Beng": Manner("NotoSansBengali", 1.42, 0.98, 0.34),
    "Deva": Manner("NotoSansDevanagari", 1.42, 0.98, 0.34),
    "Ethi": Manner("NotoSansEthiopic", 1.38),
    "Gujr": Manner("NotoSansGujarati", 1.42, 0.98, 0.34),
    "Guru": Manner("NotoSansGurmukhi", 1.42, 0.98, 0.34),
    "Hans": Manner("NotoSansSC", 1.42, 0.96, 0.24),
    "Hant": Manner("NotoSansTC", 1.42, 0.96, 0.24),
    "Hebr": Manner("NotoSansHebrew"),
    "Jpan": Manner("NotoSansJP", 1.42, 0.96, 0.24),
    "Khmr": Manner("NotoSansKhmer", 1.7, 1.1, 0.5),
    "Kore": Manner("NotoSansKR", 1.42, 0.96, 0.24),
    "Laoo": Manner("NotoSansLao", 1.55, 1.1, 0.38),
    "Mymr": Manner("NotoSansMyanmar", 1.75, 1.1, 0.55),
    "Taml": Manner("NotoSansTamil", 1.42, 0.98, 0.34),
    "Thai": Manner("NotoSansThaiLooped", 1.5, 1.1, 0.34),
}


def manner(script: str) -> Manner:
    """Return how an ISO 15924 script is set; Latin, Cyrillic and Greek share one family."""
    return MANNERS.get(script, DEFAULT)


def chain(*scripts: str) -> tuple[str, ...]:
    """Return the names of the faces that a leaflet of these scripts needs, in order of preference, without repeats."""
    families = [manner(script).family for script in scripts] + [DEFAULT.family]
    names = [f"{family}-{weight}" for family in families for weight in ("Regular", "Bold")]
    return tuple(dict.fromkeys([*names, *SYMBOLS]))
