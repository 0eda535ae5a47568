"""Whole resumes of four regions: each states these facts and no others."""

from __future__ import annotations

import pytest
from fact_people import AS_OF, NOTHING, PEOPLE


@pytest.mark.parametrize("name", PEOPLE)
def test_people(engine, name):
    text, stated = PEOPLE[name]
    facts = engine.read_resume(text.encode(), f"{name}.txt", as_of=AS_OF).facts
    assert {
        "education": facts.education,
        "studying": facts.studying,
        "languages": [(one.name, one.level) for one in facts.languages],
        "certifications": [(one.concept or one.name, one.status) for one in facts.certifications],
        "typing": (facts.typing_wpm, facts.typing_accuracy, facts.keystrokes_per_hour),
        "notice": facts.notice,
        "kpis": [(one.metric, one.value, one.period, one.scope) for one in facts.kpis],
    } == NOTHING | stated


@pytest.mark.parametrize(("name", "months"), [("trisha", 34), ("thandeka", 45), ("arjun", None), ("valeria", None)])
def test_people_contact_months_are_unknown_without_dated_jobs(engine, name, months):
    facts = engine.read_resume(PEOPLE[name][0].encode(), f"{name}.txt", as_of=AS_OF).facts
    assert facts.customer_contact_months == months
