"""Telling a resume from a job post by its words, for those who do not say which it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from matcher.records import Kind, Notice

_WORD = re.compile(r"\w+")
_HEADING_WEIGHT = 2
_SURE = 4
"""A lead of so many phrases (a heading counts for two) that nobody would take the text for the other kind."""


class KindTeller:
    """Built from the rules `kinds` and `headings`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        headings = {kind: _headings(rules, kind) for kind in Kind}
        self._headings = {
            kind: headings[kind].difference(*(headings[other] for other in Kind if other is not kind)) for kind in Kind
        }
        self._phrases: dict[Kind, tuple[str, ...]] = {kind: tuple(rules["kinds"][kind]) for kind in Kind}

    def guess(self, text: str) -> Kind:
        """The kind that more of the text speaks for; a resume where nothing speaks either way."""
        return Kind.JOB if self._lead_of_resume(text) < 0 else Kind.RESUME

    def mistaken(self, text: str, kind: Kind) -> Notice | None:
        """The notice "other-kind" for a text that is read as one kind while much more of it speaks for the other."""
        lead = self._lead_of_resume(text)
        if kind is Kind.JOB and lead >= _SURE:
            return Notice("other-kind", "looks like a resume and is read as a job post: see that it is the right file")
        if kind is Kind.RESUME and lead <= -_SURE:
            return Notice("other-kind", "looks like a job post and is read as a resume: see that it is the right file")
        return None

    def _lead_of_resume(self, text: str) -> int:
        folded = " ".join(text.casefold().split())
        words = frozenset(_WORD.findall(folded))
        lines = {line.strip(" :.-*#\t").casefold() for line in text.splitlines()}
        points = {
            kind: _standing(folded, words, self._phrases[kind]) + _HEADING_WEIGHT * len(lines & self._headings[kind])
            for kind in Kind
        }
        return points[Kind.RESUME] - points[Kind.JOB]


def _standing(folded: str, words: Collection[str], phrases: Iterable[str]) -> int:
    """How many of the phrases stand in a text; `words` are the text's."""
    return sum(phrase in words if phrase.isalnum() else phrase in folded and _stands(folded, phrase) for phrase in phrases)


def _stands(folded: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded) is not None


def _headings(rules: Mapping[str, Any], kind: Kind) -> frozenset[str]:
    tables = rules["headings"].get(kind, {}).get("exact", {})
    return frozenset(heading for headings in tables.values() for heading in headings)
