"""Locale tags (BCP 47): reading them as people write them, matching them to what is there, describing them.

Everything here is data from CLDR by way of Babel, which is imported only when asked for: it costs a start.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from handouts.errors import NotFound
from handouts.model.leaflet import Direction

SOURCE_LOCALE: Final = "en"
"""The locale that the authored texts are written in."""

PSEUDO_LOCALES: Final = ("qps-ploc", "qps-plocm")
"""Locales that are made up from the English to try out layouts: accented and longer; the same from right to left.

Used only when asked for by name, in full: they are no locale of any library.
"""

_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})(?:[-_](?P<script>[a-z]{4}|plocm))?(?:[-_](?P<territory>[a-z]{2}|[0-9]{3}))?"
    r"(?:\.[a-z0-9-]+)?",
    re.IGNORECASE,
)
"""Language, script and territory; a POSIX codeset (``zh_CN.UTF-8``) is passed over. Variants are not ours."""

_RIGHT_TO_LEFT: Final = ("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")
"""Scripts written from right to left today (Unicode, Script_Metadata). Babel tells only of locales that CLDR has."""

_LETTER: Final = ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
"""Territories whose paper is US Letter (CLDR, measurementData/paperSize)."""


class Tag(NamedTuple):
    """A locale tag in parts, each in its customary case; an empty part was not given."""

    language: str
    script: str = ""
    territory: str = ""

    def __str__(self) -> str:
        """Return the tag as BCP 47 writes it: ``zh-Hant-TW``."""
        return "-".join(part for part in self if part)


class Writing(NamedTuple):
    """How a locale is written. ``script`` is ISO 15924, by likely subtags unless the tag says so itself.

    ``territory`` is only what the tag itself says.
    """

    language: str
    script: str
    direction: Direction
    territory: str


class LocaleFacts(NamedTuple):
    """What is known of a locale besides how it is written: its English name, and what its readers call it."""

    language: str
    script: str
    direction: Direction
    territory: str
    name: str
    own_name: str


@lru_cache(maxsize=1024)
def parse_tag(tag: str) -> Tag:
    """Return a tag as people write it (``zh_CN``, ``pt-br``) in parts, obsolete codes replaced (``tl``, ``iw``).

    Raises NotFound when it cannot be a locale tag at all.
    """
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        raise NotFound(f"“{tag[:40]}” is not a locale tag.", "Write it like es, pt-BR or zh-Hant.")
    language = match["language"].lower()
    script, territory = (match["script"] or "").title(), (match["territory"] or "").upper()
    alias = str(_cldr("language_aliases").get(language, language)).split("_")
    parts = Tag(alias[0], *_script_and_territory(alias[1:]))
    return Tag(parts.language, script or parts.script, territory or parts.territory)


@lru_cache(maxsize=1024)
def likely(tag: Tag) -> Tag:
    """Return the tag with its script and territory filled in from CLDR's likely subtags, where CLDR knows them."""
    known = _cldr("likely_subtags")
    language, script, territory = tag
    for key in (
        f"{language}_{script}_{territory}",
        f"{language}_{territory}",
        f"{language}_{script}",
        language,
    ):
        if key in known:
            found = str(known[key]).split("_")
            filled = _script_and_territory(found[1:])
            return Tag(language, script or filled[0], territory or filled[1])
    return tag


def match_locale(tag: str, available: Iterable[str]) -> str:
    """Return the available locale that serves a reader of ``tag``, exactly as it is written in ``available``.

    RFC 4647 lookup along CLDR's parents (``es-MX`` → ``es-419`` → ``es``), then the locale whose likely subtags are
    the same (``zh-CN`` → ``zh-Hans``). Never another language, never another script. A pseudo-locale is always there.
    Raises NotFound with suggestions.
    """
    if (made_up := tag.strip().lower().replace("_", "-")) in PSEUDO_LOCALES:
        return made_up
    there = {parse_tag(name): name for name in available}
    wanted = _readable(tag, there)
    full = likely(wanted)
    serving = {have: name for have, name in there.items() if likely(have)[:2] == full[:2]}
    for step in _lookup(wanted):
        if step in serving:
            return serving[step]
    for step in _lookup(full):
        for have, name in serving.items():
            if have == step or likely(have) == step:
                return name
    raise _no_locale(tag, wanted, there)


