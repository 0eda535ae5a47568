"""`--answers`: sheets put into the profiles of a run; what in them cannot be used is told, and the run goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from matcher.cli import console
from matcher.delimited import read_bytes
from matcher.errors import InputError
from matcher.records import Profile
from matcher.taxonomy import Taxonomy

_MOST_TOLD = 20


def with_answers(
    paths: Sequence[Path], profiles: Sequence[Profile], taxonomy: Taxonomy, max_bytes: int, quiet: bool
) -> tuple[Profile, ...]:
    """Profiles with what sheets say of them; raises InputError for a file that is no such sheet."""
    if not paths:
        return tuple(profiles)
    from matcher.answers import SheetReader, answered

    reader = SheetReader(taxonomy)
    found = answered(profiles, [reader.read(read_bytes(path, max_bytes, f"--answers {path}"), path.name) for path in paths])
    for problem in found.problems[:_MOST_TOLD]:
        console.say_warning(problem)
    rest = len(found.problems) - _MOST_TOLD
    if rest > 0:
        console.say_warning(f"{rest} more places in the answers cannot be used; mend these first and run again")
    if not quiet:
        people = "1 candidate has" if found.people == 1 else f"{found.people} candidates have"
        console.say(f"answers: {people} some")
    return found.profiles


def check_answers(paths: Sequence[Path]) -> None:
    """Refuse, with an InputError, files that are not there, before any resume is read."""
    for path in paths:
        if not path.is_file():
            raise InputError(f"--answers {path}: is no file; give a .csv or .xlsx")
        if path.suffix.lower() not in (".csv", ".xlsx", ".xlsm", ".tsv", ".txt"):
            raise InputError(f"--answers {path}: unknown ending {path.suffix!r}; give a .csv or .xlsx")
    if len({path.resolve() for path in paths}) < len(paths):
        raise InputError("--answers: the same file is given twice")


def digests(paths: Sequence[Path]) -> list[list[str]]:
    """The names of sheets and the SHA-256 of what they held, for the record of a run."""
    return [[path.name, hashlib.sha256(path.read_bytes()).hexdigest()] for path in paths]
