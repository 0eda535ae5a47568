from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from matcher.cli.main import main
from matcher.errors import InputError, ModelError
from matcher.scoring.features import Feature
from matcher.scoring.model import load_ranker, load_rarity, load_terms
from matcher.training.fitting import LabelledSet, Trainer, fitted, write_json, write_model
from matcher.training.labels import Ranked, name_of, read_grades, read_ranking
from matcher.training.measures import dcg, mean_ndcg, ndcg, ordered_grades, precision, quadratic_kappa, report
from matcher.training.priors import sign_of
from matcher.training.ranker import LabelledPair, fit_ranker, model_data
from matcher.training.terms import LEAST_DOCUMENTS, fit_terms

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}

# ---------------------------------------------------------------------------------------------------------------- measures


def test_dcg_by_hand():
    assert dcg([3, 0, 1]) == pytest.approx(7 / math.log2(2) + 0 + 1 / math.log2(4))
    assert dcg([]) == 0


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.1}, 1.0),
        ({"a": 0.1, "b": 0.7, "c": 0.8, "d": 0.9}, (1 / math.log2(3) + 3 / 2 + 7 / math.log2(5)) / (7 + 3 / math.log2(3) + 0.5)),
        ({"b": 0.9, "a": 0.8, "c": 0.7, "d": 0.1}, (3 + 7 / math.log2(3) + 0.5) / (7 + 3 / math.log2(3) + 0.5)),
    ],
)
def test_ndcg_by_hand(scores, expected):
    assert ndcg(GRADES, scores) == pytest.approx(expected)


def test_ndcg_looks_at_ten_places_only():
    grades = {f"r{n:02}": 3 if n == 10 else 0 for n in range(12)}
    scores = {name: -float(name[1:]) for name in grades}
    assert ndcg(grades, scores) == 0
    assert ndcg(grades, scores, cut=None) == pytest.approx(1 / math.log2(12))
    assert ndcg(grades, scores, cut=11) == ndcg(grades, scores, cut=None)


def test_ties_count_against_the_system():
    same = dict.fromkeys(GRADES, 0.5)
    assert ordered_grades(GRADES, same) == [0, 1, 2, 3]
    assert ndcg(GRADES, same) == ndcg(GRADES, {"d": 4.0, "c": 3.0, "b": 2.0, "a": 1.0})


def test_what_has_no_score_comes_last():
    assert ordered_grades(GRADES, {"d": -5.0, "c": -9.0}) == [0, 1, 2, 3]


def test_a_job_without_any_fit_counts_nothing():
    assert ndcg({"a": 0, "b": 0}, {"a": 1.0}) == 0
    gold = {"one": GRADES, "none": {"a": 0, "b": 0}}
    assert mean_ndcg(gold, {"one": {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0}}) == 1.0


@pytest.mark.parametrize("gold", [{}, {"one": {"a": 0}}])
def test_labels_without_any_fit_cannot_be_measured_against(gold):
    with pytest.raises(InputError, match="no grade above 0"):
        report(gold, Ranked({"one": {"a": 0.5}}, {}))


def test_a_job_without_scores_is_ranked_worst():
    assert mean_ndcg({"one": GRADES, "two": GRADES}, {"one": {"a": 4.0, "b": 3.0, "c": 2.0}}) == pytest.approx(
        (1 + ndcg(GRADES, {})) / 2
    )


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 3), min_size=1), st.randoms())
def test_ndcg_lies_between_the_worst_order_and_the_best(gold, chance):
    scores = {name: chance.random() for name in gold}
    found = ndcg(gold, scores)
    best = ndcg(gold, {name: float(grade) for name, grade in gold.items()})
    assert ndcg(gold, {}) - 1e-12 <= found <= best + 1e-12
    assert best == pytest.approx(1.0 if any(gold.values()) else 0.0)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(0, 0), (1, 1), (2, 2), (3, 3)], 1.0),
        ([(0, 3), (3, 0)], -1.0),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0.0),
        ([(0, 0), (0, 0), (3, 3), (3, 2)], 1 - 4 * 1 / (2 * (9 + 4) + 2 * (9 + 9 + 1))),  # 1 seen, 16 by chance
    ],
)
def test_quadratic_kappa_by_hand(pairs, kappa):
    assert quadratic_kappa(pairs) == pytest.approx(kappa)


