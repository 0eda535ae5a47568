"""Where the time of a resume goes: processor seconds of each stage, measured inside one process.

python benchmarks/stages.py RESUME_FOLDER JOB_FOLDER
"""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = 40
"""Resumes looked at, spread evenly over the folder."""

DOCUMENT, ANNOTATE, FACTS = "reading the document", "annotating (words, sections, skills, stance)", "finding facts"
PROFILE, SCORE = "building the profile", "scoring for all jobs"
ROLE = "building the role"
_AFTER_READING = (ANNOTATE, FACTS, PROFILE, ROLE)

_WARM_UP = 3  # the first files pay for fonts and tables that are loaded once


@dataclass(frozen=True, slots=True)
class Measured:
    """Processor seconds of a resume in each stage, how many resumes and roles that is of, and what follows from it.

    `rate` holds how many resumes and posts a second one core takes through all that follows the reading of the document but the
    scoring, `peak` the most memory of the process in MiB (None where the system does not tell).
    """

    seconds: dict[str, float]
    resumes: int
    roles: int
    rate: dict[str, float]
    peak: float | None

    def table(self) -> Iterator[str]:
        """The lines of a table in Markdown."""
        yield from (f"| stage ({self.resumes} resumes, {self.roles} jobs, one process) | CPU ms a resume |", "|---|---|")
        yield from (f"| {name} | {1000 * value:.1f} |" for name, value in self.seconds.items())
        yield from ("", "| after the document is read, without scoring | documents a second and core |", "|---|---|")
        yield from (f"| {name} | {value:.0f} |" for name, value in self.rate.items())
        peak = "not known here" if self.peak is None else f"{self.peak:.0f}"
        yield from ("", f"Peak memory of this process: {peak} MiB.")


class Watch:
    """Adds up processor seconds by stage; what a stage calls in another stage is counted there only."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def watched(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, with its time counted."""

        def run(*given: Any, **named: Any) -> Any:
            begun = time.process_time()
            self._inner.append(0.0)
            try:
                return work(*given, **named)
            finally:
                taken = time.process_time() - begun
                self.seconds[stage] += taken - self._inner.pop()
                self._inner[-1] += taken

        return run


def stages(resumes: Sequence[Path], jobs: Sequence[Path]) -> Measured:
    """What resumes and job posts take, stage by stage."""
    from matcher.matching import Engine
    from matcher.scoring import Scorer

    watch = Watch()
    _watch_all(watch)
    engine = Engine()
    scorer = Scorer(engine.taxonomy)
    _profiles(engine, resumes[:_WARM_UP])
    _roles(engine, jobs[:_WARM_UP])
    gc.collect()
    gc.freeze()  # as the workers do
    watch.seconds.clear()
    roles = _roles(engine, jobs)
    posts = _rate(watch, len(roles))
    watch.seconds.clear()
    profiles = _profiles(engine, resumes)
    rate = {"resumes": _rate(watch, len(profiles)), "job posts": posts}
    rank = watch.watched(SCORE, scorer.rank)
    for role in roles:
        rank(role, profiles)
    ordered = (DOCUMENT, ANNOTATE, FACTS, PROFILE, SCORE)
    seconds = {name: watch.seconds[name] / max(1, len(profiles)) for name in ordered}
    return Measured(seconds, len(profiles), len(roles), rate, _peak())


def _rate(watch: Watch, count: int) -> float:
    """Documents a second through what follows the reading."""
    return count / (sum(watch.seconds[name] for name in _AFTER_READING) or 1.0)


def _peak() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _watch_all(watch: Watch) -> None:
    """Put the watch around the doors of the rooms."""
    from matcher.matching import Engine
    from matcher.profile import ProfileBuilder
    from matcher.reading.reader import Reader, pipeline
    from matcher.role import RoleBuilder

    facts = type(pipeline().get_pipe("bpo_facts"))
    for owner, name, stage in (
        (Engine, "document", DOCUMENT),
        (Engine, "_read", ANNOTATE),
        (Reader, "read", ANNOTATE),
        (facts, "__call__", FACTS),
        (ProfileBuilder, "build", PROFILE),
        (RoleBuilder, "build", ROLE),
    ):
        setattr(owner, name, watch.watched(stage, getattr(owner, name)))


def _profiles(engine: Any, resumes: Sequence[Path]) -> list[Any]:
    from matcher.errors import MatcherError

    found = []
    for path in resumes:
        try:
            found.append(engine.read_resume(path.read_bytes(), path.name, as_of="document"))
        except MatcherError:
            continue
    return found


def _roles(engine: Any, jobs: Sequence[Path]) -> list[Any]:
    from matcher.records import Role

    found = (item for path in jobs for item in engine.read_roles(path.read_bytes(), path.name))
    return [item for item in found if isinstance(item, Role)]


def main() -> None:
    """Print the stages of a folder of resumes and one of job posts."""
    resumes, jobs = (sorted(path for path in Path(folder).rglob("*") if path.is_file()) for folder in sys.argv[1:3])
    step = max(1, len(resumes) // SAMPLE)
    print("\n".join(stages(resumes[::step][:SAMPLE], jobs).table()))


if __name__ == "__main__":
    main()
