"""The languages that a job post asks for, with the level as printed: a word, a CEFR level or a test's score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.postbase import SILENT, Post, need_rank
from matcher.records import Fact

_CEFR = re.compile(r"(?<![\w/])[abc][12](?!\w)(?!\s*(?:/\s*b2\s*)?visa)", re.IGNORECASE)
_BEFORE, _AFTER = 60, 40
"""Characters before and after a language's name in which its level may be printed."""
_JOINED = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b)\s*(?:and\s+|or\s+)?", re.IGNORECASE)
_GAP = (
    r"(?:[\s:()\-–>=≥,]|\b(?:tests?|exam|english|speaking|spoken|voice|scores?|scored?|ratings?|levels?|bands?|overall|of|at|least|"
    r"minimum|min|is|an?|and|above|should|must|be|have|result|academic|general|passing|with|ibt|pbt|cbt|assessment|skill)\b\.?){0,9}?"
)
_SCALE = (
    r"(?:\s*[(/]?\s*(?:on\s+(?:the\s+|an?\s+)?|out\s+of\s+|in\s+)?"
    r"(?P<scale>GSE|\d{2}\s*[-–]\s*\d{2}|1\s*[-–]\s*6|90|80|120|990))?"
)
_UNIT = re.compile(r"\b(level|band)\b|\b(iBT|PBT|GSE)\b", re.IGNORECASE)

Match = re.Match[str]


def language_facts(post: Post) -> list[Fact]:
    """Each language once, where a clause asks for it (and does not only name a country's people or food).

    Value {name, need, level}: of several levels the one that can be measured, if it is asked for no less.
    """
    found: dict[str, Fact] = {}
    for i, clause in enumerate(post.clauses):
        if clause.section not in SILENT and not wording(post.rules["language"]["vetoes"]).search(clause.text):
            for fact in _of_clause(post, clause, first=i == 0):
                name = str(fact.value["name"])
                found[name] = _firmer(found[name], fact) if name in found else fact
    return list(found.values())


def _firmer(old: Fact, new: Fact) -> Fact:
    better = _firmness(new.value["level"]) > _firmness(old.value["level"])
    return replace(new, value={**new.value, "need": old.value["need"]}) if better and need_rank(new) <= need_rank(old) else old


def _firmness(level: object) -> int:
    """0 where no level is said, 1 for a word, 2 for a level that can be measured."""
    return 0 if level is None else 1 + any(c.isdecimal() for c in str(level))


def _of_clause(post: Post, clause: Clause, *, first: bool) -> Iterator[Fact]:
    rules = post.rules["language"]
    names = list(_names(clause, rules))
    tests = list(_tests(clause.text, tuple(rules["tests"]))) if wording(rules["tests"]).search(clause.text) else []
    if not names and not tests:
        return
    asked = tests or wording(rules["signals"]).search(clause.text)
    if not asked:
        names = [(match, name) for match, name in names if first and _heads(clause.text, match, rules["title_after"])]
    places = [match for match, _ in names]
    measured = _measured(clause.text, places, tests, rules)
    for match, name in names:
        told = replace(clause, text=clause.text[: _reach(clause.text, match, places)])
        need = post.need.of(told, match.start(), match.end())
        if need != "none":
            level = measured.get(match.start()) or _worded(clause.text, match, rules["levels"])
            yield post.fact("language", clause, match.start(), match.end(), {"name": name, "need": need, "level": level})
    if not names:
        yield from _by_test(post, clause, tests, rules["tests"])


def _names(clause: Clause, rules: Mapping[str, Any]) -> Iterator[tuple[Match, str]]:
    for match in wording(rules["names"]).finditer(clause.text):
        name = next((name for name in rules["names"] if name.casefold() == match[0].casefold()), None)
        if name and (match[0][0].isupper() or name[0].islower()):
            yield match, name


def _heads(text: str, name: Match, words: Sequence[str]) -> bool:
    after = re.match(r"[\s-]*(\w+)", text[name.end() :])
    return after is not None and after[1].casefold() in words and name[0].casefold() != "english"


# ------------------------------------------------------------------------------------------------------------------ levels


