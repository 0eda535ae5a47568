"""What the record says: a ranking as it was in any run, and everything that happened to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.project import record
from matcher.project.store import RECORD

Line = Mapping[str, Any]
_Pair = tuple[str, str, int]
"""An opening's key, the SHA-256 of a resume, and the number of its reading."""
_Told = tuple[int, str, str]
"""The number of a run, an opening's key or a job's file, and the SHA-256 of a resume."""

_OF: Mapping[str, Sequence[str]] = {
    "run": ("run", "time", "settings", "jobs", "resumes", "added", "removed", "left_out", "outputs"),
    "reasons": ("run", "job", "sha256"),
    "decision": record.DECISION,
    "erased": ("resumes",),
}
"""What is looked for in a line of each kind."""


@dataclass(frozen=True, slots=True)
class Place:
    """A resume in a ranking of the past; `logit` is None where an earlier version of the program told it."""

    rank: int
    resume: str
    sha256: str
    score: float
    band: int
    logit: float | None


class History:
    """The record of a project, read once; raises InputError for a line that is none, or whose run is not there.

    `last` is the number of the last run that the project knows of. `lost` has the runs up to it that are not in the record, for
    an earlier file was moved away or lost; `torn` those that are in it and go on from one of them: who was ranked is not known.
    """

    def __init__(self, folder: Path, last: int = 0) -> None:
        self.runs: dict[int, Line] = {}
        self.torn: set[int] = set()
        self.erased: list[Line] = []
        self._told: dict[_Pair, list[tuple[int, Sequence[Any]]]] = defaultdict(list)
        self._lines: list[Line] = []
        for line in record.lines(folder):
            try:
                self._take(line)
            except (KeyError, IndexError, TypeError) as error:
                where = f"{folder / RECORD}: the line with n {line['n']}"
                why = "is not whole, or that of its run is gone; put the file back from a copy, or move it away"
                raise InputError(f"{where} {why}") from error
        self.lost = sorted(set(range(1, max([last, *self.runs]) + 1)) - set(self.runs))

    def _take(self, line: Line) -> None:
        """Take in a line; KeyError, IndexError or TypeError where something of it, or the line of its run, is missing."""
        event = line["event"]
        for name in _OF.get(event, ()):
            line[name]
        if event == "run":
            self.runs[line["run"]] = line
            since = _since(line)
            if since in self.torn or (since and since not in self.runs):
                self.torn.add(line["run"])
        if event == "erased":
            self.erased.append(line)
        elif event != "scores":
            self._lines.append(line)
        else:
            jobs = self.runs[line["run"]]["jobs"]
            for row in line["scores"]:
                self._told[jobs[row[0]][2], line["sha256"], line.get("reading", 0)].append((line["run"], row))

    def run(self, number: int) -> Line:
        """The line of a run; InputError where there is none."""
        if number not in self.runs:
            known = f"there are {min(self.runs)} to {max(self.runs)}" if self.runs else f"there is none{' yet' * (not self.lost)}"
            why = ", for an earlier file was moved away or lost" if number in self.lost else ""
            raise InputError(f"--run {number}: the record has no such run{why}; {known}")
        return self.runs[number]

    def resumes(self, number: int) -> dict[tuple[str, str], int]:
        """The resumes of a run, by name and SHA-256, each with the number of its reading; not all if it is `torn`."""
        chain = [self.run(number)]
        while _since(chain[-1]) in self.runs:
            chain.append(self.runs[_since(chain[-1])])
        found: dict[tuple[str, str], int] = {}
        for line in reversed(chain):
            for source, sha in line["removed"]:
                found.pop((source, sha), None)
            found |= dict.fromkeys(map(tuple, line["added"]), 0)
            found |= {(source, sha): reading for source, sha, reading in line.get("readings", ())}
        return found

    def ranking(self, number: int, job: int) -> list[Place]:
        """The ranking of a run for one of its jobs, given by its place in the run's list: best first, as it was printed.

        Who was erased since is not in it; that of a run which is `torn` is not whole.
        """
        key = self.run(number)["jobs"][job][2]
        rows = []
        for (source, sha), reading in self.resumes(number).items():
            row = self._score(key, sha, reading, number)
            if row is not None:
                rows.append((source, sha, row))
        rows.sort(key=lambda item: (*_best_first(item[2]), item[1], item[0]))
        return [
            Place(rank, source, sha, row[1], row[2], row[3] if len(row) > 3 else None)
            for rank, (source, sha, row) in enumerate(rows, 1)
        ]

    def _score(self, key: str, sha: str, reading: int, number: int) -> Sequence[Any] | None:
        """What was told of a pair last, up to a run: a score is told once and holds for later runs."""
        told = [row for run, row in self._told.get((key, sha, reading), ()) if run <= number]
        return told[-1] if told else None

    def of(self, resumes: Collection[str]) -> Iterator[tuple[str, Line]]:
        """What the record says of some resumes, the oldest first: the kind of event, and what of its line concerns them.

        Kinds are "given", "not given", "left out" (of a run), "scored" (of a run and a job, with rank), "decided". Of a run
        that is `torn` no scores are told, for their ranks are not known.
        """
        wanted = frozenset(resumes)
        told = {(run, pair[0], pair[1]) for pair, rows in self._told.items() if pair[1] in wanted for run, _ in rows}
        own = [line for line in self._lines if line["event"] == "run" or line.get("sha256") in wanted]
        reasons = {(line["run"], line["job"], line["sha256"]): line for line in own if line["event"] == "reasons"}
        out: set[tuple[str, str]] = set()
        for line in own:
            if line["event"] == "run":
                before, out = out, {(row[0], row[2]) for row in line["left_out"] if row[1] in wanted}
                yield from _of_lists(line, wanted, before, out)
                yield from self._of_scores(line, wanted, told, reasons)
            elif line["event"] == "decision":
                yield "decided", line

    def _of_scores(
        self, line: Line, wanted: frozenset[str], told: Collection[_Told], reasons: Mapping[_Told, Line]
    ) -> Iterator[tuple[str, Line]]:
        number, when = line["run"], _when(line)
        if number in self.torn:
            return
        for place, (job, _, key) in enumerate(line["jobs"]):
            if any((number, key, sha) in told for sha in wanted):
                ranked = self.ranking(number, place)
                for one in ranked:
                    if (number, key, one.sha256) in told:
                        why = reasons.get((number, job, one.sha256), {})
                        yield "scored", {**when, "job": job, "key": key, "place": one, "of": len(ranked), "why": why}


def _of_lists(
    line: Line, wanted: Collection[str], before: Collection[tuple[str, str]], out: Collection[tuple[str, str]]
) -> Iterator[tuple[str, Line]]:
    """What came, went and was left out; `before` and `out` are who was left out for whom in the last run and in this one."""
    left = {source for source, _ in out}
    yield from (("given", {**_when(line), "resume": row[0]}) for row in line["added"] if row[1] in wanted)
    for source, sha in line["removed"]:
        if sha in wanted and source not in left:
            yield "not given", {**_when(line), "resume": source}
    for source, sha, by, _, why in line["left_out"]:
        if sha in wanted and (source, by) not in before:
            yield "left out", {**_when(line), "resume": source, "by": by, "why": why}


def _since(line: Line) -> int:
    """The number of the run that a run goes on from; 0 = none."""
    return int(line.get("since", line["run"] - 1))


def _when(line: Line) -> dict[str, Any]:
    return {"run": line["run"], "time": line["time"]}


def _best_first(row: Sequence[Any]) -> tuple[float, ...]:
    return (-row[3] if len(row) > 3 else 0.0, -row[1])
