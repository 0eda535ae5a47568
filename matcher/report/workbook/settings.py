"""The sheet to repeat the run by: versions, weights, options, counts, what failed, what was skipped, what is never scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matcher.report.records import BANDS, RunInfo
from matcher.report.rows import Cell
from matcher.report.workbook.book import Book, Heading, Page

_HEADINGS = (Heading("Setting", 44), Heading("Value", 110))
_NEVER = "age, sex, photo, name, marital status, religion, address: read only to be left out"
_ASKED = "shift, site, notice, internet and what else resumes do not print: a question, never points"
_WHAT = "how well the written evidence covers the written requirements; it predicts nothing, and a person decides"


def write_settings(book: Book, run: RunInfo, thresholds: tuple[float, ...], found: Mapping[str, str]) -> None:
    """Write the sheet; `found` is what was learned while the others were written."""
    page = Page(book, "Settings", _HEADINGS, frozen=1, lines=20)
    for title, rows in _parts(run, thresholds, found):
        page.add((title, None), {0: "part", 1: "part"})
        for name, value in rows:
            page.add((name, value), {1: "left"})
    page.finish(filtered=False)


def _parts(
    run: RunInfo, thresholds: tuple[float, ...], found: Mapping[str, str]
) -> Iterator[tuple[str, Iterable[tuple[str, Cell]]]]:
    yield "The run", _run(run, found)
    yield "Versions", [(f"Version of {name}", version) for name, version in run.versions.items()]
    yield "Options", [(f"Option {name}", value) for name, value in run.options.items()]
    yield "Weights of the score, in points", run.weights.items()
    yield "How to read the score", _reading(thresholds)
    yield (
        f"Files without a result: {len(run.troubles)}",
        _listed((f"{item.document} {item.source}", f"{item.code}: {item.message}") for item in run.troubles),
    )
    yield f"Files skipped: {len(run.skipped)}", _listed(run.skipped.items())


def _run(run: RunInfo, found: Mapping[str, str]) -> Iterator[tuple[str, Cell]]:
    yield "Date of the run", run.date
    yield "Open jobs end at (as of)", run.as_of
    yield "Resumes ranked", run.resumes
    yield "Jobs", run.jobs
    yield "Ranked and Evidence show", f"the best {run.top} of each job; .jsonl, .csv and .parquet hold every pair"
    yield from found.items()


def _reading(thresholds: tuple[float, ...]) -> Iterator[tuple[str, Cell]]:
    edges = ["", *(f" (from {edge:.2f})" for edge in thresholds)] if len(thresholds) == len(BANDS) - 1 else [""] * len(BANDS)
    yield "Bands", "; ".join(f"{band} {name}{edge}" for band, (name, edge) in enumerate(zip(BANDS, edges, strict=True)))
    yield "What a score is", _WHAT
    yield "Never scored", _NEVER
    yield "Asked, not scored", _ASKED


def _listed(rows: Iterable[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    return list(rows) or [("none", None)]
