"""Measured results: a metric, its value as printed, its unit and the direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Page, Span, fact, one_line, trim
from matcher.reading.facts.surroundings import Surroundings
from matcher.reading.units import unwrapped
from matcher.records import Fact, Section

_UNITS = {
    "%": r"\d{1,3}(?:\.\d+)?\s?(?:%|percent\b)",
    "scale": r"\d(?:\.\d+)?\s?/\s?(?:5|7|10)\b",
    "time": r"\d{1,4}(?:\.\d+)?\s?(?:secs?|seconds?|mins?|minutes?|hrs?|hours?|days?)\b|\d{1,2}:\d\d\b",
    "number": r"[+-]?\d{1,4}(?:\.\d+)?(?![\d/%])",
    "decimal": r"\d\d(?:\.\d+)?(?![\d/])",
    "slash": r"\d\d/\d\d\b",
}
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"[+-]?\d+(?:\.\d+)?")
_AMOUNT = re.compile(r"[%$]|percent|[mb]illion|thousand|\d\s*(?:k|mm?|bn?)\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:and|on|with|in)\b|,")
_OTHER = re.compile(r"[\d,]")
_CLOSE, _SUBJECT = 20, 45
_VERB = 45
"""Characters before a metric or value in which its verb may stand."""
_CLAUSE = re.compile(r"[;•\n](?!\s*(?:to\b|->))|\.(?=\s|$)|,\s+(?=[A-Z])")


class KpiReader:
    """Built from `rules["facts"]["kpi"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["kpi"]
        self._sections = frozenset(own["sections"])
        self._near: int = own["near"]
        self._between = re.compile(own["between"])
        self._verbs = {verb: way for way, key in (("up", "raised"), ("down", "lowered"), ("kept", "kept")) for verb in own[key]}
        self._verb = re.compile(rf"(?<!\w)(?:{alternatives(self._verbs)})(?!\w)", re.IGNORECASE)
        self._metric_of = {word: row["name"] for row in own["metric"] for word in row["words"]}
        self._word = re.compile(rf"(?<![\w-])(?:{alternatives(self._metric_of)})(?![\w-])", re.IGNORECASE)
        self._values = {row["name"]: _values(row["units"]) for row in own["metric"]}
        self._close = frozenset(row["name"] for row in own["metric"] if row.get("close"))
        self._beside = re.compile(own["beside"], re.IGNORECASE)
        shown = {"verbs": _unless(own, "raised", "lowered", without=("up", "down", "above")), "nouns": "|".join(own["nouns"])}
        self._behind = re.compile(_filled(own["behind"], shown), re.IGNORECASE)
        self._subject = re.compile(own["subject"], re.IGNORECASE)
        self._changes_of = tuple(re.compile(_filled(row, shown), re.IGNORECASE) for row in own["changes"])
        self._patterns = tuple(
            (row["metric"], row.get("unit"), re.compile(row["regex"], re.IGNORECASE), _optional(row.get("unless_before")))
            for row in own["pattern"]
        )
        self._surroundings = Surroundings(own)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "kpi", value {metric, concept, value, unit, direction, period, scope, doubtful}; none overlaps another.

        `concept` is the metric's id or None, `direction` "up", "down", "kept" or None, `scope` "own", "team" or None.
        """
        found: list[Fact] = []
        taken: list[Span] = []
        text = unwrapped(page.text)
        for section in page.bodies(self._sections):
            for f in (f for span in _numbered(page, section) for f in self._scan(text, span)):
                if not any(f.start < b and a < f.end for a, b in taken):
                    taken.append((f.start, f.end))
                    told = self._surroundings.describe(text, _clause(text, (section.body, section.end), (f.start, f.end)), f)
                    found.append(replace(told, text=page.text[f.start : f.end]))
        return tuple(sorted(found, key=lambda f: f.start))

    def _scan(self, text: str, span: Span) -> Iterator[Fact]:
        yield from self._known(text, span)
        yield from self._shaped(text, span)
        yield from self._changes(text, span)

    def _known(self, text: str, span: Span) -> Iterator[Fact]:
        """A named metric with a value of its unit in the same clause."""
        for m in self._word.finditer(text, *span):
            metric = self._metric_of[" ".join(m.group().casefold().split())]
            clause = _clause(text, span, m.span())
            after = self._values[metric].search(text, m.end(), min(clause[1], m.end() + self._near))
            before = _last(self._values[metric], text, max(clause[0], m.start() - self._near), m.start())
            value = before if self._before_is_meant(text, m.span(), before, after) else after
            if value and self._belongs(text, metric, m.span(), value.span()):
                whole = (min(m.start(), value.start()), max(m.end(), value.end()))
                # A verb before another figure or comma is that of another result.
                others = [hit.end() for hit in _OTHER.finditer(text, max(clause[0], whole[0] - _VERB), whole[0])]
                verb = self._verb_of(text, max([clause[0], whole[0] - _VERB, *others]), whole[1])
                begin = min(whole[0], verb.start()) if verb else whole[0]
                yield self._fact(text, (begin, whole[1]), metric, value.group(), _unit(value.group()), verb)

    def _belongs(self, text: str, metric: str, hit: Span, value: Span) -> bool:
        """Whether nothing stands between a metric and a value that parts them; a bare number and some metrics want it close."""
        between = min(hit[1], value[1]), max(hit[0], value[0])
        if self._between.search(text, *between):
            return False
        bare = _BARE.fullmatch(text, *value) is not None
        if bare and value[0] < hit[0]:
            return not text[slice(*between)].strip()
        return not (bare or metric in self._close) or self._beside.fullmatch(text, *between) is not None

    @staticmethod
    def _before_is_meant(text: str, hit: Span, before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
        """Whether of two values the one before the metric is its own: nearer by far, or close by where the other is apart."""
        if before is None or after is None:
            return after is None
        close, far = hit[0] - before.end(), after.start() - hit[1]
        return close < far - 6 or (close <= _CLOSE and _APART.search(text, hit[1], after.start()) is not None)

    def _verb_of(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The last verb that says which way; one of keeping only where none tells of a change."""
        verbs = list(self._verb.finditer(text, start, end))
        changes = [verb for verb in verbs if self._verbs[verb.group().casefold()] != "kept"]
        return next(iter((changes or verbs)[-1:]), None)

    def _shaped(self, text: str, span: Span) -> Iterator[Fact]:
        """Volumes, spans of control and ranks, by the patterns of the rules."""
        for metric, unit, pattern, barred in self._patterns:
            for m in pattern.finditer(text, *span):
                if barred and barred.search(text, max(span[0], m.start() - _SUBJECT), m.start()):
                    continue
                groups = m.groupdict()
                name = ": ".join(part for part in (metric, one_line(groups.get("what") or "")) if part)
                printed = groups.get("unit") or unit
                yield self._fact(text, m.span(), name, m["value"], one_line(printed) if printed else None, None)

    def _changes(self, text: str, span: Span) -> Iterator[Fact]:
        """A verb of change, what changed and by how much."""
        for m in (m for pattern in self._changes_of for m in pattern.finditer(text, *span)):
            if _AMOUNT.search(m["value"]):
                yield self._fact(
                    text, m.span(), one_line(m["metric"]).casefold(), m["value"], _unit(m["value"]), self._verb.search(m["verb"])
                )

        for m in self._behind.finditer(text, *span):
            named = self._subject.search(text, max(span[0], m.start() - _SUBJECT), m.start())
            if named:
                metric, whole = one_line(named["metric"]).casefold(), (named.start(), m.end())
                yield self._fact(text, whole, metric, m["value"], _unit(m["value"]), self._verb.search(m["verb"]))

    def _fact(self, text: str, span: Span, metric: str, value: str, unit: str | None, verb: re.Match[str] | None) -> Fact:
        way = self._verbs.get(verb.group().casefold()) if verb else None
        way = _trend(value) or way
        return fact(
            "kpi", text, trim(text, span, " \t\n,;"), {"metric": metric, "value": one_line(value), "unit": unit, "direction": way}
        )


def _unless(own: Mapping[str, Any], *keys: str, without: Sequence[str]) -> str:
    """An alternative of the words of some lists, the longest first."""
    words = sorted((word for key in keys for word in own[key] if word not in without), key=len, reverse=True)
    return "|".join(map(re.escape, words))


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for name, alternative in words.items():
        pattern = pattern.replace(f"{{{name}}}", alternative)
    return pattern


def _numbered(page: Page, section: Section) -> Iterator[Span]:
    """Stretches of lines with digits and the lines before and after; the patterns are too dear to run elsewhere."""
    lines = page.lines_of(section.body, section.end)
    digits = [_DIGIT.search(page.text, *line) is not None for line in lines]
    start: int | None = None
    for i, line in enumerate(lines):
        if any(digits[max(0, i - 1) : i + 2]):
            start = line[0] if start is None else start
        elif start is not None:
            yield start, lines[i - 1][1]
            start = None
    if start is not None:
        yield start, lines[-1][1]


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _values(units: list[str]) -> re.Pattern[str]:
    """A value of these units, or two of them with an arrow or "to" between."""
    one = "|".join(_UNITS[u] for u in units)
    return re.compile(rf"(?<![\w.$#/-])(?:{one})(?:\s*(?:to|->|→|-|–)\s*(?:{one}))?", re.IGNORECASE)


def _trend(value: str) -> str | None:
    """Up or down where a value is a change ("87% to 92%")."""
    m = re.search(r"(\d+(?:\.\d+)?)\D*(?:to|->|→)\D*(\d+(?:\.\d+)?)", value)
    if m is None or m[1] == m[2]:
        return None
    return "up" if float(m[2]) > float(m[1]) else "down"


def _unit(value: str) -> str | None:
    m = re.search(r"%|percent|\$|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|/\s?\d+", value, re.IGNORECASE)
    return None if m is None else {"percent": "%"}.get(m.group().casefold(), m.group())


def _clause(text: str, span: Span, hit: Span) -> Span:
    """The clause around a hit: between semicolons, line ends, full stops and commas before a capital."""
    start = max(span[0], hit[0] - 120)
    for m in _CLAUSE.finditer(text, start, hit[0]):
        start = m.end()
    stop = _CLAUSE.search(text, hit[1], min(span[1], hit[1] + 120))
    return start, stop.start() if stop else min(span[1], hit[1] + 120)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(text, start, end), key=lambda m: m.start(), default=None)
