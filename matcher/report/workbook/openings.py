"""The sheets about openings: one line for each, and what its musts cost."""

from __future__ import annotations

from collections import Counter

from matcher.report.musts import NO_COST, dearest, must_rows, must_text
from matcher.report.records import Ranking
from matcher.report.workbook.book import Book, Heading, Page, fitted

_OPENINGS = (
    *(Heading("Role", 24), Heading("In a line", 54), Heading("Strong", 8), Heading("Possible", 9), Heading("Weak", 8)),
    *(Heading("No", 8), Heading("Of", 8), Heading("Flags of the job", 36), Heading("Job file", 24)),
)
_MUSTS = (
    *(Heading("Role", 28), Heading("Must", 60), Heading("In a lower band for it", 13), Heading("Of them, not said", 12)),
    *(Heading("More possible without it", 16), Heading("More strong without it", 16), Heading("Job file", 30)),
)


class Openings:
    """Both pages; every resume of a job is counted, also those that are not shown. Musts are listed where one costs a band."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.page = Page(book, "Openings", _OPENINGS, frozen=1)
        self.musts: Page | None = None

    def add(self, ranking: Ranking) -> None:
        """Write the rows of a job."""
        role = ranking.role
        bands = Counter(placed.band for placed in ranking.placed)
        counts = (*(bands[band] for band in (3, 2, 1, 0)), len(ranking.placed))
        flags = fitted([notice.sentence for notice in role.warnings], 36, 6, "more: in the .jsonl")
        styles: dict[int, str | int] = {2: "count 3", 3: "count 2", 4: "count 1", 5: "count 0"}
        self.page.add((role.title, opening_line(ranking), *counts, flags, role.source), styles)
        for record in must_rows(ranking):
            self.musts = self.musts or Page(self._book, "Musts", _MUSTS, frozen=1)
            self.musts.add(record)


def opening_line(ranking: Ranking) -> str:
    """How many fit, and the must that costs most: "2 strong, 5 possible, of 40; dearest must: ..."."""
    bands = Counter(placed.band for placed in ranking.placed)
    counts = f"{bands[3]} strong, {bands[2]} possible, of {len(ranking.placed)}"
    cost = dearest(ranking)
    return f"{counts}; dearest must: {must_text(cost)}" if cost else f"{counts}; {NO_COST}"
