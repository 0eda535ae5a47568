"""Objects that are made when they are looked at: a pool of thousands is ranked by its numbers, and few of it are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class Late:
    """Stands for an object of which some attributes are known; the first look at another one makes it."""

    __slots__ = ("_known", "_make")

    def __init__(self, known: Mapping[str, Any], make: Callable[[], Any]) -> None:
        self._known, self._make = known, make

    def __getattr__(self, name: str) -> Any:
        known: Mapping[str, Any] = object.__getattribute__(self, "_known")
        return known[name] if name in known else getattr(object.__getattribute__(self, "_make")(), name)
