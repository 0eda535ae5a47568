"""Who somebody is changes no score: every sample with each such thing swapped or taken out, and real resumes where given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fair_variants import graduated, schooled, swaps, unrelated_job, without_graduation
from resume_forms import FORMS, NAMES, Person, person_of

from matcher.records import Fit

AS_OF = "2026-11-01"
SWAPS = dict(swaps())


def told(fit: Fit, band: int) -> tuple[Any, ...]:
    """All of a fit but where in the text its quotes stand."""
    parts = tuple((c.name, c.points, c.reason, tuple((e.document, e.text) for e in c.evidence)) for c in fit.contributions)
    return fit.logit, fit.score, band, fit.base, parts, fit.unmet, fit.unknown, fit.missing, fit.questions


@pytest.fixture(scope="module")
def fits(engine, scorer, sample_roles):
    """The fits of a person with all sample roles, the resume set in one of FORMS."""

    def fits(person: Person, form: str) -> dict[str, tuple[Any, ...]]:
        ending, draw = FORMS[form]
        profile = engine.read_resume(draw(person), f"cv{ending}", as_of=AS_OF)
        found = [scorer.fit(profile, role) for role in sample_roles.values()]
        scorer._profiles.clear() if hasattr(scorer, "_profiles") else None
        return {fit.role.source: told(fit, scorer.band(fit)) for fit in found}

    return fits


def changed(fits, name: str, form: str) -> Iterator[str]:
    """The swaps that change a fit of a sample."""
    person = person_of(name)
    plain = fits(person, form)
    for what, swap in SWAPS.items():
        other = swap(person)
        if other is not None:
            found = fits(other, form)
            yield from (f"{what}: {role}" for role in plain if found[role] != plain[role])


@pytest.mark.parametrize("name", NAMES[::6])
def test_who_somebody_is_changes_no_score(fits, name):
    assert [*changed(fits, name, "text")] == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "one column"])
@pytest.mark.parametrize("name", NAMES)
def test_who_somebody_is_changes_no_score_of_any_sample(fits, name, form):
    assert [*changed(fits, name, form)] == []
