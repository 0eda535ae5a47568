"""The words of a search: what they are worth, and which of the taxonomy's words they may mean."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_SYNONYM, _BEGINNING = 0.8, 0.75
_ALIKE, _MOST_ALIKE = 0.5, 4
"""How like each other two spellings must be, and how many of the likest count."""
_SHORT = 3
"""Fewer letters are no beginning of a word, and too few to compare spellings."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of the search: its stem, what it is worth, and the words that it may mean, each with a share up to 1."""

    stem: str
    worth: float
    meant: Mapping[str, float]


class Terms:
    """Knows which words there are and how rare they are; stems only those that a search may be about.

    Of the rules, `spelling` and `stems` are those of the reader; `search` has the words that say nothing (`quiet`) and groups of
    words that mean the same to whoever searches (`alike`).
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        # Most programs load a taxonomy and never search it.
        import snowballstemmer

        spelling, own = rules.get("spelling", {}), rules.get("search", {})
        self._spelt = {**spelling.get("variants", {}), **spelling.get("misspellings", {})}
        self._apart = dict(rules.get("stems", {}).get("apart", {}))
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._among = 0
        self._sorted: list[str] = []
        self._quiet = frozenset(own.get("quiet", ()))
        self._groups: Sequence[Sequence[str]] = own.get("alike", ())

    def words(self, text: str) -> list[str]:
        """A text's words, spelt as the taxonomy spells them; those that say nothing only where there is no other."""
        found = [self._spelt.get(word, word) for word in _WORD.findall(text.casefold())]
        return [word for word in found if word not in self._quiet] or found

    def learn(self, counts: Mapping[str, int], among: int) -> None:
        """Take in which words there are, and in how many of so many things each stands."""
        self._counts, self._among, self._sorted = dict(counts), among, sorted(counts)

    def worth(self, *words: str) -> float:
        """How much words of one stem tell; one that nobody knows as much as the rarest."""
        return math.log(1 + self._among / max(1, sum(self._counts.get(word, 0) for word in words)))

    def wanted(self, text: str) -> list[Typed]:
        """The words of a search, each once."""
        found: dict[str, Typed] = {}
        for word in self.words(text):
            stem = self.stem(word)
            same = list(self._with_stem(stem))
            found.setdefault(stem, Typed(stem, self.worth(*same), self._meant(word, same)))
        return list(found.values())

    def stem(self, word: str) -> str:
        """The stem under which words count as one."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._stems[word] = self._apart.get(word) or self._stemmer.stemWord(word)
        return stem

    def _beginning(self, start: str) -> Iterator[str]:
        place = bisect_left(self._sorted, start)
        while place < len(self._sorted) and self._sorted[place].startswith(start):
            yield self._sorted[place]
            place += 1

    def _with_stem(self, stem: str) -> Iterator[str]:
        """Known words of a stem: all but its last letter stands at their beginning (happy, happi)."""
        start = stem[:-1] if len(stem) > _SHORT else stem
        return (word for word in self._beginning(start) if self.stem(word) == stem)

    def _meant(self, word: str, same: Sequence[str]) -> dict[str, float]:
        stem = self.stem(word)
        stems = {other: None for group in self._groups if word in group or stem in map(self.stem, group) for other in group}
        meant = {known: _SYNONYM for other in stems for known in self._with_stem(self.stem(other))}
        if same or meant or len(word) < _SHORT:
            return meant | dict.fromkeys(same, 1.0)
        return dict.fromkeys(self._beginning(word), _BEGINNING) or self._spelt_like(word)

    def _spelt_like(self, word: str) -> dict[str, float]:
        mine = _trigrams(word)
        known = (other for other in self._sorted if abs(len(other) - len(word)) <= _SHORT)
        scored = sorted(((_dice(mine, _trigrams(other)), other) for other in known), reverse=True)[:_MOST_ALIKE]
        found: dict[str, float] = {}
        for share, other in scored:
            for same in self._with_stem(self.stem(other)) if share >= _ALIKE else ():
                found.setdefault(same, share)
        return found


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
