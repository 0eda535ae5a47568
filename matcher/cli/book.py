"""What `matcher rank` works on: resumes and jobs in memory, or those of a project, which also keeps what becomes of them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.cli import console
from matcher.cli.answering import digests
from matcher.cli.placing import Fresh, Stored, rankings
from matcher.cli.session import Session
from matcher.records import TRICKS, Profile, Role
from matcher.report import Placed, Ranking
from matcher.report.writers import discard, part_of, put_in_place
from matcher.unseen import one_line

if TYPE_CHECKING:
    from matcher.project.decisions import Last
    from matcher.project.run import Reason, Run
    from matcher.scoring import Scorer
    from matcher.scoring.model import RankerModel

_EVERY_PAIR = frozenset({".jsonl", ".csv", ".parquet"})
"""Endings of files that hold every pair."""
_REASONS = 3
_IDLE = frozenset({"workers", "quiet", "verbose", "key"})
"""Options that results do not depend on: of a blind run's key they show the numbers alone."""


class Book:
    """Resumes and jobs of a run that keeps nothing."""

    def __init__(self, session: Session, profiles: Sequence[Profile], roles: Sequence[Role]) -> None:
        self._session, self.resumes, self.roles = session, profiles, roles

    def up_to_date(self, paths: Sequence[Path], top: int) -> bool:
        """Whether the files of results are there as they would be written."""
        return False

    def rankings(self, paths: Sequence[Path], top: int) -> Iterator[Ranking]:
        """The ranking of each job in turn; `top` is how many of each are shown, but for files that hold all."""
        if self.resumes:
            scorer = self._session.scorer()
            yield from rankings(Fresh(scorer, self.resumes, self.roles), scorer, self._shown(paths, top))

    def _shown(self, paths: Sequence[Path], top: int) -> int:
        """Of how many of each job the words are wanted."""
        return len(self.resumes) if any(path.suffix.lower() in _EVERY_PAIR for path in paths) else top

    def put_back(self, paths: Sequence[Path]) -> bool:
        """Write files of results as they were written before; False if they must be made."""
        return False

    def note(self, ranking: Ranking, top: int) -> None:
        """Take down what a ranking showed."""

    def make_way(self, paths: Sequence[Path]) -> None:
        """Before files of results are put in their places."""

    def finish(self, paths: Sequence[Path]) -> None:
        """When everything is written."""

    def tricky(self) -> list[str]:
        """The resumes in which something was there for a machine and not for people."""
        return [
            self._session.sight.resume(profile)
            for profile in self.resumes
            if any(notice.code in TRICKS for notice in profile.warnings)
        ]

    def counted(self) -> str:
        """What became of the files, for the summary."""
        return f"{len(self._session.troubles)} failed, {len(self._session.skipped)} skipped"

    def told(self) -> Iterator[str]:
        """Further lines of the summary."""
        return iter(())


