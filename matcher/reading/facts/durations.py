"""Lengths of time in job posts: "at least one (1) year", "1-3 years", "6+ months", "0.6 - 3 Years"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20,
}  # fmt: skip
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})?|" + "|".join(_WORDS) + ")"
_UNIT = r"(?:years?|yrs?\.?|months?|mos?\.?|mths?)"
_DURATION = re.compile(
    rf"(?:\b(?P<between>between)\s+)?(?<![\w.$])(?P<low>{_NUMBER})(?:\s*\(\s*\d{{1,2}}\s*\))?\s*\+?\s*(?P<lowunit>{_UNIT})?"
    rf"(?:\s*(?:-|–|—|to|up\s+to|or|(?(between)and|to))\s*(?P<high>{_NUMBER})(?:\s*\(\s*\d{{1,2}}\s*\))?)?"
    rf"\s*(?:\+|plus\b|or\s+more\b)?\s*(?:a\s+)?-?\s*(?P<unit>{_UNIT})(?![\w])",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"\b(?:up\s*to|upto|(?<!no\s)(?<!not\s)less\s+than|maximum(?:\s+of)?|max|under|within|every|last|past|next|first|for\s+over)\s*$",
    re.IGNORECASE,
)
_MOST_MONTHS = 360


@dataclass(frozen=True, slots=True)
class Floor:
    """A length of time at `[start, end)`: at least `months`, at most `most` (None: no ceiling said)."""

    start: int
    end: int
    months: int
    most: int | None


def floors(text: str) -> tuple[Floor, ...]:
    """Every length of time in a text that may be a floor; ceilings ("up to 2 years"), ages and dates are none."""
    found = []
    for match in _DURATION.finditer(text):
        if _CEILING.search(text[: match.start()]):
            continue
        unit = match["unit"]
        low = _months(match["low"], match["lowunit"] or unit)
        high = _months(match["high"], unit) if match["high"] else None
        if low <= _MOST_MONTHS and (high is None or high >= low):
            found.append(Floor(match.start(), match.end(), low, high))
    return tuple(found)


def _months(number: str, unit: str) -> int:
    """Months; "0.6 years" is Indian for six months, whereas "1.5 years" is eighteen."""
    if unit.casefold().startswith("m"):
        return round(_value(number))
    if number.startswith("0.") and number != "0.5":
        return int(number[2:])
    return round(_value(number) * 12)


def _value(number: str) -> float:
    word = number.casefold()
    return float(_WORDS[word]) if word in _WORDS else float(number)
