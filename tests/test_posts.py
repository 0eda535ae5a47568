from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.facts.clauses import clauses, wording
from matcher.reading.facts.durations import floors
from matcher.reading.facts.posts import post_facts
from matcher.reading.titles import TitleReader
from matcher.records import Line, Section
from matcher.taxonomy import load

RULES = load().rules
TITLES = TitleReader(RULES)


def lines_of(text):
    found, position = [], 0
    for line in text.split("\n"):
        found.append(Line(position, position + len(line)))
        position += len(line) + 1
    return tuple(found)


def read(text, section="requirements"):
    return post_facts(text, lines_of(text), (Section(section, 0, 0, len(text)),), RULES, TITLES)


def first(text, kind, section="requirements"):
    return next((dict(fact.value) for fact in read(text, section) if fact.kind == kind), None)


@pytest.mark.parametrize(
    ("text", "months", "most", "need"),
    [
        ("At least six (6) months of BPO experience", 6, None, "required"),
        ("Must have at least one year of work experience in a BPO company", 12, None, "required"),
        ("1-3 years of experience within a hospital setting is essential", 12, 36, "required"),
        ("Minimum 2 yrs experience in international voice process", 24, None, "required"),
        ("18+ months call center experience required", 18, None, "required"),
        ("Experience: 0.6 - 3 Years", 6, 36, "required"),
        ("1.5 years of payroll experience", 18, None, "required"),
        ("At least 1 year experience in chat, preferably for an online shop", 12, None, "required"),
        ("Two years of supervisory experience preferred", 24, None, "preferred"),
        ("Preferably 1 year of collections experience", 12, None, "preferred"),
        ("May require 1 year of experience in retail banking", 12, None, "preferred"),
        ("3 years of claims experience is a plus", 36, None, "preferred"),
        ("6+ months experience in travel or 2 years as a ticketing agent", 6, None, "required"),
        ("0 - 2 years of experience", 0, 24, "waived"),
        ("A minimum of 2 years in a contact center", 24, None, "required"),
        ("Certified for more than 5 years with coding experience", 60, None, "required"),
        ("QualificationsSix months of front desk experience required", 6, None, "required"),
    ],
)
def test_floors_of_experience(text, months, most, need):
    assert first(text, "experience") == {"min_months": months, "max_months": most, "need": need}


@pytest.mark.parametrize(
    "text",
    [
        "We have been serving customers for over 50 years with our experience",
        "Must be 18 years old and above with a good background",
        "Contract duration: 6 months with possible extension, experience grows",
        "A raise after 12 months of tenure in the seat",
        "Up to 2 years of experience",
        "Completed at least 2 years in college",
        "Freshers with 1 year of experience please excuse",
        "Undergraduates with 2 years of experience can be considered",
        "A new desk after 6 months in our environment, probation of 3 months",
        "Great customer experience is what we sell",
    ],
)
def test_lengths_of_time_that_are_no_floor(text):
    fact = first(text, "experience")
    assert fact is None or fact["min_months"] is None


def test_years_of_the_company_are_no_floor_in_a_section_about_it():
    assert first("Our team has 20 years of experience in outsourcing.", "experience", "about") is None


@pytest.mark.parametrize(
    "text",
    [
        "With or without BPO experience, we will train you",
        "No experience required",
        "Freshers are welcome",
        "Fresh graduates may apply",
        "Experience is not required",
    ],
)
def test_waivers(text):
    assert first(text, "experience") == {"min_months": None, "max_months": None, "need": "waived"}


def test_a_floor_beside_a_waiver_counts_as_preferred():
    text = "- With or without BPO experience\n- At least six months BPO experience"
    assert first(text, "experience") == {"min_months": 6, "max_months": None, "need": "preferred"}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("Previous data entry experience in an office", "required"),
        ("Prior experience in a similar role", "required"),
        ("BPO experience is a plus but not required", "preferred"),
        ("Content moderation experience is preferred, but not essential", "preferred"),
        ("Pharmacy experience is a plus", "preferred"),
    ],
)
def test_experience_without_a_length(text, need):
    assert first(text, "experience") == {"min_months": None, "max_months": None, "need": need}


@pytest.mark.parametrize(
    ("text", "level", "need"),
    [
        ("High School or Senior High School graduate", "high_school", "required"),
        ("High school diploma or GED required", "high_school", "required"),
        ("12th pass or any graduate", "high_school", "required"),
        ("Any graduate or 10+2 with a certificate", "high_school", "required"),
        ("Completed at least 2 years in college with no back subjects", "some_college", "required"),
        ("At least 2nd year in college or graduate of any bachelor's degree", "some_college", "required"),
        ("College graduates, college undergraduates and associate degree holders", "some_college", "required"),
        ("Associate or bachelor's degree in any course", "associate", "required"),
        ("B.Tech / BCA / B.Sc IT or Diploma in CS", "associate", "required"),
        ("Any graduate", "bachelor", "required"),
        ("Graduate of any four-year course", "bachelor", "required"),
        ("Bachelor's degree preferred", "bachelor", "preferred"),
        ("Bachelor's degree in Finance (preferred)", "bachelor", "preferred"),
        ("Bachelor's degree (science or maths background preferred)", "bachelor", "required"),
        ("Some calls (ideally in a bank), bachelor's degree", "bachelor", "required"),
        ("MBA in HR", "master", "required"),
    ],
)
def test_education(text, level, need):
    fact = first(text, "education")
    assert (fact["level"], fact["need"]) == (level, need)


