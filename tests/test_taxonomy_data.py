"""The shipped taxonomy: sound, complete and with the ids that others rely on."""

from __future__ import annotations

from collections import Counter

import pytest

from matcher.taxonomy import check, load, search

TAXONOMY = load()
CONCEPTS = tuple(TAXONOMY.concepts.values())


def test_the_taxonomy_is_sound():
    assert [f"{p.code} {p.where}: {p.message}" for p in check(TAXONOMY)] == []


def test_there_are_22_branches_and_each_has_concepts():
    branches = [concept.id for concept in CONCEPTS if concept.type == "branch"]
    assert len(branches) == 22
    filed = Counter(concept.branch for concept in CONCEPTS if concept.type != "branch")
    assert set(filed) == set(branches)
    assert min(filed.values()) >= 12
    assert sum(filed.values()) >= 640


def test_every_concept_has_a_definition_of_one_sentence():
    for concept in CONCEPTS:
        assert concept.definition.endswith("."), concept.id
        assert len(concept.definition) <= 160, concept.id


def test_every_concept_is_looked_for_under_some_form():
    for concept in CONCEPTS:
        if concept.type != "branch":
            assert concept.separates in {"high", "medium", "low"}, concept.id
            assert any(surface.strip() for surface in concept.surfaces())


@pytest.mark.parametrize(
    ("id", "label"),
    [
        ("inbound-calls", "Inbound calls"),
        ("accounts-receivable", "Accounts receivable (finance)"),
        ("ar-follow-up", "AR follow-up (healthcare)"),
        ("average-handle-time", "Average handle time"),
        ("fp-and-a", "FP&A"),
    ],
)
def test_ids_given_at_birth_stay(id, label):
    assert TAXONOMY.concepts[id].label == label


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("l1-support", "technical-support"),
        ("early-stage-collections", "collections"),
        ("after-call-work", "average-handle-time"),
        ("cpa", "accounting-certifications"),
        ("comptia-a-plus", "comptia-certifications"),
        ("epic-ehr", "ehr-systems"),
        ("sabre", "global-distribution-system"),
    ],
)
def test_the_narrow_concept_satisfies_the_wide_one_and_not_the_other_way_round(narrow, wide):
    assert TAXONOMY.is_a(narrow, wide)
    assert not TAXONOMY.is_a(wide, narrow)


@pytest.mark.parametrize(("one", "other"), [("capm", "pmp"), ("six-sigma-yellow-belt", "six-sigma-green-belt"), ("cpc-a", "cpc")])
def test_a_lesser_certificate_never_passes_for_the_greater(one, other):
    assert not TAXONOMY.is_a(one, other)
    assert other in TAXONOMY.concepts[one].related


@pytest.mark.parametrize(
    ("form", "ids"),
    [("AR", {"accounts-receivable", "ar-follow-up"}), ("PTP", {"promise-to-pay", "procure-to-pay"})],
)
def test_forms_of_two_senses_have_a_reading_for_each(form, ids):
    assert ids <= {reading.concept for reading in TAXONOMY.forms[form.casefold()].readings}


@pytest.mark.parametrize(
    ("surface", "id"),
    [
        ("answered phones", "inbound-calls"),
        ("HIPPA", "hipaa"),
        ("Average Handle Time", "average-handle-time"),
        ("quick books", "quickbooks"),
        ("customer complaints", "complaint-handling"),
    ],
)
def test_search_finds_forms_as_people_write_them(surface, id):
    assert search(TAXONOMY, surface)[0].concept.id == id


def test_misspellings_are_found_but_not_shown():
    hipaa = TAXONOMY.concepts["hipaa"]
    assert "HIPPA" in hipaa.hidden
    assert "HIPPA" not in hipaa.aliases


@pytest.mark.parametrize(
    ("surface", "id"),
    [
        ("chat", "chat-support"),
        ("claims", "claims-adjudication"),
        ("claims", "insurance-claims-processing"),
        ("leads", "lead-generation"),
        ("graveyard", "night-shift"),
        ("OT", "overtime-and-weekends"),
    ],
)
def test_bare_words_of_the_trade_are_known_but_guarded(surface, id):
    assert TAXONOMY.is_guarded(surface)
    assert surface in TAXONOMY.concepts[id].aliases
