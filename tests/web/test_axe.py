"""axe-core finds nothing to mend in any page, in headless Chromium, in light and dark, on a telephone and a desk.

Chromium is Debian's; axe-core comes from npm into ``.ci/node`` (see ``.ci/run``). Without them these tests are skipped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.make import make
from handouts.model.request import Request
from tests.conftest import ISSUED, ROOT, TOPIC, built_in
from tests.web.browser import PROGRAM, Browser, Scheme

AXE = ROOT / ".ci" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOCALES = built_in().locales()
SCREENS: tuple[tuple[Scheme, int], ...] = (("light", 1100), ("dark", 390))

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="Chromium (Debian: chromium) is not installed"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not in .ci/node (npm install --prefix .ci/node axe-core)"),
]

# Everything that axe knows, its best practices and experiments too; but enhanced contrast (WCAG's level AAA) is asked
# of high contrast only. What axe cannot decide by itself is as bad as a violation, save for what REVIEWED lists.
RUN = """
axe.run(document, {rules: Object.fromEntries(axe.getRules().map(
  rule => [rule.ruleId, {enabled: ENHANCED || !rule.tags.includes("wcag2aaa")}]))}).then(found =>
  JSON.stringify([...found.violations, ...found.incomplete].flatMap(rule => rule.nodes.map(
    node => [rule.id, node.target.join(" "), node.failureSummary || ""]))))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as one:
        yield one


def complaints(browser: Browser, file: Path, request: Request, *, enhanced: bool = False) -> list[Any]:
    """What axe says of a leaflet's page on each screen; and whether the page fits the screen's width."""
    file.write_bytes(make(request, built_in()).data)
    found = []
    for scheme, width in SCREENS:
        asked = browser.open(file, scheme=scheme, width=width)
        assert [address for address in asked if not address.startswith("data:")] == [file.absolute().as_uri()]
        assert browser.run("document.documentElement.scrollWidth") <= width
        browser.run(AXE.read_text(encoding="utf-8") + ";0")
        found += json.loads(browser.run(RUN.replace("ENHANCED", str(enhanced).lower())))
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_no_violation(browser: Browser, tmp_path: Path, locale: str) -> None:
    request = Request(topic=TOPIC, locale=locale, brand="harbour-clinic", issued=ISSUED, to="html")
    assert complaints(browser, tmp_path / "page.html", request) == []


@pytest.mark.parametrize("brand", built_in().brands())
@pytest.mark.parametrize("palette", ["brand", "greyscale"])
def test_no_violation_in_any_brand(browser: Browser, tmp_path: Path, brand: str, palette: str) -> None:
    request = Request(topic=TOPIC, brand=brand, palette=palette, draft=True, issued=ISSUED, to="html")
    assert complaints(browser, tmp_path / "page.html", request) == []


@pytest.mark.parametrize("brand", built_in().brands())
def test_high_contrast_is_enhanced_contrast(browser: Browser, tmp_path: Path, brand: str) -> None:
    request = Request(topic=TOPIC, brand=brand, palette="high-contrast", issued=ISSUED, to="html")
    assert complaints(browser, tmp_path / "page.html", request, enhanced=True) == []


@pytest.mark.parametrize("locale", ["ar", "ur", "th", "zh-Hans"])
def test_no_violation_in_two_languages(browser: Browser, tmp_path: Path, locale: str) -> None:
    request = Request(topic=TOPIC, companion=locale, brand="meadow-practice", issued=ISSUED, to="html")
    assert complaints(browser, tmp_path / "page.html", request) == []


def test_axe_sees_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """The measure itself is measured: a page broken on purpose is caught."""
    file = tmp_path / "page.html"
    data = make(Request(topic=TOPIC, issued=ISSUED, to="html"), built_in()).data.decode()
    file.write_text(data.replace(' aria-labelledby="b', ' data-was="b').replace("--muted: #", "--muted: #e"), "utf-8")
    browser.open(file)
    browser.run(AXE.read_text(encoding="utf-8") + ";0")
    rules = {rule for rule, _, _ in json.loads(browser.run(RUN.replace("ENHANCED", "false")))}
    assert "label" in rules
