"""Floors of experience held against the months in the field that they name."""

from __future__ import annotations

import pytest

from matcher.records import EQUIVALENT, NO_EXPERIENCE, AllOf, AnyOf, DatedJob, Profile, Requirement, ResumeFacts, Role
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
