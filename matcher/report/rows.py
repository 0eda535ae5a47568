"""One pair of resume and role as nested data for JSON, and the words that other reports share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.records import Contribution, Evidence, Fit, Lack, Must, Notice, Opening, Partly, Profile
from matcher.report.reasons import dates_of, in_part, not_shown, speaks_against, speaks_for, telling
from matcher.report.records import BANDS, Placed, Trouble

Cell = str | int | float | None
QUESTIONS = 6
"""How many questions people are shown; a first interview has no time for more."""


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
        "better": [_opening(opening) for opening in placed.better],
        "relaxed": [{"must": must.must, "band": must.band} for must in placed.relaxed],
        "logit": fit.logit,
        "base": fit.base,
        "contributions": [_contribution(part, fit.profile) for part in fit.contributions],
        "thresholds": list(placed.thresholds),
        **_explained(fit),
        "warnings": [*_notices("resume", fit.profile.warnings), *_notices("job", fit.role.warnings)],
        "sha256": fit.profile.sha256,
        "job_sha256": fit.role.sha256,
        "as_of": fit.profile.as_of,
        "versions": dict(versions),
        **({"weights": dict(fit.role.weights)} if fit.role.weights else {}),
    }


def _opening(opening: Opening) -> dict[str, Any]:
    return {"job": opening.job, "title": opening.title, "score": round(opening.score, 6), "band": opening.band}


def opening_text(opening: Opening) -> str:
    """Another opening in a few words, with how the resume fits it."""
    name = f"{opening.title} ({opening.job})" if opening.title else opening.job
    return f"{name}: {opening.score:.2f}, {opening.band} {BANDS[opening.band]}"


def error_record(trouble: Trouble) -> dict[str, Any]:
    """The line that stands for a file without a result."""
    return {trouble.document: trouble.source, "error": {"code": trouble.code, "message": trouble.message}}


def _contribution(part: Contribution, profile: Profile) -> dict[str, Any]:
    record = {"name": part.name, "points": part.points, "most": part.most, "reason": part.reason}
    return record | _quoted(part.evidence, profile)


def _explained(fit: Fit) -> dict[str, Any]:
    """What speaks for and against as sentences, and all that is missing, shown in part or a must, as data."""
    against = (*speaks_against(fit), *not_shown(fit), *in_part(fit))
    return {
        "for": [reason.sentence for reason in speaks_for(fit)],
        "against": [reason.sentence for reason in against],
        "missing": [_lack(lack, fit.profile) for lack in fit.lacks],
        "partial": [_partly(part, fit.profile) for part in fit.partly],
        "musts": [_must(must, fit.profile) for must in fit.musts],
        "flags": [flag.data() for flag in fit.flags],
    }


def _asked(item: Lack | Partly) -> dict[str, Any]:
    """One concept stands by itself; of alternatives `concept` is null and `any_of` has them all."""
    several = len(item.concepts) > 1
    one = item.concepts[0] if item.concepts and not several else None
    record = {"label": item.label, "concept": one, "need": str(item.need), "part": item.part}
    return record | ({"any_of": list(item.concepts)} if several else {})


def _lack(lack: Lack, profile: Profile) -> dict[str, Any]:
    return _asked(lack) | {"points": lack.points} | _quoted(lack.evidence, profile)


def _partly(part: Partly, profile: Profile) -> dict[str, Any]:
    credit = {"by": part.by, "share": part.share, "points": part.points, "short": part.short}
    factors = [{"reason": factor.reason, "value": factor.value} for factor in part.factors]
    return _asked(part) | credit | {"factors": factors} | _quoted(part.evidence, profile)


def _must(must: Must, profile: Profile) -> dict[str, Any]:
    record = {"label": must.label, "state": str(must.state), "cap": must.cap, "shown": must.shown or None}
    return record | {"points": must.points, "question": must.question or None} | _quoted(must.evidence, profile)


def _quoted(evidence: Iterable[Evidence], profile: Profile) -> dict[str, Any]:
    return {"evidence": [evidence_record(item, dates_of(item, profile)) for item in evidence]}


def evidence_record(item: Evidence, dates: str = "") -> dict[str, Any]:
    """A quoted phrase with its place and, of the resume's, the dates of the job in which it stands (null: of none)."""
    place = {"start": item.start, "end": item.end, "page": item.page}
    return {"document": item.document, "text": item.text, **place, "dates": dates or None}


def _notices(document: str, notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [{"document": document, **notice.data()} for notice in notices]


# ------------------------------------------------------------------------------------------------------------------- words


def top_reasons(
    parts: Iterable[Contribution], count: int = 3, *, quoted: bool = True, profile: Profile | None = None
) -> list[str]:
    """The reasons that tell most of the person; one that speaks against says so, each has its first quotation from the resume.

    With a profile quotations have the dates of their jobs.
    """
    heavy = sorted((part for part in parts if part.points), key=telling)
    return [_reason(part, quoted, profile) for part in heavy[:count]]


def _reason(part: Contribution, quoted: bool, profile: Profile | None) -> str:
    reason = part.reason if part.points > 0 else f"against: {part.reason}"
    shown = next((item for item in part.evidence if item.document == "resume"), None) if quoted else None
    # Often the reason names what the evidence says, such as a job title.
    return reason if shown is None or " ".join(shown.text.split()) in reason else f"{reason} {quote(shown, profile)}"


def quote(item: Evidence, profile: Profile | None = None) -> str:
    """A phrase in quotation marks, on one line, with its page and, where the profile is given, the dates of its job."""
    place = ", ".join(filter(None, (f"page {item.page}", dates_of(item, profile) if profile else "")))
    return f"“{' '.join(item.text.split())}” ({place})"


def named(name: str, label: str | None) -> str:
    """A certificate by the taxonomy's name, what is printed after it where it is worded otherwise."""
    same = label is None or set(_letters(label).split()) <= set(_letters(name).split())
    return name if same else f"{label}, printed “{name}”"


def _letters(text: str) -> str:
    return "".join(c if c.isalnum() else " " for c in text.casefold())
