"""`.csv`: every pair, a row each, in UTF-8 that says so; no cell can be run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from matcher.report.cells import guarded
from matcher.report.flat import COLUMNS, Value, error_row, flat_record, lines
from matcher.report.records import Ranking, RunInfo

NAMES = tuple(column.name for column in COLUMNS)


class Table:
    """Rows for jobs in the order given, best resume first; several texts stand one a line within their cell."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def start(self, run: RunInfo) -> None:
        """Open the file and write the header."""
        self._run = run
        self._file = self._path.open("w", encoding="utf-8-sig", newline="")  # Excel takes it for something else without the mark
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(NAMES)

    def add(self, ranking: Ranking) -> None:
        """Write a row for each resume."""
        for placed in ranking.placed:
            self._write(flat_record(placed, self._run))

    def finish(self) -> None:
        """Write the errors and close."""
        for trouble in self._run.troubles:
            self._write(error_row(trouble))
        assert self._file is not None
        self._file.close()

    def _write(self, record: Mapping[str, Value]) -> None:
        cells = (lines(record[name]) for name in NAMES)
        self._rows.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
