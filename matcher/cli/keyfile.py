"""The key of blind mode: which number stands for which file; a CSV file apart from all results, for its owner alone."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError
from matcher.report.cells import guarded
from matcher.report.writers import check_writable, discard, part_of, put_in_place

HEAD = ("number", "file", "name", "sha256")
CANDIDATE, FILE = "candidate", "file"
"""What numbers begin with: of resumes that were read, of files that were not."""
_OWNER_ALONE = 0o600
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a number, the file that it stands for and, of a resume that was read, the name in it and its SHA-256."""

    number: str
    file: str
    name: str = ""
    sha256: str = ""


def key_beside(out: Path) -> Path:
    """Where the key of a result goes if nothing else is said: next to it, never in a folder that is handed on."""
    return out.with_name(f"{out.stem if out.suffix else out.name}-key.csv")


class KeyFile:
    """Numbers given before keep their meaning; new ones go on where the last run ended."""

    def __init__(self, path: Path | None) -> None:
        """Read what is there already; raises InputError for a file that is no key. Without a path nothing is kept."""
        self._path = path
        self._rows: dict[tuple[str, str], Row] = {}
        self._last = {CANDIDATE: 0, FILE: 0}
        self._changed = False
        if path is not None:
            check_writable(path)
            for row in _read(path) if path.exists() else ():
                self._keep(row)

    @property
    def path(self) -> Path | None:
        """Where the key is kept."""
        return self._path

    def enroll(self, resumes: Iterable[tuple[str, str, str]]) -> None:
        """Number resumes, given as (sha256, file, name): by their content, which says nothing of who they are."""
        for sha256, file, name in sorted(resumes):
            number = self._number(CANDIDATE, next((row.number for row in self._rows.values() if row.sha256 == sha256), ""))
            self._add(Row(number, guarded(file), guarded(name), sha256))

    def candidate(self, sha256: str, file: str) -> str:
        """The number of a resume that was enrolled."""
        return self._rows[sha256, guarded(file)].number

    def file(self, name: str) -> str:
        """The number of a file that gives no result."""
        known = self._rows.get(("", guarded(name)))
        if known is None:
            known = Row(self._number(FILE), guarded(name))
            self._add(known)
        return known.number

    def save(self) -> None:
        """Write the key where it changed, whole or not at all; raises InputError."""
        if self._path is None or not self._changed:
            return
        rows = sorted(self._rows.values(), key=lambda row: (row.number, row.file))
        text = io.StringIO(newline="")
        csv.writer(text).writerows([HEAD, *((row.number, row.file, row.name, row.sha256) for row in rows)])
        part = part_of(self._path)
        try:
            part.unlink(missing_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
            with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
                file.write(text.getvalue())
        except OSError as error:
            discard(self._path)
            raise InputError(f"--key {self._path}: cannot be written ({error.strerror or error})") from error
        put_in_place(self._path)
        self._changed = False

    def _number(self, kind: str, known: str = "") -> str:
        if known:
            return known
        return f"{kind}-{self._last[kind] + 1:0{_DIGITS}d}"

    def _add(self, row: Row) -> None:
        if (row.sha256, row.file) not in self._rows:
            self._keep(row)
            self._changed = True

    def _keep(self, row: Row) -> None:
        self._rows[row.sha256, row.file] = row
        kind, _, digits = row.number.partition("-")
        self._last[kind] = max(self._last[kind], int(digits))


def _read(path: Path) -> Iterator[Row]:
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"--key {path}: cannot be read ({error}); name another file") from error
    if not rows or tuple(rows[0]) != HEAD:
        raise InputError(f"--key {path}: is no key of a blind run, its first line is not {','.join(HEAD)}; name another file")
    for line, cells in enumerate(rows[1:], 2):
        kind, _, digits = cells[0].partition("-") if len(cells) == len(HEAD) else ("", "", "")
        if kind not in (CANDIDATE, FILE) or not digits.isdecimal():
            raise InputError(f"--key {path}: line {line} is no line of a key; mend it, or name another file")
        yield Row(*cells)
