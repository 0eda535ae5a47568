"""From documents in which people found the skills to the model of doubtful mentions, cross-validated by document."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matcher.errors import InputError
from matcher.matching import Engine
from matcher.reading.clues import ClueFinder, Surroundings
from matcher.reading.doubt import SCHEMA, DoubtModel, claims, load_rarity, mentions
from matcher.reading.reader import Reader, annotated, pipeline
from matcher.records import CLAIMED, Document, Kind
from matcher.training.fitting import write_json
from matcher.training.skills import OTHER, Count, Judge, LabelledSkill, LabelledText, on_quote

STRENGTHS = (0.01, 0.03, 0.1)
"""Inverse strengths of the regularisation that are tried."""
THRESHOLDS = tuple(round(0.2 + 0.02 * step, 2) for step in range(21))
LEAST_CONCEPTS = 12
"""In a text with fewer concepts nothing is doubted: the strongest clues are the document's other concepts."""
LEAST_SHARE, MOST_LOST = 0.7, 0.002
"""What recall may not fall below, and by how much it may fall, by the choice of a threshold."""
_LEAST_DOCUMENTS = 3
_LEAST_SEEN = 5
"""A clue seen in fewer documents gets no weight."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claimed mention: its concept, its words, its clues, and whether a person found its concept (None: cannot be said)."""

    concept: str
    text: str
    clues: Mapping[str, float]
    right: bool | None


@dataclass(frozen=True, slots=True)
class LabelledReading:
    """One document: what the reading claims without this model, and what a person found."""

    name: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    skills: tuple[LabelledSkill, ...]


class CandidateReader:
    """Reads documents for the fitting, with all components but the one that is fitted."""

    def __init__(self, judge: Judge, rarity: Mapping[str, float], overlay: Path | None = None) -> None:
        self._reader = Reader(overlay, pipeline(overlay, without=("bpo_doubt",)))
        self._engine = Engine(overlay, self._reader)
        self._finder, self._judge = ClueFinder(self._reader.taxonomy, rarity), judge

    def read_text(self, text: LabelledText) -> LabelledReading:
        """The candidates of a file that a person has read."""
        return self.read(self._engine.document(text.path.read_bytes(), text.path.name), text.kind, text.skills)

    def read(self, document: Document, kind: Kind, skills: Sequence[LabelledSkill]) -> LabelledReading:
        """The candidates of a document that a person has read."""
        doc = annotated(self._reader.nlp, document, kind)
        found = self._reader.read(document, kind).mentions
        claimed = {(m.concept, m.start, m.end) for m in found if m.stance in CLAIMED}
        met = mentions(doc, doc.text, claims(doc))
        around = Surroundings(doc, doc.text, met, self._finder)
        wanted, quotes = self._judge.wanted(skills), [skill.quote for skill in skills if skill.label.startswith(OTHER)]
        candidates = tuple(
            Candidate(one.concept, one.text, _all(around, number), self._right(one.concept, one.text, wanted, quotes))
            for number, one in enumerate(met)
            if (one.concept, one.start, one.end) in claimed
        )
        return LabelledReading(document.source, kind, candidates, tuple(skills))

    def _right(self, concept: str, text: str, wanted: Collection[str], quotes: Sequence[str]) -> bool | None:
        rolled = self._judge.rolled(concept)
        if rolled is None:
            return None
        if rolled in wanted:
            return True
        return None if any(on_quote([text], quote) for quote in quotes) else False


def _all(around: Surroundings, number: int) -> dict[str, float]:
    return {name: value for find, given in around.parts(number) for name, value in find(*given).items()}


def read_all(
    texts: Sequence[LabelledText], judge: Judge, models: Path, overlay: Path | None = None
) -> tuple[LabelledReading, ...]:
    """Read labelled documents with the word weights of a folder of models (the shipped ones where it has none)."""
    weighed = (models / "terms" / "model.json").is_file()
    reader = CandidateReader(judge, load_rarity(models if weighed else None), overlay)
    return tuple(map(reader.read_text, texts))


# ----------------------------------------------------------------------------------------------------------------- fitting


def fit_doubt(readings: Sequence[LabelledReading], strength: float, thresholds: Mapping[str, float]) -> DoubtModel:
    """A logistic regression on all candidates that can be judged; those of one concept in a document weigh one together.

    Clues are brought to one scale first; the weights are for the clues as they are, to five decimals. Raises InputError where
    nothing tells right from wrong.
    """
    names = _clue_names(readings)
    rows, right, share = [], [], []
    for reading in readings:
        judged = [candidate for candidate in reading.candidates if candidate.right is not None]
        times = Counter(candidate.concept for candidate in judged)
        rows += [[candidate.clues.get(name, 0.0) for name in names] for candidate in judged]
        right += [candidate.right for candidate in judged]
        share += [1 / times[candidate.concept] for candidate in judged]
    if len(set(right)) < 2:
        raise InputError("--skills: nothing that was found is right, or nothing is wrong; label more documents")
    table = np.array(rows)
    middle, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=5_000, tol=1e-7).fit((table - middle) / spread, right, sample_weight=share)
    raw = model.coef_[0] / spread
    weights = {name: weight for name, value in zip(names, raw, strict=True) if (weight := round(float(value), 5))}
    base = round(float(model.intercept_[0] - raw @ middle), 5)
    limits = {str(kind): thresholds.get(kind, 0.0) for kind in Kind}
    return DoubtModel(base, weights, limits, LEAST_CONCEPTS, _digest(base, weights, limits))


