"""`.xlsx`: the shortlist as recruiters share it; sheets to decide on, to compare, to check, to weigh musts, to repeat the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from matcher.records import Evidence, Profile
from matcher.report.cells import plain
from matcher.report.musts import MUSTS, MUSTS_WIDTHS, must_rows
from matcher.report.reasons import Reason, Side, all_reasons, dates_of
from matcher.report.records import BANDS, Placed, Ranking, RunInfo
from matcher.report.rows import FLAT, Cell, flat_record

DECISIONS = ("Shortlist", "Hold", "Not for this role")
"""What the drop-down of the decision column offers; the column starts empty, for a person decides."""

_FILLS = ("#F4CCCC", "#FCE5CD", "#FFF2CC", "#D9EAD3")
_WIDTHS = {"rank": 6, "score": 8, "band": 6, "fit": 9, "decision": 16, "candidate": 24, "job_title": 26, "last_title": 26}
_WIDTHS |= {"reason_1": 44, "reason_2": 44, "reason_3": 44, "unmet": 36, "unknown": 28, "questions": 44, "kpis": 32}
_WIDTHS |= {"better_openings": 36}
_WIDTHS |= {"total_years": 8, "customer_contact_months": 10, "typing_wpm": 8, "resume": 30, "job": 30}
_WIDTHS |= {"missing": 40, "partial": 44}
_WIDTHS |= {"flags": 36, "job_flags": 36}
_TITLES = {"customer_contact_months": "Customer contact months", "typing_wpm": "WPM", "kpis": "KPIs", "resume": "Resume file"}
_TITLES |= {"flags": "Flags of the resume", "job_flags": "Flags of the job"}
_TITLES |= {"job": "Job file", "job_title": "Role", "lines_of_business": "Lines of business", "unknown": "Not known"}
_TITLES |= {"missing": "Asked for, nothing shown (would bring)", "partial": "Shown in part (points, of those in full)"}
_TITLES |= {"unmet": "Musts not met", "fit": "Fit", "questions": "Questions to ask"}
_TITLES |= {"better_openings": "Openings that fit better"}
_EVIDENCE = (
    *("Role", "Rank", "Candidate", "Speaks", "Points", "Of", "Reason"),
    *("Quotation", "From", "Page", "Dates", "Resume file", "Job file"),
)
_EVIDENCE_WIDTHS = (26, 6, 24, 10, 8, 8, 60, 48, 9, 6, 20, 30, 30)
_RANKED_WIDTHS = [_WIDTHS.get(column, 20) for column in FLAT]
_LINE, _MOST_LINES = 15, 12  # points; a higher row would leave too few on a screen
_MOST_ROWS = 1_000_000  # a sheet ends at 1,048,576
_MOST_CELLS = 2_000_000
_MOST_COLUMNS = 16_000


class Sheet:
    """The workbook; sheets are filled row by row, so that its size is bounded by `top`, not by the number of resumes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def start(self, run: RunInfo) -> None:
        """Make the workbook and its sheets."""
        self._run = run
        self._book = _workbook(self._path)
        self._styles = _styles(self._book)
        self._ranked = self._page("Ranked", [_title(c) for c in FLAT], _RANKED_WIDTHS, frozen=2)
        self._matrix = self._book.add_worksheet("Matrix")
        _print_wide(self._matrix)
        self._evidence = self._page("Evidence", _EVIDENCE, _EVIDENCE_WIDTHS)
        self._musts = self._page("Musts", MUSTS, MUSTS_WIDTHS)
        if run.resumes > run.top:
            self._ranked.write_comment(0, 0, f"The best {run.top} of each job are shown; .jsonl and .csv hold every pair.")
        self._rows = {"Ranked": 1, "Evidence": 1, "Musts": 1}
        self._grid = _Grid()
        self._full: set[str] = set()

    def add(self, ranking: Ranking) -> None:
        """Write the best of one job; every resume goes into the matrix."""
        self._grid.add(ranking)
        for placed in ranking.placed[: self._run.top]:
            self._write_ranked(placed)
            self._write_evidence(placed)
        for record in must_rows(ranking):
            self._write_row("Musts", self._musts, record, MUSTS_WIDTHS)

    def finish(self) -> None:
        """Write the matrix and the settings, and close."""
        pages = {"Ranked": (self._ranked, FLAT), "Evidence": (self._evidence, _EVIDENCE), "Musts": (self._musts, MUSTS)}
        for name, (page, columns) in pages.items():
            page.autofilter(0, 0, max(1, self._rows[name] - 1), len(columns) - 1)
        self._offer_decisions()
        self._ranked.print_area(0, 0, max(1, self._rows["Ranked"] - 1), FLAT.index("questions"))
        shown = self._write_matrix()
        self._write_settings(shown)
        self._book.close()

    # ------------------------------------------------------------------------------------------------------------- sheets

    def _page(self, name: str, titles: Sequence[str], widths: Sequence[int], frozen: int = 0) -> Any:
        page = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, frozen)
        _print_wide(page)
        for column, title in enumerate(titles):
            page.write_string(0, column, plain(title), self._styles["head"])
        return page

    def _write_ranked(self, placed: Placed) -> None:
        row = self._next("Ranked")
        if row is None:
            return
        record = flat_record(placed, self._run)
        record["candidate"] = record["candidate"] or f"({placed.fit.profile.source})"
        self._ranked.set_row(row, _height([record[name] for name in FLAT], _RANKED_WIDTHS))
        for column, name in enumerate(FLAT):
            style = placed.band if name in ("score", "band", "fit") else _kind(record[name])
            _write(self._ranked, row, column, record[name], self._styles[style])

    def _write_evidence(self, placed: Placed) -> None:
        for record in _evidence(placed):
            self._write_row("Evidence", self._evidence, record, _EVIDENCE_WIDTHS)

    def _write_row(self, name: str, page: Any, record: Sequence[Cell], widths: Sequence[int]) -> None:
        row = self._next(name)
        if row is None:
            return
        page.set_row(row, _height(record, widths))
        for column, value in enumerate(record):
            _write(page, row, column, value, self._styles[_kind(value)])

    def _next(self, name: str) -> int | None:
        """The next free row of a sheet; None, remembered for the settings, when it is full."""
        row = self._rows[name]
        if row > _MOST_ROWS:
            self._full.add(name)
            return None
        self._rows[name] += 1
        return row

    def _offer_decisions(self) -> None:
        column = FLAT.index("decision")
        last = max(1, self._rows["Ranked"] - 1)
        self._ranked.data_validation(
            1, column, last, column, {"validate": "list", "source": list(DECISIONS), "ignore_blank": True}
        )

    def _write_matrix(self) -> str:
        """Write resumes down, jobs across; tell which resumes are shown."""
        titles = self._grid.titles[: _MOST_COLUMNS - 3]
        people = self._grid.people(_MOST_CELLS // max(1, len(titles)))
        page, styles = self._matrix, self._styles
        for column, title in enumerate(("Resume file", "Candidate", "Best role", *titles)):
            page.set_column(column, column, 26 if column < 3 else 16)
            page.write_string(0, column, plain(title), styles["head"])
        page.freeze_panes(1, 3)
        for row, (key, cells) in enumerate(people, 1):
            for column, value in enumerate((key[0], key[2], self._grid.best(cells))):
                _write(page, row, column, value, styles["text"])
            for column, (score, band) in list(cells.items())[:_MOST_COLUMNS]:
                _write(page, row, column + 3, round(score, 2), styles[band])
        page.autofilter(0, 0, max(1, len(people)), len(titles) + 2)
        return "all resumes" if len(people) == len(self._grid) else f"the {len(people)} best of {len(self._grid)} resumes"

    def _write_settings(self, shown: str) -> None:
        page = self._page("Settings", ("Setting", "Value"), (30, 100))
        full = [(f"{name} is full", f"it ends after {_MOST_ROWS} rows; see .jsonl") for name in sorted(self._full)]
        rows = [*_settings(self._run), ("Matrix shows", shown), *full]
        for row, (name, value) in enumerate(rows, 1):
            _write(page, row, 0, name, self._styles["text"])
            _write(page, row, 1, value, self._styles["text"])


_Key = tuple[str, str, str, int]
"""Source, sha256 and name, and a number that tells copies in folders of their own apart."""


class _Grid:
    """Scores and bands of every pair, by resume and column of the job."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self._cells: dict[_Key, dict[int, tuple[float, int]]] = {}

    def __len__(self) -> int:
        return len(self._cells)

    def add(self, ranking: Ranking) -> None:
        column = len(self.titles)
        self.titles.append(f"{ranking.role.title} ({ranking.role.source})" if ranking.role.title else ranking.role.source)
        seen: Counter[tuple[str, str]] = Counter()
        for placed in ranking.placed:
            profile = placed.fit.profile
            file = (profile.source, profile.sha256)
            key = (*file, profile.facts.contact.name or "", seen[file])
            seen[file] += 1
            self._cells.setdefault(key, {})[column] = (placed.fit.score, placed.band)

    def people(self, most: int) -> list[tuple[_Key, dict[int, tuple[float, int]]]]:
        """The resumes with the best scores anywhere, at most so many, ordered by name."""
        ordered = sorted(self._cells.items(), key=lambda item: (-max(cell[0] for cell in item[1].values()), item[0]))
        return sorted(ordered[:most], key=lambda item: item[0])

    def best(self, cells: Mapping[int, tuple[float, int]]) -> str:
        column = max(cells, key=lambda column: (cells[column][0], -column))
        return self.titles[column] if cells[column][1] else "none"


def _evidence(placed: Placed) -> Iterator[tuple[Cell, ...]]:
    """Every sentence, once for each quotation. Points stand on a part's first row only: those of a pair add up to its sum."""
    fit = placed.fit
    start = (fit.role.title, placed.rank, fit.profile.facts.contact.name)
    files = (fit.profile.source, fit.role.source)
    yield (*start, "base", fit.base, None, "where every resume starts", None, None, None, None, *files)
    for reason in all_reasons(fit):
        if reason.side in (Side.ASK, Side.FLAG):  # they stand beside the decision
            continue
        points = reason.points if reason.side in (Side.FOR, Side.AGAINST) else None
        for place, item in enumerate(reason.evidence or (None,)):
            figures = (None, None) if place else (points, reason.most)
            yield (*start, str(reason.side), *figures, _sentence(reason), *_place(item, fit.profile), *files)


def _sentence(reason: Reason) -> str:
    """Points that are part of others stand in the sentence, not in the column that is summed up."""
    return f"{reason.sentence} ({reason.points:+.2f})" if reason.side is Side.PART else reason.sentence


def _place(item: Evidence | None, profile: Profile) -> tuple[Cell, ...]:
    if item is None:
        return None, None, None, None
    return " ".join(item.text.split()), item.document, item.page, dates_of(item, profile) or None


def _settings(run: RunInfo) -> Iterable[tuple[str, Cell]]:
    yield "Date of the run", run.date
    yield "Open jobs end at (as of)", run.as_of
    yield from ((f"Version of {name}", version) for name, version in run.versions.items())
    yield "Resumes ranked", run.resumes
    yield "Jobs", run.jobs
    yield "Ranked shows", f"the best {run.top} of each job; .jsonl and .csv hold every pair"
    yield from ((f"Option {name}", value) for name, value in run.options.items())
    yield "Bands", "; ".join(f"{band} {name}" for band, name in enumerate(BANDS))
    yield "What a score is", "how well the written evidence covers the written requirements; a person decides"
    yield "Files without a result", len(run.troubles)
    yield from ((f"Error, {item.document} {item.source}", f"{item.code}: {item.message}") for item in run.troubles)
    yield "Files of other kinds skipped", len(run.skipped)
    yield from (("Skipped", name) for name in run.skipped)


# ------------------------------------------------------------------------------------------------------------------- xlsx


def _workbook(path: Path) -> Any:
    from xlsxwriter import Workbook

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return Workbook(str(path), {"constant_memory": True, **safe})


def _print_wide(page: Any) -> None:
    """On paper all columns stand side by side, with the header on each sheet."""
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _styles(book: Any) -> dict[str | int, Any]:
    text = {"valign": "top", "text_wrap": True}
    styles: dict[str | int, Any] = {"text": book.add_format(text)}
    styles["head"] = book.add_format({"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#D9D9D9", "bottom": 1})
    styles["figure"] = book.add_format({**text, "align": "center"})
    for band, colour in enumerate(_FILLS):
        styles[band] = book.add_format({**text, "align": "center", "bg_color": colour})
    return styles


def _write(page: Any, row: int, column: int, value: Cell, style: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        page.write_string(row, column, plain(value), style)
    else:
        page.write_number(row, column, value, style)


def _kind(value: Cell) -> str:
    return "figure" if isinstance(value, int | float) else "text"


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Points that a row needs to show its text; set here since not every program finds out by itself."""
    lines = (_lines(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str))
    return _LINE * min(_MOST_LINES, max(lines, default=1))


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def _title(column: str) -> str:
    return _TITLES.get(column) or column.replace("_", " ").capitalize()
