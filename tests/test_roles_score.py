"""A resume against the built-in roles: seats of one family are told apart, and the printed list stays short."""

from __future__ import annotations

import json

import pytest

from matcher.cli import main
from matcher.role_file import builtin_roles

pytestmark = pytest.mark.usefixtures("one_process")

RESUME = """Jordan Sample
jordan.sample@example.com

EXPERIENCE

{title}
Northwind Outsourcing, Springfield
March 2022 - Present
{duties}

EDUCATION

Bachelor of Arts, 2019
"""
AS_OF = "2026-11-01"

SEATS = [
    ("medical-billing-ar", "AR Caller", "Called US payers on unpaid claims over 90 days;Worked denials and corrected claims"),
    (
        "medical-biller",
        "Medical Billing Specialist",
        "Submitted claims through the clearinghouse;Corrected CMS-1500 forms",
    ),
    ("medical-coder", "Medical Coder", "Coded outpatient charts with ICD-10-CM and CPT;Certified Professional Coder (CPC)"),
    ("payment-poster", "Payment Posting Executive", "Posted ERA and EOB payments;Balanced daily batches"),
    ("eligibility-verification-specialist", "Insurance Verification Representative", "Verified eligibility and benefits"),
    ("prior-authorization-specialist", "Prior Authorization Specialist", "Obtained prior authorizations for imaging"),
    ("accounts-payable-analyst", "Accounts Payable Specialist", "Processed vendor invoices with three-way match in SAP"),
    ("accounts-receivable-analyst", "Accounts Receivable Specialist", "Applied cash receipts;Reported AR ageing monthly"),
    ("paralegal", "Litigation Paralegal", "Drafted pleadings and discovery responses;Researched cases on Westlaw"),
    ("document-reviewer", "Document Review Associate", "Reviewed documents for privilege;Coded documents in Relativity"),
    ("real-time-analyst", "Real Time Analyst", "Watched intraday service level;Tracked schedule adherence and shrinkage"),
    ("service-desk-analyst", "Service Desk Analyst", "Reset passwords in Active Directory;Logged incidents in ServiceNow"),
    ("late-stage-collector", "Skip Tracer", "Traced debtors with skip tracing tools on charged-off accounts"),
    (
        "assistant-manager",
        "Assistant Manager Operations",
        "Managed four team leaders;Drove SLA and attrition control",
    ),
]


def resume(title: str, duties: str) -> bytes:
    return RESUME.format(title=title, duties="\n".join(f"- {duty}." for duty in duties.split(";"))).encode()


@pytest.fixture(scope="module")
def best_role(engine, scorer):
    """`best_role(profile)`: the id of the role profile with the highest score."""
    roles = builtin_roles(engine.taxonomy)

    def best_role(profile):
        table = scorer.table([profile])
        return max(roles, key=lambda role: float(scorer.logits(table, role)[0])).source

    return best_role


@pytest.mark.parametrize(("name", "title", "duties"), SEATS)
def test_seats_of_one_family_are_told_apart(engine, best_role, name, title, duties):
    assert best_role(engine.read_resume(resume(title, duties), "invented.txt", as_of=AS_OF)) == name


@pytest.mark.parametrize(
    ("name", "seats"),
    [
        ("ar-caller", {"medical-billing-ar"}),
        ("quality-analyst", {"quality-analyst"}),
        ("team-leader", {"team-leader"}),
        ("collections-specialist", {"collections"}),
        ("medical-coder-cpc", {"medical-coder"}),
        ("data-entry-encoder", {"data-entry", "back-office-processing"}),
        ("chat-email-agent", {"chat-email-support"}),
        ("process-trainer", {"trainer"}),
        ("mortgage-loan-processor", {"mortgage-loan-processing"}),
        ("technical-support-bengaluru", {"technical-support"}),
        ("insurance-claims-examiner", {"insurance-claims", "claims-adjuster"}),
        ("payroll-specialist", {"payroll-specialist", "payroll-hr-operations"}),
        ("document-review-paralegal", {"document-reviewer", "paralegal"}),
        ("career-change-help-desk", {"service-desk-analyst"}),
    ],
)
def test_samples_fit_the_seat_they_hold(best_role, sample_profiles, name, seats):
    assert best_role(sample_profiles[name]) in seats


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """What the command prints for a resume: its text, its text with --top 3, and its JSON."""
    path = tmp_path_factory.mktemp("resume") / "invented.txt"
    path.write_bytes(resume("AR Caller", "Called US payers on unpaid claims;Worked denials"))

    def run(capsys, *more: str) -> str:
        assert main(["score", str(path), "--as-of", AS_OF, *more]) == 0
        return capsys.readouterr().out

    return run


