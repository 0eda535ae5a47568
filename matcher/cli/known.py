"""The taxonomy that a command works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy


def sound(overlay: Path | None) -> Taxonomy:
    """The taxonomy, with role profiles that can be used; raises TaxonomyError with file and line."""
    from matcher.taxonomy import load, refuse, sound_over

    if overlay is None:
        return load()
    from matcher.role_check import UNUSABLE, role_problems
    from matcher.scoring.features import Feature

    found = sound_over(overlay)
    wrong = (problem for problem in role_problems(found.taxonomy, tuple(Feature)) if problem.code == UNUSABLE)
    refuse(found.placed(wrong), overlay)
    return found.taxonomy
