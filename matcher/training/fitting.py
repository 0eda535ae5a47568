"""From labelled pairs to a fitted ranker: signals, cross-validation by job, the artefact and its card."""

from __future__ import annotations

import hashlib
import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.errors import InputError
from matcher.records import Profile, Role
from matcher.scoring import Scorer
from matcher.scoring.features import Feature
from matcher.scoring.model import RankerModel
from matcher.taxonomy import Taxonomy
from matcher.training.labels import Grades, name_of
from matcher.training.measures import ndcg, quadratic_kappa
from matcher.training.ranker import LabelledPair, fit_ranker, model_data

_UNFITTED = RankerModel(0.0, {str(feature): 0.0 for feature in Feature}, (0.25, 0.5, 0.75), "")


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One label file with the documents that it speaks of."""

    name: str
    grades: Grades
    profiles: Mapping[str, Profile]
    roles: Mapping[str, Role]

    @classmethod
    def of(cls, name: str, grades: Grades, profiles: Sequence[Profile], roles: Sequence[Role]) -> LabelledSet:
        """Match documents to labels by name."""
        known = {name_of(profile.source): profile for profile in profiles}
        return cls(name, grades, known, {name_of(role.source): role for role in roles})

    def jobs(self) -> list[str]:
        """The labelled jobs that could be read, in order."""
        return [job for job in sorted(self.grades) if job in self.roles]

    def resumes(self, job: str) -> list[str]:
        """The labelled resumes of a job that could be read, in order."""
        return [resume for resume in sorted(self.grades[job]) if resume in self.profiles]


@dataclass(frozen=True, slots=True)
class Validation:
    """Figures of one labelled set, each job scored by a model that has not seen it."""

    name: str
    jobs: int
    ndcg: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Trainer:
    """Fits and validates with one taxonomy and one set of word weights."""

    taxonomy: Taxonomy
    idf: Mapping[str, float]

    def pairs(self, sets: Sequence[LabelledSet]) -> tuple[LabelledPair, ...]:
        """The signals of all labelled pairs."""
        scorer = self._scorer(_UNFITTED)
        return tuple(
            LabelledPair(
                f"{labelled.name}/{job}",
                resume,
                labelled.grades[job][resume],
                tuple(signal.value for signal in scorer.signals(labelled.profiles[resume], labelled.roles[job])),
            )
            for labelled in sets
            for job in labelled.jobs()
            for resume in labelled.resumes(job)
        )

    def validate(self, sets: Sequence[LabelledSet], pairs: Sequence[LabelledPair]) -> tuple[Validation, ...]:
        """Leave one job out, fit on the others, score it: mean nDCG@10 and the kappa of bands, set by set.

        Raises InputError for a single job, and for a set without a grade above 0.
        """
        if len({pair.job for pair in pairs}) < 2:
            raise InputError("labels of two jobs at least are needed: each is scored by a model that has not seen it")
        return tuple(self._validate(labelled, pairs) for labelled in sets)

    def _validate(self, labelled: LabelledSet, pairs: Sequence[LabelledPair]) -> Validation:
        figures, bands = [], []
        for job in labelled.jobs():
            scorer = self._scorer(fit_ranker([pair for pair in pairs if pair.job != f"{labelled.name}/{job}"]))
            fits = {resume: scorer.fit(labelled.profiles[resume], labelled.roles[job]) for resume in labelled.resumes(job)}
            if any(labelled.grades[job].values()):
                figures.append(ndcg(labelled.grades[job], {resume: fit.logit for resume, fit in fits.items()}))
            bands += [(labelled.grades[job][resume], scorer.band(fit)) for resume, fit in fits.items()]
        if not figures:
            raise InputError(f"{labelled.name}: no grade is above 0 for a job and a resume that could be read")
        return Validation(labelled.name, len(figures), statistics.mean(figures), quadratic_kappa(bands))

    def _scorer(self, model: RankerModel) -> Scorer:
        return Scorer(self.taxonomy, model, dict(self.idf))


def fitted(pairs: Sequence[LabelledPair]) -> RankerModel:
    """The model of all pairs; its version is a digest of its numbers."""
    model = fit_ranker(pairs)
    numbers = json.dumps([model.base, dict(model.weights), list(model.bands)])
    return replace(model, version=hashlib.sha256(numbers.encode()).hexdigest()[:12])


def write_model(folder: Path, model: RankerModel, validations: Sequence[Validation], pairs: int) -> None:
    """Write `ranker/model.json`: the numbers and what they were fitted on; the same labels give the same bytes."""
    source = {
        "pairs": pairs,
        "validation": {
            v.name: {"jobs": v.jobs, "ndcg@10": round(v.ndcg, 4), "band_kappa": round(v.kappa, 3)} for v in validations
        },
        "method": "leave one job out; pairwise logistic regression for the order, proportional odds for base and bands",
    }
    write_json(folder / "ranker" / "model.json", model_data(model, source), indent=1)


def write_json(path: Path, data: object, indent: int | None = None) -> None:
    """Write an artefact, with a line end at its end; InputError where that cannot be done."""
    separators = None if indent else (",", ":")
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); name another folder with --out") from error
