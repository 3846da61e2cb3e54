"""What an XMP packet says (ISO 16684-1), read with care: the packet may be anyone's."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from xml.etree import ElementTree

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PREFIX: Final = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*["']([^"']*)""")


class Claims(NamedTuple):
    """What a file's XMP says: whether there is any, the error where it is broken, its properties, its prefixes."""

    there: bool
    broken: str
    properties: Mapping[str, ElementTree.Element]
    simple: Mapping[str, str]
    prefixes: Mapping[str, str]
    header: str

    def said(self, namespace: str, name: str) -> str:
        """Return a simple property's value, empty where there is none."""
        return self.simple.get(f"{{{namespace}}}{name}", "")


def claims(data: bytes) -> Claims:
    """Return what an XMP packet says."""
    header = data[: data.find(b"?>") + 1].decode("utf-8", "replace")
    empty = Claims(bool(data), "", {}, {}, {}, header)
    if not data or b"<!DOCTYPE" in data:
        return empty._replace(broken="a document type" if data else "")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - a document type is refused above
    except (ElementTree.ParseError, ValueError) as error:
        return empty._replace(broken=str(error))
    properties: dict[str, ElementTree.Element] = {}
    simple: dict[str, str] = {}
    prefixes = {uri.decode("utf-8", "replace"): prefix.decode() for prefix, uri in _PREFIX.findall(data)}
    for description in root.iter(f"{RDF}Description"):
        simple.update({name: value.strip() for name, value in description.items()})
        properties.update({child.tag: child for child in description})
        simple.update({child.tag: (child.text or "").strip() for child in description if not len(child)})
    return Claims(True, "", properties, simple, prefixes, header)
