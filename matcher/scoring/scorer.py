"""Fits: signals times weights, caps by unmet musts, and the order that follows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from matcher.reading.titles import TitleReader
from matcher.records import Fit, Profile, Role
from matcher.scoring.columns import Flags, Floats, Ints, Small
from matcher.scoring.credit import CreditRules
from matcher.scoring.explainer import Explainer, Scores
from matcher.scoring.features import Feature
from matcher.scoring.findings import Finding
from matcher.scoring.floors import field_months
from matcher.scoring.limits import TOP_BAND, UNIT, cap_points, lift_points, rounded
from matcher.scoring.model import RankerModel, load_ranker, load_rarity, load_terms
from matcher.scoring.musts import Musts, caps
from matcher.scoring.newcomers import Newcomers
from matcher.scoring.places import Places
from matcher.scoring.reasons import Signal
from matcher.scoring.signals import Signals
from matcher.scoring.table import ProfileTable, table_of
from matcher.scoring.views import ProfileView, RoleView, Viewer
from matcher.taxonomy import Taxonomy

_MOST_TABLES = 64
"""Tables that a scorer keeps, the oldest given up first: those of a run's resumes, and of the pairs that it looks at closely."""
_MOST_VIEWS = 10_000
"""Views of profiles that it keeps, the oldest given up first: to make one again takes about as long as to explain one pair."""
_MOST_ROLES = 1_000
"""Views of roles that it keeps, the oldest given up first."""


