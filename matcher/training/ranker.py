"""Fitting the ranker: weights around what the trade believes, moved by the order in each job and by the grades, caps included."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from scipy.optimize import minimize

from matcher.errors import InputError
from matcher.scoring.features import Feature
from matcher.scoring.limits import ROOM, TOP_BAND, UNIT, cap_points, held, lift_points, rounded
from matcher.scoring.model import SCHEMA, RankerModel
from matcher.training.priors import sign_of, trade_prior

TOP = TOP_BAND
"""The best grade, and the best band: a pair with this cap has no unmet must."""
STRENGTH = 0.01
"""How strongly weights are held at the prior unless cross-validation tells: half the loss of being a point away."""
STRONG_SHOWN = 0.95
"""Share of the strong ones (jobs alike) that band 2 begins below: to hide one costs more than a short screening too many."""
_EVEN = 1
"""Place of the threshold whose odds the logit states: a score of one half is an even chance of "possible" or better."""
_GAP, _GAP_HELD = 1.0, 1e-3
_START = 4.0


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """One pair with its grade (0 to 3), the values of all features in the order of `Feature`, and the best band allowed.

    `fresh`: a newcomer whom the seat takes and lifts.
    """

    job: str
    resume: str
    grade: int
    values: tuple[float, ...]
    cap: int = TOP
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in the order of `Feature`, and the raw sums at which grades 1, 2 and 3 are as likely as not."""

    weights: Any
    odds: Any


def fit_ranker(
    pairs: Sequence[LabelledPair], *, strength: float = STRENGTH, prior: Mapping[str, float] | None = None, version: str = ""
) -> RankerModel:
    """Fit weights, base and bands; every job counts alike, and the order of the pairs does not matter.

    `prior` are the points that weights are held at (the trade's). Raises InputError without at least two different grades.
    """
    if len({pair.grade for pair in pairs}) < 2:
        raise InputError(f"the ranker cannot be fitted on {len(pairs)} labelled pairs without two different grades; label more")
    held = np.array(list((prior or trade_prior()).values()))
    found = fit_weights(pairs, strength, held)
    return _model(found, _bands(pairs, found), version)


def _model(found: Fitted, bands: Any, version: str) -> RankerModel:
    weights = {str(feature): round(float(weight), 4) + 0.0 for feature, weight in zip(Feature, found.weights, strict=True)}
    low, middle, high = (round(1 / (1 + math.exp(-float(band))), 4) for band in bands)
    return RankerModel(round(-float(found.odds[_EVEN]), 4), weights, (low, middle, high), version)


# ------------------------------------------------------------------------------------------------------------------ weights


def fit_weights(pairs: Sequence[LabelledPair], strength: float, prior: Any) -> Fitted:
    """The least loss: order within each job, odds of each grade, distance to the prior; no weight changes its sign.

    The parameters are the weights, the even odds of grade 2, and the logarithms of their distances to those of 1 and 3.
    """
    table, count = _table(pairs), len(prior)

    def loss(point: Any) -> tuple[float, Any]:
        weights, odds = point[:count], _odds(point[count:])
        value, by_weights, by_odds = joint_loss(table, weights, odds)
        moved, gaps = weights - prior, point[count + 1 :] - math.log(_GAP)
        value += strength / 2 * (moved @ moved) + _GAP_HELD / 2 * (gaps @ gaps)
        below, above = np.exp(point[count + 1 :])
        steps = np.array([by_odds.sum(), -by_odds[0] * below, by_odds[2] * above])
        steps[1:] += _GAP_HELD * gaps
        return value, np.concatenate([by_weights + strength * moved, steps])

    signs = [(0.0, None) if sign_of(feature) > 0 else (None, 0.0) for feature in Feature]
    bounds = [*signs, (None, None), (math.log(ROOM), 3.0), (math.log(ROOM), 3.0)]
    start = np.concatenate([prior, [_START, math.log(_GAP), math.log(_GAP)]])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-10}).x
    return Fitted(found[:count], _odds(found[count:]))


def _odds(point: Any) -> Any:
    return np.array([point[0] - math.exp(point[1]), point[0], point[0] + math.exp(point[2])])


@dataclass(frozen=True, slots=True)
class _Table:
    """Pairs as columns: values, grades, caps and shares (a job's add up to one job's part of 1).

    `better` and `worse` are rows of one job with different grades, `gains` what their order is worth (shares of a job as well).
    """

    rows: Any
    grades: Any
    caps: Any
    shares: Any
    better: Any
    worse: Any
    gains: Any


