"""The taxonomy as one page to browse: search, tree, roles; it holds all it needs and fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.report.cards import Card, concept_card, role_card
from matcher.report.html import dress, environment
from matcher.taxonomy import Taxonomy, scheme_of
from matcher.taxonomy.concepts import BRANCH, Concept
from matcher.taxonomy.scheme import web

TEMPLATES = Path(__file__).resolve().parent / "templates"
"""Where the page's template, style and script lie."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A card in the tree with those that are filed under it."""

    card: Card
    below: tuple[Leaf, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The ids of the cards directly below."""
        return tuple(leaf.card.id for leaf in self.below)

    def count(self) -> int:
        """How many cards lie below."""
        return sum(1 + leaf.count() for leaf in self.below)


def taxonomy_page(taxonomy: Taxonomy) -> str:
    """Write the page; every text of the taxonomy is escaped, and the page's own policy forbids it any other script."""
    templates = environment(TEMPLATES)
    templates.filters["web"] = web
    search: dict[str, Any] = taxonomy.rules.get("search", {})
    return templates.get_template("taxonomy.html.j2").render(
        scheme=scheme_of(taxonomy),
        version=taxonomy.version,
        branches=[_leaf(taxonomy, concept) for concept in _ordered(taxonomy) if concept.type == BRANCH],
        roles=sorted((role_card(taxonomy, id) for id in taxonomy.roles), key=lambda card: (card.label.casefold(), card.id)),
        count=sum(concept.type != BRANCH for concept in taxonomy.concepts.values()),
        search={"quiet": search.get("quiet", []), "alike": search.get("alike", [])},
        **dress(TEMPLATES, "taxonomy"),
    )


def _ordered(taxonomy: Taxonomy) -> list[Concept]:
    return sorted(taxonomy.concepts.values(), key=lambda concept: (concept.label.casefold(), concept.id))


def _leaf(taxonomy: Taxonomy, concept: Concept) -> Leaf:
    below = tuple(_leaf(taxonomy, child) for child in _filed(taxonomy, concept))
    return Leaf(concept_card(taxonomy, concept), below)


def _filed(taxonomy: Taxonomy, concept: Concept) -> Iterator[Concept]:
    """Concepts that have this one as their first broader one: each stands in the tree once."""
    children = (taxonomy.concepts[id] for id in taxonomy.narrower(concept.id))
    first = (child for child in children if child.broader[0] == concept.id)
    yield from sorted(first, key=lambda child: (child.label.casefold(), child.id))
