"""`.jsonl`: every pair, a line each, with everything there is to know about it."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, BinaryIO

from matcher.report.records import Ranking, RunInfo
from matcher.report.rows import error_record, pair_record
from matcher.unseen import escaped


def _finite(value: Any) -> Any:
    """A record with null for each number that JSON cannot write."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def dumps(record: dict[str, Any], indent: int | None = None) -> str:
    """JSON in UTF-8 terms; characters that UTF-8 cannot carry are replaced, those that a terminal obeys are escaped."""
    try:
        text = json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False)
    except ValueError:  # places on a page of endless size: one odd file must not end the run
        text = json.dumps(_finite(record), ensure_ascii=False, indent=indent, allow_nan=False)
    return escaped(text.encode("utf-8", "replace")).decode()


class JsonLines:
    """Lines for jobs in the order given, best resume first; then a line for each file without a result."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def start(self, run: RunInfo) -> None:
        """Open the file."""
        from msgspec.json import Encoder

        self._run, self._encode = run, Encoder().encode
        self._file = self._path.open("wb")

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
        try:
            line = escaped(self._encode(record))
        except UnicodeEncodeError:  # half of a character that takes two
            line = dumps(record).encode()
        self._file.write(line + b"\n")
