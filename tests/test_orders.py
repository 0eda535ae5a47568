"""Labels in other orders of their words, with a word more inside, and what looks like it and is something else."""

from __future__ import annotations

import pytest

from matcher.reading.groups import SKILLS
from matcher.taxonomy import load

TAXONOMY = load()
RULES = TAXONOMY.rules["orders"]


@pytest.fixture(scope="module")
def found(nlp):
    """(quote, concept, trust) of all that is found in a duty."""

    def read(text):
        doc = nlp(f"Experience\n- {text}\n- Other things\n")
        return {(s.text, s.kb_id_, trust) for s, trust in zip(doc.spans[SKILLS], doc.spans[SKILLS].attrs["score"], strict=True)}

    return read


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("analysis of financial statements", "financial-analysis"),
        ("Preparation and analysis of the annual budget", "budgeting"),
        ("Management of all appointments", "appointment-setting"),
        ("administration of medication, wound care", "medication-administration"),
        ("recruitment of nurses", "healthcare-recruitment"),
        ("monitoring of compliance", "compliance-monitoring"),
        ("managed remote employees", "remote-team-management"),
        ("Planned the launch and supported end users", "desktop-support"),
        ("on-boarding of new clients", "customer-onboarding"),
        ("process related paperwork", "document-processing"),
        ("Conducted internal audits", "auditing"),
        ("Calculated weekly commissions", "sales-commission-administration"),
        ("support (chat, email)", "email-support"),
        ("customer support (technical)", "technical-support"),
        ("Support, technical", "technical-support"),
        ("Support, technical and billing", "billing-support"),
        ("Entry, data", "data-entry"),
        ("Research, market", "market-research"),
    ],
)
def test_words_in_another_order_are_found_and_trusted_less(found, text, concept):
    assert any(met == concept and trust < 0.9 for _, met, trust in found(text))


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("answering inbound customer calls", "inbound-calls"),
        ("calls, inbound", "inbound-calls"),
        ("calls (inbound)", "inbound-calls"),
        ("calls (inbound/outbound)", "outbound-calls"),
        ("management of accounts payable", "accounts-payable"),
        ("processing of insurance claims", "insurance-claims-processing"),
        ("handled escalated customer complaints", "complaint-handling"),
        ("reconciled bank and vendor accounts", "bank-reconciliation"),
        ("reconciled bank and vendor accounts", "reconciliation"),
    ],
)
def test_duties_as_people_write_them_are_found_somehow(found, text, concept):
    assert concept in {met for _, met, _ in found(text)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("the center call", "voice-process"),
        ("Center, call", "voice-process"),
        ("a desk service", "service-desk"),
        ("Desk (service)", "service-desk"),
        ("analysis of competitive brands", "competitive-intelligence"),
        ("analysis of financial statement templates", "financial-analysis"),
        ("managed the process for separated employees", "business-process-management"),
        ("Implemented new changes", "change-leadership"),
        ("Managing Partner of the firm", "vendor-management"),
        ("developed a system for the archive", "software-development"),
        ("monitored the quality of the soup", "quality-monitoring"),
        ("a folder of managed remote employees", "remote-team-management"),
        ("handle multiple projects at one time", "project-management"),
        ("Support, technical, at the shop", "technical-support"),
        ("Sold tools. Support, technical", "technical-support"),
        ("overpayment data, and handling disputes", "data-management"),
        ("issues and expedited resolution", "issue-resolution"),
        ("systems and designed implementation", "software-implementation"),
        ("savings and increased customer numbers", "customer-retention"),
        ("Sales – Support – Training", "sales-support"),
        ("Teams – Building", "team-leadership"),
    ],
)
def test_what_means_something_else_is_no_label(found, text, concept):
    assert concept in TAXONOMY.concepts
    assert concept not in {met for _, met, _ in found(text)}


def test_items_that_dashes_part_are_found_one_by_one(found):
    assert {"microsoft-word", "microsoft-excel", "microsoft-outlook"} <= {met for _, met, _ in found("Word – Excel – Outlook")}


def test_a_label_as_written_hides_its_other_orders(found):
    assert {(q, t) for q, c, t in found("root cause analysis of defects") if c == "root-cause-analysis"} == {
        ("root cause analysis", 1.0)
    }


def test_long_lists_cost_no_more_than_their_length(found):
    text = "Support, " + "technical, " * 20_000
    assert "technical-support" in {met for _, met, _ in found(text)}


# --------------------------------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize("name", ["types", "inside", "between", "ends", "begins", "vague", "noun_endings", "barred"])
def test_words_of_the_rules_are_small_and_stand_once(name):
    assert RULES[name] == list(dict.fromkeys(word.casefold() for word in RULES[name]))


def test_barred_labels_and_types_exist():
    assert set(RULES["barred"]) <= {surface.casefold() for surface, _ in TAXONOMY.plain_labels()}
    assert set(RULES["types"]) <= {concept.type for concept in TAXONOMY.concepts.values()}


def test_nouns_and_verbs_belong_to_one_action():
    for key in ("nouns", "verbs"):
        words = [word for row in RULES["action"] for word in row[key]]
        assert len(words) == len(set(words))
