"""Other rankings to be measured beside: `{job: [[resume, score], ...]}`, a file each."""

from __future__ import annotations

import json
import math
from pathlib import Path

from matcher.errors import InputError
from matcher.training.labels import name_of

Ranking = dict[str, dict[str, float]]
"""Job -> resume -> score."""


def read_baseline(path: Path) -> Ranking:
    """Read a stored ranking; InputError where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = {name_of(job): [(name_of(resume), float(score)) for resume, score in pairs] for job, pairs in data.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f'{path}: not a ranking: it should hold {{"job": [["resume", score], ...]}}') from error
    return {job: {resume: score for resume, score in pairs if math.isfinite(score)} for job, pairs in rows.items()}


def read_baselines(folder: Path) -> dict[str, Ranking]:
    """Every `.json` of a folder by its name, in order; empty where there is no such folder."""
    return {path.stem: read_baseline(path) for path in sorted(folder.glob("*.json"))} if folder.is_dir() else {}
