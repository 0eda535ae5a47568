"""What a job post asks for in languages and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.postbase import SILENT, Post
from matcher.records import Fact

_CEFR = re.compile(r"\b[abc][12]\b", re.IGNORECASE)
_BEFORE, _AFTER = 60, 40
"""Characters before and after a language's name in which its level may be printed."""
_NAME_WORDS = 4
_WORD = re.compile(r"[\w+/&'’-]+")
_STOP = re.compile(r"[,;:.()\n]")
_SUBJECT = re.compile(r"\s+in\s+[\w ]+?(?=\s*[,;:.()\n]|\s*$|\s+(?:is|are|preferred|required|a\s+plus)\b)")


def language_facts(post: Post) -> list[Fact]:
    """Each language once, where a clause asks for it (and does not only name a country's people or food)."""
    rules = post.rules["language"]
    found: dict[str, Fact] = {}
    for clause in post.clauses:
        asks = wording(rules["signals"]).search(clause.text) and not wording(rules["vetoes"]).search(clause.text)
        if clause.section not in SILENT and asks:
            for fact in _languages(post, clause, rules):
                found.setdefault(str(fact.value["name"]), fact)
    return list(found.values())


def _languages(post: Post, clause: Clause, rules: Mapping[str, Any]) -> Iterator[Fact]:
    known = {name.casefold(): name for name in rules["names"]}
    for match in wording(rules["names"]).finditer(clause.text):
        need = post.need.of(clause, match.start(), match.end())
        name = known.get(match[0].casefold())
        if name and need != "none" and (match[0][0].isupper() or name[0].islower()):
            value = {"name": name, "need": need, "level": _level(clause.text, match, rules["levels"])}
            yield post.fact("language", clause, match.start(), match.end(), value)


def _level(text: str, name: re.Match[str], levels: Sequence[str]) -> str | None:
    """The level printed with a language: a CEFR level, else the nearest word before its name, else the next after it."""
    cefr = _CEFR.search(text)
    if cefr:
        return cefr[0].upper()
    pattern = wording(levels)
    before = list(pattern.finditer(text[max(0, name.start() - _BEFORE) : name.start()]))
    found = before[-1] if before else pattern.search(text[name.end() : name.end() + _AFTER])
    return found[0].lower() if found else None


def certification_facts(post: Post) -> list[Fact]:
    """Certificates named by a head noun ("certification", "license"); those known by name are found as concepts."""
    rules = post.rules["certification"]
    return [
        fact
        for clause in post.asking()
        if not wording(rules["vetoes"]).search(clause.text) and not post.need.denied(clause.text)
        for fact in _certificates(post, clause, rules)
    ]


def _certificates(post: Post, clause: Clause, rules: Mapping[str, Any]) -> Iterator[Fact]:
    for match in wording(rules["heads"]).finditer(clause.text):
        start, end = _name_around(clause.text, match, frozenset(rules["fillers"]))
        need = post.need.of(clause, start, end)
        if end - start > len(match[0]) and need != "none":
            yield post.fact("certification", clause, start, end, {"name": clause.text[start:end], "need": need})
            return


def _name_around(text: str, head: re.Match[str], fillers: frozenset[str]) -> tuple[int, int]:
    """Offsets of the name around a head noun: the words before it back to a filler, and what it is "in"."""
    before = text[: head.start()]
    gap = max((stop.end() for stop in _STOP.finditer(before)), default=0)
    start = head.start()
    for word in reversed([*_WORD.finditer(before, gap)][-_NAME_WORDS:]):
        if word[0].casefold() in fillers:
            break
        start = word.start()
    subject = _SUBJECT.match(text, head.end())
    return start, subject.end() if subject else head.end()
