"""The records that flow from room to room: bytes -> Document -> Reading -> Profile / Role -> Fit.

All are frozen. Offsets are half-open ranges of Unicode code points of `Document.text`, for ever: `text[start:end]` is the thing.
Months are counted as whole calendar months; a point in time is a `Month` or, in JSON, "YYYY-MM".
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering


class Kind(StrEnum):
    """What a document is read as."""

    RESUME = "resume"
    JOB = "job"


class Stance(StrEnum):
    """What a text says about a concept; the first four speak of candidates, the next three of job posts."""

    HELD = "held"
    LEARNING = "learning"
    DENIED = "denied"
    CONTEXT = "context"
    REQUIRED = "required"
    PREFERRED = "preferred"


CLAIMED = frozenset({Stance.HELD, Stance.LEARNING, Stance.REQUIRED, Stance.PREFERRED})
"""Stances that count for or ask of the candidate; the others are reported and never scored."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a document: a stable code and one plain sentence."""

    code: str
    message: str


# ---------------------------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its offsets (newline excluded), page (from 1) and, in PDFs, its box in points from the top left."""

    start: int
    end: int
    page: int = 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file in reading order, and where each character stands.

    `lines` are in text order and do not overlap. `lefts` and `rights` hold each character's horizontal edges in points
    (NaN for characters that are not printed, such as newlines); both are empty where the format has no pages.
    """

    source: str
    sha256: str
    text: str
    lines: tuple[Line, ...]
    pages: int = 1
    lefts: array[float] = field(default_factory=lambda: array("f"), repr=False)
    rights: array[float] = field(default_factory=lambda: array("f"), repr=False)
    warnings: tuple[Notice, ...] = ()

    def page_of(self, start: int) -> int:
        """The page (from 1) on which the character at `start` stands."""
        page = 1
        for line in self.lines:
            if line.start > start:
                break
            page = line.page
        return page

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """One box for each printed line that `[start, end)` touches; nothing for a document without pages."""
        for line in self.lines:
            first, last = max(start, line.start), min(end, line.end)
            if first < last and self.lefts:
                xs = [x for x in self.lefts[first:last] if not math.isnan(x)]
                ends = [x for x in self.rights[first:last] if not math.isnan(x)]
                if xs and ends:
                    yield Box(line.page, min(xs), line.top, max(ends), line.bottom)


# ----------------------------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading; `[start, end)` covers heading and body, `body` is where the body begins."""

    kind: str
    start: int
    body: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept met in the text: by which alias, in which section and with which stance; `score` in (0, 1] is the trust in it."""

    concept: str
    text: str
    start: int
    end: int
    page: int
    section: str
    alias: str
    stance: Stance
    score: float


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A form that the context did not settle, with the ids of the concepts it may stand for."""

    text: str
    start: int
    end: int
    page: int
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read that is no concept: a job, a degree, a phone number. `value` holds plain scalars, keyed as the kind asks."""

    kind: str
    text: str
    start: int
    end: int
    value: Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document, in plain records; nothing of spaCy leaves with it."""

    document: Document
    kind: Kind
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    facts: tuple[Fact, ...]
    warnings: tuple[Notice, ...] = ()


# -------------------------------------------------------------------------------------------------------------------- time


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month. `Month - Month` is a number of months; an end month counts in full (Jan 2020 to Mar 2020 = 3)."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "YYYY-MM"; raises ValueError for anything else."""
        year, _, month = text.partition("-")
        found = cls(int(year), int(month))
        if not 1 <= found.month <= 12:
            raise ValueError(f"no such month: {text}")
        return found

    @property
    def index(self) -> int:
        """Months since year 0."""
        return self.year * 12 + self.month - 1

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    def __lt__(self, other: Month) -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


# ----------------------------------------------------------------------------------------------------------- profile, role


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


