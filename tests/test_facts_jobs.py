from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from facts_page import page_of, page_of_text
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.reading.facts.dates import DateReader
from matcher.reading.facts.jobs import JobReader, last_title
from matcher.reading.titles import TitleReader


@pytest.fixture(scope="session")
def jobs(taxonomy):
    return JobReader(taxonomy.rules, TitleReader(taxonomy.rules), DateReader(taxonomy.rules))


def table(facts):
    return [(f.kind, f.value["title"], f.value["start"], "open" if f.value["open"] else f.value["end"]) for f in facts]


FIRST = ("job", "Customer Service Representative", "2019-03", "2021-05")
SECOND = ("job", "Cashier", "2016-01", "2018-12")

LAYOUTS = {
    "title above, dates before the employer": """Customer Service Representative
March 2019 to May 2021 Company Name - City , State

• Answered billing calls

Cashier
January 2016 to December 2018 Company Name - City , State

• Counted the till""",
    "dates over three lines, title after the employer": """March 2019
to
May 2021
Company Name City , State Customer Service Representative
Answered billing calls of customers.
January 2016
to
December 2018
Company Name City , State Cashier
Counted the till every evening.""",
    "dates, then the employer with a dash, place and title": """03/2019 - 05/2021
Company Name - City , State Customer Service Representative

• Answered billing calls

01/2016 - 12/2018
Company Name - City , State Cashier

• Counted the till""",
    "employer, place, title, dates on one line": """Company Name City , State Customer Service Representative 03/2019 to 05/2021
Answered billing calls.
Company Name City , State Cashier 01/2016 to 12/2018
Counted the till.""",
    "title, dates, employer on one line": """Customer Service Representative 03/2019 to 05/2021 Company Name City , State

Answered billing calls.

Cashier 01/2016 to 12/2018 Company Name City , State

Counted the till.""",
    "employer and dates, then title": """Company Name March 2019 to May 2021 Customer Service Representative
City , State
Answered billing calls.
Company Name January 2016 to December 2018 Cashier
City , State
Counted the till.""",
    "bars": """Customer Service Representative | Blue Kite Services, Pasig City | Mar 2019 - May 2021
- Answered billing calls
Cashier | Green Basket | Jan 2016 - Dec 2018
- Counted the till""",
    "dates alone, title below": """03/2019 to 05/2021
Customer Service Representative Company Name - City , State

Answered billing calls.

01/2016 to 12/2018
Cashier Company Name - City , State

Counted the till.""",
    "employer with a trade's name beside the dates": """BLUE KITE MEDICAL CENTER, PASIG\tMar 2019 - May 2021
Customer Service Representative
• Answered billing calls
GREEN BASKET HOTEL, PASAY\tJan 2016 - Dec 2018
Cashier
• Counted the till""",
    "labels": """Organisation: Blue Kite Services Pvt Ltd
Designation: Customer Service Representative
Duration: Mar 2019 - May 2021
Answered billing calls.

Organisation: Green Basket
Designation: Cashier
Duration: Jan 2016 - Dec 2018
Counted the till.""",
    "table with a head": """Company\tDesignation\tPeriod\tWork done
Blue Kite BPM Services, Pune\tCustomer Service Representative\t03/2019 to 05/2021\tBilling; refunds
Green Basket, Pune\tCashier\t01/2016 to 12/2018\tTill""",
    "brackets": """Customer Service Representative, Blue Kite Hub, Pasig (Mar 2019 - May 2021)
• Answered billing calls
Cashier, Green Basket, Pasay (Jan 2016 - Dec 2018)
• Counted the till""",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_jobs_reads_layout(jobs, layout):
    assert table(jobs.read(page_of(header="A. Person", experience=layout))) == [FIRST, SECOND]


def printed_blocks():
    for block in Path(__file__).with_name("jobs.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        text, rows = block.rstrip().rsplit("\n---\n", 1)
        name, text = text.split("\n", 1)
        yield pytest.param(text, [[cell.strip() for cell in row.split("|")] for row in rows.splitlines()], id=name)


@pytest.mark.parametrize(("text", "expected"), list(printed_blocks()))
def test_jobs_reads_resumes_of_many_places(jobs, taxonomy, text, expected):
    found = jobs.read(page_of_text(text, taxonomy.rules))
    kinds = {"job": "", "placement": "-"}
    rows = [[kinds[kind] + (title or "?"), start or "?", end or "?"] for kind, title, start, end in table(found)]
    assert rows == expected


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_jobs_body_holds_its_own_duties(jobs, layout):
    page = page_of(experience=layout, education="BA English, 2015")
    first, second = (page.text[int(f.value["begin"]) : int(f.value["stop"])] for f in jobs.read(page))
    assert ("illing" in first) and ("ill" in second) and ("illing" not in second)
    assert "EDUCATION" not in second


@pytest.mark.parametrize(
    "line",
    [
        "• Raised the sales of the branch from 2010 to 2012.",
        "Won the award for the best branch in 2014-2016 and trained many new people of the team.",
        "Complaints of the branch fell from 2016 to 2017.",
        "Stood in for the lead for some months in 2018-19",
    ],
)
def test_jobs_ranges_in_prose_head_no_job(jobs, line):
    body = f"Cashier | Green Basket | Jan 2009 - Dec 2020\n- Counted the till\n{line}"
    assert table(jobs.read(page_of(experience=body))) == [("job", "Cashier", "2009-01", "2020-12")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("OJT Trainee, Records | City Library | Mar 2024 - May 2024", "internship"),
        ("Marketing Intern 06/2012 to 08/2012 Company Name City , State", "internship"),
        ("Volunteer | Animal Shelter | Jan 2019 - Mar 2019", "volunteer"),
        ("On-the-job Training\nBlue Kite Corp\nApril - June 2018", "internship"),
        ("Internship\nBlue Kite Corp\n04/2018 - 06/2018", "internship"),
    ],
)
def test_jobs_placements_are_no_jobs(jobs, row, what):
    (found,) = jobs.read(page_of(experience=row))
    assert (found.kind, found.value["what"]) == ("placement", what)


@pytest.mark.parametrize(
    "row",
    [
        "International Sales Representative | Blue Kite | Jan 2019 - Mar 2020",
        "Internal Auditor | Blue Kite | Jan 2019 - Mar 2020",
    ],
)
def test_jobs_words_that_begin_as_intern_are_jobs(jobs, row):
    assert [f.kind for f in jobs.read(page_of(experience=row))] == ["job"]


def test_jobs_schooling_and_breaks_are_no_jobs(jobs):
    rows = ["Cashier | Green Basket | 2012 - 2014", "BS Nursing, Any University | 2008 - 2012"]
    body = "\n".join([*rows, "Career break | June 2015 - May 2016", "SY 2005-2007 | Any High School"])
    assert [f.value["title"] for f in jobs.read(page_of(experience=body))] == ["Cashier"]


def test_jobs_education_section_is_never_read(jobs):
    page = page_of(education="Teacher Training College | Jan 2010 - Mar 2014", experience="Cashier | Shop | Jan 2015 - May 2016")
    assert [f.value["title"] for f in jobs.read(page)] == ["Cashier"]


def test_jobs_without_experience_section_come_from_the_rest(jobs):
    page = page_of(summary="Hard worker.\nCashier | Green Basket | Jan 2016 - Dec 2018\n- Counted the till", skills="Excel")
    assert table(jobs.read(page)) == [SECOND]


def test_jobs_rows_under_an_unknown_heading_are_found(jobs):
    page = page_of(
        experience="Cashier | Shop | Jan 2016 - Dec 2018", skills="Excel\nBEFORE THAT\nReceptionist | Inn | Jan 2014 - Dec 2015"
    )
    assert [f.value["title"] for f in jobs.read(page)] == ["Cashier", "Receptionist"]


def test_jobs_single_year_in_a_row(jobs):
    (found,) = jobs.read(page_of(experience="Data Encoder | Town Hall | 2025"))
    assert (found.value["start"], found.value["end"], found.value["years_only"]) == ("2025-04", "2025-09", True)


def test_jobs_reversed_dates_are_kept_as_a_problem(jobs):
    (found,) = jobs.read(page_of(experience="Receptionist 07/2011 to 02/2009 Company Name City , State"))
    assert (found.value["title"], found.value["start"], found.value["problem"]) == ("Receptionist", None, "reversed")


def test_jobs_title_may_be_missing(jobs):
    (found,) = jobs.read(
        page_of(experience="05/2012 to 03/2015 Company Name City , State\n\nPlanned the fairs of the branch with its vendors.")
    )
    assert found.value["title"] is None


def test_jobs_printed_twice_are_marked(jobs):
    row = "Cashier | Green Basket | Jan 2016 - Dec 2018\n- Counted the till"
    text = f"{row}\nReceptionist | Inn | Jan 2014 - Dec 2015\n{row}"
    assert [(f.value["title"], f.value["repeat"]) for f in jobs.read(page_of(experience=text))] == [
        ("Cashier", False),
        ("Receptionist", False),
        ("Cashier", True),
    ]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        (["Cashier | Shop | Jan 2016 - Dec 2018", "Receptionist | Inn | Jan 2019 - Dec 2019"], "Receptionist"),
        (["Cashier | Shop | Jan 2016 - Present", "Receptionist | Inn | Jan 2019 - Dec 2019"], "Cashier"),
        (["Cashier | Shop | Jan 2016 - Present", "Receptionist | Inn | Jan 2019 - Present"], "Receptionist"),
        (["Freelance Bookkeeper", "- Kept the books of shops", "Cashier | Shop | Jan 2016 - Dec 2018"], "Freelance Bookkeeper"),
        ([], None),
    ],
)
def test_jobs_last_title(jobs, rows, last):
    assert last_title(jobs.read(page_of(experience="\n".join(rows)))) == last


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Cashier",
                "2016 - 2018",
                "Company Name City , State",
                "• Sold shoes",
                "|",
                "\n",
                "Jan 2019 to Current",
                "(",
                ")",
                "\t",
            ]
        ),
        max_size=14,
    )
)
def test_jobs_never_fail_and_bodies_do_not_overlap(jobs, pieces):
    page = page_of(experience=" ".join(pieces))
    facts = jobs.read(page)
    assert all(page.text[f.start : f.end] == f.text for f in facts)
    assert all(int(a.value["stop"]) <= int(b.value["begin"]) for a, b in pairwise(facts))


@pytest.mark.parametrize(
    "header",
    [
        "Medical Coder\nContoso Health\nJan 2018 - Dec 2019",
        "Medical Coder\nContoso Health | Jan 2018 - Dec 2019",
        "Contoso Health\nJan 2018 - Dec 2019\nMedical Coder",
        "Medical Coder - Contoso Health\nJan 2018 - Dec 2019",
        "Medical Coder, Contoso Dental\nJan 2018 - Dec 2019",
        "Medical Coder at Contoso Health\nJan 2018 - Dec 2019",
    ],
)
def test_an_employer_beside_the_title_is_no_part_of_it(engine, header):
    text = f"Maria Sample\n\nExperience\n{header}\n- Coded charts\n"
    assert [job.title for job in engine.read_resume(text.encode(), "m.txt").facts.jobs] == ["Medical Coder"]
