"""`.xlsx`: the shortlist as recruiters share it; sheets to decide on, to compare, to check, to weigh musts, to repeat the run."""

from __future__ import annotations

from pathlib import Path

from matcher.report.records import Ranking, RunInfo
from matcher.report.workbook.book import MOST_ROWS, Book, Page
from matcher.report.workbook.evidence import EvidencePage
from matcher.report.workbook.matrix import Matrix
from matcher.report.workbook.openings import Openings
from matcher.report.workbook.ranked import Ranked
from matcher.report.workbook.settings import write_settings


class Sheet:
    """The workbook; filled row by row, so that beyond the scores of the matrix nothing is held but the job at hand."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def start(self, run: RunInfo) -> None:
        """Make the workbook and its sheets."""
        self._run = run
        self._thresholds: tuple[float, ...] = ()
        self._book = Book(self._path, run)
        self._ranked = Ranked(self._book, run, self._path.parent)
        self._matrix = Matrix(self._book)
        self._evidence = EvidencePage(self._book)
        self._openings = Openings(self._book)

    def add(self, ranking: Ranking) -> None:
        """Write the best of one job; every resume goes into the matrix and is counted."""
        self._matrix.add(ranking)
        self._openings.add(ranking)
        for placed in ranking.placed[: self._run.top]:
            self._thresholds = placed.thresholds
            self._ranked.add(placed)
            self._evidence.add(placed)

    def finish(self) -> None:
        """Write the matrix and the settings, and close."""
        self._ranked.finish()
        shown = self._matrix.write()
        self._evidence.finish()
        pages: dict[str, Page] = {"Openings": self._openings.page}
        pages |= {"Musts": self._openings.musts} if self._openings.musts else {}
        for page in pages.values():
            page.finish()
        pages |= {"Evidence": self._evidence.page, "Ranked": self._ranked.page}
        full = {name: page for name, page in pages.items() if page.full}
        found = {"Matrix shows": shown} | {f"{name} is full": f"it ends after {MOST_ROWS} rows; see .jsonl" for name in full}
        write_settings(self._book, self._run, self._thresholds, found)
        self._book.close()
