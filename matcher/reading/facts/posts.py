"""What a job post states: title, experience, education, languages, certificates, typing speed, shift and work site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.clauses import Clause, clauses, wording
from matcher.reading.facts.durations import Floor, floors
from matcher.reading.facts.needs import NeedReader
from matcher.reading.facts.posttitle import title_fact
from matcher.reading.titles import TitleReader
from matcher.records import Fact, Line, Section

_SILENT = frozenset({"about", "benefits", "legal", "apply"})
"""Sections of a post that ask nothing of a candidate's past."""
_ASKING = frozenset({"requirements", "preferred"})
_NEED_ORDER = ("required", "preferred", "waived", "none")
_LEVELS = ("none", "high_school", "some_college", "associate", "bachelor", "master", "doctor")
_WPM = re.compile(r"(\d{2,3})\s*(?:\+|(?:-|–|to)\s*\d{2,3}\s*\+?)?\s*(?:wpm|w\.p\.m\.?|words?\s+(?:per|a)\s+min(?:ute)?)\b", re.IGNORECASE)
_CLOCK = r"(\d{1,2})(?:[.:]\d{2})?\s*([ap])\.?m\b\.?"
_HOURS = re.compile(_CLOCK + r"\s*(?:-|–|to|until)\s*" + _CLOCK, re.IGNORECASE)
_CEFR = re.compile(r"\b[abc][12]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Post:
    """A post as the readers below walk it."""

    text: str
    clauses: tuple[Clause, ...]
    rules: Mapping[str, Any]
    need: NeedReader


def post_facts(
    text: str, lines: Sequence[Line], sections: Sequence[Section], rules: Mapping[str, Any], titles: TitleReader
) -> tuple[Fact, ...]:
    """All facts of a job post, with the offsets of their phrases; of each kind the one that governs comes first.

    Kinds and values: title {title}; experience {min_months, max_months, need}; education {level, need}; language {name, need,
    level}; certification {name, need}; typing {wpm, need}; shift {shift}; site {site}.
    """
    table = rules["posts"]
    post = _Post(text, clauses(text, sections), table, NeedReader(table["need"]))
    readers: tuple[Callable[[_Post], Sequence[Fact]], ...] = (
        _experience, _education, _languages, _certifications, _typing, _shift, _site,
    )  # fmt: skip
    title = title_fact(text, lines, table["title"], titles)
    return (*([title] if title else []), *(fact for read in readers for fact in read(post)))


# -------------------------------------------------------------------------------------------------------------- experience


def _experience(post: _Post) -> list[Fact]:
    """Floors first (the highest that is required), then experience without a length, with a waiver weighed in."""
    timed = [fact for clause in post.clauses if clause.section not in _SILENT for fact in _timed(post, clause)]
    bare = [fact for clause in post.clauses if clause.section not in _SILENT for fact in _bare(post, clause)]
    waivers = [fact for clause in post.clauses if clause.section != "legal" for fact in _waivers(post, clause)]
    timed.sort(key=_governing)
    bare.sort(key=lambda fact: _NEED_ORDER.index(str(fact.value["need"])))
    if waivers and not _strong(timed):
        return [*waivers, *timed]
    if waivers:
        # A floor and a waiver in one post: the floor is no must.
        return [_with_need(fact, "preferred") for fact in timed] + waivers
    return timed + bare


def _strong(timed: Sequence[Fact]) -> bool:
    return any(fact.value["need"] == "required" and fact.value["min_months"] for fact in timed)


def _governing(fact: Fact) -> tuple[int, int, int]:
    months = fact.value["min_months"]
    return _NEED_ORDER.index(str(fact.value["need"])), -(months if isinstance(months, int) else 0), fact.start


def _with_need(fact: Fact, need: str) -> Fact:
    return Fact(fact.kind, fact.text, fact.start, fact.end, {**fact.value, "need": need})


def _timed(post: _Post, clause: Clause) -> Iterator[Fact]:
    """The floors of a clause; of alternatives in one clause the first, which posts print as the usual way in."""
    rules = post.rules["experience"]
    barred = (*rules["vetoes"], *rules["exceptions"])
    if wording(barred).search(clause.text) or post.need.denied(clause.text):
        return
    if not (wording(rules["signals"]).search(clause.text) or (clause.section in _ASKING and post.need.is_demand(clause.text))):
        return
    elsewhere = wording(rules["elsewhere_after"])
    found = [floor for floor in floors(clause.text) if not elsewhere.match(clause.text[floor.end :].lstrip(" '’"))]
    for floor in _first_of_alternatives(clause, found):
        need = post.need.of(clause, floor.start, floor.end)
        if floor.months == 0:
            need = "waived"
        if need != "none":
            yield _fact(post, "experience", clause, floor.start, floor.end, {"min_months": floor.months, "max_months": floor.most, "need": need})


def _first_of_alternatives(clause: Clause, found: Sequence[Floor]) -> Sequence[Floor]:
    if len(found) > 1 and re.search(r"\bor\b", clause.text[found[0].end : found[-1].start], re.IGNORECASE):
        return found[:1]
    return found


def _bare(post: _Post, clause: Clause) -> Iterator[Fact]:
    rules = post.rules["experience"]
    match = wording(rules["bare"]).search(clause.text)
    asked = clause.section in _ASKING or post.need.is_demand(clause.text) or wording(rules["bare_strong"]).search(clause.text)
    if not match or not asked or floors(clause.text) or wording(rules["bare_vetoes"]).search(clause.text) or post.need.denied(clause.text):
        return
    need = post.need.of(clause, match.start(), match.start())
    if need != "none":
        yield _fact(post, "experience", clause, match.start(), match.end(), {"min_months": None, "max_months": None, "need": need})


def _waivers(post: _Post, clause: Clause) -> Iterator[Fact]:
    rules = post.rules["experience"]
    match = wording(rules["waived"]).search(clause.text)
    if match and not wording(rules["conditional"]).search(clause.text):
        yield _fact(post, "experience", clause, match.start(), match.end(), {"min_months": None, "max_months": None, "need": "waived"})


# --------------------------------------------------------------------------------------------------------------- education


def _education(post: _Post) -> list[Fact]:
    """One fact a clause that names levels (its lowest); required ones first, of equals the lower."""
    found = [fact for clause in post.clauses if clause.section not in _SILENT for fact in _schooling(post, clause)]
    return sorted(found, key=lambda fact: (_NEED_ORDER.index(str(fact.value["need"])), _LEVELS.index(str(fact.value["level"])), fact.start))


def _schooling(post: _Post, clause: Clause) -> Iterator[Fact]:
    rules = post.rules["education"]
    if wording(rules["vetoes"]).search(clause.text) or post.need.denied(clause.text):
        return
    if clause.section == "duties" and not post.need.is_demand(clause.text):
        return
    if wording(post.rules["experience"]["exceptions"]).search(clause.text):
        return
    best: dict[str, tuple[int, re.Match[str]]] = {}
    for match, level in _levels_in(clause.text, {**rules["levels"], "ignored": rules["ignored"]}):
        need = post.need.of(clause, match.start(), match.end())
        rank = _LEVELS.index(level)
        if need != "none" and (need not in best or rank < best[need][0]):
            best[need] = (rank, match)
    for need, (rank, match) in best.items():
        yield _fact(post, "education", clause, match.start(), match.end(), {"level": _LEVELS[rank], "need": need})


def _levels_in(text: str, levels: Mapping[str, Sequence[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """The wordings of levels in a text; one that lies inside a longer one of another level does not count."""
    found = [(match, level) for level, texts in levels.items() for match in wording(texts).finditer(text)]
    for match, level in found:
        if level != "ignored" and not any(o is not match and o.start() <= match.start() and match.end() <= o.end() and len(o[0]) > len(match[0]) for o, _ in found):
            yield match, level


# ------------------------------------------------------------------------------------------------ languages, certificates


def _languages(post: _Post) -> list[Fact]:
    rules = post.rules["language"]
    names, known = wording(rules["names"]), {name.casefold(): name for name in rules["names"]}
    found: dict[str, Fact] = {}
    for clause in post.clauses:
        if clause.section in _SILENT or not wording(rules["signals"]).search(clause.text) or wording(rules["vetoes"]).search(clause.text):
            continue
        for match in names.finditer(clause.text):
            need = post.need.of(clause, match.start(), match.end())
            name = known.get(match[0].casefold())
            if name and need != "none" and name not in found and (match[0][0].isupper() or match[0].isupper()):
                value = {"name": name, "need": need, "level": _language_level(clause.text, match, rules["levels"])}
                found[name] = _fact(post, "language", clause, match.start(), match.end(), value)
    return list(found.values())


def _language_level(text: str, name: re.Match[str], levels: Sequence[str]) -> str | None:
    """The level printed with a language: a CEFR level, else the nearest word before its name, else the next after it."""
    cefr = _CEFR.search(text)
    if cefr:
        return cefr[0].upper()
    pattern = wording(levels)
    before = list(pattern.finditer(text[max(0, name.start() - 60) : name.start()]))
    after = pattern.search(text[name.end() : name.end() + 40])
    found = before[-1] if before else after
    return found[0].lower() if found else None


def _certifications(post: _Post) -> list[Fact]:
    """Certificates named by a head noun ("certification", "license"); those known by name are found as concepts."""
    rules = post.rules["certification"]
    found: list[Fact] = []
    for clause in post.clauses:
        asked = clause.section in _ASKING or (clause.section not in _SILENT and post.need.is_demand(clause.text))
        if asked and not wording(rules["vetoes"]).search(clause.text) and not post.need.denied(clause.text):
            found.extend(_certificates(post, clause, rules))
    return found


def _certificates(post: _Post, clause: Clause, rules: Mapping[str, Any]) -> Iterator[Fact]:
    for match in wording(rules["heads"]).finditer(clause.text):
        start, end = _named(clause.text, match, frozenset(rules["fillers"]))
        need = post.need.of(clause, start, end)
        if end - start > match.end() - match.start() and need != "none":
            yield _fact(post, "certification", clause, start, end, {"name": clause.text[start:end], "need": need})
            return


def _named(text: str, head: re.Match[str], fillers: frozenset[str]) -> tuple[int, int]:
    """Offsets of the name around a head noun: up to four words before it, and what follows "in"."""
    before = list(re.finditer(r"[\w+/&'’-]+", text[: head.start()]))[-4:]
    gap = max((m.end() for m in re.finditer(r"[,;:.()\n]", text[: head.start()])), default=0)
    words = [word for word in before if word.start() >= gap]
    while words and words[0][0].casefold() in fillers:
        words.pop(0)
    last = max((i for i, word in enumerate(words) if word[0].casefold() in fillers and word[0].casefold() not in {"of", "in"}), default=-1)
    words = words[last + 1 :]
    after = re.match(r"\s+in\s+[\w ]+?(?=[,;:.()\n]|$|\s+(?:is|are|preferred|required|a\s+plus)\b)", text[head.end() :])
    return (words[0].start() if words else head.start()), head.end() + (after.end() if after else 0)


# ------------------------------------------------------------------------------------------------- typing, shift and site


def _typing(post: _Post) -> list[Fact]:
    rules = post.rules["typing"]
    found = []
    for clause in post.clauses:
        for match in _WPM.finditer(clause.text):
            speed = int(match[1])
            if clause.section not in _SILENT and rules["least"] <= speed <= rules["most"]:
                value = {"wpm": speed, "need": post.need.of(clause, match.start(), match.end())}
                found.append(_fact(post, "typing", clause, match.start(), match.end(), value))
    return found


def _shift(post: _Post) -> list[Fact]:
    return _choice(post, "shift", _by_clock)


def _site(post: _Post) -> list[Fact]:
    """Hybrid wins over its parts; of remote and on site the first that is said."""
    found = _choice(post, "site", lambda post, clause: ())
    both = [fact for fact in found if fact.value["site"] != "hybrid"]
    return [fact for fact in found if fact.value["site"] == "hybrid"] + sorted(both, key=lambda fact: fact.start)


def _choice(post: _Post, kind: str, more: Callable[[_Post, Clause], Sequence[Fact]]) -> list[Fact]:
    """Facts of a kind with a closed list of values, in the order that the rules give them."""
    rules = post.rules[kind]
    found: list[Fact] = []
    for clause in post.clauses:
        if clause.section in {"about", "legal"}:
            continue
        vetoed = [match.span() for match in wording(rules["vetoes"]).finditer(clause.text)]
        later = wording(rules["later"]).search(clause.text)
        today = clause.text[: later.start()] if later else clause.text
        for name in rules["order"]:
            for match in wording(rules[name]).finditer(today):
                if not _negated(clause.text, match, rules["negations"]) and not any(a < match.end() and match.start() < b for a, b in vetoed):
                    found.append(_fact(post, kind, clause, match.start(), match.end(), {kind: name}))
        found.extend(more(post, clause))
    return sorted(found, key=lambda fact: (rules["order"].index(fact.value[kind]), fact.start))


def _negated(text: str, match: re.Match[str], negations: Sequence[str]) -> bool:
    before = re.findall(r"[\w']+", text[: match.start()].casefold())[-1:]
    return bool(before) and before[0] in negations


def _by_clock(post: _Post, clause: Clause) -> Sequence[Fact]:
    """Working hours printed as times of day, where the clause speaks of shifts, hours or a schedule."""
    match = _HOURS.search(clause.text)
    if not match or not re.search(r"\b(?:shift|hours|schedule|timings?|days working)\b", clause.text, re.IGNORECASE):
        return ()
    begin, end = _hour(match[1], match[2]), _hour(match[3], match[4])
    shift = "night" if begin >= 17 and end <= 9 else "day" if 5 <= begin <= 11 and 12 <= end <= 20 else None
    return (_fact(post, "shift", clause, match.start(), match.end(), {"shift": shift}),) if shift else ()


def _hour(number: str, half: str) -> int:
    return int(number) % 12 + (12 if half.casefold() == "p" else 0)


def _fact(post: _Post, kind: str, clause: Clause, start: int, end: int, value: Mapping[str, str | int | float | bool | None]) -> Fact:
    """A fact from offsets within a clause."""
    start, end = clause.start + start, clause.start + end
    return Fact(kind, post.text[start:end], start, end, value)
