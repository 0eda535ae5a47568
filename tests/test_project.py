"""`rank --project DIR`: only what is new is read and scored, and the results are those of a run without a project."""

import json
import os
import sqlite3
import stat

import pytest
from project_runs import JOB, desk_fixture, resume  # noqa: F401 - a fixture

from matcher.batch import Failure
from matcher.cli import main


def pairs(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ------------------------------------------------------------------------------------------------------------------ again


def test_results_are_the_same_with_and_without_a_project(desk, tmp_path):
    for name in ("a.jsonl", "a.csv"):
        desk.rank("--out", tmp_path / name, project=False)
        desk.rank("--out", tmp_path / f"kept-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"kept-{name}").read_bytes()


def test_a_second_run_reads_nothing_and_starts_no_worker(desk, tmp_path, monkeypatch):
    assert desk.rank("--out", tmp_path / "a.jsonl")[0] == 0
    assert sorted(desk.crew.read) == ["csr.txt", "mirela.txt", "odalys.txt", "thaddeus.txt"]
    monkeypatch.setattr("matcher.batch.crew.Crew", None)
    before = (tmp_path / "a.jsonl").stat().st_mtime_ns
    status, last, err = desk.rank("--out", tmp_path / "a.jsonl")
    assert (status, desk.crew.read) == (0, [])
    assert "0 new, 0 changed, 3 skipped (as they were), 0 failed, 0 removed; no file read" in last
    assert any("are left as they are" in line for line in err)
    assert (tmp_path / "a.jsonl").stat().st_mtime_ns == before


def test_results_come_back_from_the_project_as_they_were(desk, tmp_path):
    desk.rank("--out", tmp_path / "a.jsonl")
    before = (tmp_path / "a.jsonl").read_bytes()
    (tmp_path / "a.jsonl").unlink()
    desk.rank("--out", tmp_path / "a.jsonl")
    assert desk.crew.read == []
    assert (tmp_path / "a.jsonl").read_bytes() == before


def test_only_what_is_new_or_changed_is_read(desk, tmp_path):
    desk.rank()
    (desk.resumes / "new.txt").write_text(resume("Casimir Dunleavy", "casimir@example.com", "+1 555 010 4444"))
    (desk.resumes / "odalys.txt").write_text(resume(more="Team leader since 07/2023 at Larkfield Telecom."))
    (desk.resumes / "thaddeus.txt").unlink()
    _, last, _ = desk.rank("--keep-all")
    assert sorted(desk.crew.read) == ["new.txt", "odalys.txt"]
    assert "1 new, 1 changed, 1 skipped (as they were), 0 failed, 1 removed; 2 files read" in last
    assert last.startswith("ranked 3 resumes")


def test_only_new_pairs_are_computed(desk):
    desk.rank()
    assert sum(len(line["scores"]) for line in desk.events("scores")) == 3
    (desk.jobs / "second.txt").write_text(JOB.replace("telecom", "retail"))
    desk.rank()
    runs = {run["run"]: [job[0] for job in run["jobs"]] for run in desk.events("run")}
    told = [runs[line["run"]][place] for line in desk.events("scores") for place, *_ in line["scores"]]
    assert told == ["csr.txt"] * 3 + ["second.txt"] * 3
    assert desk.crew.read == ["second.txt"]


def test_scores_of_a_run_that_ended_before_its_record_are_told_by_the_next_one(desk, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("matcher.project.run.Run.finish", None)
        with pytest.raises(TypeError):
            desk.rank()
    assert desk.events("scores") == []
    for _ in range(2):
        desk.rank()
        assert sum(len(line["scores"]) for line in desk.events("scores")) == 3


def test_another_day_of_the_month_needs_no_reading_and_another_month_does(desk, tmp_path):
    desk.rank("--out", tmp_path / "a.jsonl")
    desk.rank("--out", tmp_path / "b.jsonl", "--as-of", "2026-11-20")
    assert desk.crew.read == []
    assert {pair["as_of"] for pair in pairs(tmp_path / "b.jsonl")} == {"2026-11-20"}
    desk.rank("--as-of", "2026-12-01")
    assert len(desk.crew.read) == 3


def test_a_renamed_file_is_known_by_its_content(desk, tmp_path):
    desk.rank()
    (desk.resumes / "odalys.txt").rename(desk.resumes / "o-b.txt")
    _, last, _ = desk.rank("--out", tmp_path / "a.jsonl")
    assert desk.crew.read == []
    assert "0 new, 0 changed, 3 skipped (as they were), 0 failed, 0 removed" in last
    assert "o-b.txt" in {pair["resume"] for pair in pairs(tmp_path / "a.jsonl")}


def test_weights_change_scores_and_not_what_was_read(desk, tmp_path):
    desk.rank("--out", tmp_path / "a.jsonl")
    desk.rank("--out", tmp_path / "b.jsonl", "--weight", "wording=0")
    assert desk.crew.read == []
    first, second = (pairs(tmp_path / name) for name in ("a.jsonl", "b.jsonl"))
    assert {pair["score"] for pair in first} != {pair["score"] for pair in second}
    desk.rank("--out", tmp_path / "c.jsonl", "--weight", "wording=0", project=False)
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()


@pytest.mark.parametrize("code", ["too-slow", "too-much-memory", "crashed"])
def test_what_ran_out_of_time_or_memory_is_tried_again(desk, code):
    desk.crew.broken["odalys.txt"] = Failure(code, "stopped", passing=True)
    status, last, _ = desk.rank()
    assert (status, "1 failed" in last) == (1, True)
    status, last, _ = desk.rank()
    assert (status, desk.crew.read) == (0, ["odalys.txt"])


def test_what_is_wrong_with_the_bytes_is_remembered_and_told_again(desk):
    (desk.resumes / "empty.txt").write_text("")
    status, _, first = desk.rank()
    assert status == 1
    status, last, second = desk.rank()
    assert (status, desk.crew.read) == (1, [])
    assert "1 failed" in last
    told = [[line for line in err if line.startswith("error: empty.txt")] for err in (first, second)]
    assert told[0] == told[1] != []


# ----------------------------------------------------------------------------------------------------------------- people


def test_the_newer_resume_of_a_person_is_ranked(desk, tmp_path):
    newer = resume(more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025\nLed twelve agents.")
    (desk.resumes / "a-newer.txt").write_text(newer.replace("odalys@example.com", "P0@Example.com"))
    _, _, err = desk.rank("--out", tmp_path / "a.jsonl")
    found = {pair["resume"] for pair in pairs(tmp_path / "a.jsonl")}
    assert found == {"a-newer.txt", "mirela.txt", "thaddeus.txt"}
    assert any("left out: odalys.txt, for a-newer.txt is newer" in line and "the same e-mail address" in line for line in err)
    (run,) = desk.events("run")
    assert [(row[0], row[2], row[4]) for row in run["left_out"]] == [("odalys.txt", "a-newer.txt", "the same e-mail address")]


def test_keep_all_ranks_both(desk, tmp_path):
    (desk.resumes / "copy.txt").write_bytes((desk.resumes / "odalys.txt").read_bytes())
    desk.rank("--out", tmp_path / "a.jsonl", "--keep-all")
    assert len(pairs(tmp_path / "a.jsonl")) == 4
    desk.rank("--out", tmp_path / "a.jsonl")
    assert len(pairs(tmp_path / "a.jsonl")) == 3


def test_keep_all_without_a_project_is_refused(desk, capsys):
    assert main(["rank", str(desk.resumes), "--keep-all"]) == 2
    assert "--keep-all: without --project" in capsys.readouterr().err


# --------------------------------------------------------------------------------------------------------------- the files


def test_a_project_is_its_owners_alone(desk):
    desk.rank()
    assert stat.S_IMODE(desk.project.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in desk.project.iterdir()} == {0o600}


def test_what_a_person_wrote_into_a_workbook_is_kept(desk, tmp_path):
    book = tmp_path / "a.xlsx"
    desk.rank("--out", book)
    with book.open("ab") as file:
        file.write(b"decisions")
    changed = book.read_bytes()
    _, _, err = desk.rank("--out", book)
    assert (tmp_path / "a (changed 1).xlsx").read_bytes() == changed
    assert book.read_bytes() != changed
    assert any("a.xlsx was not as this project wrote it: kept as a (changed 1).xlsx" in line for line in err)
    desk.rank("--out", book)
    assert not (tmp_path / "a (changed 2).xlsx").exists()


def test_a_folder_that_holds_other_files_is_no_project(desk):
    desk.project.mkdir()
    (desk.project / "thesis.txt").write_text("mine")
    status, last, _ = desk.rank()
    assert (status, "holds other files" in last) == (2, True)


def test_a_damaged_database_is_told_in_one_line(desk):
    desk.rank()
    (desk.project / "project.sqlite").write_bytes(b"no database" * 100)
    status, last, err = desk.rank()
    assert status == 2
    assert len(err) == 1
    assert "is damaged" in last


def test_a_database_of_another_program_is_refused(desk):
    desk.project.mkdir()
    other = sqlite3.connect(desk.project / "project.sqlite")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    status, last, _ = desk.rank()
    assert (status, "another version or another program" in last) == (2, True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_a_project_that_cannot_be_written_is_told(desk):
    desk.folder.chmod(0o500)
    status, last, _ = desk.rank()
    desk.folder.chmod(0o700)
    assert (status, "cannot be used as a folder" in last) == (2, True)