def _table(pairs: Sequence[LabelledPair]) -> _Table:
    ordered = sorted(pairs, key=lambda pair: (pair.job, pair.resume))
    grades = np.array([pair.grade for pair in ordered])
    sizes = np.array([len(list(group)) for _, group in groupby(ordered, key=lambda pair: pair.job)])
    better, worse, gains = [], [], []
    for stop, size in zip(np.cumsum(sizes), sizes, strict=True):
        own = grades[stop - size : stop]
        above, below = np.nonzero(own[:, None] > own[None, :])
        gain = 2.0 ** own[above] - 2.0 ** own[below]
        better.append(above + stop - size)
        worse.append(below + stop - size)
        gains.append(gain / max(gain.sum(), 1.0) / len(sizes))
    rows, caps = np.array([pair.values for pair in ordered]), np.array([pair.cap for pair in ordered])
    shares = np.repeat(1 / (sizes * len(sizes)), sizes)
    return _Table(rows, grades, caps, shares, *map(np.concatenate, (better, worse, gains)))


def held_out_loss(pairs: Sequence[LabelledPair], found: Fitted) -> float:
    """The mean loss of jobs that a fit has not seen."""
    return float(joint_loss(_table(pairs), found.weights, found.odds)[0])


def joint_loss(table: _Table, weights: Any, odds: Any) -> tuple[float, Any, Any]:
    """Mean over jobs of the losses of order (pairwise logistic, by gain) and of grades (cumulative odds), and its gradients."""
    sums, by_raw, by_limit = _capped(table.rows @ weights, table.caps, odds)
    margins = sums[table.better] - sums[table.worse]
    value = float(table.gains @ np.logaddexp(0.0, -margins))
    push = table.gains * _sigmoid(-margins)
    slopes = np.zeros(len(sums)) + np.bincount(table.worse, push, len(sums)) - np.bincount(table.better, push, len(sums))
    by_odds = np.zeros(len(odds))
    for place, odd in enumerate(odds):
        reached, distance = table.grades > place, sums - odd
        value += float(table.shares @ np.logaddexp(0.0, np.where(reached, -distance, distance)))
        step = table.shares * (_sigmoid(distance) - reached)
        slopes += step
        by_odds[place] -= step.sum()
    by_odds += np.bincount(table.caps, slopes * by_limit, len(odds) + 1)[:-1]
    return value, table.rows.T @ (slopes * by_raw), by_odds


def _capped(sums: Any, caps: Any, limits: Any) -> tuple[Any, Any, Any]:
    """Sums as scoring caps them, and how they follow the sum and the limit.

    The lift of newcomers is left out: it flattens their sums, so that weights would learn nothing from those who are lifted.
    """
    limit = np.array([*limits, np.inf])[caps]
    final, moved = held(sums, limit), sums - limit > -ROOM
    by_raw = np.where(moved, (final - np.where(moved, limit, 0.0)) ** 2 / ROOM, 1.0)
    return final, by_raw, np.where(moved, 1 - by_raw, 0.0)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


# -------------------------------------------------------------------------------------------------------------------- bands


def _bands(pairs: Sequence[LabelledPair], found: Fitted) -> Any:
    """Thresholds on the logit: even odds of each grade, but band 2 no higher than where `STRONG_SHOWN` of the strong ones stand.

    Strong ones whom an unmet must holds down do not count: no threshold reaches them.
    """
    low, middle, high = found.odds - found.odds[_EVEN]
    strong = [pair for pair in pairs if pair.grade == TOP and pair.cap >= TOP - 1]
    if strong:
        sums = np.array([pair.values for pair in strong]) @ found.weights - found.odds[_EVEN]
        jobs = [pair.job for pair in strong]
        shares = np.array([1 / jobs.count(job) for job in jobs])
        order = np.argsort(sums, kind="stable")
        below = np.cumsum(shares[order]) / shares.sum()
        middle = min(middle, sums[order][np.searchsorted(below, 1 - STRONG_SHOWN)])
    return min(low, middle - ROOM), middle, high


def final_logits(model: RankerModel, pairs: Sequence[LabelledPair]) -> Any:
    """The logits of pairs as scoring makes them, with the caps of musts and the lift of newcomers."""
    rows, allowed = np.array([pair.values for pair in pairs]), np.array([pair.cap for pair in pairs])
    points = rounded(rows * np.array(list(model.weights.values())))
    totals = points.sum(axis=1) + round(model.base * UNIT)
    fresh = np.array([pair.fresh for pair in pairs])
    return (totals + cap_points(model, totals, allowed) + lift_points(model, totals, fresh)) / UNIT


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
