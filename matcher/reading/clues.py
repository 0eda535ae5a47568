"""What speaks for and against a mention: its form, its section, the words beside it, and the document's other concepts.

A clue has a name and a number, and says nothing of which concept or word it is about; nor of how long the document is, how it is
laid out, or what else stands in it that claims nothing: a page about the person changes no clue. Clues come in parts that are
shared (by all mentions of a form, of a concept), so that each part is weighed once.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.reading.groups import sections_of
from matcher.reading.stance import section_at
from matcher.reading.units import unit_at, units
from matcher.records import Section
from matcher.taxonomy import Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Doc

Clues = dict[str, float]
Part = tuple[Callable[..., Clues], tuple[Any, ...]]
"""What finds some clues of a mention, and what it is to be given: the same for all mentions that share them."""

RAREST = 7.0
"""The inverse document frequency of a word that `models/terms/` does not have."""
_WORD = re.compile(r"[A-Za-z](?:[A-Za-z'&+#.-]*[A-Za-z+#])?|\d+")
_LAST_WORD = re.compile(r"[\w'&+#-]+$")
_JOINERS = frozenset({"and", "or", "&"})
_FEW = 4
"""Letters of a short form."""
_NEAR = 40
"""Characters before and after a mention in which the next word is looked for."""


@dataclass(frozen=True, slots=True)
class Met:
    """A mention to be judged: offsets, words as printed, the form that was recognised, and the concept."""

    start: int
    end: int
    text: str
    alias: str
    concept: str


class ClueFinder:
    """Knows the taxonomy, the words to look for and how rare words are (inverse document frequencies)."""

    def __init__(self, taxonomy: Taxonomy, idf: Mapping[str, float]) -> None:
        rules = taxonomy.rules.get("doubt", {})
        self.taxonomy = taxonomy
        self.claims = frozenset(rules.get("claims", ()))
        self.others = frozenset(rules.get("others", ()))
        self.prepositions = frozenset(rules.get("prepositions", ()))
        self._idf = idf

    def of_form(self, concept: str, alias: str) -> Clues:
        """What a form says wherever it stands: the concept's type and place in the tree, how rare and how safe the form is."""
        known, form = self.taxonomy.concepts[concept], self.taxonomy.forms.get(alias.casefold())
        rare = [self._idf.get(word.lower(), RAREST) for word in _WORD.findall(alias)] or [RAREST]
        clues = {
            f"type {known.type}": 1.0,
            f"separates {known.separates}": 1.0,
            "depth": float(len(self.taxonomy.ancestors(concept))),
            "rarity": sum(rare) / len(rare),
            "rarest word": max(rare),
            "commonest word": min(rare),
        }
        flags = {"leaf": not self.taxonomy.narrower(concept), "preferred label": alias.casefold() == known.label.casefold()}
        if form is not None:
            flags["guarded"] = True
            flags["several readings"] = len({reading.concept for reading in form.readings}) > 1
            flags["guarded, alone"] = any(reading.alone for reading in form.readings)
        return clues | _true(flags)


class Surroundings:
    """One Doc with its text and the mentions in it that are to be judged; gives the clues of each, in parts."""

    def __init__(self, doc: Doc, text: str, met: Sequence[Met], finder: ClueFinder) -> None:
        self.met = met
        self._text = text
        self._finder, self._taxonomy = finder, finder.taxonomy
        self._sections, self._units = sections_of(doc), units(self._text)
        self._spots = [self._unit(one) for one in met]
        self._headings = [section_at(self._sections, one.start) for one in met]
        self._by_concept: defaultdict[str, list[int]] = defaultdict(list)
        self._in_unit: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for number, one in enumerate(met):
            self._by_concept[one.concept].append(number)
            self._in_unit[self._spots[number]].add(one.concept)
        concepts = self._taxonomy.concepts
        self._branches = Counter(concepts[concept].branch for concept in self._by_concept)
        self._below = Counter(above for concept in self._by_concept for above in self._taxonomy.ancestors(concept))
        self._beside = Counter(above for concept in self._by_concept for above in set(concepts[concept].broader))
        self._overlapping = _sharing(met)

    def parts(self, number: int) -> Iterator[Part]:
        """The clues of a mention, by its number."""
        one = self.met[number]
        yield self._finder.of_form, (one.concept, one.alias)
        yield self._of_concept, (one.concept,)
        yield self._of_place, (number,)

    def _unit(self, one: Met) -> tuple[int, int]:
        unit = unit_at(self._units, one.start)
        return (unit.start, unit.end) if unit else (one.start, one.end)

    def _of_concept(self, concept: str) -> Clues:
        """How often and where the document has it, and which of its neighbours it has."""
        own, known = self._by_concept[concept], self._taxonomy.concepts[concept]
        branch = self._branches[known.branch] - 1
        beside = sum(self._beside[above] - 1 for above in set(known.broader))
        return {
            "mentions": math.log1p(len(own) - 1),
            "forms": math.log1p(len({self.met[number].alias for number in own}) - 1),
            "as written somewhere": float(any(_as_written(self.met[number]) for number in own)),
            "others of its branch": math.log1p(branch),
            "related": math.log1p(sum(other in self._by_concept for other in known.related)),
            "broader": float(any(above in self._by_concept for above in self._taxonomy.ancestors(concept))),
            "narrower": math.log1p(self._below[concept]),
            "siblings": math.log1p(beside),
        }

    def _of_place(self, number: int) -> Clues:
        one, (start, end), section = self.met[number], self._spots[number], self._headings[number]
        words, branch = _WORD.findall(one.text), self._taxonomy.concepts[one.concept].branch
        flags = {
            f"section {_kind(section)}": True,
            "one word": len(words) == 1,
            "three words": len(words) > 2,
            "short": len(one.text) <= _FEW,
            "capitals": one.text.isupper(),
            "capital": one.text[:1].isupper() and not one.text.isupper(),
            "as written": _as_written(one),
            "on another": number in self._overlapping,
            "one of its branch in the sentence": any(
                self._taxonomy.concepts[other].branch == branch for other in self._in_unit[start, end] if other != one.concept
            ),
        }
        before = self._text[max(start, one.start - _NEAR) : one.start].rstrip()
        beside = self._beside_words(before, self._text[one.end : min(end, one.end + _NEAR)].lstrip())
        return _true(flags | beside)

    def _beside_words(self, before: str, after: str) -> dict[str, bool]:
        """What stands directly before and after a mention in its sentence."""
        last = _LAST_WORD.search(before)
        first = _WORD.match(after)
        left, right = last.group().lower() if last else "", first.group().lower() if first else ""
        prepositions = self._finder.prepositions
        return {
            "word before": bool(left),
            "preposition before": left in prepositions,
            "and before": left in _JOINERS,
            "word after": bool(right) and right not in prepositions and right not in _JOINERS,
            "preposition after": right in prepositions,
            "and after": right in _JOINERS,
            "claiming word after": right in self._finder.claims,
            "others after": right in self._finder.others,
        }


def _true(flags: Mapping[str, bool]) -> Clues:
    return {name: 1.0 for name, holds in flags.items() if holds}


def _kind(section: Section | None) -> str:
    return section.kind if section else "none"


def _as_written(one: Met) -> bool:
    return one.alias.casefold() == one.text.casefold()


def _sharing(met: Sequence[Met]) -> frozenset[int]:
    """The numbers of mentions that share characters with another; mentions are in text order."""
    found: set[int] = set()
    far, holder = -1, -1
    for number, one in enumerate(met):
        if one.start < far:
            found.update((number, holder))
        if one.end > far:
            far, holder = one.end, number
    return frozenset(found)
