"""Conditions of work that a job post names and a resume does not print: never scored, always asked."""

from __future__ import annotations

from dataclasses import dataclass

CONDITIONS = frozenset(
    {
        "clearance",
        "days",
        "exclusion",
        "keystrokes",
        "location",
        "notice",
        "setup",
        "site_later",
        "speech",
        "time_zone",
    }
)
"""Kinds of requirements that are only asked: what they are about stands in their value, how much in their level."""
DOCUMENT = "document"
"""A paper to bring or to hand in: told, but no requirement."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: `name` ("internet"), `kind` ("setup"; of `CONDITIONS`, or `DOCUMENT`), `level` as printed ("50 Mbps")."""

    name: str
    kind: str
    level: str | None
    need: str
