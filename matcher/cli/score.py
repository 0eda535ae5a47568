"""`matcher score`: one resume against one job, or against the built-in role profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from matcher.cli import console
from matcher.cli.completing import jobs
from matcher.cli.options import Fitting, reads_documents
from matcher.cli.profiles import named_profiles, parted
from matcher.cli.session import Session, one_source_of_stdin, place
from matcher.errors import InputError
from matcher.records import Profile, Role
from matcher.report import Placed

if TYPE_CHECKING:
    from matcher.scoring import Scorer

_SHOWN_MISSING = 8
_SHOWN_ROLES = 10
_MANY, _SHOWN_OPTIONS = 3, 3
"""From how many alternatives on they are told as a list, and how many of them are."""
_HELD = 2
"""The band below which a resume does not show the best role itself, so that this role is the first step."""
_FAR = 2
"""So many levels above a role that the resume does not yet show are no next step."""
_NONE_FITS = "No role fits what this resume shows; --job holds it against a post, --format json has every reason."


class Shape(StrEnum):
    """How a score is printed."""

    TEXT = "text"
    JSON = "json"


@reads_documents
def score(
    resume: Annotated[str, typer.Argument(metavar="RESUME", help="A resume; - is stdin.")],
    job: Annotated[
        str | None,
        typer.Option("--job", metavar="JOB", help="A job post, or role:ID (default: all role profiles).", autocompletion=jobs),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="How to print it.")] = Shape.TEXT,
    top: Annotated[int, typer.Option("--top", min=1, help="How many of the built-in roles the text shows.")] = _SHOWN_ROLES,
    *,
    common: Fitting,
) -> int:
    """Say how well one resume fits one job, and why; or which of the built-in roles it fits, and what the next step asks for."""
    one_source_of_stdin([resume], [job or ""])
    session = Session.begin(common)
    session.warns = False
    scorer = session.scorer()
    profile, roles = _documents(session, resume, job)
    if profile is None or not roles:
        return session.close(0)
    from matcher.versions import versions

    placed = [place(scorer, role, [profile]).placed[0] for role in roles]
    if job:
        placed = list(map(session.sight.placed, placed))
        _print_fits(placed, shape, versions(session.taxonomy, session.models))
    else:
        _print_roles(session, placed, shape, top, scorer)
    return session.close(len(placed))


def _documents(session: Session, resume: str, job: str | None) -> tuple[Profile | None, tuple[Role, ...]]:
    names, paths = parted([job] if job else [])
    named = session.weighed(named_profiles(session.taxonomy, names))
    resumes = session.gather([resume], "resume")
    if len(resumes.files) > 1:
        raise InputError(f"{resume}: holds {len(resumes.files)} files; matcher rank takes folders, score takes one resume")
    profiles, roles = session.read_pairs(resumes, session.gather(paths, "job"))
    if len(profiles) > 1:
        raise InputError(f"{resume}: holds {len(profiles)} documents; matcher rank takes them all, score takes one resume")
    if not job:
        from matcher.role_file import builtin_roles

        named = session.weighed(builtin_roles(session.taxonomy))
    return (profiles[0] if profiles else None), (*roles, *named)


def _print_fits(placed: Sequence[Placed], shape: Shape, versions: Mapping[str, str]) -> None:
    """Print one fit, or, where the job file holds several posts, one after the other (JSON: a list)."""
    if shape is Shape.TEXT:
        from matcher.report.explained import fit_text

        console.show("\n\n".join(fit_text(one, console.width()) for one in placed))
        return
    from matcher.report.rows import pair_record

    records = [pair_record(one, versions) for one in placed]
    _print_json(records[0] if len(records) == 1 else records)


def _print_json(record: Any) -> None:
    from matcher.report.json_lines import dumps

    console.show(dumps(record, indent=2))


# ---------------------------------------------------------------------------------------------------------- built-in roles


def _print_roles(session: Session, placed: Sequence[Placed], shape: Shape, top: int, scorer: Scorer) -> None:
    ordered = [
        Placed(rank, one.fit, one.band, one.thresholds)
        for rank, one in enumerate(sorted(placed, key=lambda one: (-one.fit.logit, one.fit.role.source)), 1)
    ]
    seat, steps = _ladder(session.taxonomy.roles, ordered, scorer)
    seen = {id(one): session.sight.placed(one) for one in ordered}
    ordered, seat, steps = list(seen.values()), seen[id(seat)], tuple(seen[id(step)] for step in steps)
    if shape is Shape.JSON:
        from matcher.report.rows import pair_record
        from matcher.versions import versions

        made_by = versions(session.taxonomy, session.models)
        roles = [pair_record(one, made_by) for one in ordered]
        next_roles = [pair_record(step, made_by) for step in steps]
        source = ordered[0].fit.profile.source
        _print_json({"resume": source, "seat": seat.fit.role.source, "roles": roles, "next_roles": next_roles})
    else:
        console.show(_roles_text(ordered, seat, steps, top, scorer))


def _ladder(profiles: Mapping[str, Any], ordered: Sequence[Placed], scorer: Scorer) -> tuple[Placed, tuple[Placed, ...]]:
    """The role that the resume stands on, and those above it on its ladder, the natural next step first."""
    from matcher.growth import rung

    placed = {one.fit.role.source: one for one in ordered}
    found = rung(scorer, profiles, [one.fit for one in ordered])
    return placed[found.seat.role.source], tuple(placed[step.role.source] for step in found.steps)


def _roles_text(ordered: Sequence[Placed], seat: Placed, steps: Sequence[Placed], top: int, scorer: Scorer) -> str:
    """The best roles as a table, the best of them explained, and each step upward from it with what is missing."""
    from matcher.report.explained import fit_text
    from matcher.report.text import roles_table, weights_changed, wrap

    best, width, rest = ordered[0], console.width(), len(ordered) - top
    parts = [
        f"{best.fit.profile.source}: the roles it fits best, by score",
        *weights_changed([one.fit.role for one in ordered]),
        roles_table(ordered[:top], width),
        *([f"(and {rest} more; --top shows more, --format json has all)"] if rest > 0 else []),
        "",
    ]
    if not best.band:
        return "\n".join([*parts, _NONE_FITS])
    parts.append(fit_text(best, width))
    if best.band < _HELD:
        steps = [step for step in steps if _in_reach(step.fit.role, best.fit.role)]
    parts += ["", *wrap(_ladder_text(best, seat, bool(steps)), width, "", "  ")]
    if best.band < _HELD:
        parts += ["", *_step_lines(best, "First step", width, scorer)]
    for number, step in enumerate(steps):
        parts += ["", *_step_lines(step, "Or" if number else "Next step", width, scorer)]
    return "\n".join(parts)


def _ladder_text(best: Placed, seat: Placed, steps: bool) -> str:
    """How the seat and the steps after it are chosen."""
    title = f"{seat.fit.role.title} (score {seat.fit.score:.2f})"
    if best.band < _HELD:
        told = f"The ladder: no role is a possible fit yet, so that the best one is the first step: {title}"
    elif seat is best:
        told = f"The ladder: the present seat is taken to be the best fit, {title}"
    else:
        told = (
            f"The ladder: the present seat is taken to be {title}, which stands above the best fit, fits strongly and is no "
            "higher than the last job"
        )
    return told + ("; the roles above it follow, the nearest step first, then by score" if steps else "")


def _in_reach(step: Role, best: Role) -> bool:
    return step.level is None or best.level is None or step.level < best.level + _FAR


def _step_lines(step: Placed, head: str, width: int, scorer: Scorer) -> Iterator[str]:
    """A role above the present one: what such seats usually want of a career, and which skills are not shown."""
    from matcher.report.text import listing, wrap

    role = step.fit.role
    yield f"{head}: {role.title or role.source} (score {step.fit.score:.2f})"
    if usual := ", ".join(_usual(step, scorer)):
        yield from wrap(usual, width, "Usual for it: ", "  ")
    lacking = [_any_of(item) for item in _told_once([*step.fit.unmet, *step.fit.missing])[:_SHOWN_MISSING]]
    yield from list(listing("Missing for it", lacking, width)) or ["Nothing that is asked for is missing."]


def _usual(step: Placed, scorer: Scorer) -> Iterator[str]:
    """What such seats usually want of a career, each with what the resume shows of it, where that is known."""
    profile, facts = step.fit.profile, step.fit.role.facts
    if facts.min_months_experience:
        months = scorer.months(profile, step.fit.role)
        yield f"{facts.min_months_experience} months in the field" + (f" ({months} shown)" if months is not None else "")
    if facts.education_min:
        level = profile.facts.education
        yield f"education: {facts.education_min}{f' ({level} shown)' if level != 'unknown' else ''}".replace("_", " ")


def _any_of(item: str) -> str:
    """Alternatives as such, the first of many."""
    options = item.split(" or ")
    if len(options) < _MANY:
        return item
    rest = len(options) - _SHOWN_OPTIONS
    return f"one of {', '.join(options[:_SHOWN_OPTIONS])}" + (f" and {rest} more" if rest > 0 else "")


def _told_once(items: Sequence[str]) -> list[str]:
    """Without what only repeats alternatives named before: a must and a wish often name the same skill."""
    told: dict[str, frozenset[str]] = {}
    for item in items:
        options = frozenset(item.split(" or "))
        if not any(options <= before for before in told.values()):
            told[item] = options
    return list(told)
