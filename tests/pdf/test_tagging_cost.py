"""Tags add no more to a file than they may; what they cost in time is the bench's to say."""

import pytest

from tests.bench.tagging import MOST_SIZE, sizes
from tests.conftest import rendered


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "th", "zh-Hans"])
@pytest.mark.parametrize("form", ["standard", "giant"])
def test_tags_add_at_most_three_tenths_to_the_size(locale: str, form: str) -> None:
    tagged, plain = sizes(rendered("", locale, format=form))
    assert plain < tagged <= plain * (1 + MOST_SIZE)
