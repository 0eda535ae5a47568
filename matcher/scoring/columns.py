"""Sparse columns: for a name, the rows that have it and how much; the arrays that all scoring is made of."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int8]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """The rows that have something, ascending and each once, and the value of each; every other row has 0."""

    rows: NDArray[np.int32]
    values: NDArray[Any]

    def full(self, size: int) -> Floats:
        """All rows."""
        found = np.zeros(size)
        found[self.rows] = self.values
        return found


NOTHING = Column(np.empty(0, np.int32), np.empty(0, np.int8))


@dataclass(frozen=True, slots=True)
class Postings:
    """Column by name; a name that nobody has is an empty column."""

    columns: Mapping[str, Column]

    def __getitem__(self, name: str) -> Column:
        return self.columns.get(name, NOTHING)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def weighted(self, weights: Mapping[str, float], size: int) -> Floats:
        """For each row the sum of weight times value over names, added up in the order of the weights."""
        found = np.zeros(size)
        for name, weight in weights.items():
            column = self[name]
            found[column.rows] += weight * column.values
        return found


def taken(values: array[Any]) -> NDArray[Any]:
    """The numbers of an `array`, not copied."""
    return np.frombuffer(values, values.typecode) if values else np.empty(0, values.typecode)


@dataclass(slots=True)
class PostingsBuilder:
    """Takes rows one after another; `kind` is the type code of the values as in the module `array`."""

    kind: str = "d"
    rows: dict[str, array[int]] = field(default_factory=dict)
    values: dict[str, array[Any]] = field(default_factory=dict)

    def add(self, row: int, name: str, value: float) -> None:
        """Give a row, not smaller than any before, its value under a name."""
        found = self.rows.get(name)
        if found is None:
            found = self.rows[name] = array("i")
            self.values[name] = array(self.kind)
        found.append(row)
        self.values[name].append(value)

    def build(self) -> Postings:
        """The columns; the builder is not used again."""
        return Postings({name: Column(taken(rows), taken(self.values[name])) for name, rows in self.rows.items()})


@dataclass(slots=True)
class Codes:
    """Small numbers for names, given in the order in which they are met."""

    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, name: str | None) -> int:
        """The number of a name, -1 for None."""
        return -1 if name is None else self.numbers.setdefault(name, len(self.numbers))

    def bits(self, names: Iterable[str]) -> int:
        """The names as the bits of a number, each name being given its own."""
        return sum(1 << self.add(name) for name in dict.fromkeys(names))

    def known(self, names: Iterable[str]) -> int:
        """As `bits`, without those that were never met."""
        return sum(1 << self.numbers[name] for name in dict.fromkeys(names) if name in self.numbers)
