"""`matcher record`: what a project's record says, of its runs, of one run's ranking, and of a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.cli.session import OK
from matcher.errors import InputError
from matcher.unseen import one_line

if TYPE_CHECKING:
    from matcher.project import Project
    from matcher.project.history import History, Line

_SHORT = 12
"""Digits of a SHA-256 that are shown."""


def record(
    project: Annotated[Path, typer.Option("--project", metavar="DIR", help="The project's folder.")],
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="[PERSON]",
            help="An e-mail address, a telephone number, a resume's file name, or the beginning of its SHA-256.",
        ),
    ] = None,
    run: Annotated[int | None, typer.Option("--run", min=1, help="Show the rankings of the run with this number.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="With --run: how many of each job are shown.")] = 10,
) -> int:
    """Show what the record says: of a person, or of the rankings of a run as they were then; without either, all runs.

    Of a person: each run that told something new, with scores, ranks, reasons and what was not met, and all decisions.
    """
    from matcher.project import open_project
    from matcher.project.erase import find_person
    from matcher.project.history import History
    from matcher.project.record import flush, next_run

    if id is not None and run is not None:
        raise InputError(f"--run {run}: shows all people; leave it out, or leave out {id}")
    with open_project(project, make=False) as opened:
        flush(opened)
        person = find_person(opened, id) if id is not None else None
        titles = _titles(opened)
        history = History(project, next_run(opened)[0] - 1)
    if person is not None:
        lines = [_person(person.names, person.sources), *_lost(history), *_events(history, person.resumes, titles)]
    else:
        lines = list((*_lost(history), *_runs(history)) if run is None else _run(history, run, top, titles))
    console.show("\n".join(map(one_line, lines)) + "\n")
    return OK


def _titles(project: Project) -> dict[str, str]:
    """The titles of openings by their keys."""
    return dict(project.rows("SELECT key, title FROM openings"))


def _person(names: tuple[str, ...], sources: tuple[str, ...]) -> str:
    return f"{' / '.join(names) or 'no name'}: {', '.join(sources)}"


# -------------------------------------------------------------------------------------------------------------------- runs


def _lost(history: History) -> Iterator[str]:
    """Which runs the record cannot tell of."""
    if history.lost:
        yield f"not in this record, for an earlier file was moved away or lost: {_numbers(history.lost)}"
    if history.torn:
        yield f"not known are the rankings that go on from there: {_numbers(sorted(history.torn))}"


def _numbers(runs: list[int]) -> str:
    if len(runs) == 1:
        return f"run {runs[0]}"
    whole = runs[-1] - runs[0] + 1 == len(runs)
    return f"{'' if whole else f'{len(runs)} of '}runs {runs[0]} to {runs[-1]}"


def _runs(history: History) -> Iterator[str]:
    from matcher.report.text import grid

    head = ("run", "time", "as of", "resumes", "added", "removed", "jobs", "written")
    rows = [
        (
            *(str(number), line["time"], line["settings"]["as_of"], str(line["resumes"])),
            *(str(len(line[name])) for name in ("added", "removed", "jobs")),
            ", ".join(line["outputs"]) or "-",
        )
        for number, line in history.runs.items()
    ]
    if rows or not history.lost:
        yield from grid(head, rows, console.width()).splitlines() if rows else ("no run yet",)


def _run(history: History, number: int, top: int, titles: dict[str, str]) -> Iterator[str]:
    from matcher.report.text import band_name, counted, grid, role_name

    line = history.run(number)
    settings = line["settings"]
    size = f"{counted(line['resumes'], 'resume')}, {counted(len(line['jobs']), 'job')}"
    yield f"run {number}, {line['time']}, as of {settings['as_of']}: {size}"
    yield "made with " + ", ".join(f"{name} {version}" for name, version in settings["versions"].items())
    yield "options: " + (_options(settings) or "none")
    gone = sum(one["resumes"] for one in history.erased if one["n"] > line["n"])
    if gone:
        yield f"{counted(gone, 'resume')} erased since, and in no ranking"
    if number in history.torn:
        yield "its rankings are not known: it goes on from a run whose record was moved away or lost"
        return
    for place, (source, _, key) in enumerate(line["jobs"]):
        ranking = history.ranking(number, place)
        rows = [
            (str(one.rank), f"{one.score:.2f}", band_name(one.band), one.resume, one.sha256[:_SHORT]) for one in ranking[:top]
        ]
        yield ""
        yield role_name(titles.get(key, ""), source)
        yield from grid(("#", "score", "fit", "resume", "sha-256"), rows, console.width()).splitlines()
        if len(ranking) > top:
            yield f"(and {len(ranking) - top} more; --top shows more)"


def _options(settings: dict[str, object]) -> str:
    """The options that rank the same files in the same way, as they are typed."""
    weights = settings.get("weights")
    told = [f'--weight "{text}"' for text in weights] if isinstance(weights, list) else []
    told += [f"--{name} {settings[name]}" for name in ("taxonomy", "models") if settings.get(name)]
    answers = settings.get("answers")
    told += [f"--answers {name}" for name, _ in answers] if isinstance(answers, list) else []
    told += [f"--{name.replace('_', '-')}" for name in ("keep_all", "blind") if settings.get(name)]
    return " ".join(told)


# ------------------------------------------------------------------------------------------------------------------ people


def _events(history: History, resumes: tuple[str, ...], titles: dict[str, str]) -> Iterator[str]:
    last, standing = 0, set[tuple[str, str]]()
    for kind, line in history.of(resumes):
        if kind == "decided":
            yield f"{line['time']}  {_decided(line, standing)}"
            last = 0
            continue
        if line["run"] != last:
            yield f"{line['time']}  run {line['run']}, as of {history.run(line['run'])['settings']['as_of']}"
            last = line["run"]
        yield from (f"  {text}" for text in _told(kind, line, titles))


def _decided(line: Line, standing: set[tuple[str, str]]) -> str:
    """What was decided, taken back or only noted; `standing` are the posts with a decision up to here, and changes with it."""
    from matcher.report.text import role_name

    post, note = (line["job"], line.get("title", "").casefold()), f"“{line['note']}”" if line["note"] else ""
    about = f"for {role_name(line.get('title', ''), line['job'])}, on {line['resume']}"
    if line["decision"]:
        standing.add(post)
    elif post not in standing:
        return f"note {about}: {note or 'taken back'}"
    else:
        standing.remove(post)
    return f"decision {about}: {line['decision'] or 'taken back'}{f' ({note})' if note else ''}"


def _told(kind: str, line: Line, titles: dict[str, str]) -> Iterator[str]:
    from matcher.report.text import band_name, role_name, wrap

    if kind == "scored":
        one, why = line["place"], line["why"]
        role = role_name(titles.get(line["key"], ""), line["job"])
        yield f"{role}: rank {one.rank} of {line['of']}, score {one.score:.2f}, {band_name(one.band)}, on {one.resume}"
        if not why:
            yield "  below those that were shown: no reasons were written"
        for name, title in (("reasons", "because of"), ("unmet", "not met"), ("unknown", "not known")):
            if why.get(name):
                yield from wrap(f"{title}: {'; '.join(map(str, why[name]))}", console.width() - 2, "  ", "    ")
    elif kind == "left out":
        yield f"{line['resume']} is not ranked: {line['by']} is newer and the same person's ({line['why']})"
    else:
        yield f"{line['resume']} is {'there' if kind == 'given' else 'no longer ranked'}"
