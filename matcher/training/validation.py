"""How good a fitted ranker is on jobs that it has not seen, and what each signal carries."""

from __future__ import annotations

import math
import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np

from matcher.errors import InputError
from matcher.scoring.features import Feature
from matcher.scoring.model import RankerModel
from matcher.training.measures import average_precision, chance_above, hidden, interval, macro_f1, ndcg, quadratic_kappa
from matcher.training.priors import trade_prior
from matcher.training.ranker import STRENGTH, LabelledPair, final_logits, fit_ranker, fit_weights, held_out_loss

STRENGTHS = (0.1, 0.03, 0.01, 0.003)
"""Strengths of the prior that are tried, the strongest first: of equally good ones it is taken."""
_LEAST_JOBS = 3
Scores = Mapping[str, Mapping[str, float]]
"""A ranking: job -> resume -> score."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A labelled pair with what a model that has not seen its job says of it."""

    pair: LabelledPair
    logit: float
    band: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the jobs with any fit; `low` and `high` are the 95% interval of `ndcg`; bands are judged over all pairs.

    `hidden` is the share of grade 3 below band 2 (None without any grade 3), `each` the nDCG@10 of every job.
    """

    ndcg: float
    low: float
    high: float
    precision: float
    kappa: float
    macro_f1: float
    hidden: float | None
    each: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Versus:
    """How much greater nDCG@10 is than something else's: `each` by job, in order of the jobs' names."""

    name: str
    each: Mapping[str, float]

    @classmethod
    def of(cls, name: str, each: Mapping[str, float], other: Mapping[str, float]) -> Versus:
        """Compare job by job; what the other has no figure for counts 0 there."""
        return cls(name, {job: value - other.get(job, 0.0) for job, value in sorted(each.items())})

    def of_jobs(self, start: str) -> Versus:
        """The same for the jobs whose names begin so: those of one set."""
        return Versus(self.name, {job: value for job, value in self.each.items() if job.startswith(start)})

    @property
    def gain(self) -> float:
        """The mean difference."""
        return statistics.mean(self.each.values())

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the mean, by drawing jobs."""
        return interval(list(self.each.values()))

    @property
    def chance(self) -> float:
        """How probable it is that the mean is above zero, by drawing jobs."""
        return chance_above(list(self.each.values()))


@dataclass(frozen=True, slots=True)
class Validation:
    """One labelled set: each job left out of the fit in turn; all of it left out (None for the only set); beside baselines.

    `strength` is that of the prior in the fits of `own`.
    """

    name: str
    strength: float
    own: Figures
    others: Figures | None = None
    versus: tuple[Versus, ...] = ()

    @property
    def jobs(self) -> int:
        """How many jobs have any fit."""
        return len(self.own.each)

    @property
    def ndcg(self) -> float:
        """Mean nDCG@10, one job left out."""
        return self.own.ndcg

    @property
    def kappa(self) -> float:
        """Quadratic kappa of the bands, one job left out."""
        return self.own.kappa


# ---------------------------------------------------------------------------------------------------------------- left out


def choose_strength(pairs: Sequence[LabelledPair]) -> float:
    """The strongest prior whose loss on jobs left out is the least but for two standard errors; with few jobs the usual one."""
    return _chosen(tuple(pairs))


@lru_cache(maxsize=4)
def _chosen(pairs: tuple[LabelledPair, ...]) -> float:
    jobs = sorted({pair.job for pair in pairs})
    if len(jobs) < _LEAST_JOBS:
        return STRENGTH
    prior = np.array(list(trade_prior().values()))
    losses = {
        strength: [held_out_loss(_only(pairs, job), fit_weights(_without(pairs, job), strength, prior)) for job in jobs]
        for strength in STRENGTHS
    }
    best = np.array(min(losses.values(), key=math.fsum))
    return next(strength for strength in STRENGTHS if _as_good(np.array(losses[strength]) - best))


def _as_good(worse: Any) -> bool:
    """Whether losses are worse than the least ones, job by job, by no more than two standard errors.

    What the trade believes is given up only where the labels clearly say so: it held on sets that no label of was seen.
    """
    return bool(worse.mean() <= 2 * worse.std(ddof=1) / math.sqrt(len(worse)) + 1e-6)


def leave_one_out(pairs: Sequence[LabelledPair], strength: float, jobs: Collection[str] | None = None) -> list[Rated]:
    """Each job (of `jobs`; else all) rated by a model fitted on all the others."""
    wanted = sorted({pair.job for pair in pairs} if jobs is None else jobs)
    return [one for job in wanted for one in rated(fit_ranker(_without(pairs, job), strength=strength), _only(pairs, job))]


