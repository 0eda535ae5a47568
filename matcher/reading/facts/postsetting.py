"""What a job post says of the work's setting: typing speed, shift and site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.postbase import SILENT, Post
from matcher.reading.facts.postsetup import spans_of
from matcher.records import Fact

_WPM = re.compile(
    r"(\d{2,3})\s*(?:\+|(?:-|–|to)\s*\d{2,3}\s*\+?)?\s*(?:wpm|w\.p\.m\.?|words?\s+(?:per|a)\s+min(?:ute)?)\b", re.IGNORECASE
)
_ACCURACY = re.compile(
    r"(?<!\d)(\d{2,3})(?:\.\d+)?\s*%?\s*(?:(?:-|–|to)\s*\d{2,3}\s*)?%\s*(?:\w+\s+){0,2}?accura\w*"
    r"|\baccura\w*(?:\s+(?:rate|level|score))?(?:\s*(?:of|:|-|–|at\s+least|minimum|min\.?|>=?|is|above))*\s*(\d{2,3})\s*%",
    re.IGNORECASE,
)
_CLOCK = r"(\d{1,2})(?:[.:]\d{2})?\s*([ap])\.?m\b\.?"
_HOURS = re.compile(_CLOCK + r"\s*(?:-|–|to|until)\s*" + _CLOCK, re.IGNORECASE)
_OF_HOURS = re.compile(r"\b(?:shift|hours|schedule|timings?|days working)\b", re.IGNORECASE)
_QUIET = frozenset({"about", "legal"})
"""Sections that say nothing of shift and site; the one on benefits often does."""


def typing_facts(post: Post) -> list[Fact]:
    """Speeds in words a minute, the lower end of a range; with the accuracy in percent that the clause asks for, or None."""
    least, most = post.rules["typing"]["least"], post.rules["typing"]["most"]
    return [
        post.fact(
            "typing",
            clause,
            match.start(),
            match.end(),
            {"wpm": int(match[1]), "accuracy": _accuracy(clause.text), "need": post.need.of(clause, match.start(), match.end())},
        )
        for clause in post.clauses
        if clause.section not in SILENT
        for match in _WPM.finditer(clause.text)
        if least <= int(match[1]) <= most
    ]


def _accuracy(text: str) -> int | None:
    match = _ACCURACY.search(text)
    return int(match[1] or match[2]) if match else None


def shift_facts(post: Post) -> list[Fact]:
    """Shifts in the order in which the rules let them decide (a rotation holds its parts)."""
    order = post.rules["shift"]["order"]
    found = [fact for clause in _speaking(post) for fact in (*_named(post, "shift", clause), *_by_clock(post, clause))]
    return sorted(found, key=lambda fact: (order.index(fact.value["shift"]), fact.start))


def site_facts(post: Post) -> list[Fact]:
    """The title's word first, then hybrid, which wins over its parts; of remote and on site the one said first.

    A post that says only when people will be called back to the site has them work remotely today.
    """
    found = [fact for clause in _speaking(post) for fact in (*_named(post, "site", clause), *_at_our_place(post, clause))]
    if not found:
        found = [
            post.fact("site", clause, start, end, {"site": "remote"})
            for clause in _speaking(post)
            for start, end in spans_of("site_later", post, clause)
        ]
    head = post.clauses[0].end if post.clauses else 0
    return sorted(found, key=lambda fact: (fact.start >= head, fact.value["site"] != "hybrid", fact.start))


def _at_our_place(post: Post, clause: Clause) -> Iterator[Fact]:
    """Being on site told by whose place it is: "based at our Northgate office"."""
    for pattern in post.rules["site"]["onsite_patterns"]:
        for match in re.finditer(pattern, clause.text, re.IGNORECASE):
            yield post.fact("site", clause, match.start(), match.end(), {"site": "onsite"})


def _speaking(post: Post) -> Iterator[Clause]:
    return (clause for clause in post.clauses if clause.section not in _QUIET)


def _named(post: Post, kind: str, clause: Clause) -> Iterator[Fact]:
    """Wordings of a kind with a closed list of values, as of today: what may come later does not count."""
    rules: Mapping[str, Any] = post.rules[kind]
    later = wording(rules["later"]).search(clause.text)
    today = clause.text[: later.start()] if later else clause.text
    hits = {name: list(wording(rules[name]).finditer(today)) for name in rules["order"]}
    if all(hits.values()):
        return  # a list of all that there is decides nothing
    vetoed = [match.span() for match in wording(rules["vetoes"]).finditer(clause.text)]
    vetoed += spans_of("site_later", post, clause) if kind == "site" else []
    for name, matches in hits.items():
        for match in matches:
            inside = any(a < match.end() and match.start() < b for a, b in vetoed)
            if not inside and not _negated(today, match, rules["negations"]):
                yield post.fact(kind, clause, match.start(), match.end(), {kind: name})


def _negated(text: str, match: re.Match[str], negations: list[str]) -> bool:
    before = re.findall(r"[\w']+", text[: match.start()].casefold())[-1:]
    return bool(before) and before[0] in negations


def _by_clock(post: Post, clause: Clause) -> Iterator[Fact]:
    """Working hours printed as times of day, where the clause speaks of shifts, hours or a schedule."""
    match = _HOURS.search(clause.text)
    if match and _OF_HOURS.search(clause.text):
        begin, end = _hour(match[1], match[2]), _hour(match[3], match[4])
        if begin >= 17 and end <= 9:
            yield post.fact("shift", clause, match.start(), match.end(), {"shift": "night"})
        elif 5 <= begin <= 11 and 12 <= end <= 20:
            yield post.fact("shift", clause, match.start(), match.end(), {"shift": "day"})


def _hour(number: str, half: str) -> int:
    return int(number) % 12 + (12 if half.casefold() == "p" else 0)
