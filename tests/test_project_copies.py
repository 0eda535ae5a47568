"""Results of a project that are gone are put back as they were, without being made again, and never where they would be wrong."""

import csv
import hashlib
import json

import pytest
from project_runs import desk_fixture, resume  # noqa: F401 - a fixture

from matcher.project import copies, open_project

BACK = "put back as before"


def outs(desk, *names):
    return [word for name in names for word in ("--out", desk.folder / name)]


@pytest.fixture(name="made")
def made_fixture(desk):
    """A desk with results, and what is in each."""
    assert desk.rank(*outs(desk, "a.xlsx", "a.jsonl", "a.html"))[0] == 0
    return {name: (desk.folder / name).read_bytes() for name in ("a.xlsx", "a.jsonl", "a.html")}


@pytest.fixture(name="silent")
def silent_fixture(monkeypatch):
    """Fails when a fit is put into words."""

    def fail(*_):
        raise AssertionError("a pair was explained")

    return lambda: monkeypatch.setattr("matcher.scoring.explainer.Explainer.fit", fail)


def test_results_that_are_gone_come_back_to_the_byte(desk, made, silent):
    for name in made:
        (desk.folder / name).unlink()
    silent()
    _, _, told = desk.rank(*outs(desk, *made))
    assert any(f"a.xlsx, a.jsonl, a.html {BACK}" in line for line in told)
    assert {name: (desk.folder / name).read_bytes() for name in made} == made
    assert "left as they are" in "".join(desk.rank(*outs(desk, *made))[2])


def test_one_that_is_gone_comes_back_and_the_others_are_left(desk, made, silent):
    (desk.folder / "a.html").unlink()
    before = (desk.folder / "a.xlsx").stat().st_mtime_ns
    silent()
    desk.rank(*outs(desk, *made))
    assert (desk.folder / "a.html").read_bytes() == made["a.html"]
    assert (desk.folder / "a.xlsx").stat().st_mtime_ns == before


def test_another_name_in_the_same_folder_is_written_from_the_copy(desk, made, silent):
    silent()
    desk.rank(*outs(desk, "b.xlsx"))
    assert (desk.folder / "b.xlsx").read_bytes() == made["a.xlsx"]


def test_what_a_person_changed_is_set_aside_before_the_copy_is_put_back(desk, made, silent):
    (desk.folder / "a.jsonl").write_text("mine")
    silent()
    desk.rank(*outs(desk, "a.jsonl"))
    assert (desk.folder / "a (changed 1).jsonl").read_text() == "mine"
    assert (desk.folder / "a.jsonl").read_bytes() == made["a.jsonl"]


@pytest.mark.parametrize("more", [("--workers", "2"), ("--verbose",), ("--quiet",)])
def test_how_a_run_works_and_what_it_says_moves_no_result(desk, made, more):
    times = {name: (desk.folder / name).stat().st_mtime_ns for name in made}
    desk.rank(*outs(desk, *made), *more)
    assert {name: (desk.folder / name).stat().st_mtime_ns for name in made} == times


@pytest.mark.parametrize("gone", [False, True])
def test_blind_results_go_with_their_key(desk, gone):
    """Who came before everybody else has the first number of a new key, and had the last one of the old key."""
    out, key = desk.folder / "b.jsonl", desk.folder / "b-key.csv"
    new = min(desk.resumes.iterdir(), key=lambda path: hashlib.sha256(path.read_bytes()).hexdigest())
    text = new.read_text()
    new.unlink()
    desk.rank(*outs(desk, "b.jsonl"), "--blind")
    new.write_text(text)
    desk.rank(*outs(desk, "b.jsonl"), "--blind")
    before = key.read_text("utf-8-sig")
    key.unlink()
    if gone:
        out.unlink()
    desk.rank(*outs(desk, "b.jsonl"), "--blind")
    numbers = {row["sha256"]: row["number"] for row in csv.DictReader(key.read_text("utf-8-sig").splitlines())}
    shown = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert key.read_text("utf-8-sig") != before, "the new one stands among the others by its content"
    assert {row["sha256"]: row["resume"] for row in shown} == numbers


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param(
            lambda desk: (desk.resumes / "new.txt").write_text(resume("Perpetua Lindqvist", "n@example.com")), id="resume"
        ),
        pytest.param(lambda desk: (desk.jobs / "csr.txt").write_text("Data Entry Clerk\n\nRequirements\n- Data entry"), id="job"),
        pytest.param(lambda desk: ("--top", "1"), id="top"),
        pytest.param(lambda desk: ("--weight", "wording=0.5"), id="weight"),
        pytest.param(lambda desk: (desk.folder / "elsewhere").mkdir(), id="folder"),
    ],
)
def test_results_are_made_again_where_anything_differs(desk, made, otherwise):
    (desk.folder / "a.xlsx").unlink()
    more = otherwise(desk)
    place = "elsewhere/a.xlsx" if (desk.folder / "elsewhere").exists() else "a.xlsx"
    _, _, told = desk.rank(*outs(desk, place), *(more if isinstance(more, tuple) else ()))
    assert not any(BACK in line for line in told)
    assert (desk.folder / place).is_file()


def test_copies_are_those_of_the_last_results_and_go_with_a_person_who_is_erased(desk, made, monkeypatch):
    from matcher.cli import main

    def kept():
        with open_project(desk.project) as project:
            return project.rows("SELECT DISTINCT key FROM copies")

    first = kept()
    (desk.resumes / "new.txt").write_text(resume("Perpetua Lindqvist", "n@example.com", "+1 555 010 7788"))
    desk.rank(*outs(desk, *made))
    assert len(first) == len(kept()) == 1
    assert first != kept()
    assert main(["erase", "n@example.com", "--project", str(desk.project)]) == 0
    assert not kept()


def test_one_damaged_copy_is_dropped_and_all_results_are_made_again(desk, made):
    with open_project(desk.project) as project:
        project.do("UPDATE copies SET packed = substr(packed, 1, 40) WHERE ending = '.html'")
    for name in made:
        (desk.folder / name).unlink()
    status, _, told = desk.rank(*outs(desk, *made))
    assert status == 0
    assert not any(BACK in line for line in told)
    assert {name: (desk.folder / name).read_bytes() for name in made} == made
    assert not list(desk.folder.glob(".*.part"))
    (desk.folder / "a.html").unlink()
    assert any(BACK in line for line in desk.rank(*outs(desk, *made))[2])


def test_a_copy_that_would_be_too_large_is_not_kept(desk, monkeypatch):
    monkeypatch.setattr(copies, "_MOST", 10)
    desk.rank(*outs(desk, "a.jsonl"))
    (desk.folder / "a.jsonl").unlink()
    assert not any(BACK in line for line in desk.rank(*outs(desk, "a.jsonl"))[2])
    assert (desk.folder / "a.jsonl").stat().st_size


def test_the_key_of_a_blind_run_has_the_number_of_who_was_left_out(desk):
    desk.rank()
    newer = resume("Odalys Brennecke", "p0@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")
    (desk.resumes / "newer.txt").write_text(newer)
    _, _, told = desk.rank(*outs(desk, "b.jsonl"), "--blind")
    (line,) = (line for line in told if line.startswith("left out: "))
    rows = csv.DictReader((desk.folder / "b-key.csv").read_text("utf-8-sig").splitlines())
    assert {row["file"]: row["number"] for row in rows}["odalys.txt"] in line