def rated(model: RankerModel, pairs: Sequence[LabelledPair]) -> list[Rated]:
    """What a model says of pairs."""
    logits = final_logits(model, pairs)
    bands = (model.band(1 / (1 + math.exp(-logit))) for logit in logits)
    return [Rated(pair, float(logit), band) for pair, logit, band in zip(pairs, logits, bands, strict=True)]


def figures(found: Sequence[Rated]) -> Figures:
    """The figures of rated pairs; raises InputError where no grade is above 0."""
    bands = [(one.pair.grade, one.band) for one in found]
    each, precisions = {}, []
    for job, gold, scores in _by_job(found):
        if any(gold.values()):
            each[job] = ndcg(gold, scores)
            precisions.append(average_precision(gold, scores))
    if not each:
        raise InputError("no grade is above 0 for a job and a resume that could be read")
    values = list(each.values())
    precise = statistics.mean([value for value in precisions if value is not None] or [0.0])
    return Figures(
        statistics.mean(values), *interval(values), precise, quadratic_kappa(bands), macro_f1(bands), hidden(bands), each
    )


def _by_job(found: Sequence[Rated]) -> Iterator[tuple[str, dict[str, int], dict[str, float]]]:
    for job, group in groupby(sorted(found, key=lambda one: one.pair.job), key=lambda one: one.pair.job):
        own = list(group)
        yield job, {one.pair.resume: one.pair.grade for one in own}, {one.pair.resume: one.logit for one in own}


def ranking_ndcg(pairs: Sequence[LabelledPair], scores: Scores) -> dict[str, float]:
    """nDCG@10 of another ranking on the labelled jobs that have any fit; `scores` go by the pairs' names of jobs."""
    gold: dict[str, dict[str, int]] = {}
    for pair in pairs:
        gold.setdefault(pair.job, {})[pair.resume] = pair.grade
    return {job: ndcg(grades, scores.get(job, {})) for job, grades in sorted(gold.items()) if any(grades.values())}


def _without(pairs: Sequence[LabelledPair], job: str) -> list[LabelledPair]:
    return [pair for pair in pairs if pair.job != job]


def _only(pairs: Sequence[LabelledPair], job: str) -> list[LabelledPair]:
    return [pair for pair in pairs if pair.job == job]


# ---------------------------------------------------------------------------------------------------------------- ablation


def ablation(pairs: Sequence[LabelledPair], strength: float, groups: Mapping[str, Collection[Feature]]) -> Iterator[Versus]:
    """What groups of signals carry: nDCG@10 with all, less that of weights fitted without the group, one job left out."""
    whole = figures(leave_one_out(pairs, strength)).each
    for name, features in groups.items():
        yield Versus.of(name, whole, figures(leave_one_out(_blinded(pairs, features), strength)).each)


def _blinded(pairs: Sequence[LabelledPair], features: Collection[Feature]) -> list[LabelledPair]:
    seen = [feature not in features for feature in Feature]
    return [replace(pair, values=tuple(v if s else 0.0 for v, s in zip(pair.values, seen, strict=True))) for pair in pairs]


# ---------------------------------------------------------------------------------------------------------------- in words


def told(validations: Sequence[Validation]) -> Iterator[str]:
    """The figures of validated sets, a line each."""
    for one in validations:
        yield f"{one.name}, one job left out: {_line(one.own)}"
        if one.others:
            yield f"{one.name}, fitted on the others: {_line(one.others)}"
        for other in one.versus:
            yield f"{one.name}, beside {other.name}: nDCG@10 {other.gain:+.4f}, better with probability {other.chance:.3f}"


def _line(found: Figures) -> str:
    strong = "" if found.hidden is None else f", strong ones below band 2: {found.hidden:.0%}"
    return (
        f"{len(found.each)} jobs, nDCG@10 {found.ndcg:.4f} ({found.low:.3f} to {found.high:.3f}), MAP {found.precision:.4f}, "
        f"band kappa {found.kappa:.3f}, macro-F1 {found.macro_f1:.3f}{strong}"
    )


def summary(one: Validation) -> dict[str, object]:
    """The figures of a validated set for the artefact, rounded."""
    found: dict[str, object] = {"one_job_left_out": _rounded(one.own)}
    if one.others:
        found["fitted_on_the_others"] = _rounded(one.others)
    if one.versus:
        found["beside"] = {v.name: {"ndcg@10": round(v.gain, 4), "probability": round(v.chance, 3)} for v in one.versus}
    return found


def _rounded(found: Figures) -> dict[str, object]:
    return {
        "jobs": len(found.each),
        "ndcg@10": round(found.ndcg, 4),
        "interval": [round(found.low, 4), round(found.high, 4)],
        "map": round(found.precision, 4),
        "band_kappa": round(found.kappa, 3),
        "macro_f1": round(found.macro_f1, 3),
        "strong_below_band_2": None if found.hidden is None else round(found.hidden, 3),
    }
