"""One pair of resume and role as one row: the columns of `.csv` and `.parquet`, of which the workbook shows a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.records import CLAIMED, Certification, Contribution, DatedJob, Fit, Language, MustState, Profile
from matcher.report.reasons import Reason, in_part, must_sentence, not_shown, speaks_against, telling
from matcher.report.records import BANDS, Placed, RunInfo, Trouble
from matcher.report.rows import named, opening_text, quote
from matcher.report.why import why

Value = str | int | float | tuple[str, ...] | None
"""What a column holds; None is "not said"."""
REASONS = 3


class Type(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    SEVERAL = "several texts"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the flat files: its name, what its values are, and what they mean."""

    name: str
    type: Type
    meaning: str


_TEXT, _WHOLE, _NUMBER, _SEVERAL = Type.TEXT, Type.WHOLE, Type.NUMBER, Type.SEVERAL
COLUMNS = (
    Column("rank", _WHOLE, "place among all resumes for the job, from 1"),
    Column("candidate", _TEXT, "name as printed"),
    Column("emails", _SEVERAL, "e-mail addresses"),
    Column("phones", _SEVERAL, "telephone numbers"),
    Column("city", _TEXT, "town as printed; never scored"),
    Column("job_title", _TEXT, "the role"),
    Column("score", _NUMBER, "0 to 1, 4 decimals"),
    Column("band", _WHOLE, "0 no, 1 weak, 2 possible, 3 strong"),
    Column("fit", _TEXT, "the band's name"),
    Column("why", _TEXT, "why it stands there in a line: skills with their months, the job that counts most, what is dearest"),
    Column("reason_1", _TEXT, "what speaks for the fit most, with its first quotation and page"),
    Column("reason_2", _TEXT, "the second"),
    Column("reason_3", _TEXT, "the third"),
    Column("against", _SEVERAL, "parts that lower the score, with their points"),
    Column("unmet", _SEVERAL, "musts that are not met, what is shown instead, and the band that they allow"),
    Column("missing", _SEVERAL, "asked for and not shown, with the points that it would bring"),
    Column("partial", _SEVERAL, "shown in part, and why; points, of those in full"),
    Column("unknown", _SEVERAL, "what the resume leaves open"),
    Column("questions", _SEVERAL, "questions to ask, the weightiest first"),
    Column("better_openings", _SEVERAL, "other jobs of the run that fit this resume better"),
    Column("total_years", _NUMBER, "years of work as dated or stated"),
    Column("customer_contact_months", _WHOLE, "months in dated jobs of contact centres, customer service, help desks and BPO"),
    Column("months_by_family", _SEVERAL, "months by kind of work, the longest first"),
    Column("last_title", _TEXT, "title of the newest job"),
    Column("last_dates", _TEXT, "its dates"),
    Column("channels", _SEVERAL, "months by channel"),
    Column("lines_of_business", _SEVERAL, "months by line of business"),
    Column("languages", _SEVERAL, "languages with the level as printed, and the page"),
    Column("certifications", _SEVERAL, "certificates and licences, and how they stand"),
    Column("typing_wpm", _WHOLE, "typing speed in words a minute"),
    Column("kpis", _SEVERAL, "measured results as printed"),
    Column("flags", _SEVERAL, "what to look at in the resume; no part of the score"),
    Column("resume", _TEXT, "file, below the folder that was given"),
    Column("job", _TEXT, "file of the job post, or id of the role profile"),
    Column("job_flags", _SEVERAL, "what to look at in the job post"),
    Column("logit", _NUMBER, "the points added up; the score is 1 / (1 + e^-logit)"),
    Column("sha256", _TEXT, "SHA-256 of the resume"),
    Column("job_sha256", _TEXT, "SHA-256 of the job post"),
    Column("as_of", _TEXT, "when jobs that are still open end"),
    Column("decision", _TEXT, "what a person decided last on this resume's owner for this job, where a project knows it"),
    Column("note", _TEXT, "what was noted with it"),
    Column("error", _TEXT, "code and reason, in the rows at the end for files without a result"),
)
"""The columns of the flat files, in order; names are never changed."""


def flat_record(placed: Placed, run: RunInfo) -> dict[str, Value]:
    """The pair as one row, keyed by the names of `COLUMNS`."""
    fit = placed.fit
    found: dict[str, Value] = {
        "rank": placed.rank,
        "job_title": fit.role.title,
        "score": round(fit.score, 4),
        "band": placed.band,
        "fit": BANDS[placed.band],
        **_reasons(fit),
        "unknown": fit.unknown,
        "questions": fit.questions,
        "better_openings": tuple(opening_text(opening) for opening in placed.better),
        "job": fit.role.source,
        **_person(fit.profile, run),
        "flags": tuple(notice.sentence for notice in (*fit.flags, *fit.profile.warnings)),
        "job_flags": tuple(notice.sentence for notice in fit.role.warnings),
        "logit": fit.logit,
        "sha256": fit.profile.sha256,
        "job_sha256": fit.role.sha256,
        "as_of": fit.profile.as_of,
        "decision": placed.decision or None,
        "note": placed.note or None,
        "error": None,
    }
    return {column.name: found[column.name] for column in COLUMNS}


