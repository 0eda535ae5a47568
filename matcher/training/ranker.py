"""Fitting the ranker: one set of weights for all grades (proportional odds), no weight below zero, checked job by job."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matcher.scoring.model import SCHEMA, RankerModel
from matcher.scoring.signals import Feature

GRADES = (1, 2, 3)
_MIDDLE = 2
"""The grade whose odds the logit states: a score of one half is an even chance of "possible" or better."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """One pair with its grade (0 to 3) and the values of all features in the order of `Feature`."""

    job: str
    resume: str
    grade: int
    values: tuple[float, ...]


def fit_ranker(pairs: Sequence[LabelledPair], *, strength: float = 1.0, version: str = "") -> RankerModel:
    """Fit weights and thresholds; every job counts alike, and features whose weight would be negative are left out."""
    rows = np.array([pair.values for pair in pairs])
    grades = np.array([pair.grade for pair in pairs])
    weights = _job_weights(pairs)
    kept = np.ones(rows.shape[1], dtype=bool)
    while True:
        coefficients, thresholds = _proportional_odds(rows[:, kept], grades, weights, strength)
        if (coefficients >= 0).all():
            break
        kept[np.flatnonzero(kept)[coefficients < 0]] = False
    full = np.zeros(rows.shape[1])
    full[kept] = coefficients
    base = thresholds[_MIDDLE - 1]
    bands = tuple(_sigmoid(base - threshold) for threshold in thresholds)
    named = {str(feature): round(float(weight), 4) for feature, weight in zip(Feature, full, strict=True)}
    return RankerModel(round(float(base), 4), named, (round(bands[0], 4), round(bands[1], 4), round(bands[2], 4)), version)


def _job_weights(pairs: Sequence[LabelledPair]) -> Any:
    """Each job weighs the same, whatever the number of its resumes."""
    jobs = [pair.job for pair in pairs]
    counts = {job: jobs.count(job) for job in set(jobs)}
    return np.array([len(pairs) / (len(counts) * counts[job]) for job in jobs])


def _proportional_odds(rows: Any, grades: Any, weights: Any, strength: float) -> tuple[Any, Any]:
    """Stacked logistic regression: grade >= k for each k, one intercept a k, coefficients shared."""
    steps = np.eye(len(GRADES))
    stacked = np.vstack(
        [np.hstack([rows, np.repeat(steps[k : k + 1], len(rows), axis=0) * _INTERCEPT]) for k in range(len(GRADES))]
    )
    target = np.concatenate([grades >= grade for grade in GRADES])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000, tol=1e-8)
    model.fit(stacked, target, sample_weight=np.concatenate([weights] * len(GRADES)))
    found = model.coef_[0]
    return found[: rows.shape[1]], found[rows.shape[1] :] * _INTERCEPT


_INTERCEPT = 10.0
"""Scale of the intercept columns, so that regularisation hardly touches them."""


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def model_data(model: RankerModel, source: Mapping[str, Any]) -> dict[str, Any]:
    """The artefact `models/ranker/model.json`."""
    return {
        "schema": SCHEMA,
        "version": model.version,
        "base": model.base,
        "weights": dict(model.weights),
        "bands": list(model.bands),
        "source": dict(source),
    }
