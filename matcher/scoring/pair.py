"""A resume and a role side by side: what several sentences need of both is found once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from matcher.scoring.credit import Credit, CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.relevant import Relevant, relevant_jobs
from matcher.scoring.views import Asked, ProfileView, RoleView


class Pair:
    """A resume and a role, with what the resume earns for each thing that the role asks for."""

    def __init__(self, rules: CreditRules, resume: ProfileView, role: RoleView) -> None:
        self.resume, self.role = resume, role
        self._rules = rules
        self._answers: dict[str, Credit] = {}

    def answer(self, concept: str) -> Credit:
        """The best credit that the resume earns for a concept."""
        found = self._answers.get(concept)
        if found is None:
            found = self._answers[concept] = self._rules.answer(concept, self.resume.held)
        return found

    def best(self, item: Asked) -> Credit:
        """The best credit among alternatives."""
        if len(item.concepts) == 1:
            return self.answer(item.concepts[0])
        return max(map(self.answer, item.concepts), key=lambda credit: credit.value)

    @cached_property
    def credits(self) -> Mapping[Feature, tuple[Credit, ...]]:
        """What each thing asked for earns, by the signal that counts it, in the order of the role."""
        return {feature: tuple(map(self.best, items)) for feature, items in self.role.asked.items()}

    @cached_property
    def jobs(self) -> list[Relevant]:
        """The jobs that count for the role."""
        return relevant_jobs(self.resume, self.role)
