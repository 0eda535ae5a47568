"""Files of results: refused before any work if they cannot be written, put in place only when complete."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Protocol

from matcher.errors import InputError
from matcher.report.records import Ranking, RunInfo


class Writer(Protocol):
    """One format of results; rankings come one job at a time, so that nothing needs to hold them all."""

    def start(self, run: RunInfo) -> None:
        """Begin the file; `run` already knows what failed to be read."""

    def add(self, ranking: Ranking) -> None:
        """Write one job with all its resumes."""

    def finish(self) -> None:
        """Complete the file and close it."""


FORMATS = {
    ".jsonl": ("matcher.report.json_lines", "JsonLines"),
    ".csv": ("matcher.report.table", "Table"),
    ".xlsx": ("matcher.report.sheet", "Sheet"),
    ".parquet": ("matcher.report.parquet", "Parquet"),
    ".html": ("matcher.report.page", "Page"),
}
"""File ending -> module and class of its writer; the class takes the path to write to."""


def check_outputs(paths: Sequence[Path]) -> None:
    """Refuse, with an InputError, endings that are not known and places that cannot be written to."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise InputError("--out: the same file is given twice")
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            known = ", ".join(FORMATS)
            if path.is_dir():
                raise InputError(f"--out {path}: is a folder; name a file in it, such as {path / 'shortlist.xlsx'}")
            what = f"unknown ending {path.suffix!r}" if path.suffix else "has no ending, which says what it is to be"
            raise InputError(f"--out {path}: {what}; use one of {known}")
        check_writable(path)


def check_writable(path: Path) -> None:
    """Refuse, with an InputError, a file that could not be written in the end; leaves no trace."""
    if path.is_dir():
        raise InputError(f"--out {path}: is a folder; name a file in it")
    if not path.parent.is_dir():
        raise InputError(f"--out {path}: the folder {path.parent} does not exist; make it first")
    try:
        if path.exists():
            path.open("r+b").close()
        part_of(path).open("wb").close()
        part_of(path).unlink()
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"--out {path}: cannot be written ({why}); close it elsewhere or choose another") from error


def part_of(path: Path) -> Path:
    """The name under which a file is written until it is complete; folders are searched without such names."""
    return path.with_name(f".{path.name}.part")


def put_in_place(path: Path) -> None:
    """Give a completed file its own name; raises InputError where another program holds the old one."""
    try:
        os.replace(part_of(path), path)
    except OSError as error:
        raise InputError(f"--out {path}: cannot be replaced ({error.strerror or error}); close it elsewhere") from error


def discard(path: Path) -> None:
    """Remove what was begun of a file."""
    with suppress(OSError):
        part_of(path).unlink(missing_ok=True)


class Outputs:
    """All files of a run, written side by side: each stands under its own name only when it is complete.

    Use as a context manager; leaving it by an exception removes what was begun.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        check_outputs(paths)
        self._paths = tuple(paths)
        self._writers: tuple[Writer, ...] = tuple(_writer(path) for path in self._paths)

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for path in self._paths:
                discard(path)

    def start(self, run: RunInfo) -> None:
        """Begin every file."""
        for writer in self._writers:
            writer.start(run)

    def add(self, ranking: Ranking) -> None:
        """Write one job to every file."""
        for writer in self._writers:
            writer.add(ranking)

    def finish(self) -> None:
        """Complete every file and put it in its place."""
        for writer, path in zip(self._writers, self._paths, strict=True):
            writer.finish()
            put_in_place(path)


def _writer(path: Path) -> Writer:
    module, name = FORMATS[path.suffix.lower()]
    make: Callable[[Path], Writer] = getattr(import_module(module), name)
    return make(part_of(path))
