"""Answers from elsewhere: what a sheet says becomes known of whom it is about, with its source; mistakes are answered."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.answers import SheetReader, answered
from matcher.answers.cells import CellReader, plain
from matcher.answers.headings import Headings
from matcher.cli import main
from matcher.errors import InputError
from matcher.records import CONDITIONS, AllOf, Answer, AnyOf, JobFacts, MustState, Requirement, Role

pytestmark = pytest.mark.usefixtures("one_process")

AS_OF = "2026-06-15"
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
JOB = "EXPERIENCE\nCustomer Service Representative, Acme, Jan 2020 - Present\n- took 80 calls a day\n"
ANA = f"Ana Reyes\nana@example.com | 0917 555 0123\n\n{JOB}"
BEN = f"Ben Okafor\nben@example.com | +91 98765 43210\n\nSKILLS\nTyping: 40 wpm\n\n{JOB}"


@pytest.fixture(scope="module")
def sheets(taxonomy):
    return SheetReader(taxonomy)


@pytest.fixture(scope="module")
def people(engine):
    texts = {"in/ana.txt": ANA, "ben.txt": BEN}
    return [engine.read_resume(text.encode(), name, as_of=AS_OF) for name, text in texts.items()]


def sheet(sheets, *rows, name="a.csv"):
    return sheets.read("\n".join(rows).encode(), name)


def ana(sheets, people, column, cell):
    """Ana with what one cell of one column says."""
    found = answered(people, [sheet(sheets, f"email;{column}", f"ana@example.com;{cell}")])
    return found.profiles[0], found.problems


def role(*leaves):
    return Role("post.txt", "sha", "Agent", (), 1, AllOf(leaves), facts=JobFacts())


def leaf(kind, value=None, level=None, need="required", concept=None):
    return Requirement(kind, need, concept, value, None, level)


def must(scorer, profile, *leaves):
    return scorer.fit(profile, role(*leaves)).musts[0]


# ------------------------------------------------------------------------------------------------- from unknown to known

MET, UNMET, UNKNOWN = MustState.MET, MustState.UNMET, MustState.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "column", "cell", "state"),
    [
        (leaf("shift", "night"), "Night shift", "yes", MET),
        (leaf("shift", "night"), "Can you work nights?", "No", UNMET),
        (leaf("shift", "night"), "Are you willing to work night shift?", "Yes", MET),
        (leaf("shift", "night"), "Available for night shift", "No", UNMET),
        (leaf("shift", "rotating"), "Are you amenable to a rotating shift? (Yes/No) *", "Yes", MET),
        (leaf("days", "weekends"), "Can you work weekends?", "Yes", MET),
        (leaf("days", "weekends"), "Would you be okay with working on Saturdays and Sundays", "No", UNMET),
        (leaf("days", "overtime"), "Are you willing to render overtime when needed?", "Yes", MET),
        (leaf("site", "onsite"), "Are you willing to work on site?", "Yes", MET),
        (leaf("site", "onsite"), "Can you report on-site", "No", UNMET),
        (leaf("site", "remote"), "Are you open to work-from-home?", "Yes", MET),
        (leaf("site", "onsite"), "Work setup preference", "On-site", MET),
        (leaf("notice", "at most", "45 days"), "What is your notice period (in days)?", "30", MET),
        (leaf("setup", "computer"), "Do you have your own laptop?", "Yes", MET),
        (leaf("setup", "internet", "50 Mbps"), "Please state your internet speed in Mbps", "100", MET),
        (leaf("certification", None, concept="cpc"), "Do you have a valid CPC?", "Yes", MET),
        (leaf("shift", "night"), "Night shift", "n/a", UNKNOWN),
        (leaf("shift", "night"), "Shift", "night, rotating", MET),
        (leaf("shift", "day"), "Shift", "night, rotating", UNMET),
        (leaf("shift", "day"), "Preferred shift", "night", UNKNOWN),
        (leaf("shift", "day"), "Preferred shift", "night only", UNMET),
        (leaf("shift", "night"), "Preferred shift", "any but no nights", UNMET),
        (leaf("shift", "weekend"), "Weekends", "yes", MET),
        (leaf("days", "weekends"), "Weekends", "yes", MET),
        (leaf("days", "holidays"), "Weekends", "yes", UNKNOWN),
        (leaf("days", "overtime"), "OT", "Y", MET),
        (leaf("site", "onsite"), "Work setup", "WFH", UNMET),
        (leaf("site", "onsite"), "Work set-up", "any", MET),
        (leaf("site_later", "onsite"), "Onsite", "yes", MET),
        (leaf("notice", "at most", "45 days"), "Notice period", "1 month", MET),
        (leaf("notice", "at most", "45 days"), "Notice period", "60", UNMET),
        (leaf("notice", "immediate"), "Notice", "ASAP", MET),
        (leaf("notice", "immediate"), "Notice", "30 days", UNMET),
        (leaf("setup", "internet", "50 Mbps"), "Internet speed (Mbps)", "100", MET),
        (leaf("setup", "internet", "50 Mbps"), "Internet", "25 Mbps down", UNMET),
        (leaf("setup", "internet", "50 Mbps"), "Internet", "1 Gbps", MET),
        (leaf("setup", "internet"), "Internet", "10 mbps", MET),
        (leaf("setup", "memory", "8GB"), "RAM", "16 GB", MET),
        (leaf("setup", "computer"), "Own laptop", "none", UNMET),
        (leaf("setup", "backup power"), "UPS", "have", MET),
        (leaf("setup", "processor", "Core i5"), "RAM", "16 GB", UNKNOWN),
        (leaf("keystrokes", "15,000"), "KSPH", "16,200", MET),
        (leaf("keystrokes", "15,000"), "KSPH", "9000", UNMET),
        (leaf("speech", "spoken English"), "Communication skills", "Excellent", MET),
        (leaf("speech", "spoken English"), "Voice test", "failed", UNMET),
        (leaf("clearance", "NBI clearance"), "NBI", "valid", MET),
        (leaf("clearance", "background check"), "BGV", "agreed", MET),
        (leaf("location", "Ortigas (no WFH for this account)"), "Can work in", "Pasig, Ortigas", MET),
        (leaf("location", "Makati"), "Can work in", "Pasig, Ortigas", UNKNOWN),
        (leaf("time_zone", "EST"), "Time zone", "EST or PST", MET),
        (leaf("exclusion", "freshers"), "Night shift", "yes", UNKNOWN),
        (leaf("typing", "45"), "Typing test", "52 wpm, 97%", MET),
        (leaf("typing", "45"), "WPM", "38", UNMET),
        (leaf("language", "English", "B2"), "Versant", "58", MET),
        (leaf("language", "English", "B2"), "Versant", "47", MustState.NEARLY),
        (leaf("language", "English", "C1"), "Versant", "47", UNMET),
        (leaf("language", "English", "B2"), "IELTS", "7.0", MET),
        (leaf("language", "English", "excellent"), "CEFR", "C1", MET),
        (leaf("language", "English", "excellent"), "CEFR", "B2", MustState.NEARLY),
        (leaf("language", "Spanish", "B2"), "Languages", "English C1, Spanish C1", MET),
        (leaf("language", "Spanish", None), "Languages", "Spanish", MET),
        (leaf("certification", None, concept="cpc"), "Certificates", "CPC", MET),
        (leaf("education", None, "bachelor"), "Education", "Bachelor's degree", MET),
    ],
)
def test_answers_settle_conditions(sheets, people, scorer, asked, column, cell, state):
    profile, problems = ana(sheets, people, column, cell)
    before, after = must(scorer, people[0], asked), must(scorer, profile, asked)
    assert (problems, after.state) == ((), state)
    if state is not UNKNOWN:
        assert "a.csv row 2" in after.shown
        assert not after.question
    else:
        assert (before.state, after.question) == (UNKNOWN, before.question)


def test_answers_that_meet_a_condition_bring_no_points(sheets, people, scorer):
    asked = role(leaf("shift", "night"), leaf("site", "onsite"))
    profile, _ = ana(sheets, people, "night shift", "yes")
    before, after = scorer.fit(people[0], asked), scorer.fit(profile, asked)
    assert after.contributions == before.contributions
    assert (before.unknown, after.unknown) == (("shift: night", "site: onsite"), ("site: onsite",))


@pytest.mark.parametrize(("need", "cap"), [("required", 1), ("preferred", 3)])
def test_answers_that_refuse_cap_the_band_by_name_where_the_post_insists(sheets, people, scorer, need, cap):
    profile, _ = ana(sheets, people, "weekends", "no")
    fit = scorer.fit(profile, role(leaf("days", "weekends", need=need)))
    assert (fit.musts[0].state, fit.musts[0].cap, fit.musts[0].shown) == (UNMET, cap, "no, a.csv row 2")
    assert scorer.band(fit) <= cap


def test_answers_refuse_one_way_and_another_is_open(sheets, people, scorer):
    profile, _ = ana(sheets, people, "night shift", "no")
    ways = AnyOf((leaf("shift", "night"), leaf("shift", "day")))
    assert scorer.fit(profile, role(ways)).musts[0].cap == 3


def test_answers_of_one_candidate_leave_the_others_as_they_are(sheets, people, scorer):
    asked = role(leaf("shift", "night"), leaf("typing", "45"))
    found = answered(people, [sheet(sheets, "email,night shift,wpm", "ana@example.com,no,60")]).profiles
    assert found[1] is people[1]
    before = {fit.profile.source: fit.logit for fit in scorer.rank(asked, people)}
    after = {fit.profile.source: fit.logit for fit in scorer.rank(asked, found)}
    assert after["ben.txt"] == before["ben.txt"]


def test_answers_give_facts_and_the_test_goes_before_the_resume(sheets, people):
    found = answered(people, [sheet(sheets, "file;typing;notice;languages;cpc", "ben;55 wpm (98%);15 days;Hindi native;yes")])
    facts = found.profiles[1].facts
    assert (facts.typing_wpm, facts.typing_accuracy, facts.notice) == (55, 98.0, "15 days")
    assert [(one.name, one.level) for one in facts.languages] == [("Hindi", "native")]
    assert [one.status for one in facts.certifications] == ["held"]
    assert [notice.message for notice in found.profiles[1].warnings if notice.code == "answer-differs"] == [
        "the resume says 40 words a minute, a.csv row 2 says 55; the latter counts"
    ]


def test_answers_without_consent_are_told(sheets, people):
    profile, _ = ana(sheets, people, "Data privacy consent", "no")
    assert [notice.code for notice in profile.warnings] == ["no-consent"]
    assert ana(sheets, people, "Data privacy consent", "yes")[0].warnings == people[0].warnings


def test_answers_of_a_test_hold_against_what_is_said_in_the_same_row(sheets, people):
    found = answered(people, [sheet(sheets, "email;versant;languages", "ana@example.com;50;English C2")])
    assert [(one.name, one.level) for one in found.profiles[0].facts.languages] == [("English", "B1")]


# ------------------------------------------------------------------------------------------------------------- who is meant


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("E-mail address", "ANA@example.com "),
        ("Mobile No.", "+63 917 555 0123"),
        ("Contact number", "9175550123"),
        ("Resume file", "in/ana.txt"),
        ("File", "ANA.TXT"),
        ("CV", "ana"),
    ],
)
def test_answers_find_whom_they_are_about(sheets, people, column, cell):
    found = answered(people, [sheet(sheets, f"{column};nights", f"{cell};yes")])
    assert (found.people, found.problems) == (1, ())
    assert found.profiles[0].answers


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("email,nights", "zoe@example.com,yes"), "row 2: no resume of this run has this e-mail; check it, or name"),
        (("email,file,nights", "ana@example.com,ben.txt,yes"), "row 2: e-mail and file name belong to different resumes"),
        (("email,nights", ",yes"), "row 2: does not say whom it is about; fill in the e-mail, the phone or the file"),
        (("email,nights", "ana@example.com,yes", "ana@example.com,no"), "row 3: is about the same resume as a.csv row 2"),
        (("email,nights", "ana@example.com,perhaps"), "row 2, column “nights”: “perhaps” is neither yes nor no; write yes, no"),
        (("email,Shift", "ana@example.com,moonlight"), "column “Shift”: “moonlight” names none of night, day, evening"),
        (("email,WPM", "ana@example.com,fast"), "column “WPM”: “fast” is no amount; write a number in wpm"),
        (("email,versant", "ana@example.com,900"), "“900” is not from 10 to 90; check the number"),
        (("email,versant", "ana@example.com,great"), "“great” is no score; write a number, or a level such as B2"),
        (("email,languages", "ana@example.com,Klingon"), "“Klingon” names no language that is known"),
        (("email,education", "ana@example.com,school of life"), "is no level of education; write one of high school"),
        (("email,nihgts", "ana@example.com,yes"), "row 1, column “nihgts”: is not known and left out; did you mean"),
        (("email,Are you willing to work nihgt shift?", "ana@example.com,yes"), 'left out; did you mean "night shift"'),
        (("email,Do you have a notice period?", "ana@example.com,yes"), "column “Do you have a notice period?”: is not known"),
        (("email,Current shift", "ana@example.com,day"), "column “Current shift”: is not known and left out"),
        (("email,Are you working nights?", "ana@example.com,yes"), "column “Are you working nights?”: is not known and left out"),
        (("email,What is your age?", "ana@example.com,31"), "row 1, column “What is your age?”: may not be asked for"),
        (("email,Do you have children?", "ana@example.com,no"), "column “Do you have children?”: may not be asked for"),
        (("email,Age", "ana@example.com,31"), "row 1, column “Age”: may not be asked for and is not read"),
    ],
)
def test_answers_that_cannot_be_used_are_told_with_row_and_remedy(sheets, people, rows, told):
    problems = answered(people, [sheet(sheets, *rows)]).problems
    assert len(problems) == 1
    assert problems[0].startswith("a.csv row ")
    assert told in problems[0]


def test_answers_about_two_resumes_are_used_for_none(sheets, people):
    twin = replace(people[0], source="old.txt", sha256="other")
    found = answered([people[0], twin], [sheet(sheets, "email,nights", "ana@example.com,yes")])
    assert [profile.answers for profile in found.profiles] == [(), ()]
    assert "2 resumes of this run have this e-mail; name one of their files" in found.problems[0]
    told = answered([people[0], twin], [sheet(sheets, "email,file,nights", "ana@example.com,old.txt,yes")])
    assert [bool(profile.answers) for profile in told.profiles] == [False, True]


def test_answers_about_copies_of_one_file_are_used_for_each(sheets, people):
    copy = replace(people[0], source="copy.txt")
    found = answered([people[0], copy], [sheet(sheets, "email,nights", "ana@example.com,yes")])
    assert all(profile.answers for profile in found.profiles)


def test_answers_of_a_test_are_not_asked_again(sheets, engine, scorer, sample_roles):
    profile = engine.read_resume(f"{ANA}\nSKILLS\nEnglish\n".encode(), "in/ana.txt", as_of=AS_OF)
    post = sample_roles["ph-csr-telco.txt"]
    found = answered([profile], [sheet(sheets, "email,versant", "ana@example.com,70")]).profiles[0]
    before, after = (" ".join(scorer.fit(one, post).questions) for one in (profile, found))
    assert "English" in before
    assert "English" not in after


def test_answers_of_the_later_row_hold(sheets, people):
    rows = ("email,nights,weekends", "ana@example.com,yes,yes", "ana@example.com,no,")
    profile = answered(people, [sheet(sheets, *rows)]).profiles[0]
    assert {(one.kind, one.value): one.met for one in profile.answers} == {
        ("shift", "night"): False,
        ("days", "weekends"): True,
        ("shift", "weekend"): True,
    }


def test_answers_on_pay_and_on_the_person_are_never_read(sheets, people):
    rows = ("email,Expected salary,Gender,nights", "ana@example.com,99000,F,yes")
    found = answered(people, [sheet(sheets, *rows)])
    assert "99000" not in repr(found.profiles[0])
    assert len(found.problems) == 1


# ------------------------------------------------------------------------------------------------------------- the sheets


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_answers_from_a_workbook(sheets, people):
    rows = (["E-mail", "WPM", "Nights", "Date"], [], ["ana@example.com", 52.0, True, date(2026, 6, 1)])
    found = answered(people, [sheets.read(workbook(*rows), "forms.xlsx")])
    assert found.problems == ()
    assert found.profiles[0].facts.typing_wpm == 52
    assert {answer.source for answer in found.profiles[0].answers} == {"forms.xlsx row 3"}


@pytest.mark.parametrize(
    "data",
    [
        "email;nights\nana@example.com;sí\n".encode("cp1252"),
        "email,nights\r\nana@example.com,yes\r\n".encode("utf-8-sig"),
        "email\tnights\nana@example.com\tyes\n".encode("utf-16"),
        b'email,nights\n"ana@example.com","yes"\n',
        b"email,nights\n\n'ana@example.com,yes\n".replace(b"'ana", b"ana"),
    ],
)
def test_answers_in_the_forms_that_spreadsheets_save(sheets, people, data):
    found = answered(people, [sheets.read(data, "a.csv")])
    assert found.problems == ()
    assert found.profiles[0].answers[0].met is True


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "holds no answers"),
        (b"email,nights\n", "holds no answers"),
        (b"name,nights\nAna,yes\n", "no column says whom a row is about"),
        (b"PK\x03\x04broken", "cannot be read as a workbook"),
    ],
)
def test_answers_in_files_that_are_no_sheet(sheets, data, why):
    with pytest.raises(InputError, match=why):
        sheets.read(data, "a.csv")


def test_answers_old_workbooks_are_refused_with_a_way_out(sheets):
    with pytest.raises(InputError, match=r"save it as \.xlsx or \.csv"):
        sheets.read(b"\xd0\xcf\x11\xe0old", "a.xls")


CELLS = st.text(max_size=30) | st.sampled_from(
    ["yes", "no", "58", "night", "50 Mbps", "B2", "English C1", "=cmd|1", "-", "1e999"]
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_answers_of_any_text_are_read_or_told(sheets, taxonomy, people, data):
    names = [column["names"][0] for column in taxonomy.rules["answers"]["columns"]]
    column = data.draw(st.sampled_from(names))
    book = workbook(["email", column], ["ana@example.com", data.draw(CELLS.filter(lambda text: text.isprintable()))])
    found = answered(people, [sheets.read(book, "a.xlsx")])
    assert len(found.problems) <= 1
    assert not (found.problems and found.profiles[0].answers)


# --------------------------------------------------------------------------------------------------------------- the data


def test_answers_columns_are_named_once_and_read_by_a_known_form(taxonomy):
    own = taxonomy.rules["answers"]
    known = {"yes", "choice", "amount", "level", "languages", "certificates", "education", "places", "consent"}
    key = Headings(own["headings"]).key
    names = [plain(name) for column in own["columns"] for name in column["names"]]
    assert not [
        pair for pair in combinations(own["columns"], 2) if set.intersection(*({*map(key, one["names"])} for one in pair))
    ]
    people = [plain(name) for forms in own["people"].values() for name in forms]
    never = [plain(name) for name in own["never"]["columns"]]
    assert sorted(names) == sorted(set(names))
    assert {column["form"] for column in own["columns"]} == known
    assert not set(names) & {*people, *never}
    assert not set(never) & {*people, *map(plain, own["ignored"]["columns"])}


def test_answers_are_about_kinds_of_requirements(taxonomy):
    own = taxonomy.rules["answers"]
    kinds = {about.partition("/")[0] for column in own["columns"] for about in column.get("about", ())}
    assert kinds <= CONDITIONS | {"shift", "site", "typing"}
    assert set(own["choices"]) == {"shift", "site"}
    assert {column["units"] for column in own["columns"] if column["form"] == "amount"} <= set(own["units"])
    assert {column["test"] for column in own["columns"] if column["form"] == "level"} == set(own["tests"])


def test_answers_words_of_yes_and_no_are_apart(taxonomy):
    own = taxonomy.rules["answers"]
    said = [set(map(plain, own[name])) for name in ("yes", "no", "silent")]
    assert not said[0] & said[1]
    assert not said[0] & said[2]


def test_answers_conditions_that_questions_ask_have_a_column(taxonomy):
    """What the recruiter is told to ask, a sheet can answer: shifts, sites and days."""
    cells = CellReader(taxonomy)
    about = {name for column in taxonomy.rules["answers"]["columns"] for name in column.get("about", ())}
    asked = taxonomy.rules["questions"]
    assert {f"days/{value}" for value in asked["days"]} <= about
    assert {f"shift/{value}" for value in asked["shift"]} <= about | {"shift/weekend"}
    assert {f"site/{value}" for value in asked["site"]} <= about
    assert cells.certificate("CPC")


# --------------------------------------------------------------------------------------------------------------- commands


def run(capsys, *arguments):
    status = main([*map(str, arguments), "--as-of", AS_OF, "--workers", "1"])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_answers_on_the_command_line_and_blind(capsys, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ana.txt").write_text(ANA, encoding="utf-8")
    (tmp_path / "in" / "ben.txt").write_text(BEN, encoding="utf-8")
    answers = tmp_path / "calls.csv"
    answers.write_text("email,weekends,moon phase\nana@example.com,no,full\nzoe@example.com,yes,new\n", encoding="utf-8")
    job, out = SAMPLES / "jobs" / "ph-csr-telco.txt", tmp_path / "x.jsonl"
    outs = ("--out", out, "--out", tmp_path / "x.xlsx")
    status, _, err = run(capsys, "rank", tmp_path / "in", "--jobs", job, "--answers", answers, *outs, "--blind")
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    musts = [one for record in records for one in record.get("musts", ())]
    weekends = next(one for one in musts if one["label"] == "days: weekends" and one["state"] != "not known")
    assert status == 0
    assert (weekends["state"], weekends["shown"], weekends["cap"]) == ("not met", "no, calls.csv row 2", 1)
    assert "warning: calls.csv row 1, column “moon phase”: is not known" in err
    assert "warning: calls.csv row 3: no resume of this run has this e-mail" in err
    assert "answers: 1 candidate has some" in err
    settings = dict(openpyxl.load_workbook(tmp_path / "x.xlsx")["Settings"].iter_rows(values_only=True))
    assert settings["Option answers"] == f"calls.csv (SHA-256 {hashlib.sha256(answers.read_bytes()).hexdigest()})"
    assert settings["Option blind"] == "yes"
    assert not [word for word in ("Reyes", "ana@", "zoe@") if word in err + out.read_text("utf-8")]


def test_answers_in_a_project_are_kept_beside_what_was_read(capsys, tmp_path):
    for name, text in (("ana.txt", ANA), ("ben.txt", BEN)):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    answers, out = tmp_path / "calls.csv", tmp_path / "x.jsonl"
    answers.write_text("email,weekends\nana@example.com,no\n", encoding="utf-8")
    job = SAMPLES / "jobs" / "ph-csr-telco.txt"
    command = ["rank", tmp_path / "in", "--jobs", job, "--project", tmp_path / "kept", "--out", out]

    def states(*more):
        status, _, err = run(capsys, *command, *more)
        assert status == 0
        records = {one["resume"]: one for one in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
        told = {name: next(m["state"] for m in one["musts"] if m["label"] == "days: weekends") for name, one in records.items()}
        return told, {name: one["logit"] for name, one in records.items()}, err

    first, second, third, last = states(), states("--answers", answers), states("--answers", answers), states()
    assert (first[0], second[0]) == (dict.fromkeys(first[0], "not known"), {"ana.txt": "not met", "ben.txt": "not known"})
    assert (second[0], second[1]) == (third[0], third[1])
    assert "no file read" in second[2]
    assert "they are left as they are" in third[2]
    assert (first[0], first[1]) == (last[0], last[1])
    assert second[1]["ben.txt"] == first[1]["ben.txt"]


@pytest.mark.parametrize(
    ("name", "why"), [("gone.csv", "is no file; give a .csv or .xlsx"), ("a.pdf", "unknown ending '.pdf'; give a .csv or .xlsx")]
)
def test_answers_that_are_not_there_end_the_run_before_it_begins(capsys, tmp_path, name, why):
    (tmp_path / "a.pdf").write_text("x")
    status, _, err = run(capsys, "rank", SAMPLES / "resumes", "--answers", tmp_path / name)
    assert (status, why in err) == (2, True)


def test_answers_are_shown_as_people_read_them():
    assert Answer("language", "English", None, "Versant 58", "a.csv row 3").shown == "Versant 58, a.csv row 3"


@pytest.mark.parametrize(
    ("column", "cell", "level"),
    [
        ("Versant", "47", "B1"),
        ("Versant", "80", "C2"),
        ("Versant", "82", "C1"),  # above 80 only the Global Scale of English goes on
        ("Versant", "B2+", "B2"),
        ("GSE", "66", "B2"),
        ("IELTS", "6,5", "B2"),
        ("IELTS", "Band 7", "C1"),
        ("TOEFL", "4.5", "B2"),  # since 2026 bands up to 6, before that totals up to 120
        ("TOEFL", "6", "C2"),
        ("TOEFL", "23", "A1"),
        ("TOEFL", "95", "C1"),
        ("IELTS", "IELTS 7.5 (12/05/2024)", "C1"),  # a date beside a score is no score
        ("Versant", "58, taken 2026-01-05", "B2"),
        ("Versant", "2026-01-05 09:30: 58", "B2"),
        ("Versant", "05-01-2026 58", "B2"),
    ],
)
def test_answers_of_tests_stand_for_levels(sheets, people, column, cell, level):
    profile, problems = ana(sheets, people, column, cell)
    assert [one.level for one in profile.facts.languages if one.name == "English"] == [level]
    assert not problems


@pytest.mark.parametrize(
    ("column", "cell", "amount"),
    [
        ("notice", "1-2 weeks", 14),
        ("notice", "30 to 60 days", 60),
        ("internet", "50,5", 50.5),
        ("internet", "1,200 Mbps", 1200),
        ("typing", "45-50 wpm", 45),
        ("internet", "1,00,000 kbps", 100),
        ("internet", "1,200.5 Mbps", 1200.5),
        ("internet", "0,975 Gbps", 975),
        ("notice", "30 days from 01/12/2026", 30),
        ("notice", "2026/12/01: 2 weeks", 14),
    ],
)
def test_answers_in_ranges_and_with_commas(sheets, people, column, cell, amount):
    profile, _ = ana(sheets, people, column, cell)
    assert [answer.amount for answer in profile.answers] == [amount]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("notice", "2026-12-01", "is a date; write a number in days"),
        ("notice", "2026-12-01 00:00:00", "is a date; write a number in days"),
        ("notice", "from 1.12.26", "is a date; write a number in days"),
        ("internet", "1,5000", "is no amount; write a number in Mbps"),
        ("internet", "1.200,50", "is no amount; write a number in Mbps"),
        ("internet", "1,00,00 Mbps", "is no amount; write a number in Mbps"),
        ("internet", "10-1,5000", "is no amount; write a number in Mbps"),
        ("IELTS", "7,5,5", "is no score; write a number, or a level"),
        ("keystrokes", "1,00,000", "is not from 0 to 40000"),
        ("typing", "-5", "is not from 0 to 250 wpm"),
        ("typing", "9999", "is not from 0 to 250 wpm"),
        ("IELTS", "65", "is not from 0 to 9; check the number"),
        ("IELTS", "2026-05-06", "is no score; write a number, or a level"),
        ("Versant", "Level 5", "is not from 10 to 90"),
        ("TOEFL", "121", "is not from 0 to 120"),
    ],
)
def test_answers_that_cannot_be_true_are_told(sheets, people, column, cell, told):
    profile, problems = ana(sheets, people, column, cell)
    assert len(problems) == 1 and told in problems[0] and "row 2, column" in problems[0]
    assert profile == people[0]


def test_answers_no_problem_is_a_yes_and_accuracy_is_a_share_or_percents(sheets, people):
    assert ana(sheets, people, "night shift", "No problem")[0].answers[0].met is True
    for cell in ("97%", "0.97", "97"):
        assert ana(sheets, people, "typing accuracy", cell)[0].facts.typing_accuracy == 97


@pytest.mark.parametrize("cell", ["in/ana.txt", "ana.txt", "ANA", "in\\ana.txt", "resumes/in/ana.txt", "C:/new/in/ana.txt"])
def test_answers_find_a_file_by_any_part_of_its_path(sheets, people, cell):
    assert answered(people, [sheet(sheets, "file;notice", f"{cell};30")]).people == 1


def test_answers_about_another_folder_are_about_nobody(sheets, people):
    assert answered(people, [sheet(sheets, "file;notice", "out/ana.txt;30")]).people == 0


def test_answers_about_many_others_are_told_in_one_line(sheets, people):
    rows = ["email;notice", *(f"other{n}@example.com;30" for n in range(12)), "ana@example.com;30"]
    (problem,) = answered(people, [sheet(sheets, *rows)]).problems
    assert problem.startswith("a.csv: 12 rows are about nobody of this run (rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more); check")
    assert not answered(people[:1], [sheet(sheets, *rows)]).problems, (
        "one who is looked at is not all who have filled in the form"
    )
