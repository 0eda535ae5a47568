"""The shortlist workbook: what its sheets say, what is hidden in them, and which links they may hold."""

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyarrow.csv
import pyarrow.parquet
import pytest
from report_cases import explained, fit, profile, ranking, role, run

from matcher.errors import InputError
from matcher.records import Certification, Claim, Contact, DatedJob, Evidence, Kpi, Language, MustCost, Notice, Opening, Stance
from matcher.report import Outputs, Placed, Ranking
from matcher.report.flat import COLUMNS, Type, flat_record
from matcher.report.workbook.book import fitted
from matcher.report.workbook.links import link_target
from matcher.report.workbook.ranked import CHECK, DECISION, DECISION_BEFORE, JOB_ID, NOTE_BEFORE, RESUME_ID, TITLES


def written(path, rankings, info):
    with Outputs([path]) as outputs:
        outputs.start(info)
        for one in rankings:
            outputs.add(one)
        outputs.finish()
    return path


def rows_of(sheet):
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rows]


def one(tmp_path, found, info=None):
    path = written(tmp_path / "out.xlsx", [Ranking(role(), (Placed(1, found, 1, (0.1, 0.4, 0.9)),))], info or run())
    return openpyxl.load_workbook(path)


# ------------------------------------------------------------------------------------------------------------------ ranked


def test_ranked_row_says_who_why_what_is_open_and_where_it_stands(tmp_path):
    contact = Contact("Ana Example", ("ana@example.com", "a@example.com"), ("+63 917 000 0000",), "Cebu")
    jobs = (
        DatedJob("Agent", "2019-01", "2020-02", False, 14, None, None),
        DatedJob("Lead", "2020-03", None, True, 9, None, None),
    )
    who = profile(contact=contact, jobs=jobs, last_title="Lead", months_by_family={"voice": 23})
    (row,) = rows_of(one(tmp_path, replace(explained(), profile=who))["Ranked"])
    assert (row["E-mail"], row["Phone"], row["City"]) == ("ana@example.com\na@example.com", "+63 917 000 0000", "Cebu")
    assert (row["Score"], row["Band"]) == (0.2479, "1 weak")
    assert row["For: 1"].startswith("3 of 5 required skills “closed tickets in Zendesk” (page 2")
    assert row["For: 2"] == "28 months in chat"
    assert row["In short"].endswith("not met: 12 months in collections (shows 8 months)")
    assert row["Speaks against (points, lost or not won)"].splitlines()[:2] == [
        "unmet must: 12 months in collections: not met (-0.78)",
        "Skip tracing, core of the role, required (+0.85)",
    ]
    assert row["Musts not met"].startswith("12 months in collections: not met (shown: 8 months)")
    assert row["Not known"] == "shift: night"
    assert row["Questions to ask"] == "Can you work nights?\nWhich dialers have you used?"
    assert (row["Last role"], row["When"], row["Months by kind of work"]) == ("Lead", "since 2020-03", "Voice (23 mo)")
    assert (row["Words a minute"], row["KPIs"], row["Months of customer contact"]) == (45, "kept CSAT at 92%", 30)
    assert (row["Resume file"], row["Job file"], row[RESUME_ID], row[JOB_ID]) == (
        "ana.pdf",
        "agent.txt",
        "sha-ana.pdf",
        "sha-agent.txt",
    )


def test_ranked_what_is_too_long_for_a_row_is_cut_and_stands_in_evidence(tmp_path):
    questions = tuple(f"Question number {number}?" for number in range(9))
    book = one(tmp_path, replace(explained(), questions=questions))
    shown = rows_of(book["Ranked"])[0]["Questions to ask"].splitlines()
    assert shown == [*questions[:4], "(and 5 more: Evidence)"]
    assert [row["Reason"] for row in rows_of(book["Evidence"]) if row["Speaks"] == "to ask"] == list(questions)


def test_ranked_says_of_each_list_where_the_rest_of_it_stands(tmp_path):
    many = tuple(f"item {number}" for number in range(9))
    held = tuple(Certification(f"certificate {number}", status="held") for number in range(9))
    results = tuple(Kpi("csat", "9", None, None, item) for item in many)
    flags = tuple(Notice("short-stays", item) for item in many)
    found = replace(explained(), profile=profile(certifications=held, kpis=results), flags=flags, unknown=many)
    book = one(tmp_path, found)
    row, evidence = rows_of(book["Ranked"])[0], rows_of(book["Evidence"])
    for title, rest in (
        ("KPIs", "Evidence"),
        ("Flags of the resume", "Evidence"),
        ("Certificates", ".csv"),
        ("Not known", ".csv"),
    ):
        assert row[title].splitlines()[-1] == f"(and 6 more: {rest})"
    assert set(many) <= {line["Resume says"] for line in evidence} & {line["Reason"] for line in evidence}


