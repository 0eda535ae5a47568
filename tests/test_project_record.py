"""What the record says can be shown: the ranking of any run as it was then, and why a person stood where they did."""

import json
from itertools import pairwise

import pytest
from project_runs import JOB, desk_fixture, resume  # noqa: F401 - a fixture

from matcher.cli import main
from matcher.errors import InputError
from matcher.project import open_project
from matcher.project.decisions import Decided, record_decisions
from matcher.project.history import History
from matcher.project.record import lines

NEWER = resume("Odalys Brennecke", "p0@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")


def show(desk, *words):
    status = main(["record", "--project", str(desk.project), *map(str, words)])
    return status, desk.capsys.readouterr()


def printed(path):
    """For each job the rows of a file of results: rank, resume, score, log-odds."""
    found = {}
    for pair in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        found.setdefault(pair["job"], []).append((pair["rank"], pair["resume"], pair["score"], pair["logit"]))
    return found


def told(desk, number):
    """The same as the record has it."""
    history = History(desk.project)
    return {
        job[0]: [(one.rank, one.resume, one.score, one.logit) for one in history.ranking(number, place)]
        for place, job in enumerate(history.run(number)["jobs"])
    }


@pytest.fixture
def month(desk, tmp_path):
    """A month of runs, each with its results: people and jobs come and go, time passes and goes back, weights change."""
    steps = [
        lambda: (),
        lambda: (desk.resumes / "new.txt").write_text(resume("Casimir Dunleavy", "c@example.com", "+1 555 010 4444")) and (),
        lambda: ("--as-of", "2027-03-01"),
        lambda: (),
        lambda: (desk.jobs / "second.txt").write_text(JOB.replace("telecom", "retail").replace("Zendesk", "Excel")) and (),
        lambda: (desk.resumes / "o2.txt").write_text(NEWER) and (),
        lambda: ("--keep-all", "--weight", "wording=0.5"),
        lambda: (desk.jobs / "csr.txt").unlink() or (desk.resumes / "new.txt").unlink() or (),
    ]
    for number, step in enumerate(steps, 1):
        desk.rank(*step(), "--out", tmp_path / f"{number}.jsonl")
    return {number: printed(tmp_path / f"{number}.jsonl") for number in range(1, len(steps) + 1)}


def test_each_ranking_of_a_month_comes_out_of_the_record_as_it_was_printed(desk, month):
    for number, found in month.items():
        assert told(desk, number) == found, number


def test_a_run_is_shown_with_its_options(desk):
    desk.rank("--weight", "wording=0.5")
    status, (out, _) = show(desk, "--run", 1, "--top", 2)
    assert status == 0
    assert "run 1, 20" in out
    assert "as of 2026-11-01: 3 resumes, 1 job\n" in out
    assert 'options: --weight "wording=0.5"\n' in out
    assert "(and 1 more; --top shows more)" in out
    _, (out, _) = show(desk)
    assert out.splitlines()[1].split()[2:] == ["2026-11-01", "3", "3", "0", "1", "-"]


def test_a_person_is_shown_with_runs_reasons_and_decisions(desk):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold", note="call in May")])
    (desk.resumes / "o2.txt").write_text(NEWER)
    desk.rank()
    desk.rank()
    _, (out, _) = show(desk, "p0@example.com")
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == "Odalys Brennecke: o2.txt, odalys.txt"
    kinds = [line.split(":")[0] if ": " in line else line for line in lines[1:] if not line.startswith("20")]
    assert kinds.count("because of") == 2
    assert lines.count("odalys.txt is not ranked: o2.txt is newer and the same person's (the same e-mail address)") == 1
    role = "Customer Service Representative (csr.txt)"
    assert any(f"decision for {role}, on odalys.txt: Hold (“call in May”)" in line for line in lines)
    assert not any("thaddeus" in line for line in lines)
    assert "run 3" not in out


def test_a_decision_that_is_taken_back_and_a_note_alone_are_told_as_such(desk):
    desk.rank()
    steps = (("", "no answer"), ("Hold", "no answer"), ("", "busy"), ("", ""), ("Shortlist", ""), ("", ""))
    for before, (decision, note) in pairwise((("", ""), *steps)):
        record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", decision, note=note, before=before)])
    _, (out, _) = show(desk, "p0@example.com")
    about = "for Customer Service Representative (csr.txt), on odalys.txt"
    assert [line.split("  ", 1)[1] for line in out.splitlines() if about in line] == [
        f"note {about}: “no answer”",
        f"decision {about}: Hold (“no answer”)",
        f"decision {about}: taken back (“busy”)",
        f"note {about}: taken back",
        f"decision {about}: Shortlist",
        f"decision {about}: taken back",
    ]


