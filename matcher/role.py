"""Reading -> Role: what a job post asks for; and the built-in role profiles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.profile import evidence
from matcher.reading.facts.accounts import account_lines
from matcher.reading.facts.postnotices import post_notices
from matcher.reading.facts.requirements import experience_conflict, requirement_tree, unlawful_spans
from matcher.reading.titles import TitleReader
from matcher.records import (
    CLAIMED,
    CONDITIONS,
    DOCUMENT,
    AllOf,
    Certification,
    Claim,
    Condition,
    Fact,
    JobFacts,
    Language,
    Mention,
    Notice,
    Reading,
    Role,
    Stance,
    leaves,
)
from matcher.taxonomy import Taxonomy
from matcher.wording import post_wording

_EVIDENCE_KEPT = 5
_CLEARLY_MORE = 0.5
"""By how much another family's core must outweigh the title's."""
_LEAST_CORE = 1.5
"""Weight of the core concepts that a post must ask for before they tell its family."""
_STANCE_ORDER = (Stance.REQUIRED, Stance.HELD, Stance.PREFERRED, Stance.LEARNING, Stance.DENIED, Stance.CONTEXT)


@dataclass(frozen=True, slots=True)
class RoleBuilder:
    """Builds roles with one taxonomy."""

    taxonomy: Taxonomy
    titles: TitleReader

    def build(self, reading: Reading) -> Role:
        """The role that a job post describes."""
        document = reading.document
        facts = post_record(reading.facts, self._certifications(reading))
        claims = _claims(reading.mentions)
        asked = frozenset(c.concept for c in claims if c.stance in CLAIMED)
        sense, line = self.titles.read(facts.title), self.titles.read(_title_line(reading.facts))
        tree = self._requirements(reading)
        read = (document.text, reading.sections, self.taxonomy.rules, self.titles)
        nothing = () if any(True for _ in leaves(tree)) else (_NOTHING_UNDERSTOOD,)
        return Role(
            source=document.source,
            sha256=document.sha256,
            title=facts.title,
            families=self._families(sense.family, asked),
            level=sense.level,
            requirements=tree,
            claims=claims,
            ambiguous=reading.ambiguous,
            facts=facts,
            channels=line.channels or self._grouped(asked, "channels"),
            lines_of_business=line.lines_of_business or self._lines(asked, account_lines(*read)),
            wording=post_wording(reading, facts.title, unlawful_spans(document.text, self.taxonomy.rules)),
            warnings=(*reading.warnings, *experience_conflict(reading.facts), *post_notices(*read), *nothing),
        )

    def _requirements(self, reading: Reading) -> AllOf:
        document = reading.document
        types = {concept.id: concept.type for concept in self.taxonomy.concepts.values()}
        common = frozenset(concept.id for concept in self.taxonomy.concepts.values() if concept.separates == "low")
        rules, found = self.taxonomy.rules, (reading.sections, reading.facts, reading.mentions)
        return requirement_tree(document.text, *found, rules, types, self.titles, common)

    def _lines(self, asked: frozenset[str], told: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of business that a post names, then those of its concepts; one that many lines share tells none alone."""
        shared = frozenset(self.taxonomy.rules["posts"]["accounts"]["shared_concepts"])
        return tuple(dict.fromkeys((*told, *self._grouped(asked - shared, "lines_of_business"))))

    def _families(self, titled: str | None, asked: frozenset[str]) -> tuple[str, ...]:
        """The title's family, then the one whose core concepts the post asks for most: titles do not always tell the work."""
        weights: Mapping[str, float] = self.taxonomy.rules["credit"]["separates"]
        concepts = self.taxonomy.concepts
        votes = {
            name: sum(weights[concepts[concept].separates] for concept in asked.intersection(family.core))
            for name, family in self.titles.families.items()
        }
        best = max(votes, key=lambda name: votes[name], default=None)
        told = (best,) if best and votes[best] >= max(_LEAST_CORE, votes.get(titled or "", 0) + _CLEARLY_MORE) else ()
        return tuple(dict.fromkeys([*([titled] if titled else []), *told]))

    def _grouped(self, concepts: frozenset[str], table: str) -> tuple[str, ...]:
        rows: Mapping[str, Sequence[str]] = self.taxonomy.rules["channels"][table]
        return tuple(name for name, ids in rows.items() if concepts.intersection(ids))

    def _certifications(self, reading: Reading) -> tuple[Certification, ...]:
        found: dict[str, Certification] = {}
        may_follow = [fact for fact in reading.facts if fact.value.get("later")]
        for mention in reading.mentions:
            if mention.stance in CLAIMED and self.taxonomy.concepts[mention.concept].type == "certification":
                later = any(fact.start < mention.end and mention.start < fact.end for fact in may_follow)
                need = "preferred" if later else str(mention.stance)
                found.setdefault(mention.concept, Certification(mention.text, mention.concept, need=need))
        named = [fact for fact in reading.facts if fact.kind == "certification"]
        for fact in named:
            if not any(fact.start <= m.start < fact.end and m.concept in found for m in reading.mentions):
                name = str(fact.value["name"])
                found.setdefault(name.casefold(), Certification(name, None, need=_text(fact.value.get("need"))))
        return tuple(found.values())


_NOTHING_UNDERSTOOD = Notice(
    "nothing-understood",
    "no requirement was understood in this job post: check that it is a job post in English, or write a role.yaml for it",
)


def post_record(facts: Sequence[Fact], certifications: tuple[Certification, ...]) -> JobFacts:
    """The facts of a job post as one record."""
    first: dict[str, Mapping[str, Any]] = {}
    for fact in facts:
        first.setdefault(fact.kind, fact.value)
    experience, education = first.get("experience", {}), first.get("education", {})
    languages = [
        Language(str(f.value["name"]), _text(f.value.get("level")), _text(f.value.get("need")))
        for f in facts
        if f.kind == "language"
    ]
    return JobFacts(
        title=str(first.get("title", {}).get("title", "")),
        min_months_experience=experience.get("min_months"),
        experience_need=str(experience.get("need", "none")),
        education_min=education.get("level"),
        education_need=str(education.get("need", "none")),
        languages=tuple(dict.fromkeys(languages)),
        certifications=certifications,
        typing_wpm=first.get("typing", {}).get("wpm"),
        shift=str(first.get("shift", {}).get("shift", "unknown")),
        work_site=str(first.get("site", {}).get("site", "unknown")),
        conditions=tuple(
            Condition(str(f.value["name"]), f.kind, _text(f.value["level"]), str(f.value["need"]))
            for f in facts
            if f.kind in CONDITIONS or f.kind == DOCUMENT
        ),
    )


def _title_line(facts: Sequence[Fact]) -> str:
    """The whole line of the title: what stands beside it in brackets or after a dash may tell the channel."""
    return next((str(fact.value["line"]) for fact in facts if fact.kind == "title"), "")


def _claims(mentions: Sequence[Mention]) -> tuple[Claim, ...]:
    by_concept: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_concept[mention.concept].append(mention)
    found = []
    for concept in sorted(by_concept):
        stance = min((m.stance for m in by_concept[concept]), key=_STANCE_ORDER.index)
        own = sorted((m for m in by_concept[concept] if m.stance is stance), key=lambda m: (-m.score, m.start))
        shown = tuple(evidence(m, "job") for m in own[:_EVIDENCE_KEPT])
        found.append(Claim(concept, stance, own[0].score, shown))
    return tuple(found)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
