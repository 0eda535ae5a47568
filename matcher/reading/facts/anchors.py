"""Which date ranges of a section head a job, rather than stand in its prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.reading.facts.datepoints import DatePoint, alternatives
from matcher.reading.facts.dates import DateRange, DateReader, single
from matcher.reading.facts.jobtitles import KNOWN, TitleJudge
from matcher.reading.facts.page import Page, Span, bullet_of, trim
from matcher.records import Section

_MOST_WORDS = 16
_CELL_RIGHT = re.compile(r"\s*(?:$|[\t|•)(\n]|\s{3,})")
_PREPOSITION = re.compile(r"\b(?:in|during|for|of|between|by|on|over|since|to|the|and|year|years)\s*:?\s*$", re.IGNORECASE)
_LENGTH = re.compile(
    r"\W{0,4}\b\d+(?:\.\d+)?\s*(?:months?|years?|mos?|yrs?|weeks?|hours?)\b\.?(?:[ ,]*\d+\s*(?:months?|mos?)\b\.?)?[)\]]?"
)
_FROM = re.compile(r"\W*\bfrom\s*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range that heads a job: indices of the lines it touches, what stands beside it, and a table's title cell."""

    range: DateRange
    first: int
    last: int
    left: Span
    right: Span
    column: Span | None = None


