"""Forms that mean different things in different places, read by the real skill annotator."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from matcher.reading.groups import AMBIGUOUS, SKILLS
from matcher.reading.titles import TitleReader
from matcher.taxonomy import load

TRAPS = tomllib.loads((Path(__file__).parent / "traps.toml").read_text(encoding="utf-8"))
TAXONOMY = load()
TITLES = TitleReader(TAXONOMY.rules)
LEAST_FORMS, LEAST = 45, 2
CASES = [
    pytest.param(sentence, concept, side == "yes", id=f"{form}: {sentence}: {concept}")
    for form, trap in TRAPS.items()
    for side in ("yes", "no")
    for sentence, concept in trap[side]
]
OPEN = [
    pytest.param(sentence, set(readings), id=f"{form}: {sentence}")
    for form, trap in TRAPS.items()
    for sentence, readings in trap.get("open", ())
]
TITLE_CASES = [
    (title, level, side == "titles")
    for trap in TRAPS.values()
    for side in ("titles", "not_titles")
    for title, level in trap.get(side, ())
]


@pytest.mark.parametrize(("sentence", "concept", "expected"), CASES)
def test_trap(annotate, sentence, concept, expected):
    assert concept in TAXONOMY.concepts
    doc = annotate(sentence)
    assert (concept in {span.kb_id_ for span in doc.spans[SKILLS]}) is expected


@pytest.mark.parametrize(("sentence", "readings"), OPEN)
def test_a_form_that_nothing_settles_comes_out_with_its_readings(annotate, sentence, readings):
    doc = annotate(sentence)
    assert [set(found) for found in doc.spans[AMBIGUOUS].attrs["readings"]] == [readings]
    assert not readings & {span.kb_id_ for span in doc.spans[SKILLS]}


@pytest.mark.parametrize(("title", "level", "expected"), TITLE_CASES)
def test_trap_of_titles(title, level, expected):
    assert (TITLES.read(title).level == level) is expected


def test_there_are_as_many_forms_as_the_brief_asks_for():
    assert len(TRAPS) >= LEAST_FORMS


@pytest.mark.parametrize("form", sorted(TRAPS))
def test_every_trap_is_tried_from_both_sides(form):
    trap = TRAPS[form]
    assert len([*trap["yes"], *trap.get("titles", ())]) >= LEAST
    assert len([*trap["no"], *trap.get("not_titles", ())]) >= LEAST
    assert len(trap.get("open", ())) in {0, LEAST}


def test_every_form_that_can_stay_open_is_tried_open():
    tried = {form.casefold() for form, trap in TRAPS.items() if trap.get("open")}
    for form in TAXONOMY.forms.values():
        concepts = {reading.concept for reading in form.readings if reading.concept}
        if len(concepts) > 1 and not any(reading.alone for reading in form.readings):
            assert form.text.casefold().replace("-", " ") in {name.replace("-", " ") for name in tried}, form.text
