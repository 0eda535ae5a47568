"""Why a fit stands where it stands, in one short line: what speaks for this person, the job behind it, and what is dearest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from matcher.records import DatedJob, Fit, Month, Must, MustState, Need, Strength
from matcher.report.reasons import ANY_BAND, SLIGHT, headed, met_by_work, met_musts
from matcher.scoring.features import LIFT, Feature

ROOM = 100
"""Characters that the line has where nobody says otherwise."""
NOTHING = "nothing that it asks for is shown"
_FORMS = ((3, 2, True), (3, 1, True), (2, 1, True), (3, 1, False), (2, 1, False), (1, 1, True), (1, 1, False))
"""How many skills and lacks are told, and whether the job is, in ever shorter lines."""
_TITLE, _NAME = 32, 44
_STALE = 12
"""Months before the newest job from which on a skill's last use is told."""
_PROOFS = {
    "job": "no dates",
    "certificate": "certificate",
    "list": "listed",
    "dump": "listed",
    "bare": "listed",
    "summary": "in the summary",
    "learning": "learning",
}
"""What is said of a skill that has no months, so that it does not seem to have those of the next one."""
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SUCH = re.compile(r"(\d+) months? (in such jobs)")
_STATES = {MustState.UNMET: "not met", MustState.NEARLY: "nearly met", MustState.UNKNOWN: "not stated"}


def why(fit: Fit, room: int = ROOM) -> str:
    """The skills that earn most, the job that counts most, and the dearest must or lack, as many of them as the room allows."""
    return next((line for line in _shorter(fit) if len(line) <= room), _cut(list(_shorter(fit))[-1], room))


def _shorter(fit: Fit) -> Iterator[str]:
    """The line in ever fewer words; where no skill earns much, that which the resume names at least."""
    strong = [one for one in fit.strengths if one.points >= SLIGHT] or fit.strengths[:1]
    job, dear = _job(fit), _dear(fit)
    skills = [(_plain(one.label), _proof(one, fit)) for one in strong[: _FORMS[0][0]]]
    for named, lacks, with_job in _FORMS:
        yield _line(_skills(skills[:named]), job if with_job else "", _against(fit, dear[:lacks])) or _heaviest(fit)
    yield _line(_skills(skills[:1]), "", _against(fit, dear[:1], brief=True)) or _heaviest(fit)


def _line(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _heaviest(fit: Fit) -> str:
    """What speaks for a fit that shows no skill and lacks none."""
    found = [part for part in fit.contributions if part.points > 0 and part.name != Feature.TEXT]
    best = max(found, key=lambda part: part.points, default=None)
    return headed(best.name, best.reason) if best else NOTHING


# ---------------------------------------------------------------------------------------------------------------- for


def _skills(strong: Sequence[tuple[str, str]]) -> str:
    """Skills, each with the months of the jobs that show it, or with where else it stands."""
    proofs = {proof for _, proof in strong}
    if len(strong) > 1 and len(proofs) == 1 and strong[0][1].endswith(" mo"):
        return f"{', '.join(name for name, _ in strong)} {strong[0][1]} each"
    return ", ".join(f"{name} {proof}".rstrip() for name, proof in strong)


def _proof(one: Strength, fit: Fit) -> str:
    if not one.months:
        return f"({_PROOFS[one.proof]})" if one.proof in _PROOFS else ""
    newest = max((job.end for job in fit.profile.facts.jobs if job.end), default=None)
    stale = newest and one.last_used and Month.parse(newest) - Month.parse(one.last_used) > _STALE
    return f"{one.months} mo" + (f" to {(one.last_used or '')[:4]}" if stale else "")


def _job(fit: Fit) -> str:
    """The job that the score counts most, with its dates; that there is none; of a newcomer the last one, whatever it was."""
    part = next((part for part in fit.contributions if part.name == Feature.FAMILY and part.points > 0), None)
    found = (
        next((job for item in part.evidence for job in fit.profile.facts.jobs if _is(job, item.start)), None) if part else None
    )
    if found:
        return f"{_cut(found.title, _TITLE)} {_dated(found)}".strip()
    if any(part.name == LIFT for part in fit.contributions):
        last = fit.profile.facts.last_title
        return f"last job {_cut(last, _TITLE)}" if last else "newcomer, no dated job"
    return "no related job" if any(lack.need is Need.ROLE and lack.part == Feature.FAMILY for lack in fit.lacks) else ""


def _is(job: DatedJob, start: int) -> bool:
    return job.title_start == start and bool(job.title)


def _dated(job: DatedJob) -> str:
    return job.dates.replace(" to ", "–")


# ------------------------------------------------------------------------------------------------------------ against


def _against(fit: Fit, dear: Sequence[str], brief: bool = False) -> str:
    """The must that holds the fit down most, else the things that would bring most if they were shown."""
    holding = [must for must in fit.musts if must.state is not MustState.MET and must.cap < ANY_BAND]
    if holding:
        return _must(min(holding, key=lambda must: (must.points, must.cap)), brief)
    return f"not shown: {', '.join(dear)}" if dear else ""


def _dear(fit: Fit) -> list[str]:
    """The things that would bring most if they were shown, as many as a line may name."""
    dear: dict[str, float] = {}
    met = met_musts(fit)
    for lack in fit.lacks:
        if lack.need is not Need.ROLE and not met_by_work(lack, met):
            dear[lack.label] = dear.get(lack.label, 0.0) + lack.points
    worth = sorted((label for label in dear if dear[label] >= SLIGHT), key=lambda label: -dear[label])
    named: dict[str, None] = {}
    for label in worth:
        named[_named(label)] = None
        if len(named) == _FORMS[0][1]:
            break
    return list(named)


def _must(must: Must, brief: bool) -> str:
    label = _named(must.label).replace(": ", " ")
    such = _SUCH.fullmatch(must.shown)
    told = " ".join(such.groups()) if such else f"shows {_cut(must.shown, _NAME)}"
    shown = f" ({told})" if must.shown and not brief else ""
    return f"{_STATES[must.state]}: {_cut(label, _NAME)}{shown}"


def _named(label: str) -> str:
    """Alternatives by the first of them."""
    first, others, _ = _plain(label).partition(" or ")
    return f"{first} or the like" if others else first


def _plain(label: str) -> str:
    """Without what stands in brackets."""
    return _BRACKETS.sub("", label)


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip(" ,;:-") + "…"
