"""The only Jinja: a page template and its values become a closed subset of HTML that says what things are."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from handouts.errors import ContentError
from handouts.model.authored import Text

# A message may set words in bold; every other angle bracket in it is text.
_BOLD = re.compile(r"(</?b>)")
# Latin letters or digits inside right-to-left text: names, doses, ranges, addresses (isolated as one stretch each).
_LATIN = re.compile(r"[A-Za-z0-9+][A-Za-z0-9 .,:/@®%+–—-]*[A-Za-z0-9+®%]")
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def render(source: str, context: Mapping[str, object], *, rtl: bool) -> str:
    """Return the template's HTML for the context.

    Texts come out as ``<m>`` elements that carry their key; every other value is escaped: data is never markup.
    Raises ContentError for a template that does not parse or names a value that is not there.
    """
    try:
        return _template(source, rtl).render(context)
    except TemplateSyntaxError as error:
        raise ContentError(f"The page template, line {error.lineno}: {error.message}.") from error
    except (TemplateError, TypeError) as error:
        raise ContentError(f"The page template cannot be filled: {error}.") from error


@lru_cache(maxsize=32)
def _template(source: str, rtl: bool) -> Template:
    def show(value: object) -> object:
        return message(value, rtl) if isinstance(value, Text) else value

    environment: ImmutableSandboxedEnvironment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=show, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["plain"] = plain
    environment.globals["fill"] = lambda text, **values: filled(text, values, rtl)
    return environment.from_string(source)


def message(text: Text, rtl: bool) -> Markup:
    """Return a text as inline HTML: bold kept; within right-to-left words, Latin stretches isolated."""
    return _tagged(text, _words(text, rtl))


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
    parts = _PLACEHOLDER.split(text)
    html = [
        _words(Text(part, lang=text.lang), rtl) if index % 2 == 0 else _value(values[part])
        for index, part in enumerate(parts)
    ]
    return _tagged(text, "".join(html))


def _words(text: Text, rtl: bool) -> str:
    rtl = rtl and not text.lang
    parts = _BOLD.split(str(text))
    return "".join(part if index % 2 else _plain(part, rtl) for index, part in enumerate(parts))


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
