"""Tables of decisions: which columns and words are understood, which documents are meant, what is said of a wrong line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.report.records import BANDS
from matcher.report.workbook.ranked import DECISION, DECISIONS, JOB, RESUME, TITLES
from matcher.taxonomy import load
from matcher.training.decisions import Decision, DecisionReader

RULES = load().rules["decisions"]
RESUMES = ("ana.pdf", "ben.pdf", "ben.docx", "north/cara.pdf", "south/cara.pdf", "Dan Ode.txt", "eve.v2.pdf")
JOBS = {"agent.txt": "Call center agent", "posts.jsonl#chat": "Chat agent", "posts.jsonl#lead": "Team leader"}
READER = DecisionReader(RULES, RESUMES, JOBS)


def read(text: str):
    return READER.read(text.encode())


def grades(text: str) -> dict[tuple[str, str], int]:
    return {(one.resume, one.job): one.grade for one in read(text).made}


# -------------------------------------------------------------------------------------------------------------------- words


def test_every_word_is_plain_and_has_a_grade():
    words = RULES["words"]
    assert set(words.values()) == {0, 1, 2, 3}
    for word in (*words, *RULES["silent"]["words"], *(name for names in RULES["columns"].values() for name in names)):
        assert word == " ".join("".join(c if c.isalnum() else " " for c in word.casefold()).split())
    assert not set(words) & set(RULES["silent"]["words"])


def test_the_words_of_the_workbook_are_known():
    assert [RULES["words"][word.casefold()] for word in DECISIONS] == [3, 2, 0]
    assert [RULES["words"].get(name, RULES["words"].get(f"{name} fit")) for name in BANDS] == [0, 1, 2, 3]


def test_the_columns_of_the_workbook_are_known():
    for name, title in (("resume", RESUME), ("job", JOB), ("decision", DECISION)):
        assert title in TITLES
        assert title.casefold() in RULES["columns"][name]


@pytest.mark.parametrize(
    ("cell", "grade"),
    [
        *(("3", 3), ("2.0", 2), ("1,0", 1), (" 0 ", 0), ("Hired", 3), ("SHORT-LIST", 3), ("On hold", 2), ("yes!", 3)),
        *(("Keep  in pool", 1), ("Endorsed to another account", 1), ("No", 0), ("Not for this role", 0)),
    ],
)
def test_a_decision_states_a_grade(cell, grade):
    assert grades(f'resume;job;decision\nana.pdf;agent.txt;"{cell}"') == {("ana.pdf", "agent.txt"): grade}


@pytest.mark.parametrize("cell", ["", "  ", "pending", "No show", "Withdrew", "-"])
def test_what_decides_nothing_is_counted_and_left_out(cell):
    found = read(f"resume,job,decision\nana.pdf,agent.txt,{cell}\n")
    assert (found.made, found.wrong, found.silent) == ((), (), 1)


def test_a_document_that_was_renamed_is_known_by_its_content():
    reader = DecisionReader(RULES, RESUMES, JOBS, {"aa11": "ana.pdf", "bb22": "posts.jsonl#lead"})
    head = "resume,job,decision,resume_sha256,job_sha256\n"
    found = reader.read(f"{head}old name.pdf,gone.txt,hired,AA11,bb22\nben.pdf,agent.txt,no,,unknown\n".encode())
    assert [(one.resume, one.job) for one in found.made] == [("ana.pdf", "posts.jsonl#lead"), ("ben.pdf", "agent.txt")]


# -------------------------------------------------------------------------------------------------------------------- tables

PLAIN = "resume,job,decision\nana.pdf,agent.txt,hired\nben.docx,agent.txt,no\n"
WANTED = {("ana.pdf", "agent.txt"): 3, ("ben.docx", "agent.txt"): 0}


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
        ("sep=;\r\n" + PLAIN.replace(",", ";")).encode(),
        ("\n\n" + PLAIN + "\n,,\n").encode(),
        b"Rank,Decision,Job file,Resume file\n1,Hired,agent.txt,ana.pdf\n2,NO,agent.txt,ben.docx\n",
        b'rank;why;RESUME;Job;"Decision"\n1;"two\nlines; and, more";ana.pdf;agent.txt;hired\n2;;ben.docx;agent.txt;no',
        "resume,note,job,decision\nana.pdf,Señora,agent.txt,hired\nben.docx,x,agent.txt,no".encode("cp1252"),
    ],
    ids=["plain", "bom", "utf-16", "semicolons", "tabs", "sep line", "blank lines", "workbook", "cells of two lines", "cp1252"],
)
def test_tables_are_read_as_programs_save_them(data):
    found = READER.read(data)
    assert {(one.resume, one.job): one.grade for one in found.made} == WANTED
    assert not found.wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no column resume and no column job and no column decision"),
        ("resume,decision\nana.pdf,yes\n", "has no column job: the first line names the columns"),
        ('resume,job,decision\n"' + "x" * 200_000 + '",agent.txt,yes\n', "line 2: cannot be read as CSV: field larger"),
    ],
)
def test_what_is_no_table_of_decisions_is_told(text, said):
    with pytest.raises(InputError, match=said):
        read(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = READER.read(data)
    except InputError:
        return
    assert isinstance(found.made, tuple)


@given(st.permutations(["ana.pdf,agent.txt,3", "ben.pdf,agent.txt,0", "ana.pdf,posts.jsonl#chat,1", "eve.v2.pdf,agent.txt,2"]))
def test_the_order_of_lines_does_not_matter(lines):
    found = grades("\n".join(["resume,job,decision", *lines]))
    assert found == {
        ("ana.pdf", "agent.txt"): 3,
        ("ben.pdf", "agent.txt"): 0,
        ("ana.pdf", "posts.jsonl#chat"): 1,
        ("eve.v2.pdf", "agent.txt"): 2,
    }


# --------------------------------------------------------------------------------------------------------------- documents


@pytest.mark.parametrize(
    ("resume", "job", "meant"),
    [
        ("ana.pdf", "agent.txt", ("ana.pdf", "agent.txt")),
        ("ANA", "Agent", ("ana.pdf", "agent.txt")),
        (r"C:\hiring\ana.pdf", "jobs/agent.txt", ("ana.pdf", "agent.txt")),
        ("./north/cara.pdf", "chat", ("north/cara.pdf", "posts.jsonl#chat")),
        ("resumes/south/cara.pdf", "POSTS.jsonl#lead", ("south/cara.pdf", "posts.jsonl#lead")),
        ("north/cara", "Team leader", ("north/cara.pdf", "posts.jsonl#lead")),
        ("dan ode", "call center agent", ("Dan Ode.txt", "agent.txt")),
        ("eve.v2", "agent", ("eve.v2.pdf", "agent.txt")),
    ],
)
def test_documents_are_found_as_people_name_them(resume, job, meant):
    assert grades(f"resume,job,decision\n{resume},{job},yes\n") == {meant: 3}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ana.pdf,agent.txt,promising", "decision 'promising' is not known; give 0 to 3, or a word of taxonomy/decisions.toml"),
        ("ana.pdf,agent.txt,rejectd", "decision 'rejectd' is not known; did you mean \"rejected\"?"),
        ("ana.pdf,agent.txt,4", "decision '4' is not known; give 0 to 3, or a word of taxonomy/decisions.toml"),
        ("anna.pdf,agent.txt,yes", "resume 'anna.pdf' is not among the documents; did you mean \"ana.pdf\"?"),
        ("ana.pdf,cook,yes", "job 'cook' is not among the documents; give the name of its file"),
        ("ben,agent.txt,yes", "resume 'ben' can be ben.docx or ben.pdf: write it as one of these"),
        ("cara.pdf,agent.txt,yes", "resume 'cara.pdf' can be north/cara.pdf or south/cara.pdf: write it as one of these"),
        (",agent.txt,yes", "names no resume"),
        ("ana.pdf,,yes", "names no job"),
    ],
)
def test_a_wrong_line_is_told_and_the_rest_goes_on(line, said):
    found = read(f"resume,job,decision\n{line}\nben.pdf,chat,no\n")
    assert found.wrong == ((2, said),)
    assert found.made == (Decision("ben.pdf", "posts.jsonl#chat", 0, 3),)


def test_a_pair_decided_twice_counts_once_or_not_at_all():
    found = read("resume,job,decision\nana,agent,yes\nana.pdf,agent.txt,hired\nben.pdf,agent,no\nben.pdf,agent.txt,maybe\n")
    assert found.made == (Decision("ana.pdf", "agent.txt", 3, 2),)
    assert found.wrong == ((5, "ben.pdf for agent.txt is decided otherwise than on line 4: neither counts"),)


def test_a_house_may_have_words_of_its_own():
    rules = {**RULES, "words": {**RULES["words"], "Second Interview": 3}}
    reader = DecisionReader(rules, RESUMES, JOBS)
    assert reader.read(b"resume,job,decision\nana,agent,second interview\n").made[0].grade == 3
    with pytest.raises(InputError, match="'star' has the grade 5; grades are 0, 1, 2 and 3"):
        DecisionReader({**RULES, "words": {"star": 5}}, RESUMES, JOBS)
