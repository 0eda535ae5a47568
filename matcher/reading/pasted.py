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
_BLANK = re.compile(r"\n[ \t]*\n")
_BULLET = re.compile(r"\s[-*•·▪●]\s+(?=\S)")

Span = tuple[int, int]


class PastedPosts:
    """Finds such passages by `[pasted]` of `taxonomy/kinds.toml`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        table = rules["kinds"]["pasted"]
        self._asks, self._hints, self._tells = (_patterns(table[name]) for name in ("asks", "hints", "tells"))
        self._points_of: Mapping[str, float] = table["points"]
        self._passage: Mapping[str, int] = table["passage"]
        self._headings = frozenset(table["headings"])

    def found(self, text: str, sections: Sequence[Section]) -> tuple[Span, ...]:
        """Where the passages are, in text order, apart from each other."""
        own = self._passage
        rows = [piece for unit in units(text) for piece in _pieces(text, unit.start, unit.end)]
        points = [self._points(text[start:end]) for start, end in rows]
        different = [self._wordings(text[start:end]) for start, end in rows]
        starts = frozenset(section.start for section in sections)
        found: list[Span] = []
        for first, last in _runs(points, self._points_of["least"]):
            used = frozenset().union(*different[first : last + 1])
            if len(used) >= own["different"] and sum(wording >= 0 for wording in used) >= own["asking"]:
                first = self._silent(text, rows, points, range(first - 1, max(-1, first - 1 - own["leads"]), -1), starts, first)
                last = self._silent(text, rows, points, range(last + 1, min(len(rows), last + 1 + own["trails"])), starts, last)
                found.append((rows[first][0], rows[last][1]))
        return tuple(found)

    def _points(self, words: str) -> float:
        """How much a sentence speaks for an employer (above 0) or for an applicant (below)."""
        worth = self._points_of
        if words.strip(" :.-*#?!•\t").casefold().replace("’", "'") in self._headings:
            return worth["heading"]
        told = sum(pattern.search(words) is not None for pattern in self._tells)
        asked = min(worth["most"], sum(pattern.search(words) is not None for pattern in self._asks))
        hinted = min(worth["most"], sum(pattern.search(words) is not None for pattern in self._hints))
        return worth["asks"] * asked + worth["hints"] * hinted + worth["tells"] * told or worth["silent"]

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
            if (
                gaps > self._passage["gaps"]
                or points[n] < self._points_of["silent"]
                or rows[late][0] in starts
                or rows[n][0] in starts
            ):
                break
            edge = n
        return edge


def _runs(points: Sequence[float], least: float) -> Iterator[tuple[int, int]]:
    """First and last sentence of each stretch whose points add up to enough, ended where they fall back by as much."""
    first, total, best, last = 0, 0.0, 0.0, -1
    for n, value in enumerate([*points, -2 * least]):
        if total <= 0:
            first, total, best, last = n, 0.0, 0.0, -1
        total += value
        if total > best:
            best, last = total, n
        if total <= 0 or total < best - least:
            if best >= least:
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