SYSTEMS = {
    "high_school": """SHS graduate of any strand, 10+2 with good English, Class XII pass, Matric certificate, Grade 12 holder,
        A-levels or equivalent, 5 GCSEs, GED, NVQ Level 3, PUC pass, SSLC pass, ALS passers, K12 graduates, H.S. diploma,
        Leaving Cert, Old curriculum high school graduate, Level 2 qualification""",
    "some_college": """2nd year college, College undergraduate, Undergraduates are welcome, TESDA NC II holder,
        Vocational course graduate, At least 60 college credits, Some college""",
    "associate": "Any diploma, 3-year diploma, HND or degree, 2-year course graduate, Polytechnic diploma",
    "bachelor": """B.Com / BCA / B.Tech, BE/BTech, Graduation in any stream, Graduates from any discipline, Degree educated,
        BSBA or BS Accountancy, Graduate of any 4-year course, Undergraduate degree""",
    "master": "Post graduation in any stream, MBA / PGDM, M.Com",
    "none": "No degree needed",
}


@pytest.mark.parametrize(
    ("text", "level"), [(text.strip(), level) for level, texts in SYSTEMS.items() for text in texts.split(",")]
)
def test_education_in_the_systems_of_several_countries(text, level):
    assert first(text, "education")["level"] == level


def test_a_wish_in_a_bracket_is_of_what_is_named_there():
    assert first("Active RN license (BSN preferred, ADN accepted)", "certification")["need"] == "required"
    assert first("Active RN license (STRONGLY PREFERRED)", "certification")["need"] == "preferred"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Bachelor's degree in Accounting, Finance or a related field", "Accounting, Finance or a related field"),
        ("Degree in any discipline", None),
        ("Degree in Commerce, or a diploma in Tourism", "Tourism"),
        ("Diploma in Hotel Management with 1 year of experience", "Hotel Management"),
        ("Any degree holder", None),
    ],
)
def test_subjects_of_degrees(text, subject):
    assert first(text, "education").get("subject") == subject


def test_the_required_level_governs_beside_a_preferred_one():
    facts = [dict(f.value) for f in read("A GED is required; a bachelor's degree would be preferred.") if f.kind == "education"]
    assert facts == [{"level": "high_school", "need": "required"}, {"level": "bachelor", "need": "preferred"}]


@pytest.mark.parametrize(
    "text",
    [
        "A high degree of customer satisfaction",
        "High school graduates will not be considered",
        "Fresh graduates may apply",
        "Tuition help for a bachelor's degree",
    ],
)
def test_what_only_sounds_like_schooling(text):
    assert first(text, "education") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bilingual in Spanish a plus", [("Spanish", "preferred", "bilingual")]),
        ("Intermediate English level (B2) or above", [("English", "required", "B2")]),
        ("Fluent in English and Tagalog", [("English", "required", "fluent"), ("Tagalog", "required", "fluent")]),
        ("French fries and German cars", []),
        (
            "Fluent in French and English (at least B2 in English)",
            [("French", "required", "fluent"), ("English", "required", "B2")],
        ),
        ("JLPT N2 or higher", [("Japanese", "required", "JLPT N2")]),
        ("Versant 47 or better", [("English", "required", "Versant 47")]),
        ("Versant Spanish score of 60", [("Spanish", "required", "Versant 60")]),
        ("Holders of a B1/B2 visa who read English signs", []),
        ("Good English\nEnglish at C1", [("English", "required", "C1")]),
        (
            "Fluent in French, in speech and in writing, English desirable",
            [("French", "required", "fluent"), ("English", "preferred", "fluent")],
        ),
        ("Fluent in French and English preferred", [("French", "preferred", "fluent"), ("English", "preferred", "fluent")]),
    ],
)
def test_languages(text, expected):
    found = [(f.value["name"], f.value["need"], f.value["level"]) for f in read(text) if f.kind == "language"]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PRC license is a plus but not required", [("PRC license", "preferred")]),
        ("Any certification in payroll (preferred)", [("certification in payroll", "preferred")]),
        ("Active RN license required", [("RN license", "required")]),
        ("Must hold a driver's license", []),
        ("Must be able to take the badge certification exam", []),
    ],
)
def test_certificates(text, expected):
    assert [(f.value["name"], f.value["need"]) for f in read(text) if f.kind == "certification"] == expected


