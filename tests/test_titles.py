from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.titles import TitleReader, families, grade_words
from matcher.taxonomy import load


@pytest.fixture(scope="module")
def rules():
    return load().rules


@pytest.fixture(scope="module")
def titles(rules):
    return TitleReader(rules)


@pytest.mark.parametrize(
    ("title", "family", "level"),
    [
        ("Customer Service Representative", "customer-service-voice", 1),
        ("Sr. Customer Service Rep II", "customer-service-voice", 2),
        ("CUSTOMER CARE EXECUTIVE", "customer-service-voice", 1),
        ("Call Centre Agent", "customer-service-voice", 1),
        ("Customer Service Team Leader", "customer-service-voice", 3),
        ("Contact Center Manager", "customer-service-voice", 4),
        ("Non-Voice Process Executive", "customer-service-nonvoice", 1),
        ("Live-chat agents", "customer-service-nonvoice", 1),
        ("BPO Team Leader", "bpo-operations", 3),
        ("Process Associate - Content Moderation", "trust-safety", 1),
        ("Process Associate", "bpo-operations", 1),
        ("Telesales Executive", "sales-telemarketing", 1),
        ("Lead Generation Specialist", "sales-telemarketing", 1),
        ("Management Trainee, Collections", "collections", 0),
        ("Technical Support Rep (Tier 2)", "technical-support", 2),
        ("Help Desk (IT) Intern", "technical-support", 0),
        ("Data Entry Operator", "back-office", 1),
        ("Office Manager", "back-office", 1),
        ("Payroll Analyst", "hr-operations", 1),
        ("Recruiter", "recruitment", 1),
        ("Quality Analyst", "quality", 2),
        ("Quality Assurance Senior Analyst", "quality", 2),
        ("Quality Assurance Tester", "software-testing", 1),
        ("Quality Control Inspector", "manufacturing-quality", 1),
        ("Process Trainer", "training", 2),
        ("Real-Time Analyst", "workforce", 2),
        ("Team Leader", "team-leadership", 3),
        ("Operations Supervisor", "team-leadership", 3),
        ("Operations Manager", "operations-management", 5),
        ("VP Operations", "operations-management", 6),
        ("Accounts Receivable Specialist", "finance-accounting", 1),
        ("AR Caller", "healthcare-rcm", 1),
        ("Executive - AR (voice)", "healthcare-rcm", 1),
        ("Physician Billing Specialist", "healthcare-rcm", 1),
        ("Sr. Social Care & Email Advisor", "customer-service-nonvoice", 2),
        ("Ticket Support Agent", "customer-service-nonvoice", 1),
        ("Time Keeper", "hr-operations", 1),
        ("SQL Server 2012", "software", 1),
        ("Assistant Softball Coach", "fitness", 1),
        ("Medical Billing Specialist", "healthcare-rcm", 1),
        ("Medical Coder III", "medical-coding", 2),
        ("Claims Adjuster", "insurance", 1),
        ("Loan Processor", "mortgage-lending", 1),
        ("KYC Analyst", "banking-kyc-fraud", 1),
        ("Legal Assistant / Paralegal", "legal", 1),
        ("Trust & Safety Associate", "trust-safety", 1),
        ("Account Manager", "client-services", 1),
        ("Senior Account Manager", "client-services", 2),
        ("Sales Associate", "retail-sales", 1),
        ("Executive Chef", "food-hospitality", 1),
        ("Director of Finance", "finance-accounting", 6),
        ("Substitute Teacher", "teaching", 1),
        ("Owner/Chef", "food-hospitality", 1),
        ("Personal Trainer", "fitness", 1),
        ("Company Name City , State Graphic Designer (contracted)", "design", 1),
    ],
)
def test_titles_tell_family_and_level(titles, title, family, level):
    sense = titles.read(title)
    assert (sense.family, sense.level) == (family, level)


@pytest.mark.parametrize(
    ("title", "level"),
    [("Manager", 4), ("Senior Manager", 5), ("Assistant Manager", 4), ("Director", 6), ("Trainee", 0), ("Associate", 1)],
)
def test_words_of_level_alone_tell_no_family(titles, title, level):
    sense = titles.read(title)
    assert (sense.family, sense.level, sense.contact) == (None, level, False)


@pytest.mark.parametrize("text", ["", "   ", "•", "Maria Lopez", "2019 - 2021", "Summary"])
def test_what_is_no_title_says_nothing(titles, text):
    sense = titles.read(text)
    assert (sense.family, sense.level, sense.strength) == (None, None, 0)


@pytest.mark.parametrize(
    ("title", "channels", "lines"),
    [
        ("Chat Support Agent - Telecom", ("chat",), ("telecom",)),
        ("International Voice Process Associate", ("voice",), ()),
        ("CSR (Non-Voice), US Healthcare", ("non-voice",), ("healthcare",)),
        ("Mortgage Loan Processor", (), ("mortgage",)),
        ("Quality Analyst", (), ()),
    ],
)
def test_asides_tell_channel_and_line(titles, title, channels, lines):
    sense = titles.read(title)
    assert (sense.channels, sense.lines_of_business) == (channels, lines)


@pytest.mark.parametrize(
    ("title", "contact"),
    [
        ("Customer Service Supervisor", True),
        ("Service Desk Analyst", True),
        ("BPO Executive", True),
        ("Operations Manager - Call Center", True),
        ("IT Technician", False),
        ("Accountant", False),
        ("Team Leader", False),
    ],
)
def test_contact_is_said_by_any_phrase_of_a_contact_family(titles, title, contact):
    assert titles.read(title).contact is contact


