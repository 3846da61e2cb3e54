"""Cut the faces in ``handouts/fonts`` from the Noto families that Google Fonts serves, and write the page on them.

    python .ci/build_fonts.py [--tarballs FOLDER] [FAMILY ...]

Needs npm and fontTools; nobody who only runs or tests handouts needs either. Each package is pinned by version and by
the digest of its tarball, and the cutting is the same each time, so the same fontTools gives the same bytes. Run it
again when a catalogue uses a character that its face lacks: the East Asian faces carry a legacy character set, the
words of illness, and whatever the catalogues hold.
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from fontTools import version as fonttools_version
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "handouts" / "fonts"
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
BUDGET = 30_000_000

# Latin as English, French or Vietnamese names need it, and the punctuation of every script: each face can then set
# a medicine's name in one design.
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), *range(0x2030, 0x203B), 0x20AC, 0x2122]
CJK_MARKS = [*range(0x3000, 0x3040), *range(0xFF01, 0xFF61), *range(0xFFE0, 0xFFE7)]

# Ranges of the CJK block, which is in the order of the radicals: mouth (嘌呤), gas (氧), fire (烷), illness (痤), skin,
# stone (硒), sheep (羥), flesh (脂), herbs (蕁), blood, wine (酯), metal, bone. Names of illnesses and medicines are
# often not everyday ones; a few have other radicals.
ILLNESS = range(0x7592, 0x7683)
MEDICAL = [
    *range(0x53E3, 0x56D7), *range(0x6C14, 0x6C34), *range(0x706B, 0x722B), *ILLNESS, *range(0x76AE, 0x76BF),
    *range(0x77F3, 0x793A), *range(0x7F8A, 0x7FBD), *range(0x8089, 0x81E3), *range(0x8278, 0x864D),
    *range(0x8840, 0x884C), *range(0x9149, 0x91C6), *range(0x91D1, 0x9577), *range(0x9AA8, 0x9AD8),
]  # fmt: skip

# What horizontal setting can use. The others (vertical forms, old forms, ruby) would drag their glyphs along.
CJK_FEATURES = ["ccmp", "locl", "liga", "calt", "kern", "mark", "mkmk", "halt", "palt", "ljmo", "vjmo", "tjmo"]


class Family(NamedTuple):
    """One family: its npm package, what it is for, and the code points to keep (None keeps all)."""

    package: str
    version: str
    sha256: str
    purpose: str
    keep: Callable[[], Iterable[int]] | None = None
    weights: tuple[str, ...] = ("Regular", "Bold")


def legacy(codec: str, rows: range, cells: Iterable[int] = range(0xA1, 0xFF)) -> Iterator[int]:
    """Give the code points of a two-byte legacy character set."""
    for row in rows:
        for cell in cells:
            text = bytes([row, cell]).decode(codec, errors="ignore")
            if len(text) == 1:
                yield ord(text)


def in_catalogues(*locales: str) -> set[int]:
    """Return every code point in the message files of these locales and of their regional forms."""
    folders = [folder for locale in locales for folder in (ROOT / "locales").glob(f"{locale}*")]
    files = [file for folder in folders for file in folder.rglob("*.po")]
    return {ord(char) for file in files for char in file.read_text(encoding="utf-8") if char >= " "}


def simplified() -> set[int]:
    """GB 2312."""
    return {*LATIN, *CJK_MARKS, *legacy("gb2312", range(0xA1, 0xF8)), *in_catalogues("zh_Hans", "zh_CN", "zh_SG")}


def traditional() -> set[int]:
    """Big5 level 1, and of level 2 the characters under the medical radicals."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    first, second = (set(legacy("big5", rows, cells)) for rows in (range(0xA1, 0xC7), range(0xC9, 0xFA)))
    catalogues = in_catalogues("zh_Hant", "zh_TW", "zh_HK", "zh_MO")
    return {*LATIN, *CJK_MARKS, *first, *(second & set(MEDICAL)), *ILLNESS, *map(ord, "甾酶苷着衞"), *catalogues}


def japanese() -> set[int]:
    """The first plane of JIS X 0213, which has the everyday characters (常用漢字) that JIS X 0208 lacks."""
    kana, kanji = range(0x30A0, 0x3100), legacy("euc_jis_2004", range(0xA1, 0xFF))
    return {*LATIN, *CJK_MARKS, *kana, *kanji, 0x20B9F, *ILLNESS, *in_catalogues("ja")}


def korean() -> set[int]:
    """All modern syllables, the letters, and the signs of KS X 1001; no Hanja."""
    signs = legacy("euc_kr", range(0xA1, 0xAD))
    return {*LATIN, *CJK_MARKS, *range(0xAC00, 0xD7A4), *range(0x1100, 0x1200), *signs, *in_catalogues("ko")}


def ticks() -> list[int]:
    """Check boxes, ticks, crosses, bullets, warning sign, telephone, envelope."""
    return [ord(char) for char in " ☐☑☒✓✔✗•◦▪●○■□▶◀⚠☎✉"]


