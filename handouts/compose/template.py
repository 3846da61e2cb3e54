"""The only Jinja: a page template and its values become a closed subset of HTML that says what things are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.model.authored import Text
from handouts.model.decode import problem

FILE: Final = "templates/pages/leaflet.html.j2"
"""How messages name the page template."""

MAX_PAGE: Final = 1_000_000
"""The most characters that a page may have; the longest leaflets have some ten thousand."""

# A message may set words in bold; every other angle bracket in it is text.
_BOLD = re.compile(r"(</?b>)")
# Latin letters or digits inside right-to-left text: names, doses, ranges, addresses (isolated as one stretch each).
_LATIN = re.compile(r"[A-Za-z0-9+][A-Za-z0-9 .,:/@®%+–—-]*[A-Za-z0-9+®%]")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What a page template's own expressions can raise, besides Jinja's errors.
_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError)

# Names that mean a dictionary's own methods, whatever its keys.
_OF_DICTIONARIES = frozenset(dir(dict))


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja for words: no files, no attributes of Python's own, and no operator that makes much of little."""

    intercepted_binops = frozenset(("*", "**"))

    def getattr(self, obj: object, attribute: str) -> object:
        """Return a field of what was authored as it is; all else is asked for through the sandbox."""
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__:
            return getattr(obj, attribute)
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTIONARIES:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:  # noqa: ARG002
        """Refuse the operator."""
        raise TypeError(f"a page template has no operator {operator}")


def render(source: str, context: Mapping[str, object], *, rtl: bool) -> str:
    """Return the template's HTML for the context.

    Texts come out as ``<m>`` elements that carry their key; every other value is escaped: data is never markup.
    Raises ContentError, with the line, for a template that does not parse or cannot be filled, and for a text whose
    bold words do not begin and end.
    """
    try:
        return "".join(_bounded(_template(source, rtl).generate(context)))
    except TemplateSyntaxError as error:
        raise _wrong(str(error.message), error.lineno) from error
    except (TemplateError, *_FAULTS) as error:
        raise _wrong(str(error) or type(error).__name__, _line(error)) from error


def _wrong(what: str, line: int) -> ContentError:
    hint = "Compare it with the page template that comes with handouts."
    return problem(FILE, f"The page template is wrong: {what.rstrip('.')}.", hint, rule="template", line=line)


def _line(error: Exception) -> int:
    """Return the line of the template in which something was raised, 0 if it was not in one."""
    trace, line = error.__traceback__, 0
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _bounded(parts: Iterable[str]) -> Iterator[str]:
    size = 0
    for part in parts:
        size += len(part)
        if size > MAX_PAGE:
            raise ValueError(f"the page has more than {MAX_PAGE} characters")
        yield part


@lru_cache(maxsize=32)
def _template(source: str, rtl: bool) -> Template:
    def show(value: object) -> object:
        if isinstance(value, Text):
            return message(value, rtl)
        if isinstance(value, str | int | float | Undefined):
            return value
        raise TypeError(f"it prints a value that is no text ({type(value).__name__})")

    environment = _Environment(
        undefined=StrictUndefined, autoescape=True, finalize=show, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals = {"plain": plain, "fill": lambda text, **values: filled(text, values, rtl)}
    return environment.from_string(source)


def message(text: Text, rtl: bool) -> Markup:
    """Return a text as inline HTML: bold kept; within right-to-left words, Latin stretches isolated."""
    return _tagged(text, _words(str(_balanced(text)), rtl and not text.lang))


def plain(text: Text, **values: str) -> str:
    """Return a text as an attribute's value (an alternative text): placeholders replaced, no elements in it."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), str(text))


def filled(text: Text, values: Mapping[str, Any], rtl: bool) -> Markup:
    """Return a text with its placeholders replaced, each value set apart from the direction around it.

    Raises ContentError if the text names a placeholder that has no value.
    """
    missing = set(_PLACEHOLDER.findall(text)) - values.keys()
    if missing:
        raise ContentError(
            f"{text.domain}: “{text.key}” has the placeholder {{{sorted(missing)[0]}}}, for which there is no value.",
            f"Known here: {', '.join(sorted(values))}.",
        )
    parts = _PLACEHOLDER.split(_balanced(text))
    html = [
        _words(part, rtl and not text.lang) if index % 2 == 0 else _value(values[part])
        for index, part in enumerate(parts)
    ]
    return _tagged(text, "".join(html))


@lru_cache(maxsize=4096)
def _words(text: str, rtl: bool) -> str:
    parts = _BOLD.split(text)
    return "".join(part if index % 2 else _plain(part, rtl) for index, part in enumerate(parts))


def _balanced(text: Text) -> Text:
    """Return the text. Raises ContentError unless every ``<b>`` in it is followed by its ``</b>``."""
    tags = _BOLD.findall(text) if "<" in text else []
    if tags != ["<b>", "</b>"] * (len(tags) // 2):
        message, hint = "The bold words do not begin and end.", "Each <b> is followed by its </b>."
        where = Where(key=text.key, domain=text.domain)
        raise ContentError(message, hint, [Finding("content.bold", Severity.ERROR, message, where, hint)])
    return text


def _plain(text: str, rtl: bool) -> str:
    if not rtl:
        return str(escape(text))
    html, at = "", 0
    for match in _LATIN.finditer(text):
        html += f'{escape(text[at : match.start()])}<bdi dir="ltr">{escape(match[0])}</bdi>'
        at = match.end()
    return html + str(escape(text[at:]))


def _value(value: object) -> str:
    return f'<bdi dir="auto">{escape(str(value))}</bdi>'


def _tagged(text: Text, html: str) -> Markup:
    if text.lang:
        html = f'<bdi dir="ltr" lang="{text.lang}">{html}</bdi>'
    # Every part of the HTML was escaped where it was made; only our own tags are left.
    return Markup(f'<m k="{escape(text.key)}">{html}</m>')  # noqa: S704
