"""How good a ranking is against graded labels: nDCG@10 and its companions, ties counted against the system."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

import numpy as np

from matcher.errors import InputError
from matcher.training.labels import Ranked

CUT = 10


def dcg(grades: Sequence[int]) -> float:
    """Discounted cumulative gain with gain 2^grade - 1."""
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def ordered_grades(gold: Mapping[str, int], scores: Mapping[str, float]) -> list[int]:
    """Grades in the order of the scores; what has no score comes last, and of ties the worst grade goes first."""
    return [gold[name] for name in sorted(gold, key=lambda name: (-scores.get(name, -math.inf), gold[name]))]


def ndcg(gold: Mapping[str, int], scores: Mapping[str, float], cut: int | None = CUT) -> float:
    """NDCG of one job over the first `cut` places (None: all); 0 where every grade is 0."""
    best = dcg(sorted(gold.values(), reverse=True)[:cut])
    return dcg(ordered_grades(gold, scores)[:cut]) / best if best else 0.0


def precision(gold: Mapping[str, int], scores: Mapping[str, float], cut: int = 5, least: int = 2) -> float | None:
    """Share of grade >= `least` among the first `cut` places, of what could be reached; None where no resume has it."""
    reachable = min(cut, sum(grade >= least for grade in gold.values()))
    return sum(grade >= least for grade in ordered_grades(gold, scores)[:cut]) / reachable if reachable else None


def average_precision(gold: Mapping[str, int], scores: Mapping[str, float], least: int = 2) -> float | None:
    """Average precision over the whole list at grade >= `least`; None where no resume has it."""
    places = [place for place, grade in enumerate(ordered_grades(gold, scores), 1) if grade >= least]
    return math.fsum(hits / place for hits, place in enumerate(places, 1)) / len(places) if places else None


def report(gold: Mapping[str, Mapping[str, int]], ranked: Ranked) -> str:
    """The figures of a ranking in one line."""
    judged = {job: grades for job, grades in gold.items() if any(grades.values())}
    at5 = [p for job, grades in judged.items() if (p := precision(grades, ranked.scores.get(job, {}))) is not None]
    bands = [
        (grade, ranked.bands[job, r]) for job, grades in gold.items() for r, grade in grades.items() if (job, r) in ranked.bands
    ]
    kappa = f", band kappa {quadratic_kappa(bands):.3f}" if bands else ""
    return f"{len(judged)} jobs, nDCG@10 {mean_ndcg(gold, ranked.scores):.4f}, P@5 {statistics.mean(at5 or [0.0]):.4f}{kappa}"


def mean_ndcg(gold: Mapping[str, Mapping[str, int]], scores: Mapping[str, Mapping[str, float]]) -> float:
    """Mean nDCG@10 over the jobs that have a grade above 0; InputError if none has."""
    found = [ndcg(grades, scores.get(job, {})) for job, grades in gold.items() if any(grades.values())]
    if not found:
        raise InputError("the labels have no grade above 0: there is nothing to measure")
    return statistics.mean(found)


def quadratic_kappa(pairs: Sequence[tuple[int, int]], levels: int = 4) -> float:
    """Quadratic weighted kappa of (grade, band) pairs."""
    from sklearn.metrics import cohen_kappa_score

    grades, bands = zip(*pairs, strict=True)
    return float(cohen_kappa_score(grades, bands, weights="quadratic", labels=list(range(levels))))


def macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    """Mean F1 of (grade, band) pairs over the grades that occur."""
    from sklearn.metrics import f1_score

    grades, bands = zip(*pairs, strict=True)
    return float(f1_score(grades, bands, labels=sorted(set(grades)), average="macro", zero_division=0.0))


def hidden(pairs: Sequence[tuple[int, int]], grade: int = 3, least: int = 2) -> float | None:
    """Share of the pairs of a grade whose band is below `least`; None where no pair has the grade."""
    bands = [band for given, band in pairs if given == grade]
    return sum(band < least for band in bands) / len(bands) if bands else None


# --------------------------------------------------------------------------------------------------- intervals over jobs

_DRAWS = 10_000
_TAIL = 0.025


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of the mean of one number a job: percentiles of means of jobs drawn with replacement."""
    low, high = np.quantile(_means(values), [_TAIL, 1 - _TAIL])
    return float(low), float(high)


def chance_above(differences: Sequence[float]) -> float:
    """How probable it is that the mean of one difference a job is above zero, by drawing jobs; a mean of zero counts half."""
    means = _means(differences)
    return float((means > 0).mean() + (means == 0).mean() / 2)


def _means(values: Sequence[float]) -> np.typing.NDArray[np.float64]:
    drawn = np.random.default_rng(0).integers(0, len(values), (_DRAWS, len(values)))
    means: np.typing.NDArray[np.float64] = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    return means
