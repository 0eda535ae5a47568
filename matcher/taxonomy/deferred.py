"""A sequence that is made when somebody first looks into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

Item = TypeVar("Item")


class Deferred(Sequence[Item], Generic[Item]):
    """Equal to the tuple of its items; what makes them is called once, at the first look."""

    __slots__ = ("_items", "_make")

    def __init__(self, make: Callable[[], Iterable[Item]]) -> None:
        self._make: Callable[[], Iterable[Item]] | None = make
        self._items: tuple[Item, ...] = ()

    def _all(self) -> tuple[Item, ...]:
        if self._make is not None:
            self._items, self._make = tuple(self._make()), None
        return self._items

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self._all()[place]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Deferred) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._all(),)
