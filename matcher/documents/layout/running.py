"""What a document prints at the edge of each page: a running header is read once, page numbers are not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from matcher.documents.building import Draft

_EDGE = 0.12
"""The part of a page's height, from above and from below, in which running lines stand."""
_SHORT = 8
"""A line of no more letters than this beside a page's number says nothing else ("Page 1 of 3")."""
_CLOSE = 0.7
"""Lines of one text are no further apart than this, in em."""
_NUMBER = re.compile(r"\d+")

Numbered = tuple[int, int]
"""Page and line."""


def without_running(pages: Sequence[Sequence[Draft]], heights: Sequence[float]) -> Iterator[Draft]:
    """The lines of all pages, those that stand in one place on several pages only once; `heights` are those of the pages."""
    places: dict[tuple[str, int], list[Numbered]] = defaultdict(list)
    for i, (drafts, height) in enumerate(zip(pages, heights, strict=True)):
        for j, draft in enumerate(drafts):
            if len(pages) > 1 and (draft.bottom < _EDGE * height or draft.top > (1 - _EDGE) * height):
                places[_NUMBER.sub("0", draft.text), round(draft.x0 / 3)].append((i, j))
    left_out: set[Numbered] = set()
    for found in places.values():
        left_out |= _repeats(pages, found)
    for i, drafts in enumerate(pages):
        yield from (draft for j, draft in enumerate(drafts) if (i, j) not in left_out)


def _repeats(pages: Sequence[Sequence[Draft]], found: Sequence[Numbered]) -> set[Numbered]:
    """Which of some lines that read alike, numbers aside, are left out."""
    first = pages[found[0][0]][found[0][1]]
    same = [at for at in found if _in_place(first, pages[at[0]][at[1]])]
    texts = [pages[i][j].text for i, j in same]
    if len(same) < 2 or len({i for i, _ in same}) < len(same):
        return set()
    if len(set(texts)) == 1:
        return set() if _titles(pages, same) else set(same[1:])
    if not all(str(i + 1) in _NUMBER.findall(text) for (i, _), text in zip(same, texts, strict=True)):
        return set()
    return set(same if sum(map(str.isalpha, texts[0])) <= _SHORT else same[1:])


def _titles(pages: Sequence[Sequence[Draft]], same: Sequence[Numbered]) -> bool:
    """True of lines that each begin another text, as a job title does on top of several later pages; a header stands apart."""
    below = [pages[i][j + 1] for i, j in same if j + 1 < len(pages[i])]
    if same[0][0] == 0 or len(below) < len(same) or len({line.text for line in below}) == 1:
        return False
    gaps = [line.top - pages[i][j].bottom for line, (i, j) in zip(below, same, strict=True)]
    return all(-line.size < gap < _CLOSE * line.size for line, gap in zip(below, gaps, strict=True))


def _in_place(one: Draft, other: Draft) -> bool:
    return abs(one.top - other.top) < 2 and one.size == other.size
