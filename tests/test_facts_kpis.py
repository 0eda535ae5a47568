"""Measured results: what else is known of them, and what is none."""

from __future__ import annotations

import pytest
from facts_page import page_of

from matcher.reading.facts.kpis import KpiReader


@pytest.fixture(scope="module")
def read(taxonomy):
    reader = KpiReader(taxonomy.rules)
    return lambda text: [f.value for f in reader.read(page_of(experience=text))]


@pytest.mark.parametrize(
    ("text", "metric", "value", "direction"),
    [
        ("a 20% decrease in refund errors", "refund errors", "20%", "down"),
        ("a decrease of backlog of 15%", "backlog", "15%", "down"),
        ("brought a 30% output increase", "output", "30%", "up"),
        ("a 96% success rate on first visits", "success rate", "96%", None),
        ("Supervised 16 personnel", "team size", "16", None),
        ("managing 4 team leads", "team size", "4", None),
        ("Trained and mentored over 23 new hires", "people trained", "23", None),
        ("200 inbound/outbound calls daily", "calls", "200", None),
        ("employee retention of 91%", "Employee retention", "91%", None),
        ("DSAT down to 3%", "DSAT", "3%", None),
        ("managing cost of quality: scrap reduction of 7%", "scrap", "7%", "down"),
        ("defect reduction from 1.4% to 0.3%, while managing all aspects of quality", "defect", "1.4% to 0.3%", "down"),
        ("the territory increasing by 25%", "territory", "25%", "up"),
        ("exceeded sales goals by 10+%", "sales goals", "10+%", "up"),
        ("trained over 20 members", "people trained", "20", None),
        ("Reduced my average handle and wrap time by 200 seconds", "After-call work", "200 seconds", "down"),
        ("quality score of 97", "Quality score", "97", None),
        ("97.5 QA average", "Quality score", "97.5", None),
        ("QA scores up to 96%", "Quality score", "96%", "up"),
        ("ranked in the top 10 of the region", "rank", "ranked in the top 10", None),
        ("Top 10% of sellers in 2019", "rank", "Top 10%", None),
        ("top 20 performer of the floor", "rank", "top 20", None),
        ("grew revenue from $400,000 to $25 million", "revenue", "$400,000 to $25 million", "up"),
        ("exceeded its revenue goal of $75,000", "revenue goal", "$75,000", "up"),
        ("responsible for a team of 14", "team size", "14", None),
        ("oversight of a team of 35 clerks", "team size", "35", None),
    ],
)
def test_kpis_of_more_forms(read, text, metric, value, direction):
    (found,) = read(text)
    assert (found["metric"], found["value"]) == (metric, value)
    assert direction is None or found["direction"] == direction


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Answered 80+ calls a day", "day"),
        ("taking 60 calls per shift", "shift"),
        ("45 emails daily", "day"),
        ("Processed 300 claims per week", "week"),
        ("Maintained 95% CSAT for three consecutive months", "three consecutive months"),
        ("Reduced AHT by 12% within 3 months", "3 months"),
        ("Kept a service level of 97% in Q3 2021", "q3 2021"),
        ("118% of monthly target", "month"),
        ("Monthly QA score of 98%", "month"),
        ("Maintained 95% CSAT", None),
        ("Maintained 95% CSAT while handling the weekly report", None),
        ("CSAT 92%, QA 97% and 5 years of service", None),
    ],
)
def test_kpis_period_is_the_one_printed_with_the_value(read, text, period):
    assert read(text)[0]["period"] == period


