"""Imported by the fork server alone, where many files are to be read: what their first one would wait for is there for all."""

from __future__ import annotations

import gc

from matcher.batch.warm import ENGINE

if ENGINE is not None:
    ENGINE.prepare()

# Collected now and never looked at again: a collection in a worker would copy all the pages that the workers share.
gc.collect()
gc.freeze()
