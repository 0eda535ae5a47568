"""Fitting the ranker: weights from the order within each job, base and bands from the grades."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from matcher.errors import InputError
from matcher.scoring.features import Feature
from matcher.scoring.model import SCHEMA, RankerModel

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
    """Fit weights to the order within each job, then the base and the bands to the grades; every job counts alike.

    Raises InputError where the pairs do not have at least two different grades.
    """
    if len({pair.grade for pair in pairs}) < 2:
        raise InputError(f"the ranker cannot be fitted on {len(pairs)} labelled pairs without two different grades; label more")
    rows = np.array([pair.values for pair in pairs])
    grades = np.array([pair.grade for pair in pairs])
    jobs = np.array([pair.job for pair in pairs])
    direction = _order_weights(rows, grades, jobs, strength)
    slope, thresholds = _proportional_odds(rows @ direction, grades, jobs)
    weights = {str(feature): round(float(weight * slope), 4) for feature, weight in zip(Feature, direction, strict=True)}
    base = thresholds[_MIDDLE - 1]
    low, middle, high = (round(_sigmoid(base - threshold), 4) for threshold in thresholds)
    return RankerModel(round(float(base), 4), weights, (low, middle, high), version)


def _order_weights(rows: Any, grades: Any, jobs: Any, strength: float) -> Any:
    """Logistic regression on differences of resumes of one job, weighted by the difference of their gains; none below zero."""
    differences, gains = [], []
    for job in sorted(set(jobs)):
        own, grade = rows[jobs == job], grades[jobs == job]
        better, worse = np.nonzero(grade[:, None] > grade[None, :])
        if len(better):
            gain = 2.0 ** grade[better] - 2.0 ** grade[worse]
            differences.append(own[better] - own[worse])
            gains.append(gain * _JOB_WEIGHT / gain.sum())
    differences.append(np.eye(rows.shape[1]))  # what every recruiter believes beforehand: more of a signal is better
    gains.append(np.full(rows.shape[1], BELIEF))
    stacked, weights = np.vstack(differences), np.concatenate(gains)
    kept = np.ones(rows.shape[1], dtype=bool)
    while True:
        found = _without_intercept(stacked[:, kept], weights, strength)
        if (found >= 0).all():
            break
        kept[np.flatnonzero(kept)[found < 0]] = False  # a reason that a recruiter would not accept: less of it is better
    full = np.zeros(rows.shape[1])
    full[kept] = found
    return full


def _without_intercept(differences: Any, weights: Any, strength: float) -> Any:
    """Each difference stands once as it is (better first) and once turned round."""
    model = LogisticRegression(C=strength, fit_intercept=False, solver="newton-cholesky", max_iter=200)
    target = np.repeat([True, False], len(differences))
    model.fit(np.vstack([differences, -differences]), target, sample_weight=np.concatenate([weights, weights]))
    return model.coef_[0]


def _proportional_odds(scores: Any, grades: Any, jobs: Any) -> tuple[float, tuple[float, ...]]:
    """Slope and one intercept for each grade k of "grade >= k", by stacked logistic regression; every job weighs the same."""
    counts = {job: int((jobs == job).sum()) for job in set(jobs)}
    weights = np.array([1 / counts[job] for job in jobs])
    steps = np.eye(len(GRADES)) * _INTERCEPT
    stacked = np.vstack([np.column_stack([scores, np.repeat(step[None, :], len(scores), axis=0)]) for step in steps])
    target = np.concatenate([grades >= grade for grade in GRADES])
    model = LogisticRegression(C=_WEAK, fit_intercept=False, solver="newton-cholesky", max_iter=200)
    model.fit(stacked, target, sample_weight=np.tile(weights, len(GRADES)))
    found = model.coef_[0]
    return float(found[0]), tuple(float(value) * _INTERCEPT for value in found[1:])


_JOB_WEIGHT = 1000.0
BELIEF = 150.0
"""Weight of one invented pair for each signal, in which the resume that has it is the better one; a labelled job weighs 1000."""
_INTERCEPT = 10.0
"""Scale of the intercept columns, so that regularisation hardly touches them."""
_WEAK = 100.0


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
