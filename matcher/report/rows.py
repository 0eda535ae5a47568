"""One pair of resume and role as plain data: nested for JSON, flat for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.records import Certification, Contribution, Evidence, Notice, Profile
from matcher.report.records import BANDS, Placed, RunInfo, Trouble
from matcher.scoring.features import Feature

Cell = str | int | float | None

FLAT = (
    "rank",
    "candidate",
    "job_title",
    "score",
    "band",
    "fit",
    "decision",
    "reason_1",
    "reason_2",
    "reason_3",
    "unmet",
    "unknown",
    "questions",
    "total_years",
    "customer_contact_months",
    "last_title",
    "channels",
    "lines_of_business",
    "languages",
    "certifications",
    "typing_wpm",
    "kpis",
    "flags",
    "resume",
    "job",
    "job_flags",
)
"""The columns that a spreadsheet shows of a pair, in order; those with several values hold one a line."""


def pair_record(placed: Placed, versions: Mapping[str, str]) -> dict[str, Any]:
    """Everything about a pair, as one JSON object; the score is exact to 6 decimals, points to 4."""
    fit = placed.fit
    return {
        "job": fit.role.source,
        "job_title": fit.role.title,
        "resume": fit.profile.source,
        "candidate": fit.profile.facts.contact.name,
        "rank": placed.rank,
        "score": round(fit.score, 6),
        "band": placed.band,
        "unmet": list(fit.unmet),
        "unknown": list(fit.unknown),
        "questions": list(fit.questions),
        "logit": fit.logit,
        "base": fit.base,
        "contributions": [_contribution(part) for part in fit.contributions],
        "warnings": [*_notices("resume", fit.profile.warnings), *_notices("job", fit.role.warnings)],
        "sha256": fit.profile.sha256,
        "job_sha256": fit.role.sha256,
        "as_of": fit.profile.as_of,
        "versions": dict(versions),
    }


def error_record(trouble: Trouble) -> dict[str, Any]:
    """The line that stands for a file without a result."""
    return {trouble.document: trouble.source, "error": {"code": trouble.code, "message": trouble.message}}


def _contribution(part: Contribution) -> dict[str, Any]:
    evidence = [evidence_record(item) for item in part.evidence]
    return {"name": part.name, "points": part.points, "reason": part.reason, "evidence": evidence}


def evidence_record(item: Evidence) -> dict[str, Any]:
    """A quoted phrase with its place."""
    return {"document": item.document, "text": item.text, "start": item.start, "end": item.end, "page": item.page}


def _notices(document: str, notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [{"document": document, **notice.data()} for notice in notices]


# -------------------------------------------------------------------------------------------------------------------- flat


def flat_record(placed: Placed, run: RunInfo) -> dict[str, Cell]:
    """The pair as one row, keyed as in `FLAT`."""
    fit = placed.fit
    reasons = top_reasons(fit.contributions)
    return {
        "rank": placed.rank,
        "job_title": fit.role.title,
        "score": round(fit.score, 4),
        "band": placed.band,
        "fit": BANDS[placed.band],
        "decision": None,
        **{f"reason_{place + 1}": reasons[place] if place < len(reasons) else None for place in range(3)},
        "unmet": _lines(fit.unmet),
        "unknown": _lines(fit.unknown),
        "questions": _lines(fit.questions),
        "job": fit.role.source,
        **_person(fit.profile, run),
        "job_flags": _lines(notice.sentence for notice in fit.role.warnings),
    }


def _person(profile: Profile, run: RunInfo) -> dict[str, Cell]:
    facts = profile.facts
    return {
        "candidate": facts.contact.name,
        "resume": profile.source,
        "total_years": facts.total_years,
        "customer_contact_months": facts.customer_contact_months,
        "last_title": facts.last_title,
        "channels": _lines(_durations(facts.months_by_channel, run)),
        "lines_of_business": _lines(_durations(facts.months_by_line_of_business, run)),
        "languages": _lines(_with(item.name, item.level) for item in facts.languages),
        "certifications": _lines(_with(named(item.name, item.label), _state(item)) for item in facts.certifications),
        "typing_wpm": facts.typing_wpm,
        "kpis": _lines(_with(item.quote, "see whether it can be" if item.doubtful else None) for item in facts.kpis),
        "flags": _lines(notice.sentence for notice in profile.warnings),
    }


def top_reasons(parts: Iterable[Contribution], count: int = 3, *, quoted: bool = True) -> list[str]:
    """The reasons that weigh most; one that speaks against says so, and each has its first quotation from the resume.

    Likeness of wording comes last, whatever it weighs: nobody can check it against the resume.
    """
    heavy = sorted((part for part in parts if part.points), key=lambda part: (part.name == Feature.TEXT, -abs(part.points)))
    return [_reason(part, quoted) for part in heavy[:count]]


def _reason(part: Contribution, quoted: bool) -> str:
    reason = part.reason if part.points > 0 else f"against: {part.reason}"
    shown = next((item for item in part.evidence if item.document == "resume"), None) if quoted else None
    # Often the reason names what the evidence says, such as a job title.
    return reason if shown is None or " ".join(shown.text.split()) in reason else f"{reason} {quote(shown)}"


def quote(item: Evidence) -> str:
    """A phrase in quotation marks, on one line, with its page."""
    return f"“{' '.join(item.text.split())}” (page {item.page})"


def _durations(months: Mapping[str, int], run: RunInfo) -> Iterable[str]:
    ordered = sorted(months.items(), key=lambda item: (-item[1], item[0]))
    return (f"{run.label(id)} ({count} mo)" for id, count in ordered)


def _with(name: str, detail: str | None) -> str:
    return f"{name} ({detail})" if detail else name


def named(name: str, label: str | None) -> str:
    """A certificate by the taxonomy's name, what is printed after it where it is worded otherwise."""
    same = label is None or set(_letters(label).split()) <= set(_letters(name).split())
    return name if same else f"{label}, printed “{name}”"


def _letters(text: str) -> str:
    return "".join(c if c.isalnum() else " " for c in text.casefold())


def _state(item: Certification) -> str | None:
    return f"{item.status}, until {item.expires}" if item.status and item.expires else item.status


def _lines(items: Iterable[str]) -> str | None:
    return "\n".join(items) or None