def writing(tag: str) -> Writing:
    """Return how a locale is written. It costs no more than a look into a table. Raises NotFound for a non-tag."""
    parts = parse_tag(tag)
    script = likely(parts).script
    if parts.language == "ur" and script == "Arab":
        script = "Aran"  # its readers expect Nastaliq, which ISO 15924 tells apart and likely subtags do not
    return Writing(parts.language, script, "rtl" if script in _RIGHT_TO_LEFT else "ltr", parts.territory)


def describe(tag: str) -> LocaleFacts:
    """Return what CLDR knows of a locale; a name that CLDR lacks is the tag itself. Raises NotFound for a non-tag."""
    from babel import Locale, UnknownLocaleError

    parts = parse_tag(tag)
    english = Locale("en")
    name = str(english.languages.get(parts.language, parts))
    try:
        own = Locale.parse("_".join(part for part in parts if part)).get_display_name() or name
    except (UnknownLocaleError, ValueError):
        own = name
    detail = [
        english.scripts.get(parts.script, parts.script),
        english.territories.get(parts.territory, parts.territory),
    ]
    shown = ", ".join(part for part in detail if part)
    return LocaleFacts(*writing(tag), f"{name} ({shown})" if shown else name, own)


def default_paper(tag: str) -> Literal["a4", "letter"]:
    """Return the paper a locale's leaflets are printed on when nobody says: US Letter where CLDR says so, else A4.

    Only a territory in the tag itself counts. A bare language is A4, even ``en``, whose likely territory is the
    United States: its leaflets are for readers of English anywhere.
    """
    return "letter" if parse_tag(tag).territory in _LETTER else "a4"


def _script_and_territory(parts: list[str]) -> tuple[str, str]:
    script = next((part for part in parts if len(part) == 4), "")
    return script, next((part for part in parts if len(part) in (2, 3)), "")


def _lookup(tag: Tag) -> Iterator[Tag]:
    """Give the tag and then its ever more general forms: CLDR's parent, else the last part cut off."""
    parents = _cldr("parent_exceptions")
    step: Tag | None = tag
    while step is not None:
        yield step
        parent = str(parents.get(str(step).replace("-", "_"), ""))
        if parent.partition("_")[0] == step.language and _TAG.fullmatch(parent):
            step = Tag(step.language, *_script_and_territory(parent.split("_")[1:]))
        elif step.territory:
            step = step._replace(territory="")
        else:
            step = step._replace(script="") if step.script else None


def _readable(tag: str, there: Mapping[Tag, str]) -> Tag:
    """Return the tag in parts; a language's name in its place gets a hint at its tag."""
    try:
        return parse_tag(tag)
    except NotFound as error:
        raise _named(tag, there) or error from None


def _named(tag: str, there: Mapping[Tag, str]) -> NotFound | None:
    """Return the error for someone who wrote a language's name (“Spanish”, “español”), None if it is none of ours."""
    word = tag.strip().casefold()
    for name in sorted(there.values()):
        facts = describe(name)
        if word in (facts.name.casefold(), facts.own_name.casefold()):
            return NotFound(f"There is no locale “{tag}”.", f"Did you mean “{name}” ({facts.name})?")
    return None


def _no_locale(tag: str, wanted: Tag, there: Mapping[Tag, str]) -> NotFound:
    kin = sorted(name for have, name in there.items() if have.language == wanted.language)
    if kin:
        hint = f"The same language is there as {', '.join(kin)}; say so if that is what the reader reads."
        return NotFound(f"There is no locale “{tag}”.", hint)
    return _named(tag, there) or NotFound.among("locale", tag, there.values())


@cache
def _cldr(table: Literal["language_aliases", "likely_subtags", "parent_exceptions"]) -> Mapping[str, str]:
    from babel.core import get_global

    return get_global(table)
