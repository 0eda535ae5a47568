"""The memory of a worker process: how much one file may take, and what is given back after a large one.

Only Linux tells how much is in use; elsewhere nothing here does anything, and the time limit alone holds.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_LEARNT = 32 * 2**20
"""What a reader may keep of the files before: modules that the first of a kind needs, words that it has met."""
_LARGE = 32 * 2**20
"""A file after which so much more is held has its memory given back; asking for it costs more than to read a small file."""


class Held(NamedTuple):
    """Bytes of address space in use, and bytes of memory that stand behind them."""

    space: int
    resident: int


class Memory:
    """What this process holds; make one when it is ready for its first file."""

    def __init__(self) -> None:
        gc.freeze()  # what is there now stays, and need not be looked through after each large file
        self._first = self._last = held()
        self._trim = _trimmer()

    @contextmanager
    def limit(self, allowance: int) -> Iterator[None]:
        """Let a file take `allowance` bytes beyond what the process held when it was ready; MemoryError if it takes more.

        What earlier files left behind is mostly free and used again, so it is not added: a file has the same room in a worker
        that has read others as in a new one, and no worker grows beyond what it held at first, the allowance and a little.
        """
        if self._first is None:
            yield
            return
        import resource

        now = held() or self._first
        ceiling = min(now.space, self._first.space + _LEARNT) + allowance
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard), hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def give_back(self) -> None:
        """Return to the system what a large file took: C libraries keep what is freed, as if it were still needed."""
        now = held()
        if self._last is None or now is None or now.resident < self._last.resident + _LARGE:
            return
        gc.collect()
        if self._trim is not None:
            self._trim(0)
        self._last = held()


def held() -> Held | None:
    """What this process holds now; None where the system does not tell."""
    try:
        space, resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        return None
    page = os.sysconf("SC_PAGE_SIZE")
    return Held(int(space) * page, int(resident) * page)


def _trimmer() -> Callable[[int], Any] | None:
    """The function of the C library that returns free memory to the system; only GNU's has one."""
    try:
        import ctypes

        trim: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
    except (ImportError, OSError, AttributeError, TypeError):  # TypeError: Windows
        return None
    return trim
