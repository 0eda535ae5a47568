"""Single dates as resumes print them: the forms, their months and their years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

FIRST_YEAR, LAST_YEAR = 1950, 2049
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./\-])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)")
_NEAR = re.compile(r"(?:1\d|20)\d\d|['’‘]\s?\d\d|\d/\d\d|[A-Za-z][ .-]?\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One printed date. `month` is None for a bare year (`year`) and `year` None for a bare month ("June-Aug 2025").

    `last` is the last month it may stand for when it ends a range (a season); `shape` names how it was written. A month that
    no calendar has (13/2015) is kept: a range with it is impossible.
    """

    shape: str
    begin: int
    stop: int
    year: int | None
    month: int | None
    last: int | None = None


def alternatives(words: Iterable[str]) -> str:
    """A regex that matches any of `words`, the longest first; spaces match any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


class PointReader:
    """Finds single dates; built from the table `facts.dates` of the rules."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self._months: dict[str, int] = dict(own["months"])
        self._seasons: dict[str, list[int]] = dict(own["seasons"])
        mon = rf"(?:{alternatives(self._months)})(?![A-Za-zÀ-ÿ])"
        joiner = alternatives(own["joiners"])
        of = alternatives(own["of"])
        pattern = _token_pattern(mon, alternatives(self._seasons), rf"(?:[ ](?:{of})\b)?", rf"[ ]?(?:[-–—]|{joiner})[ ]?")
        self._token = re.compile(pattern, re.IGNORECASE | re.VERBOSE)

    def find(self, text: str, start: int, end: int) -> tuple[DatePoint, ...]:
        """All dates of `text[start:end]`, in order; those that only a range makes sure of (07/15, Oct 07, June) among them."""
        return tuple(point for low, high in _windows(text, start, end) for point in self._read(text, low, high))

    def _read(self, text: str, low: int, high: int) -> Iterator[DatePoint]:
        for m in self._token.finditer(text, low, high):
            point = self._point(m, text)
            if point is not None:
                yield point

    def _point(self, m: re.Match[str], text: str) -> DatePoint | None:
        shape = m.lastgroup or ""
        get = m.groupdict()
        year, month, last = _numbers(shape, get, text)
        if shape in ("dmy", "mdy", "my", "ym", "mon"):
            month = self._months[_key(get[f"{shape}_m"])]
        elif shape == "season":
            month, last = self._seasons[_key(get["season_m"])]
        elif shape == "inside":
            month, last = self._months[_key(get["inside_m"])], self._months[_key(get["inside_n"])]
        if month is not None and not 1 <= month <= 12 and shape not in ("Ym", "mY"):
            return None
        if shape == "within":
            shape = "inside" if month and last and month <= last <= 12 else ""
        return DatePoint(shape, m.start(), m.end(), year, month, last) if shape else None


