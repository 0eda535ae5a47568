"""`matcher.toml`: where it is found, what it sets, and what is said of a wrong one."""

from __future__ import annotations

import json

import pytest

from matcher.cli.config import KEYS, VARIABLE
from matcher.cli.main import main
from matcher.cli.options import Common

ROLE = "title: Chat agent\nrequirements: {all: [{kind: skill, need: required, concept: zendesk}]}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory with a folder `own` that renames a concept."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "sub" / "own" / "concepts").mkdir(parents=True)
    text = '[[concept]]\nid = "zendesk"\nlabel = "Blue desk"\n'
    (tmp_path / "sub" / "own" / "concepts" / "house.toml").write_text(text, encoding="utf-8")
    return tmp_path


def shown(capsys, *more: str) -> str:
    assert main(["taxonomy", "show", "zendesk", *more]) == 0
    return capsys.readouterr().out.splitlines()[0]


def test_without_a_file_the_defaults_hold(here, capsys):
    assert shown(capsys) == "Zendesk"


@pytest.mark.parametrize("way", ["here", "option", "variable"])
def test_the_file_is_found(here, capsys, monkeypatch, way):
    place = {"here": "matcher.toml", "option": "sub/any.toml", "variable": "sub/any.toml"}[way]
    (here / place).write_text(f'taxonomy = "{"sub/own" if way == "here" else "own"}"\n', encoding="utf-8")
    if way == "variable":
        monkeypatch.setenv(VARIABLE, "sub/any.toml")
    assert shown(capsys, *(["--config", "sub/any.toml"] if way == "option" else [])) == "Blue desk"


def test_a_named_file_is_read_instead_of_the_one_that_is_found(here, capsys):
    (here / "matcher.toml").write_text("nonsense", encoding="utf-8")
    (here / "other.toml").write_text("", encoding="utf-8")
    assert shown(capsys, "--config", "other.toml") == "Zendesk"


def test_options_win(here, capsys):
    (here / "matcher.toml").write_text('taxonomy = "sub/own"\n', encoding="utf-8")
    (here / "sub" / "empty" / "roles").mkdir(parents=True)
    (here / "sub" / "empty" / "roles" / "x.yaml").write_text(ROLE.replace("title", "id: x\ntitle"), encoding="utf-8")
    assert shown(capsys, "--taxonomy", "sub/empty") == "Zendesk"


def test_check_looks_at_the_folder_that_is_set(here, capsys, monkeypatch):
    monkeypatch.setattr("matcher.cli.checking._unusable", lambda folder: ())
    monkeypatch.setattr("matcher.reading.selfcheck.prove", lambda taxonomy: ())
    (here / "sub" / "own" / "forms.toml").write_text("[[form]]\n", encoding="utf-8")
    (here / "matcher.toml").write_text('taxonomy = "sub/own"\n', encoding="utf-8")
    assert main(["taxonomy", "check"]) == 1
    assert capsys.readouterr().out.startswith("sub/own/forms.toml:1: ")


def test_every_command_takes_it_and_help_does_not_need_it(here, capsys):
    (here / "matcher.toml").write_text("nonsense", encoding="utf-8")
    for command in (
        ["rank"],
        ["score"],
        ["extract"],
        ["train"],
        ["evaluate"],
        *(["taxonomy", c] for c in ("show", "search", "check", "export")),
    ):
        assert main([*command, "--help"]) == 0
        assert "--config" in capsys.readouterr().out


