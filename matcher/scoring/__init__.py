"""Profile and Role -> Fit: a base plus named contributions that add up exactly."""

from matcher.scoring.scorer import Scorer

__all__ = ["Scorer"]
