"""`matcher train DECISIONS.csv`: what is said, what is written, and when nothing is."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from matcher.cli.learning import learn
from matcher.cli.main import main
from matcher.cli.options import Common
from matcher.cli.session import Session
from matcher.scoring import Scorer
from matcher.scoring.features import Feature
from matcher.scoring.model import load_ranker

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
HEAD, *LINES = (SAMPLES / "decisions.csv").read_text(encoding="utf-8").splitlines()
JOBS = len({line.split(",")[1] for line in LINES})


@pytest.fixture
def train(tmp_path, monkeypatch, sample_profiles, sample_roles):
    """`train(lines, out)`: learn from lines of decisions on the samples; gives the exit status."""
    builtin = set(Session.begin(Common()).taxonomy.roles)
    posts = tuple(role for source, role in sorted(sample_roles.items()) if source not in builtin)
    monkeypatch.setattr(Session, "read_pairs", lambda *_: (tuple(sample_profiles.values()), posts))

    def run(lines: list[str], out: Path | None = None, jobs: tuple[str, ...] = (str(SAMPLES / "jobs"),)) -> int:
        file = tmp_path / "decisions.csv"
        file.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
        return learn(Session.begin(Common(as_of="2026-11-01")), file, [str(SAMPLES / "resumes")], jobs, out)

    return run


def test_decisions_of_another_taste_give_new_weights(train, tmp_path, capsys):
    assert train(LINES, tmp_path / "mine") == 0
    shown = capsys.readouterr().out
    shipped, model = load_ranker(), load_ranker(tmp_path / "mine")
    for name, weight in shipped.weights.items():
        assert f"{name:{max(map(len, shipped.weights))}} {weight:8.2f} {model.weights[name]:8.2f}" in shown
    assert f"{len(LINES)} decisions on {JOBS} jobs: of pairs of candidates that were held back, the new weights put " in shown
    assert f"give --models {tmp_path / 'mine'} to rank and score" in shown
    assert model.weights[Feature.MONTHS] > shipped.weights[Feature.MONTHS]
    assert model.bands == shipped.bands
    source = json.loads((tmp_path / "mine" / "ranker" / "model.json").read_text(encoding="utf-8"))["source"]
    assert (source["decisions"], source["jobs"], source["as_of"], source["prior"]) == (
        len(LINES),
        JOBS,
        "2026-11-01",
        shipped.version,
    )
    assert sum(source["grades"].values()) == len(LINES)
    assert source["validation"]["gain_at_least"] > 0


def test_the_same_decisions_give_the_same_bytes_in_any_order(train, tmp_path):
    shuffled = random.Random(1).sample(LINES, len(LINES))
    assert train(LINES, tmp_path / "one") == train(shuffled, tmp_path / "two") == 0
    assert (tmp_path / "one/ranker/model.json").read_bytes() == (tmp_path / "two/ranker/model.json").read_bytes()


def test_without_a_folder_nothing_is_written(train, tmp_path, capsys):
    assert train(LINES) == 0
    assert "Nothing is written without --out FOLDER." in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["decisions.csv"]


def test_too_few_decisions_are_refused_with_how_many_are_needed(train, tmp_path, capsys):
    assert train(LINES[:28], tmp_path / "mine") == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"error: {tmp_path / 'decisions.csv'}: 28 decisions on 2 jobs: too few to learn from, 32 more decisions are needed "
        "before new weights are tried; the shipped ones stay, nothing written\n"
    )
    assert not (tmp_path / "mine").exists()


def test_decisions_that_the_shipped_weights_foresee_are_refused(train, tmp_path, capsys, engine, sample_profiles, sample_roles):
    scorer = Scorer(engine.taxonomy)
    jobs = sorted({line.split(",")[1] for line in LINES})
    fits = [fit for job in jobs for fit in scorer.rank(sample_roles[job], tuple(sample_profiles.values()))]
    lines = [f"{fit.profile.source},{fit.role.source},{scorer.band(fit)}" for fit in fits]
    assert train(lines, tmp_path / "mine") == 1
    err = capsys.readouterr().err
    assert "not surely better" in err
    assert "the shipped weights stay, nothing written" in err
    assert err.count("\n") == 1
    assert not (tmp_path / "mine").exists()


def test_wrong_lines_are_told_and_the_rest_goes_on(train, tmp_path, capsys):
    wrong = ["nobody.pdf,us-collections.txt,yes", "ar-caller.pdf,us-collections.txt,superb"]
    assert train([*wrong, *LINES], tmp_path / "mine") == 1
    err = capsys.readouterr().err.splitlines()
    file = tmp_path / "decisions.csv"
    assert err[0].startswith(f"error: {file}:2: resume 'nobody.pdf' is not among the documents")
    assert err[1].startswith(f"error: {file}:3: decision 'superb' is not known")
    assert len(err) == 2
    assert load_ranker(tmp_path / "mine").version != load_ranker().version


def test_role_profiles_are_the_jobs_where_none_are_given(train, capsys):
    assert (
        train(["ar-caller.pdf,team-leader,no", "team-leader.pdf,Team leader,yes", "quality-analyst.pdf,team-leader,"], jobs=())
        == 1
    )
    captured = capsys.readouterr().err
    assert "2 decisions on 1 job: too few" in captured
    assert "1 line without a decision on the fit left out" in captured


@pytest.mark.parametrize("lines", [[], ["ar-caller.pdf,us-collections.txt,yes"], ["ar-caller.pdf,us-collections.txt,pending"]])
def test_where_nothing_can_be_learnt_it_says_what_to_do(train, tmp_path, capsys, lines):
    assert train(lines, tmp_path / "mine") == 2
    assert "no job has decisions that differ, such as one yes and one no" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        *(["d.csv"], ["d.csv", "labels.json", "--resumes", "r"], ["d.csv", "e.csv", "--resumes", "r"], ["--resumes", "r"]),
        *(["d.csv", "--resumes", "r", "--skills", "s.json"], ["labels.json", "--jobs", "j"]),
    ],
)
def test_what_does_not_go_together_is_told(arguments, capsys):
    assert main(["train", *arguments]) == 2
    assert "give one table of decisions with its resumes: matcher train DECISIONS.csv" in capsys.readouterr().err


def test_a_file_that_is_missing_or_no_table_is_told(train, tmp_path, capsys):
    assert main(["train", str(tmp_path / "nowhere.csv"), "--resumes", str(SAMPLES / "resumes")]) == 2
    assert "nowhere.csv: cannot be opened" in capsys.readouterr().err
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["train", str(tmp_path / "x.csv"), "--resumes", str(SAMPLES / "resumes")]) == 2
    assert "x.csv: has no column resume and no column job and no column decision" in capsys.readouterr().err
