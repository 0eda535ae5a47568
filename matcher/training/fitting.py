"""From labelled pairs to a fitted ranker: signals and caps, validation by jobs and by sets, the artefact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from matcher.errors import InputError
from matcher.records import Profile, Role
from matcher.scoring import Scorer
from matcher.scoring.features import Feature
from matcher.scoring.model import RankerModel
from matcher.taxonomy import Taxonomy
from matcher.training.baselines import Ranking
from matcher.training.labels import Grades, name_of
from matcher.training.ranker import LabelledPair, fit_ranker, model_data
from matcher.training.validation import (
    Figures,
    Validation,
    Versus,
    choose_strength,
    figures,
    leave_one_out,
    ranking_ndcg,
    rated,
    summary,
)

_UNFITTED = RankerModel(0.0, {str(feature): 0.0 for feature in Feature}, (0.25, 0.5, 0.75), "")
_NO_RANKINGS: Mapping[str, Ranking] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One label file with the documents that it speaks of, and other rankings of them by name."""

    name: str
    grades: Grades
    profiles: Mapping[str, Profile]
    roles: Mapping[str, Role]
    baselines: Mapping[str, Ranking] = field(default_factory=lambda: _NO_RANKINGS)

    @classmethod
    def of(
        cls,
        name: str,
        grades: Grades,
        profiles: Sequence[Profile],
        roles: Sequence[Role],
        baselines: Mapping[str, Ranking] = _NO_RANKINGS,
    ) -> LabelledSet:
        """Match documents to labels by name."""
        known = {name_of(profile.source): profile for profile in profiles}
        return cls(name, grades, known, {name_of(role.source): role for role in roles}, baselines)

    def jobs(self) -> list[str]:
        """The labelled jobs that could be read, in order."""
        return [job for job in sorted(self.grades) if job in self.roles]

    def resumes(self, job: str) -> list[str]:
        """The labelled resumes of a job that could be read, in order."""
        return [resume for resume in sorted(self.grades[job]) if resume in self.profiles]


@dataclass(frozen=True, slots=True)
class Trainer:
    """Fits and validates with one taxonomy, one set of word weights and one table of how rare concepts are."""

    taxonomy: Taxonomy
    idf: Mapping[str, float]
    rarity: Mapping[str, float]

    def pairs(self, sets: Sequence[LabelledSet]) -> tuple[LabelledPair, ...]:
        """The signals, caps and newcomers of all labelled pairs; a job is named after its set and itself."""
        scorer = Scorer(self.taxonomy, _UNFITTED, self.idf, self.rarity)
        return tuple(pair for labelled in sets for job in labelled.jobs() for pair in _pairs(scorer, labelled, job))

    def validate(self, sets: Sequence[LabelledSet], pairs: Sequence[LabelledPair]) -> tuple[Validation, ...]:
        """Each set's figures: one job left out in turn, the whole set left out, beside its baselines.

        Raises InputError for a single job, and for a set without a grade above 0.
        """
        if len({pair.job for pair in pairs}) < 2:
            raise InputError("labels of two jobs at least are needed: each is scored by a model that has not seen it")
        strength = choose_strength(pairs)
        return tuple(validated(labelled, pairs, strength) for labelled in sets)


def _pairs(scorer: Scorer, labelled: LabelledSet, job: str) -> list[LabelledPair]:
    resumes = labelled.resumes(job)
    found = scorer.scores(scorer.table([labelled.profiles[resume] for resume in resumes]), labelled.roles[job])
    rows = zip(resumes, zip(*found.values, strict=True), found.caps.tolist(), found.fresh.tolist(), strict=True)
    return [
        LabelledPair(f"{labelled.name}/{job}", resume, labelled.grades[job][resume], tuple(map(float, values)), cap, fresh)
        for resume, values, cap, fresh in rows
    ]


def validated(labelled: LabelledSet, pairs: Sequence[LabelledPair], strength: float) -> Validation:
    """The figures of one set; `pairs` are those of all sets. InputError where the set has no grade above 0."""
    jobs = {f"{labelled.name}/{job}" for job in labelled.jobs()}
    own, rest = [pair for pair in pairs if pair.job in jobs], [pair for pair in pairs if pair.job not in jobs]
    if not any(pair.grade for pair in own):
        raise InputError(f"{labelled.name}: no grade is above 0 for a job and a resume that could be read")
    left_out = figures(leave_one_out(pairs, strength, {pair.job for pair in own}))
    versus = []
    for name, ranking in labelled.baselines.items():
        named = {f"{labelled.name}/{job}": scores for job, scores in ranking.items()}
        versus.append(Versus.of(name, left_out.each, ranking_ndcg(own, named)))
    return Validation(labelled.name, strength, left_out, _by_others(rest, own), tuple(versus))


def _by_others(rest: Sequence[LabelledPair], own: Sequence[LabelledPair]) -> Figures | None:
    """The figures of a set under a model fitted on the other sets; None where these cannot be fitted on."""
    if len({pair.grade for pair in rest}) < 2:
        return None
    return figures(rated(fit_ranker(rest, strength=choose_strength(rest)), own))


def fitted(pairs: Sequence[LabelledPair], strength: float | None = None) -> RankerModel:
    """The model of all pairs, with the strength of prior that jobs left out prefer; its version is a digest of its numbers."""
    model = fit_ranker(pairs, strength=choose_strength(pairs) if strength is None else strength)
    numbers = json.dumps([model.base, dict(model.weights), list(model.bands)])
    return replace(model, version=hashlib.sha256(numbers.encode()).hexdigest()[:12])


def write_model(folder: Path, model: RankerModel, validations: Sequence[Validation], pairs: int) -> None:
    """Write `ranker/model.json`: the numbers and what they were fitted on; the same labels give the same bytes."""
    source = {
        "pairs": pairs,
        "strength_of_prior": next((one.strength for one in validations), None),
        "validation": {one.name: summary(one) for one in validations},
        "method": "points of the trade as prior, moved by pairwise logistic loss in each job and cumulative odds of the grades, "
        "caps included; strength of the prior and figures by leaving one job out, intervals by drawing jobs",
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
