"""`.parquet`: every pair, a row each, with the columns of `.csv` and their types; needs pyarrow (the extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.report.flat import COLUMNS, Type, Value, error_row, flat_record
from matcher.report.records import Ranking, RunInfo

_GROUP = 10_000
"""Rows that are held before they are written."""


class Parquet:
    """Rows for jobs in the order given, best resume first; texts are as they were read, since nothing runs them here."""

    def __init__(self, path: Path) -> None:
        """Raises InputError where pyarrow is not there: before any file is read."""
        try:
            import pyarrow
            import pyarrow.parquet as files
        except ImportError as error:
            raise InputError(
                "--out: .parquet needs pyarrow; run: pip install 'bpo-matcher[parquet]' (.csv has the same columns)"
            ) from error
        self._arrow, self._files = pyarrow, files
        self._path = path
        self._waiting: list[dict[str, Value]] = []

    def start(self, run: RunInfo) -> None:
        """Begin the file; its metadata tell what made it."""
        self._run = run
        about = {"as_of": run.as_of, "date": run.date} | {f"version of {name}": text for name, text in run.versions.items()}
        self._schema = self._arrow.schema([(column.name, self._type(column.type)) for column in COLUMNS], metadata=about)
        self._writer = self._files.ParquetWriter(str(self._path), self._schema, compression="zstd")

    def add(self, ranking: Ranking) -> None:
        """Write a row for each resume."""
        self._take(flat_record(placed, self._run) for placed in ranking.placed)

    def finish(self) -> None:
        """Write the errors and close."""
        self._take(error_row(trouble) for trouble in self._run.troubles)
        self._flush()
        self._writer.close()

    def _take(self, records: Iterable[Mapping[str, Value]]) -> None:
        for record in records:
            self._waiting.append({name: _carried(value) for name, value in record.items()})
            if len(self._waiting) >= _GROUP:
                self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(self._arrow.Table.from_pylist(self._waiting, schema=self._schema))
            self._waiting = []

    def _type(self, kind: Type) -> Any:
        arrow = self._arrow
        kinds = {Type.TEXT: arrow.string(), Type.WHOLE: arrow.int32(), Type.NUMBER: arrow.float64()}
        return kinds.get(kind) or arrow.list_(arrow.string())


def _carried(value: Value) -> Value:
    """Text without halves of characters, which UTF-8 cannot carry."""
    if isinstance(value, tuple):
        return tuple(text.encode("utf-8", "replace").decode() for text in value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
