"""Forms that mean different things in different places, read by the real skill annotator."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import spacy

from matcher.reading.annotators import SkillAnnotator
from matcher.reading.groups import SKILLS
from matcher.reading.titles import TitleReader
from matcher.taxonomy import load

TRAPS = tomllib.loads((Path(__file__).parent / "traps.toml").read_text(encoding="utf-8"))
TAXONOMY = load()
NLP = spacy.blank("en")
ANNOTATE = SkillAnnotator(NLP, TAXONOMY)
LEAST = 2
CASES = [
    pytest.param(sentence, concept, side == "yes", id=f"{form}: {sentence}")
    for form, trap in TRAPS.items()
    for side in ("yes", "no")
    for sentence, concept in trap[side]
]


@pytest.mark.parametrize(("sentence", "concept", "expected"), CASES)
def test_trap(sentence, concept, expected):
    assert concept in TAXONOMY.concepts
    doc = ANNOTATE(NLP.make_doc(sentence))
    assert (concept in {span.kb_id_ for span in doc.spans[SKILLS]}) is expected


@pytest.mark.parametrize(("title", "level"), [case for trap in TRAPS.values() for case in trap.get("titles", ())])
def test_trap_of_titles(title, level):
    assert TitleReader(TAXONOMY.rules).read(title).level == level


@pytest.mark.parametrize("form", sorted(TRAPS))
def test_every_trap_is_tried_from_both_sides(form):
    trap = TRAPS[form]
    assert min(len([*trap["yes"], *trap.get("titles", ())]), len(trap["no"])) >= LEAST