def error_row(trouble: Trouble) -> dict[str, Value]:
    """The row that stands for a file without a result."""
    empty: dict[str, Value] = {column.name: () if column.type is Type.SEVERAL else None for column in COLUMNS}
    return empty | {trouble.document: trouble.source, "error": f"{trouble.code}: {trouble.message}"}


def lines(value: Value) -> str | int | float | None:
    """A value for a cell: several texts stand one a line, and none is an empty cell."""
    return "\n".join(value) or None if isinstance(value, tuple) else value


# ----------------------------------------------------------------------------------------------------------------- reasons


def _reasons(fit: Fit) -> dict[str, Value]:
    best = best_reasons(fit)
    return {
        "why": why(fit),
        **{f"reason_{place + 1}": best[place] if place < len(best) else None for place in range(REASONS)},
        "against": tuple(f"{reason.sentence} ({reason.points or 0:+.2f})" for reason in speaks_against(fit)),
        "unmet": tuple(_unmet(fit)),
        "missing": tuple(f"{reason.sentence} (+{reason.most or 0:.2f})" for reason in not_shown(fit)),
        "partial": tuple(_credit(reason) for reason in in_part(fit)),
    }


def best_reasons(fit: Fit) -> list[str]:
    """What speaks for the fit most, each with its first quotation.

    Last come what everybody is given who applies, which tells nobody apart, and likeness of wording, which nobody can check.
    """
    raising = (part for part in fit.contributions if part.points > 0)
    heavy = sorted(raising, key=telling)
    return [_with_quote(part, fit.profile) for part in heavy[:REASONS]]


def _with_quote(part: Contribution, profile: Profile) -> str:
    shown = next((item for item in part.evidence if item.document == "resume"), None)
    if shown is None:
        return part.reason
    if " ".join(shown.text.split()).casefold() not in part.reason.casefold():
        return f"{part.reason} {quote(shown, profile)}"
    return part.reason if "(page " in part.reason else f"{part.reason} (page {shown.page})"


def _credit(reason: Reason) -> str:
    return f"{reason.sentence} ({reason.points or 0:+.2f} of {reason.most or 0:.2f})"


def _unmet(fit: Fit) -> Iterable[str]:
    """Conditions that are not met, with what is shown instead; skills have a column of their own."""
    told = [*(lack.label for lack in fit.lacks), *(must.label for must in fit.musts)]
    others = [label for label in fit.unmet if not any(label.startswith(known) for known in told)]
    return [*(must_sentence(must) for must in fit.musts if must.state in (MustState.UNMET, MustState.NEARLY)), *others]


# ------------------------------------------------------------------------------------------------------------------ person


def _person(profile: Profile, run: RunInfo) -> dict[str, Value]:
    facts = profile.facts
    last = last_job(profile)
    return {
        "candidate": facts.contact.name,
        "emails": facts.contact.emails,
        "phones": facts.contact.phones,
        "city": facts.contact.city,
        "resume": profile.source,
        "total_years": facts.total_years,
        "customer_contact_months": facts.customer_contact_months,
        "months_by_family": _durations(facts.months_by_family, run),
        "last_title": facts.last_title,
        "last_dates": (last.dates or None) if last else None,
        "channels": _durations(facts.months_by_channel, run),
        "lines_of_business": _durations(facts.months_by_line_of_business, run),
        "languages": tuple(_languages(profile, run)),
        "certifications": tuple(_with(named(item.name, item.label), _state(item)) for item in facts.certifications),
        "typing_wpm": facts.typing_wpm,
        "kpis": tuple(_with(item.quote, "see whether it can be" if item.doubtful else None) for item in facts.kpis),
    }


def last_job(profile: Profile) -> DatedJob | None:
    """The newest of the jobs that have the last title; None where there is none."""
    own = [job for job in profile.facts.jobs if job.title == profile.facts.last_title]
    return max(own, key=lambda job: (job.open, job.end or "", job.start or "", -job.begin), default=None)


def _languages(profile: Profile, run: RunInfo) -> Iterable[str]:
    """Each language with its level and, where it was found among the skills, where that stands."""
    pages = {
        run.label(claim.concept).casefold(): claim.evidence[0]
        for claim in profile.claims
        if claim.stance in CLAIMED and claim.evidence
    }
    for item in profile.facts.languages:
        shown = pages.get(item.name.casefold())
        yield _language(item, f"page {shown.page}" if shown else None)


def _language(item: Language, place: str | None) -> str:
    return _with(item.name, ", ".join(filter(None, (item.level, place))))


def _durations(months: Mapping[str, int], run: RunInfo) -> tuple[str, ...]:
    ordered = sorted(months.items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{run.label(id)} ({count} mo)" for id, count in ordered)


def _with(name: str, detail: str | None) -> str:
    return f"{name} ({detail})" if detail else name


def _state(item: Certification) -> str | None:
    return f"{item.status}, until {item.expires}" if item.status and item.expires else item.status
