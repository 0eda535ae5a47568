"""Duties with numbers, determiners and the like between the verb and what was done."""

from __future__ import annotations

import dataclasses

import pytest

from matcher.reading.groups import SKILLS
from matcher.reading.selfcheck import prove
from matcher.taxonomy import Concept, Taxonomy, load

RULES = {
    "spelling": load().rules["spelling"],
    "stems": load().rules["stems"],
    "patterns": {
        "farthest": 4,
        "numbers": ["six"],
        "between": ["a", "the", "over", "of", "daily"],
        "pattern": [
            {
                "concept": "calls",
                "verbs": ["handle"],
                "objects": ["calls", "phone calls"],
                "between": ["billing"],
                "example": "Handled 60-70 calls.",
            },
            {"concept": "span", "verbs": ["lead", "led"], "objects": ["team of #"], "example": "Led a team of 15."},
        ],
    },
}
CONCEPTS = {
    "desk": Concept("desk", "Desk", "branch", "desk"),
    "calls": Concept("calls", "Call work", "skill", "desk", broader=("desk",), separates="high"),
    "span": Concept("span", "Span of control", "metric", "desk", broader=("desk",), separates="high"),
}
SMALL = Taxonomy("test", CONCEPTS, {}, RULES)


@pytest.fixture(scope="module")
def found():
    """(text, concept) of every hit in a text, by the small taxonomy above."""
    import spacy

    from matcher.reading.annotators import SkillAnnotator

    nlp = spacy.blank("en")
    annotate = SkillAnnotator(nlp, SMALL)

    def read(text: str) -> list[tuple[str, str]]:
        doc = annotate(nlp.make_doc(text))
        return [(span.text, span.kb_id_) for span in doc.spans[SKILLS]]

    return read


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Handled 60-70 calls per shift.", [("Handled 60-70 calls", "calls")]),
        ("Handling over 80 daily billing calls", [("Handling over 80 daily billing calls", "calls")]),
        ("Handle the phone calls", [("Handle the phone calls", "calls")]),
        ("Led a team of 15", [("Led a team of 15", "span")]),
        ("Led a team of six", [("Led a team of six", "span")]),
        ("Led a team of friends", []),
        ("Handled luggage and calls", []),
        ("Handled over the a of daily calls", []),
        ("Handled", []),
        ("Calls handled", []),
        ("He handled 60.\nCalls were rare.", []),
        ("- Parcels handled\n- Calls", []),
    ],
)
def test_only_words_that_say_nothing_stand_between(found, text, hits):
    assert found(text) == hits


def test_a_hit_is_trusted_less_than_a_written_form(found):
    import spacy

    from matcher.reading.annotators import SkillAnnotator

    nlp = spacy.blank("en")
    doc = SkillAnnotator(nlp, SMALL)(nlp.make_doc("Handled 60 calls. Call work."))
    assert doc.spans[SKILLS].attrs["score"] == [0.8, 1.0]


def test_a_pattern_that_does_not_find_its_concept_is_reported():
    rows = [dict(row) for row in RULES["patterns"]["pattern"]]
    rows[0]["example"] = "Handled parcels."
    rows[1]["concept"] = "nobody"
    faulty = dataclasses.replace(SMALL, rules={**RULES, "patterns": {**RULES["patterns"], "pattern": rows}})
    assert {(problem.code, problem.where) for problem in prove(faulty)} == {("pattern", "calls"), ("pattern", "nobody")}


def test_patterns_that_are_sound_are_not_reported():
    assert prove(SMALL) == ()


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Answered the phone by the second ring.", "inbound-calls"),
        ("Fielded an average of 150 customer calls daily.", "inbound-calls"),
        ("Trained 12 new hires.", "new-hire-training"),
        ("Supervised over 20 full-time employees.", "people-management"),
        ("Supervised over 20 full-time employees.", "span-of-control"),
        ("Managed a successful sales team of 9.", "team-leadership"),
        ("Researched and resolved any customer problems.", "issue-resolution"),
        ("Defused tense situations.", "de-escalation"),
    ],
)
def test_the_shipped_patterns(nlp, text, concept):
    doc = nlp(text)
    assert concept in {span.kb_id_ for span in doc.spans[SKILLS]}


@pytest.mark.parametrize(
    "text", ["Managed the store and its staff parties", "Handled parcels, never any calls", "Trained for a marathon"]
)
def test_the_shipped_patterns_leave_other_work_alone(nlp, text):
    doc = nlp(text)
    assert not {span.kb_id_ for span in doc.spans[SKILLS]} & {"people-management", "inbound-calls", "staff-training"}
