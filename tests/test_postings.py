"""Job posts as schema.org JobPosting: in files of their own, in lists, in web pages, one a line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matcher.documents import Limits, read_document, read_posts
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import Document, Kind

POST: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Customer Service Representative - Voice",
    "identifier": {"@type": "PropertyValue", "name": "Lakeview", "value": "R-17"},
    "hiringOrganization": {"@type": "Organization", "name": "Lakeview Contact Solutions"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "streetAddress": "1 Main", "addressLocality": "Cebu City", "addressCountry": "PH"},
    },
    "jobLocationType": "TELECOMMUTE",
    "employmentType": ["FULL_TIME", "CONTRACTOR"],
    "workHours": "Night shift, Monday to Friday",
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "PHP",
        "value": {"@type": "QuantitativeValue", "minValue": 22000, "maxValue": "28000", "unitText": "MONTH"},
    },
    "description": "<p>Agents answer calls for a US telco in a team of twelve, day and night, all through the week.</p>"
    "<h3>What you will do</h3><ul><li>Answer 60+ inbound calls a day</li><li>Upsell plans</li></ul>",
    "responsibilities": "Upsell plans",
    "qualifications": ["Types 35 wpm", "Salesforce is a plus"],
    "skills": "De-escalation",
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": "12"},
    "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "high school"},
    "experienceInPlaceOfEducation": True,
    "jobBenefits": "HMO on day one",
}
TEXT = """Customer Service Representative - Voice
Lakeview Contact Solutions
Cebu City, PH
Work setup: remote
Job type: Full-time, Contractor
Schedule: Night shift, Monday to Friday
Salary: PHP 22,000 to 28,000 per month

Agents answer calls for a US telco in a team of twelve, day and night, all through the week.

What you will do
• Answer 60+ inbound calls a day
• Upsell plans

Qualifications
Types 35 wpm
Salesforce is a plus

Skills
De-escalation

Requirements
At least 12 months of experience required
Education: high school or equivalent experience