def test_a_far_miss_costs_more_than_a_near_one():
    base = [(0, 0), (1, 1), (2, 2), (3, 3)] * 3
    assert quadratic_kappa([*base, (0, 1)]) > quadratic_kappa([*base, (0, 2)]) > quadratic_kappa([*base, (0, 3)])


@pytest.mark.parametrize(
    ("order", "expected"),
    [("abcdef", 1.0), ("cdefab", 0.5), ("acdefb", 0.5), ("fedcba", 0.5), ("cdefgab", 0.0), ("", 0.0)],
)
def test_precision_is_the_share_of_what_could_be_reached(order, expected):
    gold = {"a": 3, "b": 2, **dict.fromkeys("cdefg", 1)}
    assert precision(gold, {name: -float(place) for place, name in enumerate(order)}) == expected


def test_precision_of_a_job_that_nobody_fits_is_unknown():
    assert precision({"a": 1, "b": 0}, {"a": 1.0}) is None


def test_a_report_is_one_line_of_figures():
    gold = {"one": GRADES, "none": {"a": 0}}
    scores = {"one": {"a": 0.9, "b": 0.8, "c": 0.2, "d": 0.1}}
    bands = {("one", name): grade for name, grade in GRADES.items()}
    assert report(gold, Ranked(scores, bands)) == "1 jobs, nDCG@10 1.0000, P@5 1.0000, band kappa 1.000"
    assert "kappa" not in report(gold, Ranked(scores, {}))


# ------------------------------------------------------------------------------------------------------------------ labels


@pytest.mark.parametrize(
    ("source", "name"),
    [("sub/cv.pdf", "cv"), ("CV.PDF", "CV"), ("cv", "cv"), ("posts.jsonl#a", "posts.jsonl#a"), ("v1.2 final", "v1.2 final")],
)
def test_documents_are_compared_by_name(source, name):
    assert name_of(source) == name


def written(folder, content):
    path = folder / "file.json"
    path.write_text(content, encoding="utf-8")
    return path


def test_labels_are_read(tmp_path):
    content = json.dumps({"jobs/agent.txt": {"cv/a.pdf": 3, "b": 0}})
    assert read_grades(written(tmp_path, content)) == {"agent": {"a": 3, "b": 0}}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"agent": 3}', '{"agent": ["a"]}'])
def test_what_is_no_label_file_is_refused(tmp_path, content):
    with pytest.raises(InputError, match=r"file\.json"):
        read_grades(written(tmp_path, content))


@pytest.mark.parametrize("grade", ["three", None, 7, -1])
def test_a_grade_that_is_none_is_refused(tmp_path, grade):
    with pytest.raises(InputError):
        read_grades(written(tmp_path, json.dumps({"agent": {"a": grade}})))


def test_a_ranking_is_read_without_its_errors(tmp_path):
    rows = [
        {"job": "jobs/agent.txt", "resume": "a.pdf", "score": 0.75, "band": 2},
        {"resume": "x.pdf", "error": {"code": "unreadable", "message": "m"}},
        {"job": "y.txt", "error": {"code": "unreadable", "message": "m"}},
    ]
    found = read_ranking(written(tmp_path, "\n".join(map(json.dumps, rows)) + "\n\n"))
    assert (found.scores, found.bands) == ({"agent": {"a": 0.75}}, {("agent", "a"): 2})


PAIR = {"job": "agent.txt", "resume": "a.pdf", "score": 0.75, "band": 2}


@pytest.mark.parametrize(
    "line",
    [
        "rank,score",
        "[1]",
        "7",
        "[" * 100_000,
        json.dumps({"score": 1}),
        *(json.dumps({**PAIR, **change}) for change in ({"job": None}, {"resume": 3}, {"score": "x"}, {"score": math.nan})),
        *(json.dumps({**PAIR, "band": band}) for band in ("high", None, 9, [1])),
    ],
    ids=lambda line: line[:40],
)
def test_what_is_no_ranking_is_refused_with_its_line(tmp_path, line):
    with pytest.raises(InputError, match="line 2"):
        read_ranking(written(tmp_path, f"{json.dumps(PAIR)}\n{line}"))


def test_a_ranking_that_is_missing_is_refused(tmp_path):
    with pytest.raises(InputError, match="missing"):
        read_ranking(tmp_path / "missing.jsonl")


# ------------------------------------------------------------------------------------------------------------------ ranker

