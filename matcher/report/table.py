"""`.csv`: every pair, a row each, in UTF-8; no cell can be run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from matcher.report.cells import guarded
from matcher.report.records import Ranking, RunInfo
from matcher.report.rows import FLAT, Cell, flat_record

COLUMNS = (*(column for column in FLAT if column != "decision"), "logit", "sha256", "job_sha256", "as_of", "error")
"""The columns of the table; `error` is filled only in the rows, at the end, of files without a result."""


class Table:
    """Rows for jobs in the order given, best resume first; lists hold one item a line within their cell."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def start(self, run: RunInfo) -> None:
        """Open the file and write the header."""
        self._run = run
        self._file = self._path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def add(self, ranking: Ranking) -> None:
        """Write a row for each resume."""
        for placed in ranking.placed:
            profile = placed.fit.profile
            hashes: dict[str, Cell] = {"sha256": profile.sha256, "job_sha256": ranking.role.sha256}
            extra: dict[str, Cell] = {"logit": placed.fit.logit, "as_of": profile.as_of}
            self._write({**flat_record(placed, self._run), **hashes, **extra})

    def finish(self) -> None:
        """Write the errors and close."""
        for trouble in self._run.troubles:
            self._write({trouble.document: trouble.source, "error": f"{trouble.code}: {trouble.message}"})
        assert self._file is not None
        self._file.close()

    def _write(self, record: Mapping[str, Cell]) -> None:
        self._rows.writerow([_cell(record.get(column)) for column in COLUMNS])


def _cell(value: Cell) -> Cell:
    return guarded(value) if isinstance(value, str) else value
