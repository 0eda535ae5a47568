"""The title of a job post: its first line or a labelled one, without shouting and asides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.clauses import wording
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Line

_LOOKED_AT = 12
"""Lines in which a labelled title may stand."""
_LONGEST = 120
_EDGES = " \t!*#•·-–—:|,.;\u200b"
_CUT = re.compile(r"\s+[(\[]|\[|\t|\s{3,}")
_ASIDE = re.compile(r"\s+\([^()]*\)\s+([A-Za-z]+(?:\s+[A-Za-z]+)?)\s*$")
_DASH = re.compile(r"\s+[-–—]\s*|\s*[-–—]\s+|\s*\|\s*")


def title_fact(text: str, lines: Sequence[Line], rules: Mapping[str, Any], titles: TitleReader) -> Fact | None:
    """The title, or None for an empty post: the first line, unless that is no known title and a labelled one is.

    `value["line"]` is the whole line, whose asides may tell the channel and the line of business.
    """
    spans = [(line.start, line.end) for line in lines if text[line.start : line.end].strip()][:_LOOKED_AT]
    if not spans:
        return None
    candidates = [_trim(text, *spans[0], rules, titles), *_labelled(text, spans, rules, titles)]
    candidates = [_undashed(text, start, end, titles) for start, end in candidates]
    candidates = [(start, end) for start, end in candidates if start < end]
    if not candidates:
        return None
    known = [span for span in candidates if _known(text[slice(*span)], titles)]
    start, end = (known or candidates)[0]
    line = next(text[a:b] for a, b in spans if a <= start < b)
    return Fact("title", text[start:end], start, end, {"title": " ".join(text[start:end].split()), "line": line})


def _known(title: str, titles: TitleReader) -> bool:
    return titles.read(title).family is not None


def _undashed(text: str, start: int, end: int, titles: TitleReader) -> tuple[int, int]:
    """Cut at the first dash after which no words of a title stand (a place, a shift, a type of contract)."""
    cuts = [*_DASH.finditer(text, start, end)]
    ends = [cut.start() for cut in cuts[1:]] + [end]
    for cut, stop in zip(cuts, ends, strict=False):
        part = text[cut.end() : stop]
        if cut.start() - start >= 3 and not _known(part, titles):
            return start, cut.start()
    return start, end


def _labelled(
    text: str, spans: Sequence[tuple[int, int]], rules: Mapping[str, Any], titles: TitleReader
) -> Iterator[tuple[int, int]]:
    label = re.compile(wording(rules["labels"]).pattern + r"\s*[:\-–]\s*", re.IGNORECASE)
    for start, end in spans:
        match = label.match(text, start, end)
        if match:
            yield _trim(text, match.end(), end, rules, titles)


def _trim(text: str, start: int, end: int, rules: Mapping[str, Any], titles: TitleReader) -> tuple[int, int]:
    """Cut lead-ins ("URGENT HIRING!!!") and, unless they alone tell the job, asides in brackets; keep 120 characters."""
    lead = re.compile(wording([*rules["lead_ins"], *rules["labels"]]).pattern + r"[\s!:*–-]+", re.IGNORECASE)
    start = _skip(text, start, end)
    while (match := lead.match(text, start, end)) and match.end() < end:
        start = _skip(text, match.end(), end)
    end = min(end, start + _LONGEST)
    cut = next((cut for cut in _CUT.finditer(text, start, end) if not _goes_on(text, cut, end, titles)), None)
    stop = cut.start() if cut and cut.start() - start >= 3 else end
    if not _known(text[start:stop], titles) and _known(text[start:end], titles):
        stop = end
    while stop > start and text[stop - 1] in _EDGES:
        stop -= 1
    return start, stop


def _goes_on(text: str, cut: re.Match[str], end: int, titles: TitleReader) -> bool:
    """Whether words of a title stand directly behind an aside: "Service Desk (IT) Intern"."""
    aside = _ASIDE.match(text, cut.start(), end)
    if aside is None:
        return False
    sense = titles.read(aside[1])
    return sense.family is not None or sense.level is not None


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _EDGES:
        start += 1
    return start