FOR = [n for n, feature in enumerate(Feature) if sign_of(feature) > 0]
HELPS, HURTS, NOISE = FOR[0], FOR[3], FOR[4]


def pairs_of(seed, count=240, jobs=6):
    """Invented pairs: one feature raises the grade, one lowers it, the others are noise."""
    chance = random.Random(seed)
    found = []
    for n in range(count):
        values = [chance.random() for _ in Feature]
        latent = 4 * values[HELPS] - 2 * values[HURTS] + chance.gauss(0, 0.4)
        grade = sum(latent > cut for cut in (0.2, 1.2, 2.2))
        found.append(LabelledPair(f"job{n % jobs}", f"resume{n}", grade, tuple(values)))
    return found


@pytest.fixture(scope="module")
def pairs():
    return pairs_of(7)


@pytest.fixture(scope="module")
def model(pairs):
    return fit_ranker(pairs, version="test")


def test_fitting_twice_gives_the_same_numbers(pairs, model):
    assert fit_ranker(pairs, version="test") == model


def test_the_order_of_the_pairs_does_not_matter_to_two_decimals(pairs, model):
    again = fit_ranker(pairs[::-1], version="test")
    assert again.weights == pytest.approx(dict(model.weights), abs=0.01)
    assert again.base == pytest.approx(model.base, abs=0.01)


@pytest.mark.parametrize("seed", range(4))
def test_no_weight_has_a_wrong_sign_and_the_telling_feature_leads(seed):
    weights = list(fit_ranker(pairs_of(seed)).weights.values())
    assert all(weight * sign_of(feature) >= 0 for feature, weight in zip(Feature, weights, strict=True))
    assert weights[HURTS] == 0
    assert max(weights) == weights[HELPS] > 5 * weights[NOISE]


def test_bands_rise_and_sit_where_half_of_the_odds_are(model):
    low, middle, high = model.bands
    assert 0 < low < middle < high < 1
    assert middle == 0.5


def test_the_fitted_model_ranks_what_it_was_fitted_on(pairs, model):
    gold, scores = {}, {}
    for pair in pairs:
        gold.setdefault(pair.job, {})[pair.resume] = pair.grade
        value = model.base + sum(w * v for w, v in zip(model.weights.values(), pair.values, strict=True))
        scores.setdefault(pair.job, {})[pair.resume] = value
    told, noise = ({pair.job: {} for pair in pairs} for _ in range(2))
    for pair in pairs:
        told[pair.job][pair.resume] = pair.values[HELPS]
        noise[pair.job][pair.resume] = pair.values[NOISE]
    assert mean_ndcg(gold, scores) > mean_ndcg(gold, told) - 0.03 > mean_ndcg(gold, noise) + 0.2


def test_every_job_weighs_the_same():
    """Copies of one job's pairs, in which another feature tells the grade, do not outvote the other job."""
    chance = random.Random(3)

    def job(name, feature, copies):
        rows = []
        for n in range(120):
            values = [chance.random() for _ in Feature]
            grade = sum(values[feature] > cut for cut in (0.25, 0.5, 0.75))
            rows.append((f"{name}{n}", grade, tuple(values)))
        return [LabelledPair(name, f"{resume}.{k}", grade, values) for k in range(copies) for resume, grade, values in rows]

    weights = list(fit_ranker([*job("big", 1, 8), *job("small", 2, 1)]).weights.values())
    assert weights[2] / weights[1] == pytest.approx(1, abs=0.35)


@pytest.mark.parametrize("grades", [(0, 3), (0, 1, 2, 3)])
def test_few_pairs_are_fitted_all_the_same(grades):
    few = [
        LabelledPair(f"job{n % 2}", f"r{n}", grade, tuple(grade / 3 if i == HELPS else 0.0 for i, _ in enumerate(Feature)))
        for n, grade in enumerate(grades * 2)
    ]
    model = fit_ranker(few)
    assert model.weights[str(Feature.REQUIRED)] > 0
    assert list(model.bands) == sorted(model.bands)


@pytest.mark.parametrize("grade", range(4))
def test_pairs_of_one_grade_cannot_be_fitted(pairs, grade):
    for same in ([], [replace(pair, grade=grade) for pair in pairs]):
        with pytest.raises(InputError, match="two different grades"):
            fit_ranker(same)


