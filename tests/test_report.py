"""What is written is what was found, and no cell of it can do harm."""

import csv
import json
import math
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cases import explained, fit, profile, ranking, role, run

from matcher.errors import InputError
from matcher.records import Certification, Contact, Contribution, Evidence, Kpi, Lack, Must, MustState, Need
from matcher.report import Outputs, Placed, Ranking, check_outputs
from matcher.report.cells import guarded, plain
from matcher.report.flat import COLUMNS, flat_record
from matcher.report.rows import pair_record, top_reasons
from matcher.report.text import grid, ranking_table, roles_table, weights_changed
from matcher.report.understood import extract_text


def write(path, rankings, info):
    with Outputs([path]) as outputs:
        outputs.start(info)
        for one in rankings:
            outputs.add(one)
        outputs.finish()


# -------------------------------------------------------------------------------------------------------------------- rows


def test_rows_pair_adds_up():
    record = pair_record(Placed(1, fit(profile(), role(), 3.0), 3), {"matcher": "1"})
    assert record["logit"] == pytest.approx(record["base"] + sum(part["points"] for part in record["contributions"]))
    assert record["score"] == pytest.approx(1 / (1 + math.exp(-record["logit"])), abs=1e-6)
    assert record["contributions"][0]["evidence"][1] == {
        "document": "resume",
        "text": "answered 80\n calls a day",
        "start": 10,
        "end": 32,
        "page": 2,
        "dates": None,
    }


def test_rows_pair_has_every_field_of_the_contract():
    record = pair_record(Placed(1, fit(profile(), role(), 3.0), 3), {"matcher": "1"})
    wanted = "job job_title resume candidate rank score band unmet unknown questions logit base contributions warnings sha256"
    assert {*wanted.split(), "as_of", "versions"} <= set(record)
    json.dumps(record)


def test_rows_pair_has_what_stands_behind_the_points():
    record = pair_record(Placed(1, explained(), 1, (0.1, 0.5, 0.9)), {"matcher": "1"})
    assert record["thresholds"] == [0.1, 0.5, 0.9]
    assert record["contributions"][0]["most"] == 2.5
    assert record["contributions"][0]["evidence"][0]["dates"] == "2019-03 to 2021-06"
    assert record["missing"][1] == {
        "label": "Skip tracing",
        "concept": "skip-tracing",
        "need": "required",
        "part": "required skills",
        "points": 0.25,
        "evidence": [{"document": "job", "text": "tracing", "start": 9, "end": 16, "page": 1, "dates": None}],
    }
    either = record["missing"][2]
    assert (either["concept"], either["any_of"]) == (None, ["avaya", "five9"])
    part = record["partial"][0]
    assert (part["by"], part["share"], part["points"], part["short"]) == ("Zendesk", 0.7, 0.35, 0.15)
    assert part["factors"] == [{"reason": "same class", "value": 0.7}]
    assert [must["state"] for must in record["musts"]] == ["not met", "not known", "not known", "met"]
    assert record["flags"] == [{"code": "short-stays", "message": "4 jobs lasted 3 months"}]
    assert len(record["for"]) == 3
    assert record["against"][0] == "unmet must: 12 months in collections: not met"
    json.dumps(record)


def test_rows_reasons_are_the_heaviest_with_a_quotation():
    reasons = top_reasons(fit(profile(), role(), 3.0).contributions)
    assert reasons[0] == "8 of 10 required skills “answered 80 calls a day” (page 2)"
    assert reasons[1] == "against: typing speed: not stated, to be asked"


def test_rows_reason_that_names_the_evidence_is_not_followed_by_it():
    (reason,) = top_reasons(fit(profile(), role(), 3.0, "answered 80 calls a day: the same work").contributions, 1)
    assert reason == "answered 80 calls a day: the same work"


def test_rows_reasons_that_can_be_checked_go_first():
    parts = (Contribution("wording", 4.0, "50% similarity"), *fit(profile(), role(), 3.0).contributions)
    assert [reason.split(":")[0] for reason in top_reasons(parts, quoted=False)] == [
        "8 of 10 required skills",
        "against",
        "50% similarity",
    ]


