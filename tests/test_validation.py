"""Weights around the trade's points, bands, caps in the fit, and the figures on jobs that a fit has not seen."""

from __future__ import annotations

import json
import math
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import check_grad

from matcher.errors import InputError
from matcher.scoring import Scorer
from matcher.scoring.features import Feature
from matcher.scoring.model import RankerModel, load_rarity, load_terms
from matcher.taxonomy import load
from matcher.training.baselines import read_baseline, read_baselines
from matcher.training.fitting import LabelledSet, Trainer, fitted, write_model
from matcher.training.measures import average_precision, chance_above, hidden, interval, macro_f1
from matcher.training.priors import sign_of, trade_prior
from matcher.training.ranker import (
    ROOM,
    Fitted,
    LabelledPair,
    _table,
    final_logits,
    fit_ranker,
    held_out_loss,
    joint_loss,
)
from matcher.training.validation import (
    STRENGTHS,
    Versus,
    ablation,
    choose_strength,
    figures,
    leave_one_out,
    ranking_ndcg,
    rated,
    told,
)

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "benchmarks"))

COUNT = len(Feature)
TELLS, NOISE = 0, 2


def invented(seed=1, jobs=5, each=24, weights=(6.0,), noise=0.5, caps=()):
    """Pairs whose grades follow a sum of signals; of `caps`, each in turn is the cap of a pair, and its grade is no better."""
    chance = random.Random(seed)
    found = []
    for n in range(jobs * each):
        values = tuple(chance.random() for _ in range(COUNT))
        latent = sum(w * v for w, v in zip(weights, values, strict=False)) + chance.gauss(0, noise)
        grade = sum(latent > sum(weights) * share for share in (0.4, 0.6, 0.8))
        cap = caps[n % len(caps)] if caps else 3
        found.append(LabelledPair(f"one/job{n % jobs}", f"r{n:03}", min(grade, cap), values, cap))
    return tuple(found)


@pytest.fixture(scope="module")
def pairs():
    return invented()


# -------------------------------------------------------------------------------------------------------------- the trade


def test_the_trade_says_something_of_every_signal_and_why():
    table = load().rules["priors"]
    assert set(table) == {str(feature) for feature in Feature}
    assert all(row["why"].endswith(".") and len(row["why"].split()) > 5 for row in table.values())
    assert list(trade_prior()) == [str(feature) for feature in Feature]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "no points for"),
        ({"points": "many"}, "no points for"),
        ({"points": math.inf}, "no points for"),
        ({"points": True}, "no points for"),
        ({"points": -1}, "speaks for a resume"),
    ],
)
def test_points_that_cannot_be_a_prior_are_refused(row, words):
    table = load().rules["priors"]
    with pytest.raises(InputError, match=words):
        trade_prior({"priors": {**table, str(Feature.LEVEL): row}})


def test_a_strong_prior_holds_the_weights_and_a_weak_one_lets_them_go(pairs):
    prior = trade_prior()

    def moved(strength):
        weights = fit_ranker(pairs, strength=strength).weights
        return max(abs(weights[name] - points) for name, points in prior.items())

    distances = [moved(strength) for strength in (1000.0, 0.1, 0.01, 0.001)]
    assert distances == sorted(distances)
    assert distances[0] < 0.01 < 0.5 < distances[-1]


def test_weights_are_held_at_the_prior_that_is_given(pairs):
    prior = {str(feature): 0.1 * number * sign_of(feature) for number, feature in enumerate(Feature)}
    assert fit_ranker(pairs, strength=1000.0, prior=prior).weights == pytest.approx(prior, abs=0.01)


@pytest.mark.parametrize("sign", [1, -1])
def test_no_weight_changes_its_sign(monkeypatch, sign):
    """What tells against a resume, and what does not but was believed to."""
    feature = list(Feature)[TELLS]
    monkeypatch.setattr("matcher.training.priors.SIGNS", {feature: sign})
    prior = {**dict.fromkeys(map(str, Feature), 0.2), str(feature): 0.5 * sign}
    assert sign_of(feature) == sign
    helped, hurt = (fit_ranker(invented(weights=(way,)), strength=0.001, prior=prior) for way in (6.0, -6.0))
    for model, way in ((helped, 1), (hurt, -1)):
        weight = model.weights[str(feature)]
        assert weight * sign >= 0
        assert (abs(weight) > 1) == (way == sign)


# ------------------------------------------------------------------------------------------------------------------ the fit