def relations() -> list[int]:
    """Arrows and relations."""
    return [ord(char) for char in " →←↑↓↔⇒≥≤≈≠±×÷−∞"]


FAMILIES = {
    "NotoSans": Family(
        "noto-sans", "0.4.2", "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548",
        "Latin with Vietnamese, Cyrillic, Greek; what other faces lack"),
    "NotoSansArabic": Family(
        "noto-sans-arabic", "0.4.3", "29e966f9d48a4ce7dd3c2c4c016f29cd888089538217303fb2c87de9e7f048ed",
        "Arabic script: Arabic, Persian, Dari, Pashto, Kurdish"),
    "NotoSansDevanagari": Family(
        "noto-sans-devanagari", "0.4.1", "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e",
        "Hindi, Nepali, Marathi"),
    "NotoSansThaiLooped": Family(
        "noto-sans-thai-looped", "0.4.2", "83cb8b1edcd66bfa89916a564c15c1c30fda964dcccdead74dd35245cddb8bdd",
        "Thai, with the loops that older readers know from school"),
    "NotoSansSC": Family(
        "noto-sans-sc", "0.4.3", "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
        "Chinese in simplified characters: GB 2312 and the catalogues", simplified),
    "NotoSansHebrew": Family(
        "noto-sans-hebrew", "0.4.1", "f82f8e852e3355521c511f2762a0130216d208d108bf4739aa977eb6a6d3012c",
        "Hebrew, Yiddish"),
    "NotoNastaliqUrdu": Family(
        "noto-nastaliq-urdu", "0.4.2", "ed17207b541a71873b0bdd50080251759b6d564d444fd7a35ee1cb299e42f687",
        "Urdu in the hand its readers expect"),
    "NotoSansBengali": Family(
        "noto-sans-bengali", "0.4.4", "aea68a0e86d50c55739f11b3efebf859cbc63219ad1dfbf83dc7e6cfd84a4243",
        "Bengali, Assamese"),
    "NotoSansGurmukhi": Family(
        "noto-sans-gurmukhi", "0.4.1", "a880021879dfa6df078c64a414c07045491269d6ed2f585487208eccb1e0d326",
        "Punjabi"),
    "NotoSansGujarati": Family(
        "noto-sans-gujarati", "0.4.2", "8755e83efd5f0a75427bcb9adae912167c6c1fbd94d2a820c91655e0b58673af",
        "Gujarati"),
    "NotoSansTamil": Family(
        "noto-sans-tamil", "0.4.3", "e86c62e93d3e47ec8b93f71681e1ae2010b22a9f5e8bcd496b3e46c6ba70750e",
        "Tamil"),
    "NotoSansEthiopic": Family(
        "noto-sans-ethiopic", "0.4.2", "3030fe790f54df5297904e82da1d5216df61064af4e2ca2972ad166a6ad81f49",
        "Amharic, Tigrinya"),
    "NotoSansKhmer": Family(
        "noto-sans-khmer", "0.4.3", "cb4f3e93186d59c60d21b386fde7de3d554617a6c857f148c777a64fba608793",
        "Khmer"),
    "NotoSansLao": Family(
        "noto-sans-lao", "0.4.2", "3345f1310e88b0296fb055a2d0fbd628a61d0528a8ec06b3ef75b1a8ef204d29",
        "Lao"),
    "NotoSansMyanmar": Family(
        "noto-sans-myanmar", "0.4.2", "14db9970d908b8e46c65ddcbb66aa789add2e76e6e4cfc48e2f454c5e20ea39f",
        "Burmese, Karen, Shan"),
    "NotoSansTC": Family(
        "noto-sans-tc", "0.4.3", "e7532a3a43a6c660ee0351a167b99fe0da52f20b4940fb3fc067ed7c5bd594bf",
        "Chinese in traditional characters: Big5 level 1 and more", traditional),
    "NotoSansJP": Family(
        "noto-sans-jp", "0.4.3", "563ee80509692e2b2f42ceae6a0b82afecb90daa1b3d025bcebdf3d9120f43a3",
        "Japanese: JIS X 0213’s first plane and the catalogues", japanese),
    "NotoSansKR": Family(
        "noto-sans-kr", "0.4.3", "7614af529705ea48e8b76cb3b056b92db66b7625ef3fc97ce76366063df94d3f",
        "Korean: all modern syllables", korean),
    "NotoSansSymbols2": Family(
        "noto-sans-symbols-2", "0.4.1", "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4",
        "check boxes, ticks, bullets, warning sign, telephone", ticks, ("Regular",)),
    "NotoSansMath": Family(
        "noto-sans-math", "0.4.2", "652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8",
        "arrows; at least, at most, about", relations, ("Regular",)),
}  # fmt: skip