class AnchorFinder:
    """Finds the headers' dates; built from `rules["facts"]["jobs"]`."""

    def __init__(self, rules: Mapping[str, Any], judge: TitleJudge, dates: DateReader) -> None:
        own = rules["facts"]["jobs"]
        self._judge = judge
        self._dates = dates
        self._dated = re.compile(
            rf"(?:^|\W)(?:{alternatives(own['date_labels'])})\s*[:\-–]?[\s:]*(?:from\s*:?\s*)?$", re.IGNORECASE
        )
        self._title_head = frozenset(own["title_labels"])
        self._date_head = frozenset(own["date_labels"]) | frozenset(own["date_heads"])
        self._worked_as = re.compile(own["worked_as"], re.IGNORECASE)

    def find(self, page: Page, section: Section, lines: Sequence[Span]) -> tuple[Anchor, ...]:
        """The anchors of a section, at most one to a line; `lines` are the section's lines that are not blank."""
        found: list[Anchor] = []
        column = self._column(page.text, lines)
        for r in self._ranges(page, section, lines):
            anchor = self._anchor(page.text, lines, r)
            if anchor is not None and not (found and found[-1].last >= anchor.first):
                found.append(self._with_column(page.text, lines, anchor, column))
        return tuple(found)

    def _ranges(self, page: Page, section: Section, lines: Sequence[Span]) -> Iterator[DateRange]:
        points = self._dates.find_points(page.text, section.body, section.end)
        ranges = self._dates.join(page.text, section.body, section.end, points)
        free = [p for p in points if not any(r.begin < p.stop and p.begin < r.stop for r in ranges)]
        lone = [single(p) for p in free if self._alone(page.text, lines, p)]
        yield from sorted([*ranges, *lone], key=lambda r: r.begin)

    def _alone(self, text: str, lines: Sequence[Span], point: DatePoint) -> bool:
        """Whether a single date is a job's time: a cell of a row ("Encoder | Town Hall | 2025"), or a month after a title."""
        if point.year is None or point.shape in ("mYY", "n3"):
            return False
        line = next((s for s in lines if s[0] <= point.begin < s[1]), None)
        if line is not None and point.month is not None and self._judge.placeholder.search(text, *line):
            return len(text[slice(*line)].split()) <= _MOST_WORDS
        if line is None or bullet_of(text, line) or not _CELL_RIGHT.match(text, point.stop, line[1]):
            return False
        if text[slice(*line)].strip() == text[point.begin : point.stop]:
            return self._titled_below(text, lines, line)
        cell = re.search(r"[\t|]\s*$", text[line[0] : point.begin]) is not None
        short = point.month is not None and len(text[line[0] : point.begin].split()) <= 8
        best = self._judge.best(text, (line[0], point.begin), "left") if cell or short else None
        return best is not None and best.score >= KNOWN

    def _titled_below(self, text: str, lines: Sequence[Span], line: Span) -> bool:
        """Whether the line after a date that stands alone begins with a known title."""
        below = lines.index(line) + 1
        best = self._judge.best(text, lines[below], "next") if below < len(lines) and not bullet_of(text, lines[below]) else None
        return (
            best is not None
            and best.score >= KNOWN
            and best.span[0] - lines[below][0] < 3
            and len(text[slice(*lines[below])].split()) <= 12
        )

    def _anchor(self, text: str, lines: Sequence[Span], r: DateRange) -> Anchor | None:
        first = next((i for i, s in enumerate(lines) if s[0] <= r.begin < s[1]), None)
        last = next((i for i, s in enumerate(lines) if s[0] < r.stop <= s[1]), None)
        if first is None or last is None or r.label:
            return None
        left, right = (lines[first][0], r.begin), (r.stop, lines[last][1])
        if not self._heads(text, left, right, r, lines[first]):
            return None
        return Anchor(r, first, last, self._clean_left(text, left), self._clean_right(text, right))

    def named(self, text: str, line: Span) -> Span | None:
        """The title that a sentence names ("Worked as Process Associate in ..."), where its words are those of one."""
        m = self._worked_as.search(text, *line)
        return m.span(1) if m and self._judge.score(m[1]) >= KNOWN else None

    def _clean_right(self, text: str, right: Span) -> Span:
        """What stands after a range, without the range's length in words."""
        a, b = trim(text, right)
        m = _LENGTH.match(text, a, b)
        return trim(text, (m.end() if m else a, b))

    def _clean_left(self, text: str, left: Span) -> Span:
        a, b = left
        a += bullet_of(text, left)
        for pattern in (self._dated, _FROM):
            m = pattern.search(text, a, b)
            b = m.start() if m else b
        return trim(text, (a, b))

    def _heads(self, text: str, left: Span, right: Span, r: DateRange, line: Span) -> bool:
        before, after = text[slice(*left)], text[slice(*right)]
        if self._dated.search(before) or self.named(text, line):
            return True
        if _PREPOSITION.search(before) or (after.startswith(")") and "(" not in before):
            return False
        bare = self._bare(before), self._bare(_LENGTH.sub("", after))
        n = len(bare[0].split()), len(bare[1].split())
        if bullet_of(text, line):
            large = sum(not w[0].islower() for w in bare[0].split())
            titled = self._judge.known(bare[0]) or self._judge.known(bare[1])
            return n[1] <= 6 and n[0] <= 10 and titled and 2 * large > n[0] and not self._judge.duty(bare[0])
        if "\t" in before + after or "|" in before + after or self._judge.placeholder.search(before + " " + after):
            return n[0] <= 2 * _MOST_WORDS and not _prose(before)
        return self._plain(bare, n, r)

    def _bare(self, side: str) -> str:
        return self._judge.placeholder.sub("\t", side).strip(" \t,/|-–()[]{}")

    def _plain(self, bare: tuple[str, str], n: tuple[int, int], r: DateRange) -> bool:
        """The test for lines without cells or a printed employer."""
        if n[0] == 0:
            return (
                n[1] <= _MOST_WORDS and not (n[1] > 3 and self._judge.duty(bare[1])) and not (n[1] > 7 and bare[1].endswith("."))
            )
        if n[1] == 0:
            return n[0] <= _MOST_WORDS and not _prose(bare[0]) and (self._judge.known(bare[0]) or not self._judge.duty(bare[0]))
        settled = sum(n) <= 20 and not _prose(bare[0]) and not bare[1].endswith(".")
        return (
            settled
            and (not r.years_only or sum(n) <= 12)
            and bare[0].split()[-1][:1] + bare[1][:1] != (bare[0].split()[-1][:1] + bare[1][:1]).lower()
        )

    def _column(self, text: str, lines: Sequence[Span]) -> tuple[int, int] | None:
        """Index and number of cells of the title column, where a table's head names it and its dates."""
        for span in lines[:6]:
            heads = [text[a:b].casefold() for a, b in self._judge.cells(text, span)]
            titled = [i for i, h in enumerate(heads) if h in self._title_head]
            if titled and any(h in self._date_head for h in heads):
                return titled[0], len(heads)
        return None

    def _with_column(self, text: str, lines: Sequence[Span], anchor: Anchor, column: tuple[int, int] | None) -> Anchor:
        if column is None:
            return anchor
        a, b = lines[anchor.first]
        cells = [trim(text, (a + m.start(), a + m.end())) for m in re.finditer(r"[^\t|]+", text[a:b])]
        right = (anchor.right[1], anchor.right[1])
        # The last cell may be a long one, which stands on lines of its own.
        fits = column[0] < len(cells) and len(cells) in (column[1], column[1] - 1)
        return replace(anchor, right=right, column=cells[column[0]] if fits else None)


def _prose(before: str) -> bool:
    """Whether a text holds the end of a sentence before its last words."""
    return bool(re.search(r"[a-z]{4,}[.;!]\s+[A-Z][a-z]*\s+[a-z]", before))
