"""What a text says about a concept that it mentions: the section's default, then the cues around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from matcher.reading.cues import Cue, Sentence, row_pattern, wordings
from matcher.reading.units import Unit
from matcher.records import Kind, Section, Stance

_STRENGTH = (Stance.CONTEXT, Stance.DENIED, Stance.LEARNING, Stance.PREFERRED, Stance.REQUIRED, Stance.HELD)
_LONGEST_PASSAGE = 1_500
"""A paragraph longer than this is a whole document without line ends: what one sentence is about says little of the others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that open a passage about others than the candidate; it goes on to the end of the paragraph.

    `opens`: wordings with which each further sentence of it begins, if not any; `until`: wordings that end it.
    """

    pattern: re.Pattern[str]
    opens: re.Pattern[str] | None
    until: re.Pattern[str]

    def goes_on(self, sentence: str) -> bool:
        """Whether a sentence after one of the passage belongs to it as well."""
        return not self.until.search(sentence) and (self.opens is None or self.opens.match(sentence) is not None)


class StanceRules:
    """The defaults by section and the cues of one kind of document, the strongest first; hedges multiply a claim's score."""

    def __init__(self, rules: Mapping[str, Any], kind: Kind) -> None:
        self._fallback = Stance.HELD if kind is Kind.RESUME else Stance.REQUIRED
        self._defaults = {section: Stance(stance) for section, stance in rules["defaults"][kind].items()}
        rows = [row for row in rules["cue"] if row["kind"] in (kind, "both")]
        cues = [Cue.from_row(row, rules.get("nouns", {})) for row in rows]
        hedges = [Cue.from_row(row, {}) for row in rules.get("hedge", ()) if row.get("kind", kind) == kind]
        self._cues = (*sorted(cues, key=lambda cue: _STRENGTH.index(cue.stance)), *hedges)
        self._stop = _clause_end(rules.get("clauses", {}))
        anew = rules.get("clauses", {}).get("anew", ())
        self._anew = wordings(anew) if anew else None
        slots = rules.get("slots", {})
        self._slot, self._units = _slot(slots.get("words", ())), frozenset(slots.get("units", ()))
        self._passages = tuple(_passage(row) for row in rules.get("passage", ()) if row["kind"] in (kind, "both"))
        self._last = Sentence("", (), self._stop)

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any], kind: Kind) -> StanceRules:
        """Build from the table of `taxonomy/cues.toml`."""
        return cls(rules, kind)

    def stance_of(self, sentence: str, start: int, end: int, section: str, concept_type: str = "") -> tuple[Stance, float]:
        """The stance of `sentence[start:end]` in a section, where a concept of a type is named, and the factor of hedges."""
        default = self._defaults.get(f"{section}/{concept_type}", self._defaults.get(section, self._fallback))
        if default is Stance.CONTEXT or self._in_slot(sentence, start, end):
            return Stance.CONTEXT, 1.0
        read = self._last
        if read.text != sentence:  # mentions come in text order, so mostly it is that of the one before
            read = self._last = Sentence(sentence, self._cues, self._stop, self._anew)
        stance, factor = None, 1.0
        for cue in read.reaching(start, end, concept_type):
            if cue.factor != 1.0:
                return stance or default, cue.factor
            stance = stance or cue.stance
        return stance or default, factor

    def passages(self, text: str, sentences: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
        """The stretches of a text that are about others than the candidate, whatever stands in them; in text order."""
        if not any(passage.pattern.search(text) for passage in self._passages):
            return ()
        found: list[tuple[int, int]] = []
        for _, units in groupby(sentences, key=lambda unit: unit.item):
            found.extend(self._within(text, list(units)))
        return tuple(found)

    def _within(self, text: str, units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
        """The passages of one paragraph."""
        current: Passage | None = None
        for unit in units:
            sentence = text[unit.start : unit.end]
            if current is not None and not current.goes_on(sentence):
                current = None
            if current is None:
                current = next((p for p in self._passages if p.pattern.search(sentence) and not p.until.search(sentence)), None)
            if current is not None:
                yield unit.start, unit.end
                if current.opens is None and unit.end - units[0].start > _LONGEST_PASSAGE:
                    current = None

    def _in_slot(self, sentence: str, start: int, end: int) -> bool:
        """Whether a mention is a slot of a template that nobody filled in, or what a slot counts: "[Number] wpm"."""
        if self._slot is None or "[" not in sentence:
            return False
        counted = sentence[start:end].casefold() in self._units
        return any(m.start() < end and start < m.end() + 2 * counted for m in self._slot.finditer(sentence))


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The section in which an offset lies; sections are in text order."""
    return next((section for section in reversed(sections) if section.start <= offset), None)


def _passage(row: Mapping[str, Any]) -> Passage:
    opens = re.compile(rf"\W*{wordings(row['opens']).pattern}", re.IGNORECASE) if "opens" in row else None
    return Passage(row_pattern(row), opens, wordings(row["until"]))


def _clause_end(table: Mapping[str, Any]) -> re.Pattern[str]:
    """What ends a clause: marks, wide gaps, a contrast; where no mark was set, a capital after a small letter or a small word."""
    breaks = "|".join(map(re.escape, table.get("breaks", ("but",))))
    verbs, nouns = ("|".join(map(re.escape, table.get(key, ()))) or r"(?!)" for key in ("verbs", "nouns"))
    anew = rf"(?<=[a-z])(?P<verb>\s+)(?=(?:{verbs})\b)|(?<![\w'’-])[a-z][\w'’-]*(?P<noun>\s+)(?=(?:{nouns})\b)"
    return re.compile(rf"[,;:.()\n\t•]| {{3,}}|\b(?:{breaks})\b|{anew}")


def _slot(words: Sequence[str]) -> re.Pattern[str] | None:
    """A bracket of nothing but words that templates use for what a writer is to fill in.

    Word by word, so that a bracket can be read in one way only: trying all ways in which "xxxx" can be cut would take for ever.
    """
    if not words:
        return None
    single = sorted({word for phrase in words for word in re.findall(r"\w+", phrase)})
    return re.compile(rf"\[[\s/,.#%-]*(?:(?:{'|'.join(map(re.escape, single))})(?!\w)[\s/,.#%-]*)++\]", re.IGNORECASE)
