"""What there is to say beyond one pair: other openings for a resume, and what an opening's musts cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """How a resume fits another opening; `job` is the source of its post."""

    job: str
    title: str
    score: float
    band: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A must that holds a resume down, and the band that the resume would have if the post did not ask for it.

    `unsaid`: the resume leaves it open, so that a question may settle it. `place`: its place among the role's musts, which tells
    two of the same words apart.
    """

    must: str
    unsaid: bool
    band: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class MustCost:
    """What a must costs an opening: `held` resumes have a lower band because of it, `unsaid` of them leave it open.

    Without it, and with all other musts as they are, `possible` resumes would rise to that band and `strong` to that one;
    the rest are held by another must too.
    """

    must: str
    held: int
    unsaid: int
    possible: int
    strong: int
