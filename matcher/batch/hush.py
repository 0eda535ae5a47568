"""Imported by the fork server alone: a worker that is born while its pool is being dismissed dies without a word.

It finds its pipes and locks gone, and the fork server would print that as a traceback beneath a run in which nothing is wrong.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what ends a newborn worker, but for what a vanished pool looks like."""
    if not issubclass(kind, (OSError, EOFError)):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _hook
