"""The words of a spaCy Doc as labels are compared: folded, spelling evened out, stemmed, joiners dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer

from matcher.taxonomy.stems import known_stems

if TYPE_CHECKING:
    from spacy.tokens import Doc

_JOINERS = frozenset({"-", "‐", "‑", "–", "'s", "’s", "'", "’"})
_SAME = {"&": "and", "+": "+"}
_BULLETS = "-–•·*▪“”"
"""Signs that lists put before an item, sometimes without a blank ("-Zendesk")."""
_REMEMBERED = 65_536
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel sequences over the words that count: offset in the text, first token, token after the last, folded form, stem."""

    starts: tuple[int, ...]
    firsts: tuple[int, ...]
    ends: tuple[int, ...]
    folded: tuple[str, ...]
    stems: tuple[str, ...]


class WordFolder:
    """Folds words by the rules `spelling` ("centre" -> "center", "hippa" -> "hipaa") and stems them by `stems`.

    `fold(word)` gives the folded form of a word, `stem(word)` the stem under which a folded word is compared.
    """

    def __init__(self, rules: Mapping[str, Any]) -> None:
        spelling = rules["spelling"]
        self._variants: dict[str, str] = {**spelling["variants"], **spelling["misspellings"]}
        self._apart: dict[str, str] = dict(rules["stems"]["apart"])
        self._known = known_stems()
        self.fold = lru_cache(maxsize=_REMEMBERED)(self._fold)
        self.stem = lru_cache(maxsize=_REMEMBERED)(self._stem)

    def _fold(self, word: str) -> str:
        """Lower-case, the taxonomy's spelling; a stop, hyphen or bullet that the tokenizer left on ("O2C.", "-Excel") goes."""
        lower = word.lower().replace("’", "'").rstrip(".").strip(_BULLETS) or word
        return self._variants.get(lower, _SAME.get(lower, lower))

    def _stem(self, word: str) -> str:
        """The stem under which a folded word is compared; words with digits or signs stay as they are."""
        known = self._apart.get(word) or self._known.get(word)
        return known or (str(_stemmer.stemWord(word)) if word.isalpha() else word)

    def words(self, doc: Doc) -> Words:
        """The words of a Doc; hyphens between words and possessive endings are left out, line ends too."""
        starts, firsts, ends, folded = list[int](), list[int](), list[int](), list[str]()
        above = ""
        for place, (text, start) in enumerate([(token.text, token.idx) for token in doc]):
            if not (text in _JOINERS or text.isspace()):
                joins = above in _JOINERS and folded and place == ends[-1] + 1
                joined = self._variants.get(f"{doc[ends[-1] - 1].lower_}-{text.lower()}") if joins else None
                if joined:  # e-mail, co-ordination
                    ends[-1], folded[-1] = place + 1, joined
                else:
                    starts.append(start)
                    firsts.append(place)
                    ends.append(place + 1)
                    folded.append(self.fold(text))
            above = text
        return Words(tuple(starts), tuple(firsts), tuple(ends), tuple(folded), tuple(map(self.stem, folded)))
