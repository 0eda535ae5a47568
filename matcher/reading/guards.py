"""Which sense a form has where it stands: settled by its case, its neighbours and the concepts around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from matcher.reading.groups import text_of
from matcher.reading.labels import Hit, phrase_stems
from matcher.reading.units import Unit
from matcher.reading.words import WordFolder, Words
from matcher.taxonomy import Form, FormReading, Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WINDOW = 12
"""Words on either side in which a neighbour settles a sense; the whole sentence or item counts as well."""
_WIDEST = 40
"""But no farther than this: keyword lists run on without end."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A hit and what it stands for: one concept, or several that the context leaves open (`concept` None)."""

    hit: Hit
    concept: str | None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A reading with the stems of what supports it and the folded words that veto it after and before the form."""

    rule: FormReading
    near: tuple[str, ...]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """The words right before and right after a hit."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds a hit: the stems of its window, and the concepts settled nearby."""

    window: str
    concepts: frozenset[str]


class SenseSettler:
    """Turns hits into senses with the rules of `taxonomy/forms.toml`."""

    def __init__(self, taxonomy: Taxonomy, folder: WordFolder) -> None:
        self._taxonomy = taxonomy
        self._plain = dict(taxonomy.plain_labels())
        # No document has more than a few of the forms.
        self._readings = cache(lambda key: self._compiled(taxonomy.forms[key], folder))

    @staticmethod
    def _compiled(form: Form, folder: WordFolder) -> tuple[_Reading, ...]:
        def folded(phrase: str) -> str:
            return " ".join(folder.fold(word) for word in phrase.split())

        return tuple(
            _Reading(
                rule,
                tuple(f" {phrase_stems(folder, phrase)} " for phrase in rule.near),
                tuple(f"{folded(phrase)} " for phrase in rule.not_before),
                tuple(f" {folded(phrase)}" for phrase in rule.not_after),
            )
            for rule in form.readings
        )

    def settle(self, doc: Doc, words: Words, hits: Sequence[Hit], units: Sequence[Unit]) -> tuple[Sense, ...]:
        """The senses of all hits that have one, and the open ones; in text order, longer hits hiding those inside them."""
        plain = [Sense(hit, self._plain[hit.surface]) for hit in hits if hit.surface in self._plain]
        guarded = [hit for hit in hits if hit.surface not in self._plain]
        places = _Places(words, units)
        anchors = [(sense.hit.first, sense.concept) for sense in plain if sense.concept]
        anchors += [(hit.first, concept) for hit in guarded if (concept := self._alone(doc, places, hit))]
        anchors.sort()
        settled = [self._sense(doc, places, hit, anchors) for hit in guarded]
        return _without_covered([*plain, *(sense for sense in settled if sense)])

    def _alone(self, doc: Doc, places: _Places, hit: Hit) -> str | None:
        """The concept that the form stands for without any neighbour's help, if so."""
        readings = [reading for reading in self._readings(hit.surface.casefold()) if reading.rule.alone]
        beside = places.beside(hit) if readings else None
        fitting = (reading.rule.concept for reading in readings if beside and _fits(doc, hit, reading, beside))
        return next(fitting, None)

    def _sense(self, doc: Doc, places: _Places, hit: Hit, anchors: Sequence[tuple[int, str]]) -> Sense | None:
        beside, context = places.beside(hit), places.context(hit, anchors)
        readings = self._readings(hit.surface.casefold())
        for reading in readings:
            if _fits(doc, hit, reading, beside) and (reading.rule.alone or self._supported(reading, context)):
                return Sense(hit, reading.rule.concept) if reading.rule.concept else None
        open_readings = tuple(r.rule.concept for r in readings if r.rule.concept and _case_fits(doc, hit, r.rule))
        return Sense(hit, None, open_readings) if len(set(open_readings)) > 1 else None

    def _supported(self, reading: _Reading, context: _Context) -> bool:
        if any(phrase in context.window for phrase in reading.near):
            return True
        wanted = reading.rule.near_concepts
        return bool(wanted) and any(self._taxonomy.is_a(concept, other) for concept in context.concepts for other in wanted)