def test_rows_flat_uses_labels_and_says_nothing_where_nothing_is_known():
    full = flat_record(Placed(1, fit(profile(), role(), 3.0), 3), run())
    assert full["channels"] == ("Voice (30 mo)", "Live chat (4 mo)")
    assert full["languages"] == ("English (fluent)", "Tagalog")
    assert list(full) == [column.name for column in COLUMNS]
    assert (full["flags"], full["job_flags"]) == ((), ("asks for an age",))
    empty = flat_record(Placed(1, fit(profile(languages=(), typing_wpm=None), role(), 3.0), 3), run())
    assert (empty["languages"], empty["typing_wpm"]) == ((), None)


# ------------------------------------------------------------------------------------------------------------------- jsonl


def test_jsonl_holds_every_pair_and_every_error(tmp_path):
    path = tmp_path / "out.jsonl"
    people = [profile(f"{name}.pdf", name) for name in ("Zoë", "Ana", "李")]
    write(path, [ranking(role("a.txt"), people), ranking(role("b.txt"), people)], run(top=1))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(line["job"], line["rank"]) for line in lines[:6]] == [
        (job, rank) for job in ("a.txt", "b.txt") for rank in (1, 2, 3)
    ]
    assert lines[6:] == [
        {"resume": "bad.pdf", "error": {"code": "encrypted", "message": "is password-protected"}},
        {"job": "bad.txt", "error": {"code": "empty", "message": "is empty"}},
    ]


def test_jsonl_survives_text_that_utf8_cannot_carry(tmp_path):
    path = tmp_path / "out.jsonl"
    write(path, [ranking(role(), [profile(name="broken \ud800 name")])], run())
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["candidate"] == "broken ? name"


# --------------------------------------------------------------------------------------------------------------------- csv

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.com")']


@pytest.mark.parametrize("text", EVIL)
def test_cells_formulas_are_defused(text):
    assert guarded(text).startswith("'")


@given(st.text())
def test_cells_guarded_text_never_starts_a_formula(text):
    found = guarded(text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
    found.encode("utf-8")


def test_cells_keep_ordinary_text_and_cut_the_endless():
    assert guarded("AR caller - night shift\nPune") == "AR caller - night shift\nPune"
    assert len(plain("x" * 100_000)) == 32_000


@pytest.mark.parametrize("text", EVIL)
def test_csv_has_a_row_a_pair_and_no_formula(tmp_path, text):
    path = tmp_path / "out.csv"
    write(path, [ranking(role(title=text), [profile(name=text), profile("bob.pdf")])], run())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["resume"] for row in rows] == ["ana.pdf", "bob.pdf", "bad.pdf", ""]
    assert rows[0]["candidate"].startswith("'")
    assert rows[0]["job_title"].startswith("'")
    assert rows[0]["job_sha256"] == role().sha256 != rows[0]["sha256"]
    assert float(rows[0]["logit"]) == 1.55
    assert [row["error"] for row in rows[2:]] == ["encrypted: is password-protected", "empty: is empty"]


def test_csv_says_what_is_missing_shown_in_part_and_unmet(tmp_path):
    path = tmp_path / "out.csv"
    write(path, [Ranking(role(), (Placed(1, explained(), 1),))], run(troubles=()))
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["unmet"] == "12 months in collections: not met (shown: 8 months); weak at best"
    assert row["missing"].splitlines() == [
        "Skip tracing, core of the role, required (+0.85)",
        "line of business: no dated work in telecom (+0.40)",
        "Avaya or Five9, preferred (+0.20)",
    ]
    assert row["partial"].splitlines() == [
        "Freshdesk asked, Zendesk shown: same class, 0.7 (+0.35 of 0.50)",
        "Excel: only in a list, 0.5 (+0.10 of 0.20)",
    ]
    assert row["flags"] == "4 jobs lasted 3 months"
    assert row["reason_1"] == "3 of 5 required skills “closed tickets in Zendesk” (page 2, 2019-03 to 2021-06)"


def test_flat_rows_hold_every_question():
    found = explained(questions=tuple(f"Question {number}?" for number in range(9)))
    assert flat_record(Placed(1, found, 1), run())["questions"] == found.questions


# -------------------------------------------------------------------------------------------------------------------- xlsx


