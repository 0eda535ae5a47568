"""What `matcher taxonomy check` runs: structure, roles, ordinary words, released ids, and then the reader over every form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matcher.taxonomy import (
    COMPILED,
    RELEASED,
    SURFACE,
    Examined,
    Problem,
    Taxonomy,
    broken_promises,
    examine_folder,
    examine_over,
    load,
    read_released,
)

_REMEDY = "write it longer, or guard it: put it into forms.toml with what must stand near it, or with alone = true"


def examined(folder: Path | None) -> tuple[Examined, tuple[Problem, ...]]:
    """A taxonomy and all its problems; the reader is tried where nothing else is wrong.

    A folder without the rules that reading needs is one to be laid over the built-in one.
    """
    from matcher.reading.selfcheck import NEEDED, prove
    from matcher.resources import data_path
    from matcher.role_check import role_problems
    from matcher.scoring.features import Feature

    given = folder or data_path("taxonomy")
    whole = (given / COMPILED).is_file() or all((given / f"{name}.toml").is_file() for name in NEEDED)
    found = examine_folder(given) if folder is None or whole else examine_over(given)
    known = found.taxonomy
    more = (*role_problems(known, tuple(Feature)), *(_kept(known, given) if whole else _ordinary(known)))
    problems = (*found.problems, *found.placed(more))
    if not problems:
        problems = found.placed(prove(known))
    if not whole and not all(problem.file for problem in problems):
        below = set(prove(load()))  # what was wrong before is no mistake of this folder
        problems = tuple(problem for problem in problems if problem not in below)
    if not whole and not problems:
        problems = tuple(_unusable(given))
    placed = (problem if problem.file else replace(problem, file=str(given)) for problem in problems)
    return found, tuple(sorted(placed, key=lambda problem: (problem.file, problem.line)))


def _kept(known: Taxonomy, folder: Path) -> Iterator[Problem]:
    """What was released and is so no more."""
    file = folder / RELEASED
    if file.is_file():
        yield from broken_promises(known, read_released(file), str(file))


def _ordinary(known: Taxonomy) -> Iterator[Problem]:
    """New forms of one word that resumes and posts use for other things: the fitted weights hold words, and no names."""
    from matcher.scoring.model import load_terms

    words, old = load_terms(), {surface.casefold() for surface, _ in load().plain_labels()}
    for surface, id in known.plain_labels():
        if surface.casefold() in words and surface.casefold() not in old:
            message = f'"{surface}" is an ordinary word of resumes and job posts'
            yield Problem("ordinary", id, message, _REMEDY, path=(SURFACE, surface))


def _unusable(folder: Path) -> Iterator[Problem]:
    """Rules of the right shape may still not be what the program can work with."""
    from matcher.matching import Engine
    from matcher.scoring import Scorer

    try:
        engine = Engine(folder)
        engine.prepare()
        Scorer(engine.taxonomy)
    except Exception as error:
        message = f"the program cannot work with these rules: {type(error).__name__}: {error}"
        yield Problem("unusable", "", message, "compare them with the built-in ones", kind="", file=str(folder))
