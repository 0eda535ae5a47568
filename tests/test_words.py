from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.words import WordFolder
from matcher.taxonomy import load

NLP = spacy.blank("en")
FOLDER = WordFolder(load().rules)


def folded(text):
    return " ".join(FOLDER.words(NLP.make_doc(text)).folded)


def stems(text):
    return FOLDER.words(NLP.make_doc(text)).stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("contact centre", "contact center"),
        ("Call-Centre", "call center"),
        ("ageing report", "aging report"),
        ("enrolment", "enrollment"),
        ("utilisation", "utilization"),
        ("organisation", "organization"),
        ("e-mail", "email"),
        ("E-Mails", "email"),
        ("co-ordination", "coordination"),
        ("dialler", "dialer"),
        ("HIPPA", "HIPAA"),
        ("hippa", "HIPAA"),
        ("Verient", "Verint"),
        ("Callabrio", "Calabrio"),
        ("liason", "liaison"),
        ("customer's", "customer"),
        ("customer’s", "customer"),
        ("R & D", "r and d"),
        ("six-sigma", "six sigma"),
        ("six–sigma", "six sigma"),
        ("work\nforce", "work force"),
        ("O2C.", "o2c"),
        ("Spanish- ", "spanish"),
    ],
)
def test_spellings_that_fold_to_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C++", "C"), ("non-voice", "voice"), ("AS/400", "as 400"), ("P&L", "PL"), ("manager", "management")]
)
def test_spellings_that_stay_apart(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("handling complaints", "handled complaint"),
        ("coached agents", "coaching agent"),
        ("denials", "denial"),
        ("scheduling", "schedules"),
    ],
)
def test_inflections_share_a_stem(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accounting", "accounts"),
        ("accountant", "accounting"),
        ("manager", "management"),
        ("collector", "collection"),
        ("marketing", "market"),
        ("organization", "organized"),
        ("university", "universal"),
        ("general", "generic"),
        ("operator", "operations"),
    ],
)
def test_different_words_keep_different_stems(one, other):
    assert stems(one) != stems(other)


def test_words_with_digits_are_not_stemmed():
    assert stems("ICD10s as400 five9") == ("icd10s", "as400", "five9")


def test_words_remember_their_tokens():
    doc = NLP.make_doc("Sent e-mails, co-ordinated\nshifts")
    words = FOLDER.words(doc)
    spans = [doc[first:end].text for first, end in zip(words.firsts, words.ends, strict=True)]
    assert spans == ["Sent", "e-mails", ",", "co-ordinated", "shifts"]
    assert words.folded == ("sent", "email", ",", "coordinated", "shifts")


@given(st.text(alphabet="aeE-'’ .\n,&é+1", max_size=60))
def test_words_are_in_order_and_parallel(text):
    doc = NLP.make_doc(text)
    words = FOLDER.words(doc)
    assert len(words.firsts) == len(words.ends) == len(words.folded) == len(words.stems)
    assert all(first < end for first, end in zip(words.firsts, words.ends, strict=True))
    assert all(end <= first for end, first in zip(words.ends, words.firsts[1:], strict=False))
    assert all(word and not word.isspace() for word in words.folded)


@given(st.sampled_from([*load().rules["spelling"]["variants"].items(), *load().rules["spelling"]["misspellings"].items()]))
def test_what_a_spelling_folds_to_is_final(pair):
    _, wanted = pair
    assert FOLDER.fold(wanted) == wanted
