"""A document as the fact readers walk it: its lines, its sections, and where a line begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from matcher.records import Fact, Line, Section

_BULLET = re.compile(r"[ \t]*(?:[•·●▪◦‣∙*○■□➢➤✓✔]|[-–—](?=\s)|\d{1,2}[.)](?=\s)|o(?=\s{2,}))[ \t]*")
_INK = re.compile(r"[^\n]")
_EDGE = " \t\n\r\f/,;:.|-–—－•·*()[]\u200b"

Span = tuple[int, int]
Value = dict[str, str | int | float | bool | None]


class Page:
    """The text of a document with its lines and sections; all offsets are those of the text."""

    __slots__ = ("_begun", "_starts", "lines", "sections", "text")

    def __init__(self, text: str, lines: Sequence[Line], sections: Sequence[Section]) -> None:
        self.text = text
        self.lines: tuple[Span, ...] = tuple((line.start, line.end) for line in lines)
        self.sections = tuple(sections)
        self._begun = [section.start for section in self.sections]
        self._starts = [start for start, _ in self.lines]

    def bodies(self, kinds: Collection[str]) -> Iterator[Section]:
        """The sections of these kinds, in text order."""
        return (s for s in self.sections if s.kind in kinds)

    def others(self, kinds: Collection[str]) -> Iterator[Section]:
        """The sections that are of none of these kinds, in text order."""
        return (s for s in self.sections if s.kind not in kinds)

    def top(self) -> tuple[Span, ...]:
        """The lines before the first heading; where there are none (a banner may be read as a heading), those of the text."""
        header = next((self.lines_of(s.start, s.end) for s in self.sections if s.kind == "header"), ())
        return header or self.lines_of(0, len(self.text))

    def kind_at(self, offset: int) -> str:
        """The kind of the section that holds `offset`, or ""."""
        place = bisect_right(self._begun, offset) - 1
        return self.sections[place].kind if place >= 0 and offset < self.sections[place].end else ""

    def line_at(self, offset: int) -> int:
        """The index of the line that holds `offset` (or of the last one before it)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def lines_of(self, start: int, end: int) -> tuple[Span, ...]:
        """The lines that are not blank and touch `[start, end)`, cut to it."""
        found: list[Span] = []
        for i in range(self.line_at(start), len(self.lines)):
            a, b = max(start, self.lines[i][0]), min(end, self.lines[i][1])
            if self.lines[i][0] >= end:
                break
            if a < b and not self.text[a:b].isspace():
                found.append((a, b))
        return tuple(found)

    def without(self, spans: Iterable[Span]) -> Page:
        """This page with blanks where `spans` are; lines, sections and offsets stay."""
        text, at = [], 0
        for start, end in sorted(spans):
            if end > at:
                text += [self.text[at : max(at, start)], _INK.sub(" ", self.text[max(at, start) : end])]
                at = end
        page = Page("".join([*text, self.text[at:]]), (), self.sections)
        page.lines, page._starts = self.lines, self._starts
        return page

    def blank_between(self, a: int, b: int) -> bool:
        """Whether an empty line stands in `text[a:b]`."""
        return self.text.count("\n", a, b) > 1


def bullet_of(text: str, span: Span) -> int:
    """How many characters of bullet or list number open `text[span]`."""
    m = _BULLET.match(text, *span)
    return m.end() - span[0] if m else 0


def trim(text: str, span: Span, edge: str = _EDGE) -> Span:
    """`span` without separators and white space at its ends; an opening bracket keeps its closing one."""
    a, b = span
    while a < b and text[a] in edge:
        a += 1
    while b > a and text[b - 1] in edge and not (text[b - 1] == ")" and text.count("(", a, b) >= text.count(")", a, b)):
        b -= 1
    return a, b


def fact(kind: str, text: str, span: Span, value: Value) -> Fact:
    """A fact whose text is `text[span]`."""
    return Fact(kind, text[span[0] : span[1]], span[0], span[1], value)


def one_line(text: str) -> str:
    """`text` with runs of white space as single spaces."""
    return " ".join(text.split())
