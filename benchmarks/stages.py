"""Where the time of a resume goes: processor seconds of each stage, measured inside one process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SAMPLE = 40
"""Resumes looked at, spread evenly over the folder."""

DOCUMENT, ANNOTATE, FACTS = "reading the document", "annotating (words, sections, skills, stance)", "finding facts"
PROFILE, SCORE = "building the profile", "scoring for all jobs"

_WARM_UP = 3  # the first files pay for fonts and tables that are loaded once


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


def stages(resumes: Sequence[Path], jobs: Sequence[Path]) -> tuple[dict[str, float], int, int]:
    """Seconds a resume in each stage, how many resumes were read, and for how many roles they were scored."""
    from matcher.matching import Engine
    from matcher.scoring import Scorer

    watch = Watch()
    _watch_all(watch)
    engine = Engine()
    scorer, roles = Scorer(engine.taxonomy), _roles(engine, jobs)
    _profiles(engine, resumes[:_WARM_UP])
    watch.seconds.clear()
    profiles = _profiles(engine, resumes)
    rank = watch.watched(SCORE, scorer.rank)
    for role in roles:
        rank(role, profiles)
    ordered = (DOCUMENT, ANNOTATE, FACTS, PROFILE, SCORE)
    return {name: watch.seconds[name] / max(1, len(profiles)) for name in ordered}, len(profiles), len(roles)


def _watch_all(watch: Watch) -> None:
    """Put the watch around the doors of the rooms."""
    from matcher.matching import Engine
    from matcher.profile import ProfileBuilder
    from matcher.reading.reader import Reader, pipeline

    facts = type(pipeline().get_pipe("bpo_facts"))
    for owner, name, stage in (
        (Engine, "document", DOCUMENT),
        (Reader, "read", ANNOTATE),
        (facts, "__call__", FACTS),
        (ProfileBuilder, "build", PROFILE),
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
