"""One run over a project: what is new since the last one, who is left out, what people decided before, and the record of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from matcher.batch import Task
from matcher.errors import InputError
from matcher.project import copies, outputs, record
from matcher.project.codec import digest, dumps, role_data
from matcher.project.decisions import Last, Said, carried, outcomes, same_post
from matcher.project.keys import Keys, whole_code
from matcher.project.pairs import REASONS_TOLD, SCORE_TOLD, Number, Opening, Pairs
from matcher.project.papers import keep_paper
from matcher.project.people import Candidate, Replaced, replaced
from matcher.project.places import as_text
from matcher.project.shelf import Held, Shelf
from matcher.project.store import Project
from matcher.records import Notice, Profile, Role

if TYPE_CHECKING:
    from matcher.scoring import Scorer


@dataclass(frozen=True, slots=True)
class Changes:
    """Resumes of a run by what became of them since the last one; `read` counts files that were opened, for whatever reason."""

    new: int = 0
    changed: int = 0
    skipped: int = 0
    failed: int = 0
    removed: int = 0
    read: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair that was shown scored as it did, for the record; the ids are those of its opening and of its reading."""

    opening: int
    profile: int
    data: Mapping[str, Any]


class Run:
    """A run of `rank` over a project: read with `shelf`, then `settle`, then take numbers and profiles, then `finish`."""

    def __init__(self, project: Project, keys: Keys) -> None:
        self.project, self.keys = project, keys
        record.flush(project)
        self.shelf = Shelf(project, keys)
        self.changes = Changes()
        self.left_out: list[Replaced] = []
        self.resumes: list[Held] = []
        self.pairs: Pairs | None = None
        self._notices: Mapping[str, tuple[Notice, ...]] = {}
        self._carried: Mapping[str, Sequence[Said]] = {}
        self._tasks: list[tuple[Task, bool]] = []

    # ------------------------------------------------------------------------------------------------------------- resumes

    def saw(self, task: Task, failed: bool) -> None:
        """Note a resume of this run, whether or not it could be read."""
        self._tasks.append((task, failed))

    def settle(self, resumes: Sequence[Held], roles: Sequence[Role], keep_all: bool) -> None:
        """Take in all that was read: compare with the last run, and leave out what a newer resume replaces."""
        self.changes = self._compared()
        candidates = [Candidate(one.source, one.sha256, one.changed) for one in resumes]
        pairs = {} if keep_all else replaced(self.project, candidates)
        self.left_out = [pairs[n] for n in sorted(pairs)]
        self.resumes = [one for n, one in enumerate(resumes) if n not in pairs]
        here = {one.sha256 for one in self.resumes}
        self._notices = outcomes(self.project, here, self.keys.options.blind)
        self._carried = carried(self.project, here)
        self.pairs = Pairs(self.project, self.keys, self.shelf, roles)

    def answered(self, ask: Callable[[Sequence[Profile]], Sequence[Profile]]) -> None:
        """Rank the resumes of this run with what `ask` adds to their profiles."""
        before = [self.shelf.profile(one) for one in self.resumes]
        pairs = zip(self.resumes, before, ask(before), strict=True)
        self.resumes = [held if new is old else self.shelf.answered(held, new) for held, old, new in pairs]

    def _compared(self) -> Changes:
        last = self.project.rows("SELECT place, inside, source, content FROM inputs")
        known, places = {row[3] for row in last}, {row[:3] for row in last}
        here = [(_input(task), self.shelf.content(task) or "", failed) for task, failed in self._tasks]
        here = [(place, f"{content}{place[1]}", failed) for place, content, failed in here]
        counts = Counter(
            "failed" if failed else "skipped" if content in known else "changed" if place in places else "new"
            for place, content, failed in here
        )
        kept, contents = {place for place, _, _ in here}, {content for _, content, _ in here}
        gone = sum(row[:3] not in kept and row[3] not in contents for row in last)
        return Changes(counts["new"], counts["changed"], counts["skipped"], counts["failed"], gone, self.shelf.read)

    def profile(self, held: Held) -> Profile:
        """The profile of a resume, with what was decided on its owner before."""
        found, told = self.shelf.profile(held), self._notices.get(held.sha256)
        return replace(found, warnings=(*found.warnings, *told)) if told else found

    def last_said(self, role: Role) -> dict[str, Last]:
        """What was decided last for a job, by the SHA-256 of the resume."""
        own = {sha256: [one for one in said if one.job == role.source] for sha256, said in self._carried.items()}
        found = {sha256: [one.last for one in said if same_post(one.title, role.title)] for sha256, said in own.items()}
        return {sha256: newest_first[0] for sha256, newest_first in found.items() if newest_first}

    # --------------------------------------------------------------------------------------------------------------- pairs

    def missing(self) -> int:
        """How many pairs are not computed yet."""
        assert self.pairs is not None
        return self.pairs.missing(self.resumes)

    def complete(self, scorer: Callable[[], Scorer], tick: Callable[[int], None]) -> None:
        """Compute the pairs that are new, and put their scores into the record."""
        assert self.pairs is not None
        self.pairs.complete(scorer, tick)

    def numbers(self, opening: Opening) -> list[Number]:
        """The numbers of all resumes for an opening."""
        assert self.pairs is not None
        return self.pairs.numbers(opening, self.resumes)

    # ------------------------------------------------------------------------------------------------------------- results

    def result_key(self, settings: Any) -> str:
        """The key of all that results depend on; `settings` are the options of the run, as plain data."""
        assert self.pairs is not None
        openings = self.pairs.openings
        told = {sha: [notice.message for notice in notices] for sha, notices in self._notices.items()}
        return digest(
            {
                "code": whole_code(),
                "scorer": self.keys.scorer,
                "settings": settings,
                "as_of": self.keys.options.as_of,
                "resumes": [[one.id, one.source, one.sha256] for one in self.resumes],
                "roles": [role_data(opening.role) for opening in openings],
                "told": told,
                "carried": [
                    {sha: (one.decision, one.note) for sha, one in self.last_said(opening.role).items()} for opening in openings
                ],
            }
        )

    def up_to_date(self, paths: Sequence[Path], key: str) -> bool:
        """Whether files of results are there as they would be written."""
        new = any(one.id < 0 for one in self.resumes)
        return bool(paths) and not new and outputs.up_to_date(self.project, paths, key)

    def gone(self, paths: Sequence[Path], key: str) -> list[Path] | None:
        """Those of the files that are not there as they would be written; None if there is no copy of one of them."""
        found = [path for path in paths if not outputs.up_to_date(self.project, [path], key)]
        known = not any(one.id < 0 for one in self.resumes)
        return found if found and known and copies.has(self.project, found, key) else None

    def put(self, path: Path, key: str, file: IO[bytes]) -> None:
        """Write a file of results from its copy."""
        copies.put(self.project, path, key, file)

    def drop(self, path: Path, key: str) -> None:
        """Remove the copy of a file of results."""
        copies.drop(self.project, path, key)

    def copy(self, paths: Sequence[Path], key: str) -> None:
        """Keep copies of files that were written; where there is no room for them the run is none the worse."""
        with suppress(InputError):
            copies.keep(self.project, paths, key)

    def make_way(self, paths: Sequence[Path]) -> list[tuple[Path, Path]]:
        """Before files are put in their places; gives those that got another name, for people changed them."""
        return outputs.make_way(self.project, paths)

    def written(self, paths: Sequence[Path], key: str) -> dict[str, str]:
        """Note the files that were written; gives their SHA-256 by name."""
        return outputs.written(self.project, paths, key)

    def saw_papers(self, papers: Mapping[str, Iterable[Path]]) -> None:
        """Remember further files that may tell of people, by what they are."""
        for what, paths in papers.items():
            for path in paths:
                keep_paper(self.project, path, what)

    def told(self, opening: Opening) -> frozenset[int]:
        """The resumes whose reasons for an opening are in the record, by the id of their reading."""
        statement = "SELECT profile FROM fits WHERE opening = ? AND told & ? > 0"
        return frozenset(row[0] for row in self.project.rows(statement, [opening.id, REASONS_TOLD]))

    def finish(
        self, settings: Mapping[str, Any], files: Mapping[str, str], failed: Iterable[Sequence[str]], reasons: Iterable[Reason]
    ) -> None:
        """Put the run into the record, and remember its inputs for the next one."""
        assert self.pairs is not None
        now = {(one.source, one.sha256): one.id for one in self.resumes}
        number, since = record.next_run(self.project)
        rows = self.project.rows("SELECT source, sha256, reading FROM ranked") if since else []
        before = {(row[0], row[1]): row[2] for row in rows}
        last, this = set(before), set(now)
        with self.project.whole():
            record.note(
                self.project,
                "run",
                run=number,
                since=since,
                settings=dict(settings),
                scorer=self.keys.scorer,
                jobs=[[one.role.source, one.role.sha256, one.key] for one in self.pairs.openings],
                resumes=len(this),
                added=sorted(this - last),
                removed=sorted(last - this),
                readings=sorted((*one, id) for one, id in now.items() if before.get(one) != id),
                left_out=[[one.source, one.sha256, one.by, one.by_sha256, one.why] for one in self.left_out],
                failed=list(failed),
                outputs=dict(files),
            )
            self._note_scores(number, settings["bands"])
            for item in reasons:
                record.note(self.project, "reasons", run=number, **item.data)
                self.pairs.tell(item.opening, [item.profile], REASONS_TOLD)
            record.told_anew(self.project)
            self.project.do("INSERT INTO runs VALUES (?, ?, ?)", [number, record.now(), dumps(dict(settings))])
            self.project.do("DELETE FROM inputs")
            self.project.do_all("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?)", self._inputs())
            self.project.do("DELETE FROM ranked")
            self.project.do_all("INSERT INTO ranked VALUES (?, ?, ?)", sorted((*one, id) for one, id in now.items()))
        record.flush(self.project)

    def _inputs(self) -> list[tuple[str, str, str, str, str]]:
        """The inputs of this run: each with the hash of its bytes, and that of the resume which it is or has inside."""
        return [
            (*_input(task), f"{content}{_input(task)[1]}", self.shelf.resume(task))
            for task, _ in self._tasks
            if (content := self.shelf.content(task))
        ]

    def _note_scores(self, number: int, bands: Sequence[float]) -> None:
        """The scores that are not in the record yet: a line for a resume, with the job's place in the run's list."""
        assert self.pairs is not None
        rows: dict[tuple[str, str, int], list[list[float]]] = {}
        for place, opening in enumerate(self.pairs.openings):
            new = self.pairs.untold(opening, self.resumes)
            for one, (logit, _) in zip(new, self.pairs.numbers(opening, new), strict=True):
                score = score_of(logit)
                found = rows.setdefault((one.source, one.sha256, one.id), [])
                found.append([place, round(score, 6), sum(score >= least for least in bands), logit])
            self.pairs.tell(opening.id, [one.id for one in new], SCORE_TOLD)
        for (source, sha256, id), scores in rows.items():
            record.note(self.project, "scores", run=number, resume=source, sha256=sha256, reading=id, scores=scores)


def score_of(logit: float) -> float:
    """The score of log-odds."""
    return 1.0 / (1.0 + math.exp(-logit))


def _input(task: Task) -> tuple[str, str, str]:
    """What tells an input from all others: its place, its way into a container, and its name."""
    return (as_text(task.path or ""), ".".join(map(str, task.inside)), task.source)