def _measured(text: str, names: Sequence[Match], tests: Sequence[Match], rules: Mapping[str, Any]) -> Mapping[int, str]:
    """The first measured level of each name, by the name's start."""
    levels = [(match, " or ".join(map(_score, tests))) for match in tests[:1]]
    inside = [match.span() for match in tests]
    cefr = [m for m in _CEFR.finditer(text) if not any(a <= m.start() < b for a, b in inside)]
    levels += [(match, match[0].upper()) for match in cefr]
    found: dict[int, str] = {}
    for match, level in sorted(levels, key=lambda pair: pair[0].start()):
        for name in _owners(text, match, names, tuple(rules["of_words"])):
            found.setdefault(name.start(), level)
    return found


def _owners(text: str, level: Match, names: Sequence[Match], of_words: tuple[str, ...]) -> Sequence[Match]:
    """The names that a level is of: those that it leads up to, else those right before it, else the next ones."""
    inside = [name for name in names if level.start() <= name.start() < level.end()]
    if inside:
        return inside[:1]
    later = [name for name in names if name.start() >= level.end()]
    if later and _between(of_words).fullmatch(text[level.end() : later[0].start()]):
        return _run(text, later)
    before = [name for name in names if name.end() <= level.start()]
    if before:
        return before[-1:] if "(" in text[before[-1].end() : level.start()] else _run(text, before[::-1])
    return _run(text, later)


def _run(text: str, names: Sequence[Match]) -> Sequence[Match]:
    """The first of some names and those joined to it by nothing but "and", "or" or a comma; they may run either way."""
    kept = [*names[:1]]
    for name in names[1:]:
        left, right = sorted((kept[-1], name), key=lambda match: match.start())
        if not _JOINED.fullmatch(text[left.end() : right.start()]):
            break
        kept.append(name)
    return kept


@lru_cache(maxsize=8)
def _between(words: tuple[str, ...]) -> re.Pattern[str]:
    told = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:[\s)\-+:]|\b(?:{told})\b)*", re.IGNORECASE)


def _reach(text: str, name: Match, names: Sequence[Match]) -> int:
    """How far a text speaks of a name: to the next one that is not joined with it.

    "French in speech and writing, English desirable" wishes for English alone.
    """
    joined = _run(text, [other for other in names if other.start() >= name.start()])
    return next((other.start() for other in names if other.start() > joined[-1].start()), len(text))


def _worded(text: str, name: Match, levels: Sequence[str]) -> str | None:
    """The level in words: the nearest one before a language's name, else the next after it."""
    pattern = wording(levels)
    before = list(pattern.finditer(text[max(0, name.start() - _BEFORE) : name.start()]))
    found = before[-1] if before else pattern.search(text[name.end() : name.end() + _AFTER])
    return found[0].lower() if found and not _CEFR.fullmatch(found[0]) else None


# ------------------------------------------------------------------------------------------------------------------- tests


def _tests(text: str, names: tuple[str, ...]) -> Iterator[Match]:
    """Scores of language tests, each with its groups test, number and scale."""
    for pattern in _test_patterns(names):
        found = list(pattern.finditer(text))
        if found:
            yield from found
            return


@lru_cache(maxsize=8)
def _test_patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    test = rf"(?<!\w)(?P<test>{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?!\w)"
    number = r"(?P<number>\d{1,3}(?:\.\d)?(?![\d%,])|\b[ABCN][1-5]\b)\+?"
    return (
        re.compile(rf"{test}(?:\s+[a-z]{{4,}}\b)??(?P<gap>{_GAP}){number}{_SCALE}", re.IGNORECASE),
        re.compile(rf"{number}(?P<gap>{_GAP})(?:\b(?:in|on|for)\s+(?:the\s+|your\s+)?){test}(?P<scale>(?!))?", re.IGNORECASE),
    )


def _score(match: Match) -> str:
    """A score as printed, with the scale if the post names it: "Versant 58", "Versant level 4", "Versant 58 (GSE)"."""
    units = [unit[0] for unit in _UNIT.finditer(match["gap"])]
    parts = [match["test"], *dict.fromkeys(units), match["number"].upper()]
    scale = f" ({match['scale']})" if match["scale"] else ""
    return " ".join(parts) + scale


def _by_test(post: Post, clause: Clause, tests: Sequence[Match], languages: Mapping[str, str]) -> Iterator[Fact]:
    """The language of a test that the clause names without a language."""
    known = {name.casefold(): language for name, language in languages.items()}
    for match in tests:
        language, need = known.get(match["test"].casefold()), post.need.of(clause, match.start(), match.end())
        if language and need != "none":
            value = {"name": language, "need": need, "level": " or ".join(map(_score, tests))}
            yield post.fact("language", clause, match.start(), match.end(), value)
            return
