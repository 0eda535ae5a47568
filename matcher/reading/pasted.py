"""Passages of a resume that speak as a job post does: somebody pasted a post there. They claim nothing, and people are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matcher.documents.hidden import quoted
from matcher.reading.units import units
from matcher.records import Document, Notice, Section

CODE = "pasted-post"
_MANY = re.IGNORECASE | re.MULTILINE
_LEAST = 6.0
"""Points from which a passage is taken for a post: about three sentences that only an employer writes."""
_DIFFERENT, _ASKING = 4, 2
"""So many different wordings of an employer at least, and of those that nobody else uses: one that is repeated proves nothing."""
_SILENT = -0.25
"""What a sentence takes away that speaks for neither side."""
_TELLS = -3.0
_ASKS = 2.0
_MOST = 2
_LEADS = 16
"""Sentences before the first telling one that may be its title, employer and place, and its first duties."""
_TRAILS = 3
_GAPS = 3
_BLANK = re.compile(r"\n[ \t]*\n")
_BULLET = re.compile(r"\s[-*•·▪●]\s+(?=\S)")

Span = tuple[int, int]


class PastedPosts:
    """Finds such passages by `[pasted]` of `taxonomy/kinds.toml`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        table = rules["kinds"]["pasted"]
        self._asks, self._hints, self._tells = (_patterns(table[name]) for name in ("asks", "hints", "tells"))
        self._headings = frozenset(table["headings"])

    def found(self, text: str, sections: Sequence[Section]) -> tuple[Span, ...]:
        """Where the passages are, in text order, apart from each other."""
        rows = [piece for unit in units(text) for piece in _pieces(text, unit.start, unit.end)]
        points = [self._points(text[start:end]) for start, end in rows]
        different = [self._wordings(text[start:end]) for start, end in rows]
        starts = frozenset(section.start for section in sections)
        found: list[Span] = []
        for first, last in _runs(points):
            used = frozenset().union(*different[first : last + 1])
            if len(used) >= _DIFFERENT and sum(wording >= 0 for wording in used) >= _ASKING:
                first = self._silent(text, rows, points, range(first - 1, max(-1, first - 1 - _LEADS), -1), starts, first)
                last = self._silent(text, rows, points, range(last + 1, min(len(rows), last + 1 + _TRAILS)), starts, last)
                found.append((rows[first][0], rows[last][1]))
        return tuple(found)

    def _points(self, words: str) -> float:
        """How much a sentence speaks for an employer (above 0) or for an applicant (below)."""
        if words.strip(" :.-*#?!•\t").casefold().replace("’", "'") in self._headings:
            return 1.0
        told = sum(pattern.search(words) is not None for pattern in self._tells)
        asked = min(_MOST, sum(pattern.search(words) is not None for pattern in self._asks))
        hinted = min(_MOST, sum(pattern.search(words) is not None for pattern in self._hints))
        return _ASKS * asked + hinted + _TELLS * told or _SILENT

    def _wordings(self, words: str) -> frozenset[int]:
        """The numbers of the wordings in a sentence: from 0 those that only employers use, below 0 the hints."""
        asked = (n for n, pattern in enumerate(self._asks) if pattern.search(words))
        hinted = (-1 - n for n, pattern in enumerate(self._hints) if pattern.search(words))
        return frozenset([*asked, *hinted])

    def _silent(
        self,
        text: str,
        rows: Sequence[Span],
        points: Sequence[float],
        beside: Iterable[int],
        starts: frozenset[int],
        edge: int,
    ) -> int:
        """The edge of a passage with the silent sentences beside it: its title and place, its last remarks; no other section."""
        gaps = 0
        for n in beside:
            early, late = sorted((n, edge))
            gaps += _BLANK.search(text, rows[early][1], rows[late][0]) is not None
            if gaps > _GAPS or points[n] < _SILENT or rows[late][0] in starts or rows[n][0] in starts:
                break
            edge = n
        return edge


def _runs(points: Sequence[float]) -> Iterator[tuple[int, int]]:
    """First and last sentence of each stretch whose points add up to enough, ended where they fall back by as much."""
    first, total, best, last = 0, 0.0, 0.0, -1
    for n, value in enumerate([*points, -2 * _LEAST]):
        if total <= 0:
            first, total, best, last = n, 0.0, 0.0, -1
        total += value
        if total > best:
            best, last = total, n
        if total <= 0 or total < best - _LEAST:
            if best >= _LEAST:
                yield first, last
            first, total, best, last = n + 1, 0.0, 0.0, -1


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence cut at bullets that were joined to one line."""
    for match in _BULLET.finditer(text, start + 1, end):
        yield start, match.start()
        start = match.start() + 1
    yield start, end


def notices(document: Document, spans: Sequence[Span]) -> Iterator[Notice]:
    """One notice for each passage."""
    for start, end in spans:
        place = next(document.boxes(start, end), None)
        where = f" on page {document.page_of(start)}" if place else ""
        yield Notice(CODE, f"reads like a job post{where}: nothing in it counts", place, quoted(document.text[start:end]))


def _patterns(written: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, _MANY) for pattern in written)
