"""The phrasings in which job posts say what they ask for: each gives its tree alone and in the middle of a whole post."""

from __future__ import annotations

from collections import Counter

import pytest
from phrasing_cases import PLAIN, SKILLS, WHOLE, told, variants

from matcher.role_file import dump_role, load_role, role_to_data

BANK = tuple(variants())
EVERY = range(1, 55)
LEAST = 3
NOTHING = "nothing"
NONE = "none"
FORMS = {"alone": PLAIN, "whole": WHOLE}
CASES = [pytest.param(v, form, id=f"{v.number:02}-{name}: {v.text[:60]}") for v in BANK for name, form in FORMS.items()]
ALONE = [pytest.param(v, id=f"{v.number:02}: {v.text[:60]}") for v in BANK]


@pytest.fixture(scope="module")
def build(engine):
    kept = {}

    def build(post):
        if post not in kept:
            (kept[post],) = engine.read_roles(post.encode(), "post.txt")
        return kept[post]

    return build


@pytest.fixture(scope="module")
def silent(engine):
    """The profile of a resume that shows nothing."""
    return engine.read_resume(b"Ada Quillfeather\nRiverton\n", "silent.txt", as_of="2026-11-01")


@pytest.mark.parametrize(("variant", "form"), CASES)
def test_a_phrasing_gives_its_tree(build, variant, form):
    role = build(variant.post(form))
    named = frozenset(SKILLS.findall(variant.tree))
    assert (told(role.requirements, named) or NOTHING) == variant.tree
    assert {name: NONE if (fact := getattr(role.facts, name)) is None else fact for name in variant.facts} == variant.facts
    assert sorted({notice.code for notice in role.warnings} - {"nothing-understood"}) == sorted(variant.warnings)


@pytest.mark.parametrize("variant", [v for v in BANK if v.never])
def test_what_is_no_demand_is_no_leaf(build, variant):
    asked = told(build(variant.post(WHOLE)).requirements)
    assert [concept for concept in variant.never if concept in asked.replace("(", " ").replace(",", " ").split()] == []


@pytest.mark.parametrize("variant", [v for v in BANK if v.asks or v.cap is not None])
def test_what_a_resume_leaves_open_is_asked_and_capped_as_told(build, scorer, silent, variant):
    role = build(variant.post(PLAIN))
    questions = " | ".join(scorer.fit(silent, role).questions)
    assert [part for part in variant.asks if part not in questions] == []
    if variant.cap is not None:
        assert min((finding.cap for finding in scorer.findings(silent, role)), default=3) == variant.cap


@pytest.mark.parametrize("variant", ALONE)
def test_a_tree_comes_back_from_its_file(build, engine, variant):
    role = build(variant.post(PLAIN))
    again = load_role(dump_role(role).encode(), "role.yaml", engine.taxonomy)
    assert again.requirements == role.requirements
    assert role_to_data(again) == role_to_data(role)


@pytest.mark.parametrize("number", EVERY)
def test_every_phrasing_has_its_variants(number):
    assert Counter(variant.number for variant in BANK)[number] >= LEAST
