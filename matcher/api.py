"""The library in three calls: read a resume, read a role, rank."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from os import PathLike
from pathlib import Path

from matcher.errors import InputError, MatcherError
from matcher.matching import Engine, builtin_roles
from matcher.records import Fit, Profile, Role
from matcher.scoring import Scorer

Source = str | PathLike[str]

_BUILTIN = "role:"


def read_resume(source: Source, data: bytes | None = None, *, as_of: str = "today", taxonomy: Path | None = None) -> Profile:
    """The profile of a resume: a file's, or that of `data`, whose kind the ending of `source` then tells.

    `as_of` ("today", "document" or a date) is when a job that still runs ends; `taxonomy` is a folder laid over the built-in
    one. Raises MatcherError for what cannot be read. The file is read in this process and without a limit of time: for files
    from strangers the command is safer.
    """
    path = Path(source)
    return _engine(taxonomy).read_resume(_bytes(path, data), path.name, as_of=as_of)


def read_role(source: Source, data: bytes | None = None, *, taxonomy: Path | None = None) -> Role:
    """The role of a job post or a role file, or the built-in profile that "role:ID" names.

    Raises MatcherError for what cannot be read, and for a file that holds several posts (`Engine.read_roles` gives all).
    """
    engine = _engine(taxonomy)
    if str(source).startswith(_BUILTIN):
        return _builtin(engine, str(source).removeprefix(_BUILTIN))
    path = Path(source)
    found = engine.read_roles(_bytes(path, data), path.name)
    if len(found) != 1:
        raise InputError(f"{path.name}: holds {len(found)} job posts; give one post, or use Engine.read_roles for all")
    if isinstance(found[0], MatcherError):
        raise found[0]
    return found[0]


def rank(profiles: Iterable[Profile], role: Role, *, taxonomy: Path | None = None) -> tuple[Fit, ...]:
    """All fits for a role, the best first, each with its reasons; whatever the order of the profiles."""
    return _scorer(taxonomy).rank(role, tuple(profiles))


def _bytes(path: Path, data: bytes | None) -> bytes:
    if data is not None:
        return data
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _builtin(engine: Engine, id: str) -> Role:
    for role in builtin_roles(engine.taxonomy):
        if role.source == id:
            return role
    raise InputError(f"{_BUILTIN}{id}: no such role profile; `matcher taxonomy search` finds its id")


@lru_cache(maxsize=2)
def _engine(taxonomy: Path | None) -> Engine:
    return Engine(taxonomy)


@lru_cache(maxsize=2)
def _scorer(taxonomy: Path | None) -> Scorer:
    return Scorer(_engine(taxonomy).taxonomy)