def test_a_model_written_is_read_back(tmp_path, model):
    folder = tmp_path / "ranker"
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps(model_data(model, {"labels": "invented"})), encoding="utf-8")
    assert load_ranker(tmp_path) == model


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 99},
        {"weights": {}},
        {"weights": [1.0]},
        {"weights": None},
        {"weights": {"another": 1.0}},
        {"weights": dict.fromkeys(reversed([str(feature) for feature in Feature]), 1.0)},
    ],
)
def test_a_model_of_other_features_is_refused(tmp_path, model, change):
    folder = tmp_path / "ranker"
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({**model_data(model, {}), **change}), encoding="utf-8")
    with pytest.raises(ModelError, match="train"):
        load_ranker(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"bands": [0.2, 0.5]},
        {"bands": [0.5, 0.2, 0.8]},
        {"bands": [0.2, 0.5, 1.0]},
        {"bands": None},
        {"base": "x"},
        {"base": math.nan},
        {"weights": {str(feature): "x" for feature in Feature}},
    ],
    ids=str,
)
def test_a_model_of_odd_numbers_is_refused(tmp_path, model, change):
    folder = tmp_path / "ranker"
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({**model_data(model, {}), **change}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        load_ranker(tmp_path)


@pytest.mark.parametrize("content", ["{}", "[]", '{"idf": []}', '{"idf": {"calls": "x"}}'])
def test_word_weights_that_are_none_are_refused(tmp_path, content):
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="terms"):
        load_terms(tmp_path)


