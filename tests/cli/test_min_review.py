"""A brand that hands out reviewed translations only gets no others, but as drafts."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

TOPIC = "back-fat-granules"


def test_a_brand_can_refuse_what_nobody_has_checked(run: Callable[..., Result], clinic: Path, tmp_path: Path) -> None:
    brand = clinic / "templates" / "brands" / "clinic" / "brand.toml"
    brand.write_text('min_review = "reviewed"\n' + brand.read_text(encoding="utf-8"), encoding="utf-8")
    asked = (
        "render",
        TOPIC,
        "--library",
        clinic,
        "--brand",
        "clinic",
        "--issued",
        "2026-11-28",
        "-o",
        tmp_path / "out",
    )
    refused = run(*asked, "--locale", "es")
    assert refused.exit_code == 4
    assert "[content.min-review]" in refused.stderr
    assert all(word in " ".join(refused.stderr.split()) for word in ("“clinic”", "“es”", "reviewed", "machine-draft"))
    assert not (tmp_path / "out").exists()
    assert run(*asked, "--locale", "es", "--draft").exit_code == 0
    assert run(*asked, "--locale", "en").exit_code == 0
