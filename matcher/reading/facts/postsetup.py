"""Conditions of work that only a question can settle: set-up at home, days, notice, clearances, places, who is turned away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from matcher.reading.facts.clauses import Clause
from matcher.reading.facts.postbase import Post
from matcher.records import DOCUMENT, Fact

_BLANKS = re.compile(r"\s+")
Row = Mapping[str, Any]
_EDGE = " ,.;:()-–*•\"'"


def condition_facts(post: Post) -> list[Fact]:
    """Facts of the kinds in `CONDITIONS` and of kind "document", value {name, level, need}: each thing once, with its level."""
    best: dict[tuple[str, str], Fact] = {}
    rows = _rows(post)
    for clause in post.clauses:
        for fact in _of_clause(post, clause, rows):
            key = fact.kind, str(fact.value["name"]).casefold()
            other = best.get(key)
            if other is None or (other.value["level"] is None and fact.value["level"] is not None):
                best[key] = fact
    return sorted(best.values(), key=lambda fact: (fact.start, fact.end))


def paper_clauses(post: Post) -> list[tuple[int, int]]:
    """Where a post asks for papers to bring: a diploma named there is a sheet of paper, not a level of education."""
    rows = _rows(post, DOCUMENT)
    return [(clause.start, clause.end) for clause in post.clauses if any(any(_hits(row, clause)) for row in rows)]


def spans_of(kind: str, post: Post, clause: Clause) -> list[tuple[int, int]]:
    """Where a clause names a condition of a kind, as offsets within it."""
    rows = [row for row in post.rules["conditions"]["rows"] if row["kind"] == kind]
    return [match.span() for row in rows for match in _hits(row, clause)]


def _rows(post: Post, kind: str | None = None) -> list[Row]:
    """The rows, of one kind or of all, whose words the post has."""
    rows: Sequence[Row] = post.rules["conditions"]["rows"]
    return [row for row in rows if kind in {None, row["kind"]} and _speaks(row, post.text)]


def _speaks(row: Row, text: str) -> bool:
    folded = _folded(text)
    return any(word in folded for word in row["words"])


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return f" {text.casefold()} "


def _of_clause(post: Post, clause: Clause, rows: Sequence[Row]) -> Iterator[Fact]:
    for row in rows:
        for match in _hits(row, clause):
            need = "preferred" if post.need.prefers(match[0]) else post.need.of(clause, match.start(), match.end())
            name = _told(match, "name") or row.get("name")
            if name and need != "none":
                start = match.start() + len(match[0]) - len(match[0].lstrip(_EDGE))
                value = {"name": name, "level": _told(match, "level"), "need": need}
                yield post.fact(row["kind"], clause, start, max(start + 1, match.end()), value)


def _told(match: re.Match[str], group: str) -> str | None:
    """A group's text on one line; None where the pattern has no such group or it did not match."""
    found = match.groupdict().get(group)
    plain = _BLANKS.sub(" ", found).strip(_EDGE) if found else ""
    return (f"{plain})" if plain.count("(") > plain.count(")") else plain) or None


def _hits(row: Row, clause: Clause) -> Iterator[re.Match[str]]:
    """Where a row's patterns match in a clause of a section in which it may stand, outside its vetoes."""
    if clause.section in row["silent"] or not _speaks(row, clause.text):
        return
    if not _matches(row.get("beside", ()), clause.text, default=True):
        return
    if _matches(row.get("never", ()), clause.text, default=False):
        return
    vetoed = [match.span() for match in _all(row.get("vetoes", ()), clause.text)]
    beside = [match.span() for match in _all(row.get("beside", ()), clause.text)] if "reach" in row else None
    for match in _all(row["patterns"], clause.text):
        near = beside is None or any(_gap(match.span(), span) <= row["reach"] for span in beside)
        if near and not any(start < match.end() and match.start() < end for start, end in vetoed):
            yield match


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two spans; 0 or less where they touch or overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _matches(patterns: Sequence[str], text: str, *, default: bool) -> bool:
    return any(pattern.search(text) for pattern in _compiled(tuple(patterns))) if patterns else default


def _all(patterns: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    return (match for pattern in _compiled(tuple(patterns)) for match in pattern.finditer(text))


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
