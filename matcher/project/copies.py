"""Copies of the files that a project wrote last: one that is gone is put back, instead of being made again from all its pairs."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from matcher.project.codec import DamagedError
from matcher.project.places import kept_place
from matcher.project.store import Project

_CHUNK = 1 << 20
_MOST = 1 << 26
"""Bytes of a packed copy that is kept; a larger one is not."""
_LONGEST = 1 << 30
"""Bytes of a file that is not worth the packing to find out."""
_QUICK = 1


def keep(project: Project, paths: Iterable[Path], key: str) -> None:
    """Copy files that were just written, in place of all copies of earlier runs; one that is too large is left out."""
    rows = [(key, _folder(path), path.suffix.lower(), packed) for path in paths if (packed := _packed(path)) is not None]
    with project.whole():
        project.do("DELETE FROM copies WHERE key <> ?", [key])
        project.do_all("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?)", rows)


def has(project: Project, paths: Sequence[Path], key: str) -> bool:
    """Whether there are copies of all these files, for the same place: a workbook has links that start where it lies."""
    return all(project.one(f"SELECT 1 {_WHERE}", _name(path, key)) for path in paths)


def put(project: Project, path: Path, key: str, file: IO[bytes]) -> None:
    """Write the copy of a file; DamagedError where it is not as it was kept."""
    (packed,) = project.one(f"SELECT packed {_WHERE}", _name(path, key)) or (b"",)
    unpacked = zlib.decompressobj()
    try:
        for start in range(0, len(packed), _CHUNK):
            file.write(unpacked.decompress(packed[start : start + _CHUNK]))
        file.write(unpacked.flush())
    except zlib.error as error:
        raise DamagedError from error
    if not unpacked.eof:
        raise DamagedError


def drop(project: Project, path: Path, key: str) -> None:
    """Remove the copy of a file, so that the file is made again."""
    project.do(f"DELETE {_WHERE}", _name(path, key))


_WHERE = "FROM copies WHERE key = ? AND folder = ? AND ending = ?"


def _name(path: Path, key: str) -> list[str]:
    return [key, _folder(path), path.suffix.lower()]


def _folder(path: Path) -> str:
    return kept_place(path.parent)


def _packed(path: Path) -> bytes | None:
    """A file in little room; None if it takes too much even so."""
    if path.stat().st_size > _LONGEST:
        return None
    packer, parts, size = zlib.compressobj(_QUICK), [], 0
    with path.open("rb") as file:
        for chunk in _chunks(file):
            parts.append(packer.compress(chunk))
            size += len(parts[-1])
            if size > _MOST:
                return None
    parts.append(packer.flush())
    return b"".join(parts) if size + len(parts[-1]) <= _MOST else None


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
