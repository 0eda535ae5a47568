"""The words of a spaCy Doc as labels are compared: folded, spelling evened out, stemmed, joiners dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer

if TYPE_CHECKING:
    from spacy.tokens import Doc

_JOINERS = frozenset({"-", "‐", "‑", "–", "'s", "’s", "'", "’"})
_SAME = {"&": "and", "+": "+"}
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel sequences over the words that count: token index, folded form, stem."""

    tokens: tuple[int, ...]
    folded: tuple[str, ...]
    stems: tuple[str, ...]


class WordFolder:
    """Folds words by the rules `spelling` ("centre" -> "center", "hippa" -> "hipaa") and stems them by `stems`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        spelling = rules["spelling"]
        self._variants: dict[str, str] = {**spelling["variants"], **spelling["misspellings"]}
        self._apart: dict[str, str] = dict(rules["stems"]["apart"])

    def fold(self, word: str) -> str:
        """Lower-case, the taxonomy's spelling."""
        lower = word.lower().replace("’", "'")
        return self._variants.get(lower, _SAME.get(lower, lower))

    def words(self, doc: Doc) -> Words:
        """The words of a Doc; hyphens between words and possessive endings are left out, line ends too."""
        tokens, folded = [], []
        for token in doc:
            if not token.is_space and token.text not in _JOINERS:
                tokens.append(token.i)
                folded.append(self.fold(token.text))
        return Words(tuple(tokens), tuple(folded), tuple(self.stem(word) for word in folded))

    def stem(self, word: str) -> str:
        """The stem under which a folded word is compared."""
        return self._apart.get(word) or _snowball(word)


@lru_cache(maxsize=100_000)
def _snowball(word: str) -> str:
    """The Snowball stem; words with digits or signs stay as they are."""
    return str(_stemmer.stemWord(word)) if word.isalpha() else word