def test_the_gradients_are_those_of_the_loss():
    table = _table(invented(seed=5, jobs=3, each=12, caps=(3, 1, 2, 3, 0)))
    point = np.concatenate([np.random.default_rng(1).random(COUNT) * 3, [2.0, 3.5, 6.0]])

    def loss(p):
        return joint_loss(table, p[:COUNT], p[COUNT:])[0]

    def slope(p):
        return np.concatenate(joint_loss(table, p[:COUNT], p[COUNT:])[1:])

    assert check_grad(loss, slope, point) < 1e-5


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_pairs_changes_no_number(seed):
    few = invented(seed=9, jobs=2, each=10)
    assert fit_ranker(random.Random(seed).sample(few, len(few))) == fit_ranker(few)


def test_what_a_cap_explains_no_weight_has_to():
    """A signal that all capped ones have counts against itself only where the caps are not known."""
    own = invented(seed=4, weights=(2.0,) * 3, caps=(3, 3, 1))
    full = (1.0,) * (COUNT - 1)
    known = [replace(pair, values=(pair.values[0], *full)) if pair.cap < 3 else pair for pair in own]
    unknown = [replace(pair, cap=3) for pair in known]
    second = str(list(Feature)[1])
    assert fit_ranker(known).weights[second] > fit_ranker(unknown).weights[second]


@pytest.mark.parametrize(("base", "moves"), [(2.0, "cap_points"), (-12.0, "lift_points")])
def test_training_settles_as_scoring_does(engine, sample_profiles, sample_roles, base, moves):
    profiles, roles = list(sample_profiles.values()), sample_roles.values()
    model = replace(fit_ranker(invented()), base=base)
    scorer = Scorer(engine.taxonomy, model, load_terms())
    moved = 0
    for role in roles:
        found = scorer.scores(scorer.table(profiles), role)
        values, caps, fresh = np.column_stack(found.values).tolist(), found.caps.tolist(), found.fresh.tolist()
        own = [LabelledPair("j", str(n), 0, tuple(row), caps[n], fresh[n]) for n, row in enumerate(values)]
        assert final_logits(model, own).tolist() == found.logits.tolist()
        moved += int((getattr(found, moves) != 0).sum())
    assert moved > 5


BANDS = (0.1, 0.2, 0.85)
FREE = RankerModel(-5.0, {str(feature): 10.0 / COUNT for feature in Feature}, BANDS, "")


@pytest.mark.parametrize("seed", range(3))
def test_a_cap_holds_the_band_and_keeps_the_order(seed):
    chance = random.Random(seed)
    own = [LabelledPair("j", str(n), 0, (chance.random(),) * COUNT, chance.randint(0, 3)) for n in range(60)]
    found = rated(FREE, own)
    assert all(one.band <= one.pair.cap for one in found)
    for one in found:
        for other in found:
            if one.pair.cap == other.pair.cap and one.pair.values <= other.pair.values:
                assert one.logit <= other.logit


# -------------------------------------------------------------------------------------------------------------------- bands


@pytest.mark.parametrize("seed", range(3))
def test_nearly_all_strong_ones_stand_above_band_two(seed):
    own = invented(seed=seed, noise=2.0)
    found = rated(fit_ranker(own), own)
    assert hidden([(one.pair.grade, one.band) for one in found]) <= 0.1


def test_thresholds_leave_room_for_those_held_below(pairs):
    for own in (pairs, invented(seed=2, noise=4.0), [replace(pair, grade=min(pair.grade, 1) * 3) for pair in pairs]):
        logits = [math.log(band / (1 - band)) for band in fit_ranker(own).bands]
        assert logits[1] - logits[0] >= ROOM - 0.01
        assert logits[2] - logits[1] >= ROOM - 0.01


def test_a_score_of_one_half_is_an_even_chance_of_possible_or_better():
    own = invented(jobs=8, each=60, noise=1.0)
    found = rated(fit_ranker(own), own)
    near = [one.pair.grade >= 2 for one in found if abs(one.logit) < 0.75]
    assert 0.3 < sum(near) / len(near) < 0.7


# ----------------------------------------------------------------------------------------------------------------- measures

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("order", "expected"), [("abcd", 1.0), ("acbd", (1 + 2 / 3) / 2), ("cdab", (1 / 3 + 2 / 4) / 2), ("", (1 / 3 + 2 / 4) / 2)]
)
def test_average_precision_by_hand(order, expected):
    assert average_precision(GRADES, {name: -float(n) for n, name in enumerate(order)}) == pytest.approx(expected)


