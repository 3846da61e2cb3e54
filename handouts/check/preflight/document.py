"""A PDF as plain Python values, so that rules are quick functions over dictionaries.

Every object is read once as qpdf's JSON (schema 2): ``"/Name"``, ``"u:text"`` or ``"b:hex"``, ``"12 0 R"`` for a
reference, numbers, lists and dictionaries. A stream is its dictionary; its bytes come from :meth:`Document.data`.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from io import BytesIO
from typing import Any, BinaryIO, Final, NamedTuple, TypeAlias

import msgspec
import pikepdf

from handouts.check.preflight.painted import Painted, read_content
from handouts.check.preflight.tree import Tree, read_tree

Value: TypeAlias = Any
"""A PDF value in plain form; what it is must be asked, for the file may be anything."""

_INHERITED: Final = ("/Resources", "/MediaBox", "/Rotate")
_MAX_DEPTH: Final = 30
_MAX_FORMS: Final = 100_000  # so often may forms be shown in one file; a few can show each other without end


def _file(raw: bytes) -> BinaryIO:
    """Return a file that qpdf can map: it reads a BytesIO call by call, which costs more than all rules."""
    if not hasattr(os, "memfd_create"):
        return BytesIO(raw)
    file = os.fdopen(os.memfd_create("pdf"), "w+b")
    file.write(raw)
    file.flush()
    file.seek(0)
    return file


class UnreadableError(Exception):
    """The bytes are no PDF that can be opened; the message says why."""


class Sheet(NamedTuple):
    """One page: its reference, its dictionary with what it inherits, and what its content paints (forms included)."""

    number: int
    ref: str
    values: dict[str, Value]
    contents: tuple[tuple[Painted, dict[str, Value]], ...]


class Document:
    """One opened PDF, to be used in a ``with`` block.

    ``streams`` are the references of its streams; ``shown`` counts how often pages show each form, once they are read.
    Raises UnreadableError where the bytes cannot be opened without a password or repair.
    """

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._open = ExitStack()
        try:
            file = self._open.enter_context(_file(raw))
            pdf = pikepdf.open(
                file,
                attempt_recovery=False,
                suppress_warnings=True,
                inherit_page_attributes=False,  # what a page inherits is ours to see
                access_mode=pikepdf.AccessMode.mmap,
            )
            self._open.enter_context(pdf)
            handles = [one for one in pdf.objects if isinstance(one, pikepdf.Object)]
            texts = [handle.to_json(dereference=True) for handle in handles]
        except (pikepdf.PdfError, pikepdf.PasswordError) as error:
            self._open.close()
            raise UnreadableError(str(error).partition("\n")[0]) from None
        self.json = b"[" + b",".join(texts) + b"]"
        self._handles = {"{} {} R".format(*handle.objgen): handle for handle in handles}
        self.shown: Counter[str] = Counter()
        self._data: dict[str, bytes] = {}
        self.streams = tuple(ref for ref, handle in self._handles.items() if isinstance(handle, pikepdf.Stream))
        self.objects: dict[str, Value] = dict(zip(self._handles, msgspec.json.decode(self.json), strict=True))
        self.encrypted = pdf.is_encrypted
        self.trailer: dict[str, Value] = msgspec.json.decode(pdf.trailer.to_json())

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def get(self, value: Value, *keys: str) -> Value:
        """Return what a value is, references followed, then what it has under each of the keys; None where nothing."""
        found = self._led(value)
        for key in keys:
            found = self._led(found.get(key)) if type(found) is dict else None
        return found

    def _led(self, value: Value) -> Value:
        if type(value) is not str or value[:2] in ("u:", "b:") or value[:1] == "/":
            return value
        return self.objects.get(value)

    def table(self, value: Value, *keys: str) -> dict[str, Value]:
        """Return the same if it is a dictionary, else an empty one."""
        found = self.get(value, *keys)
        return found if type(found) is dict else {}

    def array(self, value: Value, *keys: str) -> list[Value]:
        """Return the same if it is an array, else an empty one."""
        found = self.get(value, *keys)
        return found if type(found) is list else []

    def data(self, ref: Value) -> bytes:
        """Return the decoded bytes of a stream; empty where the reference leads to none or its filter fails."""
        handle = self._handles.get(ref)
        if not isinstance(handle, pikepdf.Stream):
            return b""
        if ref not in self._data:
            try:
                self._data[ref] = handle.read_bytes()
            except pikepdf.PdfError:
                self._data[ref] = b""
        return self._data[ref]

    @cached_property
    def words(self) -> frozenset[bytes]:
        """All keys, names and strings that stand anywhere, as qpdf's JSON writes them (strings may be in pieces)."""
        return frozenset(self.json.split(b'"'))

    def holds(self, *keys: str) -> bool:
        """Return whether some dictionary has one of the keys (``/JS``)."""
        words, json = self.words, self.json
        return any(key.encode() in words and f'"{key}":'.encode() in json for key in keys)

    def names(self, *values: str) -> bool:
        """Return whether something is one of the names (``/JavaScript``)."""
        words, json = self.words, self.json
        return any(value.encode() in words and re.search(rf'"{value}"(?!:)'.encode(), json) for value in values)

    @cached_property
    def root(self) -> dict[str, Value]:
        """The catalogue dictionary."""
        return self.table(self.trailer.get("/Root"))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All pages in order."""
        pages = self._pages(self.root.get("/Pages"), {}, 0)
        return tuple(
            Sheet(number, ref, values, tuple(self._contents(values))) for number, (ref, values) in enumerate(pages, 1)
        )

    @cached_property
    def tree(self) -> Tree:
        """The structure tree."""
        return read_tree(self.objects, self.root.get("/StructTreeRoot"))

    def _pages(self, ref: Value, inherited: dict[str, Value], depth: int) -> Iterator[tuple[str, dict[str, Value]]]:
        node = self.table(ref)
        passed = inherited | {key: node[key] for key in _INHERITED if key in node}
        if "/Kids" not in node:
            if node:
                yield str(ref), passed | node
        elif depth < _MAX_DEPTH:
            for kid in self.array(node, "/Kids"):
                yield from self._pages(kid, passed, depth + 1)

    def _contents(self, page: dict[str, Value]) -> Iterator[tuple[Painted, dict[str, Value]]]:
        """Give what the page's content paints, then what each form that it shows paints, with their resources."""
        parts = self.get(page.get("/Contents"))
        refs = parts if type(parts) is list else [page.get("/Contents")]
        resources = self.table(page.get("/Resources"))
        data = b"\n".join([self.data(ref) for ref in refs])
        yield from self._reading(data, resources, outer=0, seen=frozenset())

    def _reading(
        self, data: bytes, resources: dict[str, Value], outer: int, seen: frozenset[str]
    ) -> Iterator[tuple[Painted, dict[str, Value]]]:
        painted = read_content(data, self._marked(resources), outer)
        yield painted, resources
        for name, owners in painted.xobjects:
            ref = self.table(resources, "/XObject").get(name)
            form = self.table(ref)
            if form.get("/Subtype") == "/Form" and type(ref) is str and ref not in seen:
                self.shown[ref] += 1
                if (shown := self.shown.total()) > _MAX_FORMS:
                    raise UnreadableError(f"it shows forms {shown} times")
                own = self.table(form, "/Resources") if "/Resources" in form else resources
                yield from self._reading(self.data(ref), own, outer=owners, seen=seen | {ref})

    def _marked(self, resources: dict[str, Value]) -> tuple[tuple[str, int], ...]:
        """Return the MCID of each named property list of marked content."""
        properties = self.table(resources, "/Properties")
        return tuple((name, self.table(ref).get("/MCID", -1)) for name, ref in properties.items())
