"""The words of a spaCy Doc as labels are compared: folded, spelling evened out, stemmed, joiners dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer

if TYPE_CHECKING:
    from spacy.tokens import Doc

_JOINERS = frozenset({"-", "‐", "‑", "–", "'s", "’s", "'", "’"})
_SAME = {"&": "and", "+": "+"}
_BULLETS = "-–•·*▪“”"
"""Signs that lists put before an item, sometimes without a blank ("-Zendesk")."""
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel sequences over the words that count: first token, token after the last, folded form, stem."""

    firsts: tuple[int, ...]
    ends: tuple[int, ...]
    folded: tuple[str, ...]
    stems: tuple[str, ...]


class WordFolder:
    """Folds words by the rules `spelling` ("centre" -> "center", "hippa" -> "hipaa") and stems them by `stems`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        spelling = rules["spelling"]
        self._variants: dict[str, str] = {**spelling["variants"], **spelling["misspellings"]}
        self._apart: dict[str, str] = dict(rules["stems"]["apart"])

    def fold(self, word: str) -> str:
        """Lower-case, the taxonomy's spelling; a stop, hyphen or bullet that the tokenizer left on ("O2C.", "-Excel") goes."""
        lower = word.lower().replace("’", "'").rstrip(".").strip(_BULLETS) or word
        return self._variants.get(lower, _SAME.get(lower, lower))

    def stem(self, word: str) -> str:
        """The stem under which a folded word is compared."""
        return self._apart.get(word) or _snowball(word)

    def of_words(self, words: Sequence[str]) -> Words:
        """Words that are cut already."""
        folded = tuple(self.fold(word) for word in words)
        places = range(len(folded))
        return Words(tuple(places), tuple(n + 1 for n in places), folded, tuple(self.stem(word) for word in folded))

    def words(self, doc: Doc) -> Words:
        """The words of a Doc; hyphens between words and possessive endings are left out, line ends too."""
        rows: list[tuple[int, int, str]] = []
        for token in doc:
            if token.is_space or token.text in _JOINERS:
                continue
            if rows and token.i == rows[-1][1] + 1 and doc[token.i - 1].text in _JOINERS:
                joined = self._variants.get(f"{doc[rows[-1][1] - 1].lower_}-{token.lower_}")  # e-mail, co-ordination
                if joined:
                    rows[-1] = (rows[-1][0], token.i + 1, joined)
                    continue
            rows.append((token.i, token.i + 1, self.fold(token.text)))
        folded = tuple(row[2] for row in rows)
        return Words(
            tuple(row[0] for row in rows), tuple(row[1] for row in rows), folded, tuple(self.stem(word) for word in folded)
        )


@lru_cache(maxsize=100_000)
def _snowball(word: str) -> str:
    """The Snowball stem; words with digits or signs stay as they are."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word