def test_ranked_measured_results_stand_in_evidence_with_their_page(tmp_path):
    result = Kpi("csat", "130", "%", None, "CSAT 130%", doubtful=True, start=120, page=2)
    book = one(tmp_path, fit(profile(kpis=(result,)), role(), 3.0))
    (row,) = [row for row in rows_of(book["Evidence"]) if row["Speaks"] == "shown"]
    assert (row["Resume says"], row["Page"], row["Reason"]) == ("CSAT 130%", 2, "measured result, see whether it can be")


def test_ranked_ids_are_hidden_and_decisions_are_offered(tmp_path):
    sheet = one(tmp_path, explained())["Ranked"]
    letters = {title: openpyxl.utils.get_column_letter(TITLES.index(title) + 1) for title in TITLES}
    last = sheet.column_dimensions[letters[RESUME_ID]]  # neighbours of the same kind are stored as one
    assert TITLES[last.min - 1 : last.max] == (RESUME_ID, JOB_ID, CHECK, DECISION_BEFORE, NOTE_BEFORE)
    assert last.hidden
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.errorStyle) == (f"{letters[DECISION]}2", "warning")


@pytest.mark.parametrize(
    ("items", "most", "shown"),
    [
        ((), 3, None),
        (("a", "b"), 3, "a\nb"),
        (("a", "b", "c", "d"), 3, "a\nb\nc\n(and 1 more: Evidence)"),
        (("x" * 50, "y" * 50, "z"), 3, f"{'x' * 50}\n(and 2 more: Evidence)"),
        (("x" * 500,), 3, f"{'x' * 59}…"),
        (("some words " * 9, "y"), 3, "some words some words some words some words some…\n(and 1 more: Evidence)"),
    ],
)
def test_fitted_shows_what_a_row_has_room_for(items, most, shown):
    assert fitted(items, 10, most) == shown


def test_flat_languages_have_the_page_where_they_are_claimed():
    claim = Claim("voice", Stance.HELD, 1.0, (Evidence("resume", "voice", 0, 5, 3),))
    found = replace(fit(profile(languages=(Language("Voice", "fluent"),)), role(), 3.0).profile, claims=(claim,))
    record = flat_record(Placed(1, replace(fit(profile(), role(), 3.0), profile=found), 3), run())
    assert record["languages"] == ("Voice (fluent, page 3)",)


# ------------------------------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("cv.pdf", "cv.pdf"),
        ("resumes/Ana Cruz (2).docx", "resumes/Ana Cruz (2).docx"),
        ("../other/señora.pdf", "../other/señora.pdf"),
        ("page.html", None),
        ("mail.eml", None),
        ("tool.exe", None),
        ("cv.pdf.lnk", None),
        ("https:/example.com/cv.pdf", None),
        ("a#b.pdf", None),
        ("a%2e.pdf", None),
        ("=1+1.pdf", None),
        ("-cv.pdf", None),
        ("cv\u202efdp.pdf", None),
        ("cv\x1b[31m.pdf", None),
        ("a\\b.pdf", None),
        ("$(x).pdf", None),
        (f"{'x' * 300}.pdf", None),
    ],
)
def test_links_only_to_documents_with_plain_names(tmp_path, path, target):
    assert link_target(tmp_path / "base" / path, tmp_path / "base") == target


def test_links_nothing_without_a_file(tmp_path):
    assert link_target(None, tmp_path) is None


def test_ranked_opens_the_resume_beside_the_workbook(tmp_path):
    book = one(tmp_path, explained(), run(files={"ana.pdf": tmp_path / "resumes" / "ana.pdf", "bob.pdf": Path("x.pdf")}))
    cells = [cell for row in book["Ranked"].iter_rows() for cell in row if cell.hyperlink]
    assert [(cell.value, cell.hyperlink.target) for cell in cells] == [("open", "resumes\\ana.pdf")], "as the format writes paths"


