"""Doubtful mentions: a linear model weighs what speaks for and against each concept of a document, and keeps what is likely.

The model is fitted by `matcher train --skills` and lies in `models/doubt/`; here it is only applied, in plain Python. A
concept is judged by its best mention. Nothing is doubted in a text with too few concepts to tell.
"""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import SpanGroup

from matcher.errors import ModelError
from matcher.reading.clues import ClueFinder, Clues, Met, Surroundings
from matcher.reading.groups import DOUBTFUL, SKILLS
from matcher.records import CLAIMED
from matcher.resources import data_path

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from matcher.taxonomy import Taxonomy

SCHEMA = 1
_MOST_FORMS = 50_000
"""Forms whose worth is kept; a taxonomy has fewer."""


@dataclass(frozen=True, slots=True)
class DoubtModel:
    """`logit = base + sum(weights[clue] * value)`; a concept is kept where its best mention reaches `threshold` (a probability).

    A clue without a weight counts nothing: the fitting never met it. No document with fewer than `least_concepts` is judged.
    """

    base: float
    weights: Mapping[str, float]
    threshold: float
    least_concepts: int
    version: str

    def worth(self, clues: Clues) -> float:
        """What clues add to the logit."""
        weights = self.weights
        return math.fsum(weights[name] * value for name, value in clues.items() if name in weights)


def load_doubt(folder: Path | None = None) -> DoubtModel | None:
    """The shipped model (or one in another folder); None where there is none, and ModelError where it cannot be used."""
    path = (folder or data_path("models")) / "doubt" / "model.json"
    if not path.is_file():
        return None
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(value) for name, value in raw["weights"].items()}
        numbers = (float(raw["base"]), float(raw["threshold"]), *weights.values())
        if raw["schema"] != SCHEMA or not all(map(math.isfinite, numbers)) or not 0 <= numbers[1] < 1:
            raise ValueError("not of this version")
        return DoubtModel(numbers[0], weights, numbers[1], int(raw["least_concepts"]), str(raw["version"]))
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
        self._forms: dict[tuple[Hashable, ...], float] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc in place."""
        group = doc.spans.get(SKILLS)
        if group is None:
            return doc
        likely = self.probabilities(doc)
        spans = list(group)
        model = self._model
        unlikely = [] if model is None else [n for n, chance in enumerate(likely) if chance < model.threshold]
        kept = sorted(set(range(len(spans))).difference(unlikely))
        columns = dict(group.attrs)
        chances = {"probability": [likely[n] for n in unlikely]}
        _write(doc, SKILLS, spans, kept, columns, {})
        _write(doc, DOUBTFUL, spans, unlikely, columns, chances)
        return doc

    def probabilities(self, doc: Doc) -> list[float]:
        """For each span of `bpo_skills` how likely its concept is meant, to four decimals; 1 for what is not doubted."""
        spans, claimed = list(doc.spans[SKILLS]), claims(doc)
        model = self._model
        if model is None or len({spans[n].kb_id_ for n in claimed}) < model.least_concepts:
            return [1.0] * len(spans)
        met = mentions(doc, claimed)
        around = Surroundings(doc, met, self._finder)
        best: dict[str, float] = {}
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
        known: dict[tuple[Hashable, ...], float] = {}
        for number, one in enumerate(met):
            logit = model.base
            for key, clues in around.parts(number):
                cache = self._forms if key[0] == "form" else known
                if key not in cache:
                    cache[key] = model.worth(clues())
                logit += cache[key]
            best[one.concept] = max(best.get(one.concept, 0.0), round(1 / (1 + math.exp(-logit)), 4))
        judged = set(claimed)
        return [best[span.kb_id_] if n in judged else 1.0 for n, span in enumerate(spans)]


def claims(doc: Doc) -> list[int]:
    """The numbers of the spans of `bpo_skills` that claim something: all of them where `bpo_stance` has not run."""
    group = doc.spans[SKILLS]
    stances: Sequence[str] | None = group.attrs.get("stance")
    return [n for n in range(len(group)) if stances is None or stances[n] in CLAIMED]


def mentions(doc: Doc, numbers: Sequence[int]) -> list[Met]:
    """The spans of `bpo_skills` with these numbers, as clues are looked for."""
    spans: list[Span] = list(doc.spans[SKILLS])
    forms: Any = doc.spans[SKILLS].attrs["alias"]
    return [Met(spans[n].start_char, spans[n].end_char, spans[n].text, forms[n], spans[n].kb_id_) for n in numbers]


def _write(
    doc: Doc, name: str, spans: Sequence[Span], numbers: Sequence[int], columns: Mapping[str, Any], more: Mapping[str, Any]
) -> None:
    attrs = {key: [values[n] for n in numbers] for key, values in columns.items()}
    doc.spans[name] = SpanGroup(doc, name=name, attrs={**attrs, **more}, spans=[spans[n] for n in numbers])
