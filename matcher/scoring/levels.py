"""Levels of a language: whether the one that is claimed covers the one that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def covers(ladder: Mapping[str, Any], claimed: str | None, asked: str) -> bool:
    """Whether a claimed level goes as far as the one asked for (`taxonomy/languages.toml`, `[ladder]`).

    Levels of different scales, or of none that is known, cannot be compared: the answer is then no, and a question is due. A
    mother tongue covers any level that is known.
    """
    if claimed is None:
        return False
    asked, claimed = asked.strip().casefold(), claimed.strip().casefold()
    scales = [ladder["words"], ladder["cefr"]]
    if claimed in ladder["top"]:
        return asked in ladder["top"] or any(_step(scale, asked) is not None for scale in scales)
    for scale in scales:
        own, floor = _step(scale, claimed), _step(scale, asked)
        if own is not None and floor is not None:
            return own >= floor
    return False


def below(ladder: Mapping[str, Any], claimed: str | None, asked: str) -> int | None:
    """How many steps a level is below the one asked for, negative above it; None where they are not of the same scale."""
    claimed, asked = (claimed or "").strip().casefold(), asked.strip().casefold()
    for scale in (ladder["words"], ladder["cefr"]):
        own, floor = _step(scale, claimed), _step(scale, asked)
        if own is not None and floor is not None:
            return floor - own
    return None


def _step(scale: Sequence[Sequence[str]], level: str) -> int | None:
    return next((step for step, words in enumerate(scale) if level in words), None)
