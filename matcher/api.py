"""The library in three calls: read a resume, read a role, rank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from os import PathLike
from pathlib import Path

from matcher.errors import InputError, MatcherError
from matcher.matching import Engine, builtin_roles
from matcher.records import Fit, Profile, Role
from matcher.scoring import Scorer
from matcher.taxonomy import nearest

Source = str | PathLike[str]

_BUILTIN = "role:"
_DAY = len("2026-11-01")


def read_resume(
    source: Source, data: bytes | None = None, *, as_of: str | date = "today", taxonomy: Source | None = None
) -> Profile:
    """The profile of a resume: a file's, or that of `data`, whose kind the ending of `source` then tells.

    `as_of` ("today", "document" or a date) is when a job that still runs ends; `taxonomy` is a folder laid over the built-in
    one. Raises MatcherError for what cannot be read. The file is read in this process and without a limit of time: for files
    from strangers the command is safer.
    """
    path = _path(source)
    moment = _moment(as_of)
    return _engine(_folder(taxonomy)).read_resume(_bytes(path, data), path.name, as_of=moment)


def read_role(source: Source, data: bytes | None = None, *, taxonomy: Source | None = None) -> Role:
    """The role of a job post or a role file, or the built-in profile that "role:ID" names.

    Raises MatcherError for what cannot be read, and for a file that holds several posts (`Engine.read_roles` gives all).
    """
    engine = _engine(_folder(taxonomy))
    if str(source).startswith(_BUILTIN):
        return _builtin(engine, str(source).removeprefix(_BUILTIN))
    path = _path(source)
    found = engine.read_roles(_bytes(path, data), path.name)
    if len(found) != 1:
        raise InputError(f"{path.name}: holds {len(found)} job posts; give one post, or use Engine.read_roles for all")
    if isinstance(found[0], MatcherError):
        raise found[0]
    return found[0]


def rank(profiles: Iterable[Profile], role: Role, *, taxonomy: Source | None = None) -> tuple[Fit, ...]:
    """All fits for a role, the best first, each with its reasons; whatever the order of the profiles.

    Raises MatcherError for what are no profiles and no role.
    """
    if not isinstance(role, Role):
        raise InputError(f"rank: the role is {_kind(role)}; give what read_role returns, and one role for each call")
    if isinstance(profiles, Profile) or not isinstance(profiles, Iterable):
        raise InputError(f"rank: the profiles are {_kind(profiles)}; give a list of what read_resume returns")
    found = tuple(profiles)
    if strange := next((one for one in found if not isinstance(one, Profile)), None):
        raise InputError(f"rank: {_kind(strange)} is among the profiles; give what read_resume returns for each resume")
    return _scorer(_folder(taxonomy)).rank(role, found)


def _kind(value: object) -> str:
    return f"of type {type(value).__name__}"


def _path(source: object) -> Path:
    if not isinstance(source, str | PathLike) or not str(source):
        raise InputError(f"the source is {_kind(source)}; give a file's path, or a name and the bytes as data")
    return Path(source)


def _folder(taxonomy: object) -> Path | None:
    """The same folder by the same path, however it was given: what is built for it is kept."""
    if taxonomy is None:
        return None
    if not isinstance(taxonomy, str | PathLike):
        raise InputError(f"the taxonomy is {_kind(taxonomy)}; give the path of a folder laid over the built-in one")
    return Path(taxonomy)


def _moment(as_of: object) -> str:
    """When open jobs end, as the engine takes it."""
    text = as_of.isoformat()[:_DAY] if isinstance(as_of, date) else as_of
    try:
        if isinstance(text, str):
            return text if text in ("today", "document") else date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise InputError(f"as_of {as_of!r}: is no date; give YYYY-MM-DD, a date, 'today' or 'document'")


def _bytes(path: Path, data: bytes | None) -> bytes:
    if data is not None:
        if not isinstance(data, bytes | bytearray | memoryview):
            raise InputError(f"{path.name}: the data is {_kind(data)}; give bytes")
        return bytes(data)
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error


def _builtin(engine: Engine, id: str) -> Role:
    for role in builtin_roles(engine.taxonomy):
        if role.source == id:
            return role
    meant = nearest(id, engine.taxonomy.roles, "`matcher taxonomy search` finds its id")
    raise InputError(f"{_BUILTIN}{id}: no such role profile; {meant}")


@lru_cache(maxsize=2)
def _engine(taxonomy: Path | None) -> Engine:
    return Engine(taxonomy)


@lru_cache(maxsize=2)
def _scorer(taxonomy: Path | None) -> Scorer:
    return Scorer(_engine(taxonomy).taxonomy)
