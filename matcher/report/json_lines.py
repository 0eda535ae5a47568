"""`.jsonl`: every pair, a line each, with everything there is to know about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from matcher.report.records import Ranking, RunInfo
from matcher.report.rows import error_record, pair_record


def dumps(record: dict[str, Any], indent: int | None = None) -> str:
    """JSON in UTF-8 terms; characters that UTF-8 cannot carry are replaced."""
    text = json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8")


class JsonLines:
    """Lines for jobs in the order given, best resume first; then a line for each file without a result."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def start(self, run: RunInfo) -> None:
        """Open the file."""
        self._run = run
        self._file = self._path.open("w", encoding="utf-8", newline="\n")

    def add(self, ranking: Ranking) -> None:
        """Write a line for each resume."""
        for placed in ranking.placed:
            self._write(pair_record(placed, self._run.versions))

    def finish(self) -> None:
        """Write the errors and close."""
        for trouble in self._run.troubles:
            self._write(error_record(trouble))
        assert self._file is not None
        self._file.close()

    def _write(self, record: dict[str, Any]) -> None:
        assert self._file is not None
        self._file.write(dumps(record) + "\n")
