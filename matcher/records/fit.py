"""How a resume fits a role: a base plus named contributions, and everything that stands behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from matcher.records.claims import Evidence
from matcher.records.post import Role
from matcher.records.resume import Profile
from matcher.records.text import Notice


@dataclass(frozen=True, slots=True)
class Contribution:
    """One named part of a score: its points (log-odds, 4 decimals), one sentence of reason and the evidence.

    `most` is what the part brings a resume that shows everything; None where it has no such end (a cap, the wording).
    """

    name: str
    points: float
    reason: str
    evidence: tuple[Evidence, ...] = ()
    most: float | None = None


class Need(StrEnum):
    """Who asks for a thing: the post as a must or a wish, every job of the role's family, or the role as such."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    CORE = "core"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something asked for of which the resume shows nothing.

    `label` says what, alternatives joined by " or ", of which `concepts` has the ids. Where `need` is `Need.ROLE` it is the
    sentence of a whole signal that found nothing ("no dated work in chat") and `concepts` is empty; a signal to which the role
    gives no occasion (it names no channel) is no lack. `part` names the contribution that showing it in full would raise, by
    `points` (0 or more, 4 decimals; a cap by a must is left aside). `evidence` is the post's line; core concepts have none.

    Of each part that is made of skills: its points, those of its lacks and the `short` of its `Partly` add up to its `most`,
    but for the rounding.
    """

    label: str
    concepts: tuple[str, ...]
    need: Need
    part: str
    points: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason why a thing that is shown earns less than full credit, and what is left of it (0 to 1)."""

    reason: str
    value: float


@dataclass(frozen=True, slots=True)
class Partly:
    """Something asked for that the resume shows, but not for full credit.

    `by` is the label of what it shows: `label` itself (or one of its alternatives, or a narrower concept), or a neighbour's.
    `factors` say why ("a help-desk tool of the same class", 0.7; "only in a list", 0.5; "last used 2016-04", 0.8), those of 1
    left out; their product is `share`, but for the rounding. `hop`: what is shown is another thing than what is asked for.
    `proof` is that of the claim (`Claim.proof`), "learning" where it says that it is still being learned.
    `points` are earned, `short` are what full credit would add (4 decimals both). `evidence` is the resume's and the post's.
    """

    label: str
    concepts: tuple[str, ...]
    need: Need
    part: str
    by: str
    share: float
    points: float
    short: float
    factors: tuple[Factor, ...] = ()
    hop: bool = False
    proof: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that the resume shows and that earns points for what is asked for, in full or in part.

    `label` is what the resume shows; `points` is what it earns over all parts of the score (log-odds, 4 decimals). `months` and
    `last_used` are those of its claim (None: in no dated job), `proof` is the claim's, "learning" where it still is.
    """

    label: str
    points: float
    months: int | None = None
    last_used: str | None = None
    proof: str = ""


class MustState(StrEnum):
    """How a condition of the role stands."""

    MET = "met"
    NEARLY = "nearly met"
    UNMET = "not met"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Must:
    """One required condition of the role, held against the resume; also one that resumes do not print and that is only asked.

    A skill by itself is none: it is a lack, or shown. Where it is one of several ways to meet a condition it is named here too.

    `label` is what is asked for, in words and without what is shown ("12 months of experience (in collections)"); `shown` is
    what the resume shows of it ("8 months in such jobs", "bachelor", "in progress"; "" = nothing). `cap` is the best band
    that it allows (3: any). `points` are those of the contribution that keeps the cap, on the one must that it is for, else
    0. `evidence` has the post's line and, where there is one, the resume's. `question` is what to ask; "" = nothing to ask.
    `place` is its place (from 0) among the role's conditions.
    """

    label: str
    state: MustState
    cap: int = 3
    shown: str = ""
    points: float = 0.0
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a resume fits a role: `base` plus the points of `contributions`, which add up exactly.

    `unmet` and `unknown` are musts; `missing` are all skills asked for of which the resume shows nothing, the weightiest first.
    `questions` are what to ask a person, the weightiest first. `lacks` and `partly` have what each thing that is not shown, or
    not in full, would bring, the dearest first; `strengths` what earns points among the skills, the weightiest first; `musts` has
    every condition, in the post's order. `flags` are what a recruiter should look at and no part of the score counts (short
    stays, more experience than the seat asks for).
    """

    profile: Profile
    role: Role
    base: float
    contributions: tuple[Contribution, ...]
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()
    partly: tuple[Partly, ...] = ()
    musts: tuple[Must, ...] = ()
    flags: tuple[Notice, ...] = ()
    strengths: tuple[Strength, ...] = ()

    @property
    def logit(self) -> float:
        """Base plus points, rounded to 4 decimals as each of them is."""
        return round(math.fsum([self.base, *(c.points for c in self.contributions)]), 4)

    @property
    def score(self) -> float:
        """The logistic function of `logit`, in (0, 1)."""
        return 1.0 / (1.0 + math.exp(-self.logit))