def test_average_precision_of_a_job_that_nobody_fits_is_unknown():
    assert average_precision({"a": 1}, {"a": 1.0}) is None


def test_macro_f1_by_hand():
    assert macro_f1([(0, 0), (0, 1), (2, 2), (2, 2)]) == pytest.approx((2 / 3 + 1) / 2)


@pytest.mark.parametrize(
    ("rows", "expected"), [([(3, 3), (3, 1), (3, 2), (3, 0), (2, 0)], 0.5), ([(3, 2)], 0.0), ([(2, 0)], None), ([], None)]
)
def test_hidden_is_the_share_of_strong_ones_below_possible(rows, expected):
    assert hidden(rows) == expected


def test_an_interval_holds_the_mean_and_shrinks_with_jobs():
    values = [0.2, 0.9, 0.5, 0.7]
    low, high = interval(values)
    assert low < sum(values) / 4 < high
    wide, narrow = (b - a for a, b in (interval(values), interval(values * 9)))
    assert narrow < wide / 2
    assert interval([0.5]) == (0.5, 0.5)


@pytest.mark.parametrize(("differences", "chance"), [([0.1, 0.2], 1.0), ([-0.1, -0.2], 0.0), ([0.0, 0.0], 0.5)])
def test_the_chance_of_being_better_by_hand(differences, chance):
    assert chance_above(differences) == chance
    assert 0.3 < chance_above([0.1, -0.1, 0.2, -0.2]) < 0.7


# --------------------------------------------------------------------------------------------------------------- validation


def test_labels_of_a_job_left_out_change_nothing_of_its_ranking(pairs):
    job = pairs[0].job
    other = [replace(pair, grade=3 - pair.grade) if pair.job == job else pair for pair in pairs]
    before, after = ([one.logit for one in leave_one_out(rows, 0.01, {job})] for rows in (pairs, other))
    assert before == after
    assert len(before) == sum(pair.job == job for pair in pairs)


def test_a_prior_that_is_right_is_held_more_strongly_than_one_that_is_wrong():
    right = list(trade_prior().values())
    wrong = [0.0] * (COUNT - 1) + [12.0]
    as_believed, otherwise = (
        choose_strength(invented(jobs=6, each=15, weights=weights, noise=2.0)) for weights in (right, wrong)
    )
    assert otherwise < as_believed
    assert {as_believed, otherwise} <= set(STRENGTHS)


def test_a_loss_held_out_tells_a_good_fit_from_a_bad_one(pairs):
    model = fit_ranker(pairs)
    weights = np.array(list(model.weights.values()))
    odds = -model.base + np.array([-1.0, 0.0, 1.0])
    assert held_out_loss(pairs, Fitted(weights, odds)) < held_out_loss(pairs, Fitted(-weights, odds))


def test_figures_need_a_fit(pairs):
    with pytest.raises(InputError, match="no grade is above 0"):
        figures(rated(FREE, [replace(pair, grade=0) for pair in pairs]))


def test_jobs_that_nobody_fits_count_for_the_bands_only(pairs):
    nobody = [replace(pair, job="one/none", grade=0) for pair in pairs[:6]]
    with_it, without = (figures(rated(FREE, rows)) for rows in ([*pairs, *nobody], pairs))
    assert (with_it.ndcg, with_it.precision, with_it.hidden) == (without.ndcg, without.precision, without.hidden)
    assert with_it.kappa != without.kappa


def test_a_signal_carries_what_the_ranking_loses_without_it(pairs):
    groups = {"telling": [list(Feature)[TELLS]], "noise": [list(Feature)[NOISE]], "none": []}
    telling, noise, none = ablation(pairs, 0.01, groups)
    assert telling.gain > 0.1 > abs(noise.gain)
    assert telling.chance > 0.95
    assert none.each == dict.fromkeys(none.each, 0.0)
    assert telling.of_jobs("one/job1").each == {"one/job1": telling.each["one/job1"]}
    low, high = telling.interval
    assert low < telling.gain < high


def test_what_another_ranking_leaves_out_counts_as_worst(pairs):
    best = {pair.job: {} for pair in pairs}
    for pair in pairs:
        best[pair.job][pair.resume] = float(pair.grade)
    assert set(ranking_ndcg(pairs, best).values()) == {1.0}
    assert max(ranking_ndcg(pairs, {}).values()) < 0.7
    assert Versus.of("x", {"a": 0.5, "b": 0.25}, {"a": 1.0}).each == {"a": -0.5, "b": 0.25}


