"""Dates and date ranges as resumes print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matcher.records import Month

FIRST_YEAR, LAST_YEAR = 1950, 2049
_DASH = r"[^\w\s,;|()\[\]•&+./:'\"’%$#*<]{1,3}"


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One printed date. `month` is None for a bare year (`year`) and `year` None for a bare month ("June-Aug 2025").

    `last` is the last month it may stand for when it ends a range (a season); `shape` names how it was written.
    """

    shape: str
    begin: int
    stop: int
    year: int | None
    month: int | None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of time: printed at `[begin, stop)`.

    `open` = it still ran when written; `end` is then None. `years_only` = a side is a bare year, taken as the middle of that
    year (2014-2016 is July 2014 to June 2016), since on average that is right. `label` is "school" or "fiscal" for years that
    are no time at work. `problem` is "reversed" or "impossible"; both months are then None.
    """

    start: Month | None
    end: Month | None
    open: bool
    begin: int
    stop: int
    years_only: bool = False
    label: str = ""
    problem: str = ""


def alternatives(words: Iterable[str]) -> str:
    """A regex that matches any of `words`, the longest first; spaces match any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


class DateReader:
    """Finds dates and ranges; built from `rules["facts"]["dates"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["dates"]
        self._months: dict[str, int] = dict(own["months"])
        self._seasons: dict[str, list[int]] = dict(own["seasons"])
        mon = rf"(?:{alternatives(self._months)})(?![A-Za-zÀ-ÿ])"
        self._token = re.compile(_token_pattern(mon, alternatives(self._seasons)), re.IGNORECASE | re.VERBOSE)
        joiner = alternatives(own["joiners"])
        self._gap = re.compile(rf"\s*(?:(?:{joiner})\b|{_DASH}(?:\s*to\b)?)(?:\s+the\b)?\s*", re.IGNORECASE)
        ending = alternatives(own["open_alone"])
        self._open = re.compile(
            rf"\s*(?:{_DASH}\s*)?(?:(?:(?:{joiner})\s+){{1,2}}(?:{ending})|(?<=[^\w\s])\s*(?:{ending})|\b(?:{alternatives(own['onwards'])}))(?![\w])"
            rf"|\s*{_DASH}\s*(?:{ending})(?![\w])",
            re.IGNORECASE,
        )
        backwards = rf"(?:{ending})\s*(?:(?:{joiner})|{_DASH})"
        self._since = re.compile(rf"(?<!\w)(?:{alternatives(own['since'])}|{backwards})\s*$", re.IGNORECASE)
        self._labels = tuple(
            (name, re.compile(rf"(?<!\w)(?:{alternatives(own[name])})[\s:.\-]*$", re.IGNORECASE)) for name in ("school", "fiscal")
        )
        self._near = re.compile(r"(?:1\d|20)\d\d|['’]\s?\d\d|\d/\d\d|[A-Za-z][ .-]?\d\d(?!\d)")

    def find_points(self, text: str, start: int, end: int) -> tuple[DatePoint, ...]:
        """All dates of `text[start:end]`, in order; those that only a range makes sure of (07/15, Oct 07, June) among them."""
        found: list[DatePoint] = []
        for low, high in self._windows(text, start, end):
            for m in self._token.finditer(text, low, high):
                point = self._point(m)
                if point is not None:
                    found.append(point)
        return tuple(found)

    def join(self, text: str, start: int, end: int, points: tuple[DatePoint, ...]) -> tuple[DateRange, ...]:
        """The ranges that `points`, all dates of `text[start:end]`, make, in order; ranges wrapped over lines too."""
        return tuple(self._label(text, start, r) for r in self._pairs(text, start, end, points))

    def _windows(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Stretches of lines that may hold a date: the token pattern is too dear to run on all the text."""
        low = high = -1
        for m in self._near.finditer(text, start, end):
            if m.end() <= high:
                continue
            first = max(start, text.rfind("\n", start, m.start()) + 1, m.start() - 40)
            last = min(end, m.end() + 40)
            if first > high:
                if high >= 0:
                    yield low, high
                low = first
            high = last
        if high >= 0:
            yield low, high

    def _point(self, m: re.Match[str]) -> DatePoint | None:
        shape = m.lastgroup or ""
        get = m.groupdict()
        year, month, last = _numbers(shape, get)
        if shape in ("dmy", "mdy", "my", "ym", "mon"):
            month = self._months[str(get[f"{shape}_m"]).casefold()]
        elif shape == "season":
            month, last = self._seasons[str(get["season_m"]).casefold()]
        elif shape == "inside":
            month = self._months[str(get["inside_m"]).casefold()]
            last = self._months[str(get["inside_n"]).casefold()]
        if month is not None and not 1 <= month <= 12 and shape != "Ym":
            return None
        return DatePoint(shape, m.start(), m.end(), year, month, last)

    def _pairs(self, text: str, start: int, end: int, points: tuple[DatePoint, ...]) -> Iterator[DateRange]:
        i = 0
        while i < len(points):
            point = points[i]
            after = points[i + 1] if i + 1 < len(points) else None
            if point.shape == "inside":
                yield _build(replace(point, last=None), replace(point, month=point.last, last=None))
            elif m := self._open.match(text, point.stop, end):
                if point.shape != "mon":
                    yield _build(point, None, m.end())
            elif after is not None and self._joined(text, point, after):
                yield _build(point, after)
                i += 1
            elif point.shape == "Ym" and _short_years(point):
                yield _build(*_years_of(point))
            elif (
                point.year and point.shape != "mYY" and (m := self._since.search(text, max(start, point.begin - 16), point.begin))
            ):
                yield replace(_build(point, None, point.stop), begin=m.start())
            i += 1

    def _joined(self, text: str, a: DatePoint, b: DatePoint) -> bool:
        if b.begin - a.stop > 30 or not self._gap.fullmatch(text, a.stop, b.begin):
            return False
        if "mYY" in (a.shape, b.shape):
            return a.shape == b.shape
        return b.shape != "mon" and not (a.shape == "mon" and (b.month is None or b.year is None))

    def _label(self, text: str, start: int, found: DateRange) -> DateRange:
        before = max(start, found.begin - 20)
        for name, pattern in self._labels:
            if pattern.search(text, before, found.begin):
                return replace(found, label=name)
        return found


