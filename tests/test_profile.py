from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.profile import count_terms, merged_months, resolve_as_of
from matcher.records import Fact, Month, Stance

RESUME = """MARIA SAMPLE
Sample City | maria.sample@example.com

SUMMARY
Agent with chat support background. Currently learning Salesforce. No experience in cold calling.

EXPERIENCE

Customer Service Representative | Sample Contact Co | Jan 2020 - Mar 2022
- Took inbound calls for a telecom account
- Logged tickets in Zendesk

Data Entry Clerk | Sample Papers | Jan 2021 - Dec 2021
- Typed forms and logged tickets in Zendesk

Cashier | Sample Market | Apr 2018 - Present
- Counted the till

CERTIFICATIONS
Six Sigma Yellow Belt, 2021
Zoom, 2019

SKILLS
Zendesk, Avaya, familiar with Genesys
Typing speed of 45 wpm

EDUCATION
Bachelor of Arts, Sample University, 2017

LANGUAGES
English, Spanish (fluent)

REFERENCES
Juan Sample, payroll processing manager
"""


@pytest.fixture(scope="module")
def profile(engine):
    return engine.read_resume(RESUME.encode(), "maria.txt", as_of="2022-06-15")


def claim(profile, concept):
    (found,) = [found for found in profile.claims if found.concept == concept]
    return found


# -------------------------------------------------------------------------------------------------------------------- time

M = Month.parse


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([], 0),
        ([("2020-01", "2020-01")], 1),
        ([("2020-01", "2020-03")], 3),
        ([("2020-01", "2020-03"), ("2020-03", "2020-04")], 4),
        ([("2020-01", "2020-12"), ("2020-03", "2020-04")], 12),
        ([("2020-03", "2020-04"), ("2020-01", "2020-12")], 12),
        ([("2019-12", "2020-01"), ("2020-02", "2020-02")], 3),
        ([("2018-01", "2018-02"), ("2020-01", "2020-02")], 4),
        ([("2020-01", "2020-06"), ("2020-01", "2020-06")], 6),
    ],
)
def test_months_are_merged(spans, months):
    assert merged_months([(M(start), M(end)) for start, end in spans]) == months


SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 30)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


