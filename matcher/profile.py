"""Reading -> Profile: what a resume claims, proved by its dated jobs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matcher.blind import PrivateReader
from matcher.certificates import CertificateBook
from matcher.errors import InputError
from matcher.proof import PROOFS, ProofReader
from matcher.reading.facts.education import EducationReader
from matcher.reading.facts.jobs import last_title
from matcher.reading.facts.jobtime import date_notices, job_time
from matcher.reading.titles import TitleReader
from matcher.records import (
    Claim,
    Contact,
    DatedJob,
    Evidence,
    Fact,
    Kpi,
    Language,
    Mention,
    Month,
    Profile,
    Reading,
    ResumeFacts,
    Stance,
)
from matcher.taxonomy import Taxonomy
from matcher.wording import count_terms, resume_wording
from matcher.work import WorkReader

_EVIDENCE_KEPT = 5
"""Quotations of a claim, beside the first of every job that shows it."""
_STANCE_ORDER = (Stance.HELD, Stance.REQUIRED, Stance.LEARNING, Stance.PREFERRED, Stance.DENIED, Stance.CONTEXT)


def resolve_as_of(option: str, jobs: Sequence[Fact], today: date | None = None) -> Month | None:
    """The month at which open jobs end: "today", "YYYY-MM-DD" / "YYYY-MM", or "document" = the newest date of a job.

    None under "document" when no job has a date. Raises InputError for anything else.
    """
    if option == "document":
        dates = [str(d) for job in jobs for d in (job.value.get("start"), job.value.get("end")) if d]
        return Month.parse(max(dates)) if dates else None
    if option == "today":
        now = today or date.today()
        return Month(now.year, now.month)
    try:
        return (
            Month.parse(option[:7]) if len(option) == len("2026-11") else Month.parse(date.fromisoformat(option).isoformat()[:7])
        )
    except ValueError as error:
        raise InputError(f"--as-of {option!r} is no date: give YYYY-MM-DD, 'today' or 'document'") from error


def merged_months(spans: Iterable[tuple[Month, Month]]) -> int:
    """Calendar months covered by at least one of the spans, both ends counted."""
    total, covered = 0, -1
    for start, end in sorted(spans, key=lambda span: (span[0].index, span[1].index)):
        first = max(start.index, covered + 1)
        if end.index >= first:
            total += end.index - first + 1
            covered = end.index
    return total


@dataclass(frozen=True, slots=True)
class ProfileBuilder:
    """Builds profiles with one taxonomy; `vocabulary` holds the words that the residual similarity knows."""

    taxonomy: Taxonomy
    titles: TitleReader
    education: EducationReader
    vocabulary: Collection[str]
    proofs: ProofReader
    certificates: CertificateBook
    work: WorkReader
    private: PrivateReader

    def build(self, reading: Reading, as_of: str) -> Profile:
        """The profile of a resume's reading; `as_of` as on the command line."""
        moment = resolve_as_of(as_of, [fact for fact in reading.facts if fact.kind == "job"])
        fixed = as_of != "document"
        dumps = self.proofs.dumps(reading)
        jobs = self._jobs(reading, moment, fixed, dumps)
        kpis = _kpis(reading)
        claims = self._claims(reading, jobs, kpis, dumps)
        dated = [(job.begin, job.stop) for job in jobs if job.months] if self.proofs.flooded(claims) else None
        return Profile(
            source=reading.document.source,
            sha256=reading.document.sha256,
            as_of=str(moment) if as_of == "document" and moment else _shown(as_of),
            claims=claims,
            ambiguous=reading.ambiguous,
            facts=self._facts(reading, jobs, kpis, moment),
            lower_bound=not fixed,
            terms=count_terms(resume_wording(reading, dated), self.vocabulary),
            warnings=(*reading.warnings, *date_notices(reading.facts, reading.document, moment, fixed)),
            text=reading.document.text,
            private=self.private.read(reading),
        )

    # ------------------------------------------------------------------------------------------------------------- jobs

    def _jobs(
        self, reading: Reading, moment: Month | None, fixed: bool, dumps: Sequence[tuple[int, int]]
    ) -> tuple[DatedJob, ...]:
        facts = [fact for fact in reading.facts if fact.kind == "job" and not fact.value["repeat"]]
        held = [m for m in reading.mentions if m.stance is Stance.HELD and self.proofs.kind(m, True, dumps) == "job"]
        return tuple(self._job(fact, reading, moment, fixed, held) for fact in facts)

    def _job(self, fact: Fact, reading: Reading, moment: Month | None, fixed: bool, held: Sequence[Mention]) -> DatedJob:
        value: Mapping[str, Any] = fact.value
        time = job_time(value, moment, fixed)
        title = value["title"] or ""
        sense = self.titles.read(title)
        title_start, printed = _printed(reading.document.text, title, fact)
        inside = [m for m in held if value["begin"] <= m.start < value["stop"]]
        return DatedJob(
            title=title,
            start=str(time.start) if time.start else None,
            end=str(time.end) if time.end else None,
            open=bool(value["open"]),
            months=time.months,
            family=sense.family,
            level=sense.level,
            channels=self.work.channels(sense, inside),
            lines_of_business=self.work.lines(sense, inside),
            begin=value["begin"],
            stop=value["stop"],
            title_start=title_start,
            printed=printed,
            page=reading.document.page_of(title_start),
            contact=sense.contact,
            least=time.least,
            most=time.most,
        )

    # ----------------------------------------------------------------------------------------------------------- claims

    def _claims(
        self, reading: Reading, jobs: Sequence[DatedJob], kpis: Sequence[Kpi], dumps: Sequence[tuple[int, int]]
    ) -> tuple[Claim, ...]:
        by_concept: dict[str, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            by_concept[mention.concept].append(mention)
        results = self.proofs.results(
            reading, [m for m in reading.mentions if m.stance is Stance.HELD], kpis, [(job.begin, job.stop) for job in jobs]
        )
        made = [self._claim(concept, by_concept[concept], jobs, dumps) for concept in sorted(by_concept)]
        return tuple(
            replace(claim, results=results.get(claim.concept, ())) if claim.stance is Stance.HELD else claim
            for claim in self.proofs.weighed(made, jobs)
        )

    def _claim(
        self, concept: str, mentions: Sequence[Mention], jobs: Sequence[DatedJob], dumps: Sequence[tuple[int, int]]
    ) -> Claim:
        stance = min((m.stance for m in mentions), key=_STANCE_ORDER.index)
        own = [m for m in mentions if m.stance is stance]
        placed = [next((job for job in jobs if job.begin <= m.start < job.stop), None) for m in own]
        proofs = [self.proofs.kind(m, job is not None, dumps) for m, job in zip(own, placed, strict=True)]
        dated = dict.fromkeys(job for job, proof in zip(placed, proofs, strict=True) if job is not None and proof == "job")
        spans = [(Month.parse(job.start), Month.parse(job.end)) for job in dated if job.months and job.start and job.end]
        ranked = sorted(range(len(own)), key=lambda n: (PROOFS.index(proofs[n]), -own[n].score, own[n].start))
        firsts = {placed[n]: n for n in reversed(ranked) if proofs[n] == "job"}  # every job that shows it is to be known
        kept = sorted({*ranked[:_EVIDENCE_KEPT], *firsts.values()}, key=ranked.index)
        return Claim(
            concept=concept,
            stance=stance,
            score=max(m.score for m in own),
            evidence=tuple(evidence(own[n], "resume") for n in kept),
            months=merged_months(spans) if spans else None,
            last_used=str(max(end for _, end in spans)) if spans else None,
            proof=proofs[ranked[0]],
        )

    # ------------------------------------------------------------------------------------------------------------ facts

    def _facts(self, reading: Reading, jobs: tuple[DatedJob, ...], kpis: tuple[Kpi, ...], moment: Month | None) -> ResumeFacts:
        facts = _by_kind(reading.facts)
        spans = [(Month.parse(j.start), Month.parse(j.end), j) for j in jobs if j.months and j.start and j.end]
        return ResumeFacts(
            contact=_contact(facts),
            total_years=round(merged_months([(a, b) for a, b, _ in spans]) / 12, 1) if spans else None,
            customer_contact_months=merged_months([(a, b) for a, b, j in spans if j.contact]) if spans else None,
            months_by_family=_months_by(((j.family and (j.family,)) or (), a, b) for a, b, j in spans),
            months_by_channel=_months_by((j.channels, a, b) for a, b, j in spans),
            months_by_line_of_business=_months_by((j.lines_of_business, a, b) for a, b, j in spans),
            last_title=last_title(reading.facts),
            education=self.education.highest(facts["education"]),
            studying=self.education.studying(facts["education"]),
            languages=tuple(
                dict.fromkeys(Language(str(f.value["name"]), _text(f.value.get("level"))) for f in facts["language"])
            ),
            certifications=self.certificates.shown(reading, facts["certification"], moment),
            **_typing(facts["typing"]),
            notice=str(facts["notice"][0].value["notice"]) if facts["notice"] else None,
            kpis=kpis,
            jobs=jobs,
        )


def _printed(text: str, title: str, fact: Fact) -> tuple[int, str]:
    """Where a title stands in a job's heading and how it is printed there: it may be wrapped. The heading if it is not found."""
    pattern = r"\s+".join(re.escape(word) for word in title.split())
    match = re.compile(pattern).search(text, fact.start, fact.end) if pattern else None
    return (match.start(), match.group()) if match else (fact.start, fact.text)


def evidence(mention: Mention, document: str) -> Evidence:
    """A mention as evidence."""
    return Evidence(document, mention.text, mention.start, mention.end, mention.page, mention.section)


def _shown(as_of: str) -> str:
    return date.today().isoformat() if as_of == "today" else as_of


def _by_kind(facts: Iterable[Fact]) -> defaultdict[str, list[Fact]]:
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.kind].append(fact)
    return found


