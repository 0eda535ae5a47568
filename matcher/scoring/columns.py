"""Sparse columns: for a name, the rows that have it and how much; the arrays that all scoring is made of."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

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
        known = [name for name in weights if name in self.columns]
        return total([self.columns[name] for name in known], [weights[name] for name in known], size)

    def take(self, rows: Ints) -> Postings:
        """The columns of some rows, ascending; each is cut when it is asked for."""
        return Postings(_Cut(self.columns, rows))


@dataclass(frozen=True, slots=True)
class _Cut(Mapping[str, Column]):
    """Columns of some rows only."""

    whole: Mapping[str, Column]
    rows: Ints

    def __getitem__(self, name: str) -> Column:
        column = self.whole[name]
        if not len(column.rows):
            return column
        places = np.minimum(np.searchsorted(column.rows, self.rows), len(column.rows) - 1)
        found = np.flatnonzero(column.rows[places] == self.rows)
        return Column(found.astype(np.int32), column.values[places[found]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def total(columns: Sequence[Column], weights: Sequence[float], size: int) -> Floats:
    """For each row the sum of weight times value over columns, added up in their order."""
    if not columns:
        return np.zeros(size)
    bounds = np.cumsum([0, *(len(column.rows) for column in columns)], dtype=np.int32)
    values = np.concatenate([column.values for column in columns])
    matrix = csc_array((values, np.concatenate([column.rows for column in columns]), bounds), shape=(size, len(columns)))
    found: Floats = (matrix @ np.array(weights, np.result_type(values.dtype, np.float32))).astype(np.float64, copy=False)
    return found


@dataclass(frozen=True, slots=True)
class Groups:
    """Things in groups (the jobs of each profile), in layers: the first thing of every group, then the second where there is one.

    Groups of many things come first, so that a layer's groups are the first ones of the layer before: the greatest of each group
    then takes one step for a layer instead of one for a group. `places`: where the things of the layers, one after another, are
    found; `groups`: the groups of the first layer; `layers`: how many things are in each; `count`: how many groups there are.
    """

    places: Ints
    groups: Ints
    layers: tuple[int, ...]
    count: int

    @classmethod
    def of(cls, first: Ints) -> Groups:
        """Group g has the things `first[g]` to `first[g + 1]`."""
        sizes = np.diff(first)
        order = np.argsort(-sizes, kind="stable")
        layers = tuple(int((sizes > layer).sum()) for layer in range(int(sizes.max(initial=0))))
        places = [first[order[:many]] + layer for layer, many in enumerate(layers)]
        return cls(np.concatenate([np.empty(0, np.int64), *places]), order[: sum(layers[:1])], layers, len(sizes))

    def greatest(self, values: Floats) -> Floats:
        """For each group the greatest of its things' values, 0 where it has none."""
        found = np.zeros(self.count)
        if self.layers:
            laid = values[self.places]
            best, start = laid[: self.layers[0]], self.layers[0]
            for many in self.layers[1:]:
                np.maximum(best[:many], laid[start : start + many], out=best[:many])
                start += many
            found[self.groups] = best
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
