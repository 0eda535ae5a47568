"""The fitted numbers of the ranker: `models/ranker/model.json` and the word weights `models/terms/model.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import ModelError
from matcher.resources import data_path
from matcher.scoring.signals import Feature

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class RankerModel:
    """`logit = base + sum(weights[f] * value[f])`; `bands` are the least scores of bands 1, 2 and 3."""

    base: float
    weights: Mapping[str, float]
    bands: tuple[float, float, float]
    version: str

    def band(self, score: float) -> int:
        """0 to 3 by the fixed thresholds."""
        return sum(score >= threshold for threshold in self.bands)

    def cap_logit(self, band: int) -> float:
        """The logit at which the band above `band` begins."""
        threshold = self.bands[band]
        return math.log(threshold / (1 - threshold))


def load_ranker(folder: Path | None = None) -> RankerModel:
    """Read the shipped ranker (or one in another folder); ModelError if it was fitted on other features."""
    raw = _read((folder or data_path("models")) / "ranker" / "model.json")
    expected = [str(feature) for feature in Feature]
    if raw.get("schema") != SCHEMA or list(raw["weights"]) != expected:
        raise ModelError(
            "models/ranker/model.json was fitted on other features than this version computes: run `matcher train` again"
        )
    low, middle, high = raw["bands"]
    return RankerModel(raw["base"], raw["weights"], (low, middle, high), raw["version"])


def load_terms(folder: Path | None = None) -> dict[str, float]:
    """Word -> inverse document frequency; words seen in fewer than five documents are not in it."""
    raw = _read((folder or data_path("models")) / "terms" / "model.json")
    return {word: float(weight) for word, weight in raw["idf"].items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path.name} of the model {path.parent.name!r} cannot be read: reinstall the package") from error
    return found
