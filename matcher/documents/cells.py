"""Rows of tables: which cells are read as one line, and which by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

C = TypeVar("C")


def runs(row: Sequence[C], alone: Callable[[C], bool]) -> Iterator[tuple[bool, list[C]]]:
    """A row in reading order: each cell that stands alone (True), and between them the others together (False)."""
    for by_itself, cells in groupby(row, alone):
        if by_itself:
            yield from ((True, [cell]) for cell in cells)
        else:
            yield False, list(cells)
