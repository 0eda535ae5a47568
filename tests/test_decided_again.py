"""Tomorrow's workbook has what was decided yesterday, and what nobody changed in it is no new decision."""

import csv
import json

import openpyxl
import pytest
from project_runs import JOB, desk_fixture, resume  # noqa: F401 - a fixture

from matcher.cli import main
from matcher.project import open_project
from matcher.project.decisions import Decided, outcomes, record_decisions
from matcher.project.record import DECISION as DECIDED
from matcher.report.workbook.ranked import DECISION, DECISION_BEFORE, NOTE, NOTE_BEFORE, RESUME, TITLES

AT = {title: place for place, title in enumerate(TITLES, 1)}


@pytest.fixture(name="path")
def path_fixture(tmp_path):
    return tmp_path / "shortlist.xlsx"


def said(path):
    """Decision and note by resume, those of them that have any."""
    sheet = openpyxl.load_workbook(path)["Ranked"]
    found = {}
    for row in sheet.iter_rows(min_row=2, values_only=True):
        cells = tuple(row[AT[title] - 1] for title in (DECISION, NOTE, DECISION_BEFORE, NOTE_BEFORE))
        if any(cells):
            assert cells[:2] == cells[2:], "nobody has changed it yet"
            found[row[AT[RESUME] - 1]] = cells[:2]
    return found


def write(path, **words):
    """Fill in decisions (and a note after a bar) by the beginning of the resume's name; None empties both."""
    book = openpyxl.load_workbook(path)
    sheet = book["Ranked"]
    for row in range(2, sheet.max_row + 1):
        name = sheet.cell(row, AT[RESUME]).value.partition(".")[0]
        if name in words:
            decision, _, note = (words[name] or "").partition("|")
            sheet.cell(row, AT[DECISION]).value = decision or None
            sheet.cell(row, AT[NOTE]).value = note or None
    book.save(path)


def taken(desk, path, capsys):
    main(["decisions", str(path), "--project", str(desk.project)])
    return capsys.readouterr().err


def test_tomorrows_workbook_shows_what_was_decided_and_notes(desk, path, capsys):
    desk.rank("--out", path)
    assert said(path) == {}
    write(path, odalys="Shortlist|call before noon", mirela="Hold")
    assert "2 new, 0 known before" in taken(desk, path, capsys)
    desk.rank("--out", path)
    assert said(path) == {"odalys.txt": ("Shortlist", "call before noon"), "mirela.txt": ("Hold", None)}
    assert "0 new, 2 known before" in taken(desk, path, capsys)
    assert len(desk.events("decision")) == 2
    desk.rank("--out", path)
    assert said(path)["mirela.txt"] == ("Hold", None)


def test_what_another_workbook_decided_since_is_not_undone_by_an_unchanged_row(desk, path, tmp_path, capsys):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold")])
    other = tmp_path / "other.xlsx"
    desk.rank("--out", path, "--out", other)
    write(other, odalys="Shortlist")
    write(path, mirela="Hold")
    assert "1 new, 0 known before" in taken(desk, other, capsys)
    assert "1 new, 1 known before" in taken(desk, path, capsys)
    desk.rank("--out", other)
    assert said(other) == {"odalys.txt": ("Shortlist", None), "mirela.txt": ("Hold", None)}


def test_the_newer_resume_of_a_person_has_the_decision_and_it_is_not_new(desk, path, capsys):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold")])
    newer = resume("Odalys Brennecke", "p0@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")
    (desk.resumes / "newer.txt").write_text(newer)
    desk.rank("--out", path)
    assert said(path) == {"newer.txt": ("Hold", None)}
    assert "0 new, 1 known before" in taken(desk, path, capsys)


