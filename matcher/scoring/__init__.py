"""Profile and Role -> Fit: a base plus named contributions that add up exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.scoring.scorer import Scorer

__all__ = ["Scorer"]


def __getattr__(name: str) -> Any:
    """Load the scorer, and numpy with it, only where something is scored."""
    if name != "Scorer":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from matcher.scoring.scorer import Scorer

    return Scorer
