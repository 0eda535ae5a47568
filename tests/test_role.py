from __future__ import annotations

import pytest

from matcher.matching import builtin_roles
from matcher.records import AllOf, AnyOf, Requirement, Role, Stance, leaves

POST = """Medical Coder - Outpatient

About us
We are a leading provider of payroll processing.

Responsibilities:
- Assign ICD-10 codes to outpatient charts

Requirements:
- CPC required
- At least 1 year of coding experience
- Epic, Cerner or similar
- Bachelor's degree
- Typing speed of 40 wpm
- Fluent in Spanish
- Night shift, onsite

Preferred:
- Six Sigma

Benefits
- Health insurance and Excel courses
"""


@pytest.fixture(scope="module")
def build(engine):
    def build(text) -> Role:
        (role,) = engine.read_roles(text.encode(), "post.txt")
        return role

    return build


@pytest.fixture(scope="module")
def coder(build):
    return build(POST)


def codes(role):
    return [notice.code for notice in role.warnings]


def leaf(role, kind, concept=None):
    (found,) = [x for x in leaves(role.requirements) if x.kind == kind and (concept is None or x.concept == concept)]
    return found


def test_a_post_becomes_a_role(coder):
    assert (coder.title, coder.families, coder.level) == ("Medical Coder", ("medical-coding",), 1)
    assert coder.lines_of_business == ("healthcare",)
    assert coder.warnings == ()


@pytest.mark.parametrize(
    ("kind", "concept", "need", "key", "value"),
    [
        ("certification", "cpc", "required", "text", "CPC"),
        ("experience", None, "required", "min_months", 12),
        ("education", None, "required", "min_level", "bachelor"),
        ("typing", None, "required", "value", "40"),
        ("language", "spanish", "required", "min_level", "fluent"),
        ("shift", None, "required", "value", "night"),
        ("site", None, "required", "value", "onsite"),
        ("skill", "six-sigma", "preferred", "text", "Six Sigma"),
        ("skill", "icd-10", "required", "text", "ICD-10 codes"),
    ],
)
def test_requirements(coder, kind, concept, need, key, value):
    found = leaf(coder, kind, concept)
    assert (found.need, getattr(found, key)) == (need, value)


def test_alternatives_are_one_item(coder):
    (choice,) = [item for item in coder.requirements.items if isinstance(item, AnyOf)]
    assert {option.concept for option in choice.items if isinstance(option, Requirement)} == {"epic-ehr", "cerner"}


def test_what_the_employer_is_and_offers_is_not_asked_for(coder):
    asked = {x.concept for x in leaves(coder.requirements)}
    assert asked & {"payroll-processing", "health-insurance", "microsoft-excel"} == set()
    stances = {claim.concept: claim.stance for claim in coder.claims}
    assert stances["payroll-processing"] is stances["health-insurance"] is Stance.CONTEXT


def test_the_words_about_the_employer_are_not_counted(build, coder):
    other = build(POST.replace("We are a leading provider of", "Global hospital company with teachers and"))
    assert other.wording == coder.wording
    assert "outpatient" in coder.wording


def test_facts(coder):
    facts = coder.facts
    assert (facts.title, facts.min_months_experience, facts.experience_need) == (coder.title, 12, "required")
    assert (facts.education_min, facts.education_need, facts.typing_wpm) == ("bachelor", "required", 40)
    assert (facts.shift, facts.work_site) == ("night", "onsite")
    assert [(c.name, c.concept, c.need) for c in facts.certifications] == [("CPC", "cpc", "required")]
    assert [(x.name, x.level, x.need) for x in facts.languages] == [("Spanish", "fluent", "required")]


def test_what_a_post_does_not_say_is_not_known(build):
    facts = build("Cashier\n\nRequirements:\n- Excel spreadsheets").facts
    assert (facts.min_months_experience, facts.experience_need, facts.education_min, facts.typing_wpm) == (
        None,
        "none",
        None,
        None,
    )
    assert (facts.shift, facts.work_site, facts.languages, facts.certifications) == ("unknown", "unknown", (), ())


def test_quotes_are_of_the_post(coder):
    for found in leaves(coder.requirements):
        assert POST[found.start : found.end] == found.text
    for item in (quote for claim in coder.claims for quote in claim.evidence):
        assert (POST[item.start : item.end], item.document) == (item.text, "job")


# ---------------------------------------------------------------------------------------------------------------- families


