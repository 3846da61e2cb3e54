"""Beginnings: whole, renderable, never over what is there."""

from pathlib import Path

import pytest

from handouts.library import Library
from handouts.model.authored import Brand
from handouts.model.walk import texts


def test_a_new_topic_is_whole_and_asks_to_be_replaced(run, tmp_path: Path) -> None:
    result = run("new", "topic", "dry-skin", "--library", tmp_path)
    path = tmp_path / "templates" / "topics" / "dry-skin" / "topic.toml"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert "handouts --library" in result.stderr
    topic = Library([tmp_path]).topic("dry-skin")
    assert all("eplace" in text for text in texts(topic))
    assert topic.review.on == ""


def test_a_new_brand_is_whole_and_has_a_logo(run, tmp_path: Path) -> None:
    assert run("new", "brand", "our-clinic", "--library", tmp_path / "a" / "b").exit_code == 0
    library = Library([tmp_path / "a" / "b"])
    brand = library.brand("our-clinic")
    assert isinstance(brand, Brand)
    assert library.pictures("back-fat-granules", brand)["logo"].media == "svg"


@pytest.mark.parametrize("kind", ["topic", "brand"])
def test_nothing_is_overwritten(run, tmp_path: Path, kind: str) -> None:
    run("new", kind, "mine", "--library", tmp_path)
    (path,) = tmp_path.rglob("*.toml")
    path.write_text("my work", encoding="utf-8")
    result = run("new", kind, "mine", "--library", tmp_path)
    assert result.exit_code == 6
    assert "there already" in result.stderr
    assert path.read_text(encoding="utf-8") == "my work"


def test_a_logo_that_is_there_keeps_the_brand_from_being_begun(run, tmp_path: Path) -> None:
    logo = tmp_path / "templates" / "brands" / "mine" / "logo.svg"
    logo.parent.mkdir(parents=True)
    logo.write_text("<svg/>", encoding="utf-8")
    assert run("new", "brand", "mine", "--library", tmp_path).exit_code == 6
    assert [path.name for path in logo.parent.iterdir()] == ["logo.svg"]


@pytest.mark.parametrize("name", ["../x", "Our Clinic", "a/b", "", "-x", "x" * 61, "über"])
def test_a_name_that_cannot_be_one_is_a_usage_error(run, tmp_path: Path, name: str) -> None:
    assert run("new", "brand", "--library", tmp_path, "--", name).exit_code == 2
    assert list(tmp_path.rglob("*")) == []


def test_a_library_has_to_be_named(run) -> None:
    assert run("new", "brand", "mine").exit_code == 2


def test_the_source_locale_is_not_begun(run, tmp_path: Path) -> None:
    assert run("new", "locale", "en", "--library", tmp_path).exit_code == 2
    assert run("new", "locale", "no such tag", "--library", tmp_path).exit_code == 3


def test_a_new_locale_lacks_only_its_words(run, clinic: Path) -> None:
    result = run("new", "locale", "sv_fi", "--library", clinic)
    assert result.exit_code == 0, result.stderr
    assert {Path(line).stem for line in result.stdout.splitlines()} == {"handouts", *Library([clinic]).topics()}
    library = Library([clinic])
    assert "sv-FI" in library.locales()
    catalogue = library.catalogue("sv-FI", "dry-skin")
    assert catalogue.status == "machine-draft"
    assert not any(message.text for message in catalogue.messages.values())


def test_a_locale_is_not_begun_twice(run, clinic: Path) -> None:
    run("new", "locale", "xh", "--library", clinic)
    (clinic / "locales" / "xh" / "LC_MESSAGES" / "dry-skin.po").unlink()
    again = run("new", "locale", "xh", "--library", clinic)
    assert [Path(line).stem for line in again.stdout.splitlines()] == ["dry-skin"]
    assert run("new", "locale", "xh", "--library", clinic).exit_code == 6