def test_the_list_of_roles_is_short_and_says_what_is_left_out(capsys, scored, engine):
    known = len(engine.taxonomy.roles)
    for top, more in ((10, ()), (3, ("--top", "3"))):
        text = scored(capsys, *more)
        table = text.split("\n\n")[0].splitlines()
        assert len(table) == 1 + 1 + top + 1, "a head, the columns, the roles, the rest"
        assert table[-1] == f"(and {known - top} more; --top shows more, --format json has all)"
    assert "more; --top" not in scored(capsys, "--top", "1000")


def test_every_next_step_is_named_with_what_it_wants_and_what_is_missing(capsys, scored, engine):
    text = scored(capsys)
    steps = engine.taxonomy.roles["medical-billing-ar"]["next_roles"]
    titles = {engine.taxonomy.roles[step]["title"] for step in steps}
    heads = [line for line in text.splitlines() if line.startswith(("Next step: ", "Or: "))]
    assert {head.split(": ", 1)[1].rsplit(" (score", 1)[0] for head in heads} == titles
    assert heads[0].startswith("Next step: ")
    assert "Usual for it: 24 months in the field (57 shown), education: high school (bachelor shown)" in text
    assert text.count("Missing for it") + text.count("Nothing that is asked for is missing") == len(steps)


def test_json_has_every_role_whatever_top_says(capsys, scored, engine):
    found = json.loads(scored(capsys, "--top", "1", "--format", "json"))
    assert {role["job"] for role in found["roles"]} == set(engine.taxonomy.roles)
    assert {role["job"] for role in found["next_roles"]} == set(engine.taxonomy.roles["medical-billing-ar"]["next_roles"])
    assert found["seat"] == "medical-billing-ar"


def test_who_does_not_hold_the_nearest_role_is_told_the_way_to_it_and_no_step_far_above(capsys, tmp_path, engine):
    path = tmp_path / "trainee.txt"
    path.write_bytes(resume("Call Center Trainee", "Resolved complaints"))
    assert main(["score", str(path), "--as-of", AS_OF]) == 0
    text = capsys.readouterr().out
    assert text.index("First step: Customer service representative") < text.index("Next step: ")
    assert "team-leader" in engine.taxonomy.roles["customer-service-representative"]["next_roles"]
    assert "Or: Team leader" not in text
    assert "Next step: Team leader" not in text


def test_whom_no_role_fits_gets_the_list_and_one_line(capsys, tmp_path):
    path = tmp_path / "fresher.txt"
    path.write_text("Jordan Sample\n\nSKILLS\nWelding pipes, cutting steel plates\n", encoding="utf-8")
    assert main(["score", str(path), "--as-of", AS_OF]) == 0
    table, line = capsys.readouterr().out.split("\n\n")
    assert table.startswith("fresher.txt: the roles it fits best, by score\n")
    assert line.startswith("No role fits what this resume shows; ")
    assert line.count("\n") == 1
    assert main(["score", str(path), "--as-of", AS_OF, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["next_roles"]


def test_work_of_another_trade_is_a_weak_fit_for_entry_seats_only(capsys, tmp_path):
    path = tmp_path / "welder.txt"
    path.write_bytes(resume("Welder", "Welded pipes;Cut steel plates"))
    assert main(["score", str(path), "--as-of", AS_OF, "--format", "json"]) == 0
    roles = json.loads(capsys.readouterr().out)["roles"]
    assert {role["band"] for role in roles} == {0, 1}
    lifted = [any(part["name"] == "open to newcomers" for part in role["contributions"]) for role in roles if role["band"]]
    assert all(lifted)


def test_what_a_resume_does_not_say_is_not_said_of_it(capsys, tmp_path):
    path = tmp_path / "undated.txt"
    path.write_text("Jordan Sample\n\nSKILLS\nInbound calls, complaint handling, customer service\n", encoding="utf-8")
    assert main(["score", str(path), "--as-of", AS_OF, "--top", "1"]) == 0
    text = capsys.readouterr().out
    assert "Usual for it: " in text
    assert " shown)" not in text


def test_how_the_seat_and_the_steps_are_chosen_is_said(capsys, scored):
    text = scored(capsys)
    (line,) = [line for line in text.split("\n\n") if line.startswith("The ladder: ")]
    told = " ".join(line.split())
    assert told.startswith("The ladder: the present seat is taken to be ")
    assert told.endswith("the roles above it follow, the nearest step first, then by score")


def test_weights_that_a_file_changed_are_told_with_its_name(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cv.txt").write_bytes(resume("AR Caller", "Worked denials"))
    (tmp_path / "matcher.toml").write_text("[weights]\nwording = 0.5\n", encoding="utf-8")
    assert main(["score", "cv.txt", "--job", "role:medical-billing-ar"]) == 0
    said = capsys.readouterr()
    assert "Weights changed: wording x 0.5" in said.out.splitlines()
    assert "weights changed by matcher.toml: wording x 0.5" in said.err.splitlines()
    assert main(["score", "cv.txt", "--job", "role:medical-billing-ar", "--weight", "level=2"]) == 0
    said = capsys.readouterr()
    assert "Weights changed: level x 2" in said.out.splitlines()
    assert "matcher.toml" not in said.err