def test_a_decision_is_of_one_post_and_another_post_has_a_flag(desk, path, tmp_path):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold")])
    (desk.jobs / "csr.txt").rename(desk.jobs / "second.txt")
    desk.rank("--out", path, "--out", tmp_path / "o.jsonl")
    assert said(path) == {}
    assert "decided before: Hold for" in (tmp_path / "o.jsonl").read_text()
    (desk.jobs / "second.txt").unlink()
    (desk.jobs / "csr.txt").write_text(JOB.replace("Customer Service Representative", "Data Entry Clerk"))
    desk.rank("--out", path)
    assert said(path) == {}, "another post under the old file's name"


def test_a_decision_that_is_emptied_is_taken_back(desk, path, capsys):
    desk.rank("--out", path)
    write(path, odalys="Hold|busy", mirela="Shortlist")
    taken(desk, path, capsys)
    desk.rank("--out", path)
    write(path, odalys=None)
    err = taken(desk, path, capsys)
    assert "1 decision (1 Shortlist), 1 of them as written before; 2 rows without one" in err
    assert "0 new, 1 taken back, 1 known before" in err
    desk.rank("--out", path, "--out", path.with_suffix(".jsonl"))
    assert "Hold for" not in path.with_suffix(".jsonl").read_text()
    assert said(path) == {"mirela.txt": ("Shortlist", None)}
    assert sorted(event["decision"] for event in desk.events("decision")) == ["", "Hold", "Shortlist"]


def test_a_note_without_a_decision_is_kept(desk, path, capsys):
    desk.rank("--out", path)
    write(path, odalys="|no answer, try again")
    assert "1 new, 0 known before" in taken(desk, path, capsys)
    desk.rank("--out", path, "--out", path.with_suffix(".csv"))
    assert said(path) == {"odalys.txt": (None, "no answer, try again")}
    rows = list(csv.DictReader(path.with_suffix(".csv").open(encoding="utf-8-sig")))
    assert {row["resume"]: (row["decision"], row["note"]) for row in rows}["odalys.txt"] == ("", "no answer, try again")


def test_a_blind_workbook_has_decisions_and_no_notes(desk, path, capsys):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold", note="Odalys asked for nights")])
    desk.rank("--out", path, "--blind")
    assert list(said(path).values()) == [("Hold", None)]
    assert "0 new, 1 known before" in taken(desk, path, capsys)
    assert [json.loads(line)["note"] for line in (desk.project / "record.jsonl").open() if '"decision"' in line] == [
        "Odalys asked for nights"
    ]
    book = openpyxl.load_workbook(path)
    number = next(row[AT[RESUME] - 1] for row in book["Ranked"].iter_rows(min_row=2, values_only=True) if row[AT[DECISION] - 1])
    write(path, **{number: "Shortlist"})
    assert "1 new, 0 known before" in taken(desk, path, capsys)
    assert {event["resume"] for event in desk.events("decision")} == {"odalys.txt"}, (
        "by its name, though the workbook has a number"
    )
    desk.rank("--out", path)
    assert said(path)["odalys.txt"] == ("Shortlist", "Odalys asked for nights"), "a note that was not shown is not taken back"


def test_an_old_workbook_that_is_taken_in_again_undoes_nothing(desk, path, tmp_path, capsys):
    desk.rank("--out", path)
    write(path, odalys="Not for this role")
    old = tmp_path / "old.xlsx"
    old.write_bytes(path.read_bytes())
    taken(desk, path, capsys)
    desk.rank("--out", path)
    write(path, odalys="Hold")
    assert "1 new, 0 known before" in taken(desk, path, capsys)
    assert "0 new, 1 known before" in taken(desk, old, capsys)
    desk.rank("--out", path)
    assert said(path) == {"odalys.txt": ("Hold", None)}
    write(path, odalys="Not for this role")
    assert "1 new, 0 known before" in taken(desk, path, capsys), "who knows of the later decision may go back to an earlier one"


