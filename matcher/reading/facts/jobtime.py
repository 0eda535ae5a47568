"""How long a job lasted as of a month, how far bare years leave that open, and what cannot be true about its dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.page import one_line
from matcher.records import Document, Fact, Month, Notice

_CANNOT_BE = {"reversed": "end before they begin", "impossible": "are no dates of a calendar"}


@dataclass(frozen=True, slots=True)
class JobTime:
    """First and last month of a job, both counted, and the least and most months that its bare years allow.

    All are None where a side is unknown or cannot be. `problem`: "future" for a job that begins after as-of, "ahead" for one
    that ends after it and is counted up to it.
    """

    start: Month | None = None
    end: Month | None = None
    months: int | None = None
    least: int | None = None
    most: int | None = None
    problem: str = ""


def job_time(value: Mapping[str, Any], moment: Month | None, fixed: bool) -> JobTime:
    """The time of a job's fact; an open one ends at `moment`. `fixed`: nobody has worked after `moment`."""
    start = Month.parse(value["start"]) if value["start"] else None
    printed = Month.parse(value["end"]) if value["end"] else None
    end = moment if value["open"] else printed
    if start is None or end is None:
        return JobTime(start, end)
    problem = ""
    if fixed and moment is not None and start > moment:
        return JobTime(start, end, problem="" if value["bare_start"] and start.year == moment.year else "future")
    if fixed and moment is not None and end > moment:
        problem = "" if value["bare_end"] and end.year == moment.year else "ahead"
        end = moment
    if end < start:
        return JobTime(start, end)
    months = end - start + 1
    begins = (Month(start.year, 1), Month(start.year, 12)) if value["bare_start"] else (start, start)
    ends = (Month(end.year, 1), Month(end.year, 12)) if value["bare_end"] else (end, end)
    if fixed and moment is not None:
        ends = min(ends[0], moment), min(ends[1], moment)
    return JobTime(start, end, months, max(1, ends[0] - begins[1] + 1), ends[1] - begins[0] + 1, problem)


def date_notices(facts: tuple[Fact, ...], document: Document, moment: Month | None, fixed: bool) -> Iterator[Notice]:
    """What a person should know about the dates of the jobs in `facts`: those that cannot be true."""
    for fact in facts:
        if fact.kind not in ("job", "placement"):
            continue
        problem = str(fact.value["problem"])
        name = f"'{fact.value['title'] or 'a job'}'"
        if problem in _CANNOT_BE:
            message = f"The dates of {name} {_CANNOT_BE[problem]}; its time is not counted."
        elif (problem := job_time(fact.value, moment, fixed).problem) == "future":
            message = f"{name} begins after {moment}; its time is not counted."
        elif problem == "ahead":
            message = f"{name} ends after {moment}; its time is counted up to then."
        else:
            continue
        place = next(document.boxes(fact.start, fact.end), None)
        yield Notice(f"{'future' if problem == 'ahead' else problem}-dates", message, place, one_line(fact.text))