def test_what_it_sets_reaches_the_command(here, capsys):
    (here / "cv.txt").write_text("Invented Person\n\nSKILLS\nZendesk\n", encoding="utf-8")
    (here / "job.yaml").write_text(ROLE, encoding="utf-8")
    (here / "matcher.toml").write_text(
        'as_of = 2026-02-03\nquiet = true\nworkers = 1\nmax_bytes = "1MiB"\ntop = 1\n', encoding="utf-8"
    )
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--out", "found.jsonl"]) == 0
    assert capsys.readouterr().err == ""
    (record,) = map(json.loads, (here / "found.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["as_of"] == "2026-02-03"
    assert main(["rank", "cv.txt", "--jobs", "job.yaml", "--out", "found.jsonl", "--as-of", "2025-01-01"]) == 0
    (record,) = map(json.loads, (here / "found.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["as_of"] == "2025-01-01"


WRONG = [
    ("\nworker = 1", '2: unknown key "worker"; did you mean "workers"?'),
    ("[rank]\ntop = 1", '1: unknown key "rank"; known are taxonomy, as_of, '),
    ('workers = "2"', "1: workers should be a whole number from 1, not '2'"),
    ("workers = 0", "1: workers should be a whole number from 1, not 0"),
    ("workers = true", "1: workers should be a whole number from 1, not True"),
    ("top = 1\nmax_seconds = -1", "2: max_seconds should be a number above 0, not -1"),
    ('max_bytes = "lots"', "1: max_bytes should be a size such as \"1GiB\", not 'lots'"),
    ("max_memory = 1000", '1: max_memory should be a size such as "1GiB", not 1000'),
    ('as_of = "yesterday"', '1: as_of should be a date, "today" or "document", not \'yesterday\''),
    ('quiet = "yes"', "1: quiet should be true or false, not 'yes'"),
    ("taxonomy = 3", "1: taxonomy should be a folder, as text, not 3"),
    ('taxonomy = "nowhere"', "1: taxonomy: nowhere is no folder; give it from where this file stands"),
    ("project = 3", "1: project should be a folder, as text, not 3"),
    ('top = 1\nanswers = ["form.csv"]', "2: answers: form.csv does not exist; give it from where this file stands"),
    ("jobs = []", "1: jobs should be a path or a list of paths, as text, not []"),
    ("out = [1]", "1: out should be a path or a list of paths, as text, not [1]"),
    ('blind = "yes"', "1: blind should be true or false, not 'yes'"),
    ("top = 1\nworkers =", "2: is not valid TOML: "),
]


@pytest.mark.parametrize(("text", "line"), WRONG, ids=[text for text, _ in WRONG])
def test_a_wrong_file_is_one_clear_line(here, capsys, text, line):
    (here / "matcher.toml").write_text(text + "\n", encoding="utf-8")
    assert main(["taxonomy", "show", "zendesk"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: matcher.toml:{line}")
    assert captured.err.count("\n") == 1


def test_a_named_file_that_is_missing_is_told(here, capsys):
    assert main(["taxonomy", "show", "zendesk", "--config", "nowhere.toml"]) == 2
    assert capsys.readouterr().err.startswith("error: --config nowhere.toml: cannot be opened")


def test_every_common_option_can_be_set():
    assert set(Common.__dataclass_fields__) <= set(KEYS)


def test_a_whole_morning_can_stand_in_the_file_and_other_commands_take_what_is_theirs(here, capsys):
    (here / "sub" / "cv.txt").write_text("Invented Person\n\nSKILLS\nZendesk\n", encoding="utf-8")
    (here / "sub" / "job.yaml").write_text(ROLE, encoding="utf-8")
    (here / "matcher.toml").write_text(
        'project = "sub/kept"\njobs = ["sub/job.yaml", "role:team-leader"]\nout = "sub/list.jsonl"\nblind = true\nworkers = 1\n',
        encoding="utf-8",
    )
    assert main(["rank", "sub/cv.txt"]) == 0
    found = [json.loads(line) for line in (here / "sub" / "list.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {(row["job"], row["resume"]) for row in found} == {(job, "candidate-0001") for job in ("job.yaml", "team-leader")}
    assert (here / "sub" / "kept" / "project.sqlite").is_file()
    assert (here / "sub" / "list-key.csv").is_file()
    assert main(["rank", "sub/cv.txt", "--no-blind"]) == 0
    assert '"resume":"cv.txt"' in (here / "sub" / "list.jsonl").read_text(encoding="utf-8").replace(": ", ":")
    before = {path: path.read_bytes() for path in (here / "sub").rglob("*") if path.is_file()}
    capsys.readouterr()
    for words in (["--no-project", "--no-out"], ["--no-out", "--config", "matcher.toml", "--no-project"]):
        assert main(["rank", "sub/cv.txt", *words]) == 0
        assert "candidate-0001" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in (here / "sub").rglob("*") if path.is_file()} == before
    assert main(["erase", "cv.txt"]) == 0
    assert "erased: 1 resume" in capsys.readouterr().out
    assert main(["extract", "sub/job.yaml", "--quiet"]) == 2, "an --out of extract is another thing"
