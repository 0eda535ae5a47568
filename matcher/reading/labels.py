"""Where the taxonomy's labels stand in a text: literal, stemmed, or sharing words (oral and written skills)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from matcher.reading.words import WordFolder, Words
from matcher.taxonomy import Taxonomy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LITERAL, _STEMMED, _SHARED = 1.0, 0.9, 0.8
"""Trust in a hit: as written, after stemming, put together from a coordination."""
_CONJUNCTIONS = frozenset({"and", "or", "/", "and/or"})
_LIST_JOINERS = _CONJUNCTIONS | {","}
_LONGEST_LIST = 4
_ACRONYM = 3
_JOINED_HALF = 4
"""Shorter halves make other words when joined (medi-cal)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label met: token range `[first, last)`, the surface form as the taxonomy writes it, and the trust in the match."""

    first: int
    last: int
    surface: str
    trust: float


class Label(NamedTuple):
    """The words of a surface form: folded, and the stems under which they are compared."""

    folded: tuple[str, ...]
    stems: tuple[str, ...]


class LabelMatcher:
    """Finds every label, alias and guarded form of a taxonomy in Docs. Knows surfaces only; senses are settled elsewhere.

    Single words are matched as written (and in the plural), phrases by their stems.
    """

    def __init__(self, nlp: Language, taxonomy: Taxonomy, folder: WordFolder) -> None:
        self._single: dict[str, list[str]] = {}
        # Not by spaCy's PhraseMatcher, which wants a Doc of every form and takes twenty times as long to make.
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._lengths: dict[str, set[int]] = {}
        """For each first stem how many words the phrases have that begin with it."""
        self._whole = frozenset(taxonomy.rules.get("orders", {}).get("barred", ()))
        self._labels = _cut(taxonomy, nlp, folder)
        for surface, label in self._labels.items():
            if len(label.folded) > 1:
                self._add_phrase(surface, label)
            elif label.folded:
                self._add_word(surface, label.folded[0])

    def words_of(self, surface: str) -> Label:
        """The words of a form."""
        return self._labels[surface]

    def _add_word(self, surface: str, word: str) -> None:
        self._single.setdefault(word, []).append(surface)
        if len(word) > _ACRONYM:  # acronyms are matched as they stand
            self._single.setdefault(word + "s", []).append(surface)

    def _add_phrase(self, surface: str, label: Label) -> None:
        self._phrases.setdefault(label.stems, []).append(surface)
        self._lengths.setdefault(label.stems[0], set()).add(len(label.stems))
        joined = _joined(surface, label.folded)
        if joined:
            self._single.setdefault(joined, []).append(surface)

    def hits(self, doc: Doc, words: Words) -> tuple[Hit, ...]:
        """All hits, in text order."""
        found: dict[tuple[int, int, str], float] = {}
        for place, word in enumerate(words.folded):
            for surface in self._single.get(word, ()):
                found[words.firsts[place], words.ends[place], surface] = _LITERAL
        for first, last, surface in self.phrases(words.stems):
            literal = words.folded[first:last] == self._labels[surface].folded
            found[words.firsts[first], words.ends[last - 1], surface] = _LITERAL if literal else _STEMMED
        phrases = frozenset(first for first, last, _ in found if last - first > 1)
        for first, last, surface in self._shared(words, phrases):
            found.setdefault((words.firsts[first], words.ends[last - 1], surface), _SHARED)
        return tuple(Hit(first, last, surface, trust) for (first, last, surface), trust in sorted(found.items()))

    def phrases(self, stems: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand: the first word, the word after the last, the surface."""
        for first, stem in enumerate(stems):
            for length in self._lengths.get(stem, ()):
                last = first + length
                for surface in self._phrases.get(stems[first:last], ()) if last <= len(stems) else ():
                    yield first, last, surface

    def _shared(self, words: Words, phrases: frozenset[int]) -> Iterator[tuple[int, int, str]]:
        """Phrases split by a coordination: "oral and written communication", "data entry and processing"."""
        stems = words.stems
        for middle, word in enumerate(words.folded):
            if word in _CONJUNCTIONS and 0 < middle < len(stems) - 1:
                yield from self._heads_shared(stems, words.folded, middle)
                if (
                    words.firsts[middle + 1] not in phrases
                ):  # "call quality and customer satisfaction" speaks of no calls to customers
                    yield from self._modifiers_shared(stems, words.folded, middle)

    def _heads_shared(self, stems: Sequence[str], folded: Sequence[str], middle: int) -> Iterator[tuple[int, int, str]]:
        """`A and B H`, `A, B, and C H`: A H is meant as well."""
        for head in (slice(middle + 2, middle + 3), slice(middle + 2, middle + 4)):
            left = middle - 1 - (folded[middle - 1] == ",")
            for _ in range(_LONGEST_LIST):
                if left < 0 or head.stop > len(stems):
                    break
                surface = self._first((stems[left], *stems[head]))
                fits = surface and self._same_head(surface, folded[head.stop - 1])
                fits = fits and surface and not self._verbal(surface, folded[left], folded[middle + 1])
                if surface and fits and _parallel(folded[left], folded[middle + 1]):
                    yield left, head.stop, surface
                if left < 2 or folded[left - 1] not in _LIST_JOINERS:
                    break
                left -= 2

    def _modifiers_shared(self, stems: Sequence[str], folded: Sequence[str], middle: int) -> Iterator[tuple[int, int, str]]:
        """`M H1 and H2`: M H2 is meant as well; "data, and handling" has no H1."""
        if middle >= 2 and folded[middle - 1][0].isalnum():
            surface = self._first((stems[middle - 2], stems[middle + 1]))
            if surface and self._same_head(surface, folded[middle + 1]):
                yield middle - 2, middle + 2, surface

    def _first(self, stems: tuple[str, ...]) -> str | None:
        """The first of the phrases with these stems that need not stand whole."""
        return next((surface for surface in self._phrases.get(stems, ()) if surface not in self._whole), None)

    def _same_head(self, surface: str, word: str) -> bool:
        """Whether the last word is as the form has it, number aside: "project costs and monitored" is no monitoring."""
        return singular(word) == singular(self._labels[surface].folded[-1])

    def _verbal(self, surface: str, word: str, other: str) -> bool:
        """Whether the first word is an action where the form has a thing, or the other way round.

        "Calling / denial management" is of no calls, "disbursing checks and performing data entry" checks no data.
        """
        first = self._labels[surface].folded[0]
        if first.endswith("ing"):
            return False
        return word.endswith("ing") or (word != first and word.endswith("s") and other.endswith("ing"))