def _key(word: str | None) -> str:
    return " ".join(str(word).casefold().split())


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of lines that may hold a date: the token pattern is too dear to run on all the text."""
    low = high = -1
    for m in _NEAR.finditer(text, start, end):
        if m.end() <= high:
            continue
        line = text.rfind("\n", start, m.start())
        first = max(start, text.rfind("\n", start, max(start, line)) + 1, m.start() - 40)
        last = min(end, m.end() + 40)
        if first > high:
            if high >= 0:
                yield low, high
            low = first
        high = last
    if high >= 0:
        yield low, high


def _token_pattern(mon: str, seasons: str, of: str, to: str) -> str:
    year4, any4 = r"(?:19[5-9]\d|20[0-4]\d)", r"[12]\d{3}"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    bare = r"(?-i:(?:[A-Z][a-z]{2,9}|[A-Z]{3,9}))"
    return rf"""(?<![\w$])(?:
        (?P<dmy>{day}{of}[ .\-/]?[ ]?(?P<dmy_m>{mon})\.?{of}[ ,.\-/'’‘]{{0,2}}(?P<dmy_y>{any4}|\d\d)(?!\d|[ ](?:{mon})))
      | (?P<mdy>(?P<mdy_m>{mon})\.?[ ]?{day},?[ ](?P<mdy_y>{any4})(?!\d))
      | (?P<my>(?P<my_m>{mon})\.?,?(?:{of}[ '’‘.,\-/]{{0,3}}(?P<my_y>{any4}|\d\d)|\n(?P<my_w>{any4}))
            (?!\d|[:.]\d|[ ]?%|,\d{{3}}|[ ](?:{mon})(?!\.?['’‘ .,\-/]{{0,3}}\d)))
      | (?P<inside>(?P<inside_y>{year4})(?:[ ]?\(|[ ]?[:,][ ])(?P<inside_m>{mon})\.?{to}
            (?P<inside_n>{mon})\.?(?!['’‘ .,\-]{{0,2}}\d)\)?)
      | (?P<ym>(?P<ym_y>{year4}),?[ ./\-]?(?P<ym_m>{mon})(?!\.?['’‘ .,\-]{{0,2}}\d))
      | (?P<n3>(?P<n3_a>\d{{1,2}})(?P<n3_s>[./\-])(?P<n3_b>\d{{1,2}})(?P=n3_s)(?P<n3_y>{year4}|\d\d)(?!\d))
      | (?P<iso>(?P<iso_y>{year4})[./\-](?P<iso_m>\d{{1,2}})[./\-]\d{{1,2}}(?!\d))
      | (?P<within>(?P<within_m>\d{{1,2}})[ ]?[-–—][ ]?(?P<within_n>\d{{1,2}})/(?P<within_y>{year4})(?!\d))
      | (?P<mY>(?P<mY_m>\d{{1,2}})[ ]?[/.\-][ ]?(?P<mY_y>{year4})(?!\d))
      | (?P<Ym>(?P<Ym_y>{year4})[./\-](?P<Ym_m>\d{{2}})(?![\d/]|[./]\d))
      | (?P<season>(?P<season_m>{seasons}),?[ \-]?(?:of[ ])?['’‘]?(?P<season_y>{year4}|(?<=['’‘])\d\d)(?!\d))
      | (?P<mYY>(?P<mYY_m>\d{{1,2}})/(?P<mYY_y>\d\d)(?![\d/]))
      | (?P<y>(?P<y_y>{year4})(?!\d|[,.]\d|[ ]?[%+]))
      | (?P<yy>['’‘](?P<yy_y>\d\d)(?![\w%"”]))
      | (?P<mon>(?:{day}[ ])?(?={bare})(?P<mon_m>{mon})\.?(?:[ ]{day}(?![\d,%]))?)
    )"""


def _numbers(shape: str, get: Mapping[str, str | None], text: str) -> tuple[int | None, int | None, int | None]:
    """Year, month and last month as far as digits say them."""
    raw = get.get(f"{shape}_y") or get.get(f"{shape}_w")
    year = int(raw) if raw else None
    if year is not None and len(str(raw)) == 2:
        year += 1900 if year >= 50 else 2000
    if shape == "n3":
        return year, _month_of(int(get["n3_a"] or 0), int(get["n3_b"] or 0), _month_first(text, get["n3_s"] or "")), None
    digits, last = get.get(f"{shape}_m") or "", get.get(f"{shape}_n") or ""
    return year, int(digits) if digits.isdigit() else None, int(last) if last.isdigit() else None


def _month_of(a: int, b: int, month_first: bool) -> int:
    """The month of a day-and-month pair; a number over 12 is the day, whatever the order."""
    if a > 12 or (not month_first and b <= 12):
        return b
    return a


@lru_cache(maxsize=8)
def _month_first(text: str, sign: str) -> bool:
    """Whether a document writes the month before the day with this sign.

    Its own dates that can be read in one way only tell; else slashes are US and Philippine, month first, and the rest day first.
    """
    pairs = [(int(m[1]), int(m[3])) for m in _NUMBERS.finditer(text) if m[2] == sign]
    month_first = sum(b > 12 >= a for a, b in pairs)
    day_first = sum(a > 12 >= b for a, b in pairs)
    return month_first > day_first if month_first != day_first else sign == "/"
