"""Date ranges as resumes print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from matcher.reading.facts.datepoints import FIRST_YEAR, LAST_YEAR, DatePoint, PointReader, alternatives
from matcher.records import Month

_DASH = r"[^\w\s,;|()\[\]•&+./:'\"’%$#*<]{1,3}"

_SHORT = re.compile(r"\s?[-–—]\s?(\d\d)(?=\s*(?:$|[\n\t|,)]))")


@dataclass(frozen=True, slots=True)
class DateRange:
    """A stretch of time: printed at `[begin, stop)`.

    `open` = it still ran when written; `end` is then None. `years_only` = a side is a bare year, taken as the middle of that
    year (2014-2016 is July 2014 to June 2016), since on average that is right; `bare_start` and `bare_end` say which.
    `label` is "school" or "fiscal" for years that are no time at work. `problem` is "reversed" or "impossible"; both months are
    then None.
    """

    start: Month | None
    end: Month | None
    open: bool
    begin: int
    stop: int
    bare_start: bool = False
    bare_end: bool = False
    label: str = ""
    problem: str = ""

    @property
    def years_only(self) -> bool:
        """Whether a side is a bare year."""
        return self.bare_start or self.bare_end


class DateReader:
    """Finds dates and ranges; built from `rules["facts"]["dates"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["dates"]
        self._points = PointReader(own)
        joiner = alternatives(own["joiners"])
        labelled = alternatives(own["end_labels"])
        dash = rf"(?:{_DASH}|:\s?-)"
        self._gap = re.compile(
            rf"\s*(?:(?:{joiner})\b\s*:?|{dash}(?:\s*(?:{joiner})\b)?|,?\s*(?:{labelled})\s*:)(?:\s+the\b)?\s*", re.IGNORECASE
        )
        self._and = re.compile(r"\s*(?:and|&|y)\s*", re.IGNORECASE)
        self._between = re.compile(r"(?<!\w)(?:between|entre)\s*(?:the\s+)?$", re.IGNORECASE)
        self._columns = re.compile(own["columns"], re.IGNORECASE | re.MULTILINE)
        ending = alternatives(own["open_alone"])
        self._open = re.compile(
            rf"\s*(?:{dash}\s*)?(?:(?:(?:{joiner})\s+){{1,2}}(?:the\s+)?\(?(?:{ending})|(?<=[^\w\s])\s*\(?(?:{ending})"
            rf"|\b(?:{alternatives(own['onwards'])}))(?![\w])"
            rf"|\s*{dash}\s*\(?(?:{ending})(?![\w])|,?\s*(?:{labelled})\s*:\s*(?:{ending})(?![\w])",
            re.IGNORECASE,
        )
        backwards = rf"(?:{ending})\s*(?:(?:{joiner})|{_DASH})"
        self._since = re.compile(rf"(?<!\w)(?:{alternatives(own['since'])}|{backwards})\s*:?\s*$", re.IGNORECASE)
        self._open_cell = re.compile(rf"\s*[\t|]\s*(?:{ending})(?![\w])", re.IGNORECASE)
        self._labels = tuple(
            (name, re.compile(rf"(?<!\w)(?:{alternatives(own[name])})[\s:.\-]*$", re.IGNORECASE)) for name in ("school", "fiscal")
        )

    def find_points(self, text: str, start: int, end: int) -> tuple[DatePoint, ...]:
        """All dates of `text[start:end]`, in order; those that only a range makes sure of (07/15, Oct 07, June) among them."""
        return self._points.find(text, start, end)

    def join(self, text: str, start: int, end: int, points: tuple[DatePoint, ...]) -> tuple[DateRange, ...]:
        """The ranges that `points`, all dates of `text[start:end]`, make, in order; ranges wrapped over lines too."""
        columns = bool(points) and self._columns.search(text, start, end) is not None
        return tuple(self._label(text, start, r) for r in self._pairs(text, (start, end), points, columns))

    def _pairs(self, text: str, span: tuple[int, int], points: tuple[DatePoint, ...], columns: bool) -> Iterator[DateRange]:
        start, end = span
        i = 0
        while i < len(points):
            point = points[i]
            after = points[i + 1] if i + 1 < len(points) else None
            if point.shape == "inside":
                yield _build(replace(point, last=None), replace(point, month=point.last, last=None))
            elif m := self._opens(text, point, end, columns):
                if point.shape != "mon":
                    yield _build(point, None, m.end())
            elif after is not None and (joined := self._joined(text, start, point, after, columns)) is not None:
                yield joined
                i += 1
            elif point.shape == "Ym" and _short_years(point):
                yield _build(*_years_of(point))
            elif point.shape == "y" and (m := _SHORT.match(text, point.stop, end)) and int(m[1]) > (point.year or 0) % 100:
                yield _build(*_years_of(replace(point, month=int(m[1]), stop=m.end())))
            elif point.year and point.shape not in ("mYY", "yy") and (m := self._after_since(text, start, point)):
                yield replace(_build(point, None, point.stop), begin=m.start())
            i += 1

    def _opens(self, text: str, point: DatePoint, end: int, columns: bool) -> re.Match[str] | None:
        m = self._open.match(text, point.stop, end)
        return m or (self._open_cell.match(text, point.stop, end) if columns else None)

    def _after_since(self, text: str, start: int, point: DatePoint) -> re.Match[str] | None:
        return self._since.search(text, max(start, point.begin - 16), point.begin)

    def _joined(self, text: str, start: int, a: DatePoint, b: DatePoint, columns: bool) -> DateRange | None:
        """The range from one date to the next, or None where what stands between them does not join them."""
        if b.begin - a.stop > 30:
            return None
        alike = (a.month is None) == (b.month is None) and a.year and b.year
        gap = text[a.stop : b.begin]
        joins = (
            self._gap.fullmatch(gap)
            or (self._and.fullmatch(gap) and self._between.search(text, max(start, a.begin - 16), a.begin))
            or (columns and alike and re.fullmatch(r"\s*[\t|]\s*", gap))
            or (a.shape == b.shape == "my" and gap == " / ")
        )
        if not joins or b.shape == "mon":
            return None
        if a.shape == "my" and b.shape == "mdy" and re.search(r"[ ]\d\d?$", text[a.begin : a.stop]):
            a = replace(a, shape="mon", year=None)  # "Aug 15 - Dec 20, 2020": the number is a day
        if ("mYY" in (a.shape, b.shape) and a.shape != b.shape) or (a.shape == "mon" and (b.month is None or b.year is None)):
            return None
        if "yy" in (a.shape, b.shape) and not {a.shape, b.shape} <= {"yy", "y"}:
            return None
        return _build(a, b)

    def _label(self, text: str, start: int, found: DateRange) -> DateRange:
        before = max(start, found.begin - 20)
        for name, pattern in self._labels:
            if pattern.search(text, before, found.begin):
                return replace(found, label=name)
        return found


def single(point: DatePoint) -> DateRange:
    """A range of one printed date; a bare year counts as its middle six months."""
    return _build(point, replace(point))


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
    bare = a.month is None, b is not None and b.month is None
    begin, stop = a.begin, b.stop if b is not None else stop
    bad = any(p is not None and not _possible(p) for p in (a, b))
    if bad:
        return DateRange(None, None, b is None, begin, stop, *bare, problem="impossible")
    start = Month(a.year or 0, a.month or 7)
    if b is None:
        return DateRange(start, None, True, begin, stop, *bare)
    if (b.year or 0) < start.year or (b.month and a.month and _end(b) < start):
        return DateRange(None, None, False, begin, stop, *bare, problem="reversed")
    start, end = _spread(a, b, start)
    return DateRange(start, end, False, begin, stop, *bare)


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
