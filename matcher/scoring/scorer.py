"""Fits: signals times weights, caps by unmet musts, and the order that follows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from matcher.reading.titles import families, grade_words
from matcher.records import Contribution, Fit, Must, MustState, Profile, Role
from matcher.scoring.credit import CreditRules
from matcher.scoring.flags import flags
from matcher.scoring.model import RankerModel, load_ranker, load_terms
from matcher.scoring.musts import Finding, MustReader, State, field_months
from matcher.scoring.questions import Findings, questions
from matcher.scoring.shortfall import Shortfall
from matcher.scoring.signals import Feature, Signal, SignalReader
from matcher.scoring.views import ProfileView, RoleView, Viewer
from matcher.taxonomy import Taxonomy

_DIGITS = 4
_UNDER_CAP = 0.5
"""How far below a band's threshold capped fits end at most (in log-odds); the better ones end nearer to it."""


class Scorer:
    """Scores pairs with one taxonomy and one model. Views of profiles and roles are kept while the scorer lives."""

    def __init__(self, taxonomy: Taxonomy, model: RankerModel | None = None, idf: dict[str, float] | None = None) -> None:
        self.model = model or load_ranker()
        rules = CreditRules(taxonomy)
        weights = load_terms() if idf is None else idf
        rarest = max(weights.values(), default=1.0)
        self._viewer = Viewer(rules, families(taxonomy.rules), weights, grade_words(taxonomy.rules), rarest)
        self._signals = SignalReader(rules)
        self._musts = MustReader(rules)
        self._shortfall = Shortfall(rules, self.model.weights)
        self._profiles: dict[int, ProfileView] = {}
        self._roles: dict[int, RoleView] = {}

    def signals(self, profile: Profile, role: Role) -> tuple[Signal, ...]:
        """The raw signals of a pair, as training sees them."""
        return self._signals.read(self._profile_view(profile), self._role_view(role))

    def fit(self, profile: Profile, role: Role) -> Fit:
        """How well a resume fits a role, with every reason."""
        resume, wanted = self._profile_view(profile), self._role_view(role)
        signals = self._signals.read(resume, wanted)
        parts = [self._contribution(signal) for signal in signals]
        findings = self.findings(profile, role)
        cap = self._cap(parts, findings)
        lacks, partly = self._shortfall.read(resume, wanted, signals)
        musts = tuple(self._must(f, cap, findings) for f in findings if f.kinds != {"skill"} or f.state is State.UNKNOWN)
        taxonomy = self._viewer.rules.taxonomy
        kept = tuple(part for part in [*parts, *cap] if part.points)
        return Fit(
            profile=profile,
            role=role,
            base=self.model.base,
            contributions=kept,
            unmet=_labels(f for f in findings if f.state in {State.UNMET, State.NEARLY}),
            unknown=_labels(f for f in findings if f.state is State.UNKNOWN),
            missing=self._missing(resume, wanted),
            questions=questions(Findings(profile, role, kept, musts, lacks, partly), taxonomy),
            lacks=lacks,
            partly=partly,
            musts=musts,
            flags=flags(profile, role, taxonomy.rules),
        )

    def _must(self, found: Finding, cap: Sequence[Contribution], findings: Sequence[Finding]) -> Must:
        label, _, shown = found.label.rpartition(": ")
        if not shown.endswith(("shown", "in all", "in progress")):
            label, shown = found.label, ""
        shown = shown.removesuffix(" shown")
        states = {State.UNMET: MustState.UNMET, State.NEARLY: MustState.NEARLY, State.UNKNOWN: MustState.UNKNOWN}
        points = cap[0].points if cap and cap[0].reason.startswith(found.label + ": ") else 0.0
        return Must(label, states.get(found.state, MustState.MET), found.cap, shown, points, found.question, found.evidence)

    def findings(self, profile: Profile, role: Role) -> tuple[Finding, ...]:
        """The role's required conditions, each held against the resume."""
        return self._musts.read(self._profile_view(profile), self._role_view(role))

    def _profile_view(self, profile: Profile) -> ProfileView:
        """The view of a profile, made once; it holds the profile, so its id stays its own."""
        found = self._profiles.get(id(profile))
        if found is None:
            found = self._profiles[id(profile)] = self._viewer.profile(profile)
        return found

    def _role_view(self, role: Role) -> RoleView:
        found = self._roles.get(id(role))
        if found is None:
            found = self._roles[id(role)] = self._viewer.role(role)
        return found

    def months(self, profile: Profile, role: Role) -> int | None:
        """Months that a resume shows in the role's field; None where it dates no job."""
        dated = any(job.months for job in profile.facts.jobs)
        return field_months(self._profile_view(profile), self._role_view(role)) if dated else None

    def band(self, fit: Fit) -> int:
        """0 no, 1 weak, 2 possible, 3 strong."""
        return self.model.band(fit.score)

    def rank(self, role: Role, profiles: Sequence[Profile]) -> tuple[Fit, ...]:
        """All fits of a role, the best first; ties by sha256, then by source, so that the order of files does not matter."""
        fits = [self.fit(profile, role) for profile in profiles]
        return tuple(sorted(fits, key=lambda fit: (-fit.logit, fit.profile.sha256, fit.profile.source)))

    def _missing(self, resume: ProfileView, role: RoleView) -> tuple[str, ...]:
        lacking = [item for item in role.asked if self._signals.answer(item, resume).claim is None]
        ordered = sorted(lacking, key=lambda item: (not item.required, -item.weight))
        return tuple(dict.fromkeys(" or ".join(self._label(leaf.concept or "") for leaf in item.options) for item in ordered))

    def _label(self, concept: str) -> str:
        return self._viewer.rules.taxonomy.concepts[concept].label

    def _contribution(self, signal: Signal) -> Contribution:
        points = round(self.model.weights[signal.feature] * signal.value, _DIGITS)
        most = round(self.model.weights[signal.feature], _DIGITS) if signal.feature is not Feature.TEXT else None
        return Contribution(str(signal.feature), points, signal.reason, signal.evidence, most)

    def _cap(self, parts: Sequence[Contribution], findings: Sequence[Finding]) -> list[Contribution]:
        """The negative contribution that keeps a fit below the band that its unmet musts allow; order is kept below the cap."""
        worst = min((finding for finding in findings if finding.state is not State.MET), key=lambda f: f.cap, default=None)
        if worst is None or worst.cap >= len(self.model.bands):
            return []
        limit = self.model.cap_logit(worst.cap)
        over = math.fsum([self.model.base, *(part.points for part in parts)]) - limit
        if over <= -_UNDER_CAP:
            return []
        room = _UNDER_CAP / (1 + max(0.0, over + _UNDER_CAP))
        points = round(-over - room, _DIGITS)
        return [Contribution("unmet must", min(points, 0.0), f"{worst.label}: {_WHY[worst.state]}", worst.evidence)]


_WHY = {State.UNMET: "not met", State.NEARLY: "nearly met", State.UNKNOWN: "not stated, to be asked"}


def _labels(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.label for finding in findings))
