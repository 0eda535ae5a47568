"""Colours as numbers, and whether two of them can be told apart."""

from __future__ import annotations

Colour = tuple[float, float, float]
"""Red, green, blue in 0..1."""

WHITE: Colour = (1.0, 1.0, 1.0)
_NEAR = 0.06
"""Two colours nearer than this in every channel look the same."""


def alike(one: Colour | None, other: Colour | None, most: float = 1.0) -> bool:
    """True if both are known and look the same; `most` is the largest number that a colour has."""
    return one is not None and other is not None and all(abs(a - b) < _NEAR * most for a, b in zip(one, other, strict=True))