def _months_by(rows: Iterable[tuple[Sequence[str], Month, Month]]) -> dict[str, int]:
    spans: dict[str, list[tuple[Month, Month]]] = defaultdict(list)
    for names, start, end in rows:
        for name in names:
            spans[name].append((start, end))
    return {name: merged_months(spans[name]) for name in sorted(spans)}


def _contact(facts: Mapping[str, Sequence[Fact]]) -> Contact:
    def texts(kind: str, key: str = "") -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(f.value[key or kind]) for f in facts.get(kind, ())))

    names, cities = texts("contact-name", "name"), texts("city")
    return Contact(names[0] if names else None, texts("email"), texts("phone"), cities[0] if cities else None, texts("link"))


def _typing(facts: Iterable[Fact]) -> dict[str, Any]:
    """The fastest speed that can be, its accuracy, and the same in key strokes."""
    sure = [fact.value for fact in facts if not fact.value.get("doubtful")]
    words = max((value for value in sure if value.get("wpm")), key=lambda value: int(value["wpm"] or 0), default={})
    strokes = max((value for value in sure if value.get("kph")), key=lambda value: int(value["kph"] or 0), default={})
    accuracy = words.get("accuracy") or strokes.get("accuracy")
    return {"typing_wpm": words.get("wpm"), "typing_accuracy": accuracy, "keystrokes_per_hour": strokes.get("kph")}


def _kpis(reading: Reading) -> tuple[Kpi, ...]:
    """Measured results; one that is printed again counts once."""
    found: dict[tuple[str, str, str], Kpi] = {}
    for fact in reading.facts:
        if fact.kind == "kpi":
            kpi = _kpi(fact, reading.document.page_of(fact.start))
            found.setdefault((kpi.metric, kpi.value, " ".join(kpi.quote.casefold().split())), kpi)
    return tuple(found.values())


def _kpi(fact: Fact, page: int) -> Kpi:
    value = fact.value
    told = {name: _text(value.get(name)) for name in ("concept", "period", "scope")}
    return Kpi(
        str(value["metric"]),
        str(value["value"]),
        _text(value.get("unit")),
        _text(value.get("direction")),
        fact.text,
        doubtful=bool(value.get("doubtful")),
        start=fact.start,
        page=page,
        **told,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
