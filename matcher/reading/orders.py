"""Labels whose words stand in another order that keeps the sense, or with one word more inside (`taxonomy/orders.toml`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matcher.reading.labels import Hit, Label, LabelMatcher, singular
from matcher.reading.words import WordFolder, Words
from matcher.taxonomy import Taxonomy

_TRUST = 0.7
_SHORTEST, _LONGEST = 2, 3
_SEPARATORS = frozenset({",", "/", "and", "or", "and/or", ";"})
_FULLEST_BRACKET = 12
"""Words in a bracket that is a list."""
_BULLET = 8
"""Characters that may stand before the first word of a line."""
_WORDS_AFTER_VERBS = 2
"""One word after a verb tells too little: to monitor quality is said of food as well."""
_VERB_ENDINGS = ("s", "ing")
Parts = tuple[str, ...]


class OrderMatcher:
    """Finds labels in other orders of their words; `labels` knows the words of each surface."""

    def __init__(self, taxonomy: Taxonomy, folder: WordFolder, labels: LabelMatcher) -> None:
        rules: Mapping[str, Any] = taxonomy.rules.get("orders", {})
        self._inside, self._between, self._ends, self._begins, self._vague = (
            frozenset(rules.get(name, ())) for name in ("inside", "between", "ends", "begins", "vague")
        )
        self._farthest = int(rules.get("farthest", 0))
        self._noun_endings = tuple(rules.get("noun_endings", ()))
        self._nouns: dict[str, int] = {}
        self._verbs: dict[str, int] = {}
        for number, row in enumerate(rules.get("action", ())):
            self._nouns.update(dict.fromkeys(row["nouns"], number))
            self._verbs.update(dict.fromkeys(row["verbs"], number))
        self._by_stem = {folder.stem(folder.fold(verb)): number for verb, number in self._verbs.items()}
        self._tell = self._inside.union(self._nouns, "(,")
        self._known: dict[Parts, tuple[str, Parts]] = {}
        self._objects: dict[tuple[int, Parts], str] = {}
        types, barred = frozenset(rules.get("types", ())), frozenset(rules.get("barred", ()))
        for surface, concept in taxonomy.plain_labels():
            words = labels.words_of(surface)
            wanted = taxonomy.concepts[concept].type in types and surface.casefold() not in barred
            if wanted and _SHORTEST <= len(words.folded) <= _LONGEST:
                self._add(surface, words)

    def _add(self, surface: str, words: Label) -> None:
        bare, action = _singulars(words.folded), self._nouns.get(words.folded[-1])
        thing = bare[1:] if action is None else bare[:-1]
        action = self._verbs.get(words.folded[0]) if action is None else action
        vague = action is not None and len(thing) == 1 and thing[0] in self._vague
        if not (vague and words.folded[0] in self._verbs):
            self._known.setdefault(words.stems, (surface, words.folded))
        if action is not None and not vague:
            self._objects.setdefault((action, thing), surface)

    def hits(self, text: str, words: Words) -> Iterator[Hit]:
        """One hit for each label met; in text order of what shows the way that it is written."""
        for place, (word, stem) in enumerate(zip(words.folded, words.stems, strict=True)):
            if word not in self._tell and stem not in self._by_stem:
                continue
            if word in self._inside:
                yield from self._widened(words, place)
            if word in self._nouns and words.folded[place + 1 : place + 2] == ("of",):
                yield from self._object(text, words, place, place + 2, self._nouns[word])
            elif stem in self._by_stem and self._is_done(text, words, place):
                yield from self._object(text, words, place, place + 1, self._by_stem[stem], _WORDS_AFTER_VERBS)
            elif word == "(" and place:
                yield from self._bracketed(words, place)
            elif word == "," and place:
                yield from self._inverted(text, words, place)

    def _widened(self, words: Words, place: int) -> Iterator[Hit]:
        """`M x H`: one word more inside a label."""
        for before, after in ((1, 1), (2, 1), (1, 2)):
            first, end = place - before, place + 1 + after
            if first >= 0 and end <= len(words.stems):
                surface, label = self._known.get((*words.stems[first:place], *words.stems[place + 1 : end]), ("", ()))
                if label and self._alike((*words.folded[first:place], *words.folded[place + 1 : end]), label):
                    yield _hit(words, first, end, surface)

    def _alike(self, words: Sequence[str], label: Sequence[str]) -> bool:
        """Whether words are those of a label, number aside; of a verb at its head any form is."""
        verbal = not any(word.endswith(self._noun_endings) for word in (words[0], label[0]))
        return (verbal or singular(words[0]) == singular(label[0])) and _singulars(words[1:]) == _singulars(label[1:])

    def _is_done(self, text: str, words: Words, place: int) -> bool:
        """Whether a word that may be a verb is one: "of classified documents" and "the processed claims" tell no duty."""
        word = words.folded[place]
        if not word.endswith("ed"):
            return word in self._verbs or word.endswith(_VERB_ENDINGS)
        above = words.folded[place - 1] if place else ","
        return above in self._begins or above.endswith(("ly", "ed")) or not above[-1].isalnum() or _broken(text, words, place)

    def _object(self, text: str, words: Words, first: int, place: int, action: int, least: int = 1) -> Iterator[Hit]:
        """The nearest thing of at least so many words that something is done to."""
        for at in range(place, min(len(words.folded), place + self._farthest + 1)):
            for end in range(min(at + _LONGEST - 1, len(words.folded)), at + least - 1, -1):
                surface = self._objects.get((action, _singulars(words.folded[at:end])))
                if surface and self._ended(text, words, end):
                    yield _hit(words, first, end, surface)
                    return
            if words.folded[at] not in self._between:
                return

    def _ended(self, text: str, words: Words, place: int) -> bool:
        """Whether what ends before a word is no part of a longer name."""
        word = words.folded[place] if place < len(words.folded) else ","
        return word in self._ends or not word[0].isalnum() or _broken(text, words, place)

    def _bracketed(self, words: Words, place: int) -> Iterator[Hit]:
        """`H (M)`, `H (M, M)`."""
        inside = words.folded[place + 1 : place + 2 + _FULLEST_BRACKET]
        if ")" in inside:
            yield from filter(None, self._turned(words, place - 1, place + 1, place + 1 + inside.index(")")))

    def _inverted(self, text: str, words: Words, place: int) -> Iterator[Hit]:
        """`H, M` and `H, M and M` that are all of a line."""
        head = words.starts[place - 1]
        _, line, before = text[max(0, head - _BULLET) : head].rpartition("\n")
        if (line or head <= _BULLET) and not any(c.isalnum() for c in before):
            stop = text.find("\n", head)
            end = bisect_left(words.starts, stop if stop >= 0 else len(text))
            found = list(self._turned(words, place - 1, place + 1, end))
            yield from filter(None, found if None not in found else ())

    def _turned(self, words: Words, head: int, first: int, after: int) -> Iterator[Hit | None]:
        """For each item of a list whether it stands before the head in a label."""
        for end in range(first, after + 1):
            if end == after or words.folded[end] in _SEPARATORS:
                surface, label = self._known.get((*words.stems[first:end], words.stems[head]), ("", ()))
                if first < end:
                    same = _singulars((*words.folded[first:end], words.folded[head])) == _singulars(label)
                    yield _hit(words, head, end, surface) if same else None
                first = end + 1


def _broken(text: str, words: Words, place: int) -> bool:
    """Whether a line ends before a word."""
    return 0 < place < len(words.starts) and "\n" in text[words.starts[place - 1] : words.starts[place]]


def _singulars(words: Sequence[str]) -> Parts:
    return tuple(map(singular, words))


def _hit(words: Words, first: int, after: int, surface: str) -> Hit:
    return Hit(words.firsts[first], words.ends[after - 1], surface, _TRUST)
