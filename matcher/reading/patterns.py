"""Duties with words in between: a verb, then numbers, determiners and the like, then what it was done to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reading.labels import Hit, phrase_stems
from matcher.reading.words import WordFolder, Words
from matcher.taxonomy import Taxonomy

_TRUST = 0.8
_NUMBER = "#"
"""In an object, any number."""
_JOINERS = frozenset({",", "and", "or", "/"})
"""With a comma among them, these alone part a verb from its object: "cash handling, call centre" handles no calls."""


@dataclass(frozen=True, slots=True)
class GapPattern:
    """`verb ... object` for one concept; objects and the words that may stand between are stems."""

    concept: str
    objects: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    example: str


class PatternMatcher:
    """Finds what `taxonomy/patterns.toml` describes; a hit carries the concept's first unguarded name as its surface."""

    def __init__(self, taxonomy: Taxonomy, folder: WordFolder) -> None:
        rules: Mapping[str, Any] = taxonomy.rules.get("patterns", {})
        gap = _stems(folder, rules.get("between", ()))
        self._numbers = _stems(folder, rules.get("numbers", ()))
        self._farthest = int(rules.get("farthest", 0))
        self._names = _unguarded(taxonomy)
        self._patterns: list[GapPattern] = []
        self._by_verb: dict[str, dict[str, list[int]]] = {}
        """For each verb and each first word of an object the numbers of the patterns that have both."""
        for row in rules.get("pattern", ()):
            objects = tuple(tuple(phrase_stems(folder, phrase).split()) for phrase in row["objects"])
            objects = tuple(sorted(filter(None, objects), key=len, reverse=True))
            between = gap | _stems(folder, row.get("between", ()))
            for verb in _stems(folder, row["verbs"]):
                for begin in {phrase[0] for phrase in objects}:
                    self._by_verb.setdefault(verb, {}).setdefault(begin, []).append(len(self._patterns))
            self._patterns.append(GapPattern(row["concept"], objects, between, row["example"]))

    def surface(self, concept: str) -> str | None:
        """The surface that hits of a concept's patterns carry."""
        return self._names.get(concept)

    def hits(self, words: Words) -> Iterator[Hit]:
        """One hit for each verb that reaches an object of its pattern; in text order of the verbs."""
        for place, stem in enumerate(words.stems):
            begins = self._by_verb.get(stem)
            near = (*words.stems[place + 1 : place + 2 + self._farthest], _NUMBER) if begins else ()
            for number in sorted({number for word in near for number in (begins or {}).get(word, ())}):
                pattern = self._patterns[number]
                last = self._reach(words.stems, place + 1, pattern)
                label = self._names.get(pattern.concept)
                if last and label:
                    yield Hit(words.firsts[place], words.ends[last - 1], label, _TRUST)

    def _reach(self, stems: Sequence[str], place: int, pattern: GapPattern) -> int:
        """The word after the nearest object that only gap words keep from the verb, or 0."""
        for at in range(place, min(len(stems), place + self._farthest + 1)):
            for phrase in pattern.objects:
                fits = self._same(phrase[0], stems[at]) and len(stems) - at >= len(phrase)
                parted = "," in stems[place:at] and _JOINERS.issuperset(stems[place:at])
                if fits and not parted and all(map(self._same, phrase[1:], stems[at + 1 : at + len(phrase)])):
                    return at + len(phrase)
            if stems[at] not in pattern.between and not self._same(_NUMBER, stems[at]):
                break
        return 0

    def _same(self, wanted: str, stem: str) -> bool:
        number = wanted == _NUMBER and (stem[0].isdigit() or stem in self._numbers)
        return number or wanted == stem


def _stems(folder: WordFolder, words: Sequence[str]) -> frozenset[str]:
    return frozenset(folder.stem(folder.fold(word)) for word in words)


def _unguarded(taxonomy: Taxonomy) -> dict[str, str]:
    """A name of each concept that needs no context: a duty has its own, and must not be held to that of a guarded label."""
    names: dict[str, str] = {}
    for surface, concept in taxonomy.plain_labels():
        names.setdefault(concept, surface)
    return names
