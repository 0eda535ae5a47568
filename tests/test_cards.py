"""What `matcher taxonomy show` tells of a concept or a role, on a small taxonomy of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswalk_rows import NO_TERM, line, table

from matcher.report.card_text import card_text
from matcher.report.cards import concept_card, role_card
from matcher.report.taxonomy_page import taxonomy_page
from matcher.taxonomy import Concept, Taxonomy, load_folder
from matcher.taxonomy.crosswalk import FILE

CONCEPTS = """
[branch]
id = "finance"
code = "FNA"
label = "Finance"

[[concept]]
id = "books"
label = "Books"
type = "knowledge"
separates = "low"
broader = ["finance"]
aliases = []

[[concept]]
id = "ledger"
label = "Ledger"
type = "skill"
separates = "high"
broader = ["books", "finance"]
related = ["acme"]
aliases = ["general ledger", "GL"]
hidden = ["ledgr"]
definition = "Keeping the ledger."

[[concept]]
id = "acme"
label = "Acme"
type = "tool"
separates = "low"
broader = ["finance"]
related = ["ledger"]
aliases = []
"""
FORMS = """
[[form]]
text = "GL"
[[form.reading]]
sense = "a sort of lens"
near = ["lens"]
[[form.reading]]
concept = "ledger"
case = "upper"
near = ["post", "close"]
near_concepts = ["finance"]
not_before = ["lens"]
example = "Post to the GL."
[[form.reading]]
concept = "ledger"
case = "exact"
alone = true
not_after = ["no"]
example = "GL."
"""
ROLE = """
id: clerk
title: Ledger clerk
summary: Keeps the ledger.
titles: [ledger keeper]
next_roles: [chief]
requirements:
  all:
    - any:
        - {kind: skill, need: required, concept: ledger}
        - {kind: skill, need: required, concept: books}
    - {kind: experience, need: preferred, min_months: 12}
    - {kind: education, need: preferred, min_level: high_school}
    - {kind: shift, need: preferred, value: night}
"""


@pytest.fixture
def taxonomy(tmp_path: Path) -> Taxonomy:
    files = {
        "concepts/fna.toml": CONCEPTS,
        "forms.toml": FORMS,
        "roles/clerk.yaml": ROLE,
        "roles/chief.yaml": "id: chief\ntitle: Chief\n",
        FILE: table(
            line("bpo:ledger", "Ledger", "broad", "esco:skill/1", "accounting", "0.75"),
            line("bpo:ledger", "Ledger", "related", NO_TERM, "", "0.9", "O*NET"),
            line("bporole:clerk", "Ledger clerk", "exact", "onet:43-3031.00", "Bookkeeping Clerks", "1"),
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_folder(tmp_path)


def test_a_concept_is_shown_with_all_that_hangs_on_it(taxonomy):
    assert card_text(concept_card(taxonomy, taxonomy.concepts["ledger"]), 90).splitlines() == [
        "Ledger",
        "  id:         ledger",
        "  type:       skill",
        "  path:       Finance > Books",
        "              Finance",
        "  definition: Keeping the ledger.",
        "  written as: general ledger",
        "  in context: GL: in capitals; near “post”, “close”, Finance; not before “lens”",
        "              GL: by itself; written just so; not after “no”",
        "  misspelt:   ledgr",
        "  broader:    Books (books); Finance (finance)",
        "  related:    Acme (acme)",
        "  separates:  high",
        "  mappings:   ESCO broad “accounting” http://data.europa.eu/esco/skill/1 (confidence 0.75)",
        "              O*NET: looked for, nothing like it there",
    ]


def test_a_branch_is_shown_with_what_is_below_it(taxonomy):
    lines = card_text(concept_card(taxonomy, taxonomy.concepts["finance"]), 90).splitlines()
    assert "  narrower:   Acme (acme); Books (books); Ledger (ledger)" in lines


def test_a_role_is_shown_with_what_it_asks_for(taxonomy):
    assert card_text(role_card(taxonomy, "clerk"), 90).splitlines() == [
        "Ledger clerk",
        "  id:         role:clerk",
        "  type:       role",
        "  definition: Keeps the ledger.",
        "  titles:     ledger keeper",
        "  asks for:   Ledger or Books",
        "  prefers:    12 months of experience; education: high school; shift: night",
        "  next roles: Chief (role:chief)",
        "  mappings:   O*NET exact “Bookkeeping Clerks” 43-3031.00 (confidence 1.00)",
    ]


def test_a_role_without_titles_of_its_own_says_whose_stand_for_them():
    family = {"id": "desk", "label": "Desk work", "titles": ["desk agent", "agente de mesa"]}
    roles = {"own": {"title": "Acme agent", "families": ["desk"]}, "none": {"title": "Acme lead"}}
    known = Taxonomy("x", {}, rules={"families": {"family": [family]}}, roles=roles)
    assert "  titles:     those of Desk work" in card_text(role_card(known, "own"), 90).splitlines()
    assert "titles:" not in card_text(role_card(known, "none"), 90)
    page = taxonomy_page(known)
    assert "<dt>Job titles<dd>those of Desk work" in page
    assert 'data-hidden="desk agent|agente de mesa"' in page, "the page's search finds the role by them"
    assert "<li>desk agent" not in page


@pytest.mark.parametrize(("heir", "said"), [("new", "use New (new) instead"), ("", "without a replacement")])
def test_what_is_out_of_use_says_what_to_use(heir, said):
    old = Concept("old", "Old", "skill", "x", deprecated=True, replaced_by=heir)
    known = Taxonomy("x", {"old": old, "new": Concept("new", "New", "skill", "x")})
    assert f"  out of use: {said}" in card_text(concept_card(known, old), 90).splitlines()


def test_a_circle_does_not_hang_the_path():
    one, two = Concept("one", "One", "skill", "x", ("two",)), Concept("two", "Two", "skill", "x", ("one", "gone"))
    assert concept_card(Taxonomy("x", {"one": one, "two": two}), one).paths == ()
