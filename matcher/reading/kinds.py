"""Telling a resume from a job post by its words, for those who do not say which it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from matcher.records import Kind

_HEADING_WEIGHT = 2


def guess_kind(text: str, rules: Mapping[str, Any]) -> Kind:
    """The kind that more of the text speaks for; a resume where nothing speaks either way."""
    folded = " ".join(text.casefold().split())
    lines = {line.strip(" :.-*#\t").casefold() for line in text.splitlines()}
    job = _phrases(folded, rules["kinds"]["job"]) + _HEADING_WEIGHT * len(lines & _headings(rules, "job", "resume"))
    resume = _phrases(folded, rules["kinds"]["resume"]) + _HEADING_WEIGHT * len(lines & _headings(rules, "resume", "job"))
    return Kind.JOB if job > resume else Kind.RESUME


def _phrases(folded: str, phrases: Iterable[str]) -> int:
    return sum(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded) is not None for phrase in phrases)


def _headings(rules: Mapping[str, Any], kind: str, other: str) -> frozenset[str]:
    """Headings that one kind of document uses and the other does not."""
    return _all(rules, kind) - _all(rules, other)


def _all(rules: Mapping[str, Any], kind: str) -> frozenset[str]:
    tables = rules["headings"].get(kind, {}).get("exact", {})
    return frozenset(heading for headings in tables.values() for heading in headings)
