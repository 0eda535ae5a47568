"""Reasons, musts and questions say what the numbers are made of."""

from __future__ import annotations

import pytest

from matcher.records import AllOf, AnyOf, Claim, DatedJob, Evidence, MustState, Profile, Requirement, ResumeFacts, Role, Stance
from matcher.scoring.features import Feature
from matcher.scoring.questions import _weakness
from matcher.scoring.reasons import relevant_jobs
from matcher.scoring.scorer import _MOST_TABLES

CALLS = Requirement("skill", "required", "inbound-calls")


def resume(*jobs, claims=(), name="ana.txt"):
    return Profile(name, "0" * 64, "2026-11-01", claims, (), ResumeFacts(jobs=jobs))


def job(title, months, start, end, place, family="customer-service"):
    return DatedJob(title, start, end, False, months, family, 1, begin=place, stop=place + 100, printed=title)


def claim(concept, place, proof="job"):
    return Claim(concept, Stance.HELD, 1.0, (Evidence("resume", "calls", place, place + 5, 1, "experience"),), proof=proof)


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


def test_what_is_named_and_nowhere_shown_is_not_told_as_met(scorer):
    person = resume(claims=(claim("inbound-calls", 5, "bare"),))
    fit = scorer.fit(person, role(CALLS))
    reasons = {signal.feature: signal.reason for signal in scorer.signals(person, role(CALLS))}
    assert reasons[Feature.REQUIRED] == "0 of 1 required skills, 0 of them in dated jobs; 1 named and nowhere shown"
    (part,) = [one for one in fit.partly if one.part == Feature.REQUIRED]
    assert _weakness(part) == "list"


def test_a_scorer_keeps_few_tables(scorer):
    people = [resume(name=f"{number}.txt") for number in range(_MOST_TABLES + 10)]
    first = [scorer.table([person]) for person in people]
    assert len(scorer._tables) <= _MOST_TABLES
    assert scorer.table([people[-1]]) is first[-1]
    assert scorer.table([people[0]]) is not first[0]
