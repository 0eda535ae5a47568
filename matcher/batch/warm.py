"""Imported by the fork server alone: one engine built there is every worker's from its first moment."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.matching import Engine


def _build() -> Engine | None:
    try:
        from matcher.matching import Engine

        return Engine(None)
    except Exception:  # would end the fork server; the worker that builds its own will tell what is wrong
        return None


ENGINE = _build()
"""The engine over the built-in taxonomy, or None if it could not be built."""

gc.freeze()  # a collection in a worker would copy all the pages that the workers share
