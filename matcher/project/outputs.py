"""Files of results that a project wrote: left alone where they would come out the same, and kept where a person changed them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from matcher.errors import InputError
from matcher.project.papers import CHANGED, keep_paper
from matcher.project.places import kept_place
from matcher.project.record import now
from matcher.project.store import Project
from matcher.unseen import one_line


def up_to_date(project: Project, paths: Iterable[Path], key: str) -> bool:
    """Whether all files are there as this project wrote them, from the same inputs by the same program."""
    return all(_as_written(project, path, key) for path in paths)


def _as_written(project: Project, path: Path, key: str) -> bool:
    row = project.one("SELECT size, changed FROM outputs WHERE place = ? AND key = ?", [_place(path), key])
    try:
        stat = path.stat()
    except OSError:
        return False
    return row == (stat.st_size, str(stat.st_mtime_ns))


def make_way(project: Project, paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Before files are written: those that are not as this project wrote them get another name, for people's work may be in them.

    Gives the old names and the new ones.
    """
    moved = []
    for path in paths:
        if not path.is_file() or _is_ours(project, path):
            continue
        other = next(name for name in _other_names(path) if not os.path.lexists(name))
        try:
            os.rename(path, other)
        except OSError as error:
            raise InputError(f"--out {path}: was changed and cannot be set aside ({error.strerror or error})") from error
        keep_paper(project, other, CHANGED)
        moved.append((path, other))
    return moved


def _is_ours(project: Project, path: Path) -> bool:
    """Whether a file holds what this project wrote, here or, before it was moved, elsewhere.

    Where a run ended between putting a file in its place and noting it, nobody can say who wrote it: then it is not.
    """
    stat = path.stat()
    row = project.one("SELECT size, changed FROM outputs WHERE place = ?", [_place(path)])
    if row == (stat.st_size, str(stat.st_mtime_ns)):
        return True
    return project.one("SELECT 1 FROM outputs WHERE sha256 = ?", [_digest(path)]) is not None


def written(project: Project, paths: Iterable[Path], key: str) -> dict[str, str]:
    """Note the files of a run; gives their SHA-256 by name."""
    found = {}
    for path in paths:
        stat, digest = path.stat(), _digest(path)
        row = [_place(path), key, stat.st_size, str(stat.st_mtime_ns), digest, now()]
        project.do("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?)", row)
        found[one_line(path.name)] = digest
    return found


def _other_names(path: Path) -> Iterable[Path]:
    return (path.with_name(f"{path.stem} (changed {number}){path.suffix}") for number in range(1, 10**6))


def _place(path: Path) -> str:
    return kept_place(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
