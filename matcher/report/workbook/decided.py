"""A shortlist read back: what people wrote into its decision column, of which resume and job, and which rows cannot be used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.report.workbook.ranked import (
    CHECK,
    DECISION,
    DECISION_BEFORE,
    DECISIONS,
    JOB,
    JOB_ID,
    NOTE,
    NOTE_BEFORE,
    RANK,
    RESUME,
    RESUME_ID,
    ROLE,
    SCORE,
    row_check,
)

_NEEDED = (DECISION, RESUME, JOB)
_PROVING = (RANK, SCORE, RESUME_ID, JOB_ID, CHECK)
_ALL = (*_NEEDED, *_PROVING, NOTE, ROLE, DECISION_BEFORE, NOTE_BEFORE)
_SPELT = {word.casefold(): word for word in DECISIONS}
_SEARCHED = 20
"""Rows in which the headings may stand: people put lines above them."""
_MOST_UNPACKED = 2 * 2**30
_MOST_COLUMNS = 500
_OLD = b"\xd0\xcf\x11\xe0"
"""How old and password-protected workbooks begin."""
_REMEDY = "give the workbook that `matcher rank --out FILE.xlsx` wrote, with the headings of its sheet Ranked as they were"

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """One row with a decision, as its cells have it; `row` counts from 1. Ids are SHA-256, "" where they are gone.

    `before` are the decision and the note that the workbook was written with. A decision of the drop-down is spelt as there.
    """

    row: int
    resume: str
    job: str
    decision: str
    note: str = ""
    rank: int | None = None
    score: float | None = None
    resume_sha256: str = ""
    job_sha256: str = ""
    title: str = ""
    before: tuple[str, str] = ("", "")

    @property
    def unchanged(self) -> bool:
        """Whether the row says what it said when the workbook was written."""
        return (self.decision, self.note) == self.before


@dataclass(frozen=True, slots=True)
class DecidedSheet:
    """What a workbook holds: rows with a decision, how many are without, what is wrong with others, and what is gone.

    `noted` are those of the rows without one in which somebody wrote a note, changed it, or took an earlier decision back.
    """

    rows: tuple[DecidedRow, ...]
    noted: tuple[DecidedRow, ...] = ()
    blank: int = 0
    wrong: tuple[tuple[int, str], ...] = ()
    lacking: tuple[str, ...] = ()


def read_decided(path: Path, data: bytes) -> DecidedSheet:
    """The decisions of a workbook's bytes; raises InputError where it is no shortlist. `path` is for messages only."""
    book = _opened(path, data)
    for sheet in book.worksheets:
        if found := _headings(sheet):
            return _read(sheet, *found)
    raise InputError(f"{path}: has no sheet with the columns {', '.join(_NEEDED)}; {_REMEDY}")


def _opened(path: Path, data: bytes) -> Any:
    from openpyxl import load_workbook

    if data.startswith(_OLD):
        raise InputError(f"{path}: is protected by a password or an old .xls; save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > _MOST_UNPACKED:
            raise InputError(f"{path}: unpacks to {size} bytes; no shortlist is so large")
        return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except InputError:
        raise
    except Exception as error:  # a damaged workbook can fail anywhere in it
        raise InputError(
            f"{path}: cannot be read as an .xlsx workbook; save it as .xlsx (a .csv goes to matcher train)"
        ) from error


def _headings(sheet: Any) -> tuple[int, Mapping[str, int]] | None:
    """The row of the headings and the column of each; None where the sheet has none of a shortlist."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_row=_SEARCHED, max_col=_MOST_COLUMNS, values_only=True), 1):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            places.setdefault(_text(cell).casefold(), column)
        if all(name.casefold() in places for name in _NEEDED):
            return number, {name: places[name.casefold()] for name in _ALL if name.casefold() in places}
    return None


def _read(sheet: Any, head: int, places: Mapping[str, int]) -> DecidedSheet:
    rows: list[DecidedRow] = []
    noted: list[DecidedRow] = []
    wrong: list[tuple[int, str]] = []
    blank = 0
    lacking = tuple(name for name in _PROVING if name not in places)
    for number, cells in _rows(sheet, head, places):
        if not _text(cells[DECISION]):
            blank += bool(_text(cells[RESUME]))
            if _as_before(cells):
                continue
        try:
            row = _decided(number, cells, proved=not lacking)
        except InputError as error:
            wrong.append((number, str(error)))
        else:
            (rows if row.decision else noted).append(row)
    return DecidedSheet(tuple(rows), tuple(noted), blank, tuple(wrong), lacking)


def _as_before(cells: Mapping[str, Any]) -> bool:
    """Whether decision and note are those that the workbook was written with."""
    return _pair(cells, DECISION, NOTE) == _pair(cells, DECISION_BEFORE, NOTE_BEFORE)


def _pair(cells: Mapping[str, Any], decision: str, note: str) -> tuple[str, str]:
    word = _text(cells[decision])
    return _SPELT.get(word.casefold(), word), _text(cells[note])


def _rows(sheet: Any, head: int, places: Mapping[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    empty = dict.fromkeys(_ALL)
    for number, row in enumerate(sheet.iter_rows(min_row=head + 1, max_col=_MOST_COLUMNS, values_only=True), head + 1):
        yield number, empty | {name: row[column] for name, column in places.items() if column < len(row)}


def _decided(number: int, cells: Mapping[str, Any], proved: bool) -> DecidedRow:
    """The row; InputError where its cells do not belong together."""
    resume, job = _text(cells[RESUME]), _text(cells[JOB])
    if not resume or not job:
        what = "decision" if _text(cells[DECISION]) else "note"
        raise InputError(f"has a {what}, but no {RESUME if not resume else JOB}: copy it back from the shortlist")
    rank, score = _number(cells[RANK]), _number(cells[SCORE])
    ids = (_text(cells[RESUME_ID]), _text(cells[JOB_ID]))
    if proved and (rank is None or score is None or row_check(rank, score, resume, job, *ids) != _text(cells[CHECK])):
        raise InputError(
            "its rank, score, files and ids do not belong together: some columns were sorted or changed without the others; "
            "undo that, or copy the decision into a fresh shortlist"
        )
    place = None if rank is None else int(rank)
    said, before = _pair(cells, DECISION, NOTE), _pair(cells, DECISION_BEFORE, NOTE_BEFORE)
    return DecidedRow(number, resume, job, *said, place, score, *ids, _text(cells[ROLE]), before)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _number(cell: Any) -> float | None:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None