# ----------------------------------------------------------------------------------------------------------- other sheets


def test_matrix_has_three_colours_the_middle_at_possible(tmp_path):
    sheet = one(tmp_path, explained())["Matrix"]
    ((area, rules),) = [(str(found.sqref), found.rules) for found in sheet.conditional_formatting]
    scale = rules[0].colorScale
    assert (area, len(scale.color), [point.val for point in scale.cfvo]) == ("D2", 3, [0, 0.4, 1])


def test_matrix_leaves_blank_what_was_not_ranked(tmp_path):
    ana, bo, cy = (profile(f"{name}.pdf", name) for name in ("ana", "bo", "cy"))
    rankings = [ranking(role("a.txt"), [ana, bo]), ranking(role("b.txt"), [bo, cy])]
    rows = rows_of(openpyxl.load_workbook(written(tmp_path / "o.xlsx", rankings, run()))["Matrix"])
    seen = [[row[f"Voice agent ({job}.txt)"] is not None for job in "ab"] for row in rows]
    assert seen == [[True, False], [True, True], [False, True]]


def test_openings_say_in_a_line_how_many_fit_and_which_must_costs_most(tmp_path):
    people = [profile(f"{name}.pdf") for name in "abcd"]
    found = ranking(role(), people)
    placed = tuple(replace(one, band=band) for one, band in zip(found.placed, (3, 2, 2, 0), strict=True))
    musts = (MustCost("a licence", 2, 0, 0, 0), MustCost("12 months", 1, 1, 1, 0))
    path = written(tmp_path / "o.xlsx", [Ranking(role(), placed, musts), Ranking(role("b.txt"), placed)], run(top=1))
    first, second = rows_of(openpyxl.load_workbook(path)["Openings"])
    assert first["In a line"] == (
        "1 strong, 2 possible, of 4; dearest must: 12 months: keeps 1 candidate in a lower band "
        "(1 of them without a word on it); without it 1 more possible"
    )
    assert second["In a line"] == "1 strong, 2 possible, of 4; no must keeps anyone in a lower band"
    assert [first[name] for name in ("Strong", "Possible", "Weak", "No", "Of")] == [1, 2, 0, 1, 4]
    assert first["Flags of the job"] == "asks for an age"


def test_settings_have_weights_bands_and_what_is_never_scored(tmp_path):
    info = run(weights={"base": -4.8, "wording": 4.0})
    rows = {row["Setting"]: row["Value"] for row in rows_of(one(tmp_path, explained(), info)["Settings"])}
    assert (rows["base"], rows["wording"]) == (-4.8, 4)
    assert rows["Bands"] == "0 no; 1 weak (from 0.10); 2 possible (from 0.40); 3 strong (from 0.90)"
    assert "religion" in rows["Never scored"]
    assert rows["Ranked and Evidence show"].startswith("the best 50 of each job")
    assert "Files without a result: 2" in rows


def test_the_same_results_give_the_same_bytes(tmp_path):
    made = [written(tmp_path / f"{name}.xlsx", [ranking(role(), [profile()])], run()) for name in "ab"]
    assert made[0].read_bytes() == made[1].read_bytes()


# ------------------------------------------------------------------------------------------------------------------- flat