def test_certificates_that_may_come_later_or_from_the_employer_are_no_must():
    assert first("An adjuster license is required within 90 days of hire", "certification")["need"] == "preferred"
    assert first("You will be trained for your safety certification", "certification") is None
    assert first("License/Certification required", "certification") is None


@pytest.mark.parametrize(
    ("text", "wpm"),
    [
        ("Typing speed of 28-35+ WPM with minimum 90% accuracy", 28),
        ("Able to type 25+ wpm", 25),
        ("40 words per minute", 40),
        ("900 wpm", None),
        ("15,000 KPH", None),
    ],
)
def test_typing(text, wpm):
    fact = first(text, "typing")
    assert (fact and fact["wpm"]) == wpm


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("Amenable to work on shifting schedules including weekends and holidays", "rotating"),
        ("Fixed US night shifts (Monday to Friday, fixed weekend off)", "night"),
        ("Willing to work the graveyard shift", "night"),
        ("Shift timings: 7.30 pm to 4.30 am", "night"),
        ("Working hours: 22:00 - 07:00", "night"),
        ("UK hours (10:00 to 19:00)", "day"),
        ("Hours 8:00 to 4:30", "day"),
        ("Shift: 2 PM to 11 PM", "evening"),
        ("Score between 10:00 and 12:00", None),
        ("Day shift only (no night shifts)", "day"),
        ("Open to some evenings and late nights", "evening"),
        ("Weekend shift", "weekend"),
        ("Adapts to shifting priorities", None),
        ("8 hour shift", None),
        ("Night shift allowance of 3,000", None),
    ],
)
def test_shift(text, shift):
    fact = first(text, "shift")
    assert (fact and fact["shift"]) == shift


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("A full-time on-site seat", "onsite"),
        ("Work from office only", "onsite"),
        ("Onsite in the city (no WFH for this account)", "onsite"),
        ("On-site seat, with the possibility of a hybrid set-up", "onsite"),
        ("Permanent work from home", "remote"),
        ("A fully remote seat", "remote"),
        ("3 days in office, 2 days at home", "hybrid"),
        ("You work from home on Wednesdays", "hybrid"),
        ("Fixes printers by remote desktop", None),
        ("The last interview is in person", None),
        ("Based at our Northgate office", "onsite"),
        ("Willing to return to the office once called", "remote"),
        ("On-site catering and on-site nursery", None),
        ("Health cover, restaurant space on site", None),
    ],
)
def test_site(text, site):
    fact = first(text, "site")
    assert (fact and fact["site"]) == site


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Customer Service Representative\nNorthwind", "Customer Service Representative"),
        ("URGENT HIRING!!! Customer Service Representative (Telco, Voice)", "Customer Service Representative"),
        ("Designation: Technical Support Executive - Pune\nShift: night", "Technical Support Executive"),
        ("Customer Service Associate - Part Time", "Customer Service Associate"),
        ("Content Moderator - Trust & Safety", "Content Moderator - Trust & Safety"),
        ("Associate (Trust & Safety)", "Associate (Trust & Safety)"),
        ("Service Desk (IT) Intern", "Service Desk (IT) Intern"),
        ("Grow with us!\nJob title: Quality Analyst", "Quality Analyst"),
        ("Something odd", "Something odd"),
    ],
)
def test_title(text, title):
    assert first(text, "title")["title"] == title


def test_an_empty_post_states_nothing():
    assert read("") == ()


def test_facts_quote_the_text_at_their_offsets():
    text = "CSR\n\n- At least 1 year of experience\n- High school diploma\n- Fluent Spanish\n- 40 wpm\n- Night shift, onsite"
    facts = read(text)
    assert {fact.kind for fact in facts} == {"title", "experience", "education", "language", "typing", "shift", "site"}
    assert all(text[fact.start : fact.end] == fact.text for fact in facts)


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text):
    assert all(text[fact.start : fact.end] == fact.text for fact in read(text))


# ------------------------------------------------------------------------------------------------------------------- parts


def test_clauses_find_the_lost_line_ends_of_lists():
    text = "Strong phone skillsAbility to type (preferred)Two years of sales2+ years in PowerPoint and QuickBooks"
    found = [clause.text for clause in clauses(text, ())]
    assert found == [
        "Strong phone skills",
        "Ability to type (preferred)",
        "Two years of sales",
        "2+ years in PowerPoint and QuickBooks",
    ]


def test_wordings_are_whole_words_and_blanks_fit_hyphens():
    assert wording(["on site"]).search("an on-site role")
    assert not wording(["on site"]).search("common sites")
    assert not wording([]).search("anything")


@given(low=st.integers(1, 29), more=st.integers(0, 20), unit=st.sampled_from(["years", "yrs", "months"]))
def test_ranges_are_read_whole(low, more, unit):
    (floor,) = floors(f"{low}-{low + more} {unit} of experience")
    factor = 1 if unit == "months" else 12
    assert (floor.months, floor.most) == (low * factor, (low + more) * factor)
