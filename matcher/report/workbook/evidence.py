"""The sheet to check: every sentence of every fit that is ranked, with its points, its quotations and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from matcher.records import Evidence, Profile
from matcher.report.reasons import Reason, Side, all_reasons, dates_of
from matcher.report.records import Placed
from matcher.report.rows import Cell
from matcher.report.workbook.book import Book, Heading, Page

_HEADINGS = (
    *(Heading("Role", 28), Heading("Rank", 6), Heading("Candidate", 18), Heading("Speaks", 9)),
    *(Heading("Points", 8), Heading("Of", 6), Heading("Reason", 46), Heading("Resume says", 35), Heading("Page", 6)),
    *(Heading("Dates", 17), Heading("Post says", 40), Heading("Resume file", 28), Heading("Job file", 30)),
)
_POINTS, _OF = 4, 5
_HEAD: dict[int, str | int] = {**dict.fromkeys(range(len(_HEADINGS)), "part"), _POINTS: "part points"}
_PRINTED = [heading.title for heading in _HEADINGS].index("Dates") + 1
_NOT_PRINTED = "&L&A of the first candidate; for others filter the sheet, select the rows and print the selection"
_STYLES: dict[int, str | int] = {_POINTS: "points", _OF: "score"}


class EvidencePage:
    """The page; a pair's rows stand together, below the one that its sum starts with."""

    def __init__(self, book: Book) -> None:
        self.page = Page(book, "Evidence", _HEADINGS, frozen=3, lines=4, ruled=False)
        self.page.sheet.set_header(_NOT_PRINTED, {"margin": 0.25})
        self._first = 0

    def add(self, placed: Placed) -> None:
        """Write the rows of a pair."""
        first, *others = _rows(placed)
        self.page.add(first, _HEAD)
        for record in others:
            self.page.add(record, _STYLES)
        self._first = self._first or self.page.rows

    def finish(self) -> None:
        """Of thousands of lines the first candidate's come on paper, with a word on how to print others."""
        self.page.finish(printed=_PRINTED, rows=self._first or None)


def _rows(placed: Placed) -> Iterator[tuple[Cell, ...]]:
    """Every sentence, with its quotations side by side and below each other.

    Points stand on a part's first row only: those of a pair add up to its sum.
    """
    fit = placed.fit
    start = (fit.role.title, placed.rank, fit.profile.facts.contact.name or f"({fit.profile.source})")
    files = (fit.profile.source, fit.role.source)
    yield (*start, "base", fit.base, None, "where every resume starts", None, None, None, None, *files)
    for reason in all_reasons(fit):
        points = reason.points if reason.side in (Side.FOR, Side.AGAINST) else None
        figures = (points, reason.most)
        for quoted in _quoted(reason.evidence, fit.profile):
            yield (*start, str(reason.side), *figures, _sentence(reason), *quoted, *files)
            figures = (None, None)
    for result in fit.profile.facts.kpis:
        told = "measured result" + (", see whether it can be" if result.doubtful else "")
        quote = Evidence("resume", result.quote, result.start, result.start + len(result.quote), result.page)
        for quoted in _quoted((quote,), fit.profile):
            yield (*start, "shown", None, None, told, *quoted, *files)


def _sentence(reason: Reason) -> str:
    """Points that are part of others stand in the sentence, not in the column that is summed up."""
    return f"{reason.sentence} ({reason.points:+.2f})" if reason.side is Side.PART else reason.sentence


def _quoted(evidence: Sequence[Evidence], profile: Profile) -> Iterator[tuple[Cell, ...]]:
    """What the resume says, with page and dates, beside what the post says; one row at least."""
    ours = [item for item in evidence if item.document == "resume"]
    theirs = [item for item in evidence if item.document != "resume"]
    for item, post in zip_longest(ours or (None,), theirs):
        place = (None, None, None) if item is None else (_words(item), item.page, dates_of(item, profile) or None)
        yield (*place, None if post is None else _words(post))


def _words(item: Evidence) -> str:
    return " ".join(item.text.split())
