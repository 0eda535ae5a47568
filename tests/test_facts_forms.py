"""Whole forms of many countries, through sections and all: each item of contact and personal data once, and nothing else."""

from __future__ import annotations

import re

import pytest
from facts_page import lines_of
from person_forms import FORMS

from matcher.reading.facts.resume import ResumeFactReader
from matcher.reading.sections import Headings, find_sections
from matcher.reading.titles import TitleReader
from matcher.records import Kind

UNSEEN = ("graduation-year", "pronouns")
"""Found as well, and not told apart here: they stand in running text."""


@pytest.fixture(scope="module")
def read(taxonomy):
    facts = ResumeFactReader(taxonomy.rules, TitleReader(taxonomy.rules))
    headings = Headings.from_rules(taxonomy.rules["headings"], Kind.RESUME)

    def read(text):
        return facts.read(text, lines_of(text), find_sections(text, headings, Kind.RESUME))

    return read


@pytest.mark.parametrize(
    ("text", "name", "city", "emails", "phones", "kinds", "languages"), FORMS, ids=[form[1] for form in FORMS]
)
def test_form(read, text, name, city, emails, phones, kinds, languages):
    facts = read(text)

    def told(kind, key):
        return [f.value[key] for f in facts if f.kind == kind]

    assert all(text[f.start : f.end] == f.text for f in facts)
    assert told("contact-name", "name")[:1] == [name]
    assert told("city", "city") == [city]
    assert " ".join(told("email", "email")) == emails
    assert " ".join(sorted({re.sub(r"\D", "", f.text) for f in facts if f.kind == "phone"})) == phones
    assert " ".join(sorted(what for what in told("personal", "what") if what not in UNSEEN)) == kinds
    assert " ".join(sorted(told("language", "name"))) == languages