def test_xlsx_has_what_a_recruiter_works_with(tmp_path):
    path = tmp_path / "out.xlsx"
    people = [profile(f"{i}.pdf", f"Person {i}") for i in range(5)]
    write(path, [ranking(role("a.txt"), people), ranking(role("b.txt", "Team leader"), people, band=1)], run(top=2, resumes=5))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Ranked", "Matrix", "Evidence", "Openings", "Settings"], "no must costs anything"
    ranked = book["Ranked"]
    titles = [cell.value for cell in ranked[1]]
    assert ranked.max_row == 1 + 2 * 2
    assert ranked.freeze_panes == "C2"
    assert ranked.auto_filter.ref
    assert [row[titles.index("Rank")].value for row in ranked.iter_rows(min_row=2)] == [1, 2, 1, 2]
    assert {row[titles.index("Decision")].value for row in ranked.iter_rows(min_row=2)} == {None}
    assert "Shortlist" in ranked.data_validations.dataValidation[0].formula1
    assert "best 2 of each job" in ranked["A1"].comment.text


def test_xlsx_matrix_evidence_and_settings(tmp_path):
    path = tmp_path / "out.xlsx"
    people = [profile(f"{i}.pdf", f"Person {i}") for i in range(3)]
    write(path, [ranking(role("a.txt"), people), ranking(role("b.txt", "Team leader"), people[::-1])], run())
    book = openpyxl.load_workbook(path)
    matrix = [[cell.value for cell in row] for row in book["Matrix"].iter_rows()]
    assert matrix[0] == ["Resume file", "Candidate", "Best role", "Voice agent", "Team leader"]
    assert [row[0] for row in matrix[1:]] == ["0.pdf", "1.pdf", "2.pdf"]
    assert matrix[1][2] == "Voice agent"
    assert matrix[3][2] == "Team leader"
    titles, *evidence = [[cell.value for cell in row] for row in book["Evidence"].iter_rows()]
    first, after = titles.index("Resume says"), titles.index("Post says") + 1
    told = Counter(row[titles.index("Speaks")] for row in evidence)
    assert told == {"base": 6, "for": 6, "against": 6, "to ask": 6, "take care": 6, "shown": 6}
    assert evidence[1][first:after] == ["answered 80 calls a day", 2, None, "inbound calls"]
    settings = {row[0].value: row[1].value for row in book["Settings"].iter_rows(min_row=2)}
    assert settings["Version of taxonomy"] == "abc"
    assert settings["resume bad.pdf"] == "encrypted: is password-protected"
    assert settings["notes.xlsx"] == "no kind of file that is read"
    assert settings["Matrix shows"] == "all resumes"


def test_xlsx_points_of_a_pair_add_up_to_its_sum_whatever_is_quoted(tmp_path):
    path = tmp_path / "out.xlsx"
    found = explained()
    write(path, [Ranking(role(), (Placed(1, found, 1),))], run())
    titles, *rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Evidence"].iter_rows()]
    assert sum(row[titles.index("Points")] or 0 for row in rows) == pytest.approx(found.logit)
    told = {row[titles.index("Speaks")] for row in rows}
    assert told == {"base", "for", "against", "not shown", "in part", "must", "to ask", "take care", "shown"}
    (zendesk,) = [row for row in rows if row[titles.index("Speaks")] == "in part" and row[titles.index("Resume says")]]
    assert zendesk[titles.index("Dates")] == "2019-03 to 2021-06"
    assert zendesk[titles.index("Post says")] == "Freshdesk"
    assert zendesk[titles.index("Reason")] == "Freshdesk asked, Zendesk shown: same class, 0.7 (+0.35)"


