"""Rules on what the file says of itself: its title, what it claims to be, and the XMP that says so (ISO 16684-1)."""

from collections.abc import Iterator, Mapping
from typing import Final

from handouts.check.preflight.subject import Inspected, only_if
from handouts.check.preflight.tree import plain
from handouts.check.preflight.xmp import RDF, Claims
from handouts.check.rules import Breach, Rule
from handouts.findings import Severity

_DC: Final = "http://purl.org/dc/elements/1.1/"
_UA: Final = "http://www.aiim.org/pdfua/ns/id/"
_A: Final = "http://www.aiim.org/pdfa/ns/id/"
_EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA: Final = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY: Final = "{http://www.aiim.org/pdfa/ns/property#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES: Final = {_UA: "pdfuaid", _A: "pdfaid", _EXTENSION: "pdfaExtension"}

# fmt: off
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    _DC: frozenset(("contributor", "coverage", "creator", "date", "description", "format", "identifier", "language",
                    "publisher", "relation", "rights", "source", "subject", "title", "type")),
    "http://ns.adobe.com/xap/1.0/": frozenset((
        "Advisory", "BaseURL", "CreateDate", "CreatorTool", "Identifier", "Label", "MetadataDate", "ModifyDate",
        "Nickname", "Rating", "Thumbnails")),
    "http://ns.adobe.com/pdf/1.3/": frozenset(("Keywords", "PDFVersion", "Producer", "Trapped")),
    _A: frozenset(("part", "amd", "corr", "conformance")),
    _EXTENSION: frozenset(("schemas",)),
}
# fmt: on
"""Properties that need no description: ISO 19005-2, 6.6.2.3, for the schemas that a leaflet can use."""

_OTHERS: Final = frozenset(
    f"http://ns.adobe.com/{name}/"
    for name in ("xap/1.0/rights", "xap/1.0/mm", "xap/1.0/bj", "xap/1.0/t/pg", "photoshop/1.0", "tiff/1.0", "exif/1.0")
)
_ARRAYS: Final = {
    f"{{{_DC}}}{name}": RDF + kind
    for kind, names in (
        ("Alt", ("title", "description", "rights")),
        ("Seq", ("creator", "date")),
        ("Bag", ("contributor", "language", "publisher", "relation", "subject", "type")),
    )
    for name in names
}
_FIELDS: Final = {
    _SCHEMA: ("schema", "namespaceURI", "prefix", "property"),
    _PROPERTY: ("name", "valueType", "category", "description"),
}


def title(subject: Inspected) -> Iterator[Breach]:
    """Give a document without a title, with another than the leaflet's, or that shows its file name instead."""
    document = subject.document
    entry = subject.claims.properties.get(f"{{{_DC}}}title")
    spoken = (
        {} if entry is None else {item.get(_LANG, ""): (item.text or "").strip() for item in entry.iter(f"{RDF}li")}
    )
    said = spoken.get("x-default") or next(iter(spoken.values()), "")
    wanted = subject.expected.title
    if not said:
        yield from only_if(not subject.claims.broken, "The document has no title (dc:title).")
    elif wanted and said != wanted:
        yield Breach("The document has another title than the leaflet.")
    info = plain(document.get(document.trailer.get("/Info"), "/Title"))
    yield from only_if(info and said and info != said, "The document has two titles that differ (Info and XMP).")
    shown = document.get(document.root, "/ViewerPreferences", "/DisplayDocTitle")
    yield from only_if(shown is not True, "Viewers would show the file's name, not the title (DisplayDocTitle).")


def identified(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose metadata do not say that it is PDF/UA-1 and PDF/A-2a."""
    found = subject.claims
    if not found.there:
        yield Breach("The document has no XMP metadata.")
    elif not found.broken:
        yield from only_if(found.said(_UA, "part") != "1", "The metadata do not say PDF/UA-1.")
        archival = found.said(_A, "part") == "2" and found.said(_A, "conformance") == "A"
        yield from only_if(not archival, "The metadata do not say PDF/A-2a.")
        for uri, prefix in _PREFIXES.items():
            other = found.prefixes.get(uri, prefix)
            yield from only_if(other != prefix, f"The metadata call {prefix} {other}: not every reader finds it.")


def described(subject: Inspected) -> Iterator[Breach]:
    """Give a document whose metadata are broken, or have properties that they do not describe or that are misformed."""
    found = subject.claims
    yield from only_if(found.broken, f"The metadata are no XML that can be read: {found.broken}.")
    yield from only_if(
        "bytes=" in found.header or "encoding=" in found.header, "The XMP packet says its size or coding."
    )
    extra, faults = _extensions(found)
    yield from faults
    for name in sorted({*found.properties, *found.simple} - {f"{RDF}about", "about", f"{RDF}parseType"}):
        uri, _, local = name.removeprefix("{").partition("}")
        known = local in _KNOWN[uri] if uri in _KNOWN else uri in _OTHERS or (uri, local) in extra
        yield from only_if(not known and uri != RDF[1:-1], f"The metadata do not describe their property {local}.")
    for name, element in found.properties.items():
        wanted = _ARRAYS.get(name)
        if wanted and [child.tag for child in element] != [wanted]:
            yield Breach(f"The metadata give {name.partition('}')[2]} in the wrong form.")


def _extensions(found: Claims) -> tuple[set[tuple[str, str]], list[Breach]]:
    """Return the properties that the metadata describe themselves, and what is wrong with the descriptions."""
    described: set[tuple[str, str]] = set()
    faults: list[Breach] = []
    container = found.properties.get(f"{{{_EXTENSION}}}schemas")
    for schema in () if container is None else container.findall(f"{RDF}Bag/{RDF}li"):
        uri = schema.findtext(f"{_SCHEMA}namespaceURI", "").strip()
        entries = schema.findall(f"{_SCHEMA}property/{RDF}Seq/{RDF}li")
        for space, element in ((_SCHEMA, schema), *((_PROPERTY, entry) for entry in entries)):
            missing = [name for name in _FIELDS[space] if element.find(space + name) is None]
            faults += [Breach(f"The metadata describe a property without its {name}.") for name in missing]
        described.update((uri, entry.findtext(f"{_PROPERTY}name", "").strip()) for entry in entries)
    return described, faults


RULES: Final = (
    Rule(
        "pdf.title",
        Severity.ERROR,
        "The title is the first thing that is read out, and tells one open leaflet from another.",
        title,
        "Matterhorn 06-003, 07-001, 07-002",
    ),
    Rule(
        "pdf.identified",
        Severity.ERROR,
        "Archives and readers go by what the file says that it is.",
        identified,
        "Matterhorn 06-001, 06-002; ISO 19005-2 6.6.2.1, 6.6.4",
    ),
    Rule(
        "pdf.metadata",
        Severity.ERROR,
        "Archives read the metadata by machine, and refuse what is not described.",
        described,
        "ISO 19005-2 6.6.2.1, 6.6.2.3",
    ),
)