def test_flat_a_row_says_of_each_column_what_the_guide_does(tmp_path):
    contact = Contact("Ana Example", ("ana@example.com", "a@example.com"), ("+1 555 010 2233",), "Cebu City")
    who = replace(
        explained().profile,
        facts=replace(
            explained().profile.facts,
            contact=contact,
            months_by_family={"voice": 23},
            months_by_line_of_business={"retail": 12},
            last_title="Support Agent",
        ),
    )
    pair = Placed(1, replace(explained(), profile=who), 1, (0.1, 0.4, 0.9), (Opening("chat.txt", "Chat agent", 0.71, 2),))
    found = [Ranking(role(), (replace(pair, decision="Hold", note="call in May"),))]
    path = written(tmp_path / "o.csv", found, run(troubles=()))
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row == {
        "rank": "1",
        "candidate": "Ana Example",
        "emails": "ana@example.com\na@example.com",
        "phones": "'+1 555 010 2233",
        "city": "Cebu City",
        "job_title": "Voice agent",
        "score": "0.2479",
        "band": "1",
        "fit": "weak",
        "why": "not met: 12 months in collections (shows 8 months)",
        "reason_1": "3 of 5 required skills “closed tickets in Zendesk” (page 2, 2019-03 to 2021-06)",
        "reason_2": "28 months in chat",
        "reason_3": "9% similarity of wording",
        "against": "unmet must: 12 months in collections: not met (-0.78)",
        "unmet": "12 months in collections: not met (shown: 8 months); weak at best",
        "missing": "Skip tracing, core of the role, required (+0.85)\n"
        "line of business: no dated work in telecom (+0.40)\nAvaya or Five9, preferred (+0.20)",
        "partial": "Freshdesk asked, Zendesk shown: same class, 0.7 (+0.35 of 0.50)\nExcel: only in a list, 0.5 (+0.10 of 0.20)",
        "unknown": "shift: night",
        "questions": "Can you work nights?\nWhich dialers have you used?",
        "better_openings": "Chat agent (chat.txt): 0.71, 2 possible",
        "total_years": "3.5",
        "customer_contact_months": "30",
        "months_by_family": "Voice (23 mo)",
        "last_title": "Support Agent",
        "last_dates": "2019-03 to 2021-06",
        "channels": "Voice (30 mo)\nLive chat (4 mo)",
        "lines_of_business": "Retail (12 mo)",
        "languages": "English (fluent)\nTagalog",
        "certifications": "COPC (held)",
        "typing_wpm": "45",
        "kpis": "kept CSAT at 92%",
        "flags": "4 jobs lasted 3 months",
        "resume": "ana.pdf",
        "job": "agent.txt",
        "job_flags": "asks for an age",
        "logit": "-1.11",
        "sha256": "sha-ana.pdf",
        "job_sha256": "sha-agent.txt",
        "as_of": "2026-01-31",
        "decision": "Hold",
        "note": "call in May",
        "error": "",
    }


def test_csv_says_that_it_is_utf8_and_programs_pass_over_the_mark(tmp_path):
    path = written(tmp_path / "o.csv", [ranking(role(), [profile(name="Señora Ñañez")])], run(troubles=()))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    table = pyarrow.csv.read_csv(path, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))
    assert (table.column_names[0], table["candidate"].to_pylist()) == ("rank", ["Señora Ñañez"])


def test_parquet_and_csv_have_the_same_columns_and_values(tmp_path):
    found = [Ranking(role(), (Placed(1, explained(), 1),)), ranking(role("b.txt"), [profile(languages=(), typing_wpm=None)])]
    table = pyarrow.parquet.read_table(written(tmp_path / "o.parquet", found, run()))
    with written(tmp_path / "o.csv", found, run()).open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert table.column_names == head == [column.name for column in COLUMNS]
    shown = {None: "", "1": 1}
    for record, row in zip(table.to_pylist(), rows, strict=True):
        cells = {name: "\n".join(value) if isinstance(value, list) else value for name, value in record.items()}
        assert {name: str(shown.get(value, value)) for name, value in cells.items()} == {
            name: cell.removeprefix("'") for name, cell in zip(head, row, strict=True)
        }


def test_parquet_columns_have_their_types_and_the_file_says_what_made_it(tmp_path):
    table = pyarrow.parquet.read_table(written(tmp_path / "o.parquet", [ranking(role(), [profile()])], run()))
    names = {Type.TEXT: "string", Type.WHOLE: "int32", Type.NUMBER: "double", Type.SEVERAL: "list<element: string>"}
    assert {column.name: str(table.schema.field(column.name).type) for column in COLUMNS} == {
        column.name: names[column.type] for column in COLUMNS
    }
    assert table.schema.metadata[b"version of taxonomy"] == b"abc"
    assert table.to_pylist()[1]["error"] == "encrypted: is password-protected"


def test_parquet_of_nothing_is_a_table_still(tmp_path):
    assert pyarrow.parquet.read_table(written(tmp_path / "o.parquet", [], run(troubles=()))).num_rows == 0


def test_parquet_carries_text_that_utf8_cannot(tmp_path):
    found = [ranking(role(), [profile(name="broken \ud800 name")])]
    assert pyarrow.parquet.read_table(written(tmp_path / "o.parquet", found, run()))["candidate"][0].as_py() == "broken ? name"


def test_parquet_without_pyarrow_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"needs pyarrow; run: pip install 'bpo-matcher\[parquet\]'"):
        Outputs([tmp_path / "o.parquet"])