class KeptBook(Book):
    """Resumes and jobs of a project: only what is new is computed, and the record has it."""

    def __init__(self, session: Session, run: Run, roles: Sequence[Role], model: RankerModel, keep_all: bool) -> None:
        self._run, self._model, self._keep_all = run, model, keep_all
        self._made: Scorer | None = None
        self._pool = Stored(run, self._scorer, roles)
        super().__init__(session, self._pool.resumes, roles)
        self._reasons: list[Reason] = []
        self._held = {id(late): held for late, held in zip(self.resumes, run.resumes, strict=True)}
        self._key, self._left, self._moved = "", False, list[tuple[Path, Path]]()
        self._back: list[Path] = []

    def _scorer(self) -> Scorer:
        if self._made is None:
            self._made = self._session.scorer()
        return self._made

    def up_to_date(self, paths: Sequence[Path], top: int) -> bool:
        """Whether the files of results are there as they would be written."""
        from matcher.project.places import as_text

        self._complete()
        session = self._session
        troubles = [[one.document, one.source, one.code, one.message] for one in session.troubles]
        common = repr([getattr(session.common, one.name) for one in fields(session.common) if one.name not in _IDLE])
        names = [session.sight.resume(one) for one in self._run.resumes]
        files = sorted((name, as_text(os.path.abspath(path))) for name, path in session.files.items())
        skipped = sorted(session.skipped.items())
        self._key = self._run.result_key([self._settings(), common, top, troubles, skipped, files, names])
        self._left = self._run.up_to_date(paths, self._key)
        return self._left

    def put_back(self, paths: Sequence[Path]) -> bool:
        """Write files of results as they were written before; False if they must be made."""
        gone = self._run.gone(paths, self._key)
        if gone is None:
            return False
        if not all(self._unpacked(path) for path in gone):
            for path in gone:
                discard(path)
            return False
        self.make_way(gone)
        for path in gone:
            put_in_place(path)
        self._back = gone
        return True

    def _unpacked(self, path: Path) -> bool:
        """Whether the copy of a file could be written beside its place; a damaged one is dropped."""
        from matcher.project.codec import DamagedError

        try:
            with part_of(path).open("wb") as file:
                self._run.put(path, self._key, file)
        except DamagedError:
            self._run.drop(path, self._key)
            return False
        return True

    def _complete(self) -> None:
        quiet = self._session.common.quiet
        pairs = self._run.missing()
        with console.steps("scoring", pairs, quiet) as step:
            self._run.complete(self._scorer, lambda done: step(done, 0, ""))

    def rankings(self, paths: Sequence[Path], top: int) -> Iterator[Ranking]:
        """The ranking of each job in turn; `top` is how many of each are shown, but for files that hold all."""
        if self.resumes:
            for ranking in rankings(self._pool, self._scorer(), self._shown(paths, top)):
                said = self._run.last_said(ranking.role)
                yield replace(ranking, placed=tuple(_with(one, said) for one in ranking.placed)) if said else ranking

    def note(self, ranking: Ranking, top: int) -> None:
        """Take down why the pairs that a ranking showed scored as they did, each pair once."""
        from matcher.project.run import Reason
        from matcher.report.rows import top_reasons

        assert self._run.pairs is not None
        opening = next(one for one in self._run.pairs.openings if one.role is ranking.role)
        told = self._run.told(opening)
        for placed in ranking.placed[:top]:
            held = self._held[id(placed.fit.profile)]
            if held.id >= 0 and held.id not in told:
                data: dict[str, Any] = {"job": ranking.role.source, "resume": held.source, "sha256": held.sha256}
                data |= {"rank": placed.rank, "score": round(placed.fit.score, 6), "band": placed.band}
                data |= {"reasons": top_reasons(placed.fit.contributions, _REASONS, quoted=False)}
                data |= {"unmet": list(placed.fit.unmet), "unknown": list(placed.fit.unknown)}
                self._reasons.append(Reason(opening.id, held.id, data))

    def make_way(self, paths: Sequence[Path]) -> None:
        """Before files of results are put in their places: what people changed in the old ones is kept."""
        self._moved = self._run.make_way(paths)

    def finish(self, paths: Sequence[Path]) -> None:
        """Put the run into the record."""
        from matcher.project.papers import ANSWERS, KEY

        files = self._run.written(() if self._left else paths, self._key)
        self._run.saw_papers({ANSWERS: self._session.sheets, KEY: [path] if (path := self._session.sight.key) else ()})
        failed = [(one.source, one.code) for one in self._session.troubles]
        self._run.finish(self._settings(), files, failed, self._reasons)
        if paths and not self._left and not self._back:
            self._run.copy(paths, self._key)

    def _settings(self) -> dict[str, Any]:
        """What it takes to rank the same inputs in the same way again."""
        from matcher.versions import versions

        session, options = self._session, self._session.options
        limits = {"max_seconds": options.seconds, "max_memory": options.memory, "max_pages": options.pages}
        return {
            "versions": versions(session.taxonomy, session.models),
            "as_of": options.as_of,
            "weights": list(getattr(session.common, "weight", None) or ()),
            "taxonomy": one_line(str(options.overlay or "")),
            "models": one_line(str(session.models or "")),
            "bands": list(self._model.bands),
            "keep_all": self._keep_all,
            "answers": digests(session.sheets),
            "blind": session.sight.blind,
            "limits": {**limits, "max_bytes": options.max_bytes},
        }

    def tricky(self) -> list[str]:
        """The resumes in which something was there for a machine and not for people."""
        return [self._session.sight.resume(held) for held in self._run.resumes if held.notices & TRICKS]

    def counted(self) -> str:
        """What became of the files since the last run, for the summary."""
        found = self._run.changes
        counts = f"{found.new} new, {found.changed} changed, {found.skipped} skipped (as they were), {found.failed} failed"
        again = f"; {found.read or 'no'} file{'s' * (found.read > 1)} read"
        return f"{counts}, {found.removed} removed{again}"

    def told(self) -> Iterator[str]:
        """Who is left out for a newer resume, which files were kept, and what to do next."""
        for one in self._run.left_out:
            out, by = (self._session.sight.called(*who) for who in ((one.sha256, one.source), (one.by_sha256, one.by)))
            yield f"left out: {out}, for {by} is newer and the same person's ({one.why}); --keep-all ranks both"
        for path, other in self._moved:
            command = shlex.join(["matcher", "decisions", other.name, "--project", str(self._run.project.folder)])
            hint = f"; {command} brings in decisions that are not known yet"
            yield f"{path.name} was not as this project wrote it: kept as {other.name}{hint if path.suffix == '.xlsx' else ''}"
        if self._left:
            yield "nothing that the files of results depend on has changed: they are left as they are"
        if self._back:
            names = ", ".join(path.name for path in self._back)
            yield f"nothing that the files of results depend on has changed: {names} put back as before"


def _with(placed: Placed, said: Mapping[str, Last]) -> Placed:
    """The pair with what was decided on it last."""
    last = said.get(placed.fit.profile.sha256)
    return replace(placed, decision=last.decision, note=last.note) if last else placed


@contextmanager
def kept(session: Session, folder: Path | None, out: Sequence[Path]) -> Iterator[None]:
    """Open the project in a folder for this run, with its files of results; without a folder nothing is kept."""
    if folder is None:
        yield
        return
    from matcher.project import open_project
    from matcher.project.keys import Keys
    from matcher.project.run import Run
    from matcher.project.store import refuse_own

    refuse_own(folder, out)
    with open_project(folder) as project:
        if project.resumed and not session.common.quiet:
            console.say(f"finished the erasure that had been stopped: {project.resumed} resumes of a person removed")
        session.run = Run(project, Keys(session.taxonomy.version, session.options, session.models))
        yield


def book_of(session: Session, found: Sequence[Any], roles: Sequence[Role], model: RankerModel, keep_all: bool) -> Book:
    """The book of a run; `found` are profiles, or what stands for them in a project."""
    if session.run is None:
        return Book(session, found, roles)
    session.run.settle(found, roles, keep_all)
    if session.sheets:
        session.run.answered(session.with_answers)
    session.sight.enroll(session.run.resumes)
    return KeptBook(session, session.run, roles, model, keep_all)