def fetch(family: Family, folder: Path) -> tarfile.TarFile:
    """Return a family's tarball, from the folder or else by way of npm; stop when it is not the pinned one."""
    path = folder / f"expo-google-fonts-{family.package}-{family.version}.tgz"
    if not path.exists():
        name = f"@expo-google-fonts/{family.package}@{family.version}"
        subprocess.run(["npm", "pack", "--silent", "--ignore-scripts", name], cwd=folder, check=True, stdout=sys.stderr)
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != family.sha256:
        sys.exit(f"{path.name}: the digest is {found}, but {family.sha256 or 'none'} is pinned.")
    return tarfile.open(fileobj=io.BytesIO(data))


def member(tarball: tarfile.TarFile, ending: str) -> bytes:
    """Return the one file of a tarball whose name ends so."""
    (info,) = [info for info in tarball if info.name.endswith(ending)]
    stream = tarball.extractfile(info)
    return stream.read() if stream else b""


def cut(data: bytes, family: Family) -> bytes:
    """Return a face with only the wanted characters, without hints, glyph names and tables that nothing here reads."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    if "glyf" not in font or font["OS/2"].fsType:
        sys.exit(f"{family.package}: a face must have TrueType outlines and be free to embed.")
    options = Options(
        hinting=False, glyph_names=False, notdef_outline=True, legacy_kern=False, harfbuzz_repacker=False,
        recalc_timestamp=False, layout_features=CJK_FEATURES if family.keep else ["*"], layout_scripts=["*"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17], name_languages=[0x409], name_legacy=False,
    )  # fmt: skip
    options.drop_tables += ["STAT", "meta", "gasp", "MATH", "BASE", "vhea", "vmtx", "VORG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(family.keep()) if family.keep else set(font.getBestCmap()))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def build(name: str, tarballs: Path) -> None:
    """Write a family's faces and licence."""
    family = FAMILIES[name]
    with fetch(family, tarballs) as tarball:
        for weight in family.weights:
            face = cut(member(tarball, f"_{WEIGHTS[weight]}.ttf"), family)
            (FONTS / f"{name}-{weight}.ttf").write_bytes(face)
            print(f"{name}-{weight}: {len(face):,} bytes")
        licence = member(tarball, "/LICENSE_FONT").decode("utf-8")
    lines = [line.rstrip() for line in licence.splitlines()]
    (FONTS / f"LICENSE-{name}.txt").write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def readme() -> str:
    """Return the page that says what is here: a row for each family."""
    rows, total = [], 0
    for name, family in FAMILIES.items():
        files = [FONTS / f"{name}-{weight}.ttf" for weight in family.weights]
        if not all(file.exists() for file in files):
            continue
        size = sum(file.stat().st_size for file in files)
        total += size
        font = TTFont(files[0], lazy=True)
        release = font["name"].getDebugName(5).removeprefix("Version ").partition(";")[0]
        weights = " + ".join(family.weights)
        rows.append(
            f"| {name} | {weights} | {family.purpose} | {release} | {len(font.getBestCmap()):,} | {size / 1000:,.0f} |"
            f" [OFL 1.1](LICENSE-{name}.txt) | `{family.package}` {family.version} |"
        )
    if total > BUDGET:
        sys.exit(f"The faces take {total:,} bytes; {BUDGET:,} are allowed.")
    table = "\n".join(rows)
    return f"""\
# The faces

Static TrueType faces, one family for each script, all of the Noto project, all under the SIL Open Font License 1.1:
the licence and the copyright notice of each family lie beside it. None forbids embedding (`fsType` 0). This page and
the files are written by `.ci/build_fonts.py`; change that, not these.

| Family | Weights | For | Release | Characters | kB | Licence | Package, version |
|---|---|---|---|---:|---:|---|---|
{table}

{total / 1_000_000:.1f} MB in all.

## What was changed
The faces are cut from the builds that Google Fonts serves, in the npm packages `@expo-google-fonts/…`. Dropped: hints
(print and today's screens do without), glyph names, vertical metrics, the tables of variable fonts, names in other
languages. Kept: all outlines, `GSUB`, `GPOS`, `GDEF`, and all characters, save in the East Asian and symbol families:

- **NotoSansSC**: GB 2312. **NotoSansTC**: Big5 level 1, and the characters of level 2 under the radicals that names of
  illnesses and medicines are written with. **NotoSansJP**: the first plane of JIS X 0213. **NotoSansKR**: all 11,172
  modern syllables; no Hanja. Each with Latin, punctuation, and every character that the catalogues of its locales use.
- **NotoSansSymbols2** and **NotoSansMath**: a few signs that no text face has, regular only.

A character that no face has stops the leaflet with a message that names it; nothing is printed as a box.

## To build them again
    python .ci/build_fonts.py                # all; needs npm, and fontTools {fonttools_version} for the same bytes
    python .ci/build_fonts.py NotoSansSC     # one family, after its catalogues have gained a character

Each package is pinned by version and SHA-256 in the script; a tarball that differs is refused.
"""


def main() -> None:
    """Build the families named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", nargs="*", help="only these")
    parser.add_argument("--tarballs", type=Path, help="keep the packages in this folder, and take them from it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.family or FAMILIES:
            build(name, (options.tarballs or Path(scratch)).resolve())
    (FONTS / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
