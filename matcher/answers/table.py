"""The rows of a `.csv` or `.xlsx` file as text cells, with the numbers that spreadsheets show."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from matcher.delimited import DELIMITERS, decoded
from matcher.errors import InputError

Row = tuple[int, tuple[str, ...]]
"""A row's number in the sheet (from 1) and its cells."""

_ZIP = b"PK"
_MOST_UNPACKED = 200 * 2**20
_MOST_CELLS = 200


def rows_of(data: bytes, name: str) -> Iterator[Row]:
    """The rows that are not blank; of a workbook those of its first sheet. Raises InputError for what is no table."""
    workbook = data.startswith(_ZIP)
    if not workbook and PurePath(name).suffix.lower() in (".xls", ".xlsx", ".xlsm"):
        raise InputError(f"{name}: is no .xlsx workbook; save it as .xlsx or .csv")
    for number, cells in _workbook(data, name) if workbook else _lines(data, name):
        clean = tuple(_text(cell) for cell in cells[:_MOST_CELLS])
        if any(clean):
            yield number, clean


def _workbook(data: bytes, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > _MOST_UNPACKED:
            raise InputError(f"{name}: unpacks to {size} bytes; no sheet of answers is so large")
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False).worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong one, and rows would be missing
        rows = list(sheet.iter_rows(values_only=True))
    except InputError:
        raise
    except Exception as error:  # a damaged workbook can fail anywhere in it
        raise InputError(f"{name}: cannot be read as a workbook; save it anew as .xlsx, or as .csv") from error
    yield from enumerate(rows, 1)


def _lines(data: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    text = decoded(data)
    head = next((line for line in text.splitlines() if line.strip(DELIMITERS + ' "')), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([head], delimiter=mark), [])))
    try:
        # A cell may hold line breaks: rows are counted, as spreadsheets do.
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    except csv.Error as error:
        raise InputError(f"{name}: cannot be read as CSV ({error})") from error


def _text(cell: Any) -> str:
    """A cell as text: numbers without a needless point, dates as YYYY-MM-DD, nothing that a terminal or a sheet would obey."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[: len("2026-01-31")]
    text = " ".join("".join(c if c.isprintable() else " " for c in str(cell)).split())
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@") else text