def _clue_names(readings: Sequence[LabelledReading]) -> list[str]:
    seen: Counter[str] = Counter()
    for reading in readings:
        seen.update({name for candidate in reading.candidates for name in candidate.clues})
    return sorted(name for name, times in seen.items() if times >= min(_LEAST_SEEN, len(readings)))


def _digest(base: float, weights: Mapping[str, float], thresholds: Mapping[str, float]) -> str:
    numbers = json.dumps([base, dict(weights), dict(thresholds), LEAST_CONCEPTS])
    return hashlib.sha256(numbers.encode()).hexdigest()[:12]


Chances = Mapping[str, float]
"""How likely each concept of a document is meant, by its best mention."""


def chances(model: DoubtModel, reading: LabelledReading) -> Chances:
    """What the model says of a document's concepts; all 1 where it has too few of them."""
    best: dict[str, float] = {}
    for candidate in reading.candidates:
        chance = model.chance(model.worth(dict(candidate.clues)))
        best[candidate.concept] = max(best.get(candidate.concept, 0.0), chance)
    return best if len(best) >= model.least_concepts else dict.fromkeys(best, 1.0)


def counted(reading: LabelledReading, judge: Judge, likely: Chances, threshold: float) -> Count:
    """The count of a document of which only what is likely is claimed."""
    claimed: defaultdict[str, list[str]] = defaultdict(list)
    for candidate in reading.candidates:
        if likely[candidate.concept] >= threshold:
            claimed[candidate.concept].append(candidate.text)
    return judge.count(claimed, reading.skills)


# -------------------------------------------------------------------------------------------------------------- validation


@dataclass(frozen=True, slots=True)
class Choice:
    """What cross-validation chose, and the counts of all documents before and after, by kind of document."""

    strength: float
    thresholds: Mapping[str, float]
    before: Mapping[str, Count]
    after: Mapping[str, Count]


def choose(readings: Sequence[LabelledReading], judge: Judge) -> Choice:
    """Leave one document out, fit on the others, judge it: the strength by likelihood, then thresholds by F1.

    Each kind of document has a threshold of its own; at 0 nothing is doubted. A right concept that is dropped harms a person
    more than a wrong one that is kept: recall may fall by `MOST_LOST` only. Raises InputError for too few documents.
    """
    if len(readings) < _LEAST_DOCUMENTS:
        raise InputError(f"--skills: {_LEAST_DOCUMENTS} documents at least are needed: each is judged by a model without it")
    trials = {strength: _left_out(readings, strength) for strength in STRENGTHS}
    strength = min(STRENGTHS, key=lambda strength: _loss(readings, trials[strength]))
    before, after, thresholds = {}, {}, {}
    for kind in sorted({reading.kind for reading in readings}, reverse=True):
        own = [(reading, said) for reading, said in zip(readings, trials[strength], strict=True) if reading.kind is kind]
        counts = {t: _total(counted(reading, judge, said, t) for reading, said in own) for t in (0.0, *THRESHOLDS)}
        thresholds[str(kind)] = chosen = _best(counts)
        before[str(kind)], after[str(kind)] = counts[0.0], counts[chosen]
    before["all"], after["all"] = _total(before.values()), _total(after.values())
    return Choice(strength, thresholds, before, after)


def _best(counts: Mapping[float, Count]) -> float:
    """The threshold of the best F1 for an allowed loss of recall; of equal ones the lowest."""
    least = max(LEAST_SHARE, counts[0.0].recall - MOST_LOST)
    return max((t for t, count in counts.items() if t == 0.0 or count.recall >= least), key=lambda t: (counts[t].f1, -t))


def _left_out(readings: Sequence[LabelledReading], strength: float) -> list[Chances]:
    return [chances(fit_doubt([other for other in readings if other is not one], strength, {}), one) for one in readings]


def _loss(readings: Sequence[LabelledReading], likely: Sequence[Chances]) -> float:
    """The mean surprise at what is right and wrong, each concept of a document counting once."""
    losses = []
    for reading, said in zip(readings, likely, strict=True):
        right = {candidate.concept: candidate.right for candidate in reading.candidates if candidate.right is not None}
        for concept, is_right in right.items():
            chance = min(max(said[concept], 1e-4), 1 - 1e-4)
            losses.append(-math.log(chance if is_right else 1 - chance))
    return math.fsum(losses) / len(losses)


def _total(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


# ------------------------------------------------------------------------------------------------------------ the artefact


def write_doubt(folder: Path, model: DoubtModel, choice: Choice, readings: Sequence[LabelledReading]) -> None:
    """Write `doubt/model.json`: the numbers and what they were fitted on; the same documents give the same bytes."""
    judged = [candidate.right for reading in readings for candidate in reading.candidates if candidate.right is not None]
    write_json(
        folder / "doubt" / "model.json",
        {
            "schema": SCHEMA,
            "version": model.version,
            "base": model.base,
            "thresholds": dict(model.thresholds),
            "least_concepts": model.least_concepts,
            "weights": dict(sorted(model.weights.items())),
            "fitted_on": {
                "documents": len(readings),
                "mentions": len(judged),
                "of_them_right": sum(map(bool, judged)),
                "strength": choice.strength,
                "validation": {
                    kind: {"before": figures(choice.before[kind]), "after": figures(choice.after[kind])} for kind in choice.after
                },
                "method": "logistic regression; strength, thresholds and figures by leaving one document out",
            },
        },
        indent=1,
    )


def figures(count: Count) -> dict[str, Any]:
    """Precision, recall and F1 to four decimals."""
    return {name: round(value, 4) for name, value in (("precision", count.precision), ("recall", count.recall), ("f1", count.f1))}
