"""Reading PO files: bytes to entries, strictly. Every line is understood, or is an error with its number.

Not by Babel's ``read_po``, on purpose: that one drops the first and last letter of an unquoted string, lets a repeated
message overwrite the first, takes ``#|`` lines for comments (and so corrupts them when it writes), and prints its
warnings. The tests read the same files with Babel and find the same messages. Plural messages are refused: leaflets
have none.
"""

import re
from collections.abc import Iterable
from typing import Final

from handouts.compose.po import Entry, PoFile
from handouts.errors import ContentError
from handouts.findings import Finding, Severity, Where
from handouts.model.decode import plain, problem

MAX_MESSAGE: Final = 10_000
"""The longest message, in characters; English ones have at most 2000, and no language needs five times as many."""

MAX_SHOWN: Final = 20
"""So many problems of one file are shown; the rest is likely to follow from them."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_FIELD: Final = re.compile(r'(?:(msgctxt|msgid|msgstr)\s*)?"((?:[^"\\]++|\\.)*+)"')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CHARSET: Final = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)


def parse(data: bytes, file: str) -> PoFile:
    """Return what a PO file holds. ``file`` names it in messages.

    Raises ContentError, with a finding and line number for each problem: not UTF-8 (a byte order mark is accepted),
    another charset declared, control characters, a line that is no PO, a message cut off, too long, plural, or there
    twice.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise problem(file, "The file is in UTF-16.", "Save it as UTF-8.", rule="po.encoding", line=1)
    text = plain(data, file)
    reader = _Reader()
    for found in _CONTROL.finditer(text):
        number = text.count("\n", 0, found.start()) + 1
        what = f"There is the control character U+{ord(found.group()):04X}."
        reader.refuse(number, "control", what, "Delete it. Is this a PO file saved as UTF-8?")
        if len(reader.problems) == MAX_SHOWN:
            break
    if not reader.problems:
        reader.read(text.split("\n"))
    header = next((entry for entry in reader.entries if _is_header(entry)), None)
    entries = tuple([entry for entry in reader.entries if entry is not header])
    po = PoFile(header, entries, tuple(reader.comments))
    if not reader.problems:
        _look_for_charset(po, reader)
        _look_for_repeats(reader)
    if reader.problems:
        findings = [
            Finding(f"po.{rule}", Severity.ERROR, message, Where(file=file, line=line), hint)
            for line, rule, message, hint in reader.problems
        ]
        raise ContentError(f"{file} cannot be read as a catalogue.", "Mend what is listed.", findings[:MAX_SHOWN])
    return po


def _is_header(entry: Entry) -> bool:
    return not entry.source and entry.context is None and not entry.obsolete


def _look_for_charset(po: PoFile, reader: "_Reader") -> None:
    line = po.header.line if po.header else 1
    charset = _CHARSET.search(po.fields.get("Content-Type", ""))
    if charset and charset[1].lower().replace("_", "-") not in ("utf-8", "utf8", "charset"):
        what = f"The header declares the charset {charset[1][:40]}."
        reader.refuse(line, "charset", what, "Save the file as UTF-8, and let the header say so.")


def _look_for_repeats(reader: "_Reader") -> None:
    first: dict[tuple[str | None, str], int] = {}
    for entry in reader.entries:
        if entry.obsolete:
            continue
        # The msgctxt alone is a message's key; only where it lacks does the msgid tell messages apart.
        key = (entry.context, "" if entry.context is not None else entry.source)
        if key in first:
            name = f"“{entry.context or entry.source[:60]}”" if any(key) else "The header"
            what = f"{name} stands here again; it is on line {first[key]} already."
            reader.refuse(entry.line, "repeated", what, "Keep the right one and delete the other.")
        first.setdefault(key, entry.line)


