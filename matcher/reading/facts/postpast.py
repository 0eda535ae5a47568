"""What a job post asks of a candidate's past: experience and education."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.durations import Floor, floors
from matcher.reading.facts.postbase import ASKING, SILENT, Post, Value, need_rank
from matcher.reading.facts.ways import WayReader
from matcher.records import Fact

_LEVELS = ("none", "high_school", "some_college", "associate", "bachelor", "master", "doctor")
_IGNORED = "ignored"


def experience_facts(post: Post) -> list[Fact]:
    """Floors first (the highest that is required), then experience without a length.

    A waiver comes first; where a required floor stands beside it, the floor does, as preferred.
    """
    speaking = [clause for clause in post.clauses if clause.section not in SILENT]
    ways = WayReader(post.rules, _LEVELS)
    stretches = ways.stretches(post.text, post.clauses)
    timed = sorted((fact for clause in speaking for fact in _timed(post, clause)), key=_governing)
    bare = sorted((fact for clause in speaking for fact in _bare(post, clause)), key=need_rank)
    waivers = [fact for clause in stretches if clause.section != "legal" for fact in _waivers(post, clause, ways)]
    if not waivers:
        return timed + bare
    if any(fact.value["need"] == "required" and fact.value["min_months"] for fact in timed):
        return [_preferred(fact) for fact in timed] + waivers
    return waivers + timed


def _governing(fact: Fact) -> tuple[bool, int, int, int]:
    months = fact.value["min_months"]
    return bool(fact.value.get("instead")), need_rank(fact), -(months if isinstance(months, int) else 0), fact.start


def _preferred(fact: Fact) -> Fact:
    return Fact(fact.kind, fact.text, fact.start, fact.end, {**fact.value, "need": "preferred"})


def _timed(post: Post, clause: Clause) -> Iterator[Fact]:
    """The floors of a clause; of alternatives in one clause the first, which posts print as the usual way in, governs."""
    if not _speaks_of_time_worked(post, clause):
        return
    elsewhere = wording(post.rules["experience"]["elsewhere_after"])
    found = [floor for floor in floors(clause.text) if not elsewhere.match(clause.text[floor.end :].lstrip(" '’"))]
    offered = _alternatives(clause, found)
    for floor in found:
        need = post.need.of(clause, floor.start, floor.end) if floor.months else "waived"
        if need != "none":
            value: Value = {"min_months": floor.months, "max_months": floor.most, "need": need}
            if offered and floor is not found[0]:
                value = {**value, "instead": True}
            yield post.fact("experience", clause, floor.start, floor.end, value)


def _speaks_of_time_worked(post: Post, clause: Clause) -> bool:
    rules = post.rules["experience"]
    if wording((*rules["vetoes"], *rules["exceptions"])).search(clause.text) or post.need.denied(clause.text):
        return False
    plain = clause.section in ASKING and post.need.is_demand(clause.text)
    return plain or bool(wording(rules["signals"]).search(clause.text))


def _alternatives(clause: Clause, found: Sequence[Floor]) -> bool:
    return len(found) > 1 and bool(re.search(r"\bor\b|;", clause.text[found[0].end : found[-1].start], re.IGNORECASE))


def _bare(post: Post, clause: Clause) -> Iterator[Fact]:
    """Experience asked for without a length of time."""
    rules = post.rules["experience"]
    match = wording(rules["bare"]).search(clause.text)
    if match is None or floors(clause.text) or wording(rules["bare_vetoes"]).search(clause.text) or post.need.denied(clause.text):
        return
    asked = clause.section in ASKING or post.need.is_demand(clause.text) or wording(rules["bare_strong"]).search(clause.text)
    need = post.need.of(clause, match.start(), match.start())
    if asked and need != "none":
        yield post.fact("experience", clause, match.start(), match.end(), _without_length(need))


def _waivers(post: Post, clause: Clause, ways: WayReader) -> Iterator[Fact]:
    """What says that no experience is needed; not where that holds for one way in only, and on a condition."""
    rules = post.rules["experience"]
    match = wording(rules["waived"]).search(clause.text)
    if match and not wording(rules["conditional"]).search(clause.text) and not ways.spared(clause.text):
        value = _without_length("waived")
        yield post.fact("experience", clause, *match.span(), {**value, "instead": True} if ways.offered(clause.text) else value)


def _without_length(need: str) -> Value:
    return {"min_months": None, "max_months": None, "need": need}


def education_facts(post: Post) -> list[Fact]:
    """Of each clause each level of each need; required ones first, of equals the lower."""
    found = [fact for clause in post.clauses if clause.section not in SILENT for fact in _schooling(post, clause)]
    return sorted(found, key=lambda fact: (need_rank(fact), _LEVELS.index(str(fact.value["level"])), fact.start))


def _schooling(post: Post, clause: Clause) -> Iterator[Fact]:
    if not _speaks_of_schooling(post, clause):
        return
    rules = post.rules["education"]
    best: dict[tuple[str, int], re.Match[str]] = {}
    for match, level in _levels_in(clause.text, {**rules["levels"], _IGNORED: rules["ignored"]}):
        need = post.need.of(clause, match.start(), match.end())
        if need != "none":
            best.setdefault((need, _LEVELS.index(level)), match)
    for (need, rank), match in best.items():
        yield post.fact("education", clause, match.start(), match.end(), {"level": _LEVELS[rank], "need": need})


def _speaks_of_schooling(post: Post, clause: Clause) -> bool:
    barred = (*post.rules["education"]["vetoes"], *post.rules["experience"]["exceptions"])
    if wording(barred).search(clause.text) or post.need.denied(clause.text):
        return False
    return clause.section != "duties" or post.need.is_demand(clause.text)


def _levels_in(text: str, levels: Mapping[str, Sequence[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """The wordings of levels in a text; one that lies inside a longer one of another level does not count."""
    found = [(match, level) for level, texts in levels.items() for match in wording(texts).finditer(text)]
    spans = [match.span() for match, _ in found]
    for match, level in found:
        inside = any(a <= match.start() and match.end() <= b and b - a > len(match[0]) for a, b in spans)
        if level != _IGNORED and not inside:
            yield match, level
