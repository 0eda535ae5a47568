"""Passages that a file prints again and again: they are read once, and told.

The same duties under several jobs, a heading on each page, the labels of a table are honest: a passage is taken for stuffing
where its copies follow each other directly, or where many of them stand together without a year between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.documents.cutting import without
from matcher.documents.hidden import quoted
from matcher.records import Document, Notice

CODE = "repeated-text"
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[/.-]\d\d|(?:(?<=['’])|(?<=[^\W\d_]{3}-))\d\d)(?!\d)")
"""As dates of jobs write it: "2019", "Jan2019", "06/19", "Jan '19", "Jan-19"."""
_GRAM = 5
_IN_A_ROW = 3
"""Copies that follow each other directly, of whatever length; a passage of `_LONG` words is left out the second time."""
_LEAST = 12
"""Fewer words printed again than this are no stuffing."""
_LONG = 100
_APART = ((10, 4), (5, 10))
"""Words of a passage, and how often it stands in a stretch without a year."""
_TELLING = 4
"""Different words without which a passage is a row of a table."""
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class _Copy:
    """Words `[first, last)` that repeat a passage of `period` words."""

    first: int
    last: int
    period: int


def unrepeated(document: Document) -> Document:
    """The document with each such passage once, and a notice for each."""
    matches = list(_WORD.finditer(document.text))
    words = [match.group().casefold() for match in matches]
    grams = Counter(zip(*(words[i:] for i in range(_GRAM)), strict=False))
    often = max(grams.values(), default=0)
    if often < _IN_A_ROW and len(words) - len(grams) < _LONG:
        return document
    lines = _lines(document, [match.start() for match in matches])
    copies = [
        trimmed
        for copy in _joined([*_in_a_row(words), *_apart(words, _years(document.text, matches))])
        if (trimmed := _trimmed(copy, lines))
    ]
    if not copies:
        return document
    spans = [(matches[copy.first].start(), _end(document.text, matches[copy.last - 1].end())) for copy in copies]
    ends = [match.end() for match in matches]
    notices = tuple(_notices(document, words, ends, copies, spans))
    return replace(without(document, spans), warnings=(*document.warnings, *notices))


def _end(text: str, end: int) -> int:
    """With the stop or comma after the last word."""
    while end < len(text) and text[end] in ".,;|":
        end += 1
    return end


def _in_a_row(words: Sequence[str]) -> Iterator[_Copy]:
    """Runs of words each of which is the one `period` words before it."""
    last: dict[tuple[str, ...], int] = {}
    period = start = 0
    for i in range(len(words) + 1):
        if period and i < len(words) and words[i] == words[i - period]:
            pass
        else:
            if period and _counts(words, start, i, period):
                yield _Copy(start, i, period)
            key = tuple(words[max(0, i - 2) : i + 1])
            period = i - last[key] if key in last else 0
            start = i
            while period and start > period and words[start - 1] == words[start - 1 - period]:
                start -= 1
        last[tuple(words[max(0, i - 2) : i + 1])] = i


def _counts(words: Sequence[str], start: int, end: int, period: int) -> bool:
    run = end - start
    letters = sum(len(word) > 2 and word.isalpha() for word in words[start : start + period])
    often = run >= (_IN_A_ROW - 1) * period and run >= _LEAST
    return 2 * letters >= period and (often or (period >= _LONG and run >= period))


def _years(text: str, matches: Sequence[re.Match[str]]) -> list[int]:
    """How many years have come before each word, and after the last one."""
    found = [match.start() for match in _YEAR.finditer(text)]
    return [0, *(bisect_left(found, match.end()) for match in matches)]


def _apart(words: Sequence[str], years: Sequence[int]) -> Iterator[_Copy]:
    """Later copies of passages that stand often in a stretch without a year."""
    for length, least in _APART:
        places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for i, gram in enumerate(zip(*(words[i:] for i in range(length)), strict=False)):
            places[gram].append(i)
        for gram, found in places.items():
            if len(found) >= least and len({word for word in gram if len(word) > 2 and word.isalpha()}) >= _TELLING:
                for chain in _chains(found, years, length):
                    if len(chain) >= least:
                        yield from (_Copy(i, i + length, length) for i in chain[1:])


def _chains(places: Sequence[int], years: Sequence[int], length: int) -> list[list[int]]:
    """Places that follow each other, not overlapping, without a year from one to the next."""
    chains: list[list[int]] = []
    for place in places:
        if chains and years[place + length] == years[chains[-1][-1]]:
            if place >= chains[-1][-1] + length:
                chains[-1].append(place)
        else:
            chains.append([place])
    return chains


def _joined(copies: Sequence[_Copy]) -> list[_Copy]:
    found: list[_Copy] = []
    for copy in sorted(copies, key=lambda copy: (copy.first, -copy.last)):
        if found and copy.first < found[-1].last:
            before = found[-1]
            if copy.last > before.last:
                same = before.period == before.last - before.first
                period = copy.last - before.first if same else before.period
                found[-1] = _Copy(before.first, copy.last, period)
        else:
            found.append(copy)
    return found


def _lines(document: Document, starts: Sequence[int]) -> list[int]:
    """The number of the line in which each word stands."""
    firsts = [line.start for line in document.lines]
    return [bisect_right(firsts, start) for start in starts]


def _trimmed(copy: _Copy, lines: Sequence[int]) -> _Copy | None:
    """Without the smaller part of a line at either end: the next item's first word is no part of a passage."""
    first, last = copy.first, copy.last
    if lines[first] == lines[last - 1]:
        return copy
    below = next(i for i in range(last - 1, -1, -1) if i == 0 or lines[i - 1] != lines[last - 1])
    rest = next((i for i in range(last, len(lines)) if lines[i] != lines[last - 1]), len(lines))
    if rest - last >= last - below:
        last = below
    above = next(i for i in range(first, len(lines) + 1) if i == len(lines) or lines[i] != lines[first])
    begun = next(i for i in range(first, -1, -1) if i == 0 or lines[i - 1] != lines[first])
    if first - begun >= above - first:
        first = above
    return _Copy(first, last, min(copy.period, last - first)) if last - first >= _GRAM else None


def _notices(
    document: Document,
    words: Sequence[str],
    ends: Sequence[int],
    copies: Sequence[_Copy],
    spans: Sequence[tuple[int, int]],
) -> Iterator[Notice]:
    """One for each passage, told at its first copy that is left out."""
    passages: dict[tuple[str, ...], list[int]] = {}
    for number, copy in enumerate(copies):
        passages.setdefault(tuple(words[copy.first : copy.first + copy.period]), []).append(number)
    for passage, numbers in list(passages.items())[:_MOST_TOLD]:
        times = 1 + sum((copies[n].last - copies[n].first) // len(passage) for n in numbers)
        start = spans[numbers[0]][0]
        shown = document.text[start : ends[copies[numbers[0]].first + len(passage) - 1]]
        place = next(document.boxes(start, spans[numbers[0]][1]), None)
        where = f" from page {document.page_of(start)} on" if place else ""
        yield Notice(CODE, f"prints the same words {times} times{where}; they are read once", place, quoted(shown))
