"""The sheet to compare: resumes down, openings across, a score in each cell."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.report.records import Ranking
from matcher.report.text import role_name
from matcher.report.workbook.book import Book, Heading, Page

_MOST_CELLS = 500_000
_MOST_COLUMNS = 16_000
_POSSIBLE, _MIDDLE = 1, 0.5
_SCALE = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
_SCALE |= {"min_color": "#FBF3EE", "mid_color": "#FFE699", "max_color": "#63BE7B"}

_Key = tuple[str, str, str, int]
"""Source, sha256 and name, and a number that tells copies in folders of their own apart."""


@dataclass(slots=True)
class _Person:
    """A resume's scores, 8 bytes each, NaN for jobs without one; the best of them with its column and band."""

    scores: array[float] = field(default_factory=lambda: array("d"))
    best: float = -1.0
    column: int = 0
    band: int = 0

    def add(self, column: int, score: float, band: int) -> None:
        """Take the score of a job; the first of equals is the best."""
        self.scores.extend([math.nan] * (column - len(self.scores)))
        self.scores.append(score)
        if score > self.best:
            self.best, self.column, self.band = score, column, band


class Matrix:
    """Takes the scores of every pair, job by job, and writes the sheet in the end."""

    def __init__(self, book: Book) -> None:
        self._book = book
        book.sheet("Matrix")  # its place among the others
        self._roles: list[tuple[str, str]] = []
        self._people: dict[_Key, _Person] = {}
        self._middle = _MIDDLE

    def add(self, ranking: Ranking) -> None:
        """Take the scores of one job."""
        column = len(self._roles)
        self._roles.append((ranking.role.title, ranking.role.source))
        seen: Counter[tuple[str, str]] = Counter()
        for placed in ranking.placed:
            profile = placed.fit.profile
            file = (profile.source, profile.sha256)
            person = self._people.setdefault((*file, profile.facts.contact.name or "", seen[file]), _Person())
            seen[file] += 1
            person.add(column, placed.fit.score, placed.band)
            if placed.thresholds:
                self._middle = placed.thresholds[_POSSIBLE]

    def write(self) -> str:
        """Write the sheet, resumes ordered by name; tell which of them it shows."""
        names = _names(self._roles)
        titles = names[:_MOST_COLUMNS]
        headings = (Heading("Resume file", 24), Heading("Candidate", 20), Heading("Best role", 34))
        page = Page(self._book, "Matrix", (*headings, *(Heading(title, 14) for title in titles)), frozen=3, lines=2)
        shown = self._shown(_MOST_CELLS // max(1, len(titles)))
        styles: dict[int, str | int] = dict.fromkeys(range(3, len(titles) + 3), "score")
        for key, person in shown:
            scores = [None if math.isnan(score) else round(score, 4) for score in person.scores[: len(titles)]]
            rest = [None] * (len(titles) - len(scores))
            best = names[person.column] if person.band else "none"
            page.add((key[0], key[2] or None, best, *scores, *rest), styles)
        page.finish(titles)
        if titles:
            scale = _SCALE | {"mid_value": self._middle}
            page.sheet.conditional_format(1, 3, max(1, page.rows - 1), len(titles) + 2, scale)
        return "all resumes" if len(shown) == len(self._people) else f"the {len(shown)} best of {len(self._people)} resumes"

    def _shown(self, most: int) -> list[tuple[_Key, _Person]]:
        """The resumes with the best scores anywhere, at most so many, ordered by name."""
        ordered = sorted(self._people.items(), key=lambda item: (-item[1].best, item[0]))
        return sorted(ordered[:most], key=lambda item: item[0])


def _names(roles: Sequence[tuple[str, str]]) -> list[str]:
    """What stands above the columns: titles, with the file where several posts have the same one."""
    times = Counter(title for title, _ in roles)
    return [title if title and times[title] == 1 else role_name(title, source) for title, source in roles]
