"""The certificates that a job post asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.postbase import Post
from matcher.records import Fact

_NAME_WORDS = 4
_WORD = re.compile(r"[\w+/&'’-]+")
_STOP = re.compile(r"[,;:.()\n]")
_SUBJECT = re.compile(r"\s+in\s+[\w ]+?(?=\s*[,;:.()\n]|\s*$|\s+(?:is|are|preferred|required|a\s+plus)\b)")


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
        if not _only_heads(clause.text[start:end], rules) and need != "none":
            yield post.fact("certification", clause, start, end, {"name": clause.text[start:end], "need": need})
            return


def _only_heads(name: str, rules: Mapping[str, Any]) -> bool:
    """Whether a name is no more than its head nouns ("license/certification")."""
    return set(re.findall(r"\w+", name.casefold())) <= set(rules["heads"])


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