class _Reader:
    """The state of reading one file line by line; ``problems`` are line, rule, message and hint."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.problems: list[tuple[int, str, str, str]] = []
        self.broken = False  # passing over the rest of a message that cannot be understood
        self.begin()

    def begin(self) -> None:
        """Forget the message so far and expect a new one."""
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []
        self.strings: dict[str, list[str]] = {}
        self.previous: dict[str, list[str]] = {}
        self.keyword = self.previous_keyword = ""
        self.obsolete = False
        self.line = 0

    def refuse(self, line: int, rule: str, message: str, hint: str) -> None:
        """Note a problem."""
        self.problems.append((line, rule, message, hint))

    def read(self, lines: Iterable[str]) -> None:
        """Read all lines."""
        number = 0
        for number, raw in enumerate(lines, 1):
            line = raw.strip()
            if not line:
                continue
            if line.startswith("#~"):
                rest = line[2:].lstrip()
                if rest.startswith("|"):
                    self.comment(number, f"#{rest}")
                else:
                    self.field(number, rest, obsolete=True)
            elif line.startswith("#"):
                self.comment(number, line)
            else:
                self.field(number, line, obsolete=False)
        self.finish(number)

    def finish(self, number: int) -> None:
        """End the message before the given line, if there is one."""
        if self.keyword and not self.broken:
            if "msgid" not in self.strings or "msgstr" not in self.strings:
                lacking = "msgstr" if "msgid" in self.strings else "msgid"
                what = f"The message that begins here is cut off before line {number}: it has no {lacking}."
                self.refuse(self.line, "cut-off", what, "Write it whole, or restore the file.")
            else:
                self.add()
        if self.keyword or self.broken:
            self.broken = False
            self.begin()

    def add(self) -> None:
        """Keep the message that has been read."""
        fields = {name: "".join(parts) for name, parts in self.strings.items()}
        longest = max(map(len, fields.values()))
        if longest > MAX_MESSAGE:
            what = f"The message that begins here has {longest} characters, more than {MAX_MESSAGE}."
            self.refuse(self.line, "size", what, "Shorten it.")
        previous = {name: "".join(parts) for name, parts in self.previous.items()}
        self.entries.append(
            Entry(
                source=fields["msgid"],
                text=fields["msgstr"],
                context=fields.get("msgctxt"),
                comments=tuple(self.comments),
                notes=tuple(self.notes),
                references=tuple(self.references),
                flags=tuple(dict.fromkeys(self.flags)),
                previous=previous.get("msgid", ""),
                previous_context=previous.get("msgctxt", ""),
                obsolete=self.obsolete,
                line=self.line,
            )
        )

    def comment(self, number: int, line: str) -> None:
        """Read a line that begins with ``#``."""
        self.finish(number)
        kind, rest = line[1:2], line[2:].strip()
        if kind == ".":
            self.notes.append(rest)
        elif kind == ":":
            self.references.append(rest)
        elif kind == ",":
            self.flags += [flag for flag in (part.strip() for part in rest.split(",")) if flag]
        elif kind == "|":
            self.field(number, rest, obsolete=False, previous=True)
        else:
            self.comments.append(line[1:])

    def field(self, number: int, line: str, *, obsolete: bool, previous: bool = False) -> None:
        """Read a line that holds a quoted string, with its keyword or going on from the line before."""
        match = _FIELD.fullmatch(line)
        if match is None:
            self.misread(number, line)
            return
        keyword, body = match[1] or "", match[2]
        if "\\" in body:
            body = self.unescaped(number, body)
        if previous:
            self.previous_string(number, keyword, body)
            return
        if keyword == "msgctxt" or (keyword == "msgid" and self.keyword != "msgctxt"):
            self.finish(number)
        if self.broken:
            return
        if not self.keyword:
            self.line, self.obsolete = number, obsolete
        if self.out_of_place(keyword, obsolete):
            what = f"A {keyword} has no place here." if keyword else "A string in quotes has no place here."
            self.refuse(number, "syntax", what, "A message is msgctxt, msgid and msgstr, in this order, once each.")
            self.broken = True
            return
        self.keyword = keyword or self.keyword
        self.strings.setdefault(self.keyword, []).append(body)

    def out_of_place(self, keyword: str, obsolete: bool) -> bool:
        """Return whether a keyword (empty: a string going on) cannot follow what has been read of the message."""
        if obsolete != self.obsolete or keyword in self.strings:
            return True
        if not keyword:
            return not self.keyword
        return keyword == "msgstr" and "msgid" not in self.strings

    def previous_string(self, number: int, keyword: str, body: str) -> None:
        """Read a string of the message's previous msgctxt or msgid."""
        self.previous_keyword = keyword or self.previous_keyword
        if self.previous_keyword not in ("msgctxt", "msgid"):
            self.refuse(number, "syntax", "There is no msgid after #|.", 'It is written #| msgid "…".')
        self.previous.setdefault(self.previous_keyword, []).append(body)

    def misread(self, number: int, line: str) -> None:
        """Note what is wrong with a line that is no PO."""
        what, hint = "The line is no PO.", 'Comments begin with #, texts stand in "straight quotes".'
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            what, hint = "The file has a merge conflict that was not resolved.", "Keep one side and delete the marks."
        elif line.startswith(("msgid_plural", "msgstr[")):
            what, hint = "The message has plural forms.", "Leaflets have none: write msgid and msgstr."
        elif '"' in line:
            what = "The quotes do not close, or there is something beside them."
            hint = 'The file may be cut off. A quote inside a text is written \\".'
        self.refuse(number, "syntax", what, hint)
        self.broken = True

    def unescaped(self, number: int, body: str) -> str:
        """Return a string with its escapes resolved; an unknown one is a problem."""

        def resolve(match: re.Match[str]) -> str:
            if match[1] not in _ESCAPED:
                what = f"The escape \\{match[1]} is not known."
                self.refuse(number, "syntax", what, "A backslash is written twice.")
            return _ESCAPED.get(match[1], "")

        return _ESCAPE.sub(resolve, body)
