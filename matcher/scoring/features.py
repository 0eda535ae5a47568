"""The names of the signals that make a score, in the order in which a model file lists their weights."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Feature(StrEnum):
    """What a recruiter looks at."""

    REQUIRED = "required skills"
    PREFERRED = "preferred skills"
    CORE = "core skills of the role"
    FAMILY = "relevant job"
    TITLE = "job titles"
    MONTHS = "months of relevant work"
    SHORT = "short of the months asked for"
    CHANNEL = "channel"
    LINE = "line of business"
    LEVEL = "level"
    RESULTS = "measured results"
    TEXT = "wording"


LIFT = "open to newcomers"
"""The contribution by which an entry seat lifts a resume that has nothing against it; no signal, and in no model."""
SIGNS: Mapping[Feature, int] = MappingProxyType({Feature.SHORT: -1})
"""-1 for each signal that speaks against a resume, whose weight is never above zero; all others speak for it."""