# ------------------------------------------------------------------------------------------------------- sets and artefacts


@pytest.fixture(scope="module")
def trainer(engine):
    return Trainer(engine.taxonomy, load_terms(), load_rarity())


@pytest.fixture(scope="module")
def sets(sample_profiles, sample_roles):
    """Two invented sets of two posts, the first with a ranking beside it."""
    profiles = list(sample_profiles.values())[:8]
    posts = [role for role in sample_roles.values() if role.source.endswith(".txt")][:4]
    grades = {
        Path(role.source).stem: {name: (n + k) % 4 for n, name in enumerate(sample_profiles)} for k, role in enumerate(posts)
    }
    halves = [dict(list(grades.items())[:2]), dict(list(grades.items())[2:])]
    upside_down = {job: {name: -float(grade) for name, grade in row.items()} for job, row in halves[0].items()}
    return [
        LabelledSet.of("one", halves[0], profiles, posts, {"upside-down": upside_down}),
        LabelledSet.of("two", halves[1], profiles, posts),
    ]


def test_sets_are_validated_apart_together_and_beside_others(trainer, sets, tmp_path):
    pairs = trainer.pairs(sets)
    one, two = trainer.validate(sets, pairs)
    assert (one.jobs, two.jobs) == (2, 2)
    assert one.others and two.others
    assert [versus.name for versus in one.versus] == ["upside-down"]
    assert (two.versus, one.versus[0].gain > 0) == ((), True)
    assert trainer.validate(sets, pairs) == (one, two)
    assert trainer.validate(sets[:1], [pair for pair in pairs if pair.job.startswith("one/")])[0].others is None
    lines = list(told([one, two]))
    assert [line.partition(":")[0] for line in lines] == [
        "one, one job left out",
        "one, fitted on the others",
        "one, beside upside-down",
        "two, one job left out",
        "two, fitted on the others",
    ]
    for name in ("a", "b"):
        write_model(tmp_path / name, fitted(pairs), trainer.validate(sets, pairs), len(pairs))
    a, b = ((tmp_path / name / "ranker" / "model.json").read_bytes() for name in ("a", "b"))
    assert a == b
    source = json.loads(a)["source"]
    assert source["strength_of_prior"] == one.strength
    assert source["validation"]["one"]["one_job_left_out"]["ndcg@10"] == round(one.ndcg, 4)
    assert set(source["validation"]["one"]["beside"]) == {"upside-down"}


def test_pairs_know_the_best_band_that_musts_allow(trainer, sets):
    scorer = Scorer(trainer.taxonomy, FREE, dict(trainer.idf))
    pair = next(pair for pair in trainer.pairs(sets) if pair.cap < 3)
    labelled = next(labelled for labelled in sets if pair.job.startswith(f"{labelled.name}/"))
    fit = scorer.fit(labelled.profiles[pair.resume], labelled.roles[pair.job.partition("/")[2]])
    assert scorer.band(fit) <= pair.cap
    assert fit.unmet or fit.unknown


def test_other_rankings_are_read(tmp_path):
    (tmp_path / "words.json").write_text('{"jobs/a.txt": [["cv/x.pdf", 0.5], ["y", NaN]]}', encoding="utf-8")
    assert read_baselines(tmp_path) == {"words": {"a": {"x": 0.5}}}
    assert read_baselines(tmp_path / "none") == {}


@pytest.mark.parametrize("content", ["", "[]", '{"a": 3}', '{"a": [["x"]]}', '{"a": [["x", "high"]]}', '{"a": {"x": 1}}'])
def test_what_is_no_ranking_is_refused(tmp_path, content):
    (tmp_path / "words.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"words\.json: not a ranking"):
        read_baseline(tmp_path / "words.json")


def test_the_benchmarks_print_tables(trainer, sets):
    import baselines
    import signals

    pairs = trainer.pairs(sets)
    beside = list(baselines.table(sets[0], pairs))
    assert beside[0] == "one: 2 jobs with any fit"
    assert [line.split(" | ")[0] for line in beside[4:]] == [
        "| this, one job left out",
        "| this, fitted on the other sets",
        "| upside-down",
    ]
    assert len({line.count("|") for line in beside[2:]}) == 1
    rows = list(signals.table(pairs, ["one", "two"]))
    assert [row.split(" | ")[0].strip("| ") for row in rows[2:]] == [str(feature) for feature in Feature]
    assert len({row.count("|") for row in rows}) == 1
