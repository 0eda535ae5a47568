"""How much a job post wants something: required, preferred, or expressly not needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.reading.facts.clauses import Clause, wording

_STEP = re.compile(r"[,;:()]|\s[-–—]\s|\band\b|\bbut\b")
_CLOSED_BRACKET = re.compile(r"\([^()]*\)")
_FEW_WORDS = 4
_ACRONYM = re.compile(r"[A-Z][A-Z\d+]+")


@dataclass(frozen=True, slots=True)
class NeedReader:
    """Reads need from the cues of `rules["posts"]["need"]` around a phrase and from the section it stands in."""

    rules: Mapping[str, Any]
    _patterns: dict[str, re.Pattern[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_patterns", {key: wording(texts) for key, texts in self.rules.items()})

    def of(self, clause: Clause, start: int, end: int) -> str:
        """The need of `clause.text[start:end]`: "required", "preferred", or "none" where the post says that it is not needed.

        A cue after the phrase speaks of it when no cue stands nearer; one before it, when nothing but a step of an
        enumeration lies between ("preferably A, B" prefers both; "A required, preferably B" leaves A required).
        """
        text = clause.text
        after = text[end:]
        preferred = self._first("preferred_after", after)
        not_needed = self._first("not_needed_after", after)
        required = self._first("required", after)
        if (
            not_needed is not None
            and not_needed <= min(_or_far(preferred), _or_far(required))
            and _steps(after[:not_needed]) <= 2
        ):
            return "preferred" if preferred is not None or clause.section == "preferred" else "none"
        if required is not None and not _steps(after[:required]) and required < _or_far(preferred):
            return "required"
        if self._patterns["preferred_before"].search(_CLOSED_BRACKET.sub("", text[:start])):
            return "preferred"
        away = preferred is not None and (self._turns_away(after[:preferred]) or _shut_in(after, preferred))
        if preferred is not None and preferred <= _or_far(required) and not away:
            return "preferred"
        return "preferred" if clause.section == "preferred" and required is None else "required"

    def is_demand(self, text: str) -> bool:
        """Whether a clause says outright that something is asked for, whatever its section."""
        return any(self._patterns[key].search(text) for key in ("required", "preferred_before", "preferred_after"))

    def prefers(self, phrase: str) -> bool:
        """Whether a phrase itself says that it is only preferred ("immediate joiners preferred, within 30 days at most")."""
        return bool(self._patterns["preferred_before"].search(phrase) or self._patterns["preferred_after"].search(phrase))

    def denied(self, text: str) -> bool:
        """Whether a clause turns away those whom it names ("freshers please excuse")."""
        return bool(self._patterns["denied_after"].search(text))

    def _first(self, key: str, text: str) -> int | None:
        found = self._patterns[key].finditer(text)
        return next((match.start() for match in found if not self._joins(match, text)), None)

    def _joins(self, match: re.Match[str], text: str) -> bool:
        """Whether a cue only joins what stands before it to what follows: "a diploma plus two years"."""
        return bool(self._patterns["joining"].fullmatch(match[0])) and text[match.end() :].lstrip()[:1].isalnum()

    def _turns_away(self, between: str) -> bool:
        """Whether what lies between a phrase and a cue begins something new that the cue speaks of."""
        return bool(re.search(r";|:(?!\s*$)|\bpreferably\b|\bideally\b", between))


def _shut_in(after: str, cue: int) -> bool:
    """Whether a cue stands in a bracket that speaks of something else: "degree (science background preferred)", "(BSN ideal)"."""
    start = after.rfind("(", 0, cue)
    if start < 0 or ")" in after[start:cue]:
        return False
    end = after.find(")", cue)
    inside = after[start + 1 : end if end >= 0 else len(after)]
    named = not inside.isupper() and _ACRONYM.search(after, start, cue)
    return bool(named) or len(inside.split()) > _FEW_WORDS


def _steps(between: str) -> int:
    return len(_STEP.findall(between))


def _or_far(offset: int | None) -> int:
    return 1_000_000 if offset is None else offset
