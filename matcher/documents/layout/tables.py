"""Tables with drawn lines: where their cells are, and what stands in them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.documents.cells import runs
from matcher.documents.layout.pages import Area, Rule
from matcher.documents.layout.segments import Segment, joined

_MOST_LINES = 4
"""A row with more lines in a cell is read cell by cell."""
_TOUCH = 3.0
"""Lines that come this near meet, in points."""
_WHOLE = 0.9
"""A line that covers this share of a table divides it."""
_MOST = 400
"""Beyond this many lines a page holds a drawing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, and the lines inside it."""

    segments: list[Segment]
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells that hold something; `place` stands for the whole among the page's other segments."""

    place: Segment
    rows: list[list[Cell]]

    def parts(self, row: Sequence[Cell]) -> Iterator[Segment | Cell]:
        """A row in reading order: neighbouring short cells as one line, divided by tabs, and each long cell by itself.

        A table of two columns that has a long cell lays out a page: what stands beside the first column keeps its lines.
        """
        apart = len(row) <= 2 and any(_tall(cell) for other in self.rows for cell in other)
        for alone, cells in runs(row, lambda cell: _tall(cell) or (apart and cell is not row[0])):
            yield cells[0] if alone else _line(cells)


def _line(cells: Sequence[Cell]) -> Segment:
    """Cells as one line."""
    ordered = [sorted(cell.segments, key=lambda s: (s.base, s.x0)) for cell in cells]
    glue = [sign for cell in ordered for sign in ["\t", *" " * (len(cell) - 1)]]
    return joined([segment for cell in ordered for segment in cell], glue[1:])


def _tall(cell: Cell) -> bool:
    """True if a cell holds many lines, or several items of a list."""
    bases = [segment.base for segment in sorted(cell.segments, key=lambda s: s.base)]
    lines = 1 + sum(b - a > 3 for a, b in pairwise(bases))
    return lines > _MOST_LINES or sum(segment.bullet for segment in cell.segments) > 1


def tables_of(segments: Sequence[Segment], rules: Sequence[Rule]) -> tuple[list[Table], list[Segment], list[Rule]]:
    """The ruled tables of a page or a cell, and the segments and rules that belong to none."""
    flat, upright = [r for r in rules if r.top == r.bottom], [r for r in rules if r.top != r.bottom]
    if len(flat) < 2 or not upright or len(rules) > _MOST:
        return [], list(segments), list(rules)
    tables: list[Table] = []
    left, free = list(segments), list(rules)
    for group in _touching(rules):
        table = _table(left, group)
        if table is not None:
            tables.append(table)
            taken = {id(s) for row in table.rows for cell in row for s in cell.segments}
            left = [s for s in left if id(s) not in taken]
            used = set(map(id, group))
            free = [r for r in free if id(r) not in used]
    return tables, left, free


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Groups of lines that meet one another."""
    groups: list[tuple[Area, list[Rule]]] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        near = [group for group in groups if _meets(group, rule)]
        merged = [r for _, group in near for r in group] + [rule]
        groups = [group for group in groups if all(group is not other for other in near)]
        groups.append((_around(merged), merged))
    yield from (group for _, group in groups if len(group) > 2)


def _meets(group: tuple[Area, list[Rule]], rule: Rule) -> bool:
    around, rules = group
    return _close(around, rule) and any(_close(other, rule) for other in rules)


def _close(one: Area | Rule, other: Rule) -> bool:
    across = one.x0 <= other.x1 + _TOUCH and other.x0 <= one.x1 + _TOUCH
    return across and one.top <= other.bottom + _TOUCH and other.top <= one.bottom + _TOUCH


def _around(rules: Sequence[Rule]) -> Area:
    return Area(min(r.x0 for r in rules), min(r.top for r in rules), max(r.x1 for r in rules), max(r.bottom for r in rules))


def _table(segments: Sequence[Segment], rules: Sequence[Rule]) -> Table | None:
    """The table that some lines draw; None if they divide nothing."""
    area = _around(rules)
    heights = _whole_lines([(r.top, r.x0, r.x1) for r in rules if r.top == r.bottom], area.x0, area.x1)
    if len(heights) < 2:
        return None
    inside = [s for s in segments if heights[0] < s.base - 0.3 * s.size <= heights[-1] and area.x0 - 1 <= s.x0 <= area.x1]
    rows = []
    for top, bottom in pairwise(heights):
        row = [s for s in inside if top < s.base - 0.3 * s.size <= bottom]
        within = [r for r in rules if r.top >= top - _TOUCH and r.bottom <= bottom + _TOUCH]
        long = [r for r in rules if r.x0 == r.x1 and r.top < bottom and r.bottom > top]
        if row:
            rows.append(_cells(row, within, long, top, bottom))
    if not any(len(row) > 1 for row in rows):
        return None
    return Table(_place(inside, area), rows)


def _cells(row: Sequence[Segment], within: Sequence[Rule], upright: Sequence[Rule], top: float, bottom: float) -> list[Cell]:
    """The filled cells between two lines across the table, left to right."""
    walls = _whole_lines([(r.x0, max(r.top, top), min(r.bottom, bottom)) for r in upright], top, bottom)
    across = [r for r in within if r.top == r.bottom and top + _TOUCH < r.top < bottom - _TOUCH]
    # A line that goes on across a wall belongs to a table in the table, and so does the wall.
    walls = [wall for wall in walls if not _crossed(wall, across)]
    found: dict[int, list[Segment]] = {}
    for segment in row:
        found.setdefault(bisect_right(walls, segment.x0 + 1), []).append(segment)
    edges = [float("-inf"), *walls, float("inf")]
    cells = []
    for number, segments in sorted(found.items()):
        x0, x1 = edges[number] + _TOUCH, edges[number + 1] - _TOUCH
        inner = [r for r in within if top + _TOUCH < (r.top + r.bottom) / 2 < bottom - _TOUCH and x0 < (r.x0 + r.x1) / 2 < x1]
        cells.append(Cell(segments, inner))
    return cells


def _crossed(wall: float, across: Sequence[Rule]) -> bool:
    """True if a horizontal line, perhaps drawn cell by cell, goes on from one side of a wall to the other."""
    before = [r.top for r in across if r.x0 < wall - _TOUCH and r.x1 > wall - _TOUCH]
    after = [r.top for r in across if r.x0 < wall + _TOUCH and r.x1 > wall + _TOUCH]
    return any(abs(a - b) < 1 for a in before for b in after)


def _whole_lines(pieces: Sequence[tuple[float, float, float]], start: float, end: float) -> list[float]:
    """Where pieces (place, from, to) make a line that goes all the way from `start` to `end`."""
    found: list[float] = []
    ordered = sorted(pieces)
    first = 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or ordered[i][0] - ordered[i - 1][0] > _TOUCH:
            if _covered(ordered[first:i]) >= _WHOLE * (end - start):
                found.append(ordered[first][0])
            first = i
    return found


def _covered(pieces: Sequence[tuple[float, float, float]]) -> float:
    """The length that pieces of one line cover together."""
    total, reached = 0.0, float("-inf")
    for _, start, end in sorted(pieces, key=lambda piece: piece[1]):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _place(inside: Sequence[Segment], area: Area) -> Segment:
    """An empty segment in a table's place."""
    first = min(inside, key=lambda s: s.base)
    x0, x1 = min(area.x0, first.x0), max(area.x1, *(s.x1 for s in inside))
    return Segment("", array("f"), array("f"), x0, first.top, x1, area.bottom, first.base, first.size, False)