def test_kpis_period_of_one_result_is_not_that_of_its_neighbour(read):
    periods = {f["metric"]: f["period"] for f in read("Maintained 95% CSAT and 80 calls a day")}
    assert periods == {"CSAT": None, "calls": "day"}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Led the team to 92% CSAT", "team"),
        ("Our team kept a 97% service level", "team"),
        ("Raised QA of my agents' calls from 85% to 93%", "team"),
        ("Site-wide attrition down to 4%", "team"),
        ("Led a team of 15 agents", "team"),
        ("My CSAT was 96%", "own"),
        ("Personally resolved 40 tickets a day", "own"),
        ("Answered 80+ calls a day", "own"),
        ("Ranked #1 of 45 agents", "own"),
        ("118% of target", "own"),
        (
            "Worked with a sales team on offers for new clients, selling safety products to hotels and offices of three states, "
            "while keeping an ambitious 25+ calls per day schedule",
            None,
        ),
        ("Cut my team average handle time by 20%", "team"),
        ("NPS +47 against a team figure of +39", None),
        ("Maintained 95% CSAT", None),
        ("Beat the team target with 95% CSAT", None),
        ("As team leader, maintained 95% CSAT", None),
    ],
)
def test_kpis_scope_is_said_and_not_guessed(read, text, scope):
    assert read(text)[-1]["scope"] == scope


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("CSAT 120%", True),
        ("CSAT 98%", False),
        ("Improved CSAT by 120%", False),
        ("118% of target", False),
        ("Productivity 112%", False),
        ("Reduced attrition by 130%", True),
        ("CSAT 6/5", True),
        ("CSAT 4.8/5", False),
        ("NPS 120", True),
        ("NPS of 62", False),
        ("AHT of 12 seconds", True),
        ("AHT of 385 seconds", False),
        ("AHT 6.5 minutes", False),
        ("AHT 90 minutes", True),
        ("Cut AHT by 47 secs", False),
        ("SLA 82/20", False),
        ("AHT 5:40", False),
        ("AHT 410", False),
        ("AHT 5000", True),
        ("Answered 48,000 calls per day", True),
        ("The site answers 48,000 calls per day; our team 4,800 calls per day", True),
        ("Our team takes 4,800 calls per day", False),
        ("Answered 300 calls per day", False),
        ("1,500 calls a week", False),
        ("Increased sales by 400%", False),
    ],
)
def test_kpis_that_cannot_be_are_flagged_and_kept(read, text, doubtful):
    assert read(text)[0]["doubtful"] is doubtful


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("CSAT 95%", "customer-satisfaction-score"),
        ("AHT 385 secs", "average-handle-time"),
        ("80 calls a day", "calls-handled-per-day"),
        ("Reduced printing costs by 18%", None),
    ],
)
def test_kpis_name_the_concept_of_their_metric(read, text, concept):
    assert read(text)[0]["concept"] == concept


def test_kpis_a_value_belongs_to_the_metric_beside_it(read):
    assert [(f["metric"], f["value"]) for f in read("resulting in 65% retention and 10% new members")] == [("Retention", "65%")]
    assert [f["value"] for f in read("21% increase in renewals and 9% decrease in errors")] == ["21%", "9%"]
    assert [f["value"] for f in read("99.2% quality on a 4% sample")] == ["99.2%"]
    assert [f["value"] for f in read("CSAT average 91% (target 86%), AHT 468 secs, QA 95.4%")] == ["91%", "468 secs", "95.4%"]
    assert read("a yield of 25% while not hurting quality") == []


def test_kpis_concepts_are_those_of_the_taxonomy(taxonomy):
    rules = taxonomy.rules["facts"]["kpi"]
    ids = {row["concept"] for row in (*rules["metric"], *rules["pattern"]) if "concept" in row}
    assert all(taxonomy.concepts[id].type == "metric" for id in ids)


@pytest.mark.parametrize(
    "text",
    [
        "Increased sales by XX%",
        "Handled many calls daily",
        "100% honest",
        "Worked 12 hours a day",
        "Supervised 4 projects",
        "a decrease of backlog",
        "rate of pay 500 per day",
        "21 years of experience providing quality meals",
        "60 people in QA, sales and design",
        "a quality process for 12 shops",
        "sold 14 lines of quality kitchens",
        "named among the top 100 employers of the county",
        "Top 100 Private Companies, 2019",
        "Audited a top 4 financial institution",
        "Graduated in the top 10% of the class",
        "Top 15",
        "raised a $6 billion fund",
        "served as one of the top 20 firms' suppliers",
        "Worked in a team of 10",
        "was a member of a team of six writers",
        "Planned travel for staff of 40",
        "Supported a team of three lawyers",
        "Taught a group of 12 students",
        "92% of the block, where turnover is high",
    ],
)
def test_kpis_none_without_metric_and_measure(read, text):
    assert read(text) == []


def test_kpis_a_row_of_digits_or_blanks_takes_no_time(read):
    assert read(f"Answered {'1' * 3000} things and 12{' ' * 3000}things") == []
    (found,) = read("Answered 80 - 90  calls a day")
    assert found["value"] == "80 - 90"