def as_month(index):
    return Month(2000 + index // 12, index % 12 + 1)


@given(SPANS)
def test_merged_months_are_the_months_that_any_span_covers(spans):
    covered = {index for start, end in spans for index in range(start, end + 1)}
    assert merged_months([(as_month(start), as_month(end)) for start, end in spans]) == len(covered)


def job_fact(start, end):
    return Fact("job", "", 0, 0, {"start": start, "end": end})


@pytest.mark.parametrize(
    ("option", "month"),
    [("today", "2024-05"), ("2023-02-28", "2023-02"), ("2023-02", "2023-02"), ("document", "2021-07")],
)
def test_as_of(option, month):
    jobs = [job_fact("2019-01", "2020-03"), job_fact("2021-07", None), job_fact(None, None)]
    assert str(resolve_as_of(option, jobs, today=date(2024, 5, 31))) == month


def test_as_of_document_is_unknown_without_a_dated_job():
    assert resolve_as_of("document", [job_fact(None, None)]) is None
    assert resolve_as_of("document", []) is None


@pytest.mark.parametrize("option", ["", "now", "2023", "2023-13", "2023-02-30", "28-02-2023", "2023-00", "2023/05", "20230228x"])
def test_as_of_that_is_no_date_is_refused(option):
    with pytest.raises(InputError, match="--as-of"):
        resolve_as_of(option, [])


@pytest.mark.parametrize(
    ("as_of", "end", "months"), [("2022-06-15", "2022-06", 51), ("2022-06", "2022-06", 51), ("document", "2022-03", 48)]
)
def test_open_jobs_end_at_as_of(engine, as_of, end, months):
    (cashier,) = [j for j in engine.read_resume(RESUME.encode(), "m.txt", as_of=as_of).facts.jobs if j.title == "Cashier"]
    assert (cashier.start, cashier.end, cashier.open, cashier.months) == ("2018-04", end, True, months)


def test_open_jobs_end_today_by_default(engine):
    profile = engine.read_resume(RESUME.encode(), "m.txt")
    assert profile.as_of == date.today().isoformat()
    assert max(job.end for job in profile.facts.jobs) == profile.as_of[:7]


def test_an_as_of_before_the_start_gives_no_months(engine):
    profile = engine.read_resume(RESUME.encode(), "m.txt", as_of="2015-01-01")
    (cashier,) = [job for job in profile.facts.jobs if job.title == "Cashier"]
    assert cashier.months is None


def test_the_as_of_used_is_recorded(engine, profile):
    assert profile.as_of == "2022-06-15"
    assert engine.read_resume(RESUME.encode(), "m.txt", as_of="document").as_of == "2022-03"
    assert engine.read_resume(b"Maria Sample\nZendesk", "m.txt", as_of="document").as_of == "document"


# ------------------------------------------------------------------------------------------------------------------- facts


def test_overlapping_jobs_count_once(profile):
    assert [(job.title, job.months) for job in profile.facts.jobs] == [
        ("Customer Service Representative", 27),
        ("Data Entry Clerk", 12),
        ("Cashier", 51),
    ]
    assert profile.facts.total_years == round(51 / 12, 1)
    assert profile.facts.customer_contact_months == 27


def test_months_by_family_channel_and_line(profile):
    facts = profile.facts
    assert facts.months_by_family["customer-service-voice"] == 27
    assert facts.months_by_family["back-office"] == 12
    assert facts.months_by_channel["voice"] == 27
    assert facts.months_by_line_of_business["telecom"] == 27


def test_other_facts(profile):
    facts = profile.facts
    assert facts.contact.emails == ("maria.sample@example.com",)
    assert facts.contact.name == "MARIA SAMPLE"
    assert facts.typing_wpm == 45
    assert facts.education == "bachelor"
    assert [(language.name, language.level) for language in facts.languages] == [("English", None), ("Spanish", "fluent")]
    assert facts.last_title == "Cashier"


def test_a_name_beside_a_column_at_the_side_is_found(engine):
    text = (
        "Contact\nmaria.s@example.com\n\nTools\n• Zendesk\n• Avaya\n• Excel\n• Word\n• Jira\n\nLanguages\n• English\n\n"
        "Maria Sample\nChat Agent\nMobile, AL\n\nExperience\nCashier | Sample Market | Jan 2016 - Dec 2018\n- Counted"
    )
    contact = engine.read_resume(text.encode(), "m.txt").facts.contact
    assert (contact.name, contact.city) == ("Maria Sample", "Mobile")
    assert engine.read_resume(text.replace("maria.s@", "desk@").encode(), "m.txt").facts.contact.name is None


def test_what_is_not_said_is_not_guessed(engine):
    facts = engine.read_resume(b"Maria Sample\n\nSkills\nZendesk", "m.txt").facts
    assert (facts.total_years, facts.last_title, facts.education, facts.typing_wpm) == (None, None, "unknown", None)
    assert (facts.customer_contact_months, facts.jobs, facts.languages, facts.kpis) == (None, (), (), ())


def test_jobs_printed_twice_count_once(engine):
    row = "Cashier | Sample Market | Jan 2016 - Dec 2018\n- Counted the till\n"
    text = f"Maria Sample\n\nExperience\n{row}Receptionist | Sample Inn | Jan 2014 - Dec 2015\n{row}"
    profile = engine.read_resume(text.encode(), "m.txt")
    assert [job.title for job in profile.facts.jobs] == ["Cashier", "Receptionist"]
    assert profile.facts.total_years == 5.0


# ------------------------------------------------------------------------------------------------------------------ claims


@pytest.mark.parametrize(
    ("concept", "stance", "proof", "months", "last_used"),
    [
        ("inbound-calls", Stance.HELD, "job", 27, "2022-03"),
        ("zendesk", Stance.HELD, "job", 27, "2022-03"),  # two overlapping jobs and a list: the job proves it, months merged
        ("avaya", Stance.HELD, "bare", None, None),
        ("genesys", Stance.HELD, "bare", None, None),
        ("chat-support", Stance.HELD, "summary", None, None),
        ("six-sigma-yellow-belt", Stance.HELD, "certificate", None, None),
        ("zoom", Stance.HELD, "bare", None, None),  # a tool in a list of certificates is no certificate
        ("salesforce", Stance.LEARNING, "summary", None, None),
        ("cold-calling", Stance.DENIED, "summary", None, None),
        ("payroll-processing", Stance.CONTEXT, "list", None, None),
    ],
)
def test_claims(profile, concept, stance, proof, months, last_used):
    found = claim(profile, concept)
    assert (found.stance, found.proof, found.months, found.last_used) == (stance, proof, months, last_used)


def test_hedged_claims_score_less(profile):
    assert claim(profile, "genesys").score == pytest.approx(0.6)
    assert claim(profile, "avaya").score == 1.0


def test_the_best_evidence_comes_first_and_is_quoted(profile):
    found = claim(profile, "zendesk")
    assert [item.section for item in found.evidence] == ["experience", "experience", "skills"]
    assert all(RESUME[item.start : item.end] == item.text for item in found.evidence)


def test_claims_are_one_a_concept_in_order_of_their_ids(profile):
    ids = [found.concept for found in profile.claims]
    assert ids == sorted(set(ids))


def test_no_more_than_five_quotes_are_kept(engine):
    text = "Maria Sample\n\nSkills\n" + "Zendesk\n\n" * 9
    assert len(claim(engine.read_resume(text.encode(), "m.txt"), "zendesk").evidence) == 5


def test_every_job_that_shows_a_skill_is_quoted_however_often_another_names_it(engine):
    duties = {2021: ("chats", "calls", "mails", "returns", "refunds", "repairs"), 2020: ("chats",), 2019: ("calls",)}
    jobs = "\n".join(
        f"Agent | Sample Contact {year} | Jan {year} - Dec {year}\n"
        + "".join(f"- Logged tickets of {about} in Zendesk\n" for about in told)
        for year, told in duties.items()
    )
    found = engine.read_resume(f"Maria Sample\n\nEXPERIENCE\n\n{jobs}".encode(), "m.txt")
    places = [item.start for item in claim(found, "zendesk").evidence]
    assert [sum(job.begin <= place < job.stop for place in places) for job in found.facts.jobs] == [5, 1, 1]


def test_a_held_mention_outweighs_a_learning_one(engine):
    text = "Maria Sample\n\nSummary\nLearning Zendesk.\n\nSkills\nZendesk"
    found = claim(engine.read_resume(text.encode(), "m.txt"), "zendesk")
    assert (found.stance, len(found.evidence)) == (Stance.HELD, 1)


def test_certificates_keep_their_status(engine):
    text = "Maria Sample\n\nCertifications\nCPC (AAPC), 2019\nPMP - in progress\nSample Safety Badge"
    found = {(c.name, c.concept, c.status) for c in engine.read_resume(text.encode(), "m.txt").facts.certifications}
    assert {("CPC", "cpc", "held"), ("PMP", "pmp", "in progress")} <= found
    assert any(name == "Sample Safety Badge" and concept is None for name, concept, _ in found)


# ------------------------------------------------------------------------------------------------------------------- terms


def test_terms_are_counts_of_known_words():
    assert count_terms("Calls, calls and CALLS; orders 24 x", {"calls": 1, "orders": 1, "never": 1}) == {"calls": 3, "orders": 1}


@given(st.text(max_size=80))
def test_terms_never_leave_the_vocabulary(text):
    vocabulary = {"calls": 1, "ab": 1}
    counts = count_terms(text + " calls ab calls", vocabulary)
    assert set(counts) == {"calls", "ab"}
    assert counts["calls"] >= 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("MARIA SAMPLE", "JAMES CHICAGO JOHN"),
        ("Sample City |", "12 Single Street, Dallas |"),
        ("Sample City |", "Male, 24 years old, Catholic |"),
        (
            "REFERENCES\nJuan Sample",
            "PERSONAL DATA\nReligion: Catholic\nGender: Male\nCivil status: Single\n\nREFERENCES\nJohn James",
        ),
        ("Sample University", "Phoenix Business College"),
        ("LANGUAGES", "HOBBIES\nFootball and church music\n\nLANGUAGES"),
    ],
)
def test_words_about_the_person_are_not_counted(engine, profile, before, after):
    assert before in RESUME
    other = engine.read_resume(RESUME.replace(before, after).encode(), "m.txt", as_of="2022-06-15")
    assert other.terms == profile.terms
    assert profile.terms["calls"] == 1


