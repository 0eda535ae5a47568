"""Which sense a form has where it stands: settled by its case, its neighbours and the concepts around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    rule: FormReading
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds a hit: the stems of its window, the words before and after it, the concepts settled nearby."""

    window: str
    before: str
    after: str
    concepts: frozenset[str]


class SenseSettler:
    """Turns hits into senses with the rules of `taxonomy/forms.toml`."""

    def __init__(self, taxonomy: Taxonomy, folder: WordFolder) -> None:
        self._taxonomy = taxonomy
        self._folder = folder
        self._plain = dict(taxonomy.plain_labels())
        self._forms = {key: self._compiled(form, folder) for key, form in taxonomy.forms.items()}

    @staticmethod
    def _compiled(form: Form, folder: WordFolder) -> tuple[_Reading, ...]:
        return tuple(_Reading(rule, tuple(f" {phrase_stems(folder, phrase)} " for phrase in rule.near)) for rule in form.readings)

    def settle(self, doc: Doc, words: Words, hits: Sequence[Hit], units: Sequence[Unit]) -> tuple[Sense, ...]:
        """The senses of all hits that have one, and the open ones; in text order, longer hits hiding those inside them."""
        plain = [Sense(hit, self._plain[hit.surface]) for hit in hits if hit.surface in self._plain]
        guarded = [hit for hit in hits if hit.surface not in self._plain]
        places = _Places(doc, words, units)
        anchors = [(sense.hit.first, sense.concept) for sense in plain if sense.concept]
        anchors += [(hit.first, concept) for hit in guarded if (concept := self._alone(doc, places, hit))]
        anchors.sort()
        settled = [self._sense(doc, places, hit, anchors) for hit in guarded]
        return _without_covered([*plain, *(sense for sense in settled if sense)])

    def _alone(self, doc: Doc, places: _Places, hit: Hit) -> str | None:
        """The concept that the form stands for without any neighbour's help, if so."""
        context = places.context(hit, ())
        for reading in self._forms[hit.surface.casefold()]:
            if reading.rule.alone and self._fits(doc, hit, reading, context):
                return reading.rule.concept
        return None

    def _sense(self, doc: Doc, places: _Places, hit: Hit, anchors: Sequence[tuple[int, str]]) -> Sense | None:
        context = places.context(hit, anchors)
        readings = self._forms[hit.surface.casefold()]
        for reading in readings:
            if self._fits(doc, hit, reading, context) and (reading.rule.alone or self._supported(reading, context)):
                return Sense(hit, reading.rule.concept) if reading.rule.concept else None
        open_readings = tuple(r.rule.concept for r in readings if r.rule.concept and _case_fits(doc, hit, r.rule))
        return Sense(hit, None, open_readings) if len(set(open_readings)) > 1 else None

    def _fits(self, doc: Doc, hit: Hit, reading: _Reading, context: _Context) -> bool:
        rule = reading.rule
        if not _case_fits(doc, hit, rule):
            return False
        if any(context.after.startswith(f"{self._fold(word)} ") for word in rule.not_before):
            return False
        return not any(context.before.endswith(f" {self._fold(word)}") for word in rule.not_after)

    def _fold(self, phrase: str) -> str:
        return " ".join(self._folder.fold(word) for word in phrase.split())

    def _supported(self, reading: _Reading, context: _Context) -> bool:
        if any(phrase in context.window for phrase in reading.near):
            return True
        wanted = reading.rule.near_concepts
        return bool(wanted) and any(self._taxonomy.is_a(concept, other) for concept in context.concepts for other in wanted)


class _Places:
    """Finds the surroundings of hits in one Doc."""

    def __init__(self, doc: Doc, words: Words, units: Sequence[Unit]) -> None:
        self._doc, self._words, self._units = doc, words, units
        self._starts = [unit.start for unit in units]
        self._index = {
            token: n for n, (first, end) in enumerate(zip(words.firsts, words.ends, strict=True)) for token in range(first, end)
        }

    def context(self, hit: Hit, anchors: Sequence[tuple[int, str]]) -> _Context:
        """The surroundings of a hit; anchors are (token, concept) in text order."""
        first = self._index[hit.first]
        last = self._index[hit.last - 1] + 1
        low, high = self._window(first, last)
        stems, folded = self._words.stems, self._words.folded
        window = " ".join(["", *stems[low:first], "|", *stems[last:high], ""])
        bounds = (self._words.firsts[low], self._words.firsts[high - 1])
        near = anchors[bisect_left(anchors, bounds[0], key=_token) : bisect_right(anchors, bounds[1], key=_token)]
        concepts = frozenset(concept for place, concept in near if not hit.first <= place < hit.last)
        return _Context(
            window, " " + " ".join(folded[max(0, first - 4) : first]), " ".join(folded[last : last + 4]) + " ", concepts
        )

    def _window(self, first: int, last: int) -> tuple[int, int]:
        """Word numbers of the surroundings: so many words on either side, or the sentence where it is longer (to a limit)."""
        firsts = self._words.firsts
        low, high = max(0, first - _WINDOW), min(len(firsts), last + _WINDOW)
        offset = self._doc[firsts[first]].idx
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self._units[place].end:
            unit = self._units[place]
            floor, ceiling = max(0, first - _WIDEST), min(len(firsts), last + _WIDEST)
            while low > floor and self._doc[firsts[low - 1]].idx >= unit.start:
                low -= 1
            while high < ceiling and self._doc[firsts[high]].idx < unit.end:
                high += 1
        return low, high


def _token(anchor: tuple[int, str]) -> int:
    return anchor[0]


def _case_fits(doc: Doc, hit: Hit, rule: FormReading) -> bool:
    text = doc[hit.first : hit.last].text
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
