"""Reasons, musts and questions say what the numbers are made of."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from report_cases import explained

from matcher.records import (
    AllOf,
    AnyOf,
    Claim,
    Contribution,
    DatedJob,
    Evidence,
    Lack,
    Must,
    MustState,
    Need,
    Profile,
    Requirement,
    ResumeFacts,
    Role,
    Stance,
    Strength,
)
from matcher.report.reasons import not_shown, speaks_for
from matcher.report.rows import top_reasons
from matcher.report.why import NOTHING, why
from matcher.scoring.features import LIFT, Feature
from matcher.scoring.questions import _weakness
from matcher.scoring.relevant import relevant_jobs
from matcher.scoring.scorer import _MOST_TABLES

CALLS = Requirement("skill", "required", "inbound-calls")


def resume(*jobs, claims=(), name="ana.txt"):
    return Profile(name, "0" * 64, "2026-11-01", claims, (), ResumeFacts(jobs=jobs))


def job(title, months, start, end, place, family="customer-service"):
    return DatedJob(title, start, end, False, months, family, 1, begin=place, stop=place + 100, printed=title)


def claim(concept, place, proof="job", months=None):
    quote = Evidence("resume", "calls", place, place + 5, 1, "experience")
    return Claim(concept, Stance.HELD, 1.0, (quote,), months, proof=proof)


def role(*requirements):
    return Role("agent.txt", "1" * 64, "Agent", ("customer-service",), 1, AllOf(requirements))


def test_the_job_that_is_named_shows_most_of_the_duties(scorer):
    jobs = job("Clerk", 12, "2022-01", "2022-12", 0), job("Advisor", 12, "2021-01", "2021-12", 100)
    person, wanted = resume(*jobs, claims=(claim("inbound-calls", 110),)), role(CALLS)
    reasons = {signal.feature: signal.reason for signal in scorer.signals(person, wanted)}
    assert reasons[Feature.FAMILY].startswith("Advisor: ")


def test_the_job_quoted_for_months_is_the_one_that_brings_most_of_them(scorer):
    jobs = job("Old agent", 30, "2010-01", "2012-06", 0), job("New agent", 24, "2021-01", "2022-12", 100)
    signals = {signal.feature: signal for signal in scorer.signals(resume(*jobs), role(CALLS))}
    assert [line.text for line in signals[Feature.MONTHS].evidence] == ["New agent"]
    found = relevant_jobs(scorer.view(resume(*jobs)), scorer._role_view(role(CALLS)))
    assert [row.months for row in found] == pytest.approx([15.0, 24.0])


@pytest.mark.parametrize("held", [True, False])
def test_a_skill_that_is_one_of_several_ways_is_among_the_musts(scorer, held):
    way = AnyOf((CALLS, Requirement("experience", "required", min_months=24)))
    (must,) = scorer.fit(resume(claims=(claim("inbound-calls", 5),) if held else ()), role(way)).musts
    assert (must.state is MustState.MET) is held


def test_skills_alone_are_no_musts(scorer):
    way = AnyOf((CALLS, Requirement("skill", "required", "chat-support")))
    assert scorer.fit(resume(claims=(claim("inbound-calls", 5),)), role(way, CALLS)).musts == ()


def test_experience_without_a_number_is_asked_for_without_one(scorer):
    fit = scorer.fit(resume(), role(Requirement("experience", "required", text="typing experience"), CALLS))
    assert [must.label for must in fit.musts] == ["experience (typing experience)"]


def test_what_is_named_and_nowhere_shown_is_not_told_as_met(scorer):
    person = resume(claims=(claim("inbound-calls", 5, "bare"),))
    fit = scorer.fit(person, role(CALLS))
    reasons = {signal.feature: signal.reason for signal in scorer.signals(person, role(CALLS))}
    assert reasons[Feature.REQUIRED] == "0 of 1 required skill; 1 only named"
    (part,) = [one for one in fit.partly if one.part == Feature.REQUIRED]
    assert _weakness(part) == "bare"


@pytest.mark.parametrize(("months", "told"), [((24, 24), ", all in dated jobs"), ((24, None), ", 1 of them in dated jobs")])
def test_a_skill_of_a_job_without_dates_is_not_told_as_of_a_dated_one(scorer, months, told):
    asked = ("inbound-calls", "chat-support")
    person = resume(claims=tuple(claim(skill, 5, months=count) for skill, count in zip(asked, months, strict=True)))
    wanted = role(CALLS, Requirement("skill", "required", "chat-support"))
    reasons = {signal.feature: signal.reason for signal in scorer.signals(person, wanted)}
    assert reasons[Feature.REQUIRED] == f"2 of 2 required skills{told}"


# -------------------------------------------------------------------------------------------------------------- in one line

SKILLS = (Strength("Zendesk", 0.9, 28, "2021-06", "job"), Strength("Chat support (live)", 0.4, 28, "2021-06", "job"))
LISTED = Strength("Excel", 0.1, None, None, "list")
JOB = Contribution(
    "relevant job", 1.0, "Support Agent: the same kind of work", (Evidence("resume", "Support Agent", 100, 113, 1),)
)
NO_MUST = {"musts": ()}
FLOOR = Must("12 months in collections", MustState.UNMET, 1, points=-0.78)
WHYS = [
    ({"strengths": SKILLS, **NO_MUST}, 100, "Zendesk, Chat support 28 mo each; not shown: Skip tracing, Avaya or the like"),
    ({"strengths": SKILLS, **NO_MUST}, 60, "Zendesk, Chat support 28 mo each; not shown: Skip tracing"),
    ({"strengths": SKILLS, **NO_MUST}, 40, "Zendesk 28 mo; not shown: Skip tracing"),
    ({"strengths": SKILLS, **NO_MUST}, 20, "Zendesk 28 mo; not…"),
    ({"strengths": (*SKILLS, LISTED), "lacks": (), **NO_MUST}, 100, "Zendesk 28 mo, Chat support 28 mo, Excel (listed)"),
    (
        {"strengths": (Strength("Voice process", 0.9, None, None, "job"), *SKILLS), "lacks": (), **NO_MUST},
        100,
        "Voice process (no dates), Zendesk 28 mo, Chat support 28 mo",
    ),
    ({"strengths": SKILLS[:1]}, 100, "Zendesk 28 mo; not met: 12 months in collections (shows 8 months)"),
    (
        {"strengths": SKILLS[:1], "musts": (replace(FLOOR, shown="8 months in such jobs"),)},
        100,
        "Zendesk 28 mo; not met: 12 months in collections (8 in such jobs)",
    ),
    ({"strengths": SKILLS[:1]}, 46, "Zendesk 28 mo; not met: 12 months in collecti…"),
    (
        {"strengths": SKILLS[:1], "contributions": (JOB,), "lacks": (), **NO_MUST},
        100,
        "Zendesk 28 mo; Support Agent 2019-03–2021-06",
    ),
    ({"strengths": (replace(LISTED, points=0.01),), "contributions": (), "lacks": (), **NO_MUST}, 100, "Excel (listed)"),
    ({"strengths": (), "contributions": (), "lacks": (), **NO_MUST}, 100, NOTHING),
    ({"contributions": (), "lacks": (Lack("none", (), Need.ROLE, "relevant job", 1.3),), **NO_MUST}, 100, "no related job"),
]


@pytest.mark.parametrize(("changes", "room", "told"), WHYS, ids=[str(number) for number in range(len(WHYS))])
def test_why_in_one_line(changes, room, told):
    assert why(explained(**changes), room) == told


def test_a_skill_last_used_long_before_the_newest_job_says_until_when():
    old = Strength("Inbound calls", 0.9, 20, "2018-04", "job")
    assert why(explained(strengths=(old,), musts=(), lacks=())).startswith("Inbound calls 20 mo to 2018")


@pytest.mark.parametrize("step", [pytest.param(5, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def test_why_says_only_what_the_numbers_carry(scorer, sample_profiles, sample_roles, step):
    people = [sample_profiles[name] for name in sorted(sample_profiles)[::4]]
    for fit in (scorer.fit(person, role) for role in list(sample_roles.values())[::step] for person in people):
        first, *rest = why(fit, 1_000).split("; ")
        told_of = [one for one in fit.strengths if one.points >= 0.05] or fit.strengths[:1]
        known = {one.label.partition(" (")[0] for one in told_of}
        lacks = {lack.label.partition(" or ")[0].partition(" (")[0] for lack in fit.lacks if lack.points > 0}
        if fit.strengths:
            assert first.startswith(tuple(known))
        for told in rest if known else (first, *rest):
            if told.startswith("not shown: "):
                names = told.removeprefix("not shown: ").replace(" or the like", "")
                assert names in lacks or set(names.split(", ")) <= lacks | {"Epic EHR"}
            elif told.startswith(("not met: ", "nearly met: ", "not stated: ")):
                assert any(must.state is not MustState.MET and must.cap < 3 for must in fit.musts)
            elif told == "no related job":
                assert not any(part.name == Feature.FAMILY for part in fit.contributions)
            elif told == "newcomer, no dated job" or told.startswith("last job "):
                assert any(part.name == LIFT for part in fit.contributions)
                assert told == "newcomer, no dated job" or told[9:-1] in (fit.profile.facts.last_title or "")
            else:
                assert any(part.name == Feature.FAMILY and part.points > 0 for part in fit.contributions), told


def test_strengths_are_what_the_skill_parts_are_made_of(scorer, sample_profiles, sample_roles):
    for person in sample_profiles.values():
        fit = scorer.fit(person, sample_roles["us-collections.txt"])
        made = math.fsum(
            part.points for part in fit.contributions if part.name in (Feature.REQUIRED, Feature.PREFERRED, Feature.CORE)
        )
        assert math.fsum(one.points for one in fit.strengths) == pytest.approx(made, abs=0.002)
        assert [one.points for one in fit.strengths] == sorted((one.points for one in fit.strengths), reverse=True)


@pytest.mark.parametrize("need", ["required", "preferred"])
def test_a_resume_in_english_that_does_not_say_so_is_asked_and_lacks_nothing(scorer, need):
    fit = scorer.fit(resume(), role(Requirement("language", need, "english", "English"), CALLS))
    assert "English" not in fit.missing
    assert "English" not in {lack.label for lack in fit.lacks}
    assert any("English" in question for question in fit.questions)
    other = scorer.fit(resume(), role(Requirement("language", need, "spanish", "Spanish"), CALLS))
    assert "Spanish" in other.missing


def test_a_scorer_keeps_few_tables(scorer):
    people = [resume(name=f"{number}.txt") for number in range(_MOST_TABLES + 10)]
    first = [scorer.table([person]) for person in people]
    assert len(scorer._tables) <= _MOST_TABLES
    assert scorer.table([people[-1]]) is first[-1]
    assert scorer.table([people[0]]) is not first[0]


def test_a_skill_that_jobs_show_is_not_told_as_missing():
    """A post that asks for a year of customer service asks for the skill too; jobs show it, though no line names it."""
    must = Must("12 months of experience (customer service)", MustState.MET)
    lack = Lack("Customer service", ("customer-service",), Need.REQUIRED, "required skills", 0.6)
    (told,) = not_shown(explained(lacks=(lack,), musts=(must,)))
    assert told.sentence == "Customer service, required: not named itself, though jobs show the experience that is asked for"
    assert "not shown" not in why(explained(lacks=(lack,), musts=(must,)))
    (told,) = not_shown(explained(lacks=(lack,), musts=()))
    assert told.sentence == "Customer service, required"
    assert why(explained(lacks=(lack,), musts=())).endswith("not shown: Customer service")


def test_what_is_personal_leads_and_likeness_of_wording_ends():
    parts = [("wording", 3.0), (LIFT, 2.0), ("required skills", 0.3), ("level", 0.01), ("relevant job", 0.4)]
    fit = explained(contributions=tuple(Contribution(name, points, name) for name, points in parts))
    order = ["relevant job", "required skills", LIFT, "level", "wording"]
    assert [reason.part for reason in speaks_for(fit)] == order
    assert top_reasons(fit.contributions, 5) == order