class _Places:
    """Finds the surroundings of hits in one Doc."""

    def __init__(self, words: Words, units: Sequence[Unit]) -> None:
        self._words, self._units = words, units
        self._starts = [unit.start for unit in units]

    def beside(self, hit: Hit) -> _Beside:
        """The words before and after a hit."""
        first, last = self._place(hit)
        folded = self._words.folded
        return _Beside(" " + " ".join(folded[max(0, first - 4) : first]), " ".join(folded[last : last + 4]) + " ")

    def context(self, hit: Hit, anchors: Sequence[tuple[int, str]]) -> _Context:
        """The surroundings of a hit; anchors are (token, concept) in text order."""
        first, last = self._place(hit)
        low, high = self._window(first, last)
        stems = self._words.stems
        window = " ".join(["", *stems[low:first], "|", *stems[last:high], ""])
        bounds = (self._words.firsts[low], self._words.firsts[high - 1])
        near = anchors[bisect_left(anchors, bounds[0], key=_token) : bisect_right(anchors, bounds[1], key=_token)]
        concepts = frozenset(concept for place, concept in near if not hit.first <= place < hit.last)
        return _Context(window, concepts)

    def _place(self, hit: Hit) -> tuple[int, int]:
        """The number of the first word of a hit, and of the word after its last."""
        firsts = self._words.firsts
        return bisect_left(firsts, hit.first), bisect_left(firsts, hit.last)

    def _window(self, first: int, last: int) -> tuple[int, int]:
        """Word numbers of the surroundings: so many words on either side, or the sentence where it is longer (to a limit)."""
        starts = self._words.starts
        low, high = max(0, first - _WINDOW), min(len(starts), last + _WINDOW)
        offset = starts[first]
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self._units[place].end:
            unit = self._units[place]
            floor, ceiling = max(0, first - _WIDEST), min(len(starts), last + _WIDEST)
            low = max(floor, min(low, bisect_left(starts, unit.start)))
            high = min(ceiling, max(high, bisect_left(starts, unit.end)))
        return low, high


def _token(anchor: tuple[int, str]) -> int:
    return anchor[0]


def _fits(doc: Doc, hit: Hit, reading: _Reading, beside: _Beside) -> bool:
    """Whether the form is written as the reading wants it, and no word beside it speaks against it."""
    vetoed = beside.after.startswith(reading.not_before) or beside.before.endswith(reading.not_after)
    return not vetoed and _case_fits(doc, hit, reading.rule)


def _case_fits(doc: Doc, hit: Hit, rule: FormReading) -> bool:
    if rule.case == "any":
        return True
    last = doc[hit.last - 1]
    text = text_of(doc)[doc[hit.first].idx : last.idx + len(last)]
    if rule.case == "upper":
        return text.upper() == text
    if rule.case == "capital":
        return text[:1].isupper()
    return rule.case != "exact" or text == hit.surface


def _without_covered(senses: Sequence[Sense]) -> tuple[Sense, ...]:
    """Drop what lies inside a longer literal or stemmed sense; one concept counts once for a range."""
    kept: list[Sense] = []
    covering: dict[int, list[Sense]] = {}
    for sense in sorted(senses, key=lambda s: (s.hit.trust < 0.85, s.hit.first - s.hit.last, s.hit.first)):
        hit = sense.hit
        over = [s for token in range(hit.first, hit.last) for s in covering.get(token, ())]
        inside = any(s.hit.first <= hit.first and hit.last <= s.hit.last and s.hit.trust > 0.85 for s in over)
        if not inside and not any(s.concept == sense.concept for s in over):
            kept.append(sense)
            for token in range(hit.first, hit.last):
                covering.setdefault(token, []).append(sense)
    return tuple(sorted(kept, key=lambda s: (s.hit.first, s.hit.last, s.concept or "")))