Benefits
HMO on day one"""
OTHER = {**POST, "title": "Quality Analyst", "identifier": "R-18"}


def posts(data: bytes | str | Any, name: str) -> list[tuple[str, str]]:
    """Source and text of each post, or the code of its error."""
    raw = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    found = read_posts(raw, name)
    assert found is not None
    return [(item.source, item.text) if isinstance(item, Document) else (label, item.code) for label, item in found]


def page(*scripts: str, body: str = "<h1>CSR</h1>") -> str:
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return f"<!DOCTYPE html><html><head>{tags}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("data", "name", "source"),
    [
        (POST, "a.json", "a.json"),
        ([POST], "a.jsonld", "a.jsonld"),
        ({"@graph": [{"@type": "Organization", "name": "x"}, {"@type": "WebPage", "mainEntity": POST}]}, "a.json", "a.json"),
        ({**POST, "@type": ["Thing", "http://schema.org/JobPosting"]}, "a.json", "a.json"),
        (page(json.dumps(POST)), "a.html", "a.html"),
        (page(f"<!-- {json.dumps(POST)} -->"), "a.html", "a.html"),
        (page(f"//<![CDATA[\n{json.dumps(POST)}\n//]]>"), "a.html", "a.html"),
        (page("{broken", json.dumps(POST), json.dumps(POST)), "a.html", "a.html"),
        (page(json.dumps(POST)), "-", "-"),
        (json.dumps([POST], indent=1), "-", "-"),
        (POST, "a.jsonl", "a.jsonl#R-17"),
    ],
)
def test_postings_are_read_wherever_they_are(data, name, source):
    assert posts(data, name) == [(source, TEXT)]


@pytest.mark.parametrize("data", [[POST, OTHER], {"@graph": [POST, OTHER]}])
def test_postings_of_one_file_are_posts_of_their_own(data):
    assert [source for source, _ in posts(data, "a.json")] == ["a.json#R-17", "a.json#R-18"]
    assert [source for source, _ in posts(page(json.dumps(data)), "a.html")] == ["a.html#R-17", "a.html#R-18"]


def test_postings_without_a_number_or_with_the_same_are_told_apart():
    bare = {key: value for key, value in POST.items() if key != "identifier"}
    data = [bare, {**bare, "title": "Agent"}, POST, {**POST, "title": "Agent"}]
    assert [source for source, _ in posts(data, "a.json")] == ["a.json#post 1", "a.json#post 2", "a.json#R-17", "a.json#R-17 (4)"]


def test_postings_that_say_nothing_are_errors_of_their_own():
    found = posts([POST, {"@type": "JobPosting", "title": "Agent"}], "a.json")
    assert [found[0][0], found[1]] == ["a.json#R-17", ("post 2", "empty")]


def test_records_with_a_text_may_come_as_one_list():
    data = [{"id": "j1", "title": "Agent", "company": "Acme", "location": "Cebu", "text": "Answer calls"}, {"text": "Sell plans"}]
    assert posts(data, "a.json") == [("a.json#j1", "Agent\nAcme\nCebu\n\nAnswer calls"), ("a.json#post 2", "Sell plans")]


@pytest.mark.parametrize(
    "text",
    [
        page("{broken json", body="<h1>Sales Agent</h1>"),
        page(json.dumps({"@type": "JobPosting", "title": "x", "description": "See below"}), body="<h1>Sales Agent</h1>"),
        page(json.dumps({"@type": "Organization", "name": "JobPosting"}), body="<h1>Sales Agent</h1>"),
        page(json.dumps({"@type": "Person", "seeks": POST}), body="<h1>Sales Agent</h1>"),
        page("[" * 100_000 + '"JobPosting"', body="<h1>Sales Agent</h1>"),
    ],
)
def test_a_page_whose_posting_says_too_little_is_read_itself(text):
    assert read_posts(text.encode(), "a.html") is None
    assert read_document(text.encode(), "a.html").text == "Sales Agent"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{broken", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"a": ' * 100_000, "damaged"),
        ("[1, 2]", "unknown-format"),
        ('{"title": "Agent"}', "unknown-format"),
        ("null", "unknown-format"),
        (b"\x00\x01\x02", "damaged"),
    ],
)
def test_json_without_a_post_says_why_in_one_line(data, code):
    with pytest.raises(UnreadableError) as caught:
        posts(data, "a.json")
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_postings_keep_the_limits():
    with pytest.raises(LimitError):
        read_posts(json.dumps(POST).encode(), "a.json", limits=Limits(max_bytes=10))
    long = {**POST, "description": "word " * 1000}
    with pytest.raises(LimitError):
        list(read_posts(json.dumps(long).encode(), "a.json", limits=Limits(max_chars=1000)) or ())


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"experienceRequirements": "no requirements"}, "No experience required"),
        ({"experienceRequirements": "Two years in a call centre"}, "Two years in a call centre"),
        ({"experienceRequirements": {"monthsOfExperience": 24}}, "At least 24 months of experience required"),
        ({"experienceRequirements": {"monthsOfExperience": "soon", "description": "Some years"}}, "Some years"),
        ({"educationRequirements": "no requirements"}, "No degree required"),
        ({"educationRequirements": [{"credentialCategory": "bachelor degree"}]}, "Education: bachelor degree"),
        ({"jobLocation": [{"address": "Cebu"}, {"address": {"addressLocality": "Davao"}}]}, "Cebu; Davao"),
        ({"jobLocation": {"address": {"addressCountry": {"@type": "Country", "name": "India"}}}}, "India"),
        ({"employmentType": "PART_TIME"}, "Job type: Part-time"),
        ({"baseSalary": {"currency": "USD", "value": {"value": 18.5, "unitText": "HOUR"}}}, "Salary: USD 18.5 per hour"),
        ({"baseSalary": {"currency": "INR", "minValue": 300000, "maxValue": 400000}}, "Salary: INR 300,000 to 400,000"),
        ({"baseSalary": "25k a month"}, "Salary: 25k a month"),
        ({"hiringOrganization": "Acme"}, "Acme"),
        ({"title": "Agent\u2019s \n helper &amp; clerk"}, "Agent's helper & clerk"),
        ({"skills": [{"@type": "DefinedTerm", "name": "Zendesk"}]}, "Zendesk"),
        ({"qualifications": "<ul><li>Zendesk</li></ul>"}, "• Zendesk"),
        ({"description": "&lt;p&gt;Zendesk&lt;/p&gt;&lt;p&gt;Excel&lt;/p&gt;"}, "Zendesk"),
        ({"description": "Skills requiredZendesk"}, "Zendesk"),
        ({"description": [{"@value": "Zendesk"}]}, "Zendesk"),
        ({"http://schema.org/skills": [{"@value": "Zendesk"}]}, "Zendesk"),
    ],
)
def test_postings_fields_become_lines(fields, line):
    bare = {"@type": "JobPosting", "title": "Agent", "description": "Answer calls"}
    ((_, text),) = posts({**bare, **fields}, "a.json")
    assert line in text.split("\n")


@pytest.mark.parametrize(
    "value", [None, 3, True, [], {}, [None], {"value": {}}, {"value": [[]]}, {"address": []}, "", ["x"] * 999, 1e400]
)
@pytest.mark.parametrize("key", sorted(key for key in POST if not key.startswith("@")))
def test_postings_with_odd_values_are_read_or_say_why(key, value):
    for _, item in read_posts(json.dumps({**POST, key: value}).encode(), "a.json") or ():
        assert isinstance(item, Document | MatcherError)


# ---------------------------------------------------------------------------------------------------------------- understood


def test_postings_facts_are_understood(engine):
    (entry,) = engine.extract(json.dumps(POST).encode(), "a.json")
    assert entry["kind"] == "job"
    facts = {
        name: entry["facts"][name] for name in ("min_months_experience", "education_min", "typing_wpm", "shift", "work_site")
    }
    assert facts == {
        "min_months_experience": 12,
        "education_min": "high_school",
        "typing_wpm": 35,
        "shift": "night",
        "work_site": "remote",
    }


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(POST), "a.json"),
        (page(json.dumps([POST, OTHER])), "a.html"),
        (page(body="<h2>Skills</h2><p>Zendesk"), "a.html"),
    ],
)
def test_postings_offsets_are_those_of_the_plain_texts(engine, data, name):
    entries, texts = engine.extract(data.encode(), name), engine.plain_texts(data.encode(), name)
    assert [entry["source"] for entry in entries] == [text["source"] for text in texts]
    for entry, text in zip(entries, texts, strict=True):
        shown = [evidence for skill in entry["skills"] for evidence in skill["evidence"]]
        assert shown
        assert all(text["text"][one["start"] : one["end"]] == one["text"] for one in shown)


def test_postings_in_a_page_are_roles_and_never_part_of_a_resume(engine):
    data = page(json.dumps([POST, OTHER]), body="<h1>Maria Santos</h1><h2>Skills</h2><p>Excel</p>").encode()
    titles = [role.title for role in engine.read_roles(data, "a.html")]
    assert len(titles) == 2
    (entry,) = engine.extract(data, "a.html", Kind.RESUME)
    assert [skill["concept"] for skill in entry["skills"]] == ["microsoft-excel"]
    assert engine.plain_texts(data, "a.html", Kind.RESUME)[0]["text"].startswith("Maria Santos")


def _lines(*records):
    return list(read_posts("\n".join(map(json.dumps, records)).encode(), "posts.jsonl"))


def test_a_number_is_written_out():
    ((name, post),) = _lines(POST | {"identifier": 12345678, "title": 10**400})
    assert name == "12345678"
    assert post.text.startswith("1" + "0" * 400)


def test_the_name_of_a_post_holds_nothing_that_cannot_be_printed():
    ((name, post),) = _lines(POST | {"id": "R\ud83d\x1b[31m\n7"})
    assert name == "R\ufffd\ufffd[31m\ufffd7"
    assert post.source.endswith(name)


def test_what_is_nested_to_the_edge_of_what_python_parses_leaves_the_page():
    for deep in range(800, 1000):
        nested = "[" * deep + "]" * deep
        script = f'<script type="application/ld+json">{{"@type": "JobPosting", "title": "x", "a": {nested}}}</script>'
        assert read_posts(f"<html><body>{script}<p>Agents wanted</p></body></html>".encode(), "post.html") is None
