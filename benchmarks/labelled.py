"""Labelled sets read for the benchmarks: the documents beside a label file, in one process, as of their own newest date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.documents import Limits
from matcher.errors import MatcherError
from matcher.matching import Engine
from matcher.records import Profile, Role
from matcher.scoring.model import load_rarity, load_terms
from matcher.training.baselines import read_baselines
from matcher.training.fitting import LabelledSet, Trainer
from matcher.training.labels import read_grades
from matcher.training.ranker import LabelledPair

_AS_FITTED = Limits(ocr=False)
"""Models are fitted without what only OCR reads."""


def read_sets(labels: Sequence[Path], baselines: Sequence[Path] = ()) -> tuple[list[LabelledSet], tuple[LabelledPair, ...]]:
    """The sets of label files with `resumes/` and `jobs/` beside each, and their pairs.

    `baselines` are folders of other rankings, one for each label file in turn; by default `baselines/` beside it.
    """
    engine = Engine()
    folders = [*baselines, *(path.parent / "baselines" for path in labels[len(baselines) :])]
    sets = [_read(engine, path, folder) for path, folder in zip(labels, folders, strict=True)]
    return sets, Trainer(engine.taxonomy, load_terms(), load_rarity()).pairs(sets)


def _read(engine: Engine, labels: Path, baselines: Path) -> LabelledSet:
    profiles: list[Profile] = []
    roles: list[Role] = []
    for path in sorted((labels.parent / "resumes").iterdir()):
        try:
            profiles.append(engine.read_resume(path.read_bytes(), path.name, as_of="document", limits=_AS_FITTED))
        except MatcherError:  # a scan, say
            continue
    for path in sorted((labels.parent / "jobs").iterdir()):
        try:
            found = engine.read_roles(path.read_bytes(), path.name, limits=_AS_FITTED)
            roles.extend(role for role in found if isinstance(role, Role))
        except MatcherError:
            continue
    return LabelledSet.of(labels.parent.name, read_grades(labels), profiles, roles, read_baselines(baselines))
