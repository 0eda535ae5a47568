"""A resume as the scorer sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.records.claims import Claim, Kpi
from matcher.records.text import Ambiguity, Notice


@dataclass(frozen=True, slots=True)
class DatedJob:
    """One job of a resume. `start` and `end` are "YYYY-MM" or None; `open` = it still ran when written, `end` is then as-of.

    `family` is a role family's id or None; `level` is the step on the ladder (0 trainee .. 6 director) or None.
    `begin` and `stop` bound the job's text; `printed` is the title as it stands in it, at `title_start`.
    `least` and `most` bound the months where a side is printed as a bare year; elsewhere both are `months`.
    `contact`: the title names customer contact (contact centre, customer service, help desk, BPO).
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
    printed: str = ""
    page: int = 1
    contact: bool = False
    least: int | None = None
    most: int | None = None

    @property
    def dates(self) -> str:
        """When it was, as people read it: "2019-03 to 2021-06", "since 2022-03"; "" where nothing is printed."""
        if self.open and self.start:
            return f"since {self.start}"
        if self.start and self.start == self.end:
            return self.start
        return f"{self.start or '?'} to {self.end or '?'}" if self.start or self.end else ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a resume claims or a post asks for; `level` as printed (or None), `need` for posts only."""

    name: str
    level: str | None = None
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Certification:
    """A certificate or licence: the name printed, its concept (or None), held / in progress / expired; `need` for posts only.

    `label` is the taxonomy's name of the concept; `expires` is "YYYY-MM" where a resume prints when it ends.
    """

    name: str
    concept: str | None = None
    status: str | None = None
    need: str | None = None
    label: str | None = None
    expires: str | None = None


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
    """What a resume states about its owner; None or empty means "not said". Months are merged, overlaps counted once.

    `customer_contact_months` is None without a dated job. `education` is the highest level completed, `studying` the level of
    a course that is going on. Accuracy is a percentage, `keystrokes_per_hour` a number of strokes.
    """

    contact: Contact = Contact()
    total_years: float | None = None
    customer_contact_months: int | None = None
    months_by_family: Mapping[str, int] = field(default_factory=dict)
    months_by_channel: Mapping[str, int] = field(default_factory=dict)
    months_by_line_of_business: Mapping[str, int] = field(default_factory=dict)
    last_title: str | None = None
    education: str = "unknown"
    studying: str | None = None
    languages: tuple[Language, ...] = ()
    certifications: tuple[Certification, ...] = ()
    typing_wpm: int | None = None
    typing_accuracy: float | None = None
    keystrokes_per_hour: int | None = None
    notice: str | None = None
    kpis: tuple[Kpi, ...] = ()
    jobs: tuple[DatedJob, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form, a call or a test says of a candidate, and no resume does.

    `kind` and `value` are those of the requirement that it answers ("shift", "night"); an empty value answers any of its kind.
    `met`: yes, no, or None where `amount` tells, in the unit of `taxonomy/answers.toml` (Mbps, days). `told` is what the cell
    says, `source` where it stands ("answers.csv row 3").
    """

    kind: str
    value: str
    met: bool | None
    told: str
    source: str
    amount: float | None = None

    @property
    def shown(self) -> str:
        """As people read it: "Versant 58, answers.csv row 3"."""
        return f"{self.told}, {self.source}"


@dataclass(frozen=True, slots=True)
class Private:
    """A stretch of a resume's text that tells who its owner is.

    `what` is the kind ("name", "email", "birth-date" ...); `instead` is what a blinded text has in its place ("[name]").
    """

    start: int
    end: int
    what: str
    instead: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A resume as the scorer sees it.

    `terms` are the counts of known words in the text, for the residual similarity. `lower_bound`: open jobs end at the
    newest date printed, so that their months are a lower bound. `text` is what all offsets refer to; nothing of it is scored
    but by way of the other fields. `private` are the stretches of it that blind mode takes out, in text order and apart.
    `answers` come from elsewhere, the latest of a kind and value last.
    """

    source: str
    sha256: str
    as_of: str
    claims: tuple[Claim, ...]
    ambiguous: tuple[Ambiguity, ...]
    facts: ResumeFacts
    terms: Mapping[str, int] = field(default_factory=dict, repr=False)
    lower_bound: bool = False
    warnings: tuple[Notice, ...] = ()
    text: str = field(default="", repr=False)
    private: tuple[Private, ...] = field(default=(), repr=False)
    answers: tuple[Answer, ...] = ()
