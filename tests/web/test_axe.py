"""axe-core finds nothing to mend in any page, in headless Chromium, in light and dark, on a telephone and a desk.

Chromium is Debian's; axe-core comes from npm into ``.ci/node`` (see ``.ci/run``). Without them these tests are skipped.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handouts.make import make
from handouts.model.request import Request
from tests.conftest import ISSUED, ROOT, TOPIC, built_in
from tests.web.browser import PROGRAM, Browser

AXE = ROOT / ".ci" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOCALES = built_in().locales()

pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="Chromium (Debian: chromium) is not installed"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not in .ci/node (npm install --prefix .ci/node axe-core)"),
]

CONTRAST = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
LOOKS = [*CONTRAST, "scrollable-region-focusable", "target-size"]
"""The rules whose verdict hangs on the colours or the width; the others see the same on every screen."""

# Everything that axe knows, its best practices and experiments too; but enhanced contrast (WCAG's level AAA) is asked
# of high contrast only. What axe cannot decide by itself counts like a violation.
RUN = """
axe.run(document, {rules: Object.fromEntries(axe.getRules().map(({ruleId: rule, tags}) =>
  [rule, {enabled: (!ONLY.length || ONLY.includes(rule)) && (ENHANCED || !tags.includes("wcag2aaa"))}]))}).then(found =>
  JSON.stringify([...found.violations, ...found.incomplete].flatMap(rule => rule.nodes.map(
    node => [rule.id, node.target.join(" "), node.failureSummary || ""]))))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as one:
        yield one


def load_axe(browser: Browser) -> None:
    browser.run(AXE.read_text(encoding="utf-8") + ";0")


def run_axe(browser: Browser, only: list[str], *, enhanced: bool = False) -> list[Any]:
    """What axe says of the open page: rule, element, reason."""
    script = RUN.replace("ONLY", json.dumps(only)).replace("ENHANCED", json.dumps(enhanced))
    return list(json.loads(browser.run(script)))


def complaints(browser: Browser, file: Path, request: Request, *, enhanced: bool = False) -> list[Any]:
    """What axe says of a leaflet's page on each screen. The page must fetch nothing and fit the screen's width."""
    file.write_bytes(make(request, built_in()).data)
    asked = browser.open(file)
    assert [address for address in asked if not address.startswith("data:")] == [file.absolute().as_uri()]
    load_axe(browser)
    found = []
    for only, scheme, width in (([], "light", 1100), (LOOKS, "dark", 390)):
        browser.screen(scheme, width)
        assert browser.run("document.documentElement.scrollWidth") <= width
        found += run_axe(browser, only, enhanced=enhanced)
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
    faint = re.sub(r"--muted: #\w+", "--muted: #707070", data)
    file.write_text(faint.replace(' aria-labelledby="b', ' data-was="b'), "utf-8")
    browser.open(file)
    load_axe(browser)
    assert {rule for rule, _, _ in run_axe(browser, [])} == {"label"}
    browser.screen("dark", 390)
    assert {rule for rule, _, _ in run_axe(browser, LOOKS)} == {"color-contrast"}
