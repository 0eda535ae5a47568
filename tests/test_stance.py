"""What a text claims about a concept: sections, cues and hedges, through the whole pipeline and rule by rule."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from matcher.reading.stance import StanceRules, section_at
from matcher.records import CLAIMED, Kind, Section, Stance
from matcher.taxonomy import load

RULES = load().rules["cues"]
RESUME, JOB = (StanceRules.from_rules(RULES, kind) for kind in (Kind.RESUME, Kind.JOB))

RESUMES = [
    ("Used Zendesk.", "zendesk", "held"),
    ("Skills\nZendesk", "zendesk", "held"),
    ("No experience in chat support.", "chat-support", "denied"),
    ("Never used Zendesk, but know Avaya.", "zendesk", "denied"),
    ("Never used Zendesk, but know Avaya.", "avaya", "held"),
    ("Not familiar with Salesforce.", "salesforce", "denied"),
    ("Email support, no phones and no chat support.", "chat-support", "denied"),
    ("Email support, no phones and no chat support.", "email-support", "held"),
    ("Technical support without inbound calls.", "inbound-calls", "denied"),
    ("Technical support without inbound calls.", "technical-support", "held"),
    ("Currently pursuing CPC from AAPC, medical coding since 2020.", "cpc", "learning"),
    ("Currently pursuing CPC from AAPC, medical coding since 2020.", "medical-coding", "held"),
    ("CPC (AAPC) in progress", "cpc", "learning"),
    ("CPC (in progress), AAPC", "cpc", "learning"),
    ("Used Zendesk (chat), a course in Avaya in progress", "zendesk", "held"),
    ("CPC from AAPC - in progress", "cpc", "learning"),
    ("Learning Zendesk; used Avaya.", "zendesk", "learning"),
    ("Learning Zendesk; used Avaya.", "avaya", "held"),
    ("PMP candidate", "pmp", "learning"),
    ("CPA (ongoing)", "cpa", "learning"),
    ("Ability to work in a fast-paced environment", "resilience-and-stress-tolerance", "held"),
    ("I want to work in technical support.", "technical-support", "context"),
    ("Raised sales without compromising customer satisfaction", "customer-satisfaction-score", "held"),
    ("Recruitment team for the candidate care desk", "recruitment", "held"),
    ("Studying for PMP", "pmp", "learning"),
    ("Seeking chat support work.", "chat-support", "context"),
    ("Objective\nTo obtain a technical support position.", "technical-support", "context"),
    ("References\nJuan Sample, chat support manager", "chat-support", "context"),
    ("Interests\nPhotography, spreadsheets in Excel", "microsoft-excel", "context"),
    ("Declaration\nI know Zendesk.", "zendesk", "context"),
]
POSTS = [
    ("Zendesk", "zendesk", "required"),
    ("Zendesk required; Avaya is a plus", "zendesk", "required"),
    ("Zendesk required; Avaya is a plus", "avaya", "preferred"),
    ("Must know Zendesk. Avaya preferred.", "zendesk", "required"),
    ("Must know Zendesk. Avaya preferred.", "avaya", "preferred"),
    ("- Zendesk\n- Avaya is a plus", "zendesk", "required"),
    ("(Verint & Genesys preferred)", "verint", "preferred"),
    ("(Verint & Genesys preferred)", "genesys", "preferred"),
    ("Content moderation experience is preferred, but not essential", "content-moderation", "preferred"),
    ("Knowledge of Zendesk is an advantage", "zendesk", "preferred"),
    ("Ideally you know Zendesk", "zendesk", "preferred"),
    ("Nice to have\n- Zendesk", "zendesk", "preferred"),
    ("Zendesk is not required", "zendesk", "denied"),
    ("Medical billing specialist. CPC not required.", "cpc", "denied"),
    ("Day shift only (no night shifts)", "night-shift", "denied"),
    ("Day shift only (no night shifts)", "day-shift", "required"),
    ("Chat support without inbound calls", "inbound-calls", "denied"),
    ("About us\nWe do payroll for hospitals.", "payroll-processing", "context"),
    ("Benefits\nHealth insurance", "health-insurance", "context"),
    ("We are a leading provider of chat support.", "chat-support", "context"),
    ("We offer paid training in Zendesk.", "zendesk", "context"),
    ("Training will be provided on Zendesk.", "zendesk", "context"),
    ("An equal opportunity employer in payroll.", "payroll-processing", "context"),
    ("Zendesk required, Avaya preferred", "zendesk", "required"),
    ("Zendesk required, Avaya preferred", "avaya", "preferred"),
    ("Avaya preferred, Zendesk", "zendesk", "required"),
    ("Preferred: Avaya, Zendesk", "zendesk", "preferred"),
    ("Knowledge of Zendesk (chat support experience preferred in all teams)", "zendesk", "required"),
    ("Knowledge of Zendesk (preferred)", "zendesk", "preferred"),
    ("Data entry (ideally in Zendesk), chat support", "chat-support", "required"),
    ("Ticketing tools a plus (Zendesk, Avaya)", "zendesk", "preferred"),
    ("Handles cases with and without Zendesk tickets.", "zendesk", "required"),
    ("Provides chat support to our clients.", "chat-support", "required"),
    ("Requirements:\nExcellent chat support skills for callers\nNice to have:\nZendesk", "chat-support", "required"),
    (
        "Requirements:\nExperience in medical coding of one year is preferred\nKnowledge of Zendesk and its reports each day",
        "zendesk",
        "required",
    ),
]
EASILY_MISREAD = [
    pytest.param("Expired CPC from AAPC", "cpc", {"denied", "context", "learning"}, id="expired"),
    pytest.param("Eligible for CPC, AAPC", "cpc", {"denied", "context", "learning"}, id="eligible for"),
    pytest.param("CPC from AAPC, in progress", "cpc", {"learning"}, id="after a comma"),
    pytest.param("Not only chat support but also email support", "chat-support", {"held"}, id="not only"),
]


def stances(reading, concept):
    return {str(mention.stance) for mention in reading.mentions if mention.concept == concept}


@pytest.mark.parametrize(("text", "concept", "stance"), RESUMES)
def test_resumes(read, text, concept, stance):
    assert stances(read(text), concept) == {stance}


@pytest.mark.parametrize(("text", "concept", "stance"), POSTS)
def test_posts(read, text, concept, stance):
    assert stances(read(text, "job"), concept) == {stance}


@pytest.mark.parametrize(("text", "concept", "allowed"), EASILY_MISREAD)
def test_wordings_easily_misread(read, text, concept, allowed):
    found = stances(read(text), concept)
    assert found
    assert found <= allowed


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Zendesk", 1.0),
        ("Familiar with Zendesk", 0.6),
        ("Basic knowledge of Zendesk", 0.6),
        ("Exposure to Zendesk", 0.6),
        ("Familiar with Avaya, used Zendesk", 1.0),
        ("Familiar with Avaya and Zendesk", 0.6),
        ("Used Zendesk and familiar with Avaya", 1.0),
        ("Familiar with Avaya, SQL and Zendesk", 0.6),
        ("Familiar with Avaya, proficient in SQL and Zendesk", 1.0),
        ("Some Zendesk", 0.6),
        ("Some years of Zendesk", 1.0),
        ("Zendesk (basic)", 0.6),
        ("Zendesk - beginner, Avaya", 0.6),
        ("Avaya - beginner, Zendesk", 1.0),
        ("Received training in Zendesk", 0.6),
        ("Gave training in Zendesk", 1.0),
        ("Attended a seminar on Zendesk", 0.6),
        ("Coursework in Zendesk", 0.6),
        ("Limited experience with Zendesk", 0.6),
        ("Beginner students used Zendesk", 1.0),
    ],
)
def test_hedges_lower_the_score_within_their_clause(read, text, score):
    (found,) = [mention for mention in read(text).mentions if mention.concept == "zendesk"]
    assert (found.score, str(found.stance)) == (score, "held")


def test_a_wrapped_item_is_one_sentence(read):
    text = "- Avaya preferred\n- Working in Zendesk and Salesforce every day for the retail account is\npreferred"
    assert stances(read(text, "job"), "zendesk") == {"preferred"}


def test_a_cue_does_not_reach_over_list_items(read):
    text = "- No phones\n- Chat support\n- Seeking agents\n- Email support"
    assert stances(read(text), "chat-support") == stances(read(text), "email-support") == {"held"}


def test_sections_that_are_context_stay_so_whatever_the_cue(read):
    assert stances(read("About us\nZendesk preferred", "job"), "zendesk") == {"context"}


def test_the_strongest_cue_wins():
    sentence = "We offer no Zendesk, which is preferred"
    start = sentence.index("Zendesk")
    assert JOB.stance_of(sentence, start, start + 7, "requirements")[0] is Stance.CONTEXT
    sentence = "no Zendesk currently preferred"
    start = sentence.index("Zendesk")
    assert JOB.stance_of(sentence, start, start + 7, "requirements")[0] is Stance.DENIED


@pytest.mark.parametrize(("words", "stance"), [(3, Stance.DENIED), (4, Stance.DENIED), (5, Stance.HELD)])
def test_denials_reach_four_words(words, stance):
    sentence = "no " + "really " * words + "Zendesk"
    start = sentence.index("Zendesk")
    assert RESUME.stance_of(sentence, start, start + 7, "experience")[0] is stance


@pytest.mark.parametrize("text", ["Notary of Zendesk", "Knot Zendesk", "nothing: Zendesk"])
def test_cues_are_whole_words(text):
    start = text.index("Zendesk")
    assert RESUME.stance_of(text, start, start + 7, "skills") == (Stance.HELD, 1.0)


def test_no_cue_turns_a_resume_into_a_post_or_the_other_way(read):
    text = "Zendesk preferred. Learning Avaya. No chat support. Email support required."
    resume = {mention.stance for mention in read(text).mentions}
    post = {mention.stance for mention in read(text, "job").mentions}
    assert resume <= {Stance.HELD, Stance.LEARNING, Stance.DENIED, Stance.CONTEXT}
    assert post <= {Stance.REQUIRED, Stance.PREFERRED, Stance.DENIED, Stance.CONTEXT}
    assert {Stance.DENIED, Stance.CONTEXT} & CLAIMED == set()


def test_a_bracket_that_is_never_closed_takes_no_time():
    sentence = f"Zendesk [{'x' * 400} and [{'number of ' * 100}"
    assert RESUME.stance_of(sentence, 0, 7, "skills")[0] is Stance.HELD


@pytest.mark.parametrize(
    ("bracket", "stance"),
    [("[XX] ", "context"), ("[number of a type] ", "context"), ("[Excel] ", "held")],
)
def test_a_bracket_is_a_slot_where_all_of_its_words_are(bracket, stance):
    sentence = f"Typed {bracket}wpm"
    start = sentence.index("wpm")
    assert str(RESUME.stance_of(sentence, start, start + 3, "skills")[0]) == stance


def test_section_at():
    sections = (Section("header", 0, 0, 10), Section("skills", 10, 16, 30))
    assert [section_at(sections, offset).kind for offset in (0, 9, 10, 29)] == ["header", "header", "skills", "skills"]
    assert section_at((), 3) is None


def cases(kind):
    rows = tomllib.loads((Path(__file__).parent / "stances.toml").read_text(encoding="utf-8"))[kind]
    return [(text, *pair.rsplit(" ", 1)) for text, pairs in rows for pair in pairs.split(", ")]


@pytest.mark.parametrize(("text", "concept", "stance"), cases("resume"))
def test_the_scope_of_cues_in_resumes(read, text, concept, stance):
    assert stances(read(text), concept) == {stance}


@pytest.mark.parametrize(("text", "concept", "stance"), cases("job"))
def test_the_scope_of_cues_in_posts(read, text, concept, stance):
    assert stances(read(text, "job"), concept) == {stance}
