"""Changed English reaches no patient in an old translation: exactly its message is stale, in every locale."""

import shutil
from pathlib import Path

import pytest

from handouts.check.catalogue import findings
from handouts.errors import ContentError
from handouts.findings import Finding
from handouts.library import Library
from handouts.make import make
from handouts.model.request import Request
from handouts.model.walk import texts
from tests.conftest import ISSUED, ROOT, TOPIC, built_in, rendered

LOCALES = [locale for locale in built_in().locales() if locale != "en"]
KEY = "daily.cotton-clothes"
ENGLISH = "Wear loose, breathable cotton clothes."
CHANGED = "Wear loose cotton clothes."


class Copy:
    """A user's library with a copy of the topic."""

    def __init__(self, root: Path) -> None:
        self.path = root / "templates" / "topics" / TOPIC / "topic.toml"
        self.path.parent.mkdir(parents=True)
        shutil.copy(ROOT / "templates" / "topics" / TOPIC / "topic.toml", self.path)
        self.library = Library((root,))

    def reword(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.path.write_text(text.replace(old, new), encoding="utf-8")

    def seen(self, locale: str) -> tuple[Finding, ...]:
        english = [*texts(self.library.words()), *texts(self.library.topic(TOPIC))]
        return findings(self.library.catalogue(locale, TOPIC), english)

    def make(self, locale: str) -> str:
        return make(Request(topic=TOPIC, locale=locale, issued=ISSUED), self.library).sha256


def test_one_changed_sentence_is_stale_in_every_locale_and_as_before_when_restored(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.reword(ENGLISH, CHANGED)
    for locale in LOCALES:
        assert [(one.rule, one.where.key) for one in copy.seen(locale)] == [("catalogue.stale", KEY)]
    copy.reword(CHANGED, ENGLISH)
    for locale in LOCALES:
        assert copy.seen(locale) == ()


@pytest.mark.parametrize("locale", ["es", "ar", "zh-Hans"])
def test_a_leaflet_with_a_stale_sentence_is_not_made_and_says_why(locale: str, tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    copy.reword(ENGLISH, CHANGED)
    with pytest.raises(ContentError) as caught:
        copy.make(locale)
    reason = next(one for one in caught.value.findings if one.rule == "catalogue.stale")
    assert (reason.where.key, reason.where.locale, reason.where.domain) == (KEY, locale, TOPIC)
    assert CHANGED in reason.message
    assert caught.value.exit_code == 4
    assert copy.make("en")
    copy.reword(CHANGED, ENGLISH)
    assert copy.make(locale) == rendered(locale=locale).sha256
