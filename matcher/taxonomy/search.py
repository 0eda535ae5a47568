"""Finding a concept by what a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.taxonomy.concepts import Concept, Taxonomy

_WORD = re.compile(r"[^\W_]+")
_LEAST = 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, the surface form that fits the text best, and how well: a score in (0, 1]."""

    concept: Concept
    surface: str
    score: float


def search(taxonomy: Taxonomy, text: str, limit: int = 10) -> tuple[Hit, ...]:
    """Find the concepts nearest to `text`, best first: by exact label, alias, beginning, shared words, similar spelling."""
    wanted = text.casefold().strip()
    if not wanted:
        return ()
    hits = (_best(concept, wanted) for concept in taxonomy.concepts.values())
    found = sorted((hit for hit in hits if hit.score >= _LEAST), key=lambda hit: (-hit.score, hit.concept.label, hit.concept.id))
    return tuple(found[:limit])


def _best(concept: Concept, wanted: str) -> Hit:
    scored = [(_score(surface.casefold(), wanted, rank == 0), -rank, surface) for rank, surface in enumerate(concept.surfaces())]
    score, _, surface = max(scored)
    return Hit(concept, surface, round(score, 4))


def _score(surface: str, wanted: str, label: bool) -> float:
    """Tiers that never overlap, so that an exact alias beats any label that is only similar."""
    if surface == wanted:
        return 1.0 if label else 0.95
    if surface.startswith(wanted):
        return (0.85 if label else 0.8) + 0.05 * len(wanted) / len(surface)
    mine, theirs = set(_WORD.findall(surface)), set(_WORD.findall(wanted))
    shared = len(mine & theirs) / max(1, len(mine | theirs))
    alike = _dice(_trigrams(surface), _trigrams(wanted))
    return 0.79 * (0.5 * shared + 0.5 * alike) if shared else 0.6 * alike


def _trigrams(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
