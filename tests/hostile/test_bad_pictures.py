"""A picture that would harm, vanish or take for ever is refused, and its file is named."""

import os
import struct
import time
import zlib
from pathlib import Path

import pytest

from tests.hostile.conftest import BRAND, LOGO, put, swap

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{}</svg>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *extra: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * (3 * width + 1) * min(height, 9)))
    return b"".join([b"\x89PNG\r\n\x1a\n", head, *extra, rows, chunk(b"IEND", b"")])


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<text>x</text>", "<text>"),
        ('<path d="M0 0 A 1e200 1e200 0 0 0 5 5"/>', "number out of range"),
        ('<path d="M0 0 L 1e999 4"/>', "number out of range"),
        ('<rect transform="rotate(1e999)" width="4" height="4"/>', "number out of range"),
        (f'<rect fill="rgb({"9" * 5000},0,0)" width="4" height="4"/>', "uses the colour"),
        ('<rect stroke="red" stroke-dasharray="4 -1" width="4" height="4"/>', "stroke-dasharray"),
        ('<rect stroke="red" stroke-dasharray="5%" width="4" height="4"/>', "5%"),
    ],
)
def test_svg(render, clinic: Path, inside: str, says: str) -> None:
    put(clinic, LOGO, SVG.format(inside).encode())
    result = render()
    assert result.exit_code == 4
    assert says in result.stderr
    assert f"  in {clinic / LOGO}" in result.stderr


@pytest.mark.parametrize(
    "inside",
    ['<path d="M0 0 A 1e-300 1e-300 0 0 0 5 5"/>', '<rect stroke="red" stroke-dasharray="0 0" width="4" height="4"/>'],
)
def test_svg_that_is_odd_but_right(render, clinic: Path, inside: str) -> None:
    put(clinic, LOGO, SVG.format(inside).encode())
    assert render().exit_code == 0


@pytest.mark.parametrize(
    "inside",
    [
        f'<rect width="{"1" * 150_000}x" height="4"/>',
        f'<path d="M{"1" * 150_000}x"/>',
        f'<rect transform="scale({"1" * 150_000}x)" width="4" height="4"/>',
    ],
)
def test_long_numbers_are_read_in_no_time(render, clinic: Path, inside: str) -> None:
    put(clinic, LOGO, SVG.format(inside).encode())
    begun = time.process_time()
    assert render().exit_code == 4
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "data",
    [
        png(0, 0),
        png(100_000, 100_000),
        png(40, 40)[:45],
        png(40, 40, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 50_000_000))),
        b"\xff\xd8\xff\xe0 a photograph",
        SVG.format("").encode(),
    ],
)
def test_png(render, clinic: Path, data: bytes) -> None:
    put(clinic, BRAND, swap('logo = "logo.svg"', 'logo = "logo.png"'))
    (clinic / LOGO).with_suffix(".png").write_bytes(data)
    result = render()
    assert result.exit_code == 4
    assert "“logo”" in result.stderr or "not a picture of the kind its name says" in result.stderr


def test_a_png_with_an_odd_animation_makes_no_noise(render, clinic: Path) -> None:
    put(clinic, BRAND, swap('logo = "logo.svg"', 'logo = "logo.png"'))
    (clinic / LOGO).with_suffix(".png").write_bytes(png(9, 9, chunk(b"acTL", struct.pack(">II", 0, 0))))
    result = render()
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere", "device"])
def test_a_logo_that_is_no_file(render, clinic: Path, kind: str) -> None:
    put(clinic, BRAND, lambda data: data)
    logo = clinic / LOGO
    logo.unlink()
    match kind:
        case "folder":
            logo.mkdir()
        case "pipe":
            os.mkfifo(logo)
        case _:
            logo.symlink_to({"loop": "logo.svg", "nowhere": "none", "device": "/dev/zero"}[kind])
    result = render()
    assert result.exit_code in (3, 4)
    assert str(logo) in result.stderr