@pytest.mark.parametrize(
    ("title", "families", "level", "channels"),
    [
        ("Customer Service Representative (Voice)", ("customer-service-voice",), 1, ("voice",)),
        ("Customer Service Representative - Voice", ("customer-service-voice",), 1, ("voice",)),
        ("Chat Support Agent", ("customer-service-nonvoice",), 1, ("chat",)),
        ("Quality Analyst", ("quality",), 2, ()),
        ("Collections Specialist", ("collections",), 1, ()),
        ("Operations Manager", ("operations-management",), 5, ()),
        ("Chat Support Agent (Telecom)", ("customer-service-nonvoice",), 1, ("chat",)),
        ("Lighthouse Keeper", (), None, ()),
    ],
)
def test_titles_tell_family_level_and_channel(build, title, families, level, channels):
    role = build(f"{title}\n\nRequirements:\n- Friendly\n")
    assert (role.families, role.level) == (families, level)
    assert set(channels) <= set(role.channels)


def test_the_work_asked_for_tells_a_family_that_the_title_hides(build):
    duties = "- Call payers on denied claims\n- AR follow-up on unpaid claims\n- Denial management and appeals\n- EOB review\n"
    role = build(f"Process Associate\n\nResponsibilities:\n{duties}- Revenue cycle management\n")
    assert "healthcare-rcm" in role.families


# ----------------------------------------------------------------------------------------------------------- musts, waivers


@pytest.mark.parametrize(
    ("lines", "need", "months", "warned"),
    [
        ("At least six (6) months BPO experience", "required", 6, False),
        ("Must have at least 1 year of work experience in a BPO industry", "required", 12, False),
        ("6 months of experience is an advantage", "preferred", 6, False),
        ("With or without BPO experience\n- At least six (6) months BPO experience", "preferred", 6, True),
    ],
)
def test_experience(build, lines, need, months, warned):
    role = build(f"Call Center Agent\n\nRequirements:\n- {lines}\n")
    found = leaf(role, "experience")
    assert (found.need, found.min_months) == (need, months)
    assert ("conflicting-requirements" in codes(role)) is warned


@pytest.mark.parametrize("line", ["With or without BPO experience", "No experience required", "Fresh graduates are welcome"])
def test_waived_experience_is_no_requirement(build, line):
    role = build(f"Call Center Agent\n\nRequirements:\n- {line}\n- High school graduate\n")
    assert [x for x in leaves(role.requirements) if x.kind == "experience" and x.need == "required"] == []
    assert leaf(role, "education").min_level == "high_school"


@pytest.mark.parametrize("line", ["Fluent in Spanish", "Spanish", "Excellent Spanish communication skills", "Spanish speaker"])
def test_a_language_is_one_leaf_with_its_concept(build, line):
    role = build(f"Chat Agent\n\nRequirements:\n- {line}\n- High school graduate\n")
    assert leaf(role, "language").concept == "spanish"
    assert [x.kind for x in leaves(role.requirements) if x.concept == "spanish"] == ["language"]


# ---------------------------------------------------------------------------------------------------------------- warnings


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("The quick brown fox jumps over the lazy dog.", True),
        ("Lorem ipsum dolor sit amet\n\nconsectetur adipiscing elit", True),
        ("Quality Analyst\n\nRequirements:\n- Six Sigma", False),
    ],
)
def test_a_post_in_which_nothing_was_understood_says_so(build, text, warned):
    role = build(text)
    assert ("nothing-understood" in codes(role)) is warned
    assert (role.requirements == AllOf()) is warned


@pytest.mark.parametrize(
    "demand",
    [
        "Female preferred",
        "21 to 30 years old",
        "Single and with pleasing personality",
        "Not older than 30",
        "Catholic applicants only",
    ],
)
def test_what_may_not_be_asked_is_reported_and_dropped(build, demand):
    plain, with_demand = (build(f"Data Encoder\n\nRequirements:\n- Six Sigma\n{line}") for line in ("", f"- {demand}\n"))
    assert "unlawful-requirement" in codes(with_demand)
    assert codes(plain) == []
    assert with_demand.requirements == plain.requirements
    assert with_demand.wording.replace("-", "").split() == plain.wording.replace("-", "").split()


def test_the_warnings_of_the_samples(sample_roles):
    warned = {name for name, role in sample_roles.items() if "unlawful-requirement" in codes(role)}
    assert warned == {"in-technical-support.txt", "ph-data-entry.txt"}
    assert [name for name, role in sample_roles.items() if "nothing-understood" in codes(role)] == []


# ---------------------------------------------------------------------------------------------------------------- profiles


def test_every_built_in_role_knows_its_family_level_and_musts(taxonomy, engine):
    known = {row["id"] for row in taxonomy.rules["families"]["family"]}
    for role in builtin_roles(taxonomy):
        assert role.families and set(role.families) <= known
        assert role.level is not None
        concepts = {x.concept for x in leaves(role.requirements) if x.concept}
        assert len(concepts) >= 5
        assert concepts <= set(taxonomy.concepts)
