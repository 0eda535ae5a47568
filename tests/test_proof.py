"""How claims are proved: kinds of evidence, dumps of keywords, results; certificates each once."""

from __future__ import annotations

import pytest

from matcher.proof import PROOFS
from matcher.records import Stance

TOOLS = ["Zendesk", "Avaya", "Genesys", "Salesforce", "Five9", "Freshdesk", "ServiceNow", "Jira", "HubSpot", "Intercom", "Excel"]
WORDS = [f"{a} {b}" for a in ("blue", "red", "late", "new", "old", "raw") for b in ("paper", "light", "stone", "glass")]
DUMP = ", ".join([*TOOLS, *WORDS])
JOB = "Customer Service Representative | Sample Contact Co | Jan 2020 - Mar 2022\n"


def resume(engine, *parts, as_of="2022-06-15"):
    return engine.read_resume("\n\n".join(["Maria Sample", *parts]).encode(), "m.txt", as_of=as_of)


def claim(profile, concept):
    (found,) = [found for found in profile.claims if found.concept == concept]
    return found


# ------------------------------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("parts", "proof", "months"),
    [
        (["SKILLS\nZendesk, Avaya"], "list", None),
        ([f"SKILLS\n{DUMP}"], "dump", None),
        (["SKILLS\n" + "\n".join([*TOOLS, *WORDS, *(word.upper() for word in WORDS)])], "dump", None),
        (["SKILLS\n" + "\n".join(TOOLS)], "list", None),
        ([f"SUMMARY\nAgent with years of Zendesk.\n\nSKILLS\n{DUMP}"], "summary", None),
        ([f"EXPERIENCE\n{JOB}- Logged tickets in Zendesk", f"SKILLS\n{DUMP}"], "job", 27),
        ([f"EXPERIENCE\n{JOB}- Took calls\n{DUMP}"], "dump", None),
        ([f"EXPERIENCE\n{JOB}- Took calls\nTools: Zendesk, Avaya, Excel"], "job", 27),
        (["SKILLS\n" + "\n".join(f"Tools {n}: {', '.join(TOOLS)}" for n in range(3))], "list", None),
    ],
)
def test_proof_of_a_tool(engine, parts, proof, months):
    found = claim(resume(engine, *parts), "zendesk")
    assert (found.stance, found.proof, found.months) == (Stance.HELD, proof, months)


def test_proof_a_dump_never_counts_more_than_a_list(taxonomy):
    worth = taxonomy.rules["credit"]["proof"]
    assert set(worth) == set(PROOFS)
    assert worth["dump"] < worth["list"] <= worth["summary"] <= worth["job"]


# ----------------------------------------------------------------------------------------------------------------- results

DUTIES = f"""EXPERIENCE
{JOB}- Answered 80+ inbound calls a day in Zendesk
- Maintained 95% CSAT for a telecom account
- Wrote knowledge base articles
- Led the team to 92% first call resolution in Q3 2021"""


@pytest.fixture(scope="module")
def worked(engine):
    return resume(engine, DUTIES, "SKILLS\nCSAT, email support")


@pytest.mark.parametrize(
    ("concept", "results"),
    [
        ("inbound-calls", [("calls", "80+", "day", "own")]),
        ("customer-satisfaction-score", [("CSAT", "95%", None, None)]),
        ("first-contact-resolution", [("First contact resolution", "92%", "q3 2021", "team")]),
        ("zendesk", []),
        ("email-support", []),
    ],
)
def test_results_go_with_what_they_measure_and_the_work_beside_them(worked, concept, results):
    assert [(r.metric, r.value, r.period, r.scope) for r in claim(worked, concept).results] == results


def test_results_are_quoted_where_they_stand(worked):
    text = f"Maria Sample\n\n{DUTIES}"
    assert worked.facts.kpis
    assert all(text[kpi.start : kpi.start + len(kpi.quote)] == kpi.quote for kpi in worked.facts.kpis)


def test_results_printed_twice_count_once(engine):
    twice = resume(engine, f"EXPERIENCE\n{JOB}- Raised sales by 20%\n\nACCOMPLISHMENTS\nRaised sales by 20%")
    assert [kpi.value for kpi in twice.facts.kpis] == ["20%"]


def test_results_are_of_what_is_held(engine):
    profile = resume(engine, f"EXPERIENCE\n{JOB}- No experience in cold calling, but 80 calls a day")
    assert claim(profile, "cold-calling").results == ()


# ------------------------------------------------------------------------------------------------------------ certificates


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (
            "Certified Professional Coder (CPC)\nCPC - AAPC 2019",
            [("Certified Professional Coder (CPC)", "cpc", "held")],
        ),
        ("CPC, AAPC\nExpiration date: 05/2021", [("CPC", "cpc", "expired")]),
        ("CPC, valid until 2030", [("CPC", "cpc", "held")]),
        ("CPC - expired 2019", [("CPC", "cpc", "expired")]),
        ("CPC, exam scheduled", [("CPC", "cpc", "in progress")]),
        ("Sample Safety Badge\nSample Safety Badge certification", [("Sample Safety Badge", None, "held")]),
        ("CPA candidate", [("CPA candidate", "cpa-candidate", "in progress")]),
    ],
)
def test_certificates_each_once_with_its_status(engine, block, shown):
    found = resume(engine, f"CERTIFICATIONS\n{block}").facts.certifications
    assert [(one.name, one.concept, one.status) for one in found] == shown


def test_certificates_have_the_taxonomys_name(engine, taxonomy):
    (one,) = resume(engine, "CERTIFICATIONS\nCPC - AAPC 2019").facts.certifications
    assert one.label == taxonomy.concepts["cpc"].label


def test_certificates_a_line_goes_before_a_bare_name(engine):
    found = resume(engine, "SKILLS\nCPC", "CERTIFICATIONS\nCPC - expired 2019").facts.certifications
    assert [one.status for one in found] == ["expired"]


def test_certificates_expire_by_as_of(engine):
    text = "CERTIFICATIONS\nCPC, expires 05/2021"
    states = {as_of: resume(engine, text, as_of=as_of).facts.certifications[0].status for as_of in ("2021-05-31", "2021-06-01")}
    assert states == {"2021-05-31": "held", "2021-06-01": "expired"}