def single(point: DatePoint) -> DateRange:
    """A range of one printed date; a bare year counts as its middle six months."""
    return _build(point, replace(point))


def _token_pattern(mon: str, seasons: str) -> str:
    year4, any4 = r"(?:19[5-9]\d|20[0-4]\d)", r"[12]\d{3}"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    bare = r"(?-i:(?:[A-Z][a-z]{2,9}|[A-Z]{3,9}))"
    return rf"""(?<![\w$])(?:
        (?P<dmy>{day}[ .\-/]?[ ]?(?P<dmy_m>{mon})\.?[ ,.\-/'’]{{0,2}}(?P<dmy_y>{any4}|\d\d)(?!\d))
      | (?P<mdy>(?P<mdy_m>{mon})\.?[ ]?{day},?[ ](?P<mdy_y>{any4})(?!\d))
      | (?P<my>(?P<my_m>{mon})\.?,?[ ]?(?:of[ ])?[ '’.,\-/]{{0,2}}(?P<my_y>{any4}|\d\d)(?!\d|[:.]\d|[ ]?%|,\d{{3}}))
      | (?P<inside>(?P<inside_y>{year4})[ ]?\((?P<inside_m>{mon})\.?[ ]?[-–—][ ]?(?P<inside_n>{mon})\.?\))
      | (?P<ym>(?P<ym_y>{year4})[ ./\-]?(?P<ym_m>{mon})(?!\.?['’ .,\-]{{0,2}}\d))
      | (?P<n3>(?P<n3_a>\d{{1,2}})(?P<n3_s>[./\-])(?P<n3_b>\d{{1,2}})(?P=n3_s)(?P<n3_y>{year4}|\d\d)(?!\d))
      | (?P<iso>(?P<iso_y>{year4})[./\-](?P<iso_m>\d{{1,2}})[./\-]\d{{1,2}}(?!\d))
      | (?P<mY>(?P<mY_m>\d{{1,2}})[ ]?[/.\-][ ]?(?P<mY_y>{year4})(?!\d))
      | (?P<Ym>(?P<Ym_y>{year4})[./\-](?P<Ym_m>\d{{2}})(?![\d/]|[./]\d))
      | (?P<season>(?P<season_m>{seasons}),?[ ](?:of[ ])?(?P<season_y>{year4})(?!\d))
      | (?P<mYY>(?P<mYY_m>\d{{1,2}})/(?P<mYY_y>\d\d)(?![\d/]))
      | (?P<y>(?P<y_y>{year4})(?!\d|[,.]\d|[ ]?[%+]))
      | (?P<mon>(?={bare})(?P<mon_m>{mon})\.?)
    )"""


