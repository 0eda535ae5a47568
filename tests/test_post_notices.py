"""What a whole job post tells beside its requirements: several vacancies, whom it turns away, for which line it hires."""

from __future__ import annotations

import pytest

from matcher.records import AnyOf, leaves


@pytest.fixture(scope="module")
def build(engine):
    def build(text):
        (role,) = engine.read_roles(text.encode(), "post.txt")
        return role

    return build


def told(role, code):
    return [notice.message for notice in role.warnings if notice.code == code]


NUMBERED = """NOW HIRING

Position 1: Customer Service Representative
Requirements:
- At least 6 months BPO experience

Position 2: Accountant
Requirements:
- CPA licence
"""
STACKED = """Team Leader - Voice

Qualifications
- 2 years as a team leader

Quality Analyst

Qualifications
- 1 year of call monitoring
"""
LETTERED = """Harborline Services

About us
Harborline is a BPO company.

{} - Payroll Associate
- Process payroll in ADP

{} - Collections Agent
- Debt collection by phone

{}
- Salesforce experience
"""
SINGLE = """Team Leader

Responsibilities
- Coach a team of agents
- Customer service

Qualifications
- High school diploma / GED
- 2 years as a team leader

Preferred
- Quality analyst background
"""


@pytest.mark.parametrize(("text", "names"), [(NUMBERED, ("Customer", "Accountant")), (STACKED, ("Team Leader", "Quality"))])
def test_several_vacancies_are_told(build, text, names):
    (message,) = told(build(text), "several-vacancies")
    assert all(name in message for name in names)


@pytest.mark.parametrize(
    "heads",
    [
        ("Vacancy A", "Vacancy B", "For both:"),
        ("Position 1", "Position 2", "Common requirements"),
        ("OPENING 1", "OPENING 2", "For both roles"),
    ],
)
def test_vacancies_below_the_employer_are_read(build, heads):
    role = build(LETTERED.format(*heads))
    (message,) = told(role, "several-vacancies")
    assert "Payroll Associate" in message and "Collections Agent" in message
    assert {"payroll-processing", "adp", "collections", "salesforce"} <= {leaf.concept for leaf in leaves(role.requirements)}


@pytest.mark.parametrize("line", ["Position: Analyst", "Role A plays in our growth", "Job 24 hours", "Vacancies 3"])
def test_other_lines_about_the_employer_stay_there(build, line):
    role = build(f"Chat Agent\n\nAbout us\nWe care.\n{line}\nWe serve users of Salesforce.\n\nRequirements\n- Zendesk\n")
    assert [leaf.concept for leaf in leaves(role.requirements)] == ["chat-support", "zendesk"]


@pytest.mark.parametrize(
    "title",
    [
        "Hiring AR Callers",
        "MASS HIRING - AR Callers",
        "Hiring Zone: AR Callers",
        "We are hiring AR Callers",
        "Join our mass hiring",
    ],
)
def test_a_call_for_applicants_is_no_recruiting(build, title):
    asked = {leaf.concept for leaf in leaves(build(f"{title}\n\nRequirements:\n- Zendesk\n").requirements)}
    assert not asked & {"recruitment", "mass-hiring"}


def test_one_vacancy_is_one(build):
    assert told(build(SINGLE), "several-vacancies") == []


@pytest.mark.parametrize(
    ("line", "away"),
    [
        ("Qualified CAs are not eligible", True),
        ("Candidates with an MBA need not apply", True),
        ("Applications without a resume will not be considered", False),
        ("Freshers are welcome", False),
    ],
)
def test_whom_a_post_turns_away_is_shown_and_asks_for_nothing_else(build, line, away):
    role = build(f"Finance Associate\n\nRequirements:\n- {line}\n- B.Com graduate\n")
    assert [line in message for message in told(role, "excludes-applicants")] == [True] * away
    assert [leaf.kind for leaf in leaves(role.requirements)] == [*(["exclusion"] * away), "education"]


@pytest.mark.parametrize(
    ("duty", "lines"),
    [
        ("You answer calls for a US telecom account", ("telecom",)),
        ("You answer billing questions of UK banking customers", ("banking",)),
        ("You handle refunds", ()),
        ("You handle refunds for a telco client", ("telecom",)),
        ("You take online orders and support our e-commerce marketplace sellers", ("retail",)),
    ],
)
def test_the_line_of_business_is_that_of_the_account(build, duty, lines):
    assert build(f"Customer Service Associate\n\nWhat you will do\n- {duty}\n").lines_of_business == lines


def test_papers_and_what_one_will_learn_are_not_asked_for(build):
    papers = "\n\nPapers to submit:\n- Diploma or transcript\n- Excel certificate\n- NBI clearance\n"
    learnt = "\n\nWhat you get\n- You will develop coaching and leadership skills\nYou will learn Zendesk and Six Sigma."
    plain, more = (
        build(f"Chat Agent\n\nRequirements:\n- Salesforce\n- High school graduate{text}") for text in ("", papers + learnt)
    )
    assert [leaf.text for leaf in leaves(more.requirements)] == [leaf.text for leaf in leaves(plain.requirements)]


@pytest.mark.parametrize(
    ("tools", "choices"),
    [
        ("WFM software (IEX, Verint, Aspect)", [{"workforce-management", "nice-iex", "verint", "aspect"}]),
        ("CRM tools (Salesforce and Zendesk)", []),
    ],
)
def test_a_bracket_behind_a_class_of_tools_names_examples(build, tools, choices):
    tree = build(f"Analyst\n\nRequirements:\n- Knowledge of {tools}\n").requirements
    assert [{leaf.concept for leaf in leaves(node)} for node in tree.items if isinstance(node, AnyOf)] == choices