def test_who_was_not_among_those_shown_is_told_so(desk):
    desk.rank("--top", 1)
    _, (out, _) = show(desk, "--run", 1)
    last = out.split()[-2]
    _, (out, _) = show(desk, last)
    assert "rank 3 of 3" in out
    assert "below those that were shown: no reasons were written" in out


def test_who_was_erased_is_in_no_ranking_and_the_ranking_says_so(desk):
    desk.rank()
    main(["erase", "odalys.txt", "--project", str(desk.project)])
    desk.capsys.readouterr()
    _, (out, _) = show(desk, "--run", 1)
    assert "1 resume erased since, and in no ranking" in out
    assert "odalys" not in out
    assert "thaddeus.txt" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--run", 7), "--run 7: the record has no such run; there are 1 to 1"),
        (("nobody.txt",), "nobody in this project is known by it"),
        (("--run", 1, "odalys.txt"), "--run 1: shows all people"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(desk, words, said):
    desk.rank()
    status, (_, err) = show(desk, *words)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err


def test_a_record_of_the_first_version_is_shown_too(desk):
    desk.rank()
    path = desk.project / "record.jsonl"
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in found:
        for name in ("since", "readings", "reading"):
            line.pop(name, None)
        line["scores"] = [row[:3] for row in line["scores"]] if "scores" in line else None
    path.write_text("".join(json.dumps({k: v for k, v in line.items() if v is not None}) + "\n" for line in found))
    assert len(told(desk, 1)["csr.txt"]) == 3


@pytest.mark.parametrize("event", ["run", "scores"])
def test_a_line_whose_run_or_part_is_missing_is_told_in_one_line(desk, event):
    desk.rank()
    path = desk.project / "record.jsonl"
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [line for line in found if line["event"] != "run"]
    if event == "run":
        kept = [{k: v for k, v in line.items() if k != "settings"} for line in found]
    path.write_text("".join(json.dumps(line) + "\n" for line in kept))
    status, (out, err) = show(desk, "--run", 1)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "record.jsonl: the line with n " in err and "put the file back from a copy" in err


def test_a_record_that_was_moved_away_is_told_and_the_next_run_stands_for_itself(desk, tmp_path):
    desk.rank()
    desk.rank("--weight", "wording=0.5")
    (desk.project / "record.jsonl").rename(tmp_path / "moved")
    _, (out, _) = show(desk)
    assert out == "not in this record, for an earlier file was moved away or lost: runs 1 to 2\n"
    desk.rank("--out", tmp_path / "3.jsonl")
    desk.rank("--weight", "wording=0.5", "--out", tmp_path / "4.jsonl")
    assert desk.crew.read == []
    for number in (3, 4):
        assert told(desk, number) == printed(tmp_path / f"{number}.jsonl")
    assert [line["since"] for line in desk.events("run")] == [0, 3]
    assert show(desk)[1].out.startswith("not in this record, for an earlier file was moved away or lost: runs 1 to 2\n")
    _, (_, err) = show(desk, "--run", 2)
    assert "the record has no such run, for an earlier file was moved away or lost; there are 3 to 4" in err
    _, (out, _) = show(desk, "p0@example.com")
    assert "lost: runs 1 to 2\n" in out and "because of" in out and "no reasons" not in out


def test_a_run_whose_beginning_was_cut_off_has_no_ranking(desk):
    for _ in range(3):
        desk.rank()
    path = desk.project / "record.jsonl"
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if json.loads(line)["n"] > 7]
    assert [json.loads(line)["run"] for line in found if json.loads(line)["event"] == "run"] == [2, 3]
    path.write_text("\n".join(found) + "\n")
    status, (out, _) = show(desk, "--run", 3)
    assert (status, "score" in out) == (0, False)
    assert "its rankings are not known: it goes on from a run whose record was moved away or lost" in out
    _, (out, _) = show(desk)
    assert out.splitlines()[:2] == [
        "not in this record, for an earlier file was moved away or lost: run 1",
        "not known are the rankings that go on from there: runs 2 to 3",
    ]
    assert "rank " not in show(desk, "p0@example.com")[1].out


def test_a_record_that_cannot_be_read_is_not_said_to_be_written(tmp_path, monkeypatch):
    (tmp_path / "record.jsonl").write_text("{}")

    def fail(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", fail)
    with pytest.raises(InputError, match=r"record\.jsonl: cannot be read \(Permission denied\); see whether"):
        list(lines(tmp_path))


def test_waiting_lines_are_written_before_the_record_is_shown(desk):
    desk.rank()
    with open_project(desk.project) as project:
        project.do("INSERT INTO record (line) VALUES (?)", ['{"event":"erased","resumes":1,"decisions":0}'])
    show(desk)
    assert len(desk.events("erased")) == 1