def _parallel(first: str, second: str) -> bool:
    """Whether two words may share a head; "issues and expedited resolution" is of two things, "labelled and filing data" too."""
    return not (first.endswith("s") and second.endswith("ed")) and not (first.endswith("ed") and second.endswith("ing"))


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """A noun without its ending of number, right enough to compare two forms of one word."""
    return word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")


def _cut(taxonomy: Taxonomy, nlp: Language, folder: WordFolder) -> dict[str, Label]:
    """The words of each form as the pipeline's tokenizer would cut it; plain words are cut at their spaces, which is quicker."""
    surfaces = dict.fromkeys(surface for surface, _ in taxonomy.plain_labels())
    surfaces.update(dict.fromkeys(form.text for form in taxonomy.forms.values()))
    exceptions = frozenset(getattr(nlp.tokenizer, "rules", None) or ())
    found: dict[str, Label] = {}
    for surface in surfaces:
        parts = surface.split()
        if "".join(parts).isalpha() and exceptions.isdisjoint(parts):
            folded = tuple(map(folder.fold, parts))
            found[surface] = Label(folded, tuple(map(folder.stem, folded)))
        else:
            words = folder.words(nlp.make_doc(surface))
            found[surface] = Label(words.folded, words.stems)
    return found


def _joined(surface: str, folded: Sequence[str]) -> str:
    """The form without hyphen that people also write (back-office, backoffice), or ""."""
    joined = "".join(folded)
    fit = "-" in surface and len(folded) == 2 and joined.isalpha() and all(len(word) >= _JOINED_HALF for word in folded)
    return joined if fit else ""


def phrase_stems(folder: WordFolder, phrase: str) -> str:
    """A cue phrase as space-joined stems, for comparison with a window of stems."""
    return " ".join(folder.stem(folder.fold(word)) for word in phrase.split())
