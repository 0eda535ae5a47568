"""The numbers of the trade stand in the taxonomy's files: each is read, each is in its range, and each counts."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from matcher.errors import TaxonomyError
from matcher.records import AllOf, Requirement
from matcher.scoring import Scorer
from matcher.scoring.numbers import Numbers


def changed(taxonomy, **numbers):
    """The taxonomy with other numbers of the signals; None takes one away."""
    table = {name: value for name, value in {**taxonomy.rules["credit"]["signals"], **numbers}.items() if value is not None}
    return replace(taxonomy, rules={**taxonomy.rules, "credit": {**taxonomy.rules["credit"], "signals": table}})


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"months": 0}, "months cannot be 0"),
        ({"months": None}, "months is missing"),
        ({"moons": 1}, "moons is not known"),
        ({"kindred": 1.5}, "kindred cannot be 1.5"),
        ({"kindred": -0.1}, "kindred cannot be -0.1"),
        ({"kindred": True}, "kindred cannot be True"),
        ({"steps": [1.0, 2.0]}, "steps cannot be"),
        ({"steps": 0.5}, "steps must be a list"),
        ({"unnamed_families": "bpo-operations"}, "unnamed_families must be a list"),
        ({"kindred": [0.5]}, "kindred must be a number"),
        ({"main_families": 1.5}, "main_families cannot be 1.5"),
        ({"likeness": 0.0}, "likeness cannot be 0.0"),
    ],
)
def test_a_number_out_of_its_range_is_refused(taxonomy, numbers, said):
    with pytest.raises(TaxonomyError, match=said):
        Numbers.read(changed(taxonomy, **numbers).rules)


OTHERS = {
    "months": 60, "kindred": 0.9, "title_alone": 0.9, "full_duties": 0.9, "unnamed_families": ["team-leadership", "retail-sales"],
    "unnamed": 0.1, "unnamed_duties": 0.9,
    "preferred_field": 0.1, "named_family": 0.1, "named_sector": 0.1, "main_families": 1, "wishes": 40, "any_month": 0.1,
    "whole_months": 240, "steps": [0.5], "results": 9, "likeness": 1.0, "nearly": 0.1,
}  # fmt: skip


def test_every_number_has_another_to_be_tried_with():
    assert list(OTHERS) == [field.name for field in fields(Numbers)]


@pytest.fixture(scope="module")
def seats(sample_roles):
    """Posts of the samples, and one of them with a wish for work of another family, in customer contact, of many months."""
    posts = [role for name, role in sample_roles.items() if "." in name]
    more = {"families": ("finance-accounting",), "sectors": ("bpo",), "min_months": 36}
    wish, must = (Requirement("experience", need, **more) for need in ("preferred", "required"))
    asked = [replace(posts[0], requirements=AllOf((*posts[0].requirements.items, leaf))) for leaf in (wish, must)]
    return [*posts, *asked]


@pytest.fixture(scope="module")
def usual(engine, sample_profiles, seats):
    return numbers(Scorer(engine.taxonomy), [*sample_profiles.values()], seats)


@pytest.mark.parametrize("name", OTHERS)
def test_every_number_counts(engine, sample_profiles, seats, usual, name):
    other = Scorer(changed(engine.taxonomy, **{name: OTHERS[name]}))
    assert numbers(other, [*sample_profiles.values()], seats) != usual


def numbers(scorer, people, roles):
    table = scorer.table(people)
    return [(*map(list, one.values), list(one.caps)) for one in (scorer.scores(table, role) for role in roles)]
