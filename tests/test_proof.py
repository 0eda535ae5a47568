"""How claims are proved: kinds of evidence, dumps of keywords, results; certificates each once."""

from __future__ import annotations

import pytest

from matcher.proof import PROOFS
from matcher.records import Stance

TOOLS = ["Zendesk", "Avaya", "Genesys", "Salesforce", "Five9", "Freshdesk", "ServiceNow", "Jira", "HubSpot", "Intercom", "Excel"]
WORDS = [f"{a} {b}" for a in ("blue", "red", "late", "new", "old", "raw") for b in ("paper", "light", "stone", "glass")]
DUMP = ", ".join([*TOOLS, *WORDS])
NEAR = "EXPERIENCE\nSupport Agent | Sample Desk Co | Jan 2015 - Mar 2016\n- Logged tickets in Freshdesk"
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
    found = claim(resume(engine, NEAR, *parts), "zendesk")
    assert (found.stance, found.proof, found.months) == (Stance.HELD, proof, months)


@pytest.mark.parametrize(
    ("parts", "proof"),
    [
        (["SKILLS\nZendesk, Avaya"], "bare"),
        ([f"EXPERIENCE\n{JOB}- Cooked and served", "SKILLS\nZendesk"], "bare"),
        ([NEAR, "SKILLS\nZendesk"], "list"),
        (["SUMMARY\nTicketing in Zendesk.", "LANGUAGES\nSpanish"], "bare"),
    ],
)
def test_proof_that_nothing_dated_speaks_for(engine, parts, proof):
    assert claim(resume(engine, *parts), "zendesk").proof == proof


def test_a_language_needs_no_job_to_speak_for_it(engine):
    assert claim(resume(engine, "LANGUAGES\nSpanish"), "spanish").proof == "list"


def test_more_than_anybody_can_do_is_worth_nothing(engine, taxonomy):
    most = taxonomy.rules["facts"]["proof"]["most_unshown"]
    labels = [concept.label for concept in taxonomy.concepts.values() if concept.type == "tool"]
    found = resume(engine, NEAR, f"SKILLS\nZendesk, {', '.join(labels[: 2 * most])}")
    assert claim(found, "zendesk").proof == "bare"
    assert claim(found, "freshdesk").proof in {"job", "dump"}


@pytest.mark.parametrize(("text", "shown"), [("- Answered customers by live chat", True), (f"{DUMP}, live chat", False)])
def test_proof_a_dump_in_a_job_shows_no_channel_of_that_job(engine, text, shown):
    (job,) = resume(engine, f"EXPERIENCE\n{JOB}- Helped customers\n{text}").facts.jobs
    assert ("chat" in job.channels) is shown


def test_proof_a_dump_never_counts_more_than_a_list(taxonomy):
    worth = taxonomy.rules["credit"]["proof"]
    assert set(worth) == set(PROOFS)
    assert worth["bare"] < worth["dump"] < worth["list"] <= worth["summary"] <= worth["job"]


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


@pytest.mark.parametrize(
    ("duties", "concept", "values"),
    [
        ("- Took inbound calls of a bank\n- AHT 300 secs", "inbound-calls", ["300 secs"]),
        ("- Took inbound calls and made outbound calls\n- AHT 300 secs", "inbound-calls", []),
        ("- Answered chats\n- Closed 60 chats per day", "chat-support", ["60"]),
        ("- Wrote for a bank\n- AHT 300 secs\n\nSKILLS\nInbound calls", "inbound-calls", []),
    ],
)
def test_results_speak_for_the_one_kind_that_their_job_names(engine, duties, concept, values):
    assert [r.value for r in claim(resume(engine, f"EXPERIENCE\n{JOB}{duties}"), concept).results] == values


def test_results_speak_for_concepts_of_the_taxonomy(taxonomy):
    shows = taxonomy.rules["facts"]["proof"]["shows"]
    assert {id for ids in shows.values() for id in ids} <= set(taxonomy.concepts)


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


def test_certificates_in_a_sentence_say_how_they_stand(engine):
    found = resume(engine, "EDUCATION\nB.Com, 2022. PMP certification exam booked for May 2027.").facts.certifications
    assert [(one.concept, one.status) for one in found] == [("pmp", "in progress")]


def test_certificates_expire_by_as_of(engine):
    text = "CERTIFICATIONS\nCPC, expires 05/2021"
    states = {as_of: resume(engine, text, as_of=as_of).facts.certifications[0].status for as_of in ("2021-05-31", "2021-06-01")}
    assert states == {"2021-05-31": "held", "2021-06-01": "expired"}
