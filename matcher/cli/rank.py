"""`matcher rank`: every resume against every job."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.cli.inputs import refuse_inputs
from matcher.cli.options import Scoring, reads_documents
from matcher.cli.profiles import named_profiles, parted
from matcher.cli.session import Session, one_source_of_stdin, place
from matcher.records import TRICKS, Profile, Role
from matcher.report import Outputs, Ranking

if TYPE_CHECKING:
    from matcher.growth import BestOpenings
    from matcher.scoring import Scorer

_TOP_FILE, _TOP_SCREEN = 50, 10
_NAMED = 5
_POSSIBLE = 2
"""The band from which a role profile without a post is worth a shortlist on the screen."""


@reads_documents
def rank(
    resumes: Annotated[list[str], typer.Argument(metavar="RESUME_OR_FOLDER...", help="Resumes or folders of them; - is stdin.")],
    jobs: Annotated[
        list[str] | None,
        typer.Option(
            "--jobs",
            metavar="JOB_OR_FOLDER",
            help="Job posts or folders of them, or role:ID for a built-in role profile; several may follow.",
        ),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", help="File of results (.xlsx .csv .jsonl); may be given several times."),
    ] = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help="How many of each job .xlsx (50) and screen (10) show.")] = None,
    *,
    common: Scoring,
) -> int:
    """Rank resumes for each job post, or for the built-in role profiles when no job is given.

    Without --out, a table of the best goes to standard output.
    """
    begun = time.monotonic()
    one_source_of_stdin(resumes, jobs or ())
    outputs = Outputs(out or ())
    session = Session.begin(common)
    scorer = session.scorer()
    profiles, roles = _documents(session, resumes, jobs or (), out or ())
    with outputs:
        tops = (top or _TOP_FILE, None if out else top or _TOP_SCREEN)
        unfilled = _write(session, scorer, outputs, profiles, roles, tops, bool(jobs))
    if unfilled and not jobs and not out:
        console.show(f"{unfilled} more role profiles have nobody above weak fit; --out writes all\n")
    status = session.close(len(profiles) * len(roles))
    if not common.quiet:
        _warn_of_tricks(profiles)
        console.say(_summary(session, len(profiles), len(roles), time.monotonic() - begun))
    return status


def _documents(
    session: Session, resumes: Sequence[str], jobs: Sequence[str], out: Sequence[Path]
) -> tuple[tuple[Profile, ...], tuple[Role, ...]]:
    names, paths = parted(jobs)
    named = session.weighed(named_profiles(session.taxonomy, names))
    found = session.gather(resumes, "resume")
    posts = session.gather(paths, "job")
    refuse_inputs(out, (*found.files, *posts.files))
    profiles, roles = session.read_pairs(found, posts)
    if not jobs:
        from matcher.role_file import builtin_roles

        named = session.weighed(builtin_roles(session.taxonomy))
    return profiles, (*roles, *named)


def _write(
    session: Session,
    scorer: Scorer,
    outputs: Outputs,
    profiles: Sequence[Profile],
    roles: Sequence[Role],
    tops: tuple[int, int | None],
    posted: bool,
) -> int:
    """Rank for each role, write and show; gives how many shortlists of role profiles were left out for want of a fit."""
    from matcher.growth import BestOpenings

    unfilled = 0
    info = session.run_info(top=tops[0], resumes=len(profiles), jobs=len(roles))
    outputs.start(info)
    best = BestOpenings(scorer, profiles, roles if len(roles) > 1 else ())
    for role in roles if profiles else ():
        ranking = _with_growth(place(scorer, role, profiles), scorer, best)
        outputs.add(ranking)
        if tops[1] and (posted or ranking.placed[0].band >= _POSSIBLE):
            _show(ranking, tops[1])
        else:
            unfilled += 1
    outputs.finish()
    return unfilled


def _with_growth(ranking: Ranking, scorer: Scorer, best: BestOpenings) -> Ranking:
    """Add which openings fit each resume better, and what the role's musts cost."""
    from matcher.growth import must_costs, relaxed

    placed = tuple(replace(one, better=best.better(one.fit), relaxed=relaxed(scorer, one.fit)) for one in ranking.placed)
    musts = must_costs((one.band, one.relaxed) for one in placed)
    return Ranking(ranking.role, placed, musts)


def _show(ranking: Ranking, top: int) -> None:
    from matcher.report.musts import notes
    from matcher.report.text import ranking_table, wrap

    width = console.width()
    below = [line for note in notes(ranking, top) for line in wrap(note, width, "", "  ")]
    console.show("\n".join([ranking_table(ranking, top, width), *below]) + "\n\n")


def _warn_of_tricks(profiles: Sequence[Profile]) -> None:
    """One line that names the resumes in which something was there for a machine and not for people."""
    found = [profile.source for profile in profiles if any(notice.code in TRICKS for notice in profile.warnings)]
    if found:
        named = ", ".join(found[:_NAMED]) + (f" and {len(found) - _NAMED} more" if len(found) > _NAMED else "")
        why = "text that is hidden, repeated, stuffed or aimed at a machine was left out or flagged"
        console.say_warning(f"look closely at {named}: {why}; matcher score FILE shows it")


def _summary(session: Session, resumes: int, jobs: int, seconds: float) -> str:
    failed, skipped = len(session.troubles), len(session.skipped)
    return f"ranked {resumes} resumes for {jobs} jobs in {seconds:.1f} s; {failed} failed, {skipped} skipped"
