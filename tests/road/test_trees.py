"""The structure tree: what a screen reader meets, kept as readable text, and read by poppler as well."""

import io
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise

import pikepdf
import pytest

from tests.conftest import built_in, rendered
from tests.road.reading import Node, read
from tests.road.references import FOLDER, compare_text

LOCALES = built_in().locales()
TAILORED = "follicular-keratosis"
HEARD = [("en", ""), ("ar", ""), *((locale, TAILORED) for locale in ("es", "he", "hi", "ru", "th", "ur", "zh-Hans"))]
"""What poppler is asked to read: it takes a second for a page, for it looks through the page for every element."""

poppler = pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo (Debian: poppler-utils) is not installed")
both_leaflets = pytest.mark.parametrize("cause", ["", TAILORED], ids=lambda cause: cause or "all")


@both_leaflets
@pytest.mark.parametrize("locale", LOCALES)
def test_the_tree_is_as_it_was_found_right(locale: str, cause: str) -> None:
    rendering = rendered(cause, locale)
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        head = f"lang: {pdf.Root.Lang}\ntitle: {pdf.docinfo.Title}\n\n"
    tree = "\n".join(drawn(read(rendering.pdf).root))
    compare_text(FOLDER / "golden" / f"{locale}.{cause or 'all'}.txt", f"{head}{tree}\n")


def drawn(node: Node, depth: int = 0) -> list[str]:
    """The tree as lines: role, what it says of itself, then its words and its parts, each deeper by two spaces."""
    said = {"lang": node.lang, "alt": node.alt, "actual": node.actual}
    words = [node.role, *(f"{name}=“{value}”" for name, value in said.items() if value)]
    lines = [f"{'  ' * depth}{' '.join(words)}"]
    text = ""
    for kid in (*node.kids, None):
        if isinstance(kid, str):
            text += kid
            continue
        if text:
            lines.append(f"{'  ' * (depth + 1)}“{text}”")
        text = ""
        if kid is not None:
            lines += drawn(kid, depth + 1)
    return lines


@poppler
@pytest.mark.parametrize(("locale", "cause"), HEARD)
def test_poppler_reads_the_whole_tree_in_order(locale: str, cause: str) -> None:
    """Poppler knows no /ReversedChars: right-to-left runs come as they are painted. It breaks texts at their faces."""
    pdf = rendered(cause, locale).pdf
    line = ["pdfinfo", "-enc", "UTF-8", "-struct-text", "-"]
    told = subprocess.run(line, input=pdf, capture_output=True, check=True).stdout.decode()
    seen = "".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE))
    found = read(pdf)
    painted = "".join(
        shown.text[::-1] if shown.rtl else shown.text for place in found.named for shown in found.marks[place]
    )
    assert re.sub(r"\s", "", seen) == re.sub(r"\s", "", painted)


@both_leaflets
@pytest.mark.parametrize("locale", LOCALES)
def test_every_mark_has_one_parent(locale: str, cause: str) -> None:
    found = read(rendered(cause, locale).pdf)
    assert found.stray == ()
    assert Counter(found.named) == dict.fromkeys(found.marks, 1)


@both_leaflets
@pytest.mark.parametrize("locale", LOCALES)
def test_headings_run_without_a_skip(locale: str, cause: str) -> None:
    roles = [node.role for node in read(rendered(cause, locale).pdf).root.all()]
    levels = [int(role[1]) for role in roles if re.fullmatch("H[1-6]", role)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