def test_a_blind_result_tells_an_earlier_decision_without_the_name_of_a_file(desk, path):
    desk.rank()
    record_decisions(desk.project, [Decided("odalys.txt", "csr.txt", "Hold"), Decided("mirela.txt", "csr.txt", "Shortlist")])
    newer = resume("Odalys Brennecke", "p0@example.com", more="Team Leader, Larkfield Telecom, 07/2023 to 05/2025")
    (desk.resumes / "newer.txt").write_text(newer)
    outs = [path, *(path.with_suffix(ending) for ending in (".csv", ".jsonl", ".html"))]
    desk.rank("--blind", *(word for out in outs for word in ("--out", out)))
    rows = [row for sheet in openpyxl.load_workbook(path).worksheets for row in sheet.iter_rows(values_only=True)]
    told = "".join([str(rows), *(out.read_text("utf-8") for out in outs[1:])])
    assert "decided before: Shortlist for Customer Service Representative (csr.txt), 20" in told
    assert "decided before, when applying earlier: Hold for" in told
    assert [name for name in ("odalys", "mirela", "newer", "thaddeus") if name in told.casefold()] == []


@pytest.fixture(name="posts")
def posts_fixture(desk):
    """Puts one of two posts into the same file, and ranks."""
    texts = {"csr": JOB, "clerk": JOB.replace("Customer Service Representative", "Data Entry Clerk")}

    def put(name, *more):
        (desk.jobs / "csr.txt").write_text(texts[name])
        return desk.rank(*more)

    return put


def test_a_decision_belongs_to_the_post_of_its_workbook_whatever_came_under_the_name_since(desk, posts, path, capsys):
    posts("csr", "--out", path)
    posts("clerk")
    write(path, odalys="Hold")
    assert "1 new, 0 known before" in taken(desk, path, capsys)
    (event,) = desk.events("decision")
    assert event["title"] == "Customer Service Representative"
    assert event["opening"] == desk.events("run")[0]["jobs"][0][2], "the score is that of its post"
    posts("clerk", "--out", path)
    assert said(path) == {}
    posts("csr", "--out", path)
    assert said(path) == {"odalys.txt": ("Hold", None)}


def test_posts_of_the_same_file_name_keep_their_own_decisions(desk, posts, path, capsys):
    for post, decision in (("csr", "Hold"), ("clerk", "Shortlist")):
        posts(post, "--out", path)
        write(path, odalys=decision)
        assert "1 new, 0 known before" in taken(desk, path, capsys)
    for post, decision in (("csr", "Hold"), ("clerk", "Shortlist")):
        posts(post, "--out", path, "--out", path.with_suffix(".jsonl"))
        assert said(path) == {"odalys.txt": (decision, None)}
        assert "0 new, 1 known before" in taken(desk, path, capsys)
        told = path.with_suffix(".jsonl").read_text()
        assert "Hold for Customer Service Representative (csr.txt)" in told
        assert "Shortlist for Data Entry Clerk (csr.txt)" in told
    write(path, odalys=None)
    assert "1 taken back" in taken(desk, path, capsys)
    posts("clerk", "--out", path)
    assert said(path) == {}
    posts("csr", "--out", path)
    assert said(path) == {"odalys.txt": ("Hold", None)}


TITLES_SAID = [
    (("", "csr"), ("csr",)),
    (("csr", ""), ("",)),
    (("csr", " CSR"), (" CSR",)),
    (("csr", "clerk"), ("clerk", "csr")),
    (("csr", "clerk", "csr"), ("csr", "clerk")),
    (("csr", "", "clerk"), ("clerk",)),
]


@pytest.mark.parametrize(("titles", "standing"), TITLES_SAID)
def test_what_is_said_later_of_the_same_post_takes_the_place_of_what_was_said_before(tmp_path, titles, standing):
    with open_project(tmp_path / "desk") as project:
        for number, title in enumerate(titles):
            values = ["aa", "a.txt", "x.txt", title, f"Hold {number}", "", "2026-01-01"]
            project.do(f"INSERT INTO decisions ({', '.join(DECIDED)}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        told = [notice.message for notice in outcomes(project, ["aa"])["aa"]]
    last = {title: number for number, title in enumerate(titles)}
    assert [one.split(" for ")[0] for one in told] == [f"decided before: Hold {last[title]}" for title in standing]
