"""`matcher decisions`: a shortlist as people give it back, sorted and edited, and what is said of what is none."""

import csv
import io
import zipfile

import openpyxl
import pytest
from report_cases import profile, ranking, role, run

from matcher.cli import main
from matcher.cli.decisions import COLUMNS
from matcher.report import Outputs
from matcher.report.workbook.ranked import CHECK, DECISION, JOB, JOB_ID, NOTE, RESUME, RESUME_ID, SCORE, TITLES
from matcher.taxonomy import load
from matcher.training.decisions import DecisionReader

PEOPLE = ("ana.pdf", "bob.pdf", "south/cyd.pdf")
WORDS = ("Shortlist", "", "Not for this role", "hold", "No show", "Shortlist")
AT = {title: place for place, title in enumerate(TITLES, 1)}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A shortlist of two jobs and three people, as `rank` writes it."""
    path = tmp_path_factory.mktemp("fresh") / "shortlist.xlsx"
    with Outputs([path]) as outputs:
        outputs.start(run())
        for job in ("agent.txt", "posts.jsonl#chat"):
            outputs.add(ranking(role(job), [profile(name) for name in PEOPLE]))
        outputs.finish()
    return path.read_bytes()


@pytest.fixture
def filled(fresh, tmp_path):
    """Its path, and the book with decisions on its sheet, to be changed and saved."""
    book = openpyxl.load_workbook(io.BytesIO(fresh))
    sheet = book["Ranked"]
    for row, word in enumerate(WORDS, 2):
        sheet.cell(row, AT[DECISION], word or None)
    sheet.cell(2, AT[NOTE], "-called her, likes nights")
    return tmp_path / "back.xlsx", book, sheet


def decided(capsys, *arguments):
    status = main(["decisions", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, list(csv.DictReader(io.StringIO(out))), err


def pairs(rows):
    return {(row["resume"], row["job"]): row["decision"] for row in rows}


WANTED = {
    ("ana.pdf", "agent.txt"): "Shortlist",
    ("south/cyd.pdf", "agent.txt"): "Not for this role",
    ("ana.pdf", "posts.jsonl#chat"): "Hold",
    ("bob.pdf", "posts.jsonl#chat"): "No show",
    ("south/cyd.pdf", "posts.jsonl#chat"): "Shortlist",
}


def test_decisions_are_read_with_ids_notes_and_counts(filled, capsys):
    path, book, _ = filled
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert (status, pairs(rows)) == (0, WANTED)
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["resume_sha256"], rows[0]["job_sha256"], rows[0]["rank"]) == ("sha-ana.pdf", "sha-agent.txt", "1")
    assert rows[0]["note"] == "'-called her, likes nights"
    assert "5 decisions (2 Shortlist, 1 Not for this role, 1 Hold, 1 No show); 1 rows without one" in err


def test_decisions_are_what_train_takes(filled, tmp_path, capsys):
    path, book, _ = filled
    book.save(path)
    out = tmp_path / "decisions.csv"
    assert decided(capsys, path, "--out", out)[0] == 0
    reader = DecisionReader(load().rules["decisions"], PEOPLE, {"agent.txt": "", "posts.jsonl#chat": ""})
    found = reader.read(out.read_bytes())
    assert {(one.resume, one.job): one.grade for one in found.made} == {
        ("ana.pdf", "agent.txt"): 3,
        ("south/cyd.pdf", "agent.txt"): 0,
        ("ana.pdf", "posts.jsonl#chat"): 2,
        ("south/cyd.pdf", "posts.jsonl#chat"): 3,
    }
    assert (found.wrong, found.silent) == ((), 1)


def sort_rows(sheet):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)][::-1]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def add_lines_above(sheet):
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Openings of this week"


def move_columns(sheet):
    sheet.insert_cols(1, 2)
    sheet["A1"] = "Called on"


@pytest.mark.parametrize(
    "edit",
    [
        sort_rows,
        add_lines_above,
        move_columns,
        lambda sheet: sheet.delete_rows(3),
        lambda sheet: setattr(sheet, "title", "Week 12"),
        lambda sheet: sheet.cell(2, AT["Candidate"], "Ana (spoke to her)"),
        lambda sheet: sheet.delete_cols(AT["For: 1"], 3),
    ],
    ids=["rows sorted", "lines above", "columns added", "row removed", "sheet renamed", "name changed", "columns removed"],
)
def test_decisions_survive_what_people_do_to_a_sheet(filled, capsys, edit):
    path, book, sheet = filled
    edit(sheet)
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert (status, pairs(rows)) == (0, WANTED), err


def test_decisions_of_columns_sorted_on_their_own_are_refused_row_by_row(filled, capsys):
    path, book, sheet = filled
    names = [sheet.cell(row, AT[RESUME]).value for row in range(2, 8)]
    for row, name in enumerate(sorted(names), 2):
        sheet.cell(row, AT[RESUME], name)
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert status == 1
    assert pairs(rows).items() < WANTED.items()
    assert "row 4: its rank, score, files and ids do not belong together: some columns were sorted or changed" in err


@pytest.mark.parametrize(
    ("title", "value"), [(SCORE, 0.99), (RESUME, "zoe.pdf"), (JOB, "b.txt"), (CHECK, None), (RESUME_ID, "x")]
)
def test_decisions_of_a_row_with_a_cell_of_another_are_refused(filled, capsys, title, value):
    path, book, sheet = filled
    sheet.cell(2, AT[title]).value = value
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert (status, len(rows)) == (1, 4)
    assert "row 2: its rank, score, files and ids do not belong together" in err


def test_decisions_that_are_no_known_word_are_named_with_the_nearest(filled, capsys):
    path, book, sheet = filled
    sheet.cell(3, AT[DECISION], "Shortlsit")
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert (status, pairs(rows)) == (1, WANTED)
    assert "row 3: decision 'Shortlsit' is not known; " in err
    assert "shortlist" in err


def test_decisions_of_a_row_without_its_file_say_what_to_copy(filled, capsys):
    path, book, sheet = filled
    sheet.cell(2, AT[JOB]).value = None
    book.save(path)
    status, _, err = decided(capsys, path)
    assert (status, "row 2: has a decision, but no Job file: copy it back" in err) == (1, True)


def test_decisions_on_one_pair_that_differ_are_left_out_and_told(filled, capsys):
    path, book, sheet = filled
    for column in range(1, len(TITLES) + 1):
        sheet.cell(9, column).value = sheet.cell(2, column).value
        sheet.cell(10, column).value = sheet.cell(4, column).value
    sheet.cell(9, AT[DECISION], "Hold")
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert status == 1
    assert pairs(rows) == {pair: word for pair, word in WANTED.items() if pair != ("ana.pdf", "agent.txt")}
    assert "row 9: ana.pdf for agent.txt is decided otherwise than in row 2: keep one of them" in err


def test_decisions_without_the_hidden_columns_go_by_the_files_and_say_so(filled, capsys):
    path, book, sheet = filled
    sheet.delete_cols(AT[RESUME_ID], 3)
    book.save(path)
    status, rows, err = decided(capsys, path)
    assert (status, pairs(rows)) == (0, WANTED)
    assert {row["resume_sha256"] for row in rows} == {""}
    assert f"warning: {path}: the columns {RESUME_ID}, {JOB_ID}, {CHECK} are gone" in err


def test_decisions_not_yet_made_say_what_to_do(fresh, tmp_path, capsys):
    path = tmp_path / "fresh.xlsx"
    path.write_bytes(fresh)
    status, rows, err = decided(capsys, path)
    assert (status, rows) == (2, [])
    assert "has no decisions in its 6 rows; fill in the column Decision and save it" in err


def other_workbook():
    book = openpyxl.Workbook()
    book.active.append(["Name", "Decision"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        info = zipfile.ZipInfo("xl/workbook.xml")
        packed.writestr(info, b"x")
    data = bytearray(file.getvalue())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (0xF0000000).to_bytes(4, "little")  # the size that it claims to unpack to
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "cannot be read as an .xlsx workbook; save it as .xlsx"),
        (b"resume,job,decision\n", "a .csv goes to matcher train"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is protected by a password or an old .xls; save it as .xlsx without a password"),
        (b"PK\x03\x04 broken", "cannot be read as an .xlsx workbook"),
        (other_workbook(), "has no sheet with the columns Decision, Resume file, Job file; give the workbook that"),
        (bomb(), "unpacks to 4026531840 bytes; no shortlist is so large"),
    ],
    ids=["empty", "csv", "protected", "broken", "another", "bomb"],
)
def test_decisions_of_what_is_no_shortlist_are_refused_with_the_remedy(tmp_path, capsys, data, told):
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    status, rows, err = decided(capsys, path)
    assert (status, rows, err.count("\n")) == (2, [], 1)
    assert told in err


@pytest.mark.parametrize(
    ("out", "told"),
    [("d.txt", "written as .csv"), ("nowhere/d.csv", "does not exist"), ("back.csv", "is the workbook itself")],
)
def test_decisions_are_not_written_where_they_should_not(filled, capsys, out, told):
    path, book, _ = filled
    path = path.with_name("back.csv") if out == "back.csv" else path
    book.save(path)
    status, _, err = decided(capsys, path, "--out", path.parent / out)
    assert (status, told in err) == (2, True)


def test_decisions_of_a_workbook_that_is_not_there(tmp_path, capsys):
    status, _, err = decided(capsys, tmp_path / "none.xlsx")
    assert (status, "none.xlsx: cannot be opened" in err) == (2, True)


# ------------------------------------------------------------------------------------------------------------- projects


def test_decisions_on_resumes_that_a_project_does_not_know_are_told(filled, tmp_path, capsys):
    from matcher.project import open_project

    path, book, _ = filled
    book.save(path)
    with open_project(tmp_path / "kept"):
        pass
    status, rows, err = decided(capsys, path, "--project", tmp_path / "kept")
    assert (status, rows) == (1, [])
    assert f"not in the project {tmp_path / 'kept'}: ana.pdf, south/cyd.pdf, bob.pdf; was the shortlist made" in err
    assert "0 new, 0 known before" in err


def test_decisions_for_a_folder_that_is_no_project_are_refused(filled, tmp_path, capsys):
    path, book, _ = filled
    book.save(path)
    status, _, err = decided(capsys, path, "--project", tmp_path / "nowhere")
    assert (status, "nowhere" in err) == (2, True)


@pytest.mark.slow
def test_decisions_come_into_the_project_that_made_the_shortlist(tmp_path, capsys):
    for name in ("ana", "bob"):
        (tmp_path / f"{name}.txt").write_text(
            f"{name} example\nExperience\nCustomer Service Representative\nJanuary 2020 to March 2022\nAnswered calls.\n"
        )
    (tmp_path / "job.txt").write_text("Customer Service Representative\nRequirements\n- Answer inbound calls\n")
    path, kept = tmp_path / "shortlist.xlsx", tmp_path / "kept"
    given = ["rank", tmp_path / "ana.txt", tmp_path / "bob.txt", "--jobs", tmp_path / "job.txt", "--as-of", "2026-01-31", "-q"]
    assert main([*map(str, given), "--out", str(path), "--project", str(kept)]) == 0
    book = openpyxl.load_workbook(path)
    for row, word in ((2, "Shortlist"), (3, "Hold")):
        book["Ranked"].cell(row, AT[DECISION], word)
    book.save(path)
    assert "2 new, 0 known before" in decided(capsys, path, "--project", kept)[2]
    assert "0 new, 2 known before" in decided(capsys, path, "--project", kept)[2]
