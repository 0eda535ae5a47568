from __future__ import annotations

import pytest
from facts_page import page_of

from matcher.reading.facts.education import EducationReader


@pytest.fixture(scope="session")
def education(taxonomy):
    return EducationReader(taxonomy.rules)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bachelor of Science : Accounting 2012 Any University", "bachelor"),
        ("B.A : Geography 2009", "bachelor"),
        ("BA (Hons) English Literature, 2014", "bachelor"),
        ("BS Civil Engineering | Any State College | 2010-2015", "bachelor"),
        ("AB Philosophy | 2011-2015", "bachelor"),
        ("B.Com (General) | Any College | 2017", "bachelor"),
        ("B.C.A. | Any Institute | 2016", "bachelor"),
        ("B.Tech Textile, 2015", "bachelor"),
        ("College graduate, 2010", "bachelor"),
        ("PG Diploma in Taxation | 2018", "bachelor"),
        ("Licenciatura en Administración, 2015", "bachelor"),
        ("Master of Education : Reading", "master"),
        ("MBA (Marketing), evening, 2017\nB.Com, 2014", "master"),
        ("M.Com, 2016", "master"),
        ("Ph.D. in Chemistry, 2001", "doctor"),
        ("Associate of Applied Science, 2012", "associate"),
        ("Associate in Office Management | 2009-2011", "associate"),
        ("Diploma in Mechanical Engineering | Polytechnic | 2016", "associate"),
        ("HND Business, 2008", "associate"),
        ("Tecnólogo en Sistemas, 2014\nBachiller, 2011", "associate"),
        ("BS Marine Biology, 3rd year (ongoing) | 2023-present\nSenior High - ABM | 2021-2023", "some_college"),
        ("Bachelor of Science in Forestry (1st year, undergraduate)", "some_college"),
        ("BS Architecture (undergraduate, 2 years) | 2015-2017", "some_college"),
        ("BA History (2 of 4 years), 2014-2016", "some_college"),
        ("Bachelor of Arts, expected 2027", "some_college"),
        ("Some college, Any Community College", "some_college"),
        ("Bachelor of Elementary Education | 2010-2014\nMA Education units (12) | 2016-2017", "bachelor"),
        ("High School Diploma 1997 Any High School City , State", "high_school"),
        ("Senior High School (STEM) | SY 2021-2023\nJunior High School | SY 2017-2021", "high_school"),
        ("HSC | Any Jr College | 2015\nSSC | Any High School | 2013", "high_school"),
        ("12th (Arts) | 2012\n10th | 2010", "high_school"),
        ("10+2 | 2019", "high_school"),
        ("GED 1999", "high_school"),
        ("National Senior Certificate (Matric), 2014", "high_school"),
        ("3 A levels, 2009", "high_school"),
        ("SSC | Any High School | 2018", "none"),
        ("Any Learning Centre 2009", "unknown"),
        ("MS Excel, MS Office", "unknown"),
    ],
)
def test_education_reads_degrees_of_many_countries(education, text, level):
    assert education.highest(education.read(page_of(education=text))) == level


def test_education_status_of_one_degree_does_not_touch_the_next(education):
    facts = education.read(page_of(education="MBA, pursuing\nB.Com, 2019"))
    assert [(f.value["level"], f.value["completed"]) for f in facts] == [("master", False), ("bachelor", True)]


def test_education_status_in_the_next_sentence_is_of_something_else(education):
    (degree,) = education.read(page_of(education="B.Com (Hons.), 2018. Tax module - pursuing."))
    assert degree.value["completed"] is True


def test_education_without_a_section_takes_safe_forms_only(education):
    assert (
        education.highest(education.read(page_of(summary="I hold a Bachelor of Arts degree and use MS Excel as needed.")))
        == "bachelor"
    )
    assert (
        education.highest(education.read(page_of(summary="Worked as AS 400 operator and MA liaison with BA team."))) == "unknown"
    )


def test_education_fact_is_its_text(education):
    page = page_of(education="2012 Bachelor of Science : Accounting")
    (degree,) = education.read(page)
    assert page.text[degree.start : degree.end] == degree.text == "Bachelor of Science : Accounting"
