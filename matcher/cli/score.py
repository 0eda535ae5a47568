"""`matcher score`: one resume against one job, or against the built-in role profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from matcher.cli import console
from matcher.cli.options import Common, reads_documents
from matcher.cli.session import Session, one_source_of_stdin, place
from matcher.errors import InputError
from matcher.records import Profile, Role
from matcher.report import Placed

_SHOWN_MISSING = 8


class Shape(StrEnum):
    """How a score is printed."""

    TEXT = "text"
    JSON = "json"


@reads_documents
def score(
    resume: Annotated[str, typer.Argument(metavar="RESUME", help="A resume; - is stdin.")],
    job: Annotated[
        str | None, typer.Option("--job", metavar="JOB", help="A job post (default: the built-in role profiles).")
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="How to print it.")] = Shape.TEXT,
    *,
    common: Common,
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
        _print_fits(placed, shape, versions(session.taxonomy))
    else:
        _print_roles(session, placed, shape)
    return session.close(len(placed))


def _documents(session: Session, resume: str, job: str | None) -> tuple[Profile | None, tuple[Role, ...]]:
    resumes = session.gather([resume], "resume")
    if len(resumes.files) > 1:
        raise InputError(f"{resume}: holds {len(resumes.files)} files; matcher rank takes folders, score takes one resume")
    profiles, roles = session.read_pairs(resumes, session.gather([job] if job else [], "job"))
    if not job:
        from matcher.role_file import builtin_roles

        roles = builtin_roles(session.taxonomy)
    return (profiles[0] if profiles else None), roles


def _print_fits(placed: Sequence[Placed], shape: Shape, versions: Mapping[str, str]) -> None:
    """Print one fit, or, where the job file holds several posts, one after the other (JSON: a list)."""
    if shape is Shape.TEXT:
        from matcher.report.text import fit_text

        console.show("\n\n".join(fit_text(one, console.width()) for one in placed))
        return
    from matcher.report.rows import pair_record

    records = [pair_record(one, versions) for one in placed]
    _print_json(records[0] if len(records) == 1 else records)


def _print_json(record: Any) -> None:
    from matcher.report.json_lines import dumps

    console.show(dumps(record, indent=2))


# ---------------------------------------------------------------------------------------------------------- built-in roles


def _print_roles(session: Session, placed: Sequence[Placed], shape: Shape) -> None:
    ordered = [
        Placed(rank, one.fit, one.band)
        for rank, one in enumerate(sorted(placed, key=lambda one: (-one.fit.logit, one.fit.role.source)), 1)
    ]
    steps = _next_roles(session.taxonomy.roles, ordered)
    if shape is Shape.JSON:
        from matcher.report.rows import pair_record
        from matcher.versions import versions

        made_by = versions(session.taxonomy)
        roles = [pair_record(one, made_by) for one in ordered]
        next_roles = [pair_record(step, made_by) for step in steps]
        _print_json({"resume": ordered[0].fit.profile.source, "roles": roles, "next_roles": next_roles})
    else:
        console.show(_roles_text(ordered, steps))


def _next_roles(profiles: Mapping[str, Any], ordered: Sequence[Placed]) -> tuple[Placed, ...]:
    """The roles above the best-fitting one on its ladder, as its profile names them."""
    best = ordered[0].fit.role.source
    named: Sequence[str] = next((raw.get("next_roles", []) for id, raw in profiles.items() if raw.get("id", id) == best), [])
    placed = {one.fit.role.source: one for one in ordered}
    return tuple(placed[id] for id in named if id in placed)


def _roles_text(ordered: Sequence[Placed], steps: Sequence[Placed]) -> str:
    from matcher.report.text import fit_text, listing, roles_table

    width = console.width()
    parts = [
        f"{ordered[0].fit.profile.source}: the built-in roles it fits",
        roles_table(ordered, width),
        "",
        fit_text(ordered[0], width),
    ]
    for step in steps:
        title = step.fit.role.title or step.fit.role.source
        parts += ["", f"Next step: {title} (score {step.fit.score:.2f})"]
        lacking = dict.fromkeys([*step.fit.unmet, *step.fit.missing[:_SHOWN_MISSING]])
        parts += list(listing("Missing for it", tuple(lacking), width)) or ["Nothing that is asked for is missing."]
    return "\n".join(parts)
