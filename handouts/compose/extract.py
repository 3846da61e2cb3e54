"""What there is to translate, as PO entries: the messages of an authored value, and the header of its files. Pure."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from handouts.compose.po import Entry
from handouts.model.authored import SharedWords, Topic
from handouts.model.walk import SHARED_DOMAIN, texts

AUDIENCE: Final = "For patients: plain, everyday words."
"""The note that stands first with every message."""

_KEPT: Final = " “translated-from” and “reviewed” comments are kept by “handouts catalogue”: leave them as they are."


def source_file(domain: str) -> str:
    """Return where the English of a domain stands in a library."""
    return "templates/words.toml" if domain == SHARED_DOMAIN else f"templates/topics/{domain}/topic.toml"


def messages(value: Topic | SharedWords) -> Iterator[Entry]:
    """Give the messages of a value in authored order, each with its notes to translators, general ones first."""
    file = source_file(value.id if isinstance(value, Topic) else SHARED_DOMAIN)
    for text in texts(value):
        notes = [note for pattern, note in value.notes.items() if fnmatchcase(text.key, pattern)]
        yield Entry(
            context=text.key,
            source=str(text),
            notes=(AUDIENCE, *notes),
            references=(file,),
            flags=("python-brace-format",) if "{" in text else (),
        )


def header(value: Topic | SharedWords, locale: str = "") -> Entry:
    """Return the header of a value's template, or, with a locale, of a PO file that is begun.

    It holds no date: the file changes only when its messages do.
    """
    fields = {
        "Project-Id-Version": project(value),
        "Language": locale.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if locale:
        fields |= {"Plural-Forms": plural_forms(locale)}
        fields |= {"X-Review-Status": "machine-draft", "X-Reviewed-By": "", "X-Review-Date": ""}
    text = "".join(f"{name}: {field}\n" for name, field in fields.items())
    return Entry(source="", text=text, comments=(_KEPT,))


def project(value: Topic | SharedWords) -> str:
    """Return the Project-Id-Version of a value's files: a topic has its own version."""
    return f"{value.id} {value.version}" if isinstance(value, Topic) else SHARED_DOMAIN


def plural_forms(locale: str) -> str:
    """Return the plural rule that other tools ask for (leaflets have no plural messages)."""
    from babel import UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        return get_plural(locale.replace("-", "_")).plural_forms
    except UnknownLocaleError:  # a language that CLDR names, and knows nothing else of
        return get_plural("en").plural_forms
