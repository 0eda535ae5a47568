"""What people decided, brought back from a workbook: kept, put into the record, and told when the person applies again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher.project import record
from matcher.project.opening import open_project
from matcher.project.papers import keep_paper
from matcher.project.store import Project
from matcher.records import Notice

EARLIER = "earlier-decision"
"""The code of the notice that says what was decided on a person before."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of a workbook in which somebody chose something.

    `resume` and `job` are the names of the files as the workbook has them; `sha256` is the resume's, "" where the row does not
    say. `title` is the job's, `note` what was written beside it, `by` who decided; each may be "".
    """

    resume: str
    job: str
    decision: str
    sha256: str = ""
    title: str = ""
    note: str = ""
    by: str = ""


@dataclass(slots=True)
class Imported:
    """What became of the rows: how many are new to the project, how many it knew, and those whose resume it does not know."""

    new: int = 0
    known: int = 0
    unknown: list[Decided] = field(default_factory=list)


def record_decisions(folder: Path, rows: Iterable[Decided], papers: Mapping[str, Path | None] | None = None) -> Imported:
    """Take decisions into the project in a folder, which must be one; a row that was taken before changes nothing.

    `papers` are the files that the decisions were read from and written to, by what they are.
    """
    with open_project(folder, make=False) as project:
        record.flush(project)
        done = Imported()
        with project.whole():
            for row in rows:
                _take(project, row, done)
            for what, path in (papers or {}).items():
                if path is not None:
                    keep_paper(project, path, what)
        record.flush(project)
    return done


def _take(project: Project, row: Decided, done: Imported) -> None:
    sha256 = _resume(project, row)
    if sha256 is None:
        done.unknown.append(row)
        return
    statement = "SELECT decision, note FROM decisions WHERE sha256 = ? AND job = ? ORDER BY id DESC LIMIT 1"
    if project.one(statement, [sha256, row.job]) == (row.decision, row.note):
        done.known += 1
        return
    done.new += 1
    named = project.one("SELECT title FROM openings WHERE source = ? ORDER BY id DESC LIMIT 1", [row.job])
    title = row.title or (named[0] if named else "")
    values = [sha256, row.resume, row.job, title, row.decision, row.note, record.now()]
    project.do(f"INSERT INTO decisions ({', '.join(record.DECISION)}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    told = {"by": row.by} if row.by else {}
    record.note(
        project,
        "decision",
        job=row.job,
        title=title,
        resume=row.resume,
        sha256=sha256,
        decision=row.decision,
        note=row.note,
        **told,
        **_score(project, sha256, row.job),
    )


def _resume(project: Project, row: Decided) -> str | None:
    """The SHA-256 of the resume that a row is about."""
    if row.sha256:
        found = project.one("SELECT sha256 FROM reads WHERE sha256 = ? AND shape = 'profile'", [row.sha256])
        return str(found[0]) if found else None
    named = project.rows("SELECT DISTINCT sha256 FROM ranked WHERE source = ?", [row.resume])
    if not named:
        latest = "SELECT sha256 FROM reads WHERE source = ? AND shape = 'profile' ORDER BY id DESC LIMIT 1"
        named = project.rows(latest, [row.resume])
    return str(named[0][0]) if len(named) == 1 else None


def _score(project: Project, sha256: str, job: str) -> Mapping[str, Any]:
    """The log-odds that the pair had last."""
    row = project.one(
        "SELECT fits.logit, openings.key FROM fits"
        " JOIN openings ON openings.id = fits.opening JOIN reads ON reads.id = fits.profile"
        " WHERE reads.sha256 = ? AND openings.source = ? ORDER BY openings.id DESC, reads.id DESC LIMIT 1",
        [sha256, job],
    )
    return {"logit": row[0] / 10_000, "opening": row[1]} if row else {}


def outcomes(project: Project, resumes: Collection[str]) -> dict[str, tuple[Notice, ...]]:
    """For each resume the last decisions on its owner, one for an opening, the newest first."""
    rows = project.rows(
        "SELECT people.person, decisions.sha256, decisions.resume, job, title, decision, time FROM decisions"
        " LEFT JOIN people ON people.sha256 = decisions.sha256 ORDER BY decisions.id"
    )
    if not rows:
        return {}
    by_person: dict[object, dict[str, tuple[str, str]]] = defaultdict(dict)
    for person, sha256, resume, job, title, decision, time in rows:
        of_person = by_person[sha256 if person is None else person]
        of_person.pop(job, None)
        role = f"{title} ({job})" if title else job
        of_person[job] = (sha256, f"{decision} for {role}, {time[:10]}, on {resume}")
    people = dict(project.rows("SELECT sha256, person FROM people"))
    told = {}
    for sha256 in resumes:
        if found := by_person.get(people.get(sha256, sha256)):
            told[sha256] = tuple(
                Notice(EARLIER, f"decided before{'' if of == sha256 else ', when applying earlier'}: {text}")
                for of, text in reversed(found.values())
            )
    return told