def test_a_resume_without_headings_keeps_the_words_of_its_lines_with_skills(engine):
    terms = engine.read_resume(b"James Dallas\nTook inbound calls for customers", "m.txt").terms
    assert {"calls", "customers"} <= set(terms)
    assert not {"james", "dallas"} & set(terms)


# -------------------------------------------------------------------------------------------------- as of the document


@pytest.mark.parametrize(
    ("after", "as_of"),
    [
        ("", "2019-03"),
        ("\nCertifications\nSample Safety Badge, June 2022\n", "2019-03"),
        ("\nEducation\nBachelor of Arts, Sample University, 2018 - 2021\n", "2019-03"),
        ("\nReferences\nSample letter of January 2023\n", "2019-03"),
    ],
)
def test_as_of_the_document_is_the_newest_date_of_a_job(engine, after, as_of):
    text = (
        "Maria Sample\n\nExperience\nCashier | Sample Market | Mar 2019 - Present\n- Counted\n"
        f"Receptionist | Sample Inn | Jan 2014 - Dec 2015\n- Greeted\n{after}"
    )
    profile = engine.read_resume(text.encode(), "m.txt", as_of="document")
    assert (profile.as_of, profile.lower_bound) == (as_of, True)
    assert [job.months for job in profile.facts.jobs] == [1, 24]
