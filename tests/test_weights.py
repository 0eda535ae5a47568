"""Weights that a recruiter sets: in `matcher.toml`, by `--weight`, in a role file; and models of one's own."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml

from matcher.cli.config import VARIABLE, read_config
from matcher.cli.main import main
from matcher.cli.weights import Weights
from matcher.errors import InputError, ModelError
from matcher.records import AllOf, Role
from matcher.role_check import role_problems
from matcher.role_file import dump_role, load_role, role_from_data
from matcher.scoring.features import Feature
from matcher.scoring.model import load_ranker
from matcher.taxonomy import load

pytestmark = pytest.mark.usefixtures("one_process")

TAXONOMY = load()
SIGNALS = tuple(str(feature) for feature in Feature)
ALL = ", ".join(SIGNALS)
ROLE = "title: Chat agent\nrequirements: {all: [{kind: skill, need: required, concept: zendesk}]}\n"
FAMILY = TAXONOMY.rules["families"]["family"][0]["id"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory with a resume and a role."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "cv.txt").write_text("Invented Person\n\nSKILLS\nZendesk\n", encoding="utf-8")
    (tmp_path / "job.yaml").write_text(ROLE, encoding="utf-8")
    return tmp_path


def pairs(here, *more: str) -> list[dict]:
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--out", "found.jsonl", "--workers", "1", "-q", *more]) == 0
    return [json.loads(line) for line in (here / "found.jsonl").read_text(encoding="utf-8").splitlines()]


# -------------------------------------------------------------------------------------------------------------------- model


def test_factors_multiply_weights_and_leave_base_and_bands():
    model = load_ranker()
    changed = model.weighted([("wording", 0.5), ("job titles", 2)])
    assert changed.weights == {
        **model.weights,
        "wording": model.weights["wording"] * 0.5,
        "job titles": model.weights["job titles"] * 2,
    }
    assert (changed.base, changed.bands, list(changed.weights)) == (model.base, model.bands, list(model.weights))
    assert model.weighted([]) is model


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ([("wordin", 1.0)], f"'wordin' is no signal; did you mean \"wording\"?; there are: {ALL}"),
        ([("xyz", 1.0)], f"'xyz' is no signal; there are: {ALL}"),
        ([("wording", -1)], "wording: -1 is no factor from 0 to 100"),
        ([("wording", True)], "wording: True is no factor"),
        ([("wording", float("nan"))], "wording: nan is no factor"),
        ([("wording", 101)], "wording: 101 is no factor"),
    ],
)
def test_what_is_no_factor_is_told(factors, said):
    with pytest.raises(InputError) as caught:
        load_ranker().weighted(factors)
    assert str(caught.value).startswith(said)


# ---------------------------------------------------------------------------------------------------------------- role file


def test_weights_come_back_from_a_role_file():
    role = Role("post.txt", "", "Agent", (), 1, AllOf(), weights=(("job titles", 0.0), ("wording", 2.5)))
    assert load_role(dump_role(role).encode(), "role.yaml", TAXONOMY, SIGNALS).weights == role.weights
    plain = replace(role, weights=())
    assert yaml.safe_load(dump_role(plain))["signal_weights"] == {}
    assert load_role(dump_role(plain).encode(), "role.yaml", TAXONOMY, SIGNALS).weights == ()


def test_a_role_file_with_other_weights_is_another_role():
    one, other = (load_role(f"{ROLE}signal_weights: {{wording: {n}}}".encode(), "r.yaml") for n in (1, 2))
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("{wordin: 2}", f"signal_weights: 'wordin' is no signal; did you mean \"wording\"?; there are: {ALL}"),
        ("{wording: much}", "signal_weights.wording: 'much' is not from 0 to 100"),
        ("{wording: -1}", "signal_weights.wording: -1 is not from 0 to 100"),
        ("{wording: .nan}", "signal_weights.wording: nan is not from 0 to 100"),
        ("{wording: true}", "signal_weights.wording: True is not from 0 to 100"),
        ("[wording]", "signal_weights: give keys and values"),
    ],
)
def test_wrong_weights_of_a_role_file_are_one_clear_line(weights, said):
    with pytest.raises(InputError) as caught:
        load_role(f"{ROLE}signal_weights: {weights}\n".encode(), "role.yaml", None, SIGNALS)
    place, _, told = str(caught.value).partition(": ")
    assert place.startswith("line ")
    assert f"{place.partition(', ')[2]}: {told}".startswith(said)


def test_weights_of_concepts_are_told_from_weights_of_signals():
    with pytest.raises(InputError, match="unknown key 'weights'; did you mean \"signal_weights\""):
        load_role(f"{ROLE}weights: {{wording: 2}}".encode(), "role.yaml")


def test_a_wrong_role_file_costs_that_job_only(here, capsys):
    (here / "bad.yaml").write_text("title: X\nsignal_weights: {luck: 2}\n", encoding="utf-8")
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "bad.yaml", "--out", "found.jsonl", "--workers", "1"]) == 1
    assert "error: bad.yaml: line 2, signal_weights: 'luck' is no signal; there are: " in capsys.readouterr().err


def test_the_check_of_role_profiles_finds_every_wrong_weight():
    role = {"id": "x", "title": "X", "signal_weights": {"luck": 1, "wordin": 2, "wording": -1, "job titles": 2}}
    told = {problem.path for problem in role_problems(replace(TAXONOMY, roles={"x": role}), SIGNALS)}
    assert told == {("signal_weights", "luck"), ("signal_weights", "wordin"), ("signal_weights", "wording")}
    assert not list(role_problems(replace(TAXONOMY, roles={"x": role | {"signal_weights": {"job titles": 2}}}), SIGNALS))


def test_an_overlay_with_a_wrong_weight_is_refused_with_file_and_line(here, capsys):
    (here / "own" / "roles").mkdir(parents=True)
    (here / "own" / "roles" / "chat-lead.yaml").write_text(
        "id: chat-lead\n" + ROLE + "signal_weights:\n  luck: 2\n", encoding="utf-8"
    )
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--taxonomy", "own"]) == 2
    err = capsys.readouterr().err
    assert "own/roles/chat-lead.yaml:" in err
    assert "'luck' is no signal" in err


# ------------------------------------------------------------------------------------------------------------- command line


def test_what_is_said_nearer_to_a_role_holds():
    role = Role("team-leader", "", "Team leader", (FAMILY, "x"), 3, AllOf(), weights=(("wording", 4.0),))
    one, two, three, four = "required skills", "core skills of the role", "job titles", "wording"
    given = [*(f"{name}=1" for name in (one, two, three, four)), f"{FAMILY}/{two}=2", f"{FAMILY}/{three}=2"]
    weights = Weights.read([*given, f"team-leader/{three}=3", f"team-leader/{four}=3"], TAXONOMY)
    assert dict(weights.of(role).weights) == {one: 1.0, two: 2.0, three: 3.0, four: 4.0}
    other = Role("post.txt", "", "X", ("x", FAMILY), 3, AllOf())
    assert dict(weights.of(other).weights) == dict.fromkeys((one, two, three, four), 1.0)
    assert (
        str(Weights.read(["job titles=2", "team-leader/wording=0.5"], TAXONOMY)) == "job titles x 2; team-leader: wording x 0.5"
    )


def test_without_weights_a_role_stays_what_it_is():
    role = Role("post.txt", "", "X", (), 3, AllOf())
    assert Weights.read([], TAXONOMY).of(role) is role


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wording", "--weight wording: give a signal and a factor, as in wording=0.5"),
        ("wording=", "--weight wording=: give a signal and a factor"),
        ("wording=lots", "--weight wording=lots: give a signal and a factor"),
        ("wordin=1", "--weight wordin=1: 'wordin' is no signal; did you mean \"wording\"?"),
        ("wording=-1", "--weight wording=-1: wording: -1.0 is no factor"),
        ("team-leade/wording=1", "--weight team-leade/wording=1: 'team-leade' is no role; did you mean"),
    ],
)
def test_a_wrong_option_is_one_clear_line(here, capsys, text, said):
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--weight", text]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"error: {said}")
    assert err.count("\n") == 1


def test_results_say_which_weights_were_changed(here):
    (record,) = pairs(here, "--weight", "wording=0.5", "--weight", "job titles=2")
    assert record["weights"] == {"job titles": 2.0, "wording": 0.5}
    (record,) = pairs(here)
    assert "weights" not in record


def test_a_changed_weight_changes_the_points(here):
    def points(*more: str) -> tuple[float, float | None]:
        (record,) = pairs(here, *more)
        assert record["logit"] == pytest.approx(
            record["base"] + sum(part["points"] for part in record["contributions"]), abs=1e-9
        )
        return next(((p["points"], p["most"]) for p in record["contributions"] if p["name"] == "required skills"), (0.0, None))

    plain, most = points()
    assert plain > 0
    assert points("--weight", "required skills=2") == (
        pytest.approx(2 * plain, abs=1e-4),
        pytest.approx(2 * (most or 0), abs=1e-4),
    )
    assert points("--weight", "required skills=0") == (0.0, None)


def test_what_showing_a_skill_would_bring_follows_the_weight(scorer, sample_profiles, sample_roles):
    profile, role = sample_profiles["retail-cashier"], sample_roles["us-collections.txt"]
    plain = scorer.fit(profile, role).lacks
    doubled = scorer.fit(profile, replace(role, weights=(("required skills", 2.0),))).lacks
    wanted = {(lack.part, lack.label): lack.points * (2 if lack.part == "required skills" else 1) for lack in plain}
    assert {(lack.part, lack.label): lack.points for lack in doubled} == pytest.approx(wanted, abs=2e-4)


def test_a_weight_that_is_zero_cannot_be_multiplied(here, capsys):
    model = json.loads(json.dumps({"schema": 1, "version": "own", "base": 0, "weights": dict.fromkeys(SIGNALS, 0.0)}))
    (here / "own" / "ranker").mkdir(parents=True)
    (here / "own" / "ranker" / "model.json").write_text(json.dumps(model | {"bands": [0.1, 0.5, 0.9]}), encoding="utf-8")
    assert (
        main(["score", "cv.txt", "--job", "job.yaml", "--models", "own", "--weight", "job titles=2", "--weight", "wording=0"])
        == 0
    )
    assert "warning: job titles: the weight is 0 in this model" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------------- matcher.toml


def test_the_file_gives_what_the_option_would_be_given(here):
    (here / "matcher.toml").write_text(
        '[weights]\n"required skills" = 2\nwording = 0.5\n\n[weights.team-leader]\n"job titles" = 3\n', encoding="utf-8"
    )
    given = read_config(here / "matcher.toml")["weights"]
    assert given == ["required skills=2", "wording=0.5", "team-leader/job titles=3"]
    assert Weights.read(given, TAXONOMY).own == {"team-leader": {"job titles": 3.0}}


def test_the_file_reaches_commands_that_score_and_harms_no_other(here):
    (here / "matcher.toml").write_text("[weights]\nwording = 0.5\n", encoding="utf-8")
    assert pairs(here)[0]["weights"] == {"wording": 0.5}
    assert pairs(here, "--weight", "job titles=2")[0]["weights"] == {"job titles": 2.0}
    assert main(["extract", "cv.txt", "--workers", "1", "-q"]) == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("top = 3\n[weights]\nwording = 1\nluck = 2", f"4: weights: 'luck' is no signal; there are: {ALL}"),
        ("[weights]\nwording = 'much'", "2: weights: wording: 'much' is no factor from 0 to 100"),
        ("[weights]\n[weights.team-leader]\nwording = -3", "3: weights: wording: -3 is no factor from 0 to 100"),
        ("weights = 3", "1: weights should be a table of signals"),
        ("models = 'nowhere'", "1: models: nowhere is no folder; give it from where this file stands"),
    ],
)
def test_a_wrong_file_is_one_clear_line(here, capsys, text, line):
    (here / "matcher.toml").write_text(text + "\n", encoding="utf-8")
    assert main(["rank", "cv.txt"]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"error: matcher.toml:{line}")
    assert err.count("\n") == 1


# ------------------------------------------------------------------------------------------------------------------- models


def test_a_model_of_ones_own_scores_and_is_named_in_results(here):
    shipped = load_ranker()
    model = {"schema": 1, "version": "mine", "base": 0.0, "weights": dict.fromkeys(SIGNALS, 1.0), "bands": [0.1, 0.5, 0.9]}
    (here / "own" / "ranker").mkdir(parents=True)
    (here / "own" / "ranker" / "model.json").write_text(json.dumps(model), encoding="utf-8")
    (record,) = pairs(here, "--models", "own")
    assert (record["versions"]["models"], record["base"]) == ("mine", 0.0)
    (here / "matcher.toml").write_text('models = "own"\n', encoding="utf-8")
    assert pairs(here)[0]["versions"]["models"] == "mine"
    assert pairs(here, "--models", str(here / "own"))[0] == record
    (here / "matcher.toml").unlink()
    assert pairs(here)[0]["versions"]["models"] == shipped.version


def test_a_folder_without_a_model_is_told(here, capsys):
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--models", "nowhere"]) == 2
    assert capsys.readouterr().err == "error: nowhere: has no ranker/model.json; `matcher train --out nowhere` writes one\n"
    (here / "own" / "ranker").mkdir(parents=True)
    (here / "own" / "ranker" / "model.json").write_text('{"schema": 1, "weights": {"luck": 1}}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"own.*was fitted on other features"):
        load_ranker(here / "own")


def test_any_role_data_may_have_weights():
    assert role_from_data({"title": "X", "signal_weights": {"anything": 1}}, "x").weights == (("anything", 1.0),)
