"""How good a ranking is against graded labels: nDCG@10 and its companions, ties counted against the system."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

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


def mean_ndcg(gold: Mapping[str, Mapping[str, int]], scores: Mapping[str, Mapping[str, float]]) -> float:
    """Mean nDCG@10 over the jobs that have a grade above 0."""
    return statistics.mean(ndcg(grades, scores.get(job, {})) for job, grades in gold.items() if any(grades.values()))


def quadratic_kappa(pairs: Sequence[tuple[int, int]], levels: int = 4) -> float:
    """Quadratic weighted kappa of (grade, band) pairs."""
    from sklearn.metrics import cohen_kappa_score

    grades, bands = zip(*pairs, strict=True)
    return float(cohen_kappa_score(grades, bands, weights="quadratic", labels=list(range(levels))))
