"""The sheet to decide on: a row for each of the best of an opening, with what to read, to ask and to fill in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.report.cells import plain
from matcher.report.flat import Value, flat_record, lines
from matcher.report.records import Placed, RunInfo
from matcher.report.rows import Cell
from matcher.report.workbook.book import LINES, Book, Heading, Link, Page, clipped, fitted
from matcher.report.workbook.links import link_target

DECISIONS = ("Shortlist", "Hold", "Not for this role")
"""What the drop-down of the decision column offers; a person decides: nothing stands there but what one has said before."""
DECISION, NOTE, RESUME, JOB, ROLE = "Decision", "Note", "Resume file", "Job file", "Role"
RANK, SCORE, OPEN = "Rank", "Score", "Open"
RESUME_ID, JOB_ID, CHECK = "Resume id", "Job id", "Row check"
DECISION_BEFORE, NOTE_BEFORE = "Decision before", "Note before"
"""Titles of the columns that `matcher decisions` reads back; the last five are hidden."""
_LOW = 4
"""Lines that a cell has which does not come on paper: rows are as high as what is printed of them needs."""
_IN_EVIDENCE = frozenset({"unmet", "questions", "kpis", "flags", "job_flags"})
"""Columns of which the sheet Evidence has every item."""
_HELP = "Pick one, or type another word that matcher train knows, such as Hired, Keep in pool or No show."


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading, and what stands below it of the pair's flat record: by name, or made of it."""

    heading: Heading
    value: str | Callable[[Mapping[str, Value]], Cell]
    style: str = ""


def _some(name: str, width: int, most: int, high: int) -> Callable[[Mapping[str, Value]], Cell]:
    """The first of several texts, as far as the row shows them, and where the others stand."""
    rest = "more: Evidence" if name in _IN_EVIDENCE else "more: .csv"
    return lambda record: fitted(_several(record[name]), width, most, rest, high)


def _text(name: str, width: int, high: int) -> Callable[[Mapping[str, Value]], Cell]:
    """A text as far as the row shows it."""
    return lambda record: clipped(str(record[name]), width, high) if record[name] else None


def _several(value: Value) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()


def _against(record: Mapping[str, Value]) -> Cell:
    """What lowers the score, then what is asked for and not shown, the dearest first."""
    return fitted((*_several(record["against"]), *_several(record["missing"])), 60, 4, lines=_LOW)


def _nothing(record: Mapping[str, Value]) -> Cell:
    return None


def _column(title: str, width: int, value: str | Callable[[Mapping[str, Value]], Cell] = "", style: str = "") -> _Column:
    return _Column(Heading(title, width), value or _nothing, style)


def _listed(title: str, name: str, width: int, most: int = 6, high: int = _LOW) -> _Column:
    return _column(title, width, _some(name, width, most, high))


def _worded(title: str, name: str, width: int, high: int = _LOW) -> _Column:
    return _column(title, width, _text(name, width, high))


