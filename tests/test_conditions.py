"""Conditions that no resume prints: read from posts, kept in role files, asked, told, and never counted."""

from __future__ import annotations

import json

import pytest

from matcher.cli.main import main
from matcher.records import CONDITIONS, Condition, leaves
from matcher.role_file import dump_role, load_role

pytestmark = pytest.mark.usefixtures("one_process")

RESUME = """Ada Quillfeather
Riverton

WORK EXPERIENCE
Customer Service Representative | Sample Power | Jan 2023 - Mar 2025
- Answered inbound calls about bills and outages on a laptop at home, on night shift, with fast internet
- Set up laptops, headsets and internet connections of callers; worked on weekends and holidays in Riverton

SKILLS
Zendesk, typing 45 wpm
"""
POST = """Customer Service Representative

Requirements:
- Answers inbound calls about bills and outages
- Knows Zendesk
{line}
"""
LINES = [
    "- Own laptop with at least 8GB RAM",
    "- Stable internet connection at home, 50 Mbps or faster",
    "- A wired connection and backup power",
    "- Must be willing to work in Riverton",
    "- Willing to work on weekends and holidays",
    "- Fixed night shift",
    "- Work from home",
    "- Can start immediately, notice period of at most 30 days",
    "- With NBI clearance",
    "- Bring your diploma and two valid IDs",
    "- Neutral accent",
    "- Must be in the EST or CST time zone",
    "- MBA graduates need not apply",
    "- Willing to go back on-site once recalled",
]


@pytest.fixture(scope="module")
def profile(engine):
    return engine.read_resume(RESUME.encode(), "ada.txt", as_of="2025-06-01")


@pytest.fixture(scope="module")
def role_of(engine):
    def read(line):
        (role,) = engine.read_roles(POST.format(line=line).encode(), "post.txt")
        return role

    return read


@pytest.mark.parametrize("line", LINES)
def test_a_condition_changes_neither_score_nor_band_nor_what_is_unmet(role_of, scorer, profile, line):
    without, asked = scorer.fit(profile, role_of("")), scorer.fit(profile, role_of(line))
    assert asked.logit == without.logit
    assert asked.unmet == without.unmet
    assert {part.name: part.points for part in asked.contributions} == {part.name: part.points for part in without.contributions}


@pytest.mark.parametrize("line", [line for line in LINES if "diploma" not in line])
def test_every_condition_is_asked(role_of, scorer, profile, line):
    before, after = scorer.fit(profile, role_of("")), scorer.fit(profile, role_of(line))
    assert set(before.questions) < set(after.questions)
    assert set(before.unknown) < set(after.unknown)


@pytest.mark.parametrize(
    ("line", "question"),
    [
        (LINES[1], "What is your internet speed at home? The post asks for 50 Mbps."),
        (LINES[3], "Can you work in Riverton? The post asks for it."),
        ("- Immediate joiners preferred, up to 45 days", "How long is your notice"),
        ("- Own PC", "Do you have a computer of your own to work on? The post asks for one."),
        ("- A webcam", "Do you have this for working from home: webcam?"),
        ("- 9,000 keystrokes per hour", "How many keystrokes an hour do you reach? The post asks for 9,000."),
        ("- A Versant score of 58", "on which scale and from when? The post asks for Versant 58."),
        ("- 40 wpm with 95% accuracy", "The post asks for 40 words a minute with 95% accuracy."),
        ("- Fluent Spanish", "What is your level of Spanish, and by which test?"),
    ],
)
def test_questions_are_worded_for_the_condition(engine, role_of, scorer, line, question):
    silent = engine.read_resume(b"Bo Tern\nRiverton\n", "bo.txt", as_of="2025-06-01")
    questions = scorer.fit(silent, role_of(line)).questions
    assert any(question.casefold() in told.casefold() for told in questions), questions


def test_conditions_survive_the_role_file(engine, role_of):
    role = role_of("\n".join(LINES))
    again = load_role(dump_role(role).encode(), "role.yaml", engine.taxonomy)
    assert {leaf.kind for leaf in leaves(again.requirements)} > CONDITIONS - {"keystrokes"}
    assert again.requirements == role.requirements
    assert again.facts.conditions == tuple(c for c in role.facts.conditions if c.kind != "document")


def test_facts_tell_conditions_and_papers(role_of):
    facts = role_of("- Minimum of 25 Mbps internet, preferably wired connection\n- Bring your diploma and two valid IDs").facts
    assert facts.conditions == (
        Condition("internet", "setup", "25 Mbps", "required"),
        Condition("wired connection", "setup", None, "preferred"),
        Condition("diploma", "document", None, "required"),
        Condition("two valid IDs", "document", None, "required"),
    )
    assert facts.education_min is None


@pytest.mark.parametrize(
    "line",
    [
        "- We provide a laptop and pay for your internet connection",
        "- Troubleshoots internet connections and wired connections of customers",
        "- Ships parcels by UPS and sorts mail",
        "- Good personal computer skills",
        "- Paid holidays, weekends off and no overtime",
        "- Handles notice letters and background noise on calls",
        "- Accent coaching for the team",
        "- Excellent French (without accent)",
        "- Personal computer or laptop, multi-line telephone, copier and scanner",
        "- Applications without a photo will not be considered",
        "- Prepares reports on diplomas and transcripts for clients",
        "- Manages teams in several time zones",
    ],
)
def test_what_only_sounds_like_a_condition(role_of, line):
    assert role_of(line).facts.conditions == ()


def test_the_commands_carry_conditions_from_the_post_over_the_role_file_to_the_questions(tmp_path, capsys):
    post, role, resume = tmp_path / "post.txt", tmp_path / "role.yaml", tmp_path / "ada.txt"
    post.write_text(POST.format(line="\n".join(LINES)), encoding="utf-8")
    resume.write_text(RESUME, encoding="utf-8")
    assert main(["extract", str(post), "--as", "job", "--quiet"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert {"name": "internet", "kind": "setup", "level": "50 Mbps", "need": "required"} in record["facts"]["conditions"]
    assert ("setup", "internet", "50 Mbps") in [
        (n["kind"], n.get("value"), n.get("min_level")) for n in record["requirements"]["all"]
    ]
    assert main(["extract", str(post), "--as", "job", "--out", str(role), "--quiet"]) == 0
    capsys.readouterr()
    asked = [questions(capsys, resume, job) for job in (post, role)]
    assert "What is your internet speed at home? The post asks for 50 Mbps." in asked[0]
    assert asked[0] == asked[1]


def questions(capsys, resume, job):
    assert main(["score", str(resume), "--job", str(job), "--format", "json", "--as-of", "2025-06-01", "--quiet"]) == 0
    return json.loads(capsys.readouterr().out)["questions"]