def test_case_hyphens_and_plurals_do_not_matter(titles):
    assert titles.read("CUSTOMER-SERVICE REPRESENTATIVES") == titles.read("customer service representative")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    sense = TitleReader(load().rules).read(text) if len(text) < 3 else _READER.read(text)
    assert sense.level is None or 0 <= sense.level <= 6
    assert sense.strength >= 0


_READER = TitleReader(load().rules)


def test_families_refer_to_families_and_concepts_that_exist(rules):
    known = families(rules)
    concepts = load().concepts
    for family in known.values():
        assert set(family.neighbours) <= set(known), family.id
        assert family.id not in family.neighbours
        assert all(0 < credit <= 1 for credit in family.neighbours.values()), family.id
        assert set(family.core) <= set(concepts), family.id


def test_every_phrase_of_a_family_is_read_as_that_family_or_told_apart_by_a_longer_one(rules, titles):
    strays = [
        (row["id"], text, titles.read(text).family)
        for row in rules["families"]["family"]
        for text in row["titles"]
        if titles.read(text).family != row["id"]
    ]
    assert strays == []


def test_no_title_is_listed_for_two_families(rules):
    seen: dict[str, str] = {}
    for row in rules["families"]["family"]:
        for text in row["titles"]:
            assert seen.setdefault(text, row["id"]) == row["id"], text


def test_words_that_only_grade_a_title_are_told_from_words_of_work(rules):
    found = grade_words(rules)
    assert {"senior", "junior", "ii"} <= found
    assert found.isdisjoint({"manager", "supervisor", "representative", "coder", "service"})


@pytest.mark.parametrize(
    ("title", "family", "level"),
    [
        ("Customer Care Executive", "customer-service-voice", 1),
        ("Process Executive - Voice", "bpo-operations", 1),
        ("Executive Director", "other-management", 6),
        ("Chief Executive Officer", "other-management", 6),
        ("Process Associate", "bpo-operations", 1),
        ("Senior Associate", None, 2),
        ("Associate Vice President", None, 5),
        ("OM, BPO Operations", "bpo-operations", 5),
        ("AM - Operations", "operations-management", 4),
        ("TL - Customer Support", "customer-service-voice", 3),
        ("LTL Freight Dispatcher", "driving-logistics", 1),
        ("Lead, Customer Support", "customer-service-voice", 3),
        ("Lead Generation Specialist", "sales-telemarketing", 1),
        ("Management Trainee (MT)", None, 0),
        ("CCA, voice process", "customer-service-voice", 1),
        ("Physician Assistant", "nursing-care", 1),
    ],
)
def test_words_of_titles_that_mean_different_things_in_different_places(titles, title, family, level):
    sense = titles.read(title)
    assert (sense.family, sense.level) == (family, level)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Consultant", 1),
        ("Sales Consultant", 1),
        ("Project Manager", 3),
        ("Sales Officer", 1),
        ("Systems Administrator", 1),
        ("Customer Service Executive", 1),
        ("Head Cashier", 3),
        ("Head Chef", 3),
        ("Head Waiter", 3),
        ("Crew Chief", 3),
        ("Head of Training", 5),
        ("Head - Quality", 5),
        ("Head, Customer Experience", 5),
        ("Process Head", 5),
        ("Country Head", 6),
        ("Chief Operating Officer", 6),
        ("Chief of Staff", 5),
        ("Financial Controller", 4),
        ("Controller", 4),
        ("Document Controller", 1),
        ("Credit Controller", 1),
        ("Assistant Controller", 3),
        ("Owner / Operator", 5),
    ],
)
def test_only_words_that_lead_people_are_steps_up(titles, title, level):
    assert titles.read(title).level == level


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Assistant", "back-office"),
        ("Senior Assistant (part-time)", "back-office"),
        ("Dog Walking Assistant", None),  # what an assistant assists in is his work
        ("Office Assistant", "back-office"),
        ("Dental Assistant", "nursing-care"),
        ("Social Media Agent", "customer-service-nonvoice"),
        ("Social Media Manager", "marketing"),
        ("Chief Financial Officer", "finance-accounting"),
        ("Mortgage Underwriter II", "mortgage-lending"),
        ("Loan Modification Underwriter", "mortgage-lending"),
        ("Network Operations Specialist", "it-infrastructure"),
        ("Merchant Services Advocate", "customer-service-voice"),
    ],
)
def test_the_work_that_titles_name(titles, title, family):
    assert titles.read(title).family == family


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("AP Specialist", ("accounts", "payable")),
        ("Sr. Accounts Payable Associate", ("accounts", "payable")),
        ("AR Caller", ("accounts", "receivable", "caller")),
        ("AR Teacher", ("ar", "teacher")),  # no finance: it stays as it is
        ("CSR", ("customer", "service")),
        ("Customer Service Rep II", ("customer", "service")),
        ("TSR", ("technical", "support")),
        ("TSR - Telemarketing Representative", ("telesales", "telemarketing")),
        ("QA Analyst", ("quality", "assurance", "analyst")),
        ("TL - Customer Support", ("team", "leader", "customer", "support")),
        ("Team Lead", ("team", "leader")),
        ("Team Leader", ("team", "leader")),
        ("Associate", ()),
        ("Specialist", ()),
        ("", ()),
    ],
)
def test_titles_are_compared_by_the_words_that_tell_the_work(titles, title, words):
    assert titles.work_words(title) == words


def test_abbreviations_are_written_out_for_families_that_there_are(rules):
    known = families(rules)
    assert {family for row in rules["levels"]["shorts"].values() for family in row} <= set(known)
