from __future__ import annotations

from functools import cache

import pytest
import spacy

from matcher.reading.labels import LabelMatcher, phrase_stems
from matcher.reading.words import WordFolder
from matcher.taxonomy import load

TAXONOMY = load()
NLP = spacy.blank("en")
FOLDER = WordFolder(TAXONOMY.rules)
PLAIN = dict(TAXONOMY.plain_labels())


@cache
def matcher():
    return LabelMatcher(NLP, TAXONOMY, FOLDER)


def hits(text):
    doc = NLP.make_doc(text)
    return [(doc[hit.first : hit.last].text, hit) for hit in matcher().hits(doc, FOLDER.words(doc))]


def concepts(text):
    return {(quote, PLAIN[hit.surface], hit.trust) for quote, hit in hits(text) if hit.surface in PLAIN}


@pytest.mark.parametrize(
    ("text", "quote", "concept", "trust"),
    [
        ("Used Zendesk daily", "Zendesk", "zendesk", 1.0),
        ("used zendesk daily", "zendesk", "zendesk", 1.0),
        ("handled inbound calls", "inbound calls", "inbound-calls", 1.0),
        ("Handled Inbound\nCalls", "Inbound\nCalls", "inbound-calls", 1.0),
        ("one inbound call", "inbound call", "inbound-calls", 0.9),
        ("call-monitoring", "call-monitoring", "quality-monitoring", 1.0),
        ("six–sigma belts", "six–sigma", "six-sigma", 1.0),
        ("backoffice", "backoffice", "back-office-processing", 1.0),
        ("Trouble-shooting routers", "Trouble-shooting", "troubleshooting", 1.0),
    ],
)
def test_labels_are_found_as_written_and_by_stem(text, quote, concept, trust):
    assert (quote, concept, trust) in concepts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("oral and written communication", {"verbal-communication", "written-communication"}),
        ("inbound and outbound calls", {"inbound-calls", "outbound-calls"}),
        ("inbound or outbound calls", {"inbound-calls", "outbound-calls"}),
        ("inbound/outbound calls", {"inbound-calls", "outbound-calls"}),
        ("chat and email support", {"chat-support", "email-support"}),
        ("chat, email and technical support", {"chat-support", "email-support", "technical-support"}),
        ("chat, email, and technical support", {"chat-support", "email-support", "technical-support"}),
        ("accounts payable and receivable", {"accounts-payable", "accounts-receivable"}),
    ],
)
def test_coordinations_name_each_of_their_parts(text, expected):
    assert expected <= {concept for _, concept, _ in concepts(text)}


def test_parts_of_a_coordination_are_trusted_less():
    assert {(concept, trust) for _, concept, trust in concepts("chat and technical support")} == {
        ("chat-support", 0.8),
        ("technical-support", 1.0),
    }


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("chat, lunch with colleagues and technical support", "chat-support"),
        ("call. Centre of town", "inbound-calls"),
        ("medical", "medi-cal"),
        ("Zendesks", "chat-support"),
        ("email", "email-support"),
        ("project costs and monitored spend", "project-management"),
        ("call quality and customer satisfaction", "outbound-calls"),
        ("the management team", "team-leadership"),
        ("supervised employees engaged in sales", "attrition-control"),
        ("sales objectives", "objection-handling"),
    ],
)
def test_labels_are_not_made_of_what_does_not_belong_together(text, concept):
    assert concept not in {found for _, found, _ in concepts(text)}


@pytest.mark.parametrize("text", ["", " ", "\n", "and", "and and", "/", "a / b", ", and", "-", "the of a to"])
def test_texts_without_labels_give_no_hit(text):
    assert hits(text) == []


def test_hits_are_in_text_order_and_name_each_range_once():
    found = [hit for _, hit in hits("Chat support, email support, Zendesk and inbound calls; chat support again")]
    keys = [(hit.first, hit.last, hit.surface) for hit in found]
    assert keys == sorted(set(keys))
    assert len(found) >= 5


def test_plurals_of_words_but_not_of_acronyms():
    assert ("spreadsheets", "spreadsheet-reporting") in {(q, c) for q, c, _ in concepts("Made spreadsheets")}
    assert "ASAs" not in {quote for quote, _ in hits("Two ASAs")}


def test_cue_phrases_are_compared_by_stem():
    assert phrase_stems(FOLDER, "Contact Centres") == phrase_stems(FOLDER, "contact center")


def test_every_plain_label_is_found_where_it_stands_alone():
    lost = [surface for surface, concept in PLAIN.items() if concept not in {found for _, found, _ in concepts(surface)}]
    assert lost == []
    assert len(PLAIN) > 2000


@pytest.mark.parametrize("text", ["AR calling / denial management", "AR calling and denial management"])
def test_an_action_shares_no_head_with_what_follows(text):
    assert {concept for _, concept, _ in concepts(text)} == {"ar-follow-up", "denial-management"}
