"""PDF files of others, and of enemies, are looked at in no time, and no rule trips."""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import rendered


def made(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def canvas(**options: object) -> bytes:
    out = BytesIO()
    sheet = Canvas(out, **options)
    sheet.drawString(100, 100, "words")
    sheet.save()
    return out.getvalue()


def forms(pdf: pikepdf.Pdf) -> None:
    """Forms that show each other ten times each, twenty-five deep."""
    form = pdf.make_indirect(Stream(pdf, b"q Q", Type=Name.XObject, Subtype=Name.Form))
    for _ in range(25):
        inside = Dictionary(XObject=Dictionary(X=form))
        form = pdf.make_indirect(Stream(pdf, b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form, Resources=inside))
    pdf.pages[0].Contents = Stream(pdf, b"/X Do")
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=form))


def loop(pdf: pikepdf.Pdf) -> None:
    """A form that shows itself, a page tree and a structure tree that hold themselves."""
    form = pdf.make_indirect(Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].Contents = Stream(pdf, b"/X Do")
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=form))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P))
    element.K = element
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"\0" * 100_000,
        b"<html>",
        canvas(),
        canvas(encrypt=StandardEncryption("user", "owner")),
        canvas(encrypt=StandardEncryption("", "owner")),
        made(forms),
        made(loop),
    ],
    ids=["empty", "head", "zeros", "html", "plain", "password", "encrypted", "forms", "loop"],
)
def test_others(run, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.pdf"
    file.write_bytes(data)
    result = run("check", file)
    assert result.exit_code == 5
    assert str(file) in result.stdout


@pytest.mark.parametrize("seed", range(8))
def test_ours_with_bytes_put_wrong(run, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(rendered().pdf)
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    file = tmp_path / "other.pdf"
    file.write_bytes(data)
    assert run("check", file).exit_code in (0, 5)
