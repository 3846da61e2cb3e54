"""What a language calls the medicines, and how it forbids: ``locales/glossary.toml`` and ``locales/prohibitions.toml``.

A form is written in small letters as words apart by blanks. ``*`` stands for any letters of one word (endings:
``третиноин*``; scripts without blanks: ``*尿素*``), ``&`` joins parts that must all be there (``vitamin* & and e``).
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from handouts.model.authored import Authored

Forms = tuple[str, ...]

ENGLISH: Final = "en"


class Glossary(Authored, frozen=True, kw_only=True):
    """The accepted names of medicines: INN → locale or language → forms.

    ``borrowed``: locale or language → English terms that it uses as they are.
    """

    medicines: dict[str, dict[str, Forms]]
    borrowed: dict[str, Forms] = msgspec.field(default_factory=dict)


class Force(Authored, frozen=True, kw_only=True):
    """How one language says *do not* (``forbid``), *never* (``never``) and *not* of a fact (``deny``).

    ``apart`` are words that hold one of these forms without being it.
    """

    forbid: Forms
    never: Forms
    deny: Forms
    apart: Forms = ()


class Prohibitions(Authored, frozen=True, kw_only=True):
    """The prohibitive forms by locale or language."""

    languages: dict[str, Force]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """One language's words for what must not be lost. ``english`` finds in the source what ``medicines`` must answer.

    Both list INNs with their forms. ``borrowed`` are English terms that the language uses; ``force`` is None where
    nobody has written the language's prohibitive forms yet.
    """

    english: tuple[tuple[str, Forms], ...] = ()
    medicines: tuple[tuple[str, Forms], ...] = ()
    borrowed: Forms = ()
    force: Force | None = None


def terms_for(locale: str, glossaries: Iterable[Glossary], prohibitions: Iterable[Prohibitions]) -> Terms:
    """Return the terms of a locale, or else of its language. Of several files the first that has an entry gives it."""
    language = locale.partition("-")[0]
    names: dict[str, dict[str, Forms]] = {}
    borrowed: dict[str, Forms] = {}
    for glossary in glossaries:
        for inn, forms in glossary.medicines.items():
            names[inn] = {**forms, **names.get(inn, {})}
        borrowed = {**glossary.borrowed, **borrowed}
    force: dict[str, Force] = {}
    for file in prohibitions:
        force = {**file.languages, **force}
    return Terms(
        english=tuple((inn, forms.get(ENGLISH, (inn,))) for inn, forms in names.items()),
        medicines=tuple((inn, forms.get(locale) or forms.get(language) or ()) for inn, forms in names.items()),
        borrowed=(*borrowed.get(locale, ()), *borrowed.get(language, ())),
        force=force.get(locale) or force.get(language),
    )