class Scorer:
    """Scores pairs with one taxonomy and one model. Tables and views of profiles and roles are kept, a number of each."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        model: RankerModel | None = None,
        idf: Mapping[str, float] | None = None,
        rarity: Mapping[str, float] | None = None,
    ) -> None:
        self.model = model or load_ranker()
        rules = CreditRules(taxonomy)
        weights = load_terms() if idf is None else idf
        rarest = max(weights.values(), default=1.0)
        rare = load_rarity() if rarity is None else rarity
        titles = TitleReader(taxonomy.rules)
        self._viewer = Viewer(rules, titles.families, weights, titles.work_words, rare, rarest)
        self._signals = Signals(rules)
        self._musts = Musts(self._signals)
        self._newcomers = Newcomers(taxonomy.rules)
        self._explainer = Explainer(rules, self.model)
        self._profiles: dict[int, ProfileView] = {}
        self._roles: dict[int, RoleView] = {}
        self._tables: dict[tuple[int, ...], tuple[ProfileTable, tuple[Profile, ...]]] = {}

    # ------------------------------------------------------------------------------------------------------------ many at once

    def table(self, profiles: Sequence[Profile]) -> ProfileTable:
        """The profiles as columns; the tables made last are kept."""
        key = tuple(map(id, profiles))
        if key not in self._tables:
            if len(self._tables) >= _MOST_TABLES:
                self._tables.pop(next(iter(self._tables)), None)
            made = table_of(map(self._profile_view, profiles), self._viewer.rules.taxonomy.rules)
            self._tables[key] = made, tuple(profiles)  # a table holds its profiles, so that their ids stay their own
        return self._tables[key][0]

    def scores(self, table: ProfileTable, role: Role) -> Scores:
        """Every number of a role's fits with the profiles of a table."""
        wanted = self._role_view(role)
        values = self._signals.read(table, wanted)
        points = tuple(self._points(values, role))
        totals = self._total(points, table)
        judged = self._musts.read(table, wanted)
        allowed = caps(judged, table.size)
        fresh = self._fresh(table, wanted, allowed)
        held, lifted = cap_points(self.model, totals, allowed), lift_points(self.model, totals, fresh)
        return Scores(values, points, judged, allowed, fresh, held, lifted, totals + held + lifted)

    def _points(self, values: Iterable[Floats], role: Role) -> Iterator[Ints]:
        weights = self.model.weighted(role.weights).weights
        for feature, value in zip(Feature, values, strict=True):
            yield rounded(weights[feature] * value)

    def _total(self, points: Iterable[Ints], table: ProfileTable) -> Ints:
        found = np.full(table.size, round(self.model.base * UNIT), np.int64)
        for part in points:
            found += part
        return found

    def totals(self, table: ProfileTable, role: Role) -> Ints:
        """The log-odds of all profiles of a table for a role in ten-thousandths, before conditions are looked at."""
        return self._total(self._points(self._signals.read(table, self._role_view(role)), role), table)

    def bounds(self, table: ProfileTable, role: Role, totals: Ints) -> Ints:
        """What totals can become at most: a newcomer may be lifted, a cap only lowers."""
        fresh = self._fresh(table, self._role_view(role), np.full(table.size, TOP_BAND, np.int8))
        return totals + lift_points(self.model, totals, fresh)

    def settled(self, table: ProfileTable, role: Role, totals: Ints) -> Ints:
        """What the role's conditions make of the totals."""
        wanted = self._role_view(role)
        allowed = self._musts.caps(table, wanted)
        fresh = self._fresh(table, wanted, allowed)
        return totals + cap_points(self.model, totals, allowed) + lift_points(self.model, totals, fresh)

    def forget(self) -> None:
        """Let go of the profiles, tables and roles that were used."""
        self._profiles.clear()
        self._tables.clear()
        self._roles.clear()
        self._explainer.forget()

    def view(self, profile: Profile) -> ProfileView:
        """A resume ready for a table; nothing of it is kept."""
        return self._viewer.profile(profile)

    def logits(self, table: ProfileTable, role: Role) -> Floats:
        """The log-odds of all profiles of a table for a role, caps included."""
        return self.scores(table, role).logits

    def _fresh(self, table: ProfileTable, role: RoleView, allowed: Small) -> Flags:
        if not self._newcomers.taken(role.role):
            return np.zeros(table.size, bool)
        return self._newcomers.eligible(table, role, allowed)

    # -------------------------------------------------------------------------------------------------------------- with words

    def fit(self, profile: Profile, role: Role) -> Fit:
        """How well a resume fits a role, with every reason."""
        return self._fit(profile, role, self.scores(self.table([profile]), role), 0)

    def rank(self, role: Role, profiles: Sequence[Profile]) -> tuple[Fit, ...]:
        """All fits of a role, the best first; of many profiles ask `placed`, which makes words only of those that are shown."""
        return tuple(self.placed(role, profiles).fits())

    def placed(self, role: Role, profiles: Sequence[Profile]) -> Places:
        """The order of all profiles for a role with their scores and bands; ties by sha256, then by source."""
        table = self.table(profiles)
        found = self.scores(table, role)
        rows = np.lexsort((table.order, -found.totals))
        logits = tuple(found.logits[rows].tolist())
        scores = tuple(1.0 / (1.0 + math.exp(-logit)) for logit in logits)
        return Places(
            role=role,
            profiles=tuple(profiles[row] for row in rows.tolist()),
            logits=logits,
            scores=scores,
            bands=tuple(map(self.model.band, scores)),
            musts=self._explainer.musts(found),
            numbers=found,
            rows=rows,
            explain=lambda row: self._fit(profiles[row], role, found, row),
        )

    def _fit(self, profile: Profile, role: Role, scores: Scores, row: int) -> Fit:
        return self._explainer.fit(self._profile_view(profile), self._role_view(role), scores, row)

    def signals(self, profile: Profile, role: Role) -> tuple[Signal, ...]:
        """The signals of a pair in the order of `Feature`, in numbers and in words."""
        scores = self.scores(self.table([profile]), role)
        return self._explainer.signals(self._profile_view(profile), self._role_view(role), scores, 0)

    def findings(self, profile: Profile, role: Role) -> tuple[Finding, ...]:
        """The role's required conditions, each held against the resume."""
        scores = self.scores(self.table([profile]), role)
        return self._explainer.findings(self._profile_view(profile), self._role_view(role), scores, 0)

    def months(self, profile: Profile, role: Role) -> int | None:
        """Months that a resume shows in the role's field; None where it dates no job."""
        table = self.table([profile])
        return int(field_months(table, self._role_view(role), self._viewer.rules)[0]) if table.facts.dated[0] else None

    def band(self, fit: Fit) -> int:
        """0 no, 1 weak, 2 possible, 3 strong."""
        return self.model.band(fit.score)

    def _profile_view(self, profile: Profile) -> ProfileView:
        """The view of a profile, kept for a while; it holds the profile, so its id stays its own."""
        found = self._profiles.get(id(profile))
        if found is None:
            if len(self._profiles) >= _MOST_VIEWS:
                self._profiles.pop(next(iter(self._profiles)), None)
            found = self._profiles[id(profile)] = self._viewer.profile(profile)
        return found

    def _role_view(self, role: Role) -> RoleView:
        found = self._roles.get(id(role))
        if found is None:
            if len(self._roles) >= _MOST_ROLES:
                self._roles.pop(next(iter(self._roles)), None)
            found = self._roles[id(role)] = self._viewer.role(role)
        return found
