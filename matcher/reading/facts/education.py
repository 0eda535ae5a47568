"""Degrees and schooling, and the highest completed level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.page import Page, Span, Value, fact, one_line, trim
from matcher.records import Fact

_DATE = re.compile(r"(?:19|20)\d\d")
_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z])")
_LONGEST = 90
_SCHOOL = ("high_school", "none")
_BELOW = ("some_college", *_SCHOOL)


@dataclass(frozen=True, slots=True)
class _Hit:
    level: str
    span: Span


class EducationReader:
    """Built from `rules["education"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["education"]
        self._order: list[str] = list(own["order"])
        self._sections, self._also = frozenset(own["sections"]), frozenset(own["also"])
        self._never = frozenset(own["never"])
        self._unfinished_levels: dict[str, str] = dict(own["unfinished"])
        self._unfinished = re.compile(own["cues"]["unfinished"], re.IGNORECASE)
        self._finished, self._ongoing, self._leading = (
            re.compile(own["cues"][key], re.IGNORECASE) for key in ("finished", "ongoing", "leading")
        )
        self._slot = re.compile(rules["facts"]["slots"]["pattern"], re.IGNORECASE)
        self._levels = tuple(row["level"] for row in own["degree"])
        self._strict = _union(own["degree"], ("strict",), ())
        self._all = _union(own["degree"], ("strict", "loose"), ("cased",))
        self._opening = _union(own["degree"], (), ("cased",), r"^[^\w\n]*", r"(?=\s+(?:in\s+)?[A-Z][a-z]{3,}.*(?:19|20)\d\d)")

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "education", value {level, completed, ongoing, degree}; `level` is what the degree is once completed.

        They come from education sections; without any there, safe patterns are taken from the rest of the text.
        """
        facts = [f for s in page.bodies(self._sections) for f in self._scan(page, (s.body, s.end), self._all)]
        facts = facts or [f for s in page.bodies(self._also) for f in self._scan(page, (s.body, s.end), self._strict)]
        facts = facts or [f for s in page.others(self._never) for f in self._scan(page, (s.start, s.end), self._strict)]
        facts = facts or [f for s in page.others(self._never) for f in self._scan(page, (s.start, s.end), self._opening)]
        return tuple(facts)

    def highest(self, facts: Iterable[Fact]) -> str:
        """The highest completed level that `facts` show, or "unknown". An unfinished degree counts as the step below it."""
        shown = [
            str(f.value["level"]) if f.value["completed"] else self._unfinished_levels[str(f.value["level"])]
            for f in facts
            if f.kind == "education"
        ]
        return max(shown, key=self._order.index, default="unknown")

    def studying(self, facts: Iterable[Fact]) -> str | None:
        """The highest level of a course that goes on, or None."""
        going = [str(f.value["level"]) for f in facts if f.kind == "education" and f.value["ongoing"]]
        return max(going, key=self._order.index, default=None)

    def _scan(self, page: Page, span: Span, pattern: re.Pattern[str]) -> Iterator[Fact]:
        hits = self._hits(page, span, pattern)
        for i, hit in enumerate(hits):
            # "2nd year college, BSBA": how far one got stands before the degree.
            above = hits[i - 1] if i else None
            got = above is not None and above.level == "some_college" and "\n" not in page.text[above.span[0] : hit.span[0]]
            floor = span[0] if above is None else above.span[0 if got else 1]
            ceiling = hits[i + 1].span[0] if i + 1 < len(hits) else span[1]
            scope, line = self._scope(page, hit.span, floor, ceiling)
            degree = trim(page.text, (hit.span[0], min(line, hit.span[0] + _LONGEST)))
            if self._slot.search(page.text, hit.span[0], min(line, hit.span[0] + _LONGEST)):
                continue
            led = self._leading.search(page.text, max(0, hit.span[0] - 30), hit.span[0]) is not None
            done = not led and self._completed(page.text, scope)
            going = not done and self._ongoing.search(page.text, *scope) is not None
            name = one_line(page.text[slice(*degree)])
            value: Value = {"level": hit.level, "completed": done, "ongoing": going, "degree": name}
            yield fact("education", page.text, degree, value)

    def _hits(self, page: Page, span: Span, pattern: re.Pattern[str]) -> list[_Hit]:
        """The degrees of `span`, one printed twice on a line once.

        After a degree, words of a lower step on its line are its status or its school's name.
        """
        hits: list[_Hit] = []
        for m in pattern.finditer(page.text, *span):
            hit = _Hit(self._levels[int((m.lastgroup or "_0")[1:])], m.span(m.lastgroup or 0))
            same = bool(hits) and "\n" not in page.text[hits[-1].span[0] : hit.span[0]]
            again = same and hit.level == hits[-1].level and _letters(page.text, hit.span) == _letters(page.text, hits[-1].span)
            more = same and hits[-1].level in _SCHOOL and self._strict.match(page.text, hit.span[0]) is not None
            if not (again or (same and hit.level in _BELOW and not more)):
                hits.append(hit)
        return hits

    def _scope(self, page: Page, hit: Span, floor: int, ceiling: int) -> tuple[Span, int]:
        """Where the words about this degree stand: its line, and the next where the line has no date; and where its name ends."""
        start, end = page.lines[page.line_at(hit[0])]
        name_end = min(end, ceiling)
        below = page.line_at(hit[0]) + 1
        if not _DATE.search(page.text, start, end) and below < len(page.lines):
            end = page.lines[below][1]
        stop = _SENTENCE.search(page.text, hit[1], end)
        if stop and _DATE.search(page.text, hit[1], stop.start()):
            end = stop.start()
        return (max(start, floor), min(end, ceiling)), max(name_end, hit[1])

    def _completed(self, text: str, scope: Span) -> bool:
        return not self._unfinished.search(text, *scope) or self._finished.search(text, *scope) is not None


def _letters(text: str, span: Span) -> str:
    return "".join(c for c in text[slice(*span)].casefold() if c.isalpha())


def _union(
    rows: Iterable[Mapping[str, Any]],
    folded: tuple[str, ...],
    cased: tuple[str, ...],
    before: str = r"(?<![\w.@&/'’-])",
    after: str = "",
) -> re.Pattern[str]:
    """One pattern of all rows, a group `_i` for row i; case matters in the lists of `cased`."""
    groups: list[str] = []
    for i, row in enumerate(rows):
        parts = [f"(?i:{p})" for key in folded for p in row[key]] + [rf"(?:{p})(?![\w'’]|-\w)" for key in cased for p in row[key]]
        if parts:
            groups.append(rf"(?P<_{i}>{'|'.join(parts)})")
    return re.compile(rf"{before}(?:{'|'.join(groups)}){after}", re.MULTILINE)
