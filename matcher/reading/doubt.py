"""Doubtful mentions: a linear model weighs what speaks for and against each concept of a document, and keeps what is likely.

The model is fitted by `matcher train --skills` and lies in `models/doubt/`; here it is only applied, in plain Python. A
concept is judged by its best mention. Nothing is doubted in a text with too few concepts to tell.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import SpanGroup

from matcher.errors import ModelError
from matcher.reading.clues import ClueFinder, Clues, Met, Part, Surroundings
from matcher.reading.groups import DOUBTFUL, SKILLS, kind_of, text_of
from matcher.records import CLAIMED, Kind
from matcher.resources import data_path

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from matcher.taxonomy import Taxonomy

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class DoubtModel:
    """`logit = base + sum(weights[clue] * value)`; a concept is kept where its best mention reaches the threshold.

    `thresholds` are probabilities, one for each kind of document; at 0 nothing is doubted. A clue without a weight counts
    nothing: the fitting never met it. No document with fewer than `least_concepts` is judged.
    """

    base: float
    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    least_concepts: int
    version: str

    def chance(self, worth: float) -> float:
        """The probability, to four decimals, of a mention whose clues are worth so much."""
        return round(1 / (1 + math.exp(-self.base - worth)), 4)

    def worth(self, clues: Clues) -> float:
        """What clues add to the logit."""
        weights = self.weights
        return sum([weights[name] * value for name, value in clues.items() if name in weights])


def load_doubt(folder: Path | None = None) -> DoubtModel | None:
    """The shipped model (or one in another folder); None where there is none, and ModelError where it cannot be used."""
    path = (folder or data_path("models")) / "doubt" / "model.json"
    if not path.is_file():
        return None
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(value) for name, value in raw["weights"].items()}
        thresholds = {str(kind): float(raw["thresholds"][kind]) for kind in Kind}
        base, least = float(raw["base"]), int(raw["least_concepts"])
        sound = all(map(math.isfinite, (base, *weights.values()))) and all(0 <= value < 1 for value in thresholds.values())
        if raw["schema"] != SCHEMA or not sound:
            raise ValueError("not of this version")
        return DoubtModel(base, weights, thresholds, least, str(raw["version"]))
    except (OSError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            "models/doubt/model.json cannot be used: reinstall the package or run `matcher train --skills`"
        ) from error


def load_rarity(folder: Path | None = None) -> dict[str, float]:
    """Word -> inverse document frequency, of `models/terms/`; empty where there is none."""
    path = (folder or data_path("models")) / "terms" / "model.json"
    try:
        return {str(word): float(value) for word, value in json.loads(path.read_text(encoding="utf-8"))["idf"].items()}
    except (OSError, AttributeError, KeyError, TypeError, ValueError):
        return {}


class DoubtAnnotator:
    """Moves what is unlikely from `bpo_skills` to `bpo_doubtful` (attrs: those of `bpo_skills`, and `probability`)."""

    def __init__(self, taxonomy: Taxonomy, model: DoubtModel | None, rarity: Mapping[str, float]) -> None:
        self._finder = ClueFinder(taxonomy, rarity)
        self._model = model
        self._forms: dict[tuple[Any, ...], float] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        group = doc.spans.get(SKILLS)
        if group is None:
            return doc
        unlikely = self.unlikely(doc)
        spans, columns = list(group), dict(group.attrs)
        claimed = set(claims(doc))
        out = [n for n, span in enumerate(spans) if n in claimed and span.kb_id_ in unlikely]
        _write(doc, SKILLS, spans, sorted(set(range(len(spans))).difference(out)), columns)
        _write(doc, DOUBTFUL, spans, out, columns, {"probability": [unlikely[spans[n].kb_id_] for n in out]})
        return doc

    def unlikely(self, doc: Doc) -> dict[str, float]:
        """The claimed concepts that are not likely enough, each with its probability, to four decimals."""
        model, text = self._model, text_of(doc)
        threshold = model.thresholds[kind_of(doc)] if model else 0.0
        met = mentions(doc, text, claims(doc)) if threshold else []
        if model is None or not met or len({one.concept for one in met}) < model.least_concepts:
            return {}
        around = Surroundings(doc, text, met, self._finder)
        known: dict[tuple[Any, ...], float] = {}
        best: dict[str, float] = {}
        for number, one in enumerate(met):
            if best.get(one.concept, 0.0) < threshold:  # else it is kept, whatever its other mentions are worth
                chance = model.chance(self._weighed(model, around.parts(number), known))
                best[one.concept] = max(best.get(one.concept, 0.0), chance)
        return {concept: chance for concept, chance in best.items() if chance < threshold}

    def _weighed(self, model: DoubtModel, parts: Iterator[Part], known: dict[tuple[Any, ...], float]) -> float:
        """What the parts of a mention add to the logit; what forms are worth is kept from document to document."""
        total, cache = 0.0, self._forms
        for find, given in parts:  # the first part is the form's
            key = (find.__name__, *given)
            if key not in cache:
                cache[key] = model.worth(find(*given))
            total += cache[key]
            cache = known
        return total


def claims(doc: Doc) -> list[int]:
    """The numbers of the spans of `bpo_skills` that claim something: all of them where `bpo_stance` has not run."""
    group = doc.spans[SKILLS]
    stances: Sequence[str] | None = group.attrs.get("stance")
    return [n for n in range(len(group)) if stances is None or stances[n] in CLAIMED]


def mentions(doc: Doc, text: str, numbers: Sequence[int]) -> list[Met]:
    """The spans of `bpo_skills` with these numbers, as clues are looked for; `text` is the text of the Doc."""
    spans: list[Span] = list(doc.spans[SKILLS])
    forms: Any = doc.spans[SKILLS].attrs["alias"]
    places = [(n, spans[n], spans[n].start_char, spans[n].end_char) for n in numbers]
    return [Met(start, end, text[start:end], forms[n], span.kb_id_) for n, span, start, end in places]


def _write(
    doc: Doc,
    name: str,
    spans: Sequence[Span],
    numbers: Sequence[int],
    columns: Mapping[str, Any],
    more: Mapping[str, Any] | None = None,
) -> None:
    attrs = {key: [values[n] for n in numbers] for key, values in columns.items()}
    doc.spans[name] = SpanGroup(doc, name=name, attrs={**attrs, **(more or {})}, spans=[spans[n] for n in numbers])
