"""How a score adds up, drawn in plain characters: from the base over each contribution to the sum, with the bands marked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.records import Fit
from matcher.report.records import BANDS
from matcher.unseen import one_line

_LABEL, _FIGURE = 29, 8
_LEAST, _MOST = 12, 64
"""Columns of the drawing; where there is not even room for the least of them the figures stand alone."""
Key = tuple[str, float]
"""Name and points of a contribution."""
_BASE, _SUM = "where every resume starts", "sum"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sum: its points and the total after it, both in hundredths, so that what is shown adds up exactly."""

    label: str
    points: int
    total: int


def steps(fit: Fit) -> list[Step]:
    """The base and each contribution; points are differences of rounded totals, within a hundredth of what they are."""
    found: list[Step] = []
    parts = [(_BASE, fit.base), *((one_line(part.name), part.points) for part in fit.contributions)]
    exact: list[float] = []
    for label, points in parts:
        exact.append(points)
        total = round(math.fsum(exact) * 100)
        found.append(Step(label, total - (found[-1].total if found else 0), total))
    return found


def shown_points(fit: Fit) -> dict[Key, int]:
    """What the sum shows of each contribution, in hundredths, so that all places say the same."""
    return {(part.name, part.points): step.points for part, step in zip(fit.contributions, steps(fit)[1:], strict=True)}


def waterfall(fit: Fit, thresholds: Sequence[float], width: int) -> Iterator[str]:
    """A row for each step: points, total and a bar from the total before to the one after; then the sum and the score.

    `thresholds` are the least scores of the bands 1, 2 and 3; without them no band is marked.
    """
    rows = steps(fit)
    marks = [math.log(score / (1 - score)) * 100 for score in thresholds]
    label = min(_LABEL, max(len(row.label) for row in rows))
    room = min(_MOST, width - 2 - label - 2 * _FIGURE - 2)
    room = room if room >= _LEAST else 0
    scale = _Scale.around([*(row.total for row in rows), *marks], room)
    columns = [scale.column(mark) for mark in marks]
    yield f"  {'':{label}}{'points':>{_FIGURE}}{'total':>{_FIGURE}}  {_names(columns, room)}".rstrip()
    before = rows[0].total
    for row in rows:
        bar = _bar(scale.column(before), scale.column(row.total), columns, room)
        yield f"  {row.label[:label]:{label}}{_signed(row.points)}{_signed(row.total)}  {bar}".rstrip()
        before = row.total
    yield f"  {_SUM:{label}}{'':{_FIGURE}}{_signed(rows[-1].total)}  {_bar(None, scale.column(before), columns, room)}".rstrip()
    yield f"  score {fit.score:.2f} = 1 / (1 + e^{-rows[-1].total / 100:.2f})"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Totals to columns of the drawing; to the right there is room for the name of the best band."""

    least: float
    most: float
    room: int

    @classmethod
    def around(cls, values: Sequence[float], room: int) -> _Scale:
        least, most = min(values), max(values)
        span = max(100.0, most - least)
        return cls(least - span * 0.05, most + span * 0.2, room)

    def column(self, value: float) -> int:
        return min(self.room - 1, int((value - self.least) / (self.most - self.least) * self.room))


def _bar(start: int | None, end: int, marks: Sequence[int], room: int) -> str:
    """A bar between two columns: "=" upward, "-" downward, its end as "o"; "|" where a band begins."""
    if not room:
        return ""
    cells = ["|" if column in marks else " " for column in range(room)]
    if start is not None:
        for column in range(min(start, end), max(start, end)):
            cells[column] = "=" if end > start else "-"
    cells[end] = "o"
    return "".join(cells)


def _names(marks: Sequence[int], room: int) -> str:
    """The bands' names over their stretches, their numbers where a name has no room."""
    if not room or len(marks) != len(BANDS) - 1:
        return ""
    edges = [-1, *marks, room]
    cells = ["|" if column in marks else " " for column in range(room)]
    for band, name in enumerate(BANDS):
        start, end = edges[band] + 1, edges[band + 1]
        told = name if len(name) <= end - start else str(band)
        cells[start : start + len(told)] = told[: end - start]
    return "".join(cells)


def _signed(hundredths: int) -> str:
    return f"{hundredths / 100:+{_FIGURE}.2f}"
