"""A job post or built-in role profile as the scorer sees it: facts, and requirements as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.records.claims import Claim
from matcher.records.conditions import Condition
from matcher.records.resume import Certification, Language
from matcher.records.text import Ambiguity, Notice


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
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A leaf of the requirement tree.

    `kind`: skill, experience, education, language, certification, typing, shift, site, and those of `CONDITIONS`. `concept` is
    set where the taxonomy knows it, else `value`. `need`: required, preferred. `weight` scales it in the score (1 unless a person
    changed it).

    Experience: at least `min_months`; `max_months` is where a printed range ends and is never held against anyone. `families`,
    `channels`, `lines_of_business`, `sectors` and `concepts` say in what (of each list one is enough), `market` is international
    or domestic; `concepts` is the work or the tool itself, narrower than a family. `value`: "none" = no experience is needed on
    this way in, "equivalent" = something as good as the rest of the leaf.
    Education: `value` is the subject as printed, `min_months` a length of study.
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
    max_months: int | None = None
    families: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    market: str | None = None
    concepts: tuple[str, ...] = ()


EQUIVALENT = "equivalent"
"""Value of a leaf that asks for something as good as what stands beside it."""
NO_EXPERIENCE = "none"
"""Value of a leaf of experience on a way in that needs none."""


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
class Role:
    """A job post or a built-in role profile as the scorer sees it; `titles` are other names of the same job.

    `weights`: names of signals, each with the factor (0 and more) by which a person changed its weight here.
    """

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
    titles: tuple[str, ...] = ()
    wording: str = field(default="", repr=False)
    warnings: tuple[Notice, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
