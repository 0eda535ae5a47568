"""The names of the signals that make a score, in the order in which a model file lists their weights."""

from __future__ import annotations

from enum import StrEnum


class Feature(StrEnum):
    """What a recruiter looks at."""

    REQUIRED = "required skills"
    PREFERRED = "preferred skills"
    CORE = "core skills of the role"
    FAMILY = "role family"
    TITLE = "job titles"
    MONTHS = "months of relevant work"
    CHANNEL = "channel"
    LINE = "line of business"
    LEVEL = "level"
    CONTACT = "customer contact"
    RESULTS = "measured results"
    TEXT = "wording"
