"""Graded labels: `{job: {resume: grade 0 to 3}}`, and rankings to hold against them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from matcher.errors import InputError

_ENDINGS = frozenset({".pdf", ".docx", ".txt", ".md", ".html", ".htm", ".json", ".rtf", ".yaml"})
_GRADES = (0, 1, 2, 3)
Grades = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Scores and bands of a ranking, by job and resume."""

    scores: Mapping[str, Mapping[str, float]]
    bands: Mapping[tuple[str, str], int]


def name_of(source: str) -> str:
    """A document's name without folders and known ending, as labels and rankings are compared."""
    path = PurePath(source)
    return path.stem if path.suffix.lower() in _ENDINGS else path.name


def read_grades(path: Path) -> Grades:
    """Read a label file; raises InputError where it is none."""
    data = _json(path, path)
    rows = list(data.values()) if isinstance(data, dict) else [None]
    if not all(isinstance(row, dict) and all(grade in _GRADES for grade in row.values()) for row in rows):
        raise InputError(f'{path}: not a label file: it should hold {{"job": {{"resume": 0 to 3}}}}')
    return {name_of(job): {name_of(resume): int(grade) for resume, grade in row.items()} for job, row in data.items()}


def read_ranking(path: Path) -> Ranked:
    """Read what `matcher rank --out X.jsonl` wrote; lines of errors are left out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a ranking: {error}") from error
    scores: dict[str, dict[str, float]] = {}
    bands: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, 1):
        row = _row(line, f"{path}: line {number}") if line.strip() else {}
        if row.get("score") is not None:
            job, resume = name_of(row["job"]), name_of(row["resume"])
            scores.setdefault(job, {})[resume] = float(row["score"])
            bands[job, resume] = row.get("band", 0)
    return Ranked(scores, bands)


def _row(line: str, where: str) -> dict[str, Any]:
    """A line of a ranking; InputError if it is neither a scored pair nor an error."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: cannot be read as a ranking: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: is no pair of `matcher rank --out X.jsonl`")
    if row.get("score") is not None and not (
        isinstance(row.get("job"), str)
        and isinstance(row.get("resume"), str)
        and type(row["score"]) in (int, float)
        and math.isfinite(row["score"])
        and row.get("band", 0) in _GRADES
    ):
        raise InputError(f"{where}: a scored pair has job, resume, a score that is a number, and a band from 0 to 3")
    return row


def _json(path: Path, shown: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{shown}: cannot be read as JSON: {error}") from error
