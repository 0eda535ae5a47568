"""What a text says about a concept that it mentions: the section's default, then the cues around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matcher.records import Kind, Section, Stance

_CLAUSE_END = re.compile(r"[,;:.()\n\t•]|\bbut\b")
_BRACKET = re.compile(r"\s*\([^()\n]*\)")
"""Directly after a mention it is a part of it: "CPC (AAPC) in progress", "CPC (in progress)"."""
_CLOSED_BRACKET = re.compile(r"\([^()]*\)")
_FEW_WORDS = 4
"""A bracket of no more words than these says only how much what stands before it is wanted: "(preferred but not required)"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording that changes the stance of what stands within its reach; `unless`: longer wordings that do not ("not only").

    `barred` wordings between the cue and a mention keep it off, as does a bracket around the cue that says more than the cue:
    "Excel required, Access preferred", "Excel (Access preferred)".
    """

    stance: Stance
    pattern: re.Pattern[str]
    direction: str
    words: int | None
    clause: bool
    unless: re.Pattern[str] | None
    barred: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class StanceRules:
    """The defaults by section and the cues of one kind of document, the strongest first; hedges multiply a claim's score."""

    fallback: Stance
    defaults: Mapping[str, Stance]
    cues: tuple[Cue, ...]
    hedges: tuple[tuple[re.Pattern[str], float], ...]

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any], kind: Kind) -> StanceRules:
        """Build from the table of `taxonomy/cues.toml`."""
        fallback = Stance.HELD if kind is Kind.RESUME else Stance.REQUIRED
        defaults = {section: Stance(stance) for section, stance in rules["defaults"][kind].items()}
        cues = tuple(_cue(row) for row in rules["cue"] if row["kind"] == kind)
        order = (Stance.CONTEXT, Stance.DENIED, Stance.LEARNING, Stance.PREFERRED)
        hedges = tuple((_pattern(row["texts"]), float(row["factor"])) for row in rules["hedge"])
        return cls(fallback, defaults, tuple(sorted(cues, key=lambda cue: order.index(cue.stance))), hedges)

    def stance_of(self, sentence: str, start: int, end: int, section: str) -> tuple[Stance, float]:
        """The stance of `sentence[start:end]` in a section, and the factor that hedges put on its score."""
        stance = self.defaults.get(section, self.fallback)
        factor = 1.0
        if stance is not Stance.CONTEXT:
            before, after = _clause_before(sentence, start), _clause_after(sentence, end)
            clause, whole = (before, after), (sentence[:start], sentence[end:])
            stance = next((cue.stance for cue in self.cues if _applies(cue, *(clause if cue.clause else whole))), stance)
            factor = next((value for pattern, value in self.hedges if pattern.search(before)), 1.0)
        return stance, factor


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The section in which an offset lies; sections are in text order."""
    return next((section for section in reversed(sections) if section.start <= offset), None)


def _cue(row: Mapping[str, Any]) -> Cue:
    reach = str(row["reach"])
    words = int(reach.split()[0]) if "words" in reach else None
    unless = _pattern(row["unless"]) if "unless" in row else None
    clause = reach == "clause" or (words is not None and not reach.endswith("across"))
    barred = _pattern(row["barred"]) if "barred" in row else None
    return Cue(Stance(row["stance"]), _pattern(row["texts"]), row["direction"], words, clause, unless, barred)


def _pattern(texts: Sequence[str]) -> re.Pattern[str]:
    """Whole words, the longest first, case-blind; spaces match any run of blanks."""
    parts = [re.escape(text).replace(r"\ ", r"\s+") for text in sorted(texts, key=len, reverse=True)]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def _clause_before(sentence: str, start: int) -> str:
    _, ends = _cuts(sentence)
    place = bisect_right(ends, start)
    return sentence[ends[place - 1] if place else 0 : start]


def _clause_after(sentence: str, end: int) -> str:
    bracket = _BRACKET.match(sentence, end)
    starts, _ = _cuts(sentence)
    place = bisect_left(starts, bracket.end() if bracket else end)
    return sentence[end : starts[place] if place < len(starts) else len(sentence)]


@lru_cache(maxsize=1)
def _cuts(sentence: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the clause ends of a sentence begin and end; kept for the next mention, which mostly stands in the same sentence."""
    spans = [match.span() for match in _CLAUSE_END.finditer(sentence)]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)


def _applies(cue: Cue, before: str, after: str) -> bool:
    forward = cue.direction in {"forward", "both"} and _reaches(cue, before, True)
    return forward or (cue.direction in {"backward", "both"} and _reaches(cue, after, False))


def _reaches(cue: Cue, stretch: str, forward: bool) -> bool:
    for match in cue.pattern.finditer(stretch):
        if cue.unless and any(other.start() <= match.start() < other.end() for other in cue.unless.finditer(stretch)):
            continue
        between = stretch[match.end() :] if forward else stretch[: match.start()]
        if cue.barred and (cue.barred.search(between) or _shut_in(stretch, match, between, forward)):
            continue
        if cue.words is None or len(between.split()) <= cue.words:
            return True
    return False


def _shut_in(stretch: str, cue: re.Match[str], between: str, forward: bool) -> bool:
    """Whether a cue stands in a bracket with words of its own, and the mention outside of it."""
    plain = _CLOSED_BRACKET.sub("", between)
    if forward or "(" not in plain:
        return forward and ")" in plain
    end = stretch.find(")", cue.end())
    inside = stretch[between.rindex("(") + 1 : end if end >= 0 else len(stretch)]
    return len(inside.split()) > _FEW_WORDS
