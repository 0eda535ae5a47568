"""The wording signal weighs words of work, never words about the person."""

from __future__ import annotations

import pytest

from matcher.scoring.model import load_terms
from matcher.wording import count_terms, profile_wording

RESUME = """Maria Exampleton
{header}

SUMMARY
Support agent for a utility. {summary}

WORK EXPERIENCE
Customer Service Representative | Sample Power, {city} | Jan 2023 - Mar 2025
- Answered inbound calls about bills and outages

SKILLS
Zendesk, typing 45 wpm
{footer}
"""
POST = """Customer Service Representative
Sample Power
Quezon City, Manila

Requirements
- Answers inbound calls about bills and outages
- Single, preferably Catholic, young, lives in Quezon City, Manila
"""
PERSONAL = "Single, young, Catholic, Quezon City, Manila"


def logit(engine, scorer, **parts):
    filled = RESUME.format(**{"header": "", "summary": "", "city": "Sampleton", "footer": ""} | parts)
    profile = engine.read_resume(filled.encode(), "cv.txt", as_of="2025-06-01")
    (role,) = engine.read_roles(POST.encode(), "post.txt")
    return scorer.fit(profile, role).logit


@pytest.mark.parametrize("place", ["header", "summary", "footer", "city"])
def test_words_about_the_person_change_no_score(engine, scorer, place):
    assert logit(engine, scorer, **{place: PERSONAL}) == logit(engine, scorer)


def test_words_of_the_work_do_change_it(engine, scorer):
    assert logit(engine, scorer, summary="Took calls about bills, outages and meters.") > logit(engine, scorer)


def test_the_model_holds_no_word_about_the_person(taxonomy):
    assert set(load_terms()).isdisjoint(taxonomy.rules["personal"]["never"])


NAMES = ["manila", "quezon", "california", "chicago", "vegas", "india", "dallas", "john", "mary", "catholic", "indian", "spanish"]


@pytest.mark.parametrize("name", NAMES)
def test_the_model_holds_no_names(name):
    assert name not in load_terms()


def test_terms_are_counted_case_blind():
    assert count_terms("Calls, calls and CALLS about Bills", {"calls", "bills", "meters"}) == {"bills": 1, "calls": 3}


def test_a_role_without_text_is_worded_by_its_title_and_labels():
    assert profile_wording("Agent", ["Inbound calls"]).split("\n") == ["Agent", "Agent", "Agent", "Inbound calls"]
