"""What is reported: the places that resumes take for a role, and the run that this was part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from matcher.records import Fit, MustCost, Opening, Relaxed, Role

BANDS = ("no", "weak", "possible", "strong")
"""The names of the bands 0 to 3."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A fit with its place (from 1) among all resumes for the role, and its band (0 to 3).

    `thresholds` are the least scores of the bands 1, 2 and 3, where they are known. `better` are other openings of the run that
    fit the resume better, `relaxed` the musts that hold this fit down. `decision` and `note` are what a person said last about
    this one for this role, "" where nothing is known.
    """

    rank: int
    fit: Fit
    band: int
    thresholds: tuple[float, ...] = ()
    better: tuple[Opening, ...] = ()
    relaxed: tuple[Relaxed, ...] = ()
    decision: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All resumes for one role, best first; what each of its musts costs, the dearest first."""

    role: Role
    placed: tuple[Placed, ...]
    musts: tuple[MustCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file without a result; `document` is "resume" or "job"."""

    document: str
    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The run as a whole, known before the first ranking is written.

    `versions` has the keys "matcher", "taxonomy" and "models". `labels` maps ids of concepts, families and the like to what
    people call them. `top` is how many of each job the formats for reading show. `weights` are those of the model, "base" among
    them, before a role's own factors. `skipped` has the reason for each name. `files` has, for resumes that are files, the path
    of each source.
    """

    versions: Mapping[str, str]
    as_of: str
    date: str
    top: int = 50
    resumes: int = 0
    jobs: int = 0
    options: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def label(self, id: str) -> str:
        """What people call the thing with this id; a readable form of the id where no label is known."""
        return self.labels.get(id) or id.replace("-", " ").capitalize()
