"""How a claim is proved: by a dated job, a certificate, a summary, a list or a dump of keywords; and by which results.

What a list or a summary says counts only where a dated job or a certificate of the same resume speaks of something near it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.reading.titles import families
from matcher.reading.units import Unit, lines_of, unit_at, units
from matcher.records import CLAIMED, Claim, DatedJob, Kpi, Mention, Reading, Section
from matcher.taxonomy import Taxonomy

PROOFS = ("job", "certificate", "summary", "list", "dump", "bare")
"""The kinds of proof, the best first."""

_SHOWN = frozenset({"job", "certificate"})
_ITEM = re.compile(r"\s*[,;|•·\t]\s*")
_MOST_RESULTS = 5

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line that is a list or a part of one: how many of its items stand between commas, and all of them."""

    span: Span
    between: int
    items: int


class ProofReader:
    """Built from `rules["facts"]["proof"]` and the types of the taxonomy's concepts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        own: Mapping[str, Any] = taxonomy.rules["facts"]["proof"]
        self._types = {id: concept.type for id, concept in taxonomy.concepts.items()}
        self._sections: Mapping[str, str] = own["sections"]
        self._shows: Mapping[str, Sequence[str]] = own["shows"]
        self._without = frozenset(own["without_results"])
        self._dump: Mapping[str, Any] = own["dump"]
        self._prose = frozenset(self._dump["prose"])
        self._label = re.compile(self._dump["label"])
        self._stated = frozenset(own["stated"])
        self._most = int(own["most_unshown"])
        self._taxonomy = taxonomy
        self._families = families(taxonomy.rules)

    # ------------------------------------------------------------------------------------------------------------- kinds

    def kind(self, mention: Mention, dated: bool, dumps: Sequence[Span]) -> str:
        """What a mention proves; `dated`: it stands in a job. A dump proves nothing more, wherever it stands."""
        if any(start <= mention.start < end for start, end in dumps):
            return "dump"
        if dated:
            return "job"
        proof = self._sections.get(mention.section, "list")
        if proof == "certificate" and self._types.get(mention.concept) != "certification":
            return "list"
        return proof

    def dumps(self, reading: Reading) -> tuple[Span, ...]:
        """Where a resume is a long run of keywords, in text order."""
        text = reading.document.text
        lines = lines_of(text)
        return tuple(span for section in reading.sections for span in self._dumps(text, section, lines))

    def _dumps(self, text: str, section: Section, lines: Sequence[Span]) -> Iterator[Span]:
        run: list[_Listed] = []
        for line in [line for line in lines if section.body <= line[0] < section.end]:
            found = self._listed(text, line)
            if found is None or self._label.match(text, line[0], line[1]):
                yield from self._dumped(run, section.kind)
                run = []
            if found is not None:
                run.append(found)
        yield from self._dumped(run, section.kind)

    def _dumped(self, run: Sequence[_Listed], kind: str) -> Iterator[Span]:
        many = sum(line.between for line in run) >= self._dump["commas"]
        if many or (kind not in self._prose and sum(line.items for line in run) >= self._dump["items"]):
            yield run[0].span[0], run[-1].span[1]

    def _listed(self, text: str, line: Span) -> _Listed | None:
        items = [item for item in _ITEM.split(text[slice(*line)]) if item]
        words = sum(len(item.split()) for item in items)
        if len(items) >= self._dump["least"] and words <= self._dump["words"] * len(items):
            return _Listed(line, len(items), len(items))
        if items and all(len(item.split()) <= self._dump["short"] for item in items) and text[line[1] - 1] != ".":
            return _Listed(line, 0, len(items))
        return None

    def weighed(self, claims: Sequence[Claim], jobs: Sequence[DatedJob]) -> tuple[Claim, ...]:
        """The claims; those that nothing dated speaks for become "bare".

        A dated job speaks for what is near to what it shows and to what every job of its family uses: the concept itself,
        what is broader, narrower or related. Where more is said without proof than anybody can do, all of it is bare.
        """
        shown = {claim.concept for claim in claims if claim.proof in _SHOWN and claim.stance in CLAIMED}
        own = {job.family for job in jobs if job.months}
        shown |= {
            concept
            for family in own
            if family is not None and family in self._families
            for concept in self._families[family].core
        }
        near = frozenset(other for concept in shown for other in self._near(concept))
        loose = [claim for claim in claims if claim.proof != "job" and claim.stance in CLAIMED]
        flood = self.flooded(claims)
        bare = {
            claim.concept
            for claim in loose
            if flood or not (self._types.get(claim.concept) in self._stated or near.intersection(self._near(claim.concept)))
        }
        return tuple(replace(claim, proof="bare") if claim.concept in bare else claim for claim in claims)

    def flooded(self, claims: Iterable[Claim]) -> bool:
        """Whether a resume says more without a dated job than anybody can do."""
        return sum(claim.proof != "job" and claim.stance in CLAIMED for claim in claims) > self._most

    def _near(self, id: str) -> frozenset[str]:
        """A concept, what is broader than it, and what is related to it."""
        concept = self._taxonomy.concepts[id]
        broader = {other for other in self._taxonomy.ancestors(id) if self._types[other] != "branch"}
        return frozenset({id, *broader, *concept.related})

    # ----------------------------------------------------------------------------------------------------------- results

    def results(
        self, reading: Reading, mentions: Sequence[Mention], kpis: Sequence[Kpi], jobs: Sequence[Span]
    ) -> dict[str, tuple[Kpi, ...]]:
        """Concept -> the results that measure it or stand in one sentence with it, in text order; a few of each.

        Calls, chats and the like also speak for the one kind of them that the same job names (`jobs` are the jobs' spans). A
        metric has its own results only: "80 calls a day at 95% CSAT" says nothing of calls to the satisfaction.
        """
        if not kpis:
            return {}
        sentences = units(reading.document.text)
        of_concept, of_sentence = defaultdict[str | None, list[Kpi]](list), defaultdict[Unit | None, list[Kpi]](list)
        for kpi in kpis:
            of_concept[kpi.concept].append(kpi)
            of_sentence[unit_at(sentences, kpi.start)].append(kpi)
        for kpi in (kpi for kpi in kpis if self._of(kpi)):
            of_concept[self._spoken_for(kpi, mentions, jobs)].append(kpi)
        found: dict[str, dict[Kpi, None]] = {}
        for mention in mentions:
            if self._types.get(mention.concept) not in self._without:
                if mention.concept not in found:
                    found[mention.concept] = dict.fromkeys(of_concept.get(mention.concept, ()))
                here = None if self._types[mention.concept] == "metric" else unit_at(sentences, mention.start)
                if here is not None:
                    found[mention.concept].update(dict.fromkeys(of_sentence.get(here, ())))
        return {id: tuple(sorted(some, key=lambda kpi: kpi.start)[:_MOST_RESULTS]) for id, some in found.items() if some}

    def _of(self, kpi: Kpi) -> Sequence[str]:
        """The concepts of which a result may speak, by its metric or the metric's last word ("volume: chats")."""
        metric = kpi.metric.casefold()
        return self._shows.get(metric) or self._shows.get(metric.split()[-1], ())

    def _spoken_for(self, kpi: Kpi, mentions: Sequence[Mention], jobs: Sequence[Span]) -> str | None:
        """The concept that a result speaks for: the only one of those it may that its job names."""
        start, stop = next((job for job in jobs if job[0] <= kpi.start < job[1]), (0, 0))
        named = {m.concept for m in mentions if start <= m.start < stop}.intersection(self._of(kpi))
        return named.pop() if len(named) == 1 else None
