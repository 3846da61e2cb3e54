"""Where a line may be broken: ICU's breaker (UAX #14 with dictionaries) less what a value must keep together."""

import re
from functools import lru_cache
from itertools import accumulate

from icu4py.breakers import LineBreaker

# A value and its unit, a range, a telephone number: "5–10", "20 mg", "30 %", "020 7946 0958", "+44 20 …"; and words
# joined by a hyphen: at a line's end, readers take it for a division and drop it from what is copied or searched.
_TOGETHER = re.compile(
    r"(?<=\w)[-‐](?=\w)|"
    r"(?<=\d)[\s\u00a0]?[–—‑-][\s\u00a0]?(?=\d)|(?<=\d)[ \u00a0](?=\d)"
    r"|(?<=\d)[ \u00a0](?=(?:mg|µg|mcg|kg|g|ml|mL|l|L|cm|mm|°C|%|мг|мл|г|मि|毫克)(?!\w))"
)
# Phrase-aware Japanese; strict kinsoku for all CJK; Korean breaks at spaces like Latin text.
_ICU_LOCALE = {"ja": "ja@lb=strict;lw=phrase", "zh": "zh@lb=strict", "ko": "ko@lw=phrase"}


@lru_cache(maxsize=8192)
def opportunities(text: str, language: str) -> tuple[int, ...]:
    """Return the offsets (in characters) before which a line may start, ascending; the text's end is the last one.

    ICU's own offsets count UTF-16 units, so segments are measured instead. Mandatory breaks are not told apart: a
    message is one paragraph.
    """
    locale = _ICU_LOCALE.get(language.partition("-")[0], language)
    ends = list(accumulate(len(segment) for segment in LineBreaker(text, locale)))
    kept = {position for match in _TOGETHER.finditer(text) for position in range(match.start(), match.end() + 1)}
    return tuple(end for end in ends if end == len(text) or end not in kept)
