"""Floors of experience held against the months in the field that they name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import (
    EQUIVALENT,
    NO_EXPERIENCE,
    AllOf,
    AnyOf,
    Claim,
    DatedJob,
    Evidence,
    Profile,
    Requirement,
    ResumeFacts,
    Role,
    Stance,
)
from matcher.scoring.features import Feature
from matcher.scoring.musts import State

FAMILY = "customer-service-voice"


def job(start, end, months, title="Customer Service Representative", family=FAMILY, **more):
    return DatedJob(title, start, end, False, months, family, 1, printed=title, **more)


def resume(*jobs):
    return Profile("cv.txt", "0" * 64, "2026-11", (), (), ResumeFacts(jobs=jobs))


def floor(**more):
    return Requirement("experience", "required", min_months=12, text="1 year of it", **more)


def judge(scorer, profile, *items):
    role = Role("post.txt", "1" * 64, "Customer Service Representative", (FAMILY,), 1, AllOf(items))
    return scorer.findings(profile, role), scorer.fit(profile, role)


VOICE = job("2023-01", "2024-12", 24, channels=("voice",), lines_of_business=("telecom",))
CHAT = job("2023-01", "2024-12", 24, channels=("chat",), lines_of_business=("retail",))
SILENT = job("2023-01", "2024-12", 24)


@pytest.mark.parametrize(
    ("worked", "field", "state", "cap"),
    [
        (VOICE, {}, State.MET, 3),
        (VOICE, {"channels": ("voice",)}, State.MET, 3),
        (VOICE, {"channels": ("voice", "chat")}, State.MET, 3),
        (VOICE, {"lines_of_business": ("telecom",), "sectors": ("bpo",)}, State.MET, 3),
        (SILENT, {"channels": ("voice",)}, State.UNKNOWN, 3),
        (SILENT, {"lines_of_business": ("telecom",)}, State.UNKNOWN, 3),
        (CHAT, {"channels": ("voice",)}, State.NEARLY, 2),
        (CHAT, {"channels": ("non-voice",)}, State.MET, 3),
        (CHAT, {"lines_of_business": ("telecom",)}, State.NEARLY, 2),
        (VOICE, {"market": "international"}, State.UNKNOWN, 3),
        (job("2023-01", "2024-12", 24, "International Voice Associate"), {"market": "international"}, State.MET, 3),
        (job("2023-01", "2024-12", 24, "Domestic Voice Associate"), {"market": "international"}, State.NEARLY, 2),
        (job("2023-01", "2023-06", 6), {}, State.UNMET, 1),
        (job("2023-01", "2023-11", 11), {}, State.NEARLY, 2),
        (job("2023-01", "2024-12", 24, "Accountant", "finance-accounting"), {"sectors": ("bpo",)}, State.UNMET, 1),
        (job("2023-01", "2024-12", 24, "Support Desk", None, contact=True), {"sectors": ("bpo",)}, State.MET, 3),
        (job("2023-01", "2024-12", 24, "Accountant", "finance-accounting"), {"families": ("finance-accounting",)}, State.MET, 3),
        (SILENT, {"families": ("finance-accounting",)}, State.NEARLY, 2),
    ],
)
def test_a_floor_is_held_against_its_own_field(scorer, worked, field, state, cap):
    (finding,), fit = judge(scorer, resume(worked), floor(**field))
    assert (finding.state, finding.cap) == (state, cap)
    assert bool(fit.unknown) is bool(fit.questions) is (state is State.UNKNOWN)
    assert bool(fit.unmet) is (state in {State.UNMET, State.NEARLY})


HR = "hr-operations"


def desk(*jobs, shows=()):
    """A resume whose jobs stand at 0 to 9, 10 to 19 and so on of its text; `shows`: number of a job and a concept in its text."""
    placed = tuple(replace(one, begin=10 * n, stop=10 * n + 10) for n, one in enumerate(jobs))
    claims = tuple(
        Claim(concept, Stance.HELD, 1.0, (Evidence("resume", "x", 10 * n + 1, 10 * n + 2, 1, "experience"),), proof="job")
        for n, concept in shows
    )
    return replace(resume(*placed), claims=claims)


def years(begin, end, title, family):
    return job(f"{begin}-01", f"{end}-12", 12 * (end - begin + 1), title, family)


CLERK, ADMIN, AGENT = (
    years(2023, 2024, "HR Clerk", HR),
    years(2021, 2022, "Administrator", "back-office"),
    years(2019, 2020, "Agent", FAMILY),
)


@pytest.mark.parametrize(
    ("profile", "concept", "family", "state", "cap"),
    [
        (desk(CLERK, shows=[(0, "payroll-processing")]), "payroll-processing", HR, State.MET, 3),
        (desk(CLERK, shows=[(0, "us-payroll")]), "payroll-processing", HR, State.MET, 3),  # a narrower one is the work
        (desk(CLERK), "payroll-processing", HR, State.UNKNOWN, 3),  # nearly every job of the family does it: asked
        (desk(CLERK), "us-payroll", HR, State.UNKNOWN, 2),  # few do this: asked, and possible at best
        (desk(CLERK, shows=[(0, "payroll-processing")]), "us-payroll", HR, State.UNKNOWN, 2),
        (desk(ADMIN, shows=[(0, "us-payroll")]), "us-payroll", HR, State.MET, 3),  # done in a job of another family
        (desk(AGENT, CLERK, shows=[(0, "us-payroll")]), "us-payroll", HR, State.MET, 3),
        (desk(AGENT), "us-payroll", HR, State.UNMET, 1),
        (desk(years(2024, 2024, "HR Clerk", HR), shows=[(0, "us-payroll")]), "us-payroll", HR, State.MET, 3),
        (desk(replace(CLERK, months=6, end="2023-06"), shows=[(0, "us-payroll")]), "us-payroll", HR, State.UNMET, 1),
        (desk(replace(CLERK, months=10, end="2023-10"), shows=[(0, "us-payroll")]), "us-payroll", HR, State.NEARLY, 2),
        (desk(AGENT), "technical-support", FAMILY, State.UNKNOWN, 2),
    ],
)
def test_a_floor_that_names_its_work_counts_the_months_of_that_work(scorer, profile, concept, family, state, cap):
    role = Role("post.txt", "1" * 64, "Specialist", (family,), 1, AllOf((floor(concepts=(concept,)),)))
    (finding,), fit = scorer.findings(profile, role), scorer.fit(profile, role)
    assert (finding.state, finding.cap) == (state, cap)
    assert any("months have you worked in" in question for question in fit.questions) is (state is State.UNKNOWN)


def test_work_in_any_family_meets_a_floor_that_names_the_work_and_another_family(scorer):
    """The family beside the work is where such work is usual, no further demand."""
    role = Role("post.txt", "1" * 64, "Agent", (FAMILY,), 1, AllOf((floor(concepts=("us-payroll",), families=(HR,)),)))
    found = [scorer.findings(one, role)[0].state for one in (desk(ADMIN, shows=[(0, "us-payroll")]), desk(ADMIN), desk(CLERK))]
    assert found == [State.MET, State.UNMET, State.UNKNOWN]


def test_months_of_the_work_that_a_floor_names_are_not_short_of_it(scorer):
    """What meets the must in whatever family is not told to be missing."""
    role = Role("post.txt", "1" * 64, "Specialist", (HR,), 1, AllOf((floor(concepts=("us-payroll",)),)))
    short = [
        [part.points < 0 for part in scorer.fit(one, role).contributions if part.name == Feature.SHORT]
        for one in (desk(ADMIN, shows=[(0, "us-payroll")]), desk(ADMIN))
    ]
    assert short == [[], [True]]


@pytest.mark.parametrize("proof", ["dump", "bare"])
def test_a_run_of_keywords_in_a_job_is_not_the_work_that_a_floor_names(scorer, proof):
    role = Role("post.txt", "1" * 64, "Specialist", (HR,), 1, AllOf((floor(concepts=("us-payroll",)),)))
    shows = desk(CLERK, shows=[(0, "us-payroll")])
    dumped = replace(shows, claims=tuple(replace(one, proof=proof) for one in shows.claims))
    assert [scorer.findings(one, role)[0].state for one in (shows, dumped)] == [State.MET, State.UNKNOWN]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 year of experience", "12 months of experience (1 year of experience, US payroll)"),
        ("1 year of payroll experience", "12 months of experience (1 year of payroll experience)"),
        ("", "12 months of experience (US payroll)"),
    ],
)
def test_a_floor_is_told_with_the_work_that_it_names(scorer, text, told):
    asked = replace(floor(concepts=("us-payroll",)), text=text)
    role = Role("post.txt", "1" * 64, "Specialist", (HR,), 1, AllOf((asked,)))
    (finding,) = scorer.findings(desk(CLERK), role)
    assert finding.label == told
    assert finding.question == "How many months have you worked in US payroll? The post asks for 12."


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ({"concepts": ("zendesk",)}, "How many months have you worked with Zendesk? The post asks for 12."),
        (
            {"concepts": ("us-payroll",), "market": "international"},
            "How many of your months were in this: 1 year of it, US payroll? The post asks for 12.",
        ),
    ],
)
def test_a_floor_is_asked_by_the_name_of_its_tool_and_in_the_posts_words_where_more_narrows_it(scorer, field, question):
    role = Role("post.txt", "1" * 64, "Specialist", (HR,), 1, AllOf((floor(**field),)))
    (finding,) = scorer.findings(desk(CLERK), role)
    assert finding.question == question


def test_months_of_no_such_job_are_told_as_such(scorer):
    (finding,), _ = judge(scorer, resume(job("2023-01", "2023-06", 6)), floor())
    assert finding.shown == "6 months in such jobs shown"


def test_a_job_without_a_title_is_told_as_such(scorer):
    role = Role("post.txt", "1" * 64, "Agent", (FAMILY,), 1, AllOf(()))
    nameless = job("2023-01", "2024-12", 24, title="")
    told = [
        part.reason for part in scorer.fit(resume(nameless), role).contributions if part.name in {Feature.FAMILY, Feature.LEVEL}
    ]
    assert len(told) == 2
    assert all(reason.startswith("a job without a title: ") for reason in told)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["us-payroll", "payroll-processing", "benefits-administration"])), max_size=6
    )
)
def test_to_show_less_of_the_work_never_makes_a_floor_easier(scorer, shows):
    people = [desk(CLERK, ADMIN, AGENT, shows=[one for n, one in enumerate(shows) if n != out]) for out in range(len(shows) + 1)]
    for concept in ("us-payroll", "payroll-processing"):
        asked = replace(floor(concepts=(concept,)), min_months=36)
        role = Role("post.txt", "1" * 64, "Specialist", (HR,), 1, AllOf((asked,)))
        caps = scorer.scores(scorer.table(people), role).caps.tolist()
        assert max(caps) == caps[-1]


def test_nobody_has_too_many_months(scorer):
    (finding,), fit = judge(scorer, resume(job("2003-01", "2024-12", 264)), floor(max_months=24))
    assert finding.state is State.MET
    assert fit.unmet == fit.questions == ()


def test_a_way_in_without_experience_stands_beside_the_others(scorer):
    fresh = AllOf((Requirement("experience", "required", value=NO_EXPERIENCE), Requirement("certification", "required", "cpc")))
    (finding,), _ = judge(scorer, resume(VOICE), AnyOf((fresh, floor())))
    assert finding.state is State.MET
    (finding,), fit = judge(scorer, resume(job("2024-01", "2024-03", 3)), AnyOf((fresh, floor())))
    assert (finding.state, finding.cap) == (State.UNMET, 1)
    assert " or " in fit.unmet[0]


@pytest.mark.parametrize(
    ("leaf", "cap", "words"),
    [
        (Requirement("certification", "required", "cpc", EQUIVALENT), 2, "an equivalent of CPC"),
        (Requirement("education", "required", value=EQUIVALENT, min_level="bachelor"), 2, "an equivalent of bachelor"),
        (Requirement("experience", "required", value=EQUIVALENT, text="or equivalent experience"), 3, "equivalent experience"),
        (Requirement("skill", "required", "zendesk", EQUIVALENT), 3, "an equivalent of Zendesk"),
    ],
)
def test_an_open_equivalent_is_asked_about(scorer, leaf, cap, words):
    (finding,), fit = judge(scorer, resume(VOICE), leaf)
    assert (finding.state, finding.cap) == (State.UNKNOWN, cap)
    assert words in finding.label
    assert fit.questions


def test_points_still_add_up_where_a_floor_is_in_another_field(scorer):
    _, fit = judge(scorer, resume(CHAT), floor(channels=("voice",)))
    assert fit.logit == round(fit.base + sum(part.points for part in fit.contributions), 4)
    assert scorer.band(fit) <= 2
