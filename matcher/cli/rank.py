"""`matcher rank`: every resume against every job."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from matcher.cli import completing, console
from matcher.cli.best_roles import BestRoles
from matcher.cli.book import Book, book_of, kept
from matcher.cli.inputs import refuse_inputs
from matcher.cli.options import Fitting, reads_documents
from matcher.cli.profiles import named_profiles, parted
from matcher.cli.session import Session, one_source_of_stdin
from matcher.errors import InputError
from matcher.records import Role
from matcher.report import Outputs, Ranking

_TOP_FILE, _TOP_SCREEN = 50, 10
_NAMED = 5


@reads_documents
def rank(
    resumes: Annotated[list[str], typer.Argument(metavar="RESUME_OR_FOLDER...", help="Resumes or folders of them; - is stdin.")],
    jobs: Annotated[
        list[str] | None,
        typer.Option(
            "--jobs",
            metavar="JOB_OR_FOLDER",
            help="Job posts or folders of them, or role:ID for a built-in role profile; several may follow.",
            autocompletion=completing.jobs,
        ),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", help="File of results (.xlsx .html .csv .jsonl .parquet); may be given several times."),
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help="How many of each job .xlsx, .html (50) and screen (10) show.")
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option("--project", metavar="DIR", help="Keep what is read and scored in this folder, and read only what is new."),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="With --project: rank older resumes of the same person as well.")
    ] = False,
    *,
    common: Fitting,
) -> int:
    """Rank resumes for each job post, or for the built-in role profiles when no job is given.

    Without --out, a table of the best goes to standard output; without a job either, the best roles of each resume.
    """
    begun = time.monotonic()
    one_source_of_stdin(resumes, jobs or ())
    if keep_all and project is None:
        raise InputError("--keep-all: without --project every resume is ranked; leave it out")
    outputs = Outputs(out or ())
    session = Session.begin(common, outs=out or ())
    model = session.ranker()
    with kept(session, project, out or ()):
        found, roles = _documents(session, resumes, jobs or (), out or ())
        book = book_of(session, found, roles, model, keep_all)
        tops = (top or _TOP_FILE, None if out else top or _TOP_SCREEN)
        if not book.up_to_date(out or (), tops[0]):
            with outputs, _explained():
                best = BestRoles() if book.put_back(out or ()) else _write(session, outputs, book, out or (), tops, bool(jobs))
            if not jobs and not out:
                best.show(top)
        book.finish(out or ())
        status = session.close(len(book.resumes) * len(roles))
        if not common.quiet:
            _warn_of_tricks(book, session.sight.blind)
            for line in book.told():
                console.say(line)
            console.say(_summary(book, time.monotonic() - begun, out or ()))
    return status


def _documents(
    session: Session, resumes: Sequence[str], jobs: Sequence[str], out: Sequence[Path]
) -> tuple[tuple[Any, ...], tuple[Role, ...]]:
    names, paths = parted(jobs)
    named = session.weighed(named_profiles(session.taxonomy, names))
    found = session.gather(resumes, "resume")
    posts = session.gather(paths, "job")
    refuse_inputs(out, (*found.files, *posts.files))
    if session.run is None and not (found.files and (posts.files or named or not jobs)):
        return (), ()  # what is missing was told, and reading the others would be for nothing
    profiles, roles = session.read_pairs(found, posts)
    if not jobs:
        from matcher.role_file import builtin_roles

        named = session.weighed(builtin_roles(session.taxonomy))
    return profiles, (*roles, *named)


def _write(
    session: Session, outputs: Outputs, book: Book, out: Sequence[Path], tops: tuple[int, int | None], posted: bool
) -> BestRoles:
    """Rank for each role, write and show; gives what the role profiles are for each resume, where no job was given."""
    best = BestRoles()
    info = session.run_info(top=tops[0], resumes=len(book.resumes), jobs=len(book.roles))
    outputs.start(info)
    for ranking in book.rankings(out, tops[1] or tops[0]):
        book.note(ranking, tops[1] or tops[0])
        ranking = session.sight.ranking(ranking)
        outputs.add(ranking)
        if tops[1] and posted:
            _show(ranking, tops[1])
        elif tops[1]:
            best.add(ranking)
    book.make_way(out)
    outputs.finish()
    return best


@contextmanager
def _explained() -> Iterator[None]:
    """Turn a disk that is full or gone while results are written into one line; what was begun of them is removed."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        why = error.strerror or str(error)
        raise InputError(
            f"the results cannot be written ({why}); free some space or choose another place, and run again"
        ) from error


def _show(ranking: Ranking, top: int) -> None:
    from matcher.report.musts import notes
    from matcher.report.text import ranking_table, wrap

    width = console.width()
    below = [line for note in notes(ranking, top) for line in wrap(note, width, "", "  ")]
    console.show("\n".join([ranking_table(ranking, top, width), *below]) + "\n\n")


def _warn_of_tricks(book: Book, blind: bool) -> None:
    """One line that names the resumes in which something was there for a machine and not for people."""
    if found := book.tricky():
        named = ", ".join(found[:_NAMED]) + (f" and {len(found) - _NAMED} more" if len(found) > _NAMED else "")
        why = "text that is hidden, repeated, stuffed or aimed at a machine was left out or flagged"
        file = "the key names its file, and matcher score" if blind else "matcher score FILE"
        console.say_warning(f"look closely at {named}: {why}; {file} shows it")


def _summary(book: Book, seconds: float, out: Sequence[Path]) -> str:
    from matcher.report.text import counted

    resumes, jobs = counted(len(book.resumes), "resume"), counted(len(book.roles), "job")
    done = f"ranked {resumes} for {jobs} in {seconds:.1f} s; {book.counted()}"
    if not book.resumes or not book.roles:
        return done
    return f"{done}; next: open {', '.join(map(str, out))}" if out else f"{done}; next: --out shortlist.xlsx writes all of it"
