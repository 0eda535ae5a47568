"""Where the time of a resume goes: processor seconds of each stage, measured inside one process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SAMPLE = 40
"""Resumes looked at, spread evenly over the folder."""

DOCUMENT, ANNOTATE, FACTS = "reading the document", "annotating (words, sections, skills, stance)", "finding facts"
PROFILE, SCORE, WHOLE = "building the profile", "scoring for all jobs", "whole"

_WARM_UP = 3  # the first files pay for fonts and tables that are loaded once


class Watch:
    """Adds up processor seconds under names."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, name: str, work: Any, *given: Any, **named: Any) -> Any:
        """Call `work` and count what it takes."""
        begun = time.process_time()
        try:
            return work(*given, **named)
        finally:
            self.seconds[name] += time.process_time() - begun


def stages(resumes: Sequence[Path], jobs: Sequence[Path]) -> tuple[dict[str, float], int, int]:
    """Seconds a resume in each stage, how many resumes were read, and for how many roles they were scored."""
    from matcher.errors import MatcherError
    from matcher.matching import Engine
    from matcher.reading.reader import pipeline

    engine, nlp, watch = Engine(), pipeline(), Watch()
    profiles = []
    for place, path in enumerate([*resumes[:_WARM_UP], *resumes]):
        try:
            profile = _read(engine, nlp, path, watch if place >= _WARM_UP else Watch())
        except MatcherError:
            continue
        profiles += [profile] if place >= _WARM_UP else []
    roles = _roles(engine, jobs)
    _score(engine, roles, profiles, watch)
    return {name: seconds / max(1, len(profiles)) for name, seconds in watch.seconds.items()}, len(profiles), len(roles)


def _read(engine: Any, nlp: Any, path: Path, watch: Watch) -> Any:
    """Take a resume through the stages one by one, then once more as a whole: what is left over is building its profile."""
    from matcher.reading.reader import emphasis

    data, own = path.read_bytes(), Watch()
    document = own.time(DOCUMENT, engine.document, data, path.name)
    doc = own.time(ANNOTATE, nlp.make_doc, document.text)
    doc.user_data["bpo_kind"] = "resume"
    doc.user_data["bpo_emphasis"] = emphasis(document)
    for name, pipe in nlp.pipeline:
        doc = own.time(FACTS if name == "bpo_facts" else ANNOTATE, pipe, doc)
    known = sum(own.seconds.values())
    whole = Watch()
    profile = whole.time(WHOLE, engine.read_resume, data, path.name, as_of="document")
    own.seconds[PROFILE] = whole.seconds[WHOLE] - known
    for name, seconds in own.seconds.items():
        watch.seconds[name] += seconds
    return profile


def _roles(engine: Any, jobs: Sequence[Path]) -> list[Any]:
    from matcher.records import Role

    found = (item for path in jobs for item in engine.read_roles(path.read_bytes(), path.name))
    return [item for item in found if isinstance(item, Role)]


def _score(engine: Any, roles: Sequence[Any], profiles: Sequence[Any], watch: Watch) -> None:
    from matcher.scoring import Scorer

    scorer = Scorer(engine.taxonomy)
    for role in roles:
        watch.time(SCORE, scorer.rank, role, profiles)
