"""The numbers of pairs: each is computed once for a resume, an opening and its weights, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.project.codec import dumps, loads
from matcher.project.keys import Keys
from matcher.project.shelf import Held, Shelf
from matcher.project.store import Project
from matcher.records import Profile, Relaxed, Role

if TYPE_CHECKING:
    from matcher.scoring import Scorer

UNIT = 10_000
"""Log-odds are kept as whole ten-thousandths, which is what they are."""
SCORE_TOLD, REASONS_TOLD = 1, 2
"""What of a pair is in the record, as bits of `told`: kept with the pair, for a run can end between computing and telling."""
_AT_ONCE = 500
"""Profiles that are in memory at the same time."""

Number = tuple[float, tuple[Relaxed, ...]]
"""Of a pair: the log-odds, and the musts that hold the resume down."""


@dataclass(slots=True)
class Opening:
    """A role with its weights, as the project knows it; `new` are the resumes that it was not held against before."""

    id: int
    key: str
    role: Role
    musts: tuple[str, ...]
    new: list[Held]


class Pairs:
    """Numbers of a run's resumes for its openings."""

    def __init__(self, project: Project, keys: Keys, shelf: Shelf, roles: Sequence[Role]) -> None:
        self._project, self._shelf = project, shelf
        self._apart: dict[tuple[int, int], Number] = {}
        self.openings = [self._opening(keys.opening(role), role) for role in roles]

    def _opening(self, key: str, role: Role) -> Opening:
        self._project.do(
            "INSERT OR IGNORE INTO openings (key, source, sha256, title, musts) VALUES (?, ?, ?, ?, '[]')",
            [key, role.source, role.sha256, role.title],
        )
        id, musts = self._project.one("SELECT id, musts FROM openings WHERE key = ?", [key]) or (0, "[]")
        return Opening(id, key, role, tuple(loads(musts)), [])

    def missing(self, resumes: Sequence[Held]) -> int:
        """Find the pairs that are not known; gives how many they are."""
        for opening in self.openings:
            known = {row[0] for row in self._project.rows("SELECT profile FROM fits WHERE opening = ?", [opening.id])}
            opening.new = [one for one in resumes if one.id not in known]
        return sum(len(opening.new) for opening in self.openings)

    def complete(self, scorer: Callable[[], Scorer], tick: Callable[[int], None]) -> None:
        """Compute what is `missing`; `scorer` makes what does that, `tick` hears how many pairs were done."""
        todo = list({one.id: one for opening in self.openings for one in opening.new}.values())
        for start in range(0, len(todo), _AT_ONCE):
            tick(self._compute(todo[start : start + _AT_ONCE], scorer()))

    def _compute(self, part: Sequence[Held], scorer: Scorer) -> int:
        """Score some resumes for the openings that miss one of them, and keep that at once."""
        profiles, done = [self._shelf.profile(one) for one in part], 0
        ids = {one.id for one in part}
        with self._project.whole():
            for opening in self.openings:
                new = ids & {one.id for one in opening.new}
                if new:
                    self._keep(opening, scorer, part, profiles, new)
                    done += len(new)
        scorer.forget()
        return done

    def _keep(self, opening: Opening, scorer: Scorer, part: Sequence[Held], profiles: Sequence[Profile], new: set[int]) -> None:
        from matcher.growth import all_relaxed

        places = scorer.placed(opening.role, profiles)
        opening.musts = places.musts
        rows = []
        for row, logit, held in zip(places.rows.tolist(), places.logits, all_relaxed(scorer, places), strict=True):
            if part[row].id < 0:
                self._apart[opening.id, part[row].id] = (logit, held)
            elif part[row].id in new:
                rows.append((opening.id, part[row].id, round(logit * UNIT), _packed(held)))
        self._project.do("UPDATE openings SET musts = ? WHERE id = ?", [dumps(list(places.musts)), opening.id])
        self._project.do_all("INSERT OR REPLACE INTO fits VALUES (?, ?, ?, ?, 0)", rows)

    def numbers(self, opening: Opening, resumes: Sequence[Held]) -> list[Number]:
        """The numbers of resumes for an opening, in their order; they were computed."""
        statement = "SELECT profile, logit, held FROM fits WHERE opening = ?"
        known = {profile: (logit, held) for profile, logit, held in self._project.rows(statement, [opening.id])}
        return [
            self._apart[opening.id, one.id]
            if one.id < 0
            else (known[one.id][0] / UNIT, tuple(_unpacked(known[one.id][1], opening.musts)))
            for one in resumes
        ]

    def untold(self, opening: Opening, resumes: Sequence[Held]) -> list[Held]:
        """The resumes whose score for an opening is not in the record; what is kept beside a project's own is told each time."""
        statement = "SELECT profile FROM fits WHERE opening = ? AND told & ? = 0"
        waiting = {row[0] for row in self._project.rows(statement, [opening.id, SCORE_TOLD])}
        waiting |= {one.id for one in opening.new if one.id < 0}
        return [one for one in resumes if one.id in waiting]

    def tell(self, opening: int, profiles: Iterable[int], what: int) -> None:
        """Note that something of pairs is in the record."""
        rows = ((what, opening, profile) for profile in profiles)
        self._project.do_all("UPDATE fits SET told = told | ? WHERE opening = ? AND profile = ?", rows)


def _packed(held: Sequence[Relaxed]) -> str:
    return ";".join(f"{one.place},{int(one.unsaid)},{one.band}" for one in held)


def _unpacked(text: str, musts: Sequence[str]) -> Iterator[Relaxed]:
    for part in text.split(";") if text else ():
        place, unsaid, band = map(int, part.split(","))
        yield Relaxed(musts[place], bool(unsaid), band, place)
