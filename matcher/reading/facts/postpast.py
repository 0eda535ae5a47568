"""What a job post asks of a candidate's past: experience and education."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.durations import Floor, floors
from matcher.reading.facts.postbase import ASKING, SILENT, Post, Value, need_rank
from matcher.reading.facts.ways import WayReader
from matcher.records import Fact

_LEVELS = ("none", "high_school", "some_college", "associate", "bachelor", "master", "doctor")
_IGNORED = "ignored"
_BRACKET = re.compile(r"\([^()]*\)")
_IN = re.compile(r"(?:\s+(?:degree|graduate|course|or\s+higher|or\s+above))?\s+(?:in|of)\s+(?=[A-Z])", re.IGNORECASE)
_ENDS_IN = re.compile(r"\s(?:in|of)$", re.IGNORECASE)
_SUBJECT_STOP = re.compile(r"[;.()\n:]|,\s+(?:with|and|plus|must|preferably|or\s+\d|at\s+least|\d)|\s(?:(?:or|and)\s+)?\d", re.I)
_OR_A = re.compile(r",?\s+or\s+(?:an?\s+)?$", re.IGNORECASE)
_LONGEST_SUBJECT = 70


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
    return waivers + timed + [fact for fact in bare if fact.value["need"] == "preferred"]


def _governing(fact: Fact) -> tuple[bool, int, int, int]:
    months = fact.value["min_months"]
    return bool(fact.value.get("instead")), need_rank(fact), -(months if isinstance(months, int) else 0), fact.start


def _preferred(fact: Fact) -> Fact:
    return Fact(fact.kind, fact.text, fact.start, fact.end, {**fact.value, "need": "preferred"})


def _timed(post: Post, clause: Clause) -> Iterator[Fact]:
    """The floors of a clause; of alternatives in one clause the first, which posts print as the usual way in, governs."""
    told = floors(clause.text)
    if not told or not _speaks_of_time_worked(post, clause, told):
        return
    elsewhere = wording(post.rules["experience"]["elsewhere_after"])
    found = [floor for floor in told if not elsewhere.match(clause.text[floor.end :].lstrip(" '’"))]
    offered = _alternatives(clause, found)
    for floor in found:
        need = post.need.of(clause, floor.start, floor.end) if floor.months else "waived"
        if need != "none":
            value: Value = {"min_months": floor.months, "max_months": floor.most, "need": need}
            if offered and floor is not found[0]:
                value = {**value, "instead": True}
            yield post.fact("experience", clause, floor.start, floor.end, value)


def _speaks_of_time_worked(post: Post, clause: Clause, found: Sequence[Floor]) -> bool:
    rules = post.rules["experience"]
    if any(wording(rules[key]).search(clause.text) for key in ("vetoes", "exceptions")) or post.need.denied(clause.text):
        return False
    if wording(rules["signals"]).search(clause.text):
        return True
    if clause.section not in ASKING:
        return False
    return post.need.is_demand(clause.text) or any(_stands_alone(clause, floor, rules) for floor in found)


def _stands_alone(clause: Clause, floor: Floor, rules: Mapping[str, Any]) -> bool:
    """Whether a length of time in a list of requirements speaks for itself: "6 - 11 years, US shift", "1 year in a bank"."""
    inside, nothing = rules["time_in_patterns"]
    behind = clause.text[floor.end :]
    if re.match(inside, behind, re.IGNORECASE):
        return True
    short = floor.most is not None and floor.most <= rules["longest_bare"]
    return short and floor.start == 0 and bool(re.match(nothing, behind))


def _alternatives(clause: Clause, found: Sequence[Floor]) -> bool:
    return len(found) > 1 and bool(re.search(r"\bor\b|;", clause.text[found[0].end : found[-1].start], re.IGNORECASE))


def _bare(post: Post, clause: Clause) -> Iterator[Fact]:
    """Experience asked for without a length of time."""
    rules = post.rules["experience"]
    match = wording(rules["bare"]).search(clause.text)
    if match and (waiver := _waiver(post, clause)) and match.start() < waiver.end():
        match = wording(rules["bare"]).search(clause.text, waiver.end())
    if match is None or floors(clause.text) or wording(rules["bare_vetoes"]).search(clause.text) or post.need.denied(clause.text):
        return
    asked = clause.section in ASKING or post.need.is_demand(clause.text) or wording(rules["bare_strong"]).search(clause.text)
    need = post.need.of(clause, match.start(), match.start())
    if asked and need != "none":
        yield post.fact("experience", clause, match.start(), match.end(), _without_length(need))


def _waivers(post: Post, clause: Clause, ways: WayReader) -> Iterator[Fact]:
    """What says that no experience is needed; not where that holds for one way in only, and on a condition."""
    rules = post.rules["experience"]
    match = _waiver(post, clause)
    if match and not wording(rules["conditional"]).search(clause.text) and not ways.spared(clause.text):
        value = _without_length("waived")
        yield post.fact("experience", clause, *match.span(), {**value, "instead": True} if ways.offered(clause.text) else value)


def _waiver(post: Post, clause: Clause) -> re.Match[str] | None:
    rules = post.rules["experience"]
    patterns = (re.search(pattern, clause.text, re.IGNORECASE) for pattern in rules["waived_patterns"])
    return wording(rules["waived"]).search(clause.text) or next((match for match in patterns if match), None)


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
    found = list(_levels_in(clause.text, {**rules["levels"], _IGNORED: rules["ignored"]}))
    for match, level in found:
        need = post.need.of(_less_brackets(clause, match, found), match.start(), match.end())
        if need != "none":
            best.setdefault((need, _LEVELS.index(level)), match)
    for (need, rank), match in best.items():
        subject = _subject(_to_next(clause.text, match, found), match.end(), rules)
        value: Value = {"level": _LEVELS[rank], "need": need}
        told = value if subject is None else {**value, "subject": clause.text[slice(*subject)]}
        yield post.fact("education", clause, match.start(), subject[1] if subject else match.end(), told)
        wish = _wished_subject(clause.text, match.end(), rules)
        if wish and need == "required":
            wished: Value = {"level": _LEVELS[rank], "need": "preferred", "subject": wish["subject"].strip()}
            yield post.fact("education", clause, *wish.span("subject"), wished)
            return


def _less_brackets(clause: Clause, match: re.Match[str], levels: Sequence[tuple[re.Match[str], str]]) -> Clause:
    """A clause without the brackets behind a level that speak of another: "any graduate (B.Com preferred)"."""
    text = clause.text
    for bracket in _BRACKET.finditer(text, match.end()):
        if any(bracket.start() < other.start() < bracket.end() for other, _ in levels):
            text = text[: bracket.start()] + " " * len(bracket[0]) + text[bracket.end() :]
    return replace(clause, text=text)


def _to_next(text: str, match: re.Match[str], levels: Sequence[tuple[re.Match[str], str]]) -> str:
    """A clause up to the next level of education, if an "or" leads to it: "degree in Law, or a diploma in Business"."""
    joined = (_OR_A.search(text, match.end(), other.start()) for other, _ in levels if other.start() > match.end())
    return text[: min((end.start() for end in joined if end and end.start() > match.end()), default=len(text))]


def _subject(text: str, at: int, rules: Mapping[str, Any]) -> tuple[int, int] | None:
    """Offsets of the subject that follows a level of education: "degree in [Accounting or Finance]"."""
    begun = _IN.match(text, at - 3 if _ENDS_IN.search(text[:at]) else at)
    if begun is None:
        return None
    end = wording(rules["subject_ends"]).search(text, begun.end())
    stop = _SUBJECT_STOP.search(text, begun.end(), begun.end() + _LONGEST_SUBJECT)
    last = min(end.start() if end else len(text), stop.start() if stop else begun.end() + _LONGEST_SUBJECT)
    while last > begun.end() and not text[last - 1].isalnum():
        last -= 1
    first = re.match(r"[\w'’]+", text[begun.end() : last])
    if first is None or first[0].casefold() in rules["subject_none"]:
        return None
    return begun.end(), last


def _wished_subject(text: str, at: int, rules: Mapping[str, Any]) -> re.Match[str] | None:
    found = (re.compile(pattern, re.IGNORECASE).search(text, at) for pattern in rules["subject_before_patterns"])
    return next((match for match in found if match), None)


def _speaks_of_schooling(post: Post, clause: Clause) -> bool:
    barred = (post.rules["education"]["vetoes"], post.rules["experience"]["exceptions"])
    if any(wording(texts).search(clause.text) for texts in barred) or post.need.denied(clause.text):
        return False
    return clause.section != "duties" or post.need.is_demand(clause.text)


def _levels_in(text: str, levels: Mapping[str, Sequence[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """The wordings of levels in a text; one that begins inside another does not count."""
    found = [(match, level) for level, texts in levels.items() for match in wording(texts).finditer(text)]
    spans = [match.span() for match, _ in found]
    for match, level in found:
        begin, end = match.span()
        inside = any((a <= begin and end <= b and b - a > end - begin) or a < begin < b for a, b in spans)
        if level != _IGNORED and not inside:
            yield match, level
