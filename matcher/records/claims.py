"""What a document claims, and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.records.text import Stance


@dataclass(frozen=True, slots=True)
class Evidence:
    """A short phrase of a document that speaks for something: `document` is "resume" or "job"."""

    document: str
    text: str
    start: int
    end: int
    page: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A concept that a document claims, with all its evidence.

    `months` and `last_used` come from the dated jobs in which it is evidenced (None: in none). `proof` is the best kind of
    evidence: "job", "certificate", "summary", "list" or "" (job posts).
    """

    concept: str
    stance: Stance
    score: float
    evidence: tuple[Evidence, ...]
    months: int | None = None
    last_used: str | None = None
    proof: str = ""
