"""The fitted numbers of the ranker: `models/ranker/model.json` and the word weights `models/terms/model.json`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from matcher.errors import InputError, ModelError
from matcher.resources import data_path
from matcher.scoring.features import Feature
from matcher.taxonomy import nearest

SCHEMA = 1
MOST_FACTOR = 100
"""More than this is a slip of the pen."""


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

    def weighted(self, factors: Iterable[tuple[str, float]]) -> RankerModel:
        """The model with some weights multiplied, base and bands as they are; the last factor of a signal holds.

        Raises InputError for a name that is no signal, or a factor that is not from 0 to `MOST_FACTOR`.
        """
        given = dict(factors)
        if not given:
            return self
        for name, factor in given.items():
            check_factor(name, factor)
        weights = {name: weight * given.get(name, 1.0) for name, weight in self.weights.items()}
        return replace(self, weights=weights)

    def cap_logit(self, band: int) -> float:
        """The logit at which the band above `band` begins."""
        threshold = self.bands[band]
        return math.log(threshold / (1 - threshold))


def check_factor(name: str, factor: object) -> None:
    """Raise InputError where this is no name of a signal, or nothing that a weight can be multiplied by."""
    names = [str(feature) for feature in Feature]
    if name not in names:
        meant = nearest(name, names)
        raise InputError(f"{name!r} is no signal{f'; {meant}' if meant else ''}; there are: {', '.join(names)}")
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 <= factor <= MOST_FACTOR:
        raise InputError(f"{name}: {factor!r} is no factor from 0 to {MOST_FACTOR}")


def load_ranker(folder: Path | None = None) -> RankerModel:
    """Read the shipped ranker (or one in another folder); ModelError if it was fitted on other features or cannot be used."""
    path = (folder or data_path("models")) / "ranker" / "model.json"
    if folder and not path.is_file():
        raise ModelError(f"{folder}: has no ranker/model.json; `matcher train --out {folder}` writes one")
    raw = _read(path)
    weights = raw.get("weights")
    if raw.get("schema") != SCHEMA or not isinstance(weights, dict) or list(weights) != [str(feature) for feature in Feature]:
        where = f"{folder or 'models'}/ranker/model.json"
        raise ModelError(f"{where} was fitted on other features than this version computes: run `matcher train` again")
    try:
        low, middle, high = (float(threshold) for threshold in raw["bands"])
        model = RankerModel(float(raw["base"]), _numbers(weights), (low, middle, high), str(raw["version"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(path) from error
    if not all(map(math.isfinite, (model.base, *model.weights.values()))) or not 0 < low <= middle <= high < 1:
        raise _unusable(path)
    return model


def load_terms(folder: Path | None = None) -> dict[str, float]:
    """Word -> inverse document frequency; words seen in fewer than five documents are not in it. ModelError if damaged."""
    path = (folder or data_path("models")) / "terms" / "model.json"
    try:
        return _numbers(_read(path)["idf"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unusable(path) from error


def load_rarity(folder: Path | None = None) -> dict[str, float]:
    """Concept -> how well it tells resumes apart, in (0, 1]: 1 for what few have; those are not in it. ModelError if damaged."""
    path = (folder or data_path("models")) / "rarity" / "model.json"
    try:
        return _numbers(_read(path)["rarity"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unusable(path) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(found, dict):
        raise _unusable(path)
    return found


def _numbers(table: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in table.items()}


def _unusable(path: Path) -> ModelError:
    return ModelError(f"{path.name} of the model {path.parent.name!r} cannot be read: reinstall the package")