def _numbers(shape: str, get: Mapping[str, str | None]) -> tuple[int | None, int | None, int | None]:
    """Year and month as far as digits say them."""
    raw = get.get(f"{shape}_y")
    year = int(raw) if raw else None
    if year is not None and len(str(raw)) == 2:
        year += 1900 if year >= 50 else 2000
    if shape == "n3":
        a, b = int(get["n3_a"] or 0), int(get["n3_b"] or 0)
        return year, _month_of(a, b, get["n3_s"] == "/"), None
    digits = get.get(f"{shape}_m") or ""
    return year, int(digits) if digits.isdigit() else None, None


def _month_of(a: int, b: int, month_first: bool) -> int:
    """The month of a day-and-month pair: month first with slashes (US, PH), day first otherwise, unless a number is over 12."""
    if a > 12 or (not month_first and b <= 12):
        return b
    return a


def _short_years(point: DatePoint) -> bool:
    """Whether "2021-22" is two years rather than a month."""
    return point.year is not None and point.month is not None and point.month > point.year % 100


def _years_of(point: DatePoint) -> tuple[DatePoint, DatePoint]:
    year, short = point.year or 0, point.month or 0
    first = replace(point, shape="y", month=None)
    return first, replace(first, year=year - year % 100 + short)


def _build(a: DatePoint, b: DatePoint | None, stop: int = 0) -> DateRange:
    if b is not None and a.year is None and b.year is not None and a.month is not None and b.month is not None:
        a = replace(a, year=b.year if a.month <= b.month else b.year - 1)
    years_only = a.month is None or (b is not None and b.month is None)
    begin, stop = a.begin, b.stop if b is not None else stop
    bad = any(p is not None and not _possible(p) for p in (a, b))
    if bad:
        return DateRange(None, None, b is None, begin, stop, years_only, problem="impossible")
    start = Month(a.year or 0, a.month or 7)
    if b is None:
        return DateRange(start, None, True, begin, stop, years_only)
    if (b.year or 0) < start.year or (b.month and a.month and _end(b) < start):
        return DateRange(None, None, False, begin, stop, years_only, problem="reversed")
    start, end = _spread(a, b, start)
    return DateRange(start, end, False, begin, stop, years_only)


def _possible(point: DatePoint) -> bool:
    return point.year is not None and FIRST_YEAR <= point.year <= LAST_YEAR and (point.month is None or 1 <= point.month <= 12)


def _end(point: DatePoint) -> Month:
    month = point.last or point.month or 6
    wraps = point.last is not None and point.month is not None and point.last < point.month
    return Month((point.year or 0) + wraps, month)


def _spread(a: DatePoint, b: DatePoint, start: Month) -> tuple[Month, Month]:
    """Months of a range whose bare years stand for their middles; never less than one month."""
    end = _end(b)
    if a.year == b.year and a.month is None and b.month is None:
        return Month(a.year or 0, 4), Month(a.year or 0, 9)
    if end < start:
        end = Month(b.year or 0, 12) if b.month is None else end
        start = Month(a.year or 0, 1) if a.month is None else start
    return start, max(start, end)
