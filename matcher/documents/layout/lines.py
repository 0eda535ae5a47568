"""A page's glyphs to printed lines in reading order."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.documents.building import Draft
from matcher.documents.layout.columns import blocks
from matcher.documents.layout.pages import Glyph, Page, Rule, upright
from matcher.documents.layout.paragraphs import paragraphs
from matcher.documents.layout.running import without_running
from matcher.documents.layout.segments import Segment, joined, segments_of
from matcher.documents.layout.tables import Table, tables_of
from matcher.errors import LimitError

_TAB = 1.5
"""Cells of a row that are further apart than this many em are divided by a tab."""
_PARAGRAPH = 1.45
"""Lines further apart than this many times the page's usual distance are paragraphs."""
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d/\d\d|['’]\d\d")
_SHORT = 24
"""A date, and half a range of dates, is no longer than this."""
_DEEPEST = 4
"""Tables inside tables are looked for so deep."""
_MOST = 10_000
"""Pieces of text on a page: a full one has a hundred, and putting them in order takes longer the more there are."""
_BANNER = 1.4
"""Turned letters that are so many times as large as any upright ones are a banner."""
_ENOUGH = 4
_COMMON = 1.2
"""The distance of baselines in em that most programs set, for a page with fewer than `_ENOUGH` distances of its own."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Segments that are read row by row; `apart` says whether a gap stands before them, None that their places say so."""

    segments: list[Segment]
    apart: bool | None = None


def lines_of_all(pages: Sequence[Page]) -> Iterator[Draft]:
    """The lines of all pages in reading order, what is printed on each page once."""
    return without_running([list(lines_of(page)) for page in pages], [page.height for page in pages])


def lines_of(page: Page) -> Iterator[Draft]:
    """The lines of a page in reading order; turned text comes after the text of the page's main direction.

    Unless its letters are by far the largest of the first page: then they are the name, in a band along the edge.
    """
    for turn, glyphs in _directions(page):
        marks, rules = (page.marks, page.rules) if turn == 0 else ([], [])
        segments = segments_of(glyphs, marks, rules)
        if len(segments) > _MOST:
            raise LimitError(
                f"has more than {_MOST:,} pieces of text on page {page.number}; print it to PDF again", "too-complex"
            )
        words = frozenset(word.casefold() for segment in segments for word in _LETTERS.findall(segment.text))
        groups = [_Group(_rows(g.segments), g.apart) for g in _groups(segments, rules, page.number == 1) if g.segments]
        usual = _usual_distance([group.segments for group in groups])
        groups = [_Group(paragraphs(group.segments, usual, words), group.apart) for group in groups]
        # A page break says nothing about sections: only a gap inside a page sets a line apart.
        before: Segment | None = None
        for group in groups:
            for i, row in enumerate(group.segments):
                apart = before is not None and _apart(before, row, usual)
                if i == 0 and group.apart is not None:
                    apart = before is not None and group.apart
                yield _turned_back(row, apart, turn, page)
                before = row


def _groups(segments: Sequence[Segment], rules: Sequence[Rule], first: bool, depth: int = 0) -> Iterator[_Group]:
    """Groups in reading order: blocks of text, and ruled tables by row or by cell."""
    tables, rest, free = tables_of(segments, rules) if depth < _DEEPEST else ([], list(segments), list(rules))
    places = {id(table.place): table for table in tables}
    for block in blocks([*rest, *(table.place for table in tables)], free, first):
        group: list[Segment] = []
        for segment in block:
            table = places.get(id(segment))
            if table is None:
                group.append(segment)
                continue
            yield _Group(group)
            yield from _of_table(table, first, depth)
            group = []
        yield _Group(group)


def _of_table(table: Table, first: bool, depth: int) -> Iterator[_Group]:
    """The rows of a table: what is short as a line, what is long cell after cell."""
    rows: list[Segment] = []
    for row in table.rows:
        parts = list(table.parts(row))
        if len(parts) == 1 and isinstance(parts[0], Segment):
            rows.append(parts[0])
            continue
        yield _Group(rows)
        rows = []
        headed: bool | None = None
        for part in parts:
            if isinstance(part, Segment):
                yield _Group([part], headed is not True)
                headed = True
                continue
            inner = [group for group in _groups(part.segments, part.rules, first, depth + 1) if group.segments]
            yield _Group(inner[0].segments, False if headed else None)
            yield from inner[1:]
            headed = False
    yield _Group(rows)


def _directions(page: Page) -> list[tuple[int, list[Glyph]]]:
    """The frames of a page in reading order."""
    ordered = sorted(page.frames.items(), key=lambda item: -len(item[1]))
    if page.number == 1 and len(ordered) > 1:
        sizes = [max((glyph.size for glyph in glyphs if glyph.text.isalpha()), default=0.0) for _, glyphs in ordered]
        largest = max(sizes)
        if largest > _BANNER * sizes[0]:
            ordered.insert(0, ordered.pop(sizes.index(largest)))
    return ordered


def _apart(before: Segment, row: Segment, usual: float) -> bool:
    """True if there is a gap between two rows, or the second one begins a new column."""
    size = max(row.size, before.size)
    beside = row.x0 > before.x1 or before.x0 > row.x1
    return row.base <= before.base or beside or row.top - before.bottom > (_PARAGRAPH * usual - 1) * size


def _rows(group: Sequence[Segment]) -> list[Segment]:
    """Join what stands on one baseline."""
    rows: list[list[Segment]] = []
    for segment in sorted(group, key=lambda s: (s.base, s.x0)):
        if rows and _on_row(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [_joined_row(sorted(row, key=lambda s: s.x0)) for row in _wraps_undone(rows)]


def _wraps_undone(rows: list[list[Segment]]) -> list[list[Segment]]:
    """Put together what was wrapped at the right of a line, above or below it: "June 2019 to" over "May 2021"."""
    found: list[list[Segment]] = []
    for row in rows:
        if found and (joint := _wrapped(found[-1], row)):
            found[-1] = joint
        else:
            found.append(row)
    return found


def _wrapped(above: Sequence[Segment], below: Sequence[Segment]) -> list[Segment] | None:
    """Two rows as one if a range of dates at their right goes on from one to the other; else None."""
    first, second = max(above, key=lambda s: s.x0), max(below, key=lambda s: s.x0)
    near = second.top - first.bottom < 0.6 * first.size and first.size == second.size
    level = abs(first.x0 - second.x0) < 3 or abs(first.x1 - second.x1) < 3
    if max(len(above), len(below)) != 2 or not near or not level or not _half_a_range(first.text, second.text):
        return None
    beside = [s for s in (*above, *below) if s is not first and s is not second]
    if any(s.x1 > min(first.x0, second.x0) for s in beside):
        return None
    if len(beside) == 1:
        return [*beside, joined([first, second], " ")]
    if abs(beside[0].x0 - beside[1].x0) < 3 and beside[0].bold == beside[1].bold and beside[0].size == beside[1].size:
        return [joined(beside, " "), joined([first, second], " ")]
    return None


def _half_a_range(first: str, second: str) -> bool:
    """True of two short texts that are one range of dates: one breaks off ("June 2019 to"), or the other begins with a dash."""
    if max(len(first), len(second)) > _SHORT or not _YEAR.search(first):
        return False
    return not any(map(str.isdigit, first.split()[-1])) or second[0] in "-–—"


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
    pieces = tuple((piece.start, *upright(piece[1:], turn, page)) for piece in row.pieces)
    return Draft(row.text, apart, page.number, *box, row.size, row.bold, lefts, rights, turn in (1, 3), pieces)