@pytest.mark.parametrize("content", [None, "", "{", "no json", "[]", "null"])
def test_a_model_that_cannot_be_read_is_refused(tmp_path, content):
    folder = tmp_path / "ranker"
    folder.mkdir()
    if content is not None:
        (folder / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read" if content is not None else "has no ranker/model.json"):
        load_ranker(tmp_path)


def test_the_shipped_ranker_is_sound():
    model = load_ranker()
    assert list(model.weights) == [str(feature) for feature in Feature]
    assert all(weight * sign_of(Feature(name)) >= 0 for name, weight in model.weights.items())
    assert sum(model.weights.values()) > 0
    low, middle, high = model.bands
    assert 0 < low < middle < high < 1


# ----------------------------------------------------------------------------------------------------------------- fitting


@pytest.fixture(scope="module")
def labelled(root, sample_profiles, sample_roles):
    """The samples, graded by what `samples/expected.yaml` says."""
    grades = {}
    for source in sample_roles:
        job = EXPECTED.get(source.partition("#")[2] or source)
        if job and ("#" in source or "." in source):
            strong, possible = job["strong"], job.get("possible", ())
            grades[name_of(source)] = {
                resume: 3 if resume in strong else 2 if resume in possible else 0 for resume in sample_profiles
            }
    assert len(grades) == len(EXPECTED)
    return LabelledSet.of("samples", grades, list(sample_profiles.values()), list(sample_roles.values()))


EXPECTED = yaml.safe_load((Path(__file__).resolve().parent.parent / "samples" / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trainer(engine):
    return Trainer(engine.taxonomy, load_terms(), load_rarity())


@pytest.fixture(scope="module")
def sample_pairs(trainer, labelled):
    return trainer.pairs([labelled])


def test_every_labelled_pair_has_its_signals(labelled, sample_pairs):
    assert len(sample_pairs) == sum(len(grades) for grades in labelled.grades.values())
    assert all(len(pair.values) == len(Feature) and all(0 <= value <= 1 for value in pair.values) for pair in sample_pairs)


def test_documents_that_could_not_be_read_are_left_out(sample_profiles, sample_roles):
    grades = {"ph-csr-telco": {"csr-voice-manila": 3, "unreadable": 2}, "no-such-post": {"csr-voice-manila": 1}}
    found = LabelledSet.of("part", grades, list(sample_profiles.values()), list(sample_roles.values()))
    assert found.jobs() == ["ph-csr-telco"]
    assert found.resumes("ph-csr-telco") == ["csr-voice-manila"]


def test_a_fit_on_the_samples_is_written_the_same_twice_and_read_back(tmp_path, sample_pairs):
    model = fitted(sample_pairs, 0.01)
    for name in ("one", "two"):
        write_model(tmp_path / name, fitted(sample_pairs, 0.01), (), len(sample_pairs))
    one, two = ((tmp_path / name / "ranker" / "model.json").read_bytes() for name in ("one", "two"))
    assert one == two
    assert load_ranker(tmp_path / "one") == model
    assert model.version not in ("", fitted(sample_pairs[::2], 0.01).version)


def test_a_job_is_validated_by_a_model_that_has_not_seen_it(trainer, labelled, sample_pairs):
    (validation,) = trainer.validate([labelled], sample_pairs)
    assert (validation.name, validation.jobs) == ("samples", len(EXPECTED))
    assert 0.7 < validation.ndcg <= 1
    assert -1 <= validation.kappa <= 1
    assert validation.others is None


def test_labels_that_cannot_validate_are_refused(trainer, labelled, sample_pairs):
    one = [pair for pair in sample_pairs if pair.job == sample_pairs[0].job]
    with pytest.raises(InputError, match="two jobs"):
        trainer.validate([labelled], one)
    nobody = replace(labelled, name="empty", grades={job: dict.fromkeys(row, 0) for job, row in labelled.grades.items()})
    with pytest.raises(InputError, match="empty: no grade is above 0"):
        trainer.validate([nobody], sample_pairs)


# --------------------------------------------------------------------------------------------------------------- the command


def labels(folder, grades):
    for name in ("resumes", "jobs"):
        (folder / name).mkdir()
    (folder / "resumes" / "ann.txt").write_text("Experience\nCall center agent, 2019 - 2022\nSkills\nZendesk", encoding="utf-8")
    (folder / "jobs" / "agent.txt").write_text("Call center agent\nRequirements\nZendesk required", encoding="utf-8")
    path = folder / "labels.json"
    path.write_text(json.dumps({"agent": {"ann": grades}}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--words", "no-such.jsonl"], "--words no-such.jsonl: cannot be opened"),
        (["--words", "few.jsonl"], "--words: 1 documents could be read"),
        ([], "two jobs"),
    ],
)
def test_train_says_what_is_wrong_in_one_line(tmp_path, monkeypatch, capsys, options, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "few.jsonl").write_text('{"text": "An agent answers calls."}\n', encoding="utf-8")
    status = main(["train", labels(tmp_path, 3), "--out", "models", "--workers", "1", "--quiet", *options])
    error = capsys.readouterr().err
    assert (status, error.count("\n")) == (2, 1)
    assert words in error


def test_train_does_not_write_into_an_installed_package(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("matcher.resources.data_path", lambda kind: tmp_path / "_data" / kind)
    assert main(["train", labels(tmp_path, 3)]) == 2
    assert "--out" in capsys.readouterr().err
    assert not (tmp_path / "_data").exists()


def test_an_artefact_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_json(tmp_path / "file" / "terms" / "model.json", {})


@pytest.mark.parametrize(
    ("gold", "line"), [({"agent": {"ann": 0}}, PAIR), ({"agent": {"ann": 3}}, [1]), ({"agent": {"ann": 3}}, {"score": 1})]
)
def test_evaluate_says_what_is_wrong_in_one_line(tmp_path, capsys, gold, line):
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "ranking.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert main(["evaluate", str(tmp_path / "gold.json"), str(tmp_path / "ranking.jsonl")]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.startswith("error: ")


# ------------------------------------------------------------------------------------------------------------------- terms


def test_rare_words_are_left_out():
    texts = ["zendesk calls maria"] * (LEAST_DOCUMENTS - 1) + ["zendesk"] + ["other things"] * 3
    found = fit_terms(texts)
    assert set(found["idf"]) == {"zendesk"}
    assert (found["documents"], found["least_documents"]) == (len(texts), LEAST_DOCUMENTS)


def test_rarer_words_weigh_more():
    found = fit_terms(["calls ledger"] * 5 + ["calls"] * 20)["idf"]
    assert found["ledger"] > found["calls"] > 0
    assert list(found) == sorted(found)


def test_words_are_letters_only_and_folded():
    found = fit_terms(["calls 2020 a x1y maria@example.com"] * 5)["idf"]
    assert "calls" in found
    assert not any(any(c.isdigit() for c in word) or len(word) < 2 for word in found)


def test_the_shipped_words_are_those_of_many_documents(root):
    raw = json.loads((root / "models" / "terms" / "model.json").read_text(encoding="utf-8"))
    assert raw["least_documents"] >= LEAST_DOCUMENTS
    idf = load_terms()
    rarest = math.log((1 + raw["documents"]) / (1 + LEAST_DOCUMENTS)) + 1
    assert max(idf.values()) <= rarest + 0.001
    assert min(idf.values()) > 0
