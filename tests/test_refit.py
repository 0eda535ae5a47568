"""Weights fitted around others: how far they move, and when they are held to be better."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.scoring.features import Feature
from matcher.scoring.model import load_ranker
from matcher.training.ranker import LabelledPair
from matcher.training.refit import EVEN_CHANCE, LEAST_DECISIONS, compare, refit, telling

NAMES = [str(feature) for feature in Feature]
LIKED, IGNORED = NAMES[1], NAMES[-1]
PRIOR = replace(load_ranker(), weights=dict.fromkeys(NAMES, 1.0))
TASTE = replace(PRIOR, weights={**PRIOR.weights, LIKED: 6.0, IGNORED: 0.0})


def logits(model, pairs):
    weights = list(model.weights.values())
    return [model.base + math.fsum(w * v for w, v in zip(weights, pair.values, strict=True)) for pair in pairs]


def decided(taste, jobs: int, each: int, seed: int = 0, noise: float = 0.3) -> list[LabelledPair]:
    """Decisions of somebody with this taste: of each job the best third is wanted, the next third perhaps, the rest not."""
    made = random.Random(seed)
    found = []
    for job in range(jobs):
        pairs = [LabelledPair(f"job{job}", f"r{n:02}", 0, tuple(made.random() for _ in NAMES)) for n in range(each)]
        liked = sorted(zip(logits(taste, pairs), pairs, strict=True), key=lambda row: -row[0] - made.gauss(0, noise))
        found += [replace(pair, grade=(3, 2, 0)[3 * place // each]) for place, (_, pair) in enumerate(liked)]
    return found


def distance(model) -> float:
    return math.dist(list(model.weights.values()), list(PRIOR.weights.values()))


def test_without_an_order_the_weights_stay():
    alike = [replace(pair, grade=2) for pair in decided(TASTE, 2, 6)]
    assert refit(alike, PRIOR).weights == PRIOR.weights
    assert refit([], PRIOR).weights == PRIOR.weights


def test_few_decisions_move_little_and_many_move_more():
    moved = [distance(refit(decided(TASTE, jobs, 12), PRIOR)) for jobs in (1, 3, 10, 30)]
    assert moved == sorted(moved)
    assert moved[0] < 0.5 * moved[-1]


def test_weights_move_towards_the_taste_and_bands_stay():
    pairs = decided(TASTE, 20, 12)
    model = refit(pairs, PRIOR)
    others = [weight for name, weight in model.weights.items() if name not in {LIKED, IGNORED}]
    assert model.weights[LIKED] > max(others)
    assert model.weights[IGNORED] < min(others)
    assert model.bands == PRIOR.bands
    assert sum(logits(model, pairs)) == pytest.approx(sum(logits(PRIOR, pairs)), abs=0.01 * len(pairs))


def test_a_weight_keeps_its_sign():
    prior = replace(PRIOR, weights={**PRIOR.weights, LIKED: -0.5, IGNORED: 0.1})
    against = replace(TASTE, weights={**TASTE.weights, IGNORED: -6.0})
    weights = refit(decided(against, 20, 12), prior).weights
    assert weights[LIKED] == 0
    assert weights[IGNORED] == 0


@settings(max_examples=10)
@given(st.randoms())
def test_the_order_of_decisions_does_not_matter(random_):
    pairs = decided(TASTE, 3, 8)
    wanted, compared = refit(pairs, PRIOR), compare(pairs, PRIOR, logits)
    random_.shuffle(pairs)
    assert refit(pairs, PRIOR) == wanted
    assert compare(pairs, PRIOR, logits) == compared


@pytest.mark.parametrize(("jobs", "each", "by"), [(1, 80, "resumes"), (4, 24, "resumes"), (12, 12, "jobs")])
def test_another_taste_is_recognised(jobs, each, by):
    found = compare(decided(TASTE, jobs, each), PRIOR, logits)
    assert found is not None
    assert found.better
    assert found.after > found.before
    assert found.by == by


@pytest.mark.parametrize(("jobs", "each"), [(1, 80), (4, 24), (12, 12)])
def test_the_same_taste_is_no_reason_for_new_weights(jobs, each):
    told = [compare(decided(PRIOR, jobs, each, seed, noise=1.0), PRIOR, logits) for seed in range(12)]
    assert sum(found is not None and found.better for found in told) <= 3


def test_decisions_by_chance_are_no_reason_for_new_weights():
    pairs = decided(TASTE, 5, 20, noise=1000.0)
    found = compare(pairs, PRIOR, logits)
    assert found is not None
    assert not found.better


def test_the_gain_is_that_of_decisions_not_fitted_on():
    """One resume of each job: nothing that was held back can be compared."""
    lonely = [replace(pair, job=f"job{n}") for n, pair in enumerate(decided(TASTE, 1, 12))]
    assert compare(lonely, PRIOR, logits) is None


def test_jobs_with_one_kind_of_decision_tell_nothing():
    pairs = decided(TASTE, 2, 6)
    assert telling([*pairs, *(replace(pair, job="alike", grade=3) for pair in pairs)]) == tuple(pairs)


def test_the_floor_is_below_the_even_chance():
    assert 0 < LEAST_DECISIONS < EVEN_CHANCE
