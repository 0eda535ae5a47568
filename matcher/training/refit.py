"""Weights fitted to a recruiter's own decisions: around those of a model that is there, and only if they order better.

The weights of the prior are what is believed before anything is decided; each decision moves them a little (a ridge around the
prior, `PULL`). Whether they serve is judged on decisions that the fit has not seen: whole jobs where several were decided.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.stats import t as student

from matcher.records import Profile, Role
from matcher.scoring import Scorer
from matcher.scoring.model import RankerModel
from matcher.taxonomy import Taxonomy
from matcher.training.decisions import Decision
from matcher.training.ranker import LabelledPair

PULL = 5.0
"""How strongly the weights are held where they were, in decided resumes (docs/weights.md has the learning curve)."""
LEAST_DECISIONS = 60
"""Decisions below which new weights are not tried: with fewer they were hardly ever better for sure."""
EVEN_CHANCE = 120
"""Decisions from which a taste that differs much from the shipped weights is recognised every second time."""
SURE = 0.9
"""Confidence, one-sided, with which new weights must be better."""
_MOST_FOLDS, _FOLDS_OF_ONE = 10, 5
_ENOUGH_JOBS = 8
"""From so many jobs on, jobs are what is counted; before that, resumes."""

Judge = Callable[[RankerModel, Sequence[LabelledPair]], Sequence[float]]
"""The final logits that a model gives to pairs, unmet musts included."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Shares of pairs of resumes that the prior and the new weights order as the recruiter did, on decisions not fitted on.

    `gain` is the mean difference, `low` its lower bound (one-sided, `SURE`), `units` how many jobs or resumes it is a mean of.
    """

    before: float
    after: float
    gain: float
    low: float
    units: int
    by: str

    @property
    def better(self) -> bool:
        """Whether the new weights are surely better."""
        return self.low > 0


def refit(pairs: Sequence[LabelledPair], prior: RankerModel) -> RankerModel:
    """The prior moved towards decisions; a weight keeps its sign, and the mean logit of the pairs stays where it was.

    The bands are those of the prior. Without two grades in one job the prior comes back. The order of pairs does not matter.
    """
    ordered = sorted(pairs, key=lambda pair: (pair.job, pair.resume))
    start = np.array(list(prior.weights.values()))
    found = _moved(ordered, start)
    values = np.array([pair.values for pair in ordered])
    weights = {name: round(float(weight), 4) for name, weight in zip(prior.weights, found, strict=True)}
    shift = float((values @ (start - np.array(list(weights.values())))).mean()) if ordered else 0.0
    base = round(prior.base + shift, 4)
    numbers = json.dumps([base, weights, list(prior.bands)])
    return replace(prior, base=base, weights=weights, version=hashlib.sha256(numbers.encode()).hexdigest()[:12])


def _moved(pairs: Sequence[LabelledPair], start: Any) -> Any:
    """Ridge around `start` of a logistic regression on differences of two resumes of one job, the better one first."""
    told = [difference for own in _by_job(pairs).values() for difference in _differences(own)]
    if not told:
        return start
    rows, shares = np.vstack([row for row, _ in told]), np.concatenate([share for _, share in told])

    def loss(weights: Any) -> tuple[float, Any]:
        margins, moved = rows @ weights, weights - start
        wrong = 1 / (1 + np.exp(margins))
        value = shares @ np.logaddexp(0, -margins) + PULL / 2 * (moved @ moved)
        return float(value), PULL * moved - rows.T @ (shares * wrong)

    bounds = [(0.0, None) if weight >= 0 else (None, 0.0) for weight in start]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x


def _by_job(pairs: Sequence[LabelledPair]) -> dict[str, list[LabelledPair]]:
    found: dict[str, list[LabelledPair]] = {}
    for pair in pairs:
        found.setdefault(pair.job, []).append(pair)
    return found


def _differences(pairs: Sequence[LabelledPair]) -> Iterator[tuple[Any, Any]]:
    """Differences of one job, weighing together as many as there are resumes: pairs of few resumes are no more evidence."""
    values, grades = np.array([pair.values for pair in pairs]), np.array([pair.grade for pair in pairs])
    better, worse = np.nonzero(grades[:, None] > grades[None, :])
    if len(better):
        gain = 2.0 ** grades[better] - 2.0 ** grades[worse]
        yield values[better] - values[worse], gain / gain.sum() * len(pairs)


# -------------------------------------------------------------------------------------------------------------- validation


def compare(pairs: Sequence[LabelledPair], prior: RankerModel, judge: Judge) -> Comparison | None:
    """Hold the prior against weights fitted on other decisions; None where no held-out pair has two grades."""
    ordered = sorted(pairs, key=lambda pair: (pair.job, pair.resume))
    shares: dict[str, list[tuple[float, float]]] = {}
    for held in _folds(ordered):
        names = {(pair.job, pair.resume) for pair in held}
        model = refit([pair for pair in ordered if (pair.job, pair.resume) not in names], prior)
        for job, own in _by_job(held).items():
            grades = np.array([pair.grade for pair in own])
            both = [_right(grades, np.array(judge(which, own))) for which in (prior, model)]
            shares.setdefault(job, []).extend(zip(*both, strict=True))
    return _compared([rows for rows in shares.values() if rows])


def _folds(pairs: Sequence[LabelledPair]) -> Iterator[list[LabelledPair]]:
    """Groups held out in turn: whole jobs; of a single job, resumes, with all grades in each group."""
    jobs = sorted({pair.job for pair in pairs})
    if len(jobs) > 1:
        count = min(len(jobs), _MOST_FOLDS)
        number = {job: place % count for place, job in enumerate(jobs)}
        groups = [number[pair.job] for pair in pairs]
    else:
        count = _FOLDS_OF_ONE
        places = sorted(range(len(pairs)), key=lambda place: (pairs[place].grade, pairs[place].resume))
        groups = [0] * len(pairs)
        for rank, place in enumerate(places):
            groups[place] = rank % count
    for fold in range(count):
        if held := [pair for pair, group in zip(pairs, groups, strict=True) if group == fold]:
            yield held


def _right(grades: Any, logits: Any) -> list[float]:
    """For each resume that has any of another grade: the share of those that stand on the right side of it, ties half."""
    signs = np.sign(grades[:, None] - grades[None, :])
    agrees = (1 + signs * np.sign(logits[:, None] - logits[None, :])) / 2
    counted = np.abs(signs)
    return [float((agrees[row] * counted[row]).sum() / counted[row].sum()) for row in range(len(grades)) if counted[row].any()]


def _compared(jobs: Sequence[Sequence[tuple[float, float]]]) -> Comparison | None:
    if not jobs:
        return None
    by_jobs = len(jobs) >= _ENOUGH_JOBS
    rows = [tuple(np.mean(own, axis=0)) for own in jobs] if by_jobs else [row for own in jobs for row in own]
    before, after = (float(mean) for mean in np.mean(rows, axis=0))
    differences = np.array([new - old for old, new in rows])
    count = len(differences)
    if count < 2:
        return None
    # A comparison has two resumes: the error of a mean over resumes is twice that of independent ones.
    error = float(differences.std(ddof=1)) / math.sqrt(count) * (1 if by_jobs else 2)
    gain = float(differences.mean())
    low = gain - float(student.ppf(SURE, count - 1)) * error
    return Comparison(before, after, gain, low, count, "jobs" if by_jobs else "resumes")


# ----------------------------------------------------------------------------------------------------------------- decided


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions with the documents that they are about, by source; a role's own changes of weights are left out."""

    taxonomy: Taxonomy
    prior: RankerModel
    decisions: Sequence[Decision]
    profiles: Mapping[str, Profile]
    roles: Mapping[str, Role]

    def pairs(self) -> tuple[LabelledPair, ...]:
        """The signals of every decided pair, ordered by job and resume."""
        scorer = Scorer(self.taxonomy, self.prior)
        found = []
        for one in sorted(self.decisions, key=lambda one: (one.job, one.resume)):
            signals = scorer.signals(self.profiles[one.resume], self._role(one.job))
            found.append(LabelledPair(one.job, one.resume, one.grade, tuple(signal.value for signal in signals)))
        return tuple(found)

    def judge(self, model: RankerModel, pairs: Sequence[LabelledPair]) -> list[float]:
        """The final logits of pairs."""
        scorer = Scorer(self.taxonomy, model)
        found: dict[tuple[str, str], float] = {}
        for job, own in _by_job(pairs).items():
            table = scorer.table([self.profiles[pair.resume] for pair in own])
            found.update(zip(((job, pair.resume) for pair in own), scorer.logits(table, self._role(job)).tolist(), strict=True))
        return [found[pair.job, pair.resume] for pair in pairs]

    def _role(self, job: str) -> Role:
        role = self.roles[job]
        return replace(role, weights=()) if role.weights else role

    def source(self, pairs: Sequence[LabelledPair], comparison: Comparison, as_of: str) -> dict[str, Any]:
        """What the artefact says of its origin: counts and figures, no names, no clock time."""
        grades = Counter(pair.grade for pair in pairs)
        rows = sorted((self.roles[pair.job].sha256, self.profiles[pair.resume].sha256, pair.grade) for pair in pairs)
        return {
            "fitted_on": "decisions of a recruiter",
            "decisions": len(pairs),
            "jobs": len({pair.job for pair in pairs}),
            "resumes": len({pair.resume for pair in pairs}),
            "grades": {str(grade): grades[grade] for grade in sorted(grades)},
            "digest": hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12],
            "as_of": as_of,
            "prior": self.prior.version,
            "taxonomy": self.taxonomy.version,
            "validation": {
                "pairs_in_order_before": round(comparison.before, 4),
                "pairs_in_order_after": round(comparison.after, 4),
                "gain_at_least": round(comparison.low, 4),
                "counted": f"{comparison.units} {comparison.by}",
            },
            "method": "pairwise logistic regression around the prior; judged on jobs (of one job: resumes) not fitted on",
        }


def telling(pairs: Sequence[LabelledPair]) -> tuple[LabelledPair, ...]:
    """The pairs of jobs whose resumes were not all decided alike: the others tell nothing of an order."""
    mixed = {job for job, own in _by_job(pairs).items() if len({pair.grade for pair in own}) > 1}
    return tuple(pair for pair in pairs if pair.job in mixed)