@pytest.mark.parametrize("text", EVIL)
def test_xlsx_and_csv_what_a_post_asks_for_stays_text(tmp_path, text):
    quote = (Evidence("job", text, 0, 1, 1),)
    lacks = (Lack(text, ("x",), Need.REQUIRED, "required skills", 0.4, quote),)
    found = explained(lacks=lacks, musts=(Must(text, MustState.UNMET, 1, text, 0.0, text, quote),), questions=(text,))
    paths = [tmp_path / "out.xlsx", tmp_path / "out.csv"]
    for path in paths:
        write(path, [Ranking(role(), (Placed(1, found, 1),))], run())
    cells = [cell for sheet in openpyxl.load_workbook(paths[0]) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    with paths[1].open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert all(row[column].startswith("'") for column in ("unmet", "missing", "questions"))


def test_xlsx_matrix_has_a_row_for_each_of_two_copies(tmp_path):
    path = tmp_path / "out.xlsx"
    people = [profile("cv.pdf", "Ana Cruz"), profile("cv.pdf", "Ana Cruz"), profile("b.pdf", "Bo Lim")]
    write(path, [ranking(role("a.txt"), people), ranking(role("b.txt"), people[::-1])], run())
    matrix = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Matrix"].iter_rows(min_row=2)]
    assert [row[0] for row in matrix] == ["b.pdf", "cv.pdf", "cv.pdf"]
    assert all(cell is not None for row in matrix for cell in row)


def test_xlsx_best_role_of_a_resume_that_fits_none_is_none(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [ranking(role("a.txt"), [profile()], band=0), ranking(role("b.txt"), [profile()], band=0)], run())
    assert openpyxl.load_workbook(path)["Matrix"]["C2"].value == "none"


def test_xlsx_resume_without_a_name_goes_by_its_file(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [ranking(role(), [profile(contact=Contact())])], run())
    assert openpyxl.load_workbook(path)["Ranked"]["B2"].value == "(ana.pdf)"


def test_xlsx_can_be_printed(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [ranking(role(), [profile()])], run())
    for sheet in openpyxl.load_workbook(path):
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", None)
        assert sheet.print_title_rows == "$1:$1"


def test_xlsx_rows_are_as_high_as_their_text(tmp_path):
    path = tmp_path / "out.xlsx"
    short, long = (
        profile("a.pdf", kpis=()),
        profile("b.pdf", kpis=tuple(Kpi("csat", "9", None, None, f"kpi {i}") for i in range(5))),
    )
    write(path, [ranking(role(), [short, long, profile("c.pdf", name="x " * 9000)])], run())
    heights = [book.height for row, book in sorted(openpyxl.load_workbook(path)["Ranked"].row_dimensions.items()) if row > 1]
    assert heights == pytest.approx([28, 54, 80], abs=0.5), "as their text, lists off paper up to four lines, others up to six"


@pytest.mark.parametrize("text", [*EVIL, "{=1}", "http://example.com", "x" * 40_000, "a\x00b\x0bc"])
def test_xlsx_text_stays_text(tmp_path, text):
    path = tmp_path / "out.xlsx"
    write(path, [ranking(role(title=text), [profile(name=text)])], run())
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["Ranked"]["B2"].value == plain(text)


def test_xlsx_of_nothing_still_lists_the_errors(tmp_path):
    path = tmp_path / "out.xlsx"
    write(path, [], run(resumes=0))
    settings = {row[0].value for row in openpyxl.load_workbook(path)["Settings"].iter_rows()}
    assert "job bad.txt" in settings


# ----------------------------------------------------------------------------------------------------------------- outputs


def test_outputs_unknown_ending_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"'\.pdf'.*\.jsonl, \.csv, \.xlsx, \.parquet"):
        check_outputs([tmp_path / "a.pdf"])


@pytest.mark.parametrize("name", ["missing/a.csv", "folder.csv"])
def test_outputs_places_that_cannot_be_written(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError):
        check_outputs([tmp_path / name])


def test_outputs_same_file_twice(tmp_path):
    with pytest.raises(InputError, match="twice"):
        check_outputs([tmp_path / "a.csv", tmp_path / "." / "a.csv"])


def test_outputs_failure_leaves_the_old_file_and_no_litter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), Outputs([path]) as outputs:
        outputs.start(run())
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


# -------------------------------------------------------------------------------------------------------------------- text


def test_text_table_says_how_many_are_left_out():
    text = ranking_table(ranking(role(), [profile(f"{i}.pdf") for i in range(12)]), 10, 160)
    assert "(and 2 more; --top shows more" in text
    assert len(text.splitlines()) == 1 + 1 + 10 + 1


def test_text_roles_say_why_or_that_nothing_is_shown():
    found, bare = fit(profile(), role(title="Agent"), 3.0), replace(fit(profile(), role(title="Coder"), 3.0), contributions=())
    _, first, second = roles_table([Placed(1, found, 3), Placed(2, bare, 0)], 160).splitlines()
    assert first.endswith("Agent  8 of 10 required skills")
    assert second.endswith("Coder  nothing that it asks for is shown")


def test_text_reasons_stand_below_their_rows_where_there_is_no_room_beside_them():
    text = ranking_table(ranking(role(), [profile(f"{i}.pdf") for i in range(3)]), 10, 100)
    assert [line.strip() for line in text.splitlines()[3::2]] == ["8 of 10 required skills"] * 3
    assert max(map(len, text.splitlines())) <= 100


