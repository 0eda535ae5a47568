"""The conditions of a role held against many profiles at once: met, unmet or unknown, and which band each allows at best.

How a condition stands is one small number, `standing(state, cap)`: worse ones are smaller, by the band that they allow first.
`findings.py` says it in words for one pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce

import numpy as np

from matcher.records import CONDITIONS, EQUIVALENT, AllOf, Node, Requirement, leaves
from matcher.scoring.answered import ANSWERED, settled, tested
from matcher.scoring.columns import Small
from matcher.scoring.floors import Shown, shown
from matcher.scoring.levels import covers
from matcher.scoring.limits import TOP_BAND
from matcher.scoring.signals import Signals
from matcher.scoring.table import ProfileTable
from matcher.scoring.views import RoleView

_STATES = 4
_CAPPING = frozenset({"experience", "education", "certification", "language", "typing"})


class State(IntEnum):
    """How a condition stands, worse first, so that the best alternative is the greatest."""

    UNMET = 0
    NEARLY = 1
    UNKNOWN = 2
    MET = 3


_STATE = tuple(State)


def standing(state: State, cap: int = TOP_BAND) -> int:
    """State and best band as one number, which orders by band and then by state."""
    return cap * _STATES + state


def state_of(standing: int) -> State:
    """The state in a standing."""
    return _STATE[standing % _STATES]


def cap_of(standing: int) -> int:
    """The best band in a standing."""
    return standing // _STATES


MET = standing(State.MET)
OPEN = standing(State.UNKNOWN)
"""Not known, and no reason to hold anyone back."""
ASKED = standing(State.UNKNOWN, 2)
"""Not known although a resume would print it."""
CLOSE = standing(State.NEARLY, 2)
SHORT = standing(State.UNMET, 1)
LISTED = standing(State.UNMET)
"""Not shown, told, and no cap."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition with the standing of each profile; `months` are what profiles show for a floor of experience."""

    node: Node
    standings: Small
    parts: tuple[Judged, ...] = ()
    months: Shown | None = None


