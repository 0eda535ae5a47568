"""A passage that a file prints again and again is read once and told; honest repetition is read as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.documents import read_document
from tests.test_hidden import page_pdf, say

KEYWORDS = "Zendesk, Genesys, Salesforce, inbound calls, chat support"
DUTIES = "Answered calls of customers on bills and outages and wrote a note on each account before the next call"


def read(*lines):
    return read_document("\n".join(lines).encode(), "cv.txt")


JOBS = [
    line
    for year in range(2012, 2020)
    for line in (f"Agent, Acme {year} - {year + 1}", DUTIES, "Reason for leaving: end of contract")
]
DATES = ("06/15 - 07/16", "Aug2016-Sep2017", "Oct '17 - Jan '18", "Feb-18 to Mar-19", "04.19 - 05.20")
SHORT_DATES = [line for dates in DATES for line in (f"Agent, Acme {dates}", DUTIES)]
ROWS = [f"Week {week}\tGood\tGood\tGood\t98%" for week in range(1, 20)]

STUFFED = {
    "a line again and again": ("Jane", *[KEYWORDS] * 5, "Manila"),
    "a line, wrapped": ("Jane", (KEYWORDS + "\n") * 3 + KEYWORDS, "Manila"),
    "a list inside a line": ("Jane", ", ".join([KEYWORDS] * 6), "Manila"),
    "between other lines": ("Jane", *[line for i in range(12) for line in (f"Task {chr(97 + i) * 4}", KEYWORDS)], "Manila"),
    "a paragraph between other lines": (
        "Jane",
        *[line for i in range(4) for line in (f"Task {chr(97 + i) * 4}", DUTIES)],
        "Manila",
    ),
    "a word": ("Jane", " ".join(["Zendesk"] * 30), "Manila"),
}
HONEST = {
    "the same duties in several jobs": JOBS,
    "the same duties in several jobs, years cut short": SHORT_DATES,
    "table": ROWS,
    "twice": ("Jane", KEYWORDS, KEYWORDS, "Manila"),
    "in three places": ("Summary", KEYWORDS, "Skills", KEYWORDS, "Agent, Acme 2012 - 2015", KEYWORDS, DUTIES),
    "a short line often": [f"Team {i}\nReason for leaving: end of contract" for i in range(9)],
    "numbers": ["40 40 40 40 40 40 40 40 40 40 40 40 40 40 40 40 40 40"],
    "dots and lines": ["x x x x x x x x x x x x x x x x x x", "_ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _"],
}


@pytest.mark.parametrize("name", STUFFED)
def test_a_passage_again_and_again_is_read_once_and_told(name):
    document = read(*STUFFED[name])
    assert document.text.count("Zendesk") == (0 if "paragraph" in name else 1)
    assert document.text.count("Answered calls") == ("paragraph" in name)
    assert document.text.startswith("Jane") and document.text.endswith("Manila")
    (notice,) = document.warnings
    assert notice.code == "repeated-text"
    assert notice.text in (KEYWORDS, DUTIES, "Zendesk")
    assert document.text.count("Task") == "\n".join(STUFFED[name]).count("Task")
    assert all(document.text[line.start : line.end].strip() for line in document.lines)


@pytest.mark.parametrize("name", HONEST)
def test_honest_repetition_is_read_as_it_stands(name):
    document = read(*HONEST[name])
    assert document.text.split() == "\n".join(HONEST[name]).split()
    assert document.warnings == ()


def test_how_often_and_where_it_is_printed_is_told():
    (notice,) = read("Jane", *[KEYWORDS] * 5).warnings
    assert notice.message == "prints the same words 5 times; they are read once"
    content = say("Jane", "72 740") + "".join(say(KEYWORDS, f"72 {700 - 20 * i}") for i in range(5))
    document = read_document(page_pdf(content.encode()), "cv.pdf")
    (notice,) = document.warnings
    assert notice.message == "prints the same words 5 times from page 1 on; they are read once"
    assert notice.place is not None and notice.place.top < 792 - 680 < notice.place.bottom
    assert len(document.lefts) == len(document.text)
    assert [document.text[line.start : line.end] for line in document.lines] == ["Jane", KEYWORDS]


def test_a_whole_resume_printed_twice_is_read_once():
    once = [f"word{chr(97 + i % 26)}{chr(97 + i // 26)} number {i}" for i in range(60)]
    document = read(*once, *once)
    assert document.text.split() == " ".join(once).split()
    assert [notice.message for notice in document.warnings] == ["prints the same words 2 times; they are read once"]


@given(st.lists(st.sampled_from(["calls", "chat", "2019", "billing", "x", "and"]), max_size=200))
def test_no_word_is_lost_altogether(words):
    document = read("Jane", *words)
    assert set(document.text.split()) == {"Jane", *words}


# ---------------------------------------------------------------------------------------------------------------- keywords

VERBS = ["Wrote", "Answered", "Checked", "Sorted", "Closed", "Kept", "Filed", "Sent", "Took", "Gave", "Met", "Saw"]


def codes(engine, text):
    return [notice.code for notice in engine.read_resume(text.encode(), "cv.txt", as_of="2026-11-01").warnings]


def labels(taxonomy, count):
    return [concept.label for concept in taxonomy.concepts.values() if concept.type == "tool"][:count]


def test_the_same_skill_over_and_over_is_told(engine):
    stuffing = "\n".join(f"{verb} Salesforce reports for team {number}" for number, verb in enumerate(VERBS))
    assert codes(engine, f"Jane Example\n\nSkills\n{stuffing}") == ["keyword-stuffing"]
    filler = [" ".join(f"{chr(97 + i)}{chr(97 + k)}oo" for k in range(20)) for i in range(12)]
    spread = [line for verb, words in zip(VERBS, filler, strict=True) for line in (f"{verb} Salesforce reports", words)]
    assert codes(engine, "Jane Example\n\nSkills\n" + "\n".join(spread)) == []


def test_skills_by_the_hundred_are_told_and_a_long_list_is_not(engine, taxonomy):
    assert "keyword-stuffing" in codes(engine, "Jane Example\n\nSkills\n" + ", ".join(labels(taxonomy, 140)))
    assert codes(engine, "Jane Example\n\nSkills\n" + ", ".join(labels(taxonomy, 60))) == []


def test_the_samples_are_not_stuffed(sample_profiles):
    for profile in sample_profiles.values():
        assert all(notice.code not in ("keyword-stuffing", "repeated-text", "hidden-text") for notice in profile.warnings)
