"""The words of a search: stems, what they are worth, and what else they may mean."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
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
    """A word of the search: its stem, what it is worth, and the stems that it may mean, each with a share up to 1."""

    stem: str
    worth: float
    meant: Mapping[str, float]


class Terms:
    """Stems words by the taxonomy's rules, and knows which words there are and how rare they are.

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
        self._worth: dict[str, float] = {}
        self._words: dict[str, str] = {}
        self._quiet = {self._stem(word) for word in own.get("quiet", ())}
        self._alike: dict[str, set[str]] = {}
        for group in own.get("alike", ()):
            stems = {self._stem(word) for word in group}
            for stem in stems:
                self._alike.setdefault(stem, set()).update(stems - {stem})

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words, in order; words that say nothing only where there is no other."""
        found = [self._stem(word) for word in _WORD.findall(text.casefold())]
        return [stem for stem in found if stem not in self._quiet] or found

    def learn(self, counts: Mapping[str, int], among: int) -> None:
        """Take in which stems there are, and in how many things each stands."""
        self._worth = {stem: math.log(1 + among / count) for stem, count in counts.items()}
        self._words = {word: stem for word, stem in self._stems.items() if stem in counts and stem not in self._quiet}

    def worth(self, stem: str) -> float:
        """How much a stem tells; one that nobody knows as much as the rarest."""
        return self._worth.get(stem) or max(self._worth.values(), default=0.0)

    def wanted(self, folded: str) -> list[Typed]:
        """The words of a search, each once."""
        words = dict.fromkeys(word for word in _WORD.findall(folded) if self._stem(word) not in self._quiet)
        found: dict[str, Typed] = {}
        for word in words or dict.fromkeys(_WORD.findall(folded)):
            stem = self._stem(word)
            found.setdefault(stem, Typed(stem, self.worth(stem), self._meant(word, stem)))
        return list(found.values())

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            spelt = self._spelt.get(word, word)
            stem = self._stems[word] = self._apart.get(spelt) or self._stemmer.stemWord(spelt)
        return stem

    def _meant(self, word: str, stem: str) -> dict[str, float]:
        meant = dict.fromkeys(self._alike.get(stem, ()), _SYNONYM)
        if stem in self._worth:
            return {**meant, stem: 1.0}
        if len(word) < _SHORT or meant:
            return meant
        begun = {found: _BEGINNING for known, found in self._words.items() if known.startswith(word)}
        return begun or self._spelt_like(word)

    def _spelt_like(self, word: str) -> dict[str, float]:
        mine = _trigrams(word)
        scored = sorted(((_dice(mine, _trigrams(known)), known) for known in self._words), reverse=True)[:_MOST_ALIKE]
        found: dict[str, float] = {}
        for share, known in scored:
            if share >= _ALIKE:
                found.setdefault(self._words[known], share)
        return found


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
