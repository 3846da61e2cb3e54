"""Rows as XLIFF 1.2 and back, with the standard library's ElementTree over expat.

1.2 (OASIS 2008) and not 2.0, for it is what every tool reads: Poedit and memoQ natively, Weblate without reserve (2.0
only since 2025, as under development); and 2.0 has no state for “needs work”. The states are those that Poedit and
Weblate show as they are meant: a machine's draft is ``needs-review-translation``, which Poedit lists among what needs
work until somebody confirms it; ``needs-l10n`` is what Poedit writes for needs work itself; ``approved`` is Weblate's
mark of a review. Tags and braces stand as text. The base is in ``extradata``, which 1.2 has for the tool that wrote it.
"""

from typing import Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from handouts.errors import ContentError
from handouts.exchange.rows import Row, State, read_base, read_id, refusal, trouble
from handouts.findings import Finding
from handouts.model.locales import SOURCE_LOCALE

_SPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_UNIT: Final = f"{{{_SPACE}}}trans-unit"
_LINE: Final = "line"
_DEEPEST: Final = 50

_WRITTEN: Final[dict[State, str]] = {
    "": "needs-translation",
    "machine-draft": "needs-review-translation",
    "needs-work": "needs-l10n",
    "translated": "translated",
    "reviewed": "final",
}
_READ: Final[dict[str, State]] = {
    "new": "",
    "needs-translation": "",
    "needs-review-translation": "machine-draft",
    "needs-review-l10n": "needs-work",
    "needs-review-adaptation": "needs-work",
    "needs-adaptation": "needs-work",
    "needs-l10n": "needs-work",
    "translated": "translated",
    "final": "reviewed",
    "signed-off": "reviewed",
}


def write_xliff(rows: tuple[Row, ...], locale: str) -> bytes:
    """Return a locale's rows as XLIFF: a ``<file>`` for each domain, a ``<trans-unit>`` for each message."""
    root = ET.Element("xliff", {"version": "1.2", "xmlns": _SPACE})
    for domain in dict.fromkeys(row.domain for row in rows):
        facts = {"original": domain, "datatype": "plaintext", "source-language": SOURCE_LOCALE}
        body = ET.SubElement(ET.SubElement(root, "file", facts | {"target-language": locale}), "body")
        for row in rows:
            if row.domain == domain:
                _write(body, row)
    ET.indent(root)
    packed: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return packed + b"\n"


def read_xliff(data: bytes, file: str) -> tuple[Row, ...]:
    """Return the rows of an XLIFF 1.2 file that was exported; their places are lines. ``file`` names it in messages.

    Raises ContentError for what is no XML, has a DOCTYPE, is another version, or has units that cannot be read.
    """
    root = _parsed(data, file)
    if root.tag != f"{{{_SPACE}}}xliff":
        hint = "Save it as XLIFF 1.2, as it was exported."
        raise refusal(file, "kind", "It is no XLIFF 1.2 file.", hint, 1)
    rows: list[Row] = []
    problems: list[Finding] = []
    for unit in root.iter(_UNIT):
        row, wrong = _read(unit, file)
        rows.append(row)
        problems += wrong
    if not rows and not problems:
        problems.append(trouble(file, "empty", "There is nothing in it to translate.", 1))
    if problems:
        raise ContentError(f"{file} cannot be taken in.", "Mend what is listed.", problems)
    return tuple(rows)


def _write(body: ET.Element, row: Row) -> None:
    facts = {"id": row.id, "resname": row.key, "approved": "yes" if row.state == "reviewed" else "no"}
    unit = ET.SubElement(body, "trans-unit", facts | {"extradata": str(row.base), "xml:space": "preserve"})
    ET.SubElement(unit, "source").text = row.source
    ET.SubElement(unit, "target", {"state": _WRITTEN[row.state]}).text = row.text or None
    for note in row.notes:
        ET.SubElement(unit, "note", {"from": "developer"}).text = note
    if row.comment:
        ET.SubElement(unit, "note", {"from": "translator"}).text = row.comment


def _read(unit: ET.Element, file: str) -> tuple[Row, list[Finding]]:
    """Return a unit as a row, with what is wrong with it."""
    place = int(unit.get(_LINE, "0"))
    problems = []
    domain, key = read_id(unit.get("id", ""))
    if not key:
        problems.append(trouble(file, "key", "The unit's id is no key of ours.", place))
    source, target = unit.find(f"{{{_SPACE}}}source"), unit.find(f"{{{_SPACE}}}target")
    for part in (source, target):
        for inner in part.iter() if part is not None else ():
            if inner is not part and inner.tag != f"{{{_SPACE}}}mrk":
                what = f"There is a <{inner.tag.rpartition('}')[2]}> within the text."
                problems.append(trouble(file, "inline", what, place, "Write bold as text: &lt;b&gt;."))
    stated = target.get("state", "") if target is not None else ""
    if stated and stated not in _READ:
        problems.append(trouble(file, "state", f"The state “{stated[:40]}” is not known.", place))
    text = "".join(target.itertext()) if target is not None else ""
    notes = unit.findall(f"{{{_SPACE}}}note")
    row = Row(
        domain=domain,
        key=key,
        source="".join(source.itertext()) if source is not None else "",
        text=text,
        state=_state(stated, text, approved=unit.get("approved") == "yes"),
        comment="\n".join(note.text or "" for note in notes if note.get("from") == "translator"),
        notes=tuple([note.text or "" for note in notes if note.get("from") == "developer"]),
        base=read_base(unit.get("extradata", "")),
        place=place,
    )
    return row, problems


def _state(stated: str, text: str, *, approved: bool) -> State:
    """Return what a unit says of its words; empty where there are none, or nothing is said.

    Words that are called untranslated need work. A tool may leave ``approved`` as it was beside a state that it writes.
    """
    said = _READ.get(stated, "")
    if not text.strip() or not stated:
        return ""
    return "reviewed" if approved and said == "translated" else said or "needs-work"


def _parsed(data: bytes, file: str) -> ET.Element:
    """Return the XML's root, each element with its line as an attribute. Nothing is fetched, a DOCTYPE is refused."""
    builder, depth = ET.TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")

    def name(raw: str) -> str:
        return f"{{{raw}" if "}" in raw else raw

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise refusal(file, "kind", "Its elements are nested too deep.", "", parser.CurrentLineNumber)
        facts = {name(key): value for key, value in found.items()}
        builder.start(name(tag), facts | {_LINE: str(parser.CurrentLineNumber)})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name(tag))

    def doctype(*_: object) -> None:
        hint = "Save it again with a tool for translators."
        raise refusal(file, "doctype", "The file has a DOCTYPE.", hint, parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0) or 1
        raise refusal(file, "kind", "It is no XML that can be read.", "Save it again.", line) from None
