"""Entry seats take people without experience: whoever meets the conditions is at least a weak fit for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from matcher.records import AllOf, Node, Requirement, Role, leaves
from matcher.scoring.columns import Flags, Small
from matcher.scoring.limits import TOP_BAND
from matcher.scoring.table import ProfileTable
from matcher.scoring.views import RoleView

WHY = "the seat takes people without experience, and no must stands against this resume"


class Newcomers:
    """Which roles take people without experience, and who is eligible; the numbers are those of `taxonomy/credit.toml`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        entry: Mapping[str, Any] = rules["credit"]["entry"]
        self._level, self._months = int(entry["level"]), int(entry["months"])
        self._order: Sequence[str] = rules["education"]["order"]

    def taken(self, role: Role) -> bool:
        """Whether a role says that it takes people without experience, or asks for a few months only as a wish."""
        if role.level is None or role.level > self._level:
            return False
        floors = [leaf for leaf in leaves(role.requirements) if leaf.kind == "experience"]
        wishes = all(leaf.need != "required" and (leaf.min_months or 0) <= self._months for leaf in floors)
        return wishes and (bool(floors) or role.facts.experience_need == "waived")

    def eligible(self, table: ProfileTable, role: RoleView, allowed: Small) -> Flags:
        """Whom no must holds down, and who has the schooling that is named; work of another trade is nothing against anyone.

        Who says neither schooling nor work is not known well enough. `allowed` is the best band that the musts allow.
        """
        schooling = table.facts.education
        floor = self._schooling(role.role.requirements)
        known = (schooling >= max(floor, 0)) | ((floor < 0) & (np.diff(table.jobs.first) > 0))
        return np.asarray((allowed == TOP_BAND) & known)

    def _schooling(self, node: Node) -> int:
        """The least schooling that answers all that is asked for, as a place in the taxonomy's order; -1 where none is named."""
        if isinstance(node, Requirement):
            return self._order.index(node.min_level) if node.kind == "education" and node.min_level in self._order else -1
        places = map(self._schooling, node.items)
        return max(places, default=-1) if isinstance(node, AllOf) else min(places, default=-1)
