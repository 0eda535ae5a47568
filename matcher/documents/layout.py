"""A page's glyphs to printed lines in reading order."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from matcher.documents.building import Draft
from matcher.documents.columns import blocks
from matcher.documents.pages import Page, Rule, upright
from matcher.documents.segments import Segment, joined, segments_of
from matcher.documents.tables import ruled_rows

_TAB = 1.5
"""Cells of a row that are further apart than this many em are divided by a tab."""
_PARAGRAPH = 1.45
"""Lines further apart than this many times the page's usual distance are paragraphs."""
_ENOUGH = 4
_COMMON = 1.2
"""The distance of baselines in em that most programs set, for a page with fewer than `_ENOUGH` distances of its own."""


def lines_of(page: Page) -> Iterator[Draft]:
    """The lines of a page in reading order; turned text comes after the text of the page's main direction."""
    for turn, glyphs in sorted(page.frames.items(), key=lambda item: -len(item[1])):
        marks, rules = (page.marks, page.rules) if turn == 0 else ([], [])
        groups = [_rows(group, rules) for group in blocks(segments_of(glyphs, marks, rules), rules)]
        usual = _usual_distance(groups)
        # A page break says nothing about sections: only a gap inside a page sets a line apart.
        before: Segment | None = None
        for row in (row for group in groups for row in group):
            yield _turned_back(row, before is not None and _apart(before, row, usual), turn, page)
            before = row


def _apart(before: Segment, row: Segment, usual: float) -> bool:
    """True if there is a gap between two rows, or the second one begins a new column."""
    size = max(row.size, before.size)
    beside = row.x0 > before.x1 or before.x0 > row.x1
    return row.base <= before.base or beside or row.top - before.bottom > (_PARAGRAPH * usual - 1) * size


def _rows(group: Sequence[Segment], rules: Sequence[Rule]) -> list[Segment]:
    """Join what stands on one baseline, or in one row of a ruled table."""
    cells, rest = ruled_rows(group, rules)
    rows: list[list[Segment]] = []
    for segment in sorted(rest, key=lambda s: (s.base, s.x0)):
        if rows and _on_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    found = [_joined_row(sorted(row, key=lambda s: s.x0)) for row in rows]
    return sorted([*cells, *found], key=lambda s: s.base)


def _on_row(row: Sequence[Segment], segment: Segment) -> bool:
    if segment.base - row[0].base > 0.4 * max(row[0].size, segment.size):
        return False
    return all(segment.x0 >= s.x1 - 1 or segment.x1 <= s.x0 + 1 for s in row)


def _joined_row(row: Sequence[Segment]) -> Segment:
    if len(row) == 1:
        return row[0]
    glue = ["\t" if b.x0 - a.x1 > _TAB * max(a.size, b.size) else " " for a, b in pairwise(row)]
    return joined(row, glue)


def _usual_distance(groups: Sequence[Sequence[Segment]]) -> float:
    """The page's usual distance of baselines inside a paragraph, in em: items and headings stand further apart."""
    found = []
    for group in groups:
        for one, other in pairwise(group):
            distance = (other.base - one.base) / max(one.size, other.size, 1.0)
            if 0.8 < distance < 2.2:
                found.append(distance)
    if len(found) < _ENOUGH:
        return _COMMON
    return min(max(sorted(found)[len(found) // 4], 1.0), 1.5)


def _turned_back(row: Segment, apart: bool, turn: int, page: Page) -> Draft:
    """A row with its box and its characters' edges in the page's own frame."""
    box = upright((row.x0, row.top, row.x1, row.bottom), turn, page)
    lefts, rights = row.lefts, row.rights
    if turn in (1, 2):  # such text runs towards the edge from which the page is measured
        far = page.height if turn == 1 else page.width
        lefts, rights = array("f", (far - x for x in row.rights)), array("f", (far - x for x in row.lefts))
    return Draft(row.text, apart, page.number, *box, row.size, row.bold, lefts, rights, upended=turn in (1, 3))