def test_text_names_the_weights_that_a_person_changed():
    changed = replace(role(), weights=(("level", 2.0), ("wording", 0.5)))
    assert ranking_table(ranking(changed, [profile()]), 10, 160).splitlines()[1] == "Weights changed: level x 2, wording x 0.5"
    assert weights_changed([role()]) == []
    assert weights_changed([changed, role(title="Coder")]) == [
        "Weights changed: level x 2 (for Voice agent), wording x 0.5 (for Voice agent)"
    ]


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=5), st.integers(60, 200))
def test_text_grid_keeps_to_its_width(rows, width):
    text = grid(("a", "b"), rows, width)
    assert len(text.splitlines()) >= 1
    assert max(len(line) for line in text.split("\n")) <= width


def test_rows_certificates_and_results_say_what_is_to_be_seen():
    held = Certification("CPC", "cpc", "expired", label="Certified Professional Coder", expires="2021-05")
    odd = Kpi("csat", "130", "%", None, "CSAT 130%", doubtful=True)
    record = flat_record(Placed(1, fit(profile(certifications=(held,), kpis=(odd,)), role(), 3.0), 3), run())
    assert record["certifications"] == ("Certified Professional Coder, printed “CPC” (expired, until 2021-05)",)
    assert record["kpis"] == ("CSAT 130% (see whether it can be)",)


def test_text_extract_shows_skills_facts_and_requirements():
    record = {
        "source": "cv.pdf",
        "kind": "resume",
        "skills": [
            {"label": "Inbound calls", "stance": "held", "months": 12, "evidence": [{"text": "took calls", "page": 1}]},
            {"label": "Spanish", "stance": "denied", "evidence": []},
            {"label": "Zendesk", "stance": "held", "proof": "dump", "evidence": [{"text": "Zendesk", "page": 2}]},
            {
                "label": "Chat support",
                "stance": "held",
                "months": 5,
                "last_used": "2020-01",
                "proof": "job",
                "evidence": [{"text": "chats", "page": 1}],
                "results": [
                    {"quote": "60 chats per day", "period": "day", "unit": "day", "scope": "own", "doubtful": False},
                    {"quote": "CSAT of 130%", "period": "3 months", "unit": "%", "scope": "team", "doubtful": True},
                ],
            },
        ],
        "ambiguous": [{"text": "AR", "page": 2, "readings": ["accounts-receivable", "ar-follow-up"]}],
        "facts": {
            "total_years": 2.0,
            "notice": None,
            "languages": ({"name": "English", "level": None},),
            "certifications": (
                {"name": "CPC", "concept": "cpc", "status": "expired", "label": "Certified Coder", "expires": "2021-05"},
                {"name": "Safety Badge", "concept": None, "status": "held", "label": None, "expires": None},
            ),
            "jobs": (
                {"title": "Agent", "start": "2019-03", "end": "2020-01", "open": False, "months": 11, "channels": ("voice",)},
                {"title": "Team leader", "start": "2020-02", "end": "2020-02", "open": True, "months": 1, "family": "team-lead"},
                {"title": "Encoder", "start": None, "end": None, "open": False, "months": None},
            ),
            "months_by": {"family": {"bpo": 3}},
        },
        "requirements": {
            "all": [
                {"kind": "skill", "concept": "excel", "need": "required"},
                {"any": [{"value": "a"}, {"all": [{"value": "b"}, {"value": "c"}]}]},
            ]
        },
        "warnings": [{"code": "hidden-text", "message": "hidden text on page 1"}],
    }
    text = extract_text(record, width=400)
    for wanted in (
        "Skills, held\n  - Inbound calls, 12 months: “took calls” (page 1)",
        "Skills, denied\n  - Spanish",
        "AR (page 2): accounts-receivable or ar-follow-up",
        "  - Zendesk, only in a run of keywords: “Zendesk” (page 2)",
        "  - Chat support, 5 months to 2020-01: “chats” (page 1); results: 60 chats per day; ",
        "certifications: Certified Coder, printed “CPC” (expired, until 2021-05)\n",
        "certifications: Safety Badge (held)\n",
        "team result; see whether it can be)",
        "total years: 2.0",
        "languages: English\n",
        "months by family: bpo 3",
        "required: excel\n",
        "jobs: Agent, 2019-03 to 2020-01, 11 months (voice)\n",
        "jobs: Team leader, since 2020-02 (counted to 2020-02), 1 month (team lead)\n",
        "jobs: Encoder, no dates\n",
        "any of: a; b and c",
        "hidden text on page 1",
    ):
        assert wanted in text
    assert "notice" not in text