@dataclass(frozen=True, slots=True)
class Musts:
    """Judges the required conditions of roles."""

    signals: Signals

    def read(self, table: ProfileTable, role: RoleView) -> tuple[Judged, ...]:
        """Each required condition of a role, in the post's order."""
        return tuple(judged for node in role.role.requirements.items for judged in self._judge(node, table, role))

    def caps(self, table: ProfileTable, role: RoleView) -> Small:
        """The best band that the conditions allow each profile; those that cannot lower it are not looked at."""
        nodes = [node for node in role.role.requirements.items if table.replies or _can_cap(node)]
        return caps([judged for node in nodes for judged in self._judge(node, table, role)], table.size)

    def _judge(self, node: Node, table: ProfileTable, role: RoleView, wishes: bool = False) -> Iterator[Judged]:
        """The conditions of a node; `wishes`: those too that are only preferred, as ways to meet what is required."""
        if isinstance(node, Requirement):
            if wishes or node.need == "required" or node.kind in CONDITIONS:
                yield self._leaf(node, table, role)
        elif isinstance(node, AllOf):
            for item in node.items:
                yield from self._judge(item, table, role, wishes)
        else:
            asked = _required(node)
            ways = tuple(way for item in node.items for way in self._way(item, table, role, wishes or asked))
            if ways:
                yield Judged(node, reduce(np.maximum, [way.standings for way in ways]), ways)

    def _way(self, node: Node, table: ProfileTable, role: RoleView, wishes: bool) -> Iterator[Judged]:
        """One alternative as one condition: all of its parts must hold, those that are preferred where nothing else is in it."""
        parts = tuple(self._judge(node, table, role, wishes and not _required(node)))
        if len(parts) == 1:
            yield parts[0]
        elif parts:
            yield Judged(node, reduce(np.minimum, [part.standings for part in parts]), parts)

    def _leaf(self, leaf: Requirement, table: ProfileTable, role: RoleView) -> Judged:
        if leaf.kind == "experience" and leaf.value != EQUIVALENT:
            months = shown(leaf, table, role, self.signals.rules)
            return Judged(leaf, self._experience(leaf.min_months or 0, months, table), months=months)
        return Judged(leaf, self._standings(leaf, table).astype(np.int8))

    def _experience(self, floor: int, months: Shown, table: ProfileTable) -> Small:
        if not floor:
            return _all(MET, table)
        short = np.where(months.total >= floor * self.signals.rules.signals.nearly, CLOSE, SHORT)
        untold = months.unsure | ((months.perhaps >= floor) & (months.total < floor)) | (months.unsaid >= floor)
        missed = np.where(~table.facts.dated | untold, ASKED, short)
        return np.where(months.sure >= floor, MET, np.where(months.possible >= floor, OPEN, missed)).astype(np.int8)

    def _standings(self, leaf: Requirement, table: ProfileTable) -> Small:
        if leaf.value == EQUIVALENT:
            return _all(OPEN if leaf.kind in {"experience", "skill"} else ASKED, table)
        if leaf.kind == "education":
            return self._education(leaf, table)
        if leaf.kind == "certification":
            return self._certification(leaf, table)
        if leaf.kind == "language":
            return self._language(leaf, table)
        if leaf.kind == "typing":
            floor, typing = int(leaf.value or 0), table.facts.typing
            return np.where(typing < 0, ASKED, np.where(typing >= floor, MET, SHORT))
        return self._skill(leaf, table) if leaf.kind == "skill" else self._answered(leaf, table)

    def _answered(self, leaf: Requirement, table: ProfileTable) -> Small:
        """What no resume prints: open, but where an answer from elsewhere settles it."""
        found = _all(OPEN, table)
        for row, met in settled(leaf, table.replies, self.signals.rules.taxonomy.rules) if leaf.kind in ANSWERED else ():
            found[row] = MET if met else SHORT if leaf.need == "required" else LISTED
        return found

    def _education(self, leaf: Requirement, table: ProfileTable) -> Small:
        order: Sequence[str] = self.signals.rules.taxonomy.rules["education"]["order"]
        wanted = leaf.min_level or leaf.value or "none"
        if wanted not in order:
            return _all(OPEN, table)
        below = order.index(wanted) - table.facts.education
        known = np.where(below <= 0, MET, np.where(below == 1, CLOSE, SHORT))
        return np.where(table.facts.education < 0, OPEN, known)

    def _certification(self, leaf: Requirement, table: ProfileTable) -> Small:
        if leaf.concept is None:
            return _all(ASKED, table)
        found = _all(SHORT, table)
        found[table.held[leaf.concept].rows] = MET
        found[table.learning[leaf.concept].rows] = CLOSE
        return found

    def _language(self, leaf: Requirement, table: ProfileTable) -> Small:
        name = self.signals.rules.name(leaf).casefold()
        stated, held = table.languages[name], table.held[leaf.concept or ""]
        english = name == "english"
        known = np.zeros(table.size, bool)
        known[stated.rows] = known[held.rows] = True
        enough = known.copy()
        if leaf.min_level:
            level = leaf.min_level
            fits = np.array([covers(self.signals.rules.ladder, claimed, level) for claimed in table.levels])
            enough[:] = False
            enough[stated.rows] = fits[stated.values]
        lacking = OPEN if english else ASKED
        found = np.where(enough, MET, np.where(known, OPEN, lacking))
        codes = dict(zip(stated.rows.tolist(), stated.values.tolist(), strict=True)) if table.replies else {}
        for row, answers in table.replies.items():
            claimed = table.levels[codes[row]] if row in codes else None
            steps = tested(leaf, name, answers, claimed, self.signals.rules.taxonomy.rules)
            if steps is not None:
                found[row] = (MET, CLOSE)[steps] if steps < 2 else SHORT
        return found

    def _skill(self, leaf: Requirement, table: ProfileTable) -> Small:
        """A skill never caps a band; one that separates candidates and is not shown is listed."""
        concept = self.signals.rules.taxonomy.concepts.get(leaf.concept or "")
        if concept is None or concept.type == "work-cond":
            return _all(OPEN, table)
        if concept.separates == "low":
            return _all(MET, table)
        found = _all(LISTED, table)
        found[self.signals.answers(table, concept.id).rows] = MET
        return found


def _required(node: Node) -> bool:
    return any(leaf.need == "required" for leaf in leaves(node))


def _can_cap(node: Node) -> bool:
    """Whether a condition may lower the band of anyone."""
    return any(leaf.need == "required" and leaf.kind in _CAPPING for leaf in leaves(node))


def caps(judged: Sequence[Judged], size: int) -> Small:
    """The best band that the conditions allow each profile."""
    return reduce(np.minimum, [one.standings // _STATES for one in judged], np.full(size, TOP_BAND, np.int8))


def _all(value: int, table: ProfileTable) -> Small:
    return np.full(table.size, value, np.int8)
