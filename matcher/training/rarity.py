"""How rare each concept is among resumes: what few have tells candidates apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from matcher.errors import InputError
from matcher.records import CLAIMED, Profile
from matcher.taxonomy import Taxonomy

LEAST_DOCUMENTS = 5
"""Concepts that no more resumes than this claim are rare, all alike, and not listed."""
_COMMONEST = 0.05
_DIGITS = 3


def fit_rarity(profiles: Sequence[Profile], taxonomy: Taxonomy) -> dict[str, Any]:
    """The artefact `models/rarity/model.json`: concept -> how rare it is, in (0, 1]; 1 for those that are not listed.

    Counted are the resumes that claim a concept or something narrower: the logarithm of their share, 1 at five of them.
    InputError for fewer than six resumes.
    """
    if len(profiles) <= LEAST_DOCUMENTS:
        raise InputError(f"--words: {len(profiles)} resumes could be read, and more than {LEAST_DOCUMENTS} are needed")
    counts: Counter[str] = Counter()
    for profile in profiles:
        claimed = {claim.concept for claim in profile.claims if claim.stance in CLAIMED}
        counts.update({concept for own in claimed for concept in (own, *taxonomy.ancestors(own))})
    rarest = math.log(len(profiles) / (1 + LEAST_DOCUMENTS))
    found = {
        concept: round(max(_COMMONEST, math.log(len(profiles) / (1 + count)) / rarest), _DIGITS)
        for concept, count in sorted(counts.items())
        if count > LEAST_DOCUMENTS and taxonomy.concepts[concept].type != "branch"
    }
    return {"schema": 1, "documents": len(profiles), "least_documents": LEAST_DOCUMENTS, "rarity": found}
