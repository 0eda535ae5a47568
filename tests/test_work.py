"""The channels and lines of business of a job: a word in passing is none, a title or two signs are."""

from __future__ import annotations

import pytest


def months(engine, title, text):
    """Months by channel and by line of business of a resume with one year in one job."""
    resume = f"Maria Sample\n\nExperience\n{title} | Sample Company | Jan 2018 - Dec 2018\n- {text}\n"
    facts = engine.read_resume(resume.encode(), "m.txt").facts
    return dict(facts.months_by_channel), dict(facts.months_by_line_of_business)


@pytest.mark.parametrize(
    ("title", "text", "channels"),
    [
        ("Customer Service Representative", "Handled inbound calls", {"voice"}),
        ("File Clerk", "Handled inbound calls", set()),  # a clerk answers a phone
        ("Security Guard", "Handled inbound calls", set()),
        ("Office Clerk", "Handled inbound calls and made outbound calls", {"voice"}),  # two signs
        ("Marketing Coordinator", "Did cold calling", set()),
        ("Telemarketer", "Sold internet plans", {"voice"}),  # the title says it
        ("Quality Analyst", "Audited chat support", {"chat"}),  # serves a client: one clear sign
        ("Customer Service Representative", "Some data entry", set()),  # everybody enters data
        ("Customer Service Representative", "Data entry; scanned and indexed documents", {"back-office"}),
        ("Back Office Associate", "Data entry", {"back-office"}),
        ("Cashier", "Helped with chat support", set()),
    ],
)
def test_channels_of_a_job(engine, title, text, channels):
    assert set(months(engine, title, text)[0]) == channels


@pytest.mark.parametrize(
    ("title", "text", "lines"),
    [
        ("Executive Chef", "Reconciled the budget", set()),
        ("Accountant", "Account reconciliations", {"finance"}),
        ("Office Manager", "Accounts payable and accounts receivable", {"finance"}),
        ("Store Keeper", "Accounts payable", set()),
        ("Team Leader", "Led a telecom account", {"telecom"}),
        ("Customer Service Representative", "Supported a telecom account", {"telecom"}),
        ("Construction Manager", "Built a site for a telecom account", set()),
        ("Accountant", "Collections", set()),
        ("Debt Collector", "Called about late bills", {"collections"}),
        ("Medical Biller", "Medical billing", {"healthcare"}),
        ("Graphic Designer", "Kept HIPAA rules", set()),
    ],
)
def test_lines_of_business_of_a_job(engine, title, text, lines):
    assert set(months(engine, title, text)[1]) >= lines
    assert bool(months(engine, title, text)[1]) is bool(lines)


def test_one_phrase_is_one_sign_however_often_it_stands(engine):
    assert months(engine, "File Clerk", "Inbound calls; inbound calls; inbound calls")[0] == {}


def test_the_rules_name_families_and_groups_that_there_are(taxonomy):
    own = taxonomy.rules["channels"]
    known = {row["id"] for row in taxonomy.rules["families"]["family"]}
    groups = {**own["channels"], **own["lines_of_business"]}
    assert set(own["homes"]) <= set(groups)
    assert {name for names in own["homes"].values() for name in names} <= known
    assert {name for names in own["client_families"].values() for name in names} <= known
    assert set(own["anywhere"]["concepts"]) <= {id for ids in groups.values() for id in ids}
    assert 0 < own["signs"]["anywhere"] <= own["signs"]["needed"]["home"] <= own["signs"]["needed"]["client"]
    assert own["signs"]["needed"]["client"] < own["signs"]["needed"]["other"]
