"""Entry seats take fresh people: nobody whom nothing speaks against is "no fit" for one, and order is kept."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.records import AllOf, AnyOf, DatedJob, JobFacts, Profile, Requirement, ResumeFacts, Role
from matcher.role_file import builtin_roles
from matcher.scoring.features import LIFT
from matcher.scoring.limits import lifted as raised
from matcher.scoring.newcomers import Newcomers

VOICE = ("customer-service-voice",)
WISH = Requirement("experience", "preferred", min_months=6)
HIGH_SCHOOL, BACHELOR = (Requirement("education", "preferred", min_level=level) for level in ("high_school", "bachelor"))


def post(*items, level=1, families=VOICE, need="none"):
    return Role(
        "post.txt", "s", "Customer service representative", families, level, AllOf(items), facts=JobFacts(experience_need=need)
    )


def person(education="high_school", jobs=()):
    return Profile("p.txt", "sha-p", "2026-11-01", (), (), ResumeFacts(education=education, jobs=jobs))


def job(family, months=12):
    return DatedJob("Worker", "2025-01", "2025-12", False, months, family, 1)


def lifted(scorer, profile, role):
    return any(part.name == LIFT for part in scorer.fit(profile, role).contributions)


@pytest.mark.parametrize(
    ("role", "takes"),
    [
        (post(WISH), True),
        (post(need="waived"), True),
        (post(Requirement("experience", "required", value="none"), WISH), False),
        (post(), False),
        (post(replace(WISH, min_months=12)), False),
        (post(replace(WISH, need="required")), False),
        (post(replace(WISH, need="required", min_months=None)), False),
        (post(WISH, level=2), False),
        (post(WISH, level=None), False),
    ],
)
def test_newcomers_are_taken_where_a_first_seat_says_so(scorer, engine, role, takes):
    assert Newcomers(engine.taxonomy.rules).taken(role) is takes
    assert lifted(scorer, person(), role) is takes


@pytest.mark.parametrize(
    ("profile", "more", "eligible"),
    [
        (person(), (), True),
        (person("unknown"), (), False),
        (person("unknown", (job("customer-service-voice", 1),)), (), True),
        (person(jobs=(job("retail-sales"),)), (), True),
        (person(jobs=(job("legal"),)), (), True),
        (person(jobs=(job("legal", None),)), (), True),
        (person(jobs=(job(None),)), (), True),
        (person("unknown", (job("legal", 120),)), (), True),
        (person("unknown", (job("legal", 120),)), (Requirement("education", "preferred", min_level="high_school"),), False),
        (person(jobs=(job("legal", 120),)), (Requirement("typing", "required", value="40"),), False),
        (person(), (Requirement("education", "preferred", min_level="high_school"),), True),
        (person(), (Requirement("education", "preferred", min_level="bachelor"),), False),
        (person("bachelor"), (Requirement("education", "preferred", min_level="bachelor"),), True),
        (person(), (AnyOf((HIGH_SCHOOL, BACHELOR)),), True),
        (person(), (AnyOf((BACHELOR, Requirement("skill", "preferred", "zendesk"))),), True),
        (person("unknown"), (AnyOf((HIGH_SCHOOL, BACHELOR)),), False),
        (person(), (AllOf((HIGH_SCHOOL, BACHELOR)),), False),
        (person(), (Requirement("typing", "required", value="40"),), False),
        (person(), (Requirement("shift", "required", value="night"),), True),
    ],
)
def test_newcomers_have_nothing_against_them(scorer, profile, more, eligible):
    role = post(WISH, *more)
    fit = scorer.fit(profile, role)
    assert lifted(scorer, profile, role) is eligible
    assert scorer.band(fit) == (1 if eligible else 0)
    assert fit.logit == round(math.fsum([fit.base, *(part.points for part in fit.contributions)]), 4)


def test_newcomers_lose_nothing_by_work_in_another_trade(scorer):
    role = post(WISH)
    fresh, changing = scorer.fit(person(), role), scorer.fit(person(jobs=(job("legal", 120),)), role)
    assert changing.logit >= fresh.logit


def test_newcomers_are_told_the_posts_own_line(scorer):
    told = replace(WISH, text="6 months of experience is a plus", start=10, end=42)
    (part,) = (part for part in scorer.fit(person(), post(told)).contributions if part.name == LIFT)
    assert [(line.document, line.text, line.start, line.end) for line in part.evidence] == [("job", told.text, 10, 42)]
    assert "without experience" in part.reason


def test_newcomers_lift_is_part_of_every_way_to_score(scorer):
    role, people = post(WISH), [person(), person(jobs=(job("legal"),))]
    logits = scorer.logits(scorer.table(people), role).tolist()
    assert logits == [scorer.fit(one, role).logit for one in people]


@given(st.lists(st.floats(-12, 12), min_size=2, max_size=6), st.floats(-4, 4))
def test_newcomers_lift_keeps_the_order_and_takes_nothing_away(logits, threshold):
    given_ = np.array(sorted(logits))
    after = raised(given_, threshold)
    points = after - given_
    assert (points >= 0).all()
    assert (after > threshold).all()
    assert (np.diff(after) >= 0).all()
    assert (points[given_ >= threshold + 0.5] == 0).all()


FRESH = """Jordan Sample
jordan.sample@example.com

OBJECTIVE
To begin as a call center agent.

EDUCATION
{education}

SKILLS
Fluent in English, communication skills, computer literate
"""


@pytest.mark.parametrize(
    ("education", "seats"),
    [
        ("Senior High School Diploma, Riverside High School, 2024", {"customer-service-representative", "telemarketing-sales"}),
        ("Bachelor of Arts in English, 2025", {"customer-service-representative", "chat-email-support"}),
    ],
)
def test_newcomers_have_first_seats_among_the_role_profiles(engine, scorer, education, seats):
    fresh = engine.read_resume(FRESH.format(education=education).encode(), "fresh.txt", as_of="2026-11-01")
    fits = {role.source: scorer.fit(fresh, role) for role in builtin_roles(engine.taxonomy)}
    bands = {source: scorer.band(fit) for source, fit in fits.items()}
    assert {bands[seat] for seat in seats} == {1}
    best = max(fits.values(), key=lambda fit: fit.logit).role
    assert best.level <= 1
    assert not [source for source, fit in fits.items() if fit.role.level > 2 and bands[source]]
