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


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # The Philippines
        ("Tertiary: BS Information Technology, undergraduate, 2016-2018\nSecondary: Any High School 2012-2016", "some_college"),
        ("2nd year college, BSBA, Any Colleges", "some_college"),
        ("College undergraduate - BS Nursing (3rd year)", "some_college"),
        ("BS Tourism, stopped 2019 (3rd yr)", "some_college"),
        ("College level (2 years)", "some_college"),
        ("Senior High School Graduate - HUMSS strand, Any NHS, 2020", "high_school"),
        ("K-12 graduate, TVL strand", "high_school"),
        ("Old curriculum high school graduate 2010", "high_school"),
        ("ALS Passer - Senior High equivalent 2019", "high_school"),
        ("Vocational: TESDA NC II Contact Center Services, 2021\nSecondary: Any High School, 2014", "high_school"),
        ("TESDA Bookkeeping NC III", "unknown"),
        # India
        ("B.A. (Pass), Any University, 2015", "bachelor"),
        ("B.Com (Pursuing final year)", "some_college"),
        ("B.Sc 2nd year appearing\n12th - Any Board 2021 - 72%", "some_college"),
        ("HSC (12th) 65% - State Board - 2016", "high_school"),
        ("PUC, Any Board, 2012", "high_school"),
        ("Any Graduate", "bachelor"),
        # South Africa
        ("Grade 12 - Any Secondary School 2015", "high_school"),
        ("Grade 11, Any School, 2014", "none"),
        ("National Diploma: Marketing (N6), Any TVET College, 2018", "associate"),
        ("Higher Certificate in Office Administration, 2017\nMatric 2015", "some_college"),
        ("BCom Honours in Accounting, 2019", "bachelor"),
        # Latin America
        ("Bachillerato en Ciencias, Colegio Ejemplo 2014", "high_school"),
        ("Secundaria completa 2010", "high_school"),
        ("Licenciatura en Psicología (en curso, 6to semestre)", "some_college"),
        ("Técnico en Sistemas, 2016", "some_college"),
        ("Maestría en Administración, 2020", "master"),
        # Britain and the United States
        ("BTEC National Diploma Level 3 Business 2011", "high_school"),
        ("BA (Hons) 2:1 Sociology", "bachelor"),
        ("BS Business, Any College\nAny Business School, Boston, MA - Legal Assistant", "bachelor"),
        ("BA History, 2010, MA History, 2012", "master"),
        ("Masterof Science : Information Systems , 2016", "master"),
        ("Bachlor of Science : Sociology , 2014", "bachelor"),
        ("High school diploma; some college, no degree", "some_college"),
        (
            "MBA : Public Any University Any University - MBA Public currently enrolled\nBS : Biology 1999",
            "bachelor",
        ),
        ("Graduate of Any High School 1996. Attended Any University, earning 16 credits toward\nBA of Science", "some_college"),
        ("Completed 36 semester hours toward a Bachelors degree", "some_college"),
        # Templates
        ("Bachelor of [Field of study], [University name]", "unknown"),
        ("[Degree] in [Major], [School Name]", "unknown"),
    ],
)
def test_education_of_many_systems(education, text, level):
    assert education.highest(education.read(page_of(education=text))) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Currently taking up BS Accountancy (4th year)", "bachelor"),
        ("Bachelor's degree candidate, expected May 2027", "bachelor"),
        ("MBA, pursuing\nB.Com, 2019", "master"),
        ("Licenciatura en Psicología (en curso)", "bachelor"),
        ("BS Tourism, stopped 2019 (3rd yr)", None),
        ("BS Nursing, undergraduate, 2016-2018", None),
        ("B.Com, 2019", None),
    ],
)
def test_education_that_goes_on(education, text, level):
    assert education.studying(education.read(page_of(education=text))) == level


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
