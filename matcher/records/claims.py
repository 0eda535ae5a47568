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
class Kpi:
    """A measured result: the metric in words and, where the taxonomy has it, its concept; the value and its unit as printed.

    `direction` is "up", "down", "kept" or None. `period` is what the value covers ("day", "3 months", "q3 2015"), `scope` "own"
    or "team"; both None where the text does not say. `doubtful`: beyond what can be (an attendance of 140%); a person looks.
    `quote` stands at `start` of the text, on `page`.
    """

    metric: str
    value: str
    unit: str | None
    direction: str | None
    quote: str
    concept: str | None = None
    period: str | None = None
    scope: str | None = None
    doubtful: bool = False
    start: int = 0
    page: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A concept that a document claims, with all its evidence.

    `months` and `last_used` come from the dated jobs in which it is evidenced (None: in none). `proof` is the best kind of
    evidence: "job", "certificate", "summary", "list", "dump" (a long run of keywords), "bare" (named, and nothing
    dated speaks for it) or "" (job posts). `results` are the measured results printed with it, or that measure it.
    """

    concept: str
    stance: Stance
    score: float
    evidence: tuple[Evidence, ...]
    months: int | None = None
    last_used: str | None = None
    proof: str = ""
    results: tuple[Kpi, ...] = ()
