"""What people decided, brought back from a workbook: kept, put into the record, and told when the person applies again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    say. `title` is the job's, `note` what was written beside it, `by` who decided; each may be "". `before` are the
    decision and the note that the workbook was written with: what the row still says of them is nobody's word, so that what
    others have said since stands. A row without a decision takes the one before back, or has a note alone.
    """

    resume: str
    job: str
    decision: str
    sha256: str = ""
    title: str = ""
    note: str = ""
    by: str = ""
    before: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Last:
    """What was said last about a person for an opening: the decision and the note, either of them ""."""

    decision: str
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about a person for a post; `job` is the name of its file, which several posts may have had in turn."""

    job: str
    title: str
    last: Last


@dataclass(slots=True)
class Imported:
    """What became of the rows: how many are new to the project, how many it knew, and those whose resume it does not know.

    `back` are decisions that were taken back.
    """

    new: int = 0
    back: int = 0
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
    title = _title(project, row)
    last = _last(project, sha256, row.job, title)
    decision, note = _meant(row, last)
    if _said(decision, note) == _said(last.decision, last.note) or _taken_before(project, sha256, row, last):
        done.known += 1
        return
    if decision or not last.decision:
        done.new += 1
    else:
        done.back += 1
    resume = _name(project, sha256, row.resume)
    values = [sha256, resume, row.job, title, decision, note, record.now()]
    project.do(f"INSERT INTO decisions ({', '.join(record.DECISION)}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    told = {"by": row.by} if row.by else {}
    record.note(
        project,
        "decision",
        job=row.job,
        title=title,
        resume=resume,
        sha256=sha256,
        decision=decision,
        note=note,
        **told,
        **_score(project, sha256, row.job, title),
    )


def _title(project: Project, row: Decided) -> str:
    """The title of the post that a row is about, as the project has it; a later post may have the same file name."""
    titles = (title for (title,) in project.rows("SELECT title FROM openings WHERE source = ? ORDER BY id DESC", [row.job]))
    return next((title for title in titles if same_post(title, row.title)), row.title)


def _name(project: Project, sha256: str, given: str) -> str:
    """The name of a resume's file in the last run; a blind workbook gives it a number."""
    names = {source for (source,) in project.rows("SELECT source FROM ranked WHERE sha256 = ?", [sha256])}
    return given if given in names or not names else min(names)


def _meant(row: Decided, last: Last) -> tuple[str, str]:
    """The decision and the note that a row leaves: of both what was changed in it, else what was said last."""
    said = zip((row.decision, row.note), row.before, (last.decision, last.note), strict=True)
    decision, note = (now if now != before else known for now, before, known in said)
    return decision, note


def _taken_before(project: Project, sha256: str, row: Decided, last: Last) -> bool:
    """Whether an old workbook says again what it said when it was taken in, and others have decided since."""
    earlier = (_said(one.decision, one.note) for one in _all_said(project, sha256, row.job, row.title))
    return _said(*row.before) != _said(last.decision, last.note) and _said(row.decision, row.note) in earlier


def _last(project: Project, sha256: str, job: str, title: str) -> Last:
    """What was said last about the owner of a resume for an opening, on whichever resume of theirs; nothing is two ""."""
    return next(_all_said(project, sha256, job, title), Last("", ""))


def _all_said(project: Project, sha256: str, job: str, title: str) -> Iterator[Last]:
    """What was ever said about the owner of a resume for an opening, the latest first."""
    rows = project.rows(
        "SELECT title, decision, note FROM decisions WHERE job = ? AND (sha256 = ? OR sha256 IN (SELECT sha256 FROM people"
        " WHERE person = (SELECT person FROM people WHERE sha256 = ?))) ORDER BY id DESC",
        [job, sha256, sha256],
    )
    return (Last(decision, note) for of, decision, note in rows if same_post(of, title))


def _said(decision: str, note: str) -> tuple[str, str]:
    return decision.casefold(), note


def same_post(title: str, other: str) -> bool:
    """Whether two titles of posts with the same file name are one post's; a file may get another post's name later."""
    one, two = (" ".join(text.casefold().split()) for text in (title, other))
    return not one or not two or one == two


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


def _score(project: Project, sha256: str, job: str, title: str) -> Mapping[str, Any]:
    """The log-odds that the pair had last."""
    row = project.one(
        "SELECT fits.logit, openings.key FROM fits"
        " JOIN openings ON openings.id = fits.opening JOIN reads ON reads.id = fits.profile"
        " WHERE reads.sha256 = ? AND openings.source = ? AND openings.title = ?"
        " ORDER BY openings.id DESC, reads.id DESC LIMIT 1",
        [sha256, job, title],
    )
    return {"logit": row[0] / 10_000, "opening": row[1]} if row else {}


def outcomes(project: Project, resumes: Collection[str], blind: bool = False) -> dict[str, tuple[Notice, ...]]:
    """For each resume the last decisions on its owner, one for an opening, the newest first; none that was taken back.

    `blind`: without the names of resumes' files, which are mostly called like their owners.
    """
    by_person, owner = _by_person(project)
    told = {}
    for sha256 in resumes if by_person else ():
        if found := [one for one in _standing(by_person.get(owner.get(sha256, sha256), ())) if one.decision]:
            told[sha256] = tuple(Notice(EARLIER, one.sentence(sha256, blind)) for one in found)
    return told


def _standing(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Of what was said about a person, the newest first, the last for each post."""
    seen: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not any(same_post(row.title, title) for title in seen[row.job]):
            yield row
        seen[row.job].append(row.title)


def carried(project: Project, resumes: Collection[str]) -> dict[str, tuple[Said, ...]]:
    """For each resume with any: all that was said about its owner, the newest first."""
    by_person, owner = _by_person(project)
    found = {sha256: by_person.get(owner.get(sha256, sha256), ()) for sha256 in resumes if by_person}
    return {
        sha256: tuple(Said(one.job, one.title, Last(one.decision, one.note)) for one in own)
        for sha256, own in found.items()
        if own
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table of decisions."""

    sha256: str
    resume: str
    job: str
    title: str
    decision: str
    note: str
    time: str

    def sentence(self, sha256: str, blind: bool) -> str:
        """What was decided, for the reader of the resume with this SHA-256."""
        when = "decided before" if sha256 == self.sha256 else "decided before, when applying earlier"
        role = f"{self.title} ({self.job})" if self.title else self.job
        return f"{when}: {self.decision} for {role}, {self.time[:10]}" + ("" if blind else f", on {self.resume}")


def _by_person(project: Project) -> tuple[dict[object, list[_Row]], dict[str, object]]:
    """What was said by person, the newest first, and who the owner of a resume is."""
    rows = project.rows("SELECT sha256, resume, job, title, decision, note, time FROM decisions ORDER BY id DESC")
    owner = dict(project.rows("SELECT sha256, person FROM people")) if rows else {}
    by_person: dict[object, list[_Row]] = defaultdict(list)
    for values in rows:
        row = _Row(*values)
        by_person[owner.get(row.sha256, row.sha256)].append(row)
    return by_person, owner