_COLUMNS = (
    _column(RANK, 6, "rank"),
    _column("Candidate", 17, lambda record: lines(record["candidate"] or f"({record['resume']})")),
    _listed("Phone", "phones", 14, 2),
    _column(ROLE, 14, "job_title"),
    _column(SCORE, 7, "score", "band"),
    _column("Band", 9, lambda record: f"{record['band']} {record['fit']}", "band"),
    _column(DECISION, 12, "decision", "entry"),
    _column(NOTE, 12, "note", "entry"),
    _worded("In short", "why", 30, LINES),
    _listed("Musts not met", "unmet", 22, high=LINES),
    _listed("Questions to ask", "questions", 30, 4, LINES),
    *(_worded(f"For: {place}", f"reason_{place}", 56) for place in (1, 2, 3)),
    _column("Speaks against (points, lost or not won)", 60, _against),
    _listed("Not known", "unknown", 30),
    _listed("Openings that fit better", "better_openings", 44, 3),
    _listed("E-mail", "emails", 30, 2),
    _column("City", 13, "city"),
    _column("Months of customer contact", 14, "customer_contact_months"),
    _column("Years of work", 9, "total_years"),
    _listed("Months by kind of work", "months_by_family", 34),
    _column("Last role", 24, "last_title"),
    _column("When", 12, "last_dates"),
    _listed("Channels", "channels", 26),
    _listed("Lines of business", "lines_of_business", 28),
    _listed("Languages", "languages", 28),
    _listed("Certificates", "certifications", 36),
    _column("Words a minute", 9, "typing_wpm"),
    _listed("KPIs", "kpis", 44),
    _listed("Flags of the resume", "flags", 56),
    _column(OPEN, 10),
    _column(RESUME, 26, "resume"),
    _column(JOB, 26, "job"),
    _listed("Flags of the job", "job_flags", 44, 4),
    _Column(Heading(RESUME_ID, 10, True), "sha256"),
    _Column(Heading(JOB_ID, 10, True), "job_sha256"),
    _Column(Heading(CHECK, 10, True), lambda record: _check(record)),
    _Column(Heading(DECISION_BEFORE, 10, True), "decision"),
    _Column(Heading(NOTE_BEFORE, 10, True), "note"),
)
TITLES = tuple(column.heading.title for column in _COLUMNS)
"""The titles of the columns, in order."""
_PRINTED = TITLES.index("Questions to ask") + 1
"""So many columns come on paper: whom to call, how it stands, what to write down and what to ask."""


class Ranked:
    """The page; the best `top` of each job come to it."""

    def __init__(self, book: Book, run: RunInfo, folder: Path) -> None:
        """`folder` is where the workbook will lie, from which links start."""
        self._run = run
        self._folder = folder
        self._job: tuple[str, str] | None = None
        self.page = Page(book, "Ranked", [column.heading for column in _COLUMNS], frozen=2)
        if run.resumes > run.top:
            self.page.sheet.write_comment(0, 0, f"The best {run.top} of each job are shown; .jsonl and .csv hold every pair.")

    def add(self, placed: Placed) -> None:
        """Write a row; each opening begins on a page of its own."""
        role = placed.fit.role
        if self._job != (role.source, role.sha256):
            self._job = (role.source, role.sha256)
            self.page.part()
        record = flat_record(placed, self._run)
        cells: list[Cell | Link] = [_cell(column, record) for column in _COLUMNS]
        if target := link_target(self._run.files.get(placed.fit.profile.source), self._folder):
            cells[TITLES.index(OPEN)] = Link(target, "open")
        styles = {place: _style(column, placed.band) for place, column in enumerate(_COLUMNS) if column.style}
        self.page.add(cells, styles)

    def finish(self) -> None:
        """Offer decisions, and say what is printed."""
        self.page.finish((DECISION, NOTE), _PRINTED)
        last, column = max(1, self.page.rows - 1), TITLES.index(DECISION)
        offer = {"validate": "list", "source": list(DECISIONS), "ignore_blank": True, "error_type": "warning"}
        told = {"input_title": "Your decision", "input_message": _HELP, "error_title": "Another word", "error_message": _HELP}
        self.page.sheet.data_validation(1, column, last, column, offer | told)


def _cell(column: _Column, record: Mapping[str, Value]) -> Cell:
    return lines(record[column.value]) if isinstance(column.value, str) else column.value(record)


def _style(column: _Column, band: int) -> str | int:
    return band if column.style == "band" else column.style


def row_check(rank: float, score: float, *texts: str) -> str:
    """A short digest of what a row keeps together: place, score, and the files and ids as they stand in the cells."""
    cells = (f"{rank:.0f}", f"{score:.4f}", *(" ".join(plain(text).split()) for text in texts))
    digest = hashlib.sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()
    return f"r{digest[:12]}"  # no program takes that for a number


def _check(record: Mapping[str, Value]) -> Cell:
    rank, score, *texts = (record[name] for name in ("rank", "score", "resume", "job", "sha256", "job_sha256"))
    assert isinstance(rank, int)
    assert isinstance(score, float)
    return row_check(rank, score, *map(str, texts))
