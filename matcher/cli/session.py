"""What the commands that read documents share: reading with progress, building roles, telling what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher import batch
from matcher.batch import Operation, Outcome, ReadOptions, Task
from matcher.cli import console
from matcher.cli.answering import check_answers, digests, with_answers
from matcher.cli.blinding import Sight, sight
from matcher.cli.inputs import Inputs, gather, tasks
from matcher.cli.known import sound
from matcher.cli.options import Common, Fitting, Scoring
from matcher.cli.weights import Weights
from matcher.errors import InputError, MatcherError
from matcher.records import Contents, Profile, Role
from matcher.report import Placed, Ranking, RunInfo, Trouble

if TYPE_CHECKING:
    from matcher.project.run import Run
    from matcher.scoring import Scorer
    from matcher.scoring.model import RankerModel
    from matcher.taxonomy import Taxonomy

OK, SOME_FAILED, NOTHING_DONE = 0, 1, 2
"""Exit status."""

_OTHER_KIND = "no kind of file that is read"
_DOCUMENT = {Operation.RESUME: "resume", Operation.ROLES: "job"}


@dataclass(slots=True)
class Session:
    """One run of a command; collects what fails and what is skipped on the way.

    `skipped` has the reason for each name, `files` the paths of resumes by their sources. `warns`: whether what is odd about job
    posts is told on the way; not where the result says it. `run` is that over a project, where there is one.
    """

    common: Common
    options: ReadOptions
    taxonomy: Taxonomy
    weights: Weights = field(default_factory=Weights)
    troubles: list[Trouble] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    warns: bool = True
    run: Run | None = None
    sight: Sight = field(default_factory=Sight)

    @classmethod
    def begin(cls, common: Common, ocr: bool = True, outs: Sequence[Path] = ()) -> Session:
        """Check the options and the taxonomy before any file is touched; raises MatcherError. `outs`: where results go."""
        options = replace(common.read_options(), ocr=ocr)
        taxonomy = sound(options.overlay)
        given = (common.weight or ()) if isinstance(common, Scoring) else ()
        check_answers(getattr(common, "answers", None) or ())
        seen = sight(getattr(common, "blind", False), getattr(common, "key", None), outs)
        return cls(common, replace(options, blind=seen.blind), taxonomy, Weights.read(given, taxonomy), sight=seen)

    @property
    def models(self) -> Path | None:
        """The folder whose ranker takes the place of the shipped one."""
        return self.common.models if isinstance(self.common, Scoring) else None

    def ranker(self) -> RankerModel:
        """The fitted numbers; looked at before files are read, since a model that does not fit ends the run."""
        from matcher.scoring.model import load_ranker

        model = load_ranker(self.models)
        idle = [name for name, factor in self.weights.general.items() if factor > 0 and not model.weights[name]]
        if idle and not self.common.quiet:
            console.say_warning(f"{', '.join(idle)}: the weight is 0 in this model, and 0 times anything stays 0")
        return model

    def scorer(self) -> Scorer:
        """Build the scorer."""
        from matcher.scoring import Scorer

        return Scorer(self.taxonomy, self.ranker())

    # ------------------------------------------------------------------------------------------------------------- reading

    def gather(self, paths: Sequence[str], document: str, endings: frozenset[str] | None = None) -> Inputs:
        """Find the files under the paths given, and note what is skipped or cannot be used."""
        found = gather(paths, document, self.options.max_bytes, endings)
        self._skip(((name, _OTHER_KIND) for name in found.skipped), document)
        for trouble in found.troubles:
            self.fail(trouble)
        if document == "resume":
            counts = Counter(file.source for file in found.files)
            self.files.update({file.source: file.path for file in found.files if file.path and counts[file.source] == 1})
        return found

    def read(self, todo: Sequence[Task]) -> Iterator[Outcome]:
        """Read files and what containers hold; outcomes in the order of their names."""
        quiet, known = self.common.quiet, self.run.shelf if self.run else None
        count = sum(not known.has(task) for task in todo) if known else len(todo)
        with console.progress(count, quiet, named=not self.sight.blind) as tick:
            for outcome in batch.read_all(
                todo, workers=self.common.worker_count(), options=self.options, on_result=tick, known=known
            ):
                self._tell(outcome)
                if isinstance(outcome.value, Contents):
                    self._skip(outcome.value.skipped, _DOCUMENT.get(outcome.task.operation, "document"))
                else:
                    yield outcome

    def _skip(self, names: Iterable[tuple[str, str]], document: str) -> None:
        self.skipped.update((self.sight.source(name, document), why) for name, why in names)

    def fail(self, trouble: Trouble) -> None:
        """Note a file without a result and say so."""
        trouble = self.sight.trouble(trouble)
        self.troubles.append(trouble)
        console.say_error(f"{trouble.source}: {trouble.message}")

    def fail_outcome(self, outcome: Outcome) -> None:
        """Note a file whose reading failed."""
        failure = outcome.failure
        assert failure is not None
        document = _DOCUMENT.get(outcome.task.operation, outcome.task.kind or "document")
        self.fail(Trouble(document, outcome.source, failure.code, failure.message))
        if failure.trace and self.common.verbose and not self.sight.blind:
            console.say_block(failure.trace)

    def read_pairs(self, resumes: Inputs, jobs: Inputs) -> tuple[tuple[Any, ...], tuple[Role, ...]]:
        """Read resumes and job posts side by side, each ordered by source: profiles, or what stands for them in a project."""
        limit = self.options.max_bytes
        todo = [*tasks(resumes, Operation.RESUME, limit), *tasks(jobs, Operation.ROLES, limit)]
        profiles: list[Any] = []
        roles: list[Role] = []
        for outcome in self.read(todo):
            if self.run and outcome.task.operation is Operation.RESUME:
                self.run.saw(outcome.task, outcome.failure is not None)
            if outcome.failure:
                self.fail_outcome(outcome)
            elif outcome.task.operation is Operation.RESUME:
                profiles.append(outcome.value)
            else:
                roles.extend(self._roles(outcome))
        if self.run is None:
            self.sight.enroll(profiles)
            profiles = list(self.with_answers(profiles))
        return tuple(profiles), self.weighed(sorted(roles, key=lambda role: (role.source, role.sha256)))

    @property
    def sheets(self) -> Sequence[Path]:
        """The sheets of answers that were given."""
        return self.common.answers or () if isinstance(self.common, Fitting) else ()

    def with_answers(self, profiles: Sequence[Profile]) -> tuple[Profile, ...]:
        """Profiles with what the sheets of answers say of them."""
        return with_answers(self.sheets, profiles, self.taxonomy, self.options.max_bytes, self.common.quiet)

    def weighed(self, roles: Iterable[Role]) -> tuple[Role, ...]:
        """Roles with the weights that were set for them."""
        return tuple(map(self.weights.of, roles))

    def _roles(self, outcome: Outcome) -> Iterator[Role]:
        for item in outcome.value:
            if isinstance(item, MatcherError):
                self.fail(Trouble("job", outcome.source, item.code, str(item)))
            else:
                for notice in item.warnings if self.warns and not self.common.quiet else ():
                    console.say_warning(f"{item.source}: {notice.sentence}")
                yield item

    def _tell(self, outcome: Outcome) -> None:
        if not self.common.verbose or self.sight.blind:
            return
        did = "opened" if isinstance(outcome.value, Contents) else "read"
        console.say(f"{did} {outcome.source} in {outcome.seconds:.2f} s")
        if isinstance(outcome.value, Profile):
            for notice in outcome.value.warnings:
                console.say_warning(f"{outcome.source}: {notice.sentence}")

    # ------------------------------------------------------------------------------------------------------------- results

    def run_info(self, **counts: Any) -> RunInfo:
        """Describe the run for its results."""
        from matcher.scoring.model import load_ranker
        from matcher.versions import versions

        model = load_ranker(self.models)
        shown = {name: str(getattr(self.common, name)) for name in ("max_seconds", "max_memory", "max_pages", "max_bytes")}
        shown["taxonomy overlay"] = str(self.common.taxonomy or "none")
        shown["weights changed"] = str(self.weights) or "none"
        shown["answers"] = ", ".join(f"{name} (SHA-256 {sha})" for name, sha in digests(self.sheets)) or "none"
        shown["blind"] = "yes" if self.sight.blind else "no"
        return RunInfo(
            versions(self.taxonomy, self.models),
            self.options.as_of,
            date.today().isoformat(),
            options=shown,
            labels=labels(self.taxonomy),
            troubles=tuple(self.troubles),
            skipped=dict(self.skipped),
            weights={"base": model.base, **model.weights},
            files={} if self.sight.blind else dict(self.files),
            **counts,
        )

    def close(self, done: int) -> int:
        """Tell what was skipped; the exit status follows from how many results there are and whether files failed."""
        if not self.common.quiet:
            for name, why in self.skipped.items():
                console.say(f"skipped: {name} ({why})")
            if told := self.sight.told():
                console.say(told)
        self.sight.save()
        if not done:
            return NOTHING_DONE
        return SOME_FAILED if self.troubles else OK


def labels(taxonomy: Taxonomy) -> dict[str, str]:
    """What people call the ids of concepts and of role families."""
    found = {concept.id: concept.label for concept in taxonomy.concepts.values()}
    families = taxonomy.rules.get("families", {})
    for table in families.values() if isinstance(families, dict) else ():
        for entry in table if isinstance(table, list) else ():
            if isinstance(entry, dict) and "id" in entry and "label" in entry:
                found.setdefault(str(entry["id"]), str(entry["label"]))
    return found


def place(scorer: Scorer, role: Role, profiles: Sequence[Profile]) -> Ranking:
    """Rank resumes for a role, best first."""
    fits = scorer.rank(role, profiles)
    return Ranking(role, tuple(Placed(rank, fit, scorer.band(fit), scorer.model.bands) for rank, fit in enumerate(fits, 1)))


def one_source_of_stdin(*groups: Iterable[str]) -> None:
    """Refuse to read standard input twice."""
    if sum(name == "-" for group in groups for name in group) > 1:
        raise InputError("-: standard input can be read only once; give the other as a file")