@dataclass(frozen=True, slots=True)
class DatedJob:
    """One job of a resume. `start` and `end` are "YYYY-MM" or None; `open` = it still ran when written, `end` is then as-of.

    `family` is a role family's id or None; `level` is the step on the ladder (0 trainee .. 6 director) or None.
    """

    title: str
    start: str | None
    end: str | None
    open: bool
    months: int | None
    family: str | None
    level: int | None
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    begin: int = 0
    stop: int = 0
    title_start: int = 0
    page: int = 1


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a resume claims or a post asks for; `level` as printed (or None), `need` for posts only."""

    name: str
    level: str | None = None
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Certification:
    """A certificate or licence: the name printed, its concept (or None), held / in progress / expired; `need` for posts only."""

    name: str
    concept: str | None = None
    status: str | None = None
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measured result: metric (a concept id or a word), value as printed, unit, direction, the quoted phrase."""

    metric: str
    value: str
    unit: str | None
    direction: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Who and where: never scored, removed by blind mode."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    city: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResumeFacts:
    """What a resume states about its owner; None or empty means "not said". Months are merged, overlaps counted once."""

    contact: Contact = Contact()
    total_years: float | None = None
    customer_contact_months: int = 0
    months_by_family: Mapping[str, int] = field(default_factory=dict)
    months_by_channel: Mapping[str, int] = field(default_factory=dict)
    months_by_line_of_business: Mapping[str, int] = field(default_factory=dict)
    last_title: str | None = None
    education: str = "unknown"
    languages: tuple[Language, ...] = ()
    certifications: tuple[Certification, ...] = ()
    typing_wpm: int | None = None
    notice: str | None = None
    kpis: tuple[Kpi, ...] = ()
    jobs: tuple[DatedJob, ...] = ()


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What a job post states; None means "not said"."""

    title: str = ""
    min_months_experience: int | None = None
    experience_need: str = "none"
    education_min: str | None = None
    education_need: str = "none"
    languages: tuple[Language, ...] = ()
    certifications: tuple[Certification, ...] = ()
    typing_wpm: int | None = None
    shift: str = "unknown"
    work_site: str = "unknown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A leaf of the requirement tree.

    `kind`: skill, experience, education, language, certification, typing, shift, site. `concept` is set where the taxonomy
    knows it, else `value`. `need`: required, preferred. `weight` scales it in the score (1 unless a person changed it).
    """

    kind: str
    need: str
    concept: str | None = None
    value: str | None = None
    min_months: int | None = None
    min_level: str | None = None
    text: str = ""
    start: int = 0
    end: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of `items` is asked for."""

    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of `items` is enough."""

    items: tuple[Node, ...] = ()


Node = Requirement | AllOf | AnyOf


def leaves(node: Node) -> Iterator[Requirement]:
    """The leaves of a requirement tree, left to right."""
    if isinstance(node, Requirement):
        yield node
    else:
        for item in node.items:
            yield from leaves(item)


@dataclass(frozen=True, slots=True)
class Profile:
    """A resume as the scorer sees it. `terms` are the counts of known words in the text, for the residual similarity."""

    source: str
    sha256: str
    as_of: str
    claims: tuple[Claim, ...]
    ambiguous: tuple[Ambiguity, ...]
    facts: ResumeFacts
    terms: Mapping[str, int] = field(default_factory=dict, repr=False)
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A job post or a built-in role profile as the scorer sees it."""

    source: str
    sha256: str
    title: str
    families: tuple[str, ...]
    level: int | None
    requirements: AllOf
    claims: tuple[Claim, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    facts: JobFacts = JobFacts()
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    terms: Mapping[str, int] = field(default_factory=dict, repr=False)
    warnings: tuple[Notice, ...] = ()


# --------------------------------------------------------------------------------------------------------------------- fit


@dataclass(frozen=True, slots=True)
class Contribution:
    """One named part of a score: its points (log-odds, 4 decimals), one sentence of reason and the evidence."""

    name: str
    points: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a resume fits a role: `base` plus the points of `contributions`, which add up exactly."""

    profile: Profile
    role: Role
    base: float
    contributions: tuple[Contribution, ...]
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def logit(self) -> float:
        """Base plus points, rounded to 4 decimals as each of them is."""
        return round(math.fsum([self.base, *(c.points for c in self.contributions)]), 4)

    @property
    def score(self) -> float:
        """The logistic function of `logit`, in (0, 1)."""
        return 1.0 / (1.0 + math.exp(-self.logit))
